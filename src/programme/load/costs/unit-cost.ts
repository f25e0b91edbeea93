// What one of an activity costs in minutes: log-normal, a prior shrunk towards what was measured (science.md B1).
//
// mean of log = (m0·k0 + Σ log x) / (k0 + n); the scatter by the conjugate rule of the same weight, so that ranges are Student's t.

import { studentQuantile } from '../../../lib/stats/student.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { Prior } from './activities.ts'

export interface Range {
  low: number
  high: number
}

export interface UnitCost {
  /** Measured times in it. */
  n: number
  /** Half take less. */
  median: number
  /** What many of them take on average: use it for sums. */
  mean: number
  /** In which 80 % of single ones lie. */
  range: Range
  /** In which the mean lies, with 80 %. */
  meanRange: Range
  /** Of the logarithms. */
  spread: number
  /** How much measured times count beside the prior, 0 to 1. */
  trust: number
  /** Nothing was measured yet: show it as an assumption. */
  assumed: boolean
}

/** A factor of e from the usual counts for no more: a slip of the timer is no scatter, and a shorter time must never make a dearer mean. */
const mostApart = 1

type CostSettings = Pick<LoadSettings, 'priorWeight' | 'priorSpread'>

/**
 * @param measured Minutes by timer or logged by a person. Estimated minutes must not come here: they would prove the estimate by itself.
 * @throws RangeError for minutes that are not above 0.
 */
export function unitCost(
  prior: Pick<Prior, 'minutes'>,
  measured: readonly number[],
  { priorWeight, priorSpread }: CostSettings,
): UnitCost {
  const logs = measured.map(logMinutes)
  const n = logs.length
  const weight = priorWeight + n
  const before = logMinutes(prior.minutes) - priorSpread ** 2 / 2
  const own = n > 0 ? logs.reduce((sum, each) => sum + each, 0) / n : before
  const middle = (before * priorWeight + own * n) / weight
  const within = logs.reduce((sum, each) => sum + Math.min(Math.abs(each - own), mostApart) ** 2, 0)
  const spread = Math.sqrt((priorWeight * priorSpread ** 2 + within) / weight)
  // That own times lie elsewhere than was assumed makes the mean less sure, and single times no more scattered.
  const between = ((priorWeight * n) / weight) * (own - before) ** 2
  const unsure = Math.sqrt(spread ** 2 + between / weight)
  const t = studentQuantile(0.9, weight)
  const around = (log: number, reach: number): Range => ({ low: Math.exp(log - reach), high: Math.exp(log + reach) })
  return {
    n,
    median: Math.exp(middle),
    mean: Math.exp(middle + spread ** 2 / 2),
    range: around(middle, t * spread * Math.sqrt(1 + 1 / weight)),
    meanRange: around(middle + spread ** 2 / 2, (t * unsure) / Math.sqrt(weight)),
    spread,
    trust: n / weight,
    assumed: n === 0,
  }
}

export function logMinutes(minutes: number): number {
  if (!(minutes > 0 && Number.isFinite(minutes))) throw new RangeError(`minutes must be above 0, not ${minutes}`)
  return Math.log(minutes)
}

export interface Stability {
  n: number
  /** Standard deviation ÷ mean of the last times. null: too few. */
  variation: number | null
  stable: boolean
}

/** Whether an activity is done in about the same time again and again; one of the conditions of mastery. Newest last. */
export function stabilityOf(
  measured: readonly number[],
  { stableTimes, stableSpread }: Pick<LoadSettings, 'stableTimes' | 'stableSpread'>,
): Stability {
  const last = measured.slice(-stableTimes)
  if (last.length < stableTimes) return { n: last.length, variation: null, stable: false }
  const mean = last.reduce((sum, each) => sum + each, 0) / last.length
  const squares = last.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  const variation = Math.sqrt(squares / (last.length - 1)) / mean
  return { n: last.length, variation, stable: variation <= stableSpread }
}
