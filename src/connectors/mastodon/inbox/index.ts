// The inbox of an account on a server of the Mastodon API: who names it, answers it or writes to it alone, and what it answers.

import { z } from 'zod'
import type { AccountView, Json, Limits, Publish, RemoteRef, Session } from '../../contract.ts'
import type { Inbox, InboxBatch, Moderate, Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { type KnownItem, type KnownList, knownIn, readKnown } from '../../known-list.ts'
import { newTelling, oldestFirst, type Telling } from '../../said.ts'
import { limits } from '../limits.ts'
import { statusId } from '../listen/statuses.ts'
import { publish } from '../publish.ts'
import { api, callerOf } from '../wire.ts'
import { type InboxStatus, inboxStatus, placeIn, refProof, saidStatus } from './statuses.ts'
import { takeOver } from './take-over.ts'
import { place, recall, remember } from './threads.ts'
import { readUnnamed } from './unnamed.ts'

export const inbox: Inbox = {
  everySeconds: 30,
  pull,
  thread,
  takeOver,
  answer: { ...answerBy(publish), limits: limitsOf },
  moderate: moderation(),
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const cursorSchema = z.object({ notified: z.json(), own: z.json(), threads: z.json(), unnamed: z.json() })
const pageLength = 40

async function pull(session: Session, cursor: Json): Promise<InboxBatch> {
  const before = cursorSchema.safeParse(cursor).data ?? { notified: null, own: null, threads: null, unnamed: null }
  const into = newTelling()
  const threads = recall(before.threads)
  const statuses: InboxStatus[] = []
  const reading = { now: session.now(), into }
  const notified = await readKnown(notificationsOf(session, into, statuses), before.notified, reading)
  const mine: InboxStatus[] = []
  const own = await readKnown(ownStatusesOf(session, into, mine), before.own, reading)
  statuses.push(...mine)
  const isKnown = knownIn(notified.cursor)
  const named = (id: string) => isKnown(statusId(callerOf(session).server, id))
  const unnamed = await readUnnamed(session, before.unnamed, { own: mine, isKnown: named, statuses, into })
  const events = oldestFirst(into.events)
  const told = events.flatMap((event) => ('said' in event ? [event.said] : []))
  await place(session, threads, { told, statuses })
  return {
    ...into,
    events,
    cursor: { notified: notified.cursor, own: own.cursor, threads: remember(threads), unnamed: unnamed.memory },
    more: notified.more || own.more || unnamed.more,
  }
}

const idOf = z.object({ id: z.string().min(1) })

/** Newest first, a page at a time, each beginning below the last one of the page before. */
function pagesOf(session: Session, request: { path: string; scope: string }): KnownList['page'] {
  return async (at) => {
    const query = { limit: String(pageLength), ...(typeof at === 'string' ? { max_id: at } : {}) }
    const { body } = await api(session, callerOf(session), { ...request, query, schema: z.array(z.unknown()) })
    const last = idOf.safeParse(body.at(-1)).data?.id ?? null
    return { items: body, next: last === at ? null : last }
  }
}

/** Whoever says something to us. */
const types = ['mention', 'quote']

function notificationsOf(session: Session, into: Telling, statuses: InboxStatus[]): KnownList {
  const path = `/api/v1/notifications?${types.map((type) => `types[]=${type}`).join('&')}`
  const notification = z.object({ created_at: z.string(), type: z.string(), status: inboxStatus })
  return {
    pageLength,
    pagesAtOnce: 1,
    pagesFollowed: 1,
    followed: pageLength,
    page: pagesOf(session, { path, scope: 'read:notifications' }),
    read(value) {
      const parsed = notification.safeParse(value).data
      if (!parsed) return null
      const at = Date.parse(parsed.created_at) || 0
      // Servers that do not know the filter tell of everything.
      const told = types.includes(parsed.type) ? keep(session, parsed.status, { into, statuses }) : null
      return itemOf(session, parsed.status, { at, said: told })
    },
    lookUp: (id) => lookUp(session, id),
  }
}

function ownStatusesOf(session: Session, into: Telling, statuses: InboxStatus[]): KnownList {
  const path = `/api/v1/accounts/${encodeURIComponent(session.account.remoteId)}/statuses?exclude_reblogs=true`
  return {
    pageLength,
    pagesAtOnce: 1,
    pagesFollowed: 1,
    followed: pageLength,
    page: pagesOf(session, { path, scope: 'read:statuses' }),
    read(value) {
      const parsed = inboxStatus.safeParse(value).data
      if (!parsed) return null
      const converses = !parsed.reblog && (Boolean(parsed.in_reply_to_id) || parsed.visibility === 'direct')
      const told = parsed.reblog ? null : keep(session, parsed, { into, statuses })
      return itemOf(session, parsed, { at: Date.parse(parsed.created_at) || 0, said: converses ? told : null })
    },
    lookUp: (id) => lookUp(session, id),
  }
}

function keep(
  session: Session,
  status: InboxStatus,
  { into, statuses }: { into: Telling; statuses: InboxStatus[] },
): KnownItem['said'] {
  statuses.push(status)
  return saidStatus(status, placeIn(session), into) ?? 'unreadable'
}

const itemOf = (session: Session, status: InboxStatus, { at, said }: Pick<KnownItem, 'at' | 'said'>): KnownItem => ({
  id: statusId(callerOf(session).server, status.id),
  print: status.edited_at ?? 'as written',
  at,
  said,
})

/** Gone, or shown to us no more, which is the same to us. */
async function lookUp(session: Session, id: string): Promise<'there' | null> {
  const path = `/api/v1/statuses/${encodeURIComponent(id.slice(id.indexOf('/') + 1))}`
  try {
    await api(session, callerOf(session), { path, schema: idOf, scope: 'read:statuses' })
    return 'there'
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}

const contextSchema = z.object({ ancestors: z.array(z.unknown()), descendants: z.array(z.unknown()) })

async function thread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const caller = callerOf(session)
  const path = (id: string) => `/api/v1/statuses/${encodeURIComponent(id)}`
  const scope = 'read:statuses'
  const contextOf = async (id: string) =>
    (await api(session, caller, { path: `${path(id)}/context`, schema: contextSchema, scope })).body
  const around = await contextOf(ref.id)
  const top = inboxStatus.safeParse(around.ancestors[0]).data
  const whole = top ? await contextOf(top.id) : around
  const first = top ?? (await api(session, caller, { path: path(ref.id), schema: inboxStatus, scope })).body
  const statuses = [first, ...whole.descendants.flatMap((value) => inboxStatus.safeParse(value).data ?? [])]
  const all = statuses.flatMap((status) => saidStatus(status, placeIn(session), { cut: 0 }) ?? [])
  const told = oldestFirst(all.map((said) => ({ type: 'said', said }))).flatMap((one) =>
    'said' in one ? [one.said] : [],
  )
  const threads = recall(null)
  for (const status of statuses) threads.links.set(status.id, first.id)
  await place(session, threads, { told, statuses })
  return told
}

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A name of up to thirty characters, as Mastodon counts it, and a space. */
const nameLength = 32

function limitsOf(account: AccountView): Limits {
  const { thread: _, firstComment: __, polls: ___, ...post } = limits(account)
  return { ...post, text: { ...post.text, max: Math.max(1, post.text.max - nameLength) } }
}

const visibilities = ['public', 'unlisted', 'private', 'direct']

/** Only whoever is named in it is told of an answer, and a direct one reaches nobody else: the name stands before the words. */
function answerBy(posts: Publish): Publish {
  return {
    ...posts,
    async prepare(session, part, key) {
      const proof = refProof.safeParse(part.previous?.proof).data
      if (!proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
      const { acct, account, visibility, warning } = proof
      const isNamed = part.segment.text.toLowerCase().includes(`@${acct.toLowerCase()}`)
      const named = account === session.account.remoteId || isNamed ? '' : `@${acct} `
      const segment = { ...part.segment, text: `${named}${part.segment.text}` }
      const inherited: { [key: string]: Json } = {
        ...(visibilities.includes(visibility) ? { visibility } : {}),
        ...(warning ? { contentWarning: warning } : {}),
      }
      const draft = { ...part.draft, options: { ...inherited, ...part.draft.options } }
      return posts.prepare!(session, { ...part, segment, draft }, key)
    },
  }
}

// ── Moderating ──────────────────────────────────────────────────────────────────────────────────────────────────────

function moderation(): Moderate {
  const status = (verb: string) => (ref: RemoteRef) => ({
    path: `/api/v1/statuses/${encodeURIComponent(ref.id)}/${verb}`,
    scope: 'write:favourites',
  })
  const person = (verb: string, scope: string) => (ref: RemoteRef) => ({
    path: `/api/v1/accounts/${encodeURIComponent(accountOf(ref))}/${verb}`,
    scope,
  })
  const calls = {
    like: status('favourite'),
    unlike: status('unfavourite'),
    'mute-author': person('mute', 'write:mutes'),
    'unmute-author': person('unmute', 'write:mutes'),
    'block-author': person('block', 'write:blocks'),
    'unblock-author': person('unblock', 'write:blocks'),
  }
  const offered = Object.keys(calls) as (keyof typeof calls)[]
  return {
    actions: () => offered,
    async act(session, action, ref) {
      const call = offered.find((one) => one === action)
      if (!call) throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
      await api(session, callerOf(session), { method: 'POST', ...calls[call](ref), schema: z.unknown() })
    },
  }
}

function accountOf(ref: RemoteRef): string {
  const proof = refProof.safeParse(ref.proof).data
  if (!proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  return proof.account
}
