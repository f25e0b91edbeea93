// Every query of time entries, timers and ceilings.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { RunningTimers, TimeEntries } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { How } from './types.ts'

export type EntryRow = Selectable<TimeEntries>
export type TimerRow = Selectable<RunningTimers>

/** Newest first; what was taken away is not among them. */
export const entryRows = (
  tx: Tx,
  orgId: string,
  { memberId, from, to }: { memberId: string; from: string; to: string },
): Promise<EntryRow[]> =>
  tx
    .selectFrom('time_entries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .where('removed_at', 'is', null)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** Minutes of each person by day, without those of sessions: these stand beside their session. */
export async function otherMinutes(
  tx: Tx,
  orgId: string,
  { from, to, without }: { from: string; to: string; without: readonly string[] },
): Promise<{ memberId: string; day: string; minutes: number }[]> {
  const found = await sql<{ memberId: string; day: string; minutes: number }>`
    select member_id as "memberId", on_day::text as day, sum(minutes)::double precision as minutes from time_entries
      where org_id = ${orgId} and removed_at is null and session_id is null and activity <> all(${without}::text[])
        and on_day between ${from}::date and ${to}::date group by 1, 2 order by 1, 2 ${keepPlan}`.execute(tx)
  return found.rows
}

/** Everything that was written down, by person and day; of one person where one is named. */
export async function minutesByDay(
  tx: Tx,
  orgId: string,
  { from, to, memberId }: { from: string; to: string; memberId?: string },
): Promise<{ memberId: string; day: string; minutes: number }[]> {
  const found = await sql<{ memberId: string; day: string; minutes: number }>`
    select member_id as "memberId", on_day::text as day, sum(minutes)::double precision as minutes from time_entries
      where org_id = ${orgId} and removed_at is null and on_day between ${from}::date and ${to}::date
        and (${memberId ?? null}::uuid is null or member_id = ${memberId ?? null}) group by 1, 2`.execute(tx)
  return found.rows
}

/** What was written down for sessions, by the session; what was taken away is not among them. */
export async function sessionMinutes(tx: Tx, orgId: string, since: string): Promise<Map<string, number>> {
  const found = await sql<{ id: string; minutes: number }>`
    select session_id as id, sum(minutes)::double precision as minutes from time_entries
      where org_id = ${orgId} and removed_at is null and session_id is not null and on_day >= ${since}::date group by 1 ${keepPlan}`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, minutes }) => [id, minutes]))
}

/** What was written down for one session; nothing was: null. */
export async function minutesOfSession(tx: Tx, orgId: string, id: string): Promise<number | null> {
  // Nobody writes down long before it what they do for it: the days are what entries are found by.
  const found = await sql<{ minutes: number | null }>`
    select sum(t.minutes)::double precision as minutes from plan_sessions s join time_entries t on t.org_id = s.org_id and t.session_id = s.id
      where s.org_id = ${orgId} and s.id = ${id} and t.removed_at is null and t.on_day >= s.on_day - 7 ${keepPlan}`.execute(
    tx,
  )
  return found.rows[0]!.minutes
}

interface NewEntry {
  /** Where it is known before it is written. */
  id?: string
  memberId: string
  activity: string
  channel: string | null
  day: string
  minutes: number
  how: How
  items: number
  note: string
  campaignId: string | null
  /** The session that it was done for. */
  sessionId?: string | null
  at: Date
}

export async function insertEntry(tx: Tx, orgId: string, entry: NewEntry): Promise<string> {
  const { id = newId(), activity, channel, minutes, how, items, note } = entry
  const what = { activity, channel, on_day: entry.day, minutes, how, items, note, campaign_id: entry.campaignId }
  await tx
    .insertInto('time_entries')
    .values({
      org_id: orgId,
      id,
      member_id: entry.memberId,
      ...what,
      session_id: entry.sessionId ?? null,
      noted_at: entry.at,
    })
    .modifyEnd(keepPlan)
    .execute()
  return id
}

/** Whether it is theirs and was otherwise before. */
export async function markEntry(
  tx: Tx,
  orgId: string,
  { id, memberId }: { id: string; memberId: string },
  removedAt: Date | null,
): Promise<boolean> {
  const found = await sql`
    update time_entries set removed_at = ${removedAt} where org_id = ${orgId} and id = ${id} and member_id = ${memberId}
      and (removed_at is null) <> (${removedAt}::timestamptz is null)`.execute(tx)
  return Number(found.numAffectedRows) > 0
}

export const hasEntry = async (tx: Tx, orgId: string, { id, memberId }: { id: string; memberId: string }) =>
  (await tx
    .selectFrom('time_entries')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .executeTakeFirst()) !== undefined

