// Direct messages: the log of what happened in all conversations, and their past at the first time.

import { z } from 'zod'
import type { Json, Session } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { author, heardId, heardText, saidAt } from '../../heard.ts'
import type { HeardAuthor } from '../../listen.ts'
import { backfillFrom, said, type Telling, tell } from '../../said.ts'
import { authorizeWith, readCredentials } from '../authorize.ts'
import { authorOf, isDid } from '../listen/records.ts'
import { personOf } from '../listen/views.ts'
import { procedure } from '../xrpc.ts'
import { convoThread, messageId, refOfMessage } from './chat-words.ts'
import { ask } from './posts.ts'

/** The network's own service for direct messages. */
export const publicChat = 'did:web:api.bsky.chat#bsky_chat'

const person = z.object({
  did: z.string(),
  handle: z.string().catch(''),
  displayName: z.string().optional().catch(undefined),
})
export const message = z.object({
  id: z.string().min(1),
  rev: z.string(),
  text: z.string(),
  sender: z.object({ did: z.string() }),
  sentAt: z.string(),
})
export type Message = z.infer<typeof message>
const convo = z.object({
  id: z.string().min(1),
  rev: z.string(),
  members: z.array(z.unknown()),
  lastMessage: z.object({ sentAt: z.string() }).optional().catch(undefined),
})
const convos = z.object({ convos: z.array(z.unknown()), cursor: z.string().optional() })

const cursorSchema = z.object({
  /** Where to go on in the log. */
  rev: z.string(),
  /** Conversations whose past is still to be read. */
  past: z.array(z.string()),
})

type People = Map<string, HeardAuthor>

export interface ChatReading {
  session: Session
  chat: string
  into: Telling
}

/** What happened since; at the first time the past of every conversation. */
export async function readChat(reading: ChatReading, cursor: Json): Promise<{ cursor: Json; more: boolean }> {
  const parsed = cursorSchema.safeParse(cursor)
  const place = parsed.success ? parsed.data : await beginning(reading)
  if (place.past.length > 0) {
    for (const next of place.past.slice(0, mostPastAtOnce)) await readPast(reading, next)
    return { cursor: { ...place, past: place.past.slice(mostPastAtOnce) }, more: true }
  }
  return readLog(reading, place.rev)
}

// ── The first time ──────────────────────────────────────────────────────────────────────────────────────────────────

const pageLength = 100
const mostConvoPages = 10
/** Conversations whose past is read in one pull. */
const mostPastAtOnce = 10

/** Whatever happens from now on comes later in the log than the newest change of any conversation. */
async function beginning({ session, chat }: ChatReading): Promise<z.infer<typeof cursorSchema>> {
  const begin = backfillFrom(session.now()).getTime()
  const past: string[] = []
  let rev = ''
  let at: string | undefined
  for (let pages = 0; pages < mostConvoPages; pages++) {
    const params = { limit: String(pageLength), ...(at ? { cursor: at } : {}) }
    const found = await ask(session, 'chat.bsky.convo.listConvos', { params, schema: convos, proxy: chat })
    for (const value of found.convos) {
      const parsed = convo.safeParse(value).data
      if (!parsed) continue
      if (parsed.rev > rev) rev = parsed.rev
      if (!isSilent(parsed, begin)) past.push(parsed.id)
    }
    at = found.cursor
    if (!at || found.convos.length === 0) break
  }
  return { rev, past }
}

/** Since before the time that is read back to; where nobody tells, it is looked at. */
const isSilent = ({ lastMessage }: z.infer<typeof convo>, begin: number): boolean =>
  lastMessage !== undefined && Date.parse(lastMessage.sentAt) < begin

const messages = z.object({ messages: z.array(z.unknown()), cursor: z.string().optional() })
const mostMessagePages = 20

async function readPast(reading: ChatReading, convoId: string): Promise<void> {
  const { session, into } = reading
  const begin = backfillFrom(session.now()).getTime()
  const known = await membersOf(reading, convoId)
  const told: Said[] = []
  for await (const one of messagesOf(reading, convoId)) {
    if (one === null) into.unreadable++
    else if ((Date.parse(one.sentAt) || 0) < begin) break
    else {
      const read = saidMessage(session, convoId, { message: one, people: known, into })
      if (read) told.push(read)
      else into.unreadable++
    }
  }
  for (const one of told.toReversed()) tell(into, one)
}

/** Newest first; null: one that cannot be read. What was deleted and what the service itself says is passed over. */
export async function* messagesOf(
  { session, chat }: Omit<ChatReading, 'into'>,
  convoId: string,
): AsyncGenerator<Message | null> {
  let at: string | undefined
  for (let pages = 0; pages < mostMessagePages; pages++) {
    const params = { convoId, limit: String(pageLength), ...(at ? { cursor: at } : {}) }
    const found = await ask(session, 'chat.bsky.convo.getMessages', { params, schema: messages, proxy: chat })
    for (const value of found.messages) if (isMessage(value)) yield message.safeParse(value).data ?? null
    at = found.cursor
    if (!at || found.messages.length === 0) return
  }
}

