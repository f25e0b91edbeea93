// Counts conversations that we began against what was planned, week by week. Pure.

import { addDays } from '../../lib/days.ts'
import type { BegunWeek, GoalRow } from './store.ts'

/** The goal that held in a week; null: there was none. `goals`: oldest first, of one department or of the organisation. */
export function goalIn(goals: readonly GoalRow[], week: string): number | null {
  const held = goals.findLast(({ from }) => from <= week)
  return held && held.weekly > 0 ? held.weekly : null
}

export interface PlannedWeek {
  week: string
  begun: number
  answered: number
  goal: number | null
}

/** Every week of the span, also those without any. `departmentId` undefined: the whole organisation. */
export function weeksOf(
  { rows, goals }: { rows: readonly BegunWeek[]; goals: readonly GoalRow[] },
  { departmentId, from, to }: { departmentId?: string | undefined; from: string; to: string },
): PlannedWeek[] {
  const own = goals.filter((goal) => goal.departmentId === (departmentId ?? null))
  const weeks: PlannedWeek[] = []
  for (let week = from; week <= to; week = addDays(week, 7)) {
    const counted = rows.filter(
      (row) => row.week === week && (departmentId === undefined || row.departmentId === departmentId),
    )
    const sum = (of: (row: BegunWeek) => number) => counted.reduce((all, row) => all + of(row), 0)
    weeks.push({
      week,
      begun: sum(({ begun }) => begun),
      answered: sum(({ answered }) => answered),
      goal: goalIn(own, week),
    })
  }
  return weeks
}
