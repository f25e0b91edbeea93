// Quantiles of Student's t distribution, by way of the beta distribution.

import { betaQuantile } from './beta.ts'

/** The value below which this share of a t distribution with so many degrees of freedom lies. */
export function studentQuantile(share: number, degrees: number): number {
  if (share < 0.5) return -studentQuantile(1 - share, degrees)
  // t² / (degrees + t²) is Beta(1/2, degrees/2); its complement keeps far tails exact.
  const rest = betaQuantile(2 * (1 - share), { a: degrees / 2, b: 0.5 })
  return Math.sqrt((degrees * (1 - rest)) / rest)
}