const typed = z.object({ $type: z.string().optional() })
const isMessage = (value: unknown): boolean => {
  const type = typed.safeParse(value).data?.$type
  return type === undefined || type.endsWith('#messageView')
}

// ── The log ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const logSchema = z.object({ cursor: z.string().optional(), logs: z.array(z.unknown()) })
const entry = z.object({ $type: z.string(), rev: z.string(), convoId: z.string(), message: z.unknown().optional() })
const mostLogPages = 5

async function readLog(reading: ChatReading, rev: string): Promise<{ cursor: Json; more: boolean }> {
  const { session, chat, into } = reading
  const known = new Map<string, People>()
  let at = rev
  for (let pages = 1; ; pages++) {
    // Without a place the log is told from its beginning.
    const params: Record<string, string> = at === '' ? {} : { cursor: at }
    const { logs, cursor } = await ask(session, 'chat.bsky.convo.getLog', { params, schema: logSchema, proxy: chat })
    for (const value of logs) {
      const parsed = entry.safeParse(value).data
      if (!parsed) into.unreadable++
      else if (parsed.$type.endsWith('#logCreateMessage')) {
        if (!known.has(parsed.convoId)) known.set(parsed.convoId, await membersOf(reading, parsed.convoId))
        readCreated(reading, parsed, known.get(parsed.convoId)!)
      } else if (parsed.$type.endsWith('#logDeleteMessage')) readDeleted(parsed, into)
    }
    const next = cursor ?? at
    const ended = logs.length === 0 || next === at
    at = next
    if (ended || pages === mostLogPages) return { cursor: { rev: at, past: [] }, more: !ended }
  }
}

function readCreated(
  { session, into }: ChatReading,
  { convoId, message: value }: z.infer<typeof entry>,
  people: People,
) {
  if (!isMessage(value)) return
  const parsed = message.safeParse(value).data
  tell(into, parsed ? saidMessage(session, convoId, { message: parsed, people, into }) : null)
}

/** Deleted for one side: the account's own people took it out of its view. */
function readDeleted({ convoId, message: value }: z.infer<typeof entry>, into: Telling): void {
  const id = z.object({ id: z.string() }).safeParse(value).data?.id
  if (id) into.events.push({ type: 'removed', id: messageId(convoId, id) })
  else into.unreadable++
}

async function membersOf({ session, chat }: Omit<ChatReading, 'into'>, convoId: string): Promise<People> {
  const schema = z.object({ convo })
  const found = await ask(session, 'chat.bsky.convo.getConvo', { params: { convoId }, schema, proxy: chat })
  const members = found.convo.members.flatMap((value) => {
    const parsed = person.safeParse(value).data
    const known = parsed ? personOf({ ...parsed, followersCount: undefined }) : null
    return known ? [known] : []
  })
  return new Map(members.map((one) => [one.id, one]))
}

function saidMessage(
  session: Session,
  convoId: string,
  { message: one, people, into }: { message: Message; people: People; into: { cut: number } },
): Said | null {
  const { did } = readCredentials(session)
  const id = messageId(convoId, one.id)
  if (heardId(id) === null || !isDid(one.sender.did)) return null
  const others = [...people.keys()].filter((each) => each !== did)
  const isOurs = one.sender.did === did
  return said({
    id,
    ref: refOfMessage(convoId, { id: one.id, author: isOurs ? (others[0] ?? did) : one.sender.did }),
    thread: convoThread(convoId),
    kind: 'message',
    isPrivate: true,
    isOurs,
    at: saidAt(one.sentAt, session.now().getTime()),
    author: people.get(one.sender.did) ?? author(one.sender.did, authorOf(one.sender.did)),
    text: heardText(one.text, into),
  })
}

export async function readConvo(reading: Omit<ChatReading, 'into'>, convoId: string): Promise<Said[]> {
  const people = await membersOf(reading, convoId)
  const told: Said[] = []
  for await (const one of messagesOf(reading, convoId)) {
    const read = one && saidMessage(reading.session, convoId, { message: one, people, into: { cut: 0 } })
    if (read) told.push(read)
  }
  return told.toReversed()
}

export async function markRead(
  { session, chat }: Omit<ChatReading, 'into'>,
  convoId: string,
  id: string,
): Promise<void> {
  const credentials = readCredentials(session)
  const input = { convoId, messageId: id }
  const call = { base: credentials.pds, authorize: authorizeWith(credentials), id: 'chat.bsky.convo.updateRead', input }
  await procedure(session, { ...call, proxy: chat })
}
