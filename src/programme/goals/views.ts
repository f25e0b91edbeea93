// Goals as the API shows them: with their line as it was changed, their readings, and how they stand.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import { readActors, readOrganisationZone } from '../../people/directory.ts'
import type { goalView } from './contract.ts'
import { standingOf } from './rules.ts'
import { type ChangeRow, changeRows, type GoalRow, lockGoal, type ReadingRow, readingRows } from './store.ts'
import type { GoalFacts, Measure, Outcome } from './types.ts'
import { lineAt, type WayPart, wayOf } from './way.ts'

type Shown = z.infer<typeof goalView>

export const showGoal = async (tx: Tx, orgId: string, id: string, now: Date): Promise<Shown> =>
  (await showGoals(tx, orgId, [(await lockGoal(tx, orgId, id))!], now))[0]!

export async function showGoals(tx: Tx, orgId: string, rows: readonly GoalRow[], now: Date): Promise<Shown[]> {
  const zone = await readOrganisationZone(tx, orgId)
  const ids = rows.map(({ id }) => id)
  const [readings, changes] = [await readingRows(tx, orgId, ids), await changeRows(tx, orgId, ids)]
  const who = await readActors(tx, orgId, [
    ...rows.flatMap((row) => [row.set_by, row.owner_id, row.ended_by]),
    ...readings.map(({ read_by }) => read_by),
    ...changes.flatMap(({ made_by, was }) => [made_by, was.ownerId]),
  ])
  return rows.map((row) =>
    shown(row, {
      readings: readings.filter(({ goal_id }) => goal_id === row.id),
      changes: changes.filter(({ goal_id }) => goal_id === row.id),
      ...{ who, zone, today: dayIn(now, zone) },
    }),
  )
}

interface Beside {
  readings: ReadingRow[]
  changes: ChangeRow[]
  who: Awaited<ReturnType<typeof readActors>>
  zone: string
  today: string
}

function shown(row: GoalRow, { readings, changes, who, zone, today }: Beside): Shown {
  const goal = goalOf(row)
  const way = wayOfGoal(row, changes, zone)
  const read = readings.map(({ on_day, value, read_by, note }) => ({ day: on_day, value, by: who(read_by), note }))
  return {
    ...{ ...goal, id: row.id, baselineHow: row.baseline_how as Shown['baselineHow'], version: row.version },
    ...{ setAt: row.set_at.toISOString(), setOn: dayIn(row.set_at, zone), setBy: who(row.set_by) },
    ...{ owner: who(row.owner_id), standing: standingOf(goal, way, read, today), expected: lineAt(way, today) },
    ...{ way, readings: read, outcome: row.outcome as Outcome | null, endedAt: row.ended_at?.toISOString() ?? null },
    ...{ endedBy: who(row.ended_by), endReason: row.end_reason },
    changes: changes.toReversed().map(({ number, made_at, made_by, reason, was, taken_back_at }) => ({
      ...{ number, at: made_at.toISOString(), by: who(made_by), reason, isTakenBack: taken_back_at !== null },
      was: {
        ...{ title: was.title, baseline: was.baseline, target: was.target, dueOn: was.dueOn },
        owner: who(was.ownerId),
      },
    })),
  }
}

/** The way as it is told by what was changed and not taken back. */
export const wayOfGoal = (row: GoalRow, changes: readonly ChangeRow[], zone: string): WayPart[] =>
  wayOf(
    goalOf(row),
    dayIn(row.set_at, zone),
    changes
      .filter(({ taken_back_at }) => taken_back_at === null)
      .map(({ way, on_day, stood, was }) => ({ way, day: on_day, stood, was })),
  )

export const goalOf = (row: GoalRow): GoalFacts => ({
  ...{ title: row.title, measure: row.measure as Measure, unit: row.unit },
  ...{ baseline: row.baseline, target: row.target, dueOn: row.due_on },
})
