// Conversations on the practice network as Longrun sees them: every kind of message, answers, and what may be done about them.

import { z } from 'zod'
import type { AccountView, Json, Limits, Publish, RemoteRef, Session } from '../contract.ts'
import type { HeardPlace, Inbox, InboxBatch, Said } from '../converse.ts'
import { ConnectorError } from '../errors.ts'
import { author, heardLine, heardText, heardUrl, saidAt } from '../heard.ts'
import { backfillFrom, newTelling, said, saidMedia, tell } from '../said.ts'
import { ask } from './ask.ts'
import { fakeActions, inboxShape, type SaidWire, saidShape } from './wire.ts'

export function fakeInbox(publish: Publish, limits: (account: AccountView) => Limits): Inbox {
  return {
    everySeconds: 30,
    pull,
    thread,
    takeOver,
    answer: { ...publish, limits },
    moderate: {
      actions: (kind) => (kind === 'message' ? ['like', 'unlike', 'mute-author', 'unmute-author'] : fakeActions),
      act,
    },
    seen,
  }
}

const cursorShape = z.object({ after: z.number().int().nonnegative() })

async function pull(session: Session, cursor: Json): Promise<InboxBatch> {
  const parsed = cursorShape.safeParse(cursor)
  const place: Record<string, string> = parsed.success
    ? { after: String(parsed.data.after) }
    : { since: backfillFrom(session.now()).toISOString() }
  const url = `${session.account.server}/api/inbox?${new URLSearchParams(place)}`
  const { events, next, more } = await ask(session, { url, schema: inboxShape })
  const telling = newTelling()
  for (const event of events) {
    if (event.type === 'removed') telling.events.push({ type: 'removed', id: event.url })
    else tell(telling, saidOf(session, event.said, telling), event.type)
  }
  return { ...telling, cursor: { after: next }, more }
}

async function thread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const url = `${session.account.server}/api/posts/${encodeURIComponent(ref.id)}/thread`
  const { said: all } = await ask(session, { url, schema: z.object({ said: z.array(saidShape) }) })
  return all.map((one) => saidOf(session, one, { cut: 0 }))
}

async function takeOver(session: Session, { id }: HeardPlace): Promise<Said | null> {
  const post = id.slice(id.lastIndexOf('/') + 1)
  try {
    const around = await thread(session, { id: post, url: id })
    // Also what was heard under the id of another server, as at networks of many servers.
    return around.find(({ ref }) => ref.id === post) ?? null
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}

function saidOf(session: Session, wire: SaidWire, into: { cut: number }): Said {
  const isOurs = `@${wire.author}` === session.account.handle
  const isPrivate = wire.kind === 'message'
  const other = isOurs ? wire.to : wire.author
  return said({
    id: wire.url,
    ref: { id: wire.id, url: wire.url, ...(isPrivate ? { proof: { to: other } } : {}) },
    thread: wire.thread,
    root: wire.root,
    kind: wire.kind,
    isPrivate,
    isOurs,
    at: saidAt(wire.createdAt, session.now().getTime()),
    author: author(`${session.account.server}/@${wire.author}`, {
      handle: heardLine(`@${wire.author}`),
      name: heardLine(wire.author),
      url: heardUrl(`${session.account.server}/@${encodeURIComponent(wire.author)}`),
    }),
    text: heardText(wire.text, into),
    media: wire.images.map((alt) => saidMedia('image', { alt })),
    languages: wire.language ? [wire.language] : [],
    replyTo: wire.replyTo,
    rating: wire.rating,
    marks: wire.hidden ? ['hidden'] : [],
    about: wire.about && `@${wire.about.author}` === session.account.handle ? aboutOf(wire.about) : null,
  })
}

const aboutOf = ({ id, url, title }: { id: string; url: string; title: string }): Said['about'] => ({
  id,
  url,
  title: heardLine(title) ?? '',
})

async function act(session: Session, action: string, ref: RemoteRef): Promise<void> {
  const url = `${session.account.server}/api/posts/${encodeURIComponent(ref.id)}/moderation`
  await ask(session, { method: 'POST', url, body: { action } })
}

async function seen(session: Session, refs: RemoteRef[]): Promise<void> {
  const body = { ids: refs.map(({ id }) => id) }
  await ask(session, { method: 'POST', url: `${session.account.server}/api/inbox/seen`, body })
}
