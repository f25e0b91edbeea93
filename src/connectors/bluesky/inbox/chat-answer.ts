// Answers to direct messages: sent without a key, so that a lost one is looked for among the account's own words.

import { z } from 'zod'
import type { Found, Json, Part, Session, Submission } from '../../contract.ts'
import { ConnectorError } from '../../errors.ts'
import { authorizeWith, readCredentials } from '../authorize.ts'
import { facetsOf } from '../facets.ts'
import { procedure } from '../xrpc.ts'
import { type Message, message, messagesOf } from './chat.ts'
import { chatRef, messageId, refOfMessage } from './chat-words.ts'

const preparedSchema = z.object({
  chat: z.object({
    convoId: z.string(),
    message: z.object({ text: z.string(), facets: z.array(z.json()).optional() }),
  }),
})
type PreparedMessage = z.infer<typeof preparedSchema>['chat']

export const preparedMessage = (prepared: Json): PreparedMessage | null =>
  preparedSchema.safeParse(prepared).data?.chat ?? null

export function prepareMessage(part: Part): Json {
  const target = chatRef(part.previous)
  if (!target) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  const text = part.segment.text.toWellFormed()
  const facets = facetsOf(text, new Map()).map(({ index, features }): Json => ({ index, features }))
  return { chat: { convoId: target.convo, message: { text, ...(facets.length > 0 ? { facets } : {}) } } }
}

export async function sendMessage(session: Session, chat: string, prepared: PreparedMessage): Promise<Submission> {
  const credentials = readCredentials(session)
  const sent = await procedure(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'chat.bsky.convo.sendMessage',
    input: { ...prepared },
    schema: message,
    write: true,
    proxy: chat,
  })
  return { state: 'published', ...refOfMessage(prepared.convoId, { id: sent.id, author: credentials.did }) }
}

/** Clocks differ, and the service notes its own time. */
const toleranceMs = 120_000

/** The service has no keys: our own words in this conversation since then are looked for. */
export async function findMessage(
  session: Session,
  chat: string,
  { prepared, since }: { prepared: PreparedMessage; since: Date },
): Promise<Found> {
  const { did } = readCredentials(session)
  const { convoId } = prepared
  const alike: Message[] = []
  for await (const one of messagesOf({ session, chat }, convoId)) {
    if (one === null) continue
    if ((Date.parse(one.sentAt) || 0) < since.getTime() - toleranceMs) break
    if (one.sender.did === did && one.text === prepared.message.text) alike.push(one)
  }
  const ids = alike.map(({ id }) => messageId(convoId, id))
  const taken = ids.length > 0 ? ((await session.taken?.(ids)) ?? []) : []
  const free = alike.filter(({ id }) => !taken.includes(messageId(convoId, id)))
  const oldest = free.at(-1)
  if (!oldest) return { state: 'absent' }
  return { state: 'published', ...refOfMessage(convoId, { id: oldest.id, author: did }) }
}
