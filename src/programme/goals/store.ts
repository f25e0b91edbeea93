// Every query of goals and their readings.

import { type Selectable, sql } from 'kysely'
import type { GoalReadings, ProgrammeGoals } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { GoalFacts, Measure } from './types.ts'

export type GoalRow = Selectable<ProgrammeGoals>
export type ReadingRow = Selectable<GoalReadings>

export const goalRows = (tx: Tx, orgId: string, programmeId: string): Promise<GoalRow[]> =>
  tx
    .selectFrom('programme_goals')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('due_on')
    .orderBy('id')
    .execute()

export const lockGoal = (tx: Tx, orgId: string, id: string): Promise<GoalRow | undefined> =>
  tx
    .selectFrom('programme_goals')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** Oldest first. */
export const readingRows = (tx: Tx, orgId: string, goalIds: readonly string[]): Promise<ReadingRow[]> =>
  tx
    .selectFrom('goal_readings')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('goal_id', '=', sql<string>`any(${[...goalIds]}::uuid[])`)
    .orderBy('on_day')
    .execute()

interface NewGoal extends GoalFacts {
  programmeId: string
  baselineHow: string
  ownerId: string | null
  by: string
  at: Date
}

export async function insertGoal(tx: Tx, orgId: string, goal: NewGoal): Promise<string> {
  const id = newId()
  await tx
    .insertInto('programme_goals')
    .values({
      ...{
        org_id: orgId,
        id,
        programme_id: goal.programmeId,
        title: goal.title,
        measure: goal.measure,
        unit: goal.unit,
      },
      ...{ baseline: goal.baseline, baseline_how: goal.baselineHow, target: goal.target, due_on: goal.dueOn },
      ...{ owner_id: goal.ownerId, set_at: goal.at, set_by: goal.by },
    })
    .execute()
  return id
}

export const markGoal = (
  tx: Tx,
  orgId: string,
  id: string,
  mark: Pick<GoalRow, 'outcome' | 'ended_at' | 'ended_by' | 'end_reason'>,
) => tx.updateTable('programme_goals').set(mark).where('org_id', '=', orgId).where('id', '=', id).execute()

/** What a person said of a day is not overwritten by what is read. */
export const putReading = (tx: Tx, orgId: string, row: Omit<ReadingRow, 'org_id'>): Promise<unknown> =>
  sql`
    insert into goal_readings (org_id, goal_id, on_day, value, read_at, read_by, note)
      values (${orgId}, ${row.goal_id}, ${row.on_day}::date, ${row.value}, ${row.read_at}, ${row.read_by}::uuid, ${row.note})
      on conflict (org_id, goal_id, on_day) do update set value = excluded.value, read_at = excluded.read_at, read_by = excluded.read_by, note = excluded.note
        where goal_readings.read_by is null or excluded.read_by is not null`.execute(tx)

/** Open ones that Longrun reads itself. */
export async function goalsToRead(tx: Tx): Promise<{ org_id: string; id: string; measure: string; zone: string }[]> {
  const found = await sql<{ org_id: string; id: string; measure: string; zone: string }>`
    select g.org_id, g.id, g.measure, o.time_zone as zone from programme_goals g join programmes p on p.org_id = g.org_id and p.id = g.programme_id
      join organisations o on o.id = g.org_id where g.ended_at is null and p.ended_at is null and g.measure <> 'own' order by g.org_id, g.id`.execute(
    tx,
  )
  return found.rows
}

const sources: Record<Measure, 'accounts' | 'topics' | 'links' | null> = {
  ...{ 'posts-weekly': 'accounts', 'replies-weekly': 'accounts', 'begun-weekly': 'accounts' },
  ...{ 'first-reply-hours': 'accounts', 'promise-kept': 'accounts' },
  ...{ 'visits-weekly': 'links', 'mentions-weekly': 'topics', own: null },
}

/** The day on which the first of what a measure counts by was there; null: there is none. */
export async function beganOn(tx: Tx, orgId: string, measure: Measure, zone: string): Promise<string | null> {
  const source = sources[measure]
  if (source === null) return null
  const found = await sql<{ day: string | null }>`
    select (min(created_at) at time zone ${zone})::date::text as day from ${sql.table(source)} where org_id = ${orgId}`.execute(
    tx,
  )
  return found.rows[0]!.day
}
