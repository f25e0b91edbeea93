// The days on which the plan had sessions for somebody, and on which they were done.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface SessionDay {
  memberId: string
  day: string
  isDone: boolean
}

/** What was left out with a reason, or never had a place, was expected of nobody; what was missed was, also where it was made up later. */
export async function sessionDays(
  tx: Tx,
  orgId: string,
  { from, to }: { from: string; to: string },
): Promise<SessionDay[]> {
  const found = await sql<SessionDay>`
    select member_id as "memberId", on_day::text as day, bool_or(state = 'done') as "isDone" from plan_sessions
      where org_id = ${orgId} and state in ('planned', 'done', 'missed') and on_day between ${from}::date and ${to}::date group by 1, 2
    union all select distinct from_member, from_day::text, false from session_steps
      where org_id = ${orgId} and what = 'missed' and from_member is not null and from_day between ${from}::date and ${to}::date`.execute(
    tx,
  )
  return found.rows
}
