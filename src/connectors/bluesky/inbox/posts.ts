// What is said to an account in public: what the network notifies of, and what the account itself answers.

import { z } from 'zod'
import type { Json, Session } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { type KnownItem, type KnownList, readKnown } from '../../known-list.ts'
import type { Telling } from '../../said.ts'
import { authorizeWith, readCredentials } from '../authorize.ts'
import { authorOf } from '../listen/records.ts'
import { personOf, viewSchema } from '../listen/views.ts'
import { query } from '../xrpc.ts'
import { placeOf, saidPost, titleOf } from './said-posts.ts'

/** The most that one question may ask for, both of notifications and of records. */
const pageLength = 100

export function readNotifications(session: Session, cursor: Json, into: Telling) {
  return readKnown(notificationsOf(session, into), cursor, { now: session.now(), into })
}

/** From the account's own server, so also what its people wrote in the network's own app. */
export function readOwnPosts(session: Session, cursor: Json, into: Telling) {
  return readKnown(ownPostsOf(session, into), cursor, { now: session.now(), into })
}

/** A question to the account's own server, which passes on what only an AppView knows. */
export function ask<T>(
  session: Session,
  id: string,
  { params = {}, schema, proxy }: { params?: Record<string, string | string[]>; schema: z.ZodType<T>; proxy?: string },
): Promise<T> {
  const credentials = readCredentials(session)
  return query(session, { base: credentials.pds, authorize: authorizeWith(credentials), id, params, schema, proxy })
}

const noted = viewSchema.extend({ cid: z.string() })

function notificationsOf(session: Session, into: Telling): KnownList {
  const me = readCredentials(session).did
  return {
    pageLength,
    pagesAtOnce: 5,
    pagesFollowed: 1,
    followed: pageLength,
    async page(at) {
      const schema = z.object({ notifications: z.array(z.unknown()), cursor: z.string().optional() })
      const params = { reasons: ['mention', 'reply', 'quote'], limit: String(pageLength) }
      const asked = { ...params, ...(typeof at === 'string' ? { cursor: at } : {}) }
      const found = await ask(session, 'app.bsky.notification.listNotifications', { params: asked, schema })
      return { items: found.notifications, next: found.cursor ?? null }
    },
    read(value) {
      const parsed = noted.safeParse(value).data
      if (!parsed) return null
      const { uri, cid, record, indexedAt } = parsed
      const at = Date.parse(indexedAt) || 0
      // A view speaks for its own author alone.
      const honest = placeOf(uri).did === parsed.author.did
      const facts = { uri, cid, record, author: personOf(parsed.author), seenAt: at, me }
      return { id: uri, print: cid, at, said: (honest ? saidPost(facts, into) : null) ?? 'unreadable' }
    },
    lookUp: (uri) => lookUp(session, uri),
  }
}

const ownRecord = z.object({ uri: z.string(), cid: z.string(), value: z.unknown() })

function ownPostsOf(session: Session, into: Telling): KnownList {
  const { did } = readCredentials(session)
  const self = { ...authorOf(did), handle: session.account.handle.replace(/^@/, '') }
  return {
    pageLength,
    pagesAtOnce: 5,
    pagesFollowed: 1,
    followed: pageLength,
    async page(at) {
      const schema = z.object({ records: z.array(z.unknown()), cursor: z.string().optional() })
      const params = { repo: did, collection: 'app.bsky.feed.post', limit: String(pageLength) }
      const asked = { ...params, ...(typeof at === 'string' ? { cursor: at } : {}) }
      const found = await ask(session, 'com.atproto.repo.listRecords', { params: asked, schema })
      return { items: found.records, next: found.cursor ?? null }
    },
    read(value): KnownItem | null {
      const parsed = ownRecord.safeParse(value).data
      if (!parsed) return null
      const { uri, cid, value: record } = parsed
      const at = momentOfKey(placeOf(uri).rkey) ?? session.now().getTime()
      const isReply = z.object({ reply: z.object({}) }).safeParse(record).success
      const facts = { uri, cid, record, author: self, seenAt: session.now().getTime(), me: did }
      return { id: uri, print: cid, at, said: isReply ? (saidPost(facts, into) ?? 'unreadable') : null }
    },
    lookUp: (uri) => lookUp(session, uri),
  }
}

const digits = '234567abcdefghijklmnopqrstuvwxyz'

/** The list is sorted by its keys, which are moments; null: this key is none. */
export function momentOfKey(rkey: string): number | null {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(rkey)) return null
  let bits = 0n
  for (const digit of rkey) bits = (bits << 5n) | BigInt(digits.indexOf(digit))
  return Number(bits >> 10n) / 1000
}

/** Notifications of people who are muted or blocked are not shown: only the record itself tells that it is gone. */
async function lookUp(session: Session, uri: string): Promise<'there' | null> {
  const { did: repo, collection, rkey } = placeOf(uri)
  try {
    await ask(session, 'com.atproto.repo.getRecord', { params: { repo, collection, rkey }, schema: z.unknown() })
    return 'there'
  } catch (error) {
    if (error instanceof ConnectorError && isGone(error)) return null
    throw error
  }
}

/** A record or the whole account; servers answer 404, or 400 with a name. */
export const isGone = ({ kind, code }: ConnectorError): boolean => kind === 'gone' || goneCodes.has(code)
const goneCodes = new Set(['RecordNotFound', 'RepoNotFound', 'NotFound', 'RepoDeactivated', 'RepoTakendown'])

/** One post, wherever it was heard. null: it is gone, or the account may not see it. */
export async function readPost(session: Session, uri: string): Promise<Said | null> {
  const schema = z.object({ posts: z.array(z.unknown()) })
  const { posts } = await ask(session, 'app.bsky.feed.getPosts', { params: { uris: [uri] }, schema })
  const view = noted.safeParse(posts[0]).data
  if (!view || placeOf(view.uri).did !== view.author.did) return null
  const seenAt = Date.parse(view.indexedAt) || session.now().getTime()
  const facts = { uri: view.uri, cid: view.cid, record: view.record, author: personOf(view.author), seenAt }
  const one = saidPost({ ...facts, me: readCredentials(session).did }, { cut: 0 })
  if (one) await nameAbouts(session, [one])
  return one
}

// ── Our posts above them ────────────────────────────────────────────────────────────────────────────────────────────

const viewsAtOnce = 25
const mostTitles = 4 * viewsAtOnce

/** Fills in how the posts begin under which something was said. Not to know it is no reason to keep the rest back. */
export async function nameAbouts(session: Session, all: Said[]): Promise<void> {
  const uris = [...new Set(all.flatMap(({ about }) => about?.id ?? []))].slice(0, mostTitles)
  const schema = z.object({ posts: z.array(z.object({ uri: z.string(), record: z.unknown() })) })
  const titles = new Map<string, string>()
  try {
    for (let start = 0; start < uris.length; start += viewsAtOnce) {
      const params = { uris: uris.slice(start, start + viewsAtOnce) }
      const { posts } = await ask(session, 'app.bsky.feed.getPosts', { params, schema })
      for (const { uri, record } of posts) titles.set(uri, titleOf(record))
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    session.log('titles of posts are not to be had now', { code: error.code })
  }
  for (const { about } of all) if (about) about.title = titles.get(about.id) ?? ''
}
