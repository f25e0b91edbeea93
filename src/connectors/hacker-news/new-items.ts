// Everything new on Hacker News: the items since the last one read, and those that changed meanwhile.

import { z } from 'zod'
import type { Json } from '../contract.ts'
import { newGathering } from '../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { gatherItem, type Item, itemSchema } from './items.ts'

const cursorSchema = z.object({
  last: z.number().int(),
  /** Numbers that are given, but whose item is not there yet. */
  waiting: z.array(z.object({ id: z.number().int(), since: z.number() })),
})

/** As many items as one reading asks for; about an hour of what is written there. */
const most = 1000
const mostChanged = 100
/** The API states no limit; this is what a browser would do. */
const atOnce = 6
const patienceMs = 10 * 60_000

export function newItemsKind(api: string): SourceKind {
  return {
    key: 'new',
    label: 'Everything new',
    help: 'All stories and comments, asked every minute. Only what matches a topic is kept.',
    way: 'poll',
    shared: true,
    needsAccount: false,
    fields: [],
    everySeconds: 60,
    normalise: () => ({ settings: {} }),
    poll: (session, cursor) => poll(session, api, cursor),
  }
}

async function poll(session: ListenSession, api: string, cursor: Json): Promise<StreamBatch> {
  const newest = (await session.http({ url: `${api}/maxitem.json`, schema: z.number().int().positive() })).body
  const parsed = cursorSchema.safeParse(cursor)
  // From now on: the past is not what was asked for.
  if (!parsed.success) return { ...newGathering(), cursor: { last: newest, waiting: [] } }
  const { last, waiting } = parsed.data
  const now = session.now()
  const gathering = newGathering()
  const begin = Math.max(last + 1, newest - most + 1)
  if (begin > last + 1) gathering.gaps.push({ from: null, to: null, reason: 'page-limit' })
  const fresh = Array.from({ length: Math.max(0, newest - begin + 1) }, (_, at) => ({
    id: begin + at,
    since: now.getTime(),
  }))
  const asked = [...waiting, ...fresh]
  const found = await readItems(
    session,
    api,
    asked.map(({ id }) => id),
  )
  for (const item of found) if (item !== null) gatherItem(item, { now }, gathering)
  const changed = await changedItems(session, api, new Set(asked.map(({ id }) => id)))
  for (const item of changed) if (item !== null) gatherItem(item, { now, changed: true }, gathering)
  const missing = asked.filter(({ since }, at) => found[at] === null && now.getTime() - since < patienceMs)
  return { ...gathering, cursor: { last: Math.max(last, newest), waiting: missing.slice(0, most) } }
}

async function changedItems(session: ListenSession, api: string, read: Set<number>): Promise<(Item | null)[]> {
  const schema = z.object({ items: z.array(z.number().int().positive()) })
  const { items } = (await session.http({ url: `${api}/updates.json`, schema })).body
  return readItems(session, api, items.filter((id) => !read.has(id)).slice(0, mostChanged))
}

/** null: not there yet, or in a shape that is not ours to read. */
async function readItems(session: ListenSession, api: string, ids: number[]): Promise<(Item | null)[]> {
  const found: (Item | null)[] = []
  const schema = itemSchema.nullable().catch(null)
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce)
    found.push(
      ...(await Promise.all(
        some.map(async (id) => (await session.http({ url: `${api}/item/${id}.json`, schema })).body),
      )),
    )
  }
  return found
}
