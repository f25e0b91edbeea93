// Weekly listening briefs that were read, for the programme.

import { sql } from 'kysely'
import { withinDays } from '../../db/day-span.ts'
import type { Tx } from '../../db/tx.ts'
import type { DaySpan } from '../../lib/days.ts'

/** Published in these days and read by at least half of those whom they were written for. */
export async function briefsRead(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from listening_briefs b,
      lateral (select count(*) as readers, count(r.read_at) as read from listening_brief_readers r where r.org_id = b.org_id and r.brief_id = b.id) r
      where b.org_id = ${orgId} and b.state = 'published' and r.readers > 0 and r.read * 2 >= r.readers
        and ${withinDays(sql`b.published_at`, span)}`.execute(tx)
  return found.rows[0]!.count
}
