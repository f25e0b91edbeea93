// How well promises are kept: the share that was, out of all that fell due, with how many they were and its range.

import { wilsonInterval } from '../../lib/stats/proportion.ts'
import type { PromiseClock } from './timeline.ts'
import { type PromiseMetric, promiseMetrics } from './types.ts'

export interface Adherence {
  metric: PromiseMetric
  met: number
  broken: number
  /** Due and still open: counted as broken, so that leaving them open makes no figure better. */
  overdue: number
  /** met + broken + overdue. */
  n: number
  /** null: nothing fell due, so there is nothing to say. */
  share: number | null
  /** 95 %, by Wilson. */
  low: number | null
  high: number | null
  /** Not counted, and shown beside it: not due yet, and nothing owed any more (by which: most are solved without a reply). */
  running: number
  waived: number
}

export function adherence(clocks: Iterable<Pick<PromiseClock, 'metric' | 'state'>>): Adherence[] {
  const counts = new Map<PromiseMetric, Record<PromiseClock['state'], number>>()
  for (const { metric, state } of clocks) {
    const of = counts.get(metric) ?? { running: 0, paused: 0, overdue: 0, met: 0, broken: 0, waived: 0 }
    of[state] += 1
    counts.set(metric, of)
  }
  return promiseMetrics.flatMap((metric) => {
    const of = counts.get(metric)
    if (!of) return []
    const n = of.met + of.broken + of.overdue
    const range = n > 0 ? wilsonInterval(of.met, n) : { share: null, low: null, high: null }
    const { met, broken, overdue, waived } = of
    return [{ metric, met, broken, overdue, n, ...range, running: of.running + of.paused, waived }]
  })
}
