// What a site published, by whomever of its staff, and what its answering member said under it.

import { z } from 'zod'
import type { Json, Session } from '../contract.ts'
import { heardUrl, saidAt } from '../heard.ts'
import {
  type History,
  type HistoryItem,
  type HistoryPage,
  type HistoryQuestion,
  pageOfLists,
  repliesIfTold,
  unknownReplies,
} from '../history.ts'
import { call } from './api.ts'
import { answeringMember } from './inbox/member.ts'

const mostAtOnce = 100
const ids = z.string().regex(/^[0-9a-f]{24}$/)

export const history: History = {
  page: (session, question) =>
    pageOfLists([(at) => posts(session, question, at), (at) => comments(session, question, at)], question.cursor),
}

/** Behind whom the next page begins: lists are sorted by time and then by id, so nothing moves while they are read. */
const placeSchema = z.object({ time: z.string(), id: ids })

/** The database compares dates as texts, in its own form of them. */
const dateText = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')

interface List {
  at: Json
  /** The field by which the list is sorted. */
  time: 'published_at' | 'created_at'
  filter: string
}

function queryOf({ since, limit }: HistoryQuestion, { at, time, filter }: List): Record<string, string> {
  const place = placeSchema.safeParse(at).data
  const behind = place ? `+(${time}:<'${place.time}',(${time}:'${place.time}'+id:<'${place.id}'))` : ''
  return {
    filter: `${filter}+${time}:>='${dateText(since)}'${behind}`,
    order: `${time} desc, id desc`,
    limit: String(Math.min(limit, mostAtOnce)),
  }
}

function pageOf(read: (HistoryItem | null)[], { since, limit }: HistoryQuestion): HistoryPage {
  const items = read.filter((item) => item !== null)
  const last = items.at(-1)
  const ended = read.length < Math.min(limit, mostAtOnce) || !last
  return {
    items: items.filter(({ at }) => at >= since),
    next: ended ? null : { time: dateText(last.at), id: last.id },
    unreadable: read.length - items.length,
  }
}

const posted = z.object({
  id: ids,
  published_at: z.string(),
  url: z.string().nullish().catch(null),
  authors: z.array(z.object({ id: z.string() })).catch([]),
})

async function posts(session: Session, question: HistoryQuestion, at: Json): Promise<HistoryPage> {
  const list = queryOf(question, { at, time: 'published_at', filter: 'status:[published,sent]' })
  const query = { ...list, fields: 'id,url,published_at', include: 'authors' }
  const schema = z.object({ posts: z.array(z.unknown()) })
  const { body } = await call(session, { path: 'posts/', query, schema })
  const read = body.posts.map((value): HistoryItem | null => {
    const one = posted.safeParse(value).data
    if (!one) return null
    const written = saidAt(one.published_at, session.now().getTime())
    // Of several authors the first is shown as the one who wrote it.
    return { id: one.id, kind: 'post', at: written, url: heardUrl(one.url), by: one.authors[0]?.id ?? null }
  })
  return pageOf(read, question)
}

const commented = z.object({
  id: ids,
  created_at: z.string(),
  post: z.object({ url: z.string() }).nullish().catch(null),
})

/** Nobody of the staff may be a member who answers, and older sites do not tell: then nobody knows what was answered. Asked anew, as it is read once. */
async function comments(session: Session, question: HistoryQuestion, at: Json): Promise<HistoryPage> {
  const me = await answeringMember(session, { anew: true })
  if (me === null || !ids.safeParse(me).success) return unknownReplies
  const list = queryOf(question, { at, time: 'created_at', filter: `member_id:'${me}'+status:published` })
  return repliesIfTold(readComments(session, question, { me, list }))
}

async function readComments(
  session: Session,
  question: HistoryQuestion,
  { me, list }: { me: string; list: Record<string, string> },
): Promise<HistoryPage> {
  const schema = z.object({ comments: z.array(z.unknown()) })
  const { body } = await call(session, { path: 'comments/', query: { ...list, include_nested: 'true' }, schema })
  const read = body.comments.map((value): HistoryItem | null => {
    const one = commented.safeParse(value).data
    if (!one) return null
    const written = saidAt(one.created_at, session.now().getTime())
    return { id: one.id, kind: 'reply', at: written, url: heardUrl(one.post?.url), by: me }
  })
  return pageOf(read, question)
}
