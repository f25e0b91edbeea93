// Joins what the fast path and the encoder say of a text: their log-probabilities are added, with weights from validation texts.

import type { Blend } from './encoder.ts'

export function blendShares(fast: number[], scores: ArrayLike<number>, { weight, slope, shifts }: Blend): number[] {
  const slow = logShares(scores)
  const sums = fast.map((share, at) => (Math.log(Math.max(share, 1e-9)) + weight * slow[at]!) * slope + shifts[at]!)
  return Array.from(logShares(sums), Math.exp)
}

export function logShares(scores: ArrayLike<number>): number[] {
  const all = Array.from(scores)
  const most = Math.max(...all)
  const sum = Math.log(all.reduce((total, score) => total + Math.exp(score - most), 0)) + most
  return all.map((score) => score - sum)
}
