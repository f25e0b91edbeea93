// The normal distribution: what lies below a value, exact in both tails, by way of the gamma distribution.

import { logGammaTails } from './gamma.ts'

/** Logarithm of P(X ≤ x) for mean 0 and standard deviation 1. */
export const logNormalBelow = (x: number): number => {
  const { above } = logGammaTails(0.5, (x * x) / 2)
  return x < 0 ? above - Math.LN2 : Math.log1p(-Math.exp(above) / 2)
}

export const normalBelow = (x: number): number => Math.exp(logNormalBelow(x))

const halfLogTwoPi = 0.918_938_533_204_672_7

/** Logarithm of the density. */
export const logNormalDensity = (x: number): number => (-x * x) / 2 - halfLogTwoPi
