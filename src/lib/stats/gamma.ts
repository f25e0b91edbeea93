// The gamma function and the gamma distribution: logarithms, tails that stay exact far out, quantiles.
//
// log Γ by Stirling's series after a shift (Abramowitz and Stegun 6.1.40), incomplete gamma by its series and its continued
// fraction (6.5.29, 6.5.31), each where it converges fast. Everything in logarithms: a tail of 10^-400 is no zero.

const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 5 / 5940, -691 / 360_360, 1 / 156]
const halfLogTwoPi = 0.918_938_533_204_672_7
/** Steps after which a series or fraction has long converged for every argument that counts of mentions bring. */
const mostSteps = 20_000
const tiny = 1e-300
const precision = 1e-15

/** Natural logarithm of Γ(x), x > 0. */
export function logGamma(x: number): number {
  let shift = 0
  let at = x
  while (at < 12) {
    shift += Math.log(at)
    at += 1
  }
  const square = 1 / (at * at)
  let power = 1 / at
  let sum = 0
  for (const coefficient of stirling) {
    sum += coefficient * power
    power *= square
  }
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + sum - shift
}

/** Mean of log X for a gamma distribution with shape x and rate 1: the derivative of log Γ (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 12; at += 1) shift -= 1 / at
  const square = 1 / (at * at)
  const tail = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
  return shift + Math.log(at) - 1 / (2 * at) - tail
}

/** Variance of log X for the same: the second derivative of log Γ (6.4.12). */
export function trigamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 12; at += 1) shift += 1 / (at * at)
  const square = 1 / (at * at)
  const tail = (square / at) * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - (square * 5) / 66))))
  return shift + 1 / at + square / 2 + tail
}

export interface LogTails {
  /** Natural logarithm of P(X ≤ x). */
  below: number
  /** Natural logarithm of P(X > x). */
  above: number
}

/** log(1 − e^x) for x ≤ 0, exact at both ends. */
export const logComplement = (x: number): number =>
  x >= 0 ? Number.NEGATIVE_INFINITY : x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))

/** Both tails of a gamma distribution with this shape and rate 1. */
export function logGammaTails(shape: number, x: number): LogTails {
  if (x <= 0) return { below: Number.NEGATIVE_INFINITY, above: 0 }
  if (x === Number.POSITIVE_INFINITY) return { below: 0, above: Number.NEGATIVE_INFINITY }
  const front = shape * Math.log(x) - x - logGamma(shape)
  if (x < shape + 1) {
    const below = Math.min(0, front + Math.log(lowerSeries(shape, x)))
    return { below, above: logComplement(below) }
  }
  const above = Math.min(0, front + Math.log(upperFraction(shape, x)))
  return { below: logComplement(above), above }
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let step = 1; step < mostSteps && term > sum * precision; step++) {
    term *= x / (shape + step)
    sum += term
  }
  return sum
}

/** Lentz's way of reading a continued fraction from its beginning. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let step = 1; step < mostSteps; step++) {
    const a = -step * (step - shape)
    b += 2
    d = 1 / away(a * d + b)
    c = away(b + a / c)
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < precision) break
  }
  return fraction
}

/** A number that may be divided by. */
export const away = (x: number): number => (Math.abs(x) < tiny ? tiny : x)

/** The value below which this share of a gamma distribution lies. `rate` is 1 / scale. */
export function gammaQuantile(share: number, shape: number, rate: number): number {
  if (share <= 0) return 0
  if (share >= 1) return Number.POSITIVE_INFINITY
  const target = Math.log(share)
  let high = Math.max(1, shape)
  while (logGammaTails(shape, high).below < target) high *= 2
  return bisect((x) => logGammaTails(shape, x).below < target, 0, high) / rate
}

/** Where `isBelow` turns from true to false, as near as numbers go. */
export function bisect(isBelow: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
