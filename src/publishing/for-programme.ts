// What went out in some days, by account and person, for the programme that plans who does how much.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import type { DaySpan } from '../lib/days.ts'

export interface OutDay {
  accountId: string
  day: string
  /** Whose post it is, or who wrote the answer. */
  memberId: string
  posts: number
  answers: number
}

const within = (column: ReturnType<typeof sql>, { zone, from, to }: DaySpan) => sql<boolean>`
  ${column} >= (${from}::date::timestamp at time zone ${zone}) and ${column} < ((${to}::date + 1)::timestamp at time zone ${zone})`

/** What is published counts, wherever it is by now. */
export async function outDays(tx: Tx, orgId: string, span: DaySpan): Promise<OutDay[]> {
  const found = await sql<OutDay>`
    select v.account_id as "accountId", (v.published_at at time zone ${span.zone})::date::text as day,
        coalesce(p.owner_id, p.created_by, a.created_by) as "memberId",
        count(p.id)::integer as posts, count(a.id)::integer as answers
      from variants v left join posts p on p.org_id = v.org_id and p.id = v.post_id
        left join answers a on a.org_id = v.org_id and a.id = v.answer_id
      where v.org_id = ${orgId} and ${within(sql`v.published_at`, span)} and coalesce(p.id, a.id) is not null
      group by 1, 2, 3`.execute(tx)
  return found.rows
}

/** Times that people followed a link of ours. Hours that lie across two days of the zone count for the day in which they begin. */
export async function visitsIn(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ visits: number }>`
    select coalesce(sum(clicks), 0)::integer as visits from link_clicks where org_id = ${orgId} and not bot and ${within(sql`hour`, span)}`.execute(
    tx,
  )
  return found.rows[0]!.visits
}
