// Counts that scatter more than chance alone: the negative binomial distribution, with tails that stay exact far out.
//
// Mean m, variance m + m²·dispersion (size r = 1 / dispersion). P(X ≥ x) is the incomplete beta function I_p(x, r) with
// p = m / (m + r); without dispersion it is Poisson and the incomplete gamma function P(x, m).

import { logBetaTails } from './beta.ts'
import { logGammaTails } from './gamma.ts'

export interface Counts {
  mean: number
  /** 0: Poisson. */
  dispersion: number
}

/** Below this the two distributions differ by less than the precision of numbers. */
const leastDispersion = 1e-10

/** −log10 P(X ≥ x): 3 means once in a thousand such windows. 0 where nothing is surprising, never less. */
export function surpriseAbove(x: number, counts: Counts): number {
  const tail = logAtLeast(Math.ceil(x), counts)
  return tail === 0 ? 0 : -tail / Math.LN10
}

/** −log10 P(X ≤ x): how surprising it is that there are so few. */
export function surpriseBelow(x: number, counts: Counts): number {
  const tail = logAtMost(Math.floor(x), counts)
  return tail === 0 ? 0 : -tail / Math.LN10
}

/** Natural logarithm of P(X ≥ x), x whole. */
export function logAtLeast(x: number, counts: Counts): number {
  if (x <= 0) return 0
  if (counts.mean <= 0) return Number.NEGATIVE_INFINITY
  return tails(x, counts).below
}

/** Natural logarithm of P(X ≤ x), x whole. */
export function logAtMost(x: number, counts: Counts): number {
  if (x < 0) return Number.NEGATIVE_INFINITY
  if (counts.mean <= 0) return 0
  return tails(x + 1, counts).above
}

function tails(x: number, { mean, dispersion }: Counts) {
  if (dispersion < leastDispersion) return logGammaTails(x, mean)
  const size = 1 / dispersion
  return logBetaTails({ a: x, b: size }, mean / (mean + size))
}

export const standardDeviation = ({ mean, dispersion }: Counts): number => Math.sqrt(mean + mean * mean * dispersion)

/** The least count x with P(X ≤ x) ≥ share. */
export function countQuantile(share: number, counts: Counts): number {
  if (counts.mean <= 0 || share <= 0) return 0
  const target = Math.log(share)
  let high = Math.ceil(counts.mean + standardDeviation(counts)) + 1
  while (logAtMost(high, counts) < target) high *= 2
  let low = -1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (logAtMost(middle, counts) >= target) high = middle
    else low = middle
  }
  return high
}
