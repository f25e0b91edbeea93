// Pure: lines of a plan that grow by themselves, as the weeks of the whole have them: what is asked for in each week, and where the whole is behind.

import { addDays } from '../../lib/days.ts'
import { type GrowthFault, growthFault, lineOn, stepsFrom, timesOn } from '../load/cadence/growth.ts'
import { cadenceMinutes } from '../load/cadence/minutes.ts'
import { oneOf } from '../load/costs/activities.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { PlannedWeek } from '../load/weeks/types.ts'
import type { Price } from './rules.ts'
import type { CadenceLines } from './types.ts'

export type Lines = Parameters<typeof cadenceMinutes>[0]['lines']

/** The first line that grows too fast, with its field. What is in force already stays, whatever the figures of the rules became since. */
export function steepLine(
  lines: CadenceLines,
  { inForce, settings }: { inForce: CadenceLines; settings: LoadSettings },
): (Omit<GrowthFault, 'field'> & { field: string }) | null {
  const shapeOf = ({ id, every, unit, slots, grows }: CadenceLines[number]) =>
    JSON.stringify([id, every, unit, slots.length, grows?.first, grows?.from, grows?.weeks])
  const known = new Set(inForce.map(shapeOf))
  for (const [index, line] of lines.entries()) {
    const fault = known.has(shapeOf(line)) ? null : growthFault(line as Lines[number], settings)
    if (fault) return { ...fault, field: `lines.${index}.${fault.field}` }
  }
  return null
}

/** Minutes that all lines ask for in each week, by Monday. */
export function askedByWeek(
  lines: Lines,
  { from, weeks, prices, settings }: { from: string; weeks: number; prices: readonly Price[]; settings: LoadSettings },
): Map<string, number> {
  const mondays = Array.from({ length: weeks }, (_, index) => addDays(from, 7 * index))
  const known = new Map<string, number>()
  return new Map(
    mondays.map((monday) => {
      // Weeks in which all lines are as large as in another one take as much.
      const sizes = lines.map((line) => timesOn(line, monday)).join()
      const minutes = known.get(sizes) ?? cadenceMinutes({ lines: linesOn(lines, monday) }, prices, settings).week
      known.set(sizes, minutes)
      return [monday, minutes]
    }),
  )
}

export const linesOn = (lines: Lines, day: string): Lines => lines.map((line) => lineOn(line, day))

interface Whole {
  weeks: readonly Pick<PlannedWeek, 'monday' | 'minutes' | 'phase'>[]
  /** Minutes that are asked for by Monday, with answering. */
  asked: ReadonlyMap<string, number>
}

export interface GrowingLine {
  line: string
  steps: { monday: string; times: number; fits: boolean | null }[]
}

/** Every line that grows with its steps from the first of these weeks on. `fits`: whether that week holds all that is asked for; null: it lies beyond. */
export function growingLines(lines: CadenceLines, { weeks, asked }: Whole): GrowingLine[] {
  const byMonday = new Map(weeks.map((week) => [week.monday, week]))
  return (lines as Lines).flatMap((line) => {
    if (!line.grows) return []
    const steps = stepsFrom(line, weeks[0]!.monday).map((step) => {
      const week = byMonday.get(step.monday)
      return { ...step, fits: week ? week.minutes >= asked.get(step.monday)! * (1 - 1e-9) : null }
    })
    return [{ line: line.id, steps }]
  })
}

export interface GrowthFinding {
  week: string
  rule: 'growth'
  requirement: 'R1-18'
  severity: 'warning'
  says: string
}

/** Lines grow by themselves, never by pushing the whole: where a step is ahead of it, that is said. Lighter weeks hold less by rule. */
export function growthFindings(lines: CadenceLines, growing: readonly GrowingLine[], whole: Whole): GrowthFinding[] {
  const byMonday = new Map(whole.weeks.map((week) => [week.monday, week]))
  return growing.flatMap(({ line, steps }) =>
    steps.slice(1).flatMap(({ monday, times, fits }): GrowthFinding[] => {
      const week = byMonday.get(monday)
      if (!week || fits !== false || !['build', 'hold'].includes(week.phase)) return []
      const { activity } = lines.find(({ id }) => id === line)!.slots[0]!.anyOf[0]!
      const [holds, wants] = [week.minutes, whole.asked.get(monday)!].map(Math.round)
      const says = `From here on ${times} of ${oneOf(activity)} are asked for (R1-18), which makes ${wants} minutes of all lines; the week holds ${holds}, so not all of it is done yet.`
      return [{ week: monday, rule: 'growth', requirement: 'R1-18', severity: 'warning', says }]
    }),
  )
}
