// Every query of sessions and of what was changed in them.

import { type Insertable, type Selectable, type SqlBool, sql, type Updateable } from 'kysely'
import { locks } from '../../db/locks.ts'
import { keepPlan } from '../../db/pool.ts'
import type { PlanSessions, SessionSteps } from '../../db/schema.gen.ts'
import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { KeptDay } from '../load/sessions/make-up.ts'
import type { Session, SessionKind } from '../load/sessions/types.ts'

export type SessionRow = Selectable<PlanSessions>
export type StepRow = Selectable<SessionSteps>
export type SessionChange = Omit<Updateable<PlanSessions>, 'org_id' | 'id' | 'revision' | 'changed_at'>

/** Whoever changes sessions waits for whoever makes them anew, and the other way round. */
export const lockSessions = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.sessions}, hashtext(${orgId}::uuid::text)) ${keepPlan}`.execute(tx)

/** Pieces of several parts of which some are done and some are still open, by their item. What somebody left a part of out is none: they decided. */
export async function begunItems(tx: Tx, orgId: string, programmeId: string): Promise<Set<string>> {
  const found = await sql<{ item: string }>`
    select item from plan_sessions where org_id = ${orgId} and programme_id = ${programmeId} and item = any(array(
        select o.item from plan_sessions o
          where o.org_id = ${orgId} and o.programme_id = ${programmeId} and o.parts > 1 and o.state in ('planned', 'dropped')))
      group by item having bool_or(state = 'done') and not bool_or(state = 'skipped') ${keepPlan}`.execute(tx)
  return new Set(found.rows.map(({ item }) => item))
}

/**
 * What a plan made anew has to know: everything whose days are not over, what still stands, what was done of late, and open parts of pieces
 * that were begun.
 */
export const openRows = (
  tx: Tx,
  orgId: string,
  programmeId: string,
  { today, doneSince, begunSince = today }: { today: string; doneSince: string; begunSince?: string },
): Promise<SessionRow[]> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .where(
      sql<SqlBool>`(to_day >= ${today}::date or from_day >= ${begunSince}::date or state = 'planned' or (state = 'done' and on_day >= ${doneSince}::date)
        or (state = 'dropped' and parts > 1 and exists (select from plan_sessions d where d.org_id = plan_sessions.org_id
          and d.programme_id = plan_sessions.programme_id and d.item = plan_sessions.item and d.state = 'done')))`,
    )
    .orderBy('id')
    .execute()

/** Of programmes that ended: what still stands in them. */
export const leftOver = (tx: Tx, orgId: string, programmeId: string | null): Promise<SessionRow[]> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('state', '=', 'planned')
    .$if(programmeId !== null, (query) => query.where('programme_id', '<>', programmeId!))
    .orderBy('id')
    .execute()

interface Days {
  from: string
  to: string
}

/** Those that stand or stood on these days; of one person where one is named. In order of time. */
export const rowsOnDays = (
  tx: Tx,
  orgId: string,
  { from, to, memberId }: Days & { memberId?: string },
): Promise<SessionRow[]> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .$if(memberId !== undefined, (query) => query.where('member_id', '=', memberId!))
    .where('state', '<>', 'taken-out')
    .orderBy('at')
    .orderBy('id')
    .execute()

/** What belonged into these days and has no place. */
export const rowsWithoutPlace = (tx: Tx, orgId: string, { from, to }: Days): Promise<SessionRow[]> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('state', '=', 'dropped')
    .where('to_day', '>=', from)
    .where('from_day', '<=', to)
    .orderBy('from_day')
    .orderBy('id')
    .execute()

export const findSession = (tx: Tx, orgId: string, id: string): Promise<SessionRow | undefined> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .modifyEnd(keepPlan)
    .executeTakeFirst()

/** All parts of the same work. */
export const partsOfItem = (tx: Tx, orgId: string, { programme_id, item }: SessionRow): Promise<SessionRow[]> =>
  tx
    .selectFrom('plan_sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programme_id)
    .where('item', '=', item)
    .execute()

/** PostgreSQL takes 65,535 values at once. */
const atOnce = 500

/** How many were not there yet: the same part of the same work is one session, whoever makes it. */
export async function insertSessions(tx: Tx, rows: readonly Insertable<PlanSessions>[]): Promise<number> {
  let made = 0
  for (let from = 0; from < rows.length; from += atOnce) {
    const found = await tx
      .insertInto('plan_sessions')
      .values(rows.slice(from, from + atOnce))
      .onConflict((conflict) => conflict.columns(['org_id', 'programme_id', 'item', 'part']).doNothing())
      .returning('id')
      .execute()
    made += found.length
  }
  return made
}

export const updateSession = (tx: Tx, orgId: string, id: string, change: SessionChange, at: Date): Promise<unknown> =>
  updateSessions(tx, orgId, [id], change, at)

/** The same change of all of them. */
export const updateSessions = (
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  change: SessionChange,
  at: Date,
): Promise<unknown> =>
  tx
    .updateTable('plan_sessions')
    .set({ ...change, changed_at: at, revision: sql`revision + 1` })
    .where('org_id', '=', orgId)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .modifyEnd(keepPlan)
    .execute()

interface RowChange {
  row: { id: string }
  values: SessionChange
}

/** Those that change alike in one statement, all of them without waiting for each other. */
export async function updateEach(tx: Tx, orgId: string, changes: readonly RowChange[], at: Date): Promise<void> {
  const alike = [...Map.groupBy(changes, ({ values }) => JSON.stringify(values)).values()]
  await sideBySide(tx, (own) =>
    alike.map((some) =>
      updateSessions(
        own,
        orgId,
        some.map(({ row }) => row.id),
        some[0]!.values,
        at,
      ),
    ),
  )
}

export type Step = Omit<Insertable<SessionSteps>, 'org_id' | 'id'>

export async function insertSteps(tx: Tx, orgId: string, steps: readonly Step[]): Promise<void> {
  const rows = steps.map((step) => ({ ...step, org_id: orgId, id: newId() }))
  for (let from = 0; from < rows.length; from += atOnce)
    await tx
      .insertInto('session_steps')
      .values(rows.slice(from, from + atOnce))
      .execute()
}

export type StepOfSession = StepRow & Pick<SessionRow, 'activity' | 'channel' | 'part' | 'parts' | 'minutes'>

/** Newest first; of one person where one is named. */
export const stepRows = (
  tx: Tx,
  orgId: string,
  { since, memberId, limit }: { since: Date; memberId?: string; limit: number },
): Promise<StepOfSession[]> =>
  tx
    .selectFrom('session_steps as t')
    .innerJoin('plan_sessions as s', (join) =>
      join.onRef('s.org_id', '=', 't.org_id').onRef('s.id', '=', 't.session_id'),
    )
    .selectAll('t')
    .select(['s.activity', 's.channel', 's.part', 's.parts', 's.minutes'])
    .where('t.org_id', '=', orgId)
    .where('t.at', '>=', since)
    .$if(memberId !== undefined, (query) =>
      query.where((is) => is.or([is('t.from_member', '=', memberId!), is('t.to_member', '=', memberId!)])),
    )
    .orderBy('t.at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(limit)
    .execute()

export const lastStep = (tx: Tx, orgId: string, sessionId: string): Promise<StepRow | undefined> =>
  tx
    .selectFrom('session_steps')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('session_id', '=', sessionId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()

/** Days on which something was missed, or done, of a programme. */
export async function keptDays(
  tx: Tx,
  orgId: string,
  { programmeId, since }: { programmeId: string; since: string },
): Promise<KeptDay[]> {
  const found = await sql<KeptDay>`
    select on_day::text as day, true as done, minutes from plan_sessions
      where org_id = ${orgId} and programme_id = ${programmeId} and state = 'done' and on_day >= ${since}::date
    union all select t.from_day::text, false, s.minutes from session_steps t join plan_sessions s on s.org_id = t.org_id and s.id = t.session_id
      where t.org_id = ${orgId} and s.programme_id = ${programmeId} and t.what = 'missed' and t.from_day >= ${since}::date ${keepPlan}`.execute(
    tx,
  )
  return found.rows
}

/** Each once: done, at last, on its day; or missed, on the first day that was, and not made up since. */
export async function keptSessions(
  tx: Tx,
  orgId: string,
  { programmeId, since }: { programmeId: string; since: string },
): Promise<{ day: string; done: boolean }[]> {
  const found = await sql<{ day: string; done: boolean }>`
    select on_day::text as day, true as done from plan_sessions
      where org_id = ${orgId} and programme_id = ${programmeId} and state = 'done' and on_day >= ${since}::date
    union all select min(t.from_day)::text, false from session_steps t join plan_sessions s on s.org_id = t.org_id and s.id = t.session_id
      where t.org_id = ${orgId} and s.programme_id = ${programmeId} and t.what = 'missed' and t.from_day >= ${since}::date and s.state <> 'done'
      group by s.id`.execute(tx)
  return found.rows
}

/** Minutes of sessions by the week for which they were planned at first, whatever became of them; what was taken out was asked of nobody. */
export async function plannedMinutes(
  tx: Tx,
  orgId: string,
  { programmeId, from, to }: Days & { programmeId: string },
): Promise<Map<string, number>> {
  const found = await sql<{ monday: string; minutes: number }>`
    select date_trunc('week', planned_day::timestamp)::date::text as monday, sum(minutes)::float8 as minutes from plan_sessions
      where org_id = ${orgId} and programme_id = ${programmeId} and state <> 'taken-out' and planned_day between ${from}::date and ${to}::date
      group by 1`.execute(tx)
  return new Map(found.rows.map(({ monday, minutes }) => [monday, minutes]))
}

export interface PlannedItems {
  activity: string
  channel: string | null
  monday: string
  count: number
}

/** Whole items by the week for which they were planned at first, whatever became of them; what the plan asked for no more is not among them. */
export async function plannedItems(tx: Tx, orgId: string, { from, to }: Days): Promise<PlannedItems[]> {
  const found = await sql<PlannedItems>`
    select activity, channel, date_trunc('week', planned_day::timestamp)::date::text as monday, count(*)::integer as count from plan_sessions
      where org_id = ${orgId} and part = parts and state <> 'taken-out' and planned_day between ${from}::date and ${to}::date
      group by 1, 2, 3`.execute(tx)
  return found.rows
}

/** A session that has a place, as the rules know it. `minutes`: what it took, where that is known. */
export const sessionOf = (row: SessionRow, minutes: number = row.minutes): Session => ({
  ...{ id: keyOf(row), activity: row.activity, channel: row.channel, kind: row.kind as SessionKind },
  ...{ person: row.member_id!, day: row.on_day!, wall: row.wall!, zone: row.zone!, at: row.at!, minutes },
  ...{ until: row.until_at!, plannedDay: row.planned_day!, madeUp: row.made_up, byHand: row.by_hand },
})

/** By which the rules know it again, whatever its row is. */
export const keyOf = ({ item, part }: Pick<SessionRow, 'item' | 'part'>): string => `${item} ${part}`