export const findTimer = (tx: Tx, orgId: string, memberId: string): Promise<TimerRow | undefined> =>
  tx
    .selectFrom('running_timers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** Whoever takes it has it alone: of two tabs that stop it one writes it down. */
export const takeTimer = (tx: Tx, orgId: string, memberId: string): Promise<TimerRow | undefined> =>
  tx
    .deleteFrom('running_timers')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .returningAll()
    .executeTakeFirst()

export const putTimer = (tx: Tx, orgId: string, timer: Omit<TimerRow, 'org_id'>): Promise<unknown> =>
  tx
    .insertInto('running_timers')
    .values({ org_id: orgId, ...timer })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'member_id']).doUpdateSet({
        ...{ activity: timer.activity, channel: timer.channel, began_at: timer.began_at },
        ...{ session_id: timer.session_id, campaign_id: timer.campaign_id },
      }),
    )
    .execute()

export async function readCeiling(tx: Tx, orgId: string, memberId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('load_ceilings')
    .select('minutes_weekly')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row?.minutes_weekly ?? null
}

/** By member. */
export async function ceilings(tx: Tx, orgId: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('load_ceilings')
    .select(['member_id', 'minutes_weekly'])
    .where('org_id', '=', orgId)
    .modifyEnd(keepPlan)
    .execute()
  return new Map(rows.map(({ member_id, minutes_weekly }) => [member_id, minutes_weekly]))
}

export const putCeiling = (
  tx: Tx,
  orgId: string,
  { memberId, minutesWeekly, by, at }: { memberId: string; minutesWeekly: number; by: string; at: Date },
): Promise<unknown> =>
  sql`
    insert into load_ceilings (org_id, member_id, minutes_weekly, set_at, set_by) values (${orgId}, ${memberId}, ${minutesWeekly}, ${at}, ${by})
      on conflict (org_id, member_id) do update set minutes_weekly = excluded.minutes_weekly, set_at = excluded.set_at, set_by = excluded.set_by`.execute(
    tx,
  )

/** Minutes of everybody together in each week, by its Monday, of those that are over; weeks without any are not there. */
export async function weekSums(
  tx: Tx,
  orgId: string,
  { from, to }: { from: string; to: string },
): Promise<{ monday: string; minutes: number }[]> {
  const found = await sql<{ monday: string; minutes: number }>`
    select date_trunc('week', on_day::timestamp)::date::text as monday, sum(minutes)::double precision as minutes from time_entries
      where org_id = ${orgId} and removed_at is null and on_day between ${from}::date and ${to}::date group by 1 order by 1 ${keepPlan}`.execute(
    tx,
  )
  return found.rows
}

/**
 * Minutes of single items by activity, oldest first: what was measured since a day, never what was estimated. What somebody had not finished
 * belongs to the next of its kind that they did finish. The last `most` of each.
 */
export const measuredTimes = (tx: Tx, orgId: string, asked: Measuring): Promise<Map<string, number[]>> =>
  measuredBy(tx, orgId, { ...asked, key: sql`activity` })

/** The same by channel and activity, as people named them: `channel`, a tabulator, `activity`. Time without a channel is not in it. */
export const timesByChannel = (tx: Tx, orgId: string, asked: Measuring): Promise<Map<string, number[]>> =>
  measuredBy(tx, orgId, { ...asked, key: sql`channel || chr(9) || activity` })

interface Measuring {
  since: string
  most: number
}

async function measuredBy(
  tx: Tx,
  orgId: string,
  { since, most, key }: Measuring & { key: ReturnType<typeof sql> },
): Promise<Map<string, number[]>> {
  const found = await sql<{ key: string; minutes: number[] }>`
    with measured as (select *, ${key} as key from time_entries
          where org_id = ${orgId} and removed_at is null and how <> 'estimated' and on_day >= ${since}::date and ${key} is not null),
      own as (select *, count(*) filter (where items > 0) over (partition by member_id, key order by on_day, noted_at, id
            rows between unbounded preceding and 1 preceding) as piece from measured),
      pieces as (select key, max(on_day) as on_day, max(noted_at) as noted_at, max(id::text) as id, sum(minutes) / sum(items) as each
          from own group by key, member_id, piece having sum(items) > 0),
      newest as (select *, row_number() over (partition by key order by on_day desc, noted_at desc, id desc) as place from pieces)
    select key, array_agg(each order by on_day, noted_at, id) as minutes from newest where place <= ${most} group by key order by key ${keepPlan}`.execute(
    tx,
  )
  return new Map(found.rows.map(({ key: one, minutes }) => [one, minutes]))
}

export interface DayEntry {
  memberId: string
  day: string
  activity: string
  minutes: number
  how: string
  items: number
}

/** What everybody did on each day of a span, by activity; days both included. */
export async function entriesByDay(
  tx: Tx,
  orgId: string,
  { from, to }: { from: string; to: string },
): Promise<DayEntry[]> {
  const found = await sql<DayEntry>`
    select member_id as "memberId", on_day::text as day, activity, how, sum(minutes)::double precision as minutes, sum(items)::integer as items
      from time_entries where org_id = ${orgId} and removed_at is null and on_day between ${from}::date and ${to}::date
      group by 1, 2, 3, 4`.execute(tx)
  return found.rows
}
