// The line of a goal and what was read of it, for one plot.

import { dayText } from '../../../kit/time.ts'
import { lineAt } from '../../goals/rules.ts'
import type { Goal } from './goals-section.tsx'

interface Point {
  x: string
  line: number | null
  read: number | null
}

/** The line has its two ends, today and every day that was read; days without a reading are gaps, never zero. */
export function curveOf(goal: Goal, today: string): Point[] {
  const read = new Map(goal.readings.map(({ day, value }) => [day, value]))
  const days = [...new Set([goal.setOn, ...read.keys(), ...(today > goal.setOn ? [today] : []), goal.dueOn])].sort()
  return days.map((day) => ({
    x: dayText(day, 'short'),
    line: Math.round(lineAt(goal, goal.setOn, day) * 100) / 100,
    read: read.get(day) ?? null,
  }))
}
