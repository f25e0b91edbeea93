// The beta distribution: its tails, its quantiles, and by how much one share probably lies above another.
//
// Incomplete beta by its continued fraction (Abramowitz and Stegun 26.5.8), on the side where it converges, in logarithms.

import { away, bisect, type LogTails, logComplement, logGamma } from './gamma.ts'

const mostSteps = 20_000
const precision = 1e-15

/** What is believed of a share after `a − prior` of one kind and `b − prior` of the other were seen. */
export interface Beta {
  a: number
  b: number
}

export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Both tails of Beta(a, b) at x: logarithms of P(share ≤ x) and P(share > x). */
export function logBetaTails({ a, b }: Beta, x: number): LogTails {
  if (x <= 0) return { below: Number.NEGATIVE_INFINITY, above: 0 }
  if (x >= 1) return { below: 0, above: Number.NEGATIVE_INFINITY }
  const front = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)
  if (x < (a + 1) / (a + b + 2)) {
    const below = Math.min(0, front + Math.log(fraction(a, b, x) / a))
    return { below, above: logComplement(below) }
  }
  const above = Math.min(0, front + Math.log(fraction(b, a, 1 - x) / b))
  return { below: logComplement(above), above }
}

function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m < mostSteps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const change = d * c
    result *= change
    if (Math.abs(change - 1) < precision) break
  }
  return result
}

/** P(share ≤ x). */
export const betaBelow = (beta: Beta, x: number): number => Math.exp(logBetaTails(beta, x).below)

export const betaMean = ({ a, b }: Beta): number => a / (a + b)

/** The share below which this part of the belief lies. */
export function betaQuantile(part: number, beta: Beta): number {
  if (part <= 0) return 0
  if (part >= 1) return 1
  return bisect((x) => betaBelow(beta, x) < part, 0, 1)
}

/** P(share now − share before ≥ by): both beliefs independent, by steps of equal probability of the narrower one. */
export function probabilityOfRise(now: Beta, before: Beta, by: number, steps = 200): number {
  const beforeIsNarrow = before.a + before.b >= now.a + now.b
  const narrow = beforeIsNarrow ? before : now
  let sum = 0
  for (const x of middles(narrow, steps)) {
    sum += beforeIsNarrow ? 1 - betaBelow(now, x + by) : betaBelow(before, x - by)
  }
  return sum / steps
}

/** The middle of each of so many slices of equal probability. Newton's steps, held inside the slice by the one before. */
function middles(beta: Beta, steps: number): number[] {
  const log = logBeta(beta.a, beta.b)
  let x = betaQuantile(0.5 / steps, beta)
  const found = [x]
  for (let step = 1; step < steps; step++) {
    const target = (step + 0.5) / steps
    let [low, high] = [x, 1]
    for (let turn = 0; turn < 60; turn++) {
      const off = betaBelow(beta, x) - target
      if (Math.abs(off) < 1e-10) break
      if (off < 0) low = x
      else high = x
      const density = Math.exp((beta.a - 1) * Math.log(x) + (beta.b - 1) * Math.log1p(-x) - log)
      const next = x - off / density
      x = next > low && next < high ? next : (low + high) / 2
    }
    found.push(x)
  }
  return found
}
