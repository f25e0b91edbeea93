// How far back a search has to look: a common word is found among the newest mentions, a rare one by its index in all of them.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { type After, hitTest, isSearch, type StoredFilter, walkBounds } from './store-read.ts'

/** Newest mentions that are looked at one by one; what is found among them tells how common the words are. */
const walked = { least: 4_000, most: 20_000 }
/** Sought in so many times the span in which as many as are wanted should be found: words come in bursts. */
const margin = 2

export interface Wanted {
  after: After | null
  limit: number
}

/** What `read` finds of a filter, first where there should be enough of it, and further back when there was not. */
export async function withinReach<Row>(
  tx: Tx,
  { orgId, filter, ...wanted }: Wanted & { orgId: string; filter: StoredFilter },
  read: (filter: StoredFilter) => Promise<Row[]>,
  countOf: (rows: Row[]) => number,
): Promise<Row[]> {
  let reach = isSearch(filter) ? await searchReach(tx, orgId, filter, wanted) : null
  for (let tries = 0; tries < 2 && reach && !(filter.from && filter.from >= reach.since); tries++) {
    const found = await read({ ...filter, reach: reach.since })
    if (countOf(found) >= wanted.limit) return found
    reach = further(reach)
  }
  return read(filter)
}

/** From the newest that fits the bounds of the asker back to `since`. */
export interface Reach {
  newest: Date
  since: Date
}

const further = ({ newest, since }: Reach): Reach => ({
  newest,
  since: new Date(newest.getTime() - 8 * (newest.getTime() - since.getTime())),
})

export interface Walk {
  seen: number
  hits: number
  newest: Date | null
  oldest: Date | null
}

/**
 * A time since when there should be `limit` hits of a search; null: look everywhere. Without it an index of a common word would be
 * read from its first year on, to show the last hour.
 */
async function searchReach(
  tx: Tx,
  orgId: string,
  filter: StoredFilter,
  { after, limit }: Wanted,
): Promise<Reach | null> {
  const most = Math.min(walked.most, Math.max(walked.least, limit * 40))
  const found = await sql<Walk>`
    with walked as (select m.at, (${hitTest(filter)}) as hit from mentions m
      where m.org_id = ${orgId} ${walkBounds(filter, after)} order by m.at desc, m.id desc limit ${most})
    select count(*)::integer as seen, (count(*) filter (where hit))::integer as hits, max(at) as newest, min(at) as oldest from walked`.execute(
    tx,
  )
  return reachOf(found.rows[0]!, { limit, most })
}

/** Pure: from what was walked through, the time since when to look. */
export function reachOf(
  { seen, hits, newest, oldest }: Walk,
  { limit, most }: { limit: number; most: number },
): Reach | null {
  if (seen < most || !newest || !oldest || hits === 0) return null
  if (hits >= limit) return { newest, since: oldest }
  const span = Math.max(1, newest.getTime() - oldest.getTime())
  return { newest, since: new Date(newest.getTime() - span * margin * (limit / hits)) }
}
