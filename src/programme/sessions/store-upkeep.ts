// Every query of what keeps sessions up: marks, the day that was reckoned, who is due, and proposals to go on with less.

import { type Insertable, type Selectable, sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { PlanRealignments } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'

/** Where something changed, or a new day has begun; of one organisation where one is named. Days are those of each organisation. */
export async function organisationsDue(tx: Tx, now: Date, orgId: string | null = null): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select o.id from organisations o left join session_reckonings r on r.org_id = o.id
      where ${orgId === null ? sql`true` : sql`o.id = ${orgId}`} and exists (select from programmes p where p.org_id = o.id)
        and (exists (select from session_marks m where m.org_id = o.id)
          or (coalesce(r.on_day < (${now}::timestamptz at time zone o.time_zone)::date, true)
            and exists (select from programmes p join plan_versions v on v.org_id = p.org_id and v.programme_id = p.id
              where p.org_id = o.id and p.ended_at is null)))
      order by o.id ${orgId === null ? sql`` : keepPlan}`.execute(tx)
  return found.rows.map(({ id }) => id)
}

/** Read before anything else is looked at: what is marked meanwhile waits for the next time. */
export const markIds = async (tx: Tx, orgId: string): Promise<string[]> =>
  (await tx.selectFrom('session_marks').select('id').where('org_id', '=', orgId).modifyEnd(keepPlan).execute()).map(
    ({ id }) => id,
  )

export async function takeMarks(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from session_marks where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** By person, a word that is another one when anything of their days has changed since then. */
export async function stateOfDays(
  tx: Tx,
  orgId: string,
  { programmeId, since, memberIds }: { programmeId: string; since: string; memberIds: readonly string[] },
): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const found = await sql<{ id: string; state: string }>`
    select member_id as id, count(*) || ' ' || sum(revision) as state from plan_sessions
      where org_id = ${orgId} and programme_id = ${programmeId} and on_day >= ${since}::date
        and member_id = any(${[...memberIds]}::uuid[]) group by 1 ${keepPlan}`.execute(tx)
  return new Map(found.rows.map(({ id, state }) => [id, state]))
}

export async function revisionsOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; revision: number }>`
    select id, revision from plan_sessions where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(found.rows.map(({ id, revision }) => [id, revision]))
}

export const putReckoned = (tx: Tx, orgId: string, { day, at }: { day: string; at: Date }): Promise<unknown> =>
  sql`
    insert into session_reckonings (org_id, on_day, reckoned_at) values (${orgId}, ${day}, ${at})
      on conflict (org_id) do update set on_day = greatest(session_reckonings.on_day, excluded.on_day), reckoned_at = excluded.reckoned_at ${keepPlan}`.execute(
    tx,
  )

export type RealignmentRow = Selectable<PlanRealignments>

/** Newest first. */
export const realignmentRows = (tx: Tx, orgId: string, programmeId: string, limit: number): Promise<RealignmentRow[]> =>
  tx
    .selectFrom('plan_realignments')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const insertRealignment = (tx: Tx, row: Insertable<PlanRealignments>): Promise<unknown> =>
  tx.insertInto('plan_realignments').values(row).execute()

export const answerRealignment = (
  tx: Tx,
  orgId: string,
  id: string,
  answer: Pick<RealignmentRow, 'answered_at' | 'answered_by' | 'accepted' | 'reason' | 'version'>,
): Promise<unknown> =>
  tx.updateTable('plan_realignments').set(answer).where('org_id', '=', orgId).where('id', '=', id).execute()
