// Best times of one account, from the numbers of its own posts.

import { sql } from 'kysely'
import { accountRow } from '../../accounts/session.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { nextFreeSlot, wallOf } from '../times.ts'
import { bestTimes, blockHours } from './rules.ts'

/** Older posts met another audience. */
const lookBackDays = 365
const dayMinutes = 1440

export function readBestTimes(services: Pick<Services, 'db' | 'clock'>, caller: Caller, { id }: { id: string }) {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const account = await accountRow(tx, caller.orgId, id)
    const now = services.clock()
    const results = await resultsOf(tx, caller.orgId, id, now)
    const zone = account.time_zone
    const { hints, ...rest } = bestTimes(
      results.map(({ published_at, engagements }) => ({ wall: wallOf(published_at, zone), engagements })),
    )
    return {
      ...{ ...rest, zone, blockHours },
      hints: hints.flatMap((hint) => {
        const time = `${String(hint.hour).padStart(2, '0')}:00`
        const next = nextFreeSlot([{ day: hint.day, time }], zone, now, [])
        return next ? [{ ...hint, next: next.wall }] : []
      }),
    }
  })
}

/**
 * By the reading at the age of a day alone: a post whose numbers are known at fifteen minutes only would look like a bad one. Where a
 * network counts none of the three, the post tells nothing; those that it does count are summed.
 */
async function resultsOf(tx: Tx, orgId: string, accountId: string, now: Date) {
  const since = new Date(now.getTime() - lookBackDays * dayMinutes * 60_000)
  const found = await sql<{ published_at: Date; engagements: number }>`
    select v.published_at, (coalesce(s.likes, 0) + coalesce(s.replies, 0) + coalesce(s.reposts, 0))::float8 as engagements
    from variants v
    join snapshots s on s.org_id = v.org_id and s.variant_id = v.id and s.age_minutes = ${dayMinutes}
    where v.org_id = ${orgId} and v.account_id = ${accountId} and v.published_at >= ${since}
      and (s.likes is not null or s.replies is not null or s.reposts is not null)
    order by v.published_at desc limit 5000`.execute(tx)
  return found.rows
}
