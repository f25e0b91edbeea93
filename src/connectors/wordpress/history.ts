// What a site published, by whomever of its staff, and what the account said under it: both lists by date.

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
} from '../history.ts'
import { call } from './api.ts'

const mostAtOnce = 100

const listed = z.object({
  id: z.number().int().positive(),
  date_gmt: z.string(),
  link: z.string().catch(''),
  author: z.number().catch(0),
})
const fields = Object.keys(listed.shape).join()

export const history: History = {
  page: (session, question) =>
    pageOfLists([(at) => posts(session, question, at), (at) => comments(session, question, at)], question.cursor),
}

const posts = (session: Session, question: HistoryQuestion, at: Json): Promise<HistoryPage> =>
  readList(session, question, { at, path: 'wp/v2/posts', kind: 'post', query: { status: 'publish', orderby: 'date' } })

/** Whose comments they are may be asked by those alone who may write posts. */
function comments(session: Session, question: HistoryQuestion, at: Json): Promise<HistoryPage> {
  const query = { author: session.account.remoteId, orderby: 'date_gmt' }
  return repliesIfTold(readList(session, question, { at, path: 'wp/v2/comments', kind: 'reply', query }))
}

interface List {
  at: Json
  path: string
  kind: HistoryItem['kind']
  query: Record<string, string>
}

async function readList(
  session: Session,
  { since, limit }: HistoryQuestion,
  { at, path, kind, query }: List,
): Promise<HistoryPage> {
  const offset = typeof at === 'number' ? at : 0
  const most = Math.min(limit, mostAtOnce)
  const asked = { ...query, order: 'desc', per_page: most, offset, _fields: fields }
  const { body } = await call(session, { path, query: asked, schema: z.array(z.unknown()) })
  const read = body.map((value) => listed.safeParse(value).data)
  const items = read.flatMap((one): HistoryItem[] => {
    if (!one) return []
    // Dates of a site are without a zone; these are UTC.
    const written = saidAt(`${one.date_gmt}Z`, session.now().getTime())
    const by = one.author > 0 ? String(one.author) : null
    return [{ id: String(one.id), kind, at: written, url: heardUrl(one.link), by }]
  })
  const recent = items.filter((item) => item.at >= since)
  // What is taken away meanwhile moves the rest up: pages overlap, so that nothing is passed over.
  const next = offset + most - Math.floor(most / 3)
  const ended = body.length < most || recent.length < items.length
  return { items: recent, next: ended ? null : next, unreadable: read.filter((one) => !one).length }
}
