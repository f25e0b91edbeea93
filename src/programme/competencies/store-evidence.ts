// What evidence is made from that nobody else asks in this form.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface SessionWeek {
  monday: string
  all: number
  done: number
}

/**
 * Sessions by the week for which they were first planned, and how many of them were done by now, made up ones too. What was taken out was
 * expected of nobody. Of these members; null: of all.
 */
export async function sessionWeeks(
  tx: Tx,
  orgId: string,
  { programmeId, from, to }: { programmeId: string; from: string; to: string },
  members: readonly string[] | null,
): Promise<SessionWeek[]> {
  const day = sql`coalesce(planned_day, on_day, from_day)`
  const found = await sql<SessionWeek>`
    select date_trunc('week', ${day}::timestamp)::date::text as monday, count(*)::integer as all, count(*) filter (where state = 'done')::integer as done
      from plan_sessions where org_id = ${orgId} and programme_id = ${programmeId} and state <> 'taken-out'
        and ${day} between ${from}::date and ${to}::date ${members ? sql`and member_id = any(${[...members]}::uuid[])` : sql``}
      group by 1`.execute(tx)
  return found.rows
}
