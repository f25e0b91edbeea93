// Figures of classifiers: macro recall and F1, their 95 % intervals, calibration error, correlation.

import { seeded } from './random.ts'

export interface Judged {
  /** What people said. */
  wanted: ArrayLike<number>
  /** What the machine said. */
  said: ArrayLike<number>
  classes: number
}

type Figure = (table: Float64Array, classes: number) => number

/** Recall of each class, averaged; classes that nobody was in do not count. */
export const macroRecall: Figure = (table, classes) =>
  mean(range(classes).flatMap((each) => recallOf(table, classes, each)))

export const macroF1: Figure = (table, classes) => mean(range(classes).map((each) => f1Of(table, classes, each)))

/** F1 of the second class, as is usual for yes/no tasks. */
export const f1OfYes: Figure = (table, classes) => f1Of(table, classes, 1)

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)

function recallOf(table: Float64Array, classes: number, each: number): number[] {
  const all = range(classes).reduce((sum, said) => sum + table[each * classes + said]!, 0)
  return all === 0 ? [] : [table[each * classes + each]! / all]
}

function f1Of(table: Float64Array, classes: number, each: number): number {
  const hit = table[each * classes + each]!
  const wanted = range(classes).reduce((sum, said) => sum + table[each * classes + said]!, 0)
  const said = range(classes).reduce((sum, want) => sum + table[want * classes + each]!, 0)
  return wanted + said === 0 ? 0 : (2 * hit) / (wanted + said)
}

export function confusion({ wanted, said, classes }: Judged, pick?: (at: number) => number): Float64Array {
  const table = new Float64Array(classes * classes)
  for (let at = 0; at < wanted.length; at++) {
    const row = pick ? pick(at) : at
    table[wanted[row]! * classes + said[row]!]!++
  }
  return table
}

export interface Measured {
  value: number
  low: number
  high: number
  n: number
}

/** The figure with its 95 % interval: percentiles of 500 samples drawn with replacement. */
export function measure(judged: Judged, figure: Figure): Measured {
  const random = seeded(7)
  const n = judged.wanted.length
  const samples = range(500)
    .map(() =>
      figure(
        confusion(judged, () => Math.floor(random() * n)),
        judged.classes,
      ),
    )
    .sort((a, b) => a - b)
  return { value: figure(confusion(judged), judged.classes), low: samples[12]!, high: samples[487]!, n }
}

/** Expected calibration error over ten bins of the probability of what was said. */
export function calibrationError(probability: ArrayLike<number>, right: ArrayLike<number>): number {
  const bins = range(10).map(() => ({ count: 0, sure: 0, right: 0 }))
  for (let at = 0; at < probability.length; at++) {
    const bin = bins[Math.min(9, Math.floor(probability[at]! * 10))]!
    bin.count++
    bin.sure += probability[at]!
    bin.right += right[at]!
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / Math.max(probability.length, 1)
}

export function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [a, b] = [mean(Array.from(one)), mean(Array.from(other))]
  let [both, first, second] = [0, 0, 0]
  for (let at = 0; at < one.length; at++) {
    both += (one[at]! - a) * (other[at]! - b)
    first += (one[at]! - a) ** 2
    second += (other[at]! - b) ** 2
  }
  return both / Math.sqrt(first * second)
}

export const inWords = ({ value, low, high }: Measured): string =>
  `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
