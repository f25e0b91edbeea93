// Where an evenly spaced series is going, with a range: exponential smoothing with drift (Hyndman & Billah 2003; the same as the Theta method).
//
// l_t = l_{t−1} + b + α·e_t. For each α the first level l_0 and the drift b follow by least squares, since forecasts are linear in them. How fast the
// level follows is not known: each α counts by how well it explains what was (its marginal likelihood, with flat priors for l_0, b and log σ), and the
// range is Student's t with the mean and variance of the mixture. Taking the best α alone was measured: its ranges are too narrow (65 to 75 % instead of 80 %).

import { studentQuantile } from './student.ts'

/** With fewer nothing is said. */
export const fewestForForecast = 6

export interface Range {
  mean: number
  low: number
  high: number
}

export interface Forecast {
  /** By so much it grows from one step to the next. */
  drift: number
  /** Four of five values lie between low and high. `step`: 1 is the next one. */
  at(step: number): Range
}

/** 0 is a straight line, 1 begins anew at each value. */
const alphas = Array.from({ length: 21 }, (_, index) => index / 20)
/** Level and drift. */
const parameters = 2

/** null: too few values. Oldest first. */
export function forecastOf(values: readonly number[]): Forecast | null {
  const n = values.length
  if (n < fewestForForecast) return null
  const degrees = n - parameters
  const t = studentQuantile(0.9, degrees)
  const mean = values.reduce((sum, each) => sum + each, 0) / n
  // Of values without any scatter every α says the same; a little of it keeps the weights numbers.
  const least = 1e-18 * values.reduce((sum, each) => sum + each * each, 0) + 1e-18 * mean * mean + 1e-300
  const fits = alphas.map((alpha) => fitWith(values, alpha))
  const logs = fits.map(({ squares, whole }) => -(degrees / 2) * Math.log(squares + least) - Math.log(whole) / 2)
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const all = weights.reduce((sum, each) => sum + each, 0)
  const parts = fits.map((fit, index) => ({ ...fit, weight: weights[index]! / all }))
  return {
    drift: parts.reduce((sum, { weight, drift }) => sum + weight * drift, 0),
    at: (step) => mixed(parts.map((part) => ({ weight: part.weight, ...partAt(part, step, degrees) }))),
  }

  /** A Student's t of the mixture's own mean and variance: exact enough, and a thousand times faster than its quantiles. */
  function mixed(mixture: (Part & { weight: number })[]): Range {
    const sum = (of: (part: Part) => number) => mixture.reduce((every, part) => every + part.weight * of(part), 0)
    const middle = sum((part) => part.mean)
    const variance = sum((part) => part.spread ** 2 + (part.mean - middle) ** 2)
    const reach = t * Math.sqrt(variance)
    return { mean: middle, low: middle - reach, high: middle + reach }
  }
}

interface Part {
  mean: number
  spread: number
}

function partAt({ alpha, next, level, drift, squares, cov }: Fit, step: number, degrees: number): Part {
  const [ofLevel, ofDrift] = [next.level, next.drift + step - 1]
  const mean = next.fixed + ofLevel * level + ofDrift * drift
  const unsure = ofLevel ** 2 * cov[0] + 2 * ofLevel * ofDrift * cov[1] + ofDrift ** 2 * cov[2]
  const variance = (squares / degrees) * (1 + (step - 1) * alpha ** 2 + Math.max(0, unsure))
  return { mean, spread: Math.sqrt(variance) }
}

/** A forecast as `fixed + level·l_0 + drift·b`. */
interface Linear {
  fixed: number
  level: number
  drift: number
}

interface Fit {
  alpha: number
  squares: number
  /** Determinant of the normal equations. */
  whole: number
  level: number
  drift: number
  /** Of the first value after the last. */
  next: Linear
  /** var(l_0), cov(l_0, b), var(b), each ÷ σ². */
  cov: [number, number, number]
}

function fitWith(values: readonly number[], alpha: number): Fit {
  let next: Linear = { fixed: 0, level: 1, drift: 1 }
  const rows = values.map((value) => {
    const row = { ...next, value }
    next = {
      fixed: (1 - alpha) * next.fixed + alpha * value,
      level: (1 - alpha) * next.level,
      drift: (1 - alpha) * next.drift + 1,
    }
    return row
  })
  const sum = (of: (row: Linear & { value: number }) => number) => rows.reduce((all, row) => all + of(row), 0)
  const [ll, ld, dd] = [sum((r) => r.level ** 2), sum((r) => r.level * r.drift), sum((r) => r.drift ** 2)]
  const [lv, dv] = [sum((r) => r.level * (r.value - r.fixed)), sum((r) => r.drift * (r.value - r.fixed))]
  const whole = ll * dd - ld * ld
  const level = (lv * dd - dv * ld) / whole
  const drift = (dv * ll - lv * ld) / whole
  const squares = sum((r) => (r.value - r.fixed - r.level * level - r.drift * drift) ** 2)
  return { alpha, squares, whole, level, drift, next, cov: [dd / whole, -ld / whole, ll / whole] }
}
