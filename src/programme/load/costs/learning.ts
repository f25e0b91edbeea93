// More activity in less time (R1-20): how the minutes of one fall with the number done, by Wright's learning curve (1936).
//
// log minutes = a + b·log(i) for the i-th done; both shrunk as the unit cost is. The slope begins at 0: no gain is promised before it shows.

import { studentQuantile } from '../../../lib/stats/student.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { Prior } from './activities.ts'
import { logMinutes, type Range } from './unit-cost.ts'

export interface LearningCurve {
  n: number
  /** Minutes of one after twice as many, ÷ minutes now: 0.9 is a tenth less with each doubling. */
  perDoubling: number
  perDoublingRange: Range
  /** The range of 80 % lies below 1: people do get quicker. */
  shows: boolean
  /** What the first one would take, in the mean. */
  first: number
  /** One for each measured time, in order. */
  points: { nth: number; minutes: number; fitted: number }[]
  slope: number
  spread: number
}

type CurveSettings = Pick<LoadSettings, 'priorWeight' | 'priorSpread' | 'learningSpread'>

/** @param measured Minutes in the order in which they were done. `doneBefore`: how many were done without a measure before the first. */
export function learningCurve(
  prior: Pick<Prior, 'minutes'>,
  measured: readonly number[],
  { doneBefore = 0, settings }: { doneBefore?: number; settings: CurveSettings },
): LearningCurve {
  const { priorWeight, priorSpread, learningSpread } = settings
  const before = logMinutes(prior.minutes) - priorSpread ** 2 / 2
  const steepness = (priorSpread / learningSpread) ** 2
  const points = measured.map((minutes, index) => ({ x: Math.log(doneBefore + index + 1), y: logMinutes(minutes) }))
  const sum = (of: (point: { x: number; y: number }) => number) => points.reduce((all, point) => all + of(point), 0)
  // Ridge by its two normal equations; the level leans on the prior, the slope on 0.
  const [aa, ab, bb] = [priorWeight + points.length, sum(({ x }) => x), steepness + sum(({ x }) => x * x)]
  const [ya, yb] = [priorWeight * before + sum(({ y }) => y), sum(({ x, y }) => x * y)]
  const det = aa * bb - ab * ab
  const level = (bb * ya - ab * yb) / det
  const slope = (aa * yb - ab * ya) / det
  const squares =
    sum(({ x, y }) => (y - level - slope * x) ** 2) + priorWeight * (level - before) ** 2 + steepness * slope ** 2
  const spread = Math.sqrt((priorWeight * priorSpread ** 2 + squares) / aa)
  const reach = studentQuantile(0.9, aa) * spread * Math.sqrt(aa / det)
  const mean = (x: number) => Math.exp(level + slope * x + spread ** 2 / 2)
  const perDoublingRange = { low: 2 ** (slope - reach), high: 2 ** (slope + reach) }
  return {
    n: points.length,
    perDoubling: 2 ** slope,
    perDoublingRange,
    shows: perDoublingRange.high < 1,
    first: mean(0),
    points: points.map(({ x }, index) => ({
      nth: doneBefore + index + 1,
      minutes: measured[index]!,
      fitted: mean(x),
    })),
    slope,
    spread,
  }
}

/** Mean minutes of the n-th one. Beyond twice what was done the curve is not drawn on: nobody has seen it there. */
export function minutesOfNth({ first, slope, points }: LearningCurve, nth: number): number {
  const seen = Math.max(1, points.at(-1)?.nth ?? 1)
  return first * Math.min(Math.max(1, nth), 2 * seen) ** slope
}
