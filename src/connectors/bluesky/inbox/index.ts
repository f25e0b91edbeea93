// The inbox of an account on this network: what is said to it in public, what it answers, and its direct messages.

import { z } from 'zod'
import type { AccountView, Json, Limits, Publish, RemoteRef, Session } from '../../contract.ts'
import type { Inbox, InboxBatch } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { newTelling, oldestFirst } from '../../said.ts'
import { limits } from '../limits.ts'
import { publish } from '../publish.ts'
import { markRead, publicChat, readChat, readConvo } from './chat.ts'
import { findMessage, preparedMessage, prepareMessage, sendMessage } from './chat-answer.ts'
import { chatRef } from './chat-words.ts'
import { moderate } from './moderate.ts'
import { nameAbouts, readNotifications, readOwnPosts, readPost } from './posts.ts'
import { readThread } from './thread.ts'

/** `chat`: the service that holds direct messages, as the proxy header names it. */
export function blueskyInbox(chat = publicChat): Inbox {
  return {
    everySeconds: 30,
    pull: (session, cursor) => pull(session, cursor, chat),
    thread: (session, ref) => {
      const target = chatRef(ref)
      return target ? readConvo({ session, chat }, target.convo) : readThread(session, ref)
    },
    takeOver: (session, { id }) => readPost(session, id),
    answer: { ...answerBy(chat), limits: limitsOf, lasting: ['message'] },
    moderate,
    seen: (session, refs) => seen(session, refs, chat),
  }
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const cursorSchema = z.object({
  notified: z.json(),
  own: z.json(),
  chat: z.json(),
  /** When direct messages were refused: not before this moment are they asked for again. */
  chatAgainAt: z.number().nullable(),
})

/** Without the right to direct messages the rest of the inbox goes on. */
const chatPauseMs = 3_600_000

async function pull(session: Session, cursor: Json, chat: string): Promise<InboxBatch> {
  const parsed = cursorSchema.safeParse(cursor)
  const before = parsed.success ? parsed.data : { notified: null, own: null, chat: null, chatAgainAt: null }
  const into = newTelling()
  const notified = await readNotifications(session, before.notified, into)
  const own = await readOwnPosts(session, before.own, into)
  await nameAbouts(
    session,
    into.events.flatMap((event) => ('said' in event ? [event.said] : [])),
  )
  const messages = await pullChat(session, chat, { before, into })
  return {
    ...into,
    events: oldestFirst(into.events),
    cursor: { notified: notified.cursor, own: own.cursor, chat: messages.cursor, chatAgainAt: messages.chatAgainAt },
    more: notified.more || own.more || messages.more,
  }
}

async function pullChat(
  session: Session,
  chat: string,
  { before, into }: { before: z.infer<typeof cursorSchema>; into: ReturnType<typeof newTelling> },
): Promise<{ cursor: Json; more: boolean; chatAgainAt: number | null }> {
  const now = session.now().getTime()
  const idle = { cursor: before.chat, more: false, chatAgainAt: before.chatAgainAt }
  if (before.chatAgainAt !== null && now < before.chatAgainAt) return idle
  const apart = newTelling()
  try {
    const read = await readChat({ session, chat, into: apart }, before.chat)
    into.events.push(...apart.events)
    into.unreadable += apart.unreadable
    into.cut += apart.cut
    return { ...read, chatAgainAt: null }
  } catch (error) {
    if (!(error instanceof ConnectorError) || session.signal.aborted) throw error
    // What came in public is kept, whatever became of the messages: they wait where they are.
    session.log('direct messages are not to be had now', { code: error.code })
    return { ...idle, chatAgainAt: mayChat(error) ? null : now + chatPauseMs }
  }
}

/** An app password or a consent without the right to direct messages: asking again soon is of no use. */
const mayChat = ({ kind }: ConnectorError): boolean => kind === 'unavailable' || kind === 'rate-limited'

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Posts are answered by posts; messages by messages, which have no keys. */
function answerBy(chat: string): Publish {
  return {
    ...publish,
    async prepare(session, part, key) {
      return chatRef(part.previous) ? prepareMessage(part) : publish.prepare!(session, part, key)
    },
    async submit(session, prepared, key) {
      const message = preparedMessage(prepared)
      return message ? sendMessage(session, chat, message) : publish.submit(session, prepared, key)
    },
    async find(session, prepared, key, since) {
      const message = preparedMessage(prepared)
      return message
        ? findMessage(session, chat, { prepared: message, since })
        : publish.find!(session, prepared, key, since)
    },
    keyLifetimeFor: (_, prepared) =>
      prepared !== undefined && preparedMessage(prepared) ? null : publish.keyLifetime!,
    async remove(session, ref) {
      // It can be taken out of our own view alone, which would look like more than it is.
      if (chatRef(ref)) throw new ConnectorError({ kind: 'forbidden', code: 'cannot-be-unsaid' })
      await publish.remove!(session, ref)
    },
  }
}

/** Of a direct message (lexicon chat.bsky.convo.defs). */
const messageLimits: Limits = { text: { max: 1000, unit: 'graphemes', maxBytes: 10_000, format: 'plain' } }

function limitsOf(account: AccountView, kind: string): Limits {
  if (kind === 'message') return messageLimits
  const { thread: _, firstComment: __, perDay: ___, ...post } = limits(account)
  return post
}

/** Notifications have one mark for all of them, which the people of the account set themselves. */
async function seen(session: Session, refs: RemoteRef[], chat: string): Promise<void> {
  const last = new Map(refs.flatMap((ref) => (chatRef(ref) ? [[chatRef(ref)!.convo, chatRef(ref)!.message]] : [])))
  for (const [convo, message] of last) await markRead({ session, chat }, convo, message)
}
