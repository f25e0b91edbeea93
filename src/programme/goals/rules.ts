// Pure: what a goal lacks (R3-17), whether it is out of reach, and how it stands against its line.

import { addDays, daysBetween } from '../../lib/days.ts'
import { type GoalDraft, type GoalFacts, inPercent, lessIsBetter, type Measure } from './types.ts'
import { lineAt, type WayPart } from './way.ts'

export type GoalField = 'title' | 'measure' | 'unit' | 'baseline' | 'target' | 'dueOn'

export interface GoalFinding {
  field: GoalField
  code: string
  /** What is refused cannot be set; of the others people are told. */
  refused: boolean
  params: Record<string, number>
}

/** By more than this a week nothing grows for long: science.md B1 has 7 % as the aim of training, and 20 % above the old high as its end. */
const steepWeekly = 0.07
export const mostWeekly = 0.2
/** Two weeks show nothing yet. */
const fewestDays = 14
/** R0-38: a goal beyond three years is a wish; it needs a nearer one. */
const mostDays = 3 * 366

const finding = (field: GoalField, code: string, params: Record<string, number> = {}, refused = true): GoalFinding => ({
  ...{ field, code, refused, params },
})

/** Everything that speaks against it, the missing first. `stands`: where it is on its way already; growth is told from there. */
export function judgeGoal(draft: GoalDraft, today: string, stands: number | null = draft.baseline): GoalFinding[] {
  const found: GoalFinding[] = []
  if (!draft.title) found.push(finding('title', 'title-missing'))
  if (!draft.measure) found.push(finding('measure', 'measure-missing'))
  if (draft.measure === 'own' && !draft.unit) found.push(finding('unit', 'unit-missing'))
  if (draft.baseline === null) found.push(finding('baseline', 'baseline-missing'))
  if (draft.target === null) found.push(finding('target', 'target-missing'))
  if (draft.dueOn === null) found.push(finding('dueOn', 'date-missing'))
  return [...found, ...judgeDate(draft, today), ...judgeNumbers(draft, today, stands)]
}

/** All that makes it a goal, if nothing of it is missing. */
export const factsOf = ({ title, measure, unit, baseline, target, dueOn }: GoalDraft): GoalFacts | null =>
  title && measure && baseline !== null && target !== null && dueOn !== null && (measure !== 'own' || unit)
    ? { title, measure, unit: measure === 'own' ? unit : '', baseline, target, dueOn }
    : null

function judgeDate({ dueOn }: GoalDraft, today: string): GoalFinding[] {
  if (dueOn === null) return []
  const days = daysBetween(today, dueOn)
  if (days < fewestDays) return [finding('dueOn', 'too-soon', { days: fewestDays })]
  return days > mostDays ? [finding('dueOn', 'too-far', { years: 3 })] : []
}

function judgeNumbers(
  { measure, baseline, target, dueOn }: GoalDraft,
  today: string,
  stands: number | null,
): GoalFinding[] {
  if (!measure || baseline === null || target === null) return []
  if (baseline < 0) return [finding('baseline', 'below-zero')]
  if (target < 0) return [finding('target', 'below-zero')]
  if (inPercent.has(measure) && baseline > 100) return [finding('baseline', 'above-hundred')]
  if (inPercent.has(measure) && target > 100) return [finding('target', 'above-hundred')]
  if (target === baseline) return [finding('target', 'as-today')]
  if (isBetter(measure, baseline, target)) return [finding('target', 'worse-than-today')]
  if (dueOn === null || daysBetween(today, dueOn) < fewestDays) return []
  const from = stands ?? baseline
  // Who has passed it already need not grow.
  if (!isBetter(measure, target, from)) return []
  return judgeGrowth({ measure, baseline: from, target, weeks: daysBetween(today, dueOn) / 7 })
}

const isBetter = (measure: Measure, value: number, than: number): boolean =>
  lessIsBetter.has(measure) ? value < than : value > than

interface Growth {
  measure: Measure
  baseline: number
  target: number
  weeks: number
}

/** A share of at most 100 cannot run away; less of something ends at nothing: neither is growth that goes on and on. */
function judgeGrowth({ measure, baseline, target, weeks }: Growth): GoalFinding[] {
  if (inPercent.has(measure) || lessIsBetter.has(measure)) return []
  if (baseline === 0) return [finding('baseline', 'from-nothing', {}, false)]
  const weekly = (target / baseline) ** (1 / weeks) - 1
  const params = {
    percent: Math.round(weekly * 1000) / 10,
    reachable: Math.floor(baseline * (1 + mostWeekly) ** weeks * 10) / 10,
  }
  if (weekly > mostWeekly) return [finding('target', 'out-of-reach', params)]
  return weekly > steepWeekly ? [finding('target', 'steep', params, false)] : []
}

export interface Reading {
  day: string
  value: number
}

export type Standing = 'no-reading' | 'reached' | 'on-line' | 'behind' | 'overdue'

/** Readings are as they noise: within a tenth of the whole way a goal is still on its line. */
const nearLine = 0.1

export function standingOf(
  goal: GoalFacts,
  way: readonly WayPart[],
  readings: readonly Reading[],
  today: string,
): Standing {
  const last = readings.at(-1)
  if (!last) return today > goal.dueOn ? 'overdue' : 'no-reading'
  const isReached = last.value === goal.target || isBetter(goal.measure, last.value, goal.target)
  if (isReached) return 'reached'
  if (today > goal.dueOn) return 'overdue'
  const line = lineAt(way, last.day)
  const missing =
    (lessIsBetter.has(goal.measure) ? last.value - line : line - last.value) / Math.abs(goal.target - goal.baseline)
  return missing <= nearLine ? 'on-line' : 'behind'
}

interface CurvePoint {
  day: string
  line: number
  read: number | null
}

/** For a plot of so many points at most. Evenly spaced, so that the line is one; a step shows the last reading in it, and none where there was none. */
export function curveOf(
  way: readonly WayPart[],
  { readings, today }: { readings: readonly Reading[]; today: string },
  most: number,
): CurvePoint[] {
  const [setOn, dueOn] = [way[0]!.from, way.at(-1)!.dueOn]
  const whole = Math.max(1, daysBetween(setOn, today > dueOn ? today : dueOn))
  const step = Math.max(1, Math.ceil(whole / (most - 1)))
  return Array.from({ length: Math.ceil(whole / step) + 1 }, (_, at) => {
    const day = addDays(setOn, at * step)
    const read = readings.findLast((each) => each.day <= day && each.day > addDays(day, -step))
    return { day, line: lineAt(way, day), read: read?.value ?? null }
  })
}
