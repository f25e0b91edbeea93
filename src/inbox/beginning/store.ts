// Every query of conversations that we begin: how many in each week, and what was planned.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

export interface BegunWeek {
  /** Its Monday. */
  week: string
  departmentId: string | null
  begun: number
  /** In how many of them somebody spoke to us afterwards. */
  answered: number
}

interface Weeks {
  zone: string
  /** Mondays, both included. */
  from: string
  to: string
}

/** By the week in which we spoke first, in the zone of the organisation. Goes through the conversations: nobody counts what they may not see. */
export async function begunWeeks(tx: Tx, orgId: string, { zone, from, to }: Weeks): Promise<BegunWeek[]> {
  const found = await sql<BegunWeek>`
    select date_trunc('week', c.begun_by_us_at at time zone ${zone})::date::text as week, c.department_id as "departmentId",
        count(*)::integer as begun,
        count(*) filter (where exists (select from messages m where m.org_id = c.org_id and m.conversation_id = c.id and not m.is_ours
          and m.taken_at is null and m.at > c.begun_by_us_at))::integer as answered
      from conversations c where c.org_id = ${orgId} and c.begun_by_us_at >= (${from}::date::timestamp at time zone ${zone})
        and c.begun_by_us_at < ((${to}::date + 7)::timestamp at time zone ${zone})
      group by 1, 2`.execute(tx)
  return found.rows
}

export interface GoalRow {
  departmentId: string | null
  /** The Monday from which on it holds. */
  from: string
  weekly: number
}

/** Those of the organisation and of the departments that `seenDepartments` names. Oldest first. */
export async function goalRows(tx: Tx, orgId: string): Promise<GoalRow[]> {
  const found = await sql<GoalRow>`
    select department_id as "departmentId", from_week::text as "from", weekly from conversation_goals where org_id = ${orgId}
      and (department_id is null or department_id in (select id from departments where org_id = ${orgId} and ${mayKnow}))
      order by from_week, department_id`.execute(tx)
  return found.rows
}

/** What was said for this very week before is replaced; what held in earlier weeks stays. */
export const putGoal = (
  tx: Tx,
  orgId: string,
  { departmentId, from, weekly, at, by }: GoalRow & { at: Date; by: string },
): Promise<unknown> =>
  sql`
    insert into conversation_goals (org_id, id, department_id, from_week, weekly, set_at, set_by)
      values (${orgId}, ${newId()}, ${departmentId}, ${from}::date, ${weekly}, ${at}, ${by})
      on conflict (org_id, department_id, from_week) do update set weekly = excluded.weekly, set_at = excluded.set_at, set_by = excluded.set_by`.execute(
    tx,
  )

const mayKnow = sql`(walled_at is null or (select sees_all()) or id = any((select current_walls())::uuid[]))`

/** Those that whoever looks may know figures of, by name. */
export async function seenDepartments(
  tx: Tx,
  orgId: string,
): Promise<{ id: string; name: string; isWalled: boolean }[]> {
  const found = await sql<{ id: string; name: string; isWalled: boolean }>`
    select id, name, walled_at is not null as "isWalled" from departments where org_id = ${orgId} and ${mayKnow}
      order by lower(name), id`.execute(tx)
  return found.rows
}
