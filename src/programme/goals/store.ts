// Every query of goals and their readings.

import { type Selectable, sql } from 'kysely'
import type { GoalChanges, GoalReadings, ProgrammeGoals } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { GoalFacts } from './types.ts'
import type { WayOn } from './way.ts'

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

/** Oldest first; what was taken away is not among them. */
export const readingRows = (tx: Tx, orgId: string, goalIds: readonly string[]): Promise<ReadingRow[]> =>
  tx
    .selectFrom('goal_readings')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('goal_id', '=', sql<string>`any(${[...goalIds]}::uuid[])`)
    .where('removed_at', 'is', null)
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

/** What held before a goal was changed. */
export interface Was {
  title: string
  baseline: number
  baselineHow: string
  target: number
  dueOn: string
  ownerId: string | null
}

export type ChangeRow = Omit<Selectable<GoalChanges>, 'was' | 'way'> & { was: Was; way: WayOn }

/** Oldest first; those that were taken back among them. */
export const changeRows = (tx: Tx, orgId: string, goalIds: readonly string[]): Promise<ChangeRow[]> =>
  tx
    .selectFrom('goal_changes')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('goal_id', '=', sql<string>`any(${[...goalIds]}::uuid[])`)
    .orderBy('number')
    .execute() as unknown as Promise<ChangeRow[]>

export const insertChange = (
  tx: Tx,
  orgId: string,
  row: Omit<ChangeRow, 'org_id' | 'taken_back_at' | 'taken_back_by'>,
): Promise<unknown> =>
  tx
    .insertInto('goal_changes')
    .values({ org_id: orgId, ...row, was: JSON.stringify(row.was) })
    .execute()

export const markChange = (
  tx: Tx,
  orgId: string,
  { goal_id, number }: Pick<ChangeRow, 'goal_id' | 'number'>,
  { at, by }: { at: Date; by: string },
): Promise<unknown> =>
  tx
    .updateTable('goal_changes')
    .set({ taken_back_at: at, taken_back_by: by })
    .where('org_id', '=', orgId)
    .where('goal_id', '=', goal_id)
    .where('number', '=', number)
    .execute()

export const reshapeGoal = (tx: Tx, orgId: string, id: string, now: Was): Promise<unknown> =>
  tx
    .updateTable('programme_goals')
    .set({ title: now.title, baseline: now.baseline, baseline_how: now.baselineHow, target: now.target })
    .set({ due_on: now.dueOn, owner_id: now.ownerId, version: sql`version + 1` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const markGoal = (
  tx: Tx,
  orgId: string,
  id: string,
  mark: Pick<GoalRow, 'outcome' | 'ended_at' | 'ended_by' | 'end_reason'>,
) => tx.updateTable('programme_goals').set(mark).where('org_id', '=', orgId).where('id', '=', id).execute()

/** What a person said of a day is not overwritten by what is read, and what a person took away does not come back by it. */
export const putReading = (
  tx: Tx,
  orgId: string,
  row: Omit<ReadingRow, 'org_id' | 'removed_at' | 'removed_by'>,
): Promise<unknown> =>
  sql`
    insert into goal_readings (org_id, goal_id, on_day, value, read_at, read_by, note)
      values (${orgId}, ${row.goal_id}, ${row.on_day}::date, ${row.value}, ${row.read_at}, ${row.read_by}::uuid, ${row.note})
      on conflict (org_id, goal_id, on_day) do update set value = excluded.value, read_at = excluded.read_at, read_by = excluded.read_by, note = excluded.note,
          removed_at = null, removed_by = null
        where excluded.read_by is not null or (goal_readings.read_by is null and goal_readings.removed_at is null)`.execute(
    tx,
  )

/** Whether there is one of this day. */
export async function markReading(
  tx: Tx,
  orgId: string,
  { goalId, day }: { goalId: string; day: string },
  removed: { at: Date; by: string } | null,
): Promise<boolean> {
  const found = await tx
    .updateTable('goal_readings')
    .set({ removed_at: removed?.at ?? null, removed_by: removed?.by ?? null })
    .where('org_id', '=', orgId)
    .where('goal_id', '=', goalId)
    .where('on_day', '=', day)
    .executeTakeFirst()
  return found.numUpdatedRows > 0n
}

/** Open ones that Longrun reads itself. */
export async function goalsToRead(tx: Tx): Promise<{ org_id: string; id: string; measure: string }[]> {
  const found = await sql<{ org_id: string; id: string; measure: string }>`
    select g.org_id, g.id, g.measure from programme_goals g join programmes p on p.org_id = g.org_id and p.id = g.programme_id
      where g.ended_at is null and p.ended_at is null and g.measure <> 'own' order by g.org_id, g.id`.execute(tx)
  return found.rows
}

/** Open goals of the programme that goes on that were read on or after a day. */
export async function goalsWithReadings(tx: Tx, orgId: string, since: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from programme_goals g join programmes p on p.org_id = g.org_id and p.id = g.programme_id
      where g.org_id = ${orgId} and g.ended_at is null and p.ended_at is null
      and exists (select from goal_readings r where r.org_id = g.org_id and r.goal_id = g.id and r.removed_at is null and r.on_day >= ${since}::date)`.execute(
    tx,
  )
  return found.rows[0]!.count
}

/** A goal of the programme that goes on says what is measured. */
export async function hasOpenGoal(tx: Tx, orgId: string): Promise<boolean> {
  const found = await sql<{ there: boolean }>`
    select exists (select from programme_goals g join programmes p on p.org_id = g.org_id and p.id = g.programme_id
      where g.org_id = ${orgId} and g.ended_at is null and p.ended_at is null) as there`.execute(tx)
  return found.rows[0]!.there
}
