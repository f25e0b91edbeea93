// Reads the comments of a site in every state that the account may see, each under its post.

import { z } from 'zod'
import type { Json, RemoteRef, Session } from '../../contract.ts'
import type { InboxBatch, Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { type KnownItem, type KnownList, readKnown } from '../../known-list.ts'
import { newTelling, oldestFirst, type Telling } from '../../said.ts'
import { call } from '../api.ts'
import { plainText } from '../wire.ts'
import { type Comment, commentFields, commentSchema, itemOf, numberIn, saidComment } from './words.ts'

export async function pull(session: Session, cursor: Json): Promise<InboxBatch> {
  const into = newTelling()
  const read = await readKnown(listOf(session, into), cursor, { now: session.now(), into })
  const events = oldestFirst(into.events)
  await nameAbouts(
    session,
    events.flatMap((event) => ('said' in event ? [event.said] : [])),
  )
  return { ...into, events, cursor: read.cursor, more: read.more }
}

const pageLength = 100
/** What is taken away while a long list is read moves the rest up: so many may go between two pages, and nothing is passed over. */
const overlap = 10

function listOf(session: Session, into: Telling): KnownList {
  return {
    pageLength,
    pagesAtOnce: 5,
    // Edits and decisions of moderators are seen among the newest two hundred.
    pagesFollowed: 2,
    followed: 2 * pageLength,
    async page(at) {
      const offset = typeof at === 'number' ? at : 0
      const items = await readPage(session, { offset, orderby: 'date_gmt', order: 'desc' })
      return { items, next: items.length === pageLength ? offset + pageLength - overlap : null }
    },
    read(value) {
      const parsed = commentSchema.safeParse(value).data
      if (!parsed) return null
      return itemOf(session, parsed, saidComment(session, parsed, into))
    },
    lookUp: (name) => lookUp(session, name, into),
  }
}

/** What waits and what is open; whoever may not moderate is shown what is open. */
async function readPage(session: Session, query: Record<string, string | number>): Promise<unknown[]> {
  const ask = async (more: Record<string, string>) => {
    const asked = { per_page: pageLength, _fields: commentFields, ...query, ...more }
    return (await call(session, { path: 'wp/v2/comments', query: asked, schema: z.array(z.unknown()) })).body
  }
  try {
    return await ask({ status: 'all' })
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'forbidden') return ask({})
    // Behind the last page there is no list.
    if (error instanceof ConnectorError && error.code === 'rest_comment_invalid_page_number') return []
    throw error
  }
}

export async function readComment(session: Session, id: number): Promise<Comment | null> {
  try {
    const path = `wp/v2/comments/${id}`
    return (await call(session, { path, query: { _fields: commentFields }, schema: commentSchema })).body
  } catch (error) {
    // What is spam or in the bin is shown to moderators alone.
    if (error instanceof ConnectorError && (error.kind === 'gone' || error.kind === 'forbidden')) return null
    throw error
  }
}

async function lookUp(session: Session, name: string, into: Telling): Promise<KnownItem | 'there' | null> {
  const comment = await readComment(session, numberIn(name))
  if (comment === null || comment.status === 'trash') return null
  return comment.status === 'spam' ? itemOf(session, comment, saidComment(session, comment, into)) : 'there'
}

// ── Posts and threads ───────────────────────────────────────────────────────────────────────────────────────────────

const titleSchema = z.object({ id: z.number(), link: z.string().catch(''), title: z.object({ rendered: z.string() }) })

/** The posts under which it was said. Not to know them is no reason to keep the rest back. */
async function nameAbouts(session: Session, told: Said[]): Promise<void> {
  const ids = [...new Set(told.flatMap(({ about }) => about?.id ?? []))].slice(0, pageLength)
  if (ids.length === 0) return
  try {
    const query = { include: ids.join(), per_page: pageLength, _fields: 'id,link,title' }
    const { body } = await call(session, { path: 'wp/v2/posts', query, schema: z.array(titleSchema) })
    const titles = new Map(body.map(({ id, title }) => [String(id), plainText(title.rendered)]))
    for (const { about } of told) if (about) about.title = titles.get(about.id) ?? ''
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    session.log('titles of posts are not to be had now', { code: error.code })
  }
}

const mostThreadPages = 10
/** Sites nest comments ten deep at most. */
const deepest = 12

/** The comment at whose top somebody began, and all below it. */
export async function thread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const self = await readComment(session, Number(ref.id))
  if (!self) throw new ConnectorError({ kind: 'gone', code: 'comment-gone' })
  const all = new Map<number, Comment>()
  for (let page = 1; page <= mostThreadPages; page++) {
    const items = await readPage(session, { page, post: self.post, orderby: 'date_gmt', order: 'asc' })
    for (const value of items) {
      const parsed = commentSchema.safeParse(value).data
      if (parsed) all.set(parsed.id, parsed)
    }
    if (items.length < pageLength) break
  }
  const rootOf = (id: number): number => {
    let at = id
    for (let depth = 0; depth < deepest; depth++) at = all.get(at)?.parent || at
    return at
  }
  const root = rootOf(self.id)
  const same = [...all.values()].filter(({ id }) => rootOf(id) === root)
  const told = same.map((comment) => saidComment(session, comment, { cut: 0 }))
  // Whoever answered something that is gone leaves its place behind.
  if (!all.has(root)) told.unshift(goneAt(session, root, same[0] ?? self))
  await nameAbouts(session, told)
  return told
}

const goneAt = (session: Session, id: number, near: Comment): Said => ({
  ...saidComment(session, { ...near, id, parent: 0, author: 0, author_name: '', status: 'approved' }, { cut: 0 }),
  text: '',
  marks: ['gone'],
})
