// How many of some values are outliers: the generalised extreme Studentised deviate test (Rosner 1983, Technometrics 25).

import { studentQuantile } from './student.ts'

export interface OutlierStep {
  /** Where the value lies among those given. */
  index: number
  /** R: its distance from the mean of what remained, in standard deviations. */
  distance: number
  /** λ: the most that chance alone allows. */
  limit: number
}

export interface Outliers {
  /** Positions of the outliers, the farthest first. */
  found: number[]
  steps: OutlierStep[]
}

/** At most `most` outliers among roughly normal values; the largest i with R_i > λ_i decides, not the first. */
export function findOutliers(values: readonly number[], most: number, alpha = 0.05): Outliers {
  const left = values.map((value, index) => ({ value, index }))
  const steps: OutlierStep[] = []
  for (let i = 1; i <= most && left.length > 2; i++) {
    const { mean, deviation } = momentsOf(left.map(({ value }) => value))
    if (deviation === 0) break
    const farthest = left.reduce((a, b) => (Math.abs(b.value - mean) > Math.abs(a.value - mean) ? b : a))
    const distance = Math.abs(farthest.value - mean) / deviation
    steps.push({ index: farthest.index, distance, limit: limitOf(values.length, i, alpha) })
    left.splice(left.indexOf(farthest), 1)
  }
  const last = steps.findLastIndex(({ distance, limit }) => distance > limit)
  return { found: steps.slice(0, last + 1).map(({ index }) => index), steps }
}

function limitOf(n: number, i: number, alpha: number): number {
  const t = studentQuantile(1 - alpha / (2 * (n - i + 1)), n - i - 1)
  return ((n - i) * t) / Math.sqrt((n - i - 1 + t * t) * (n - i + 1))
}

function momentsOf(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}
