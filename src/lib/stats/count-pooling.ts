// Pooling of counts: rates by gamma and Poisson, shares by beta and binomial; what a few cases say is drawn towards what all say together.
//
// By moments: what groups differ by, less what chance alone lets them differ by (science.md B2).

import { type Beta, betaMean, betaQuantile } from './beta.ts'
import { gammaQuantile } from './gamma.ts'

export interface Rated {
  count: number
  /** Weeks, minutes, posts: of what the rate is. */
  exposure: number
}

export interface PooledCount {
  /** How much the group's own numbers count: 0 not at all, 1 alone. */
  trust: number
  estimate: number
  /** Where it lies with 80 %. */
  low: number
  high: number
}

/** What is believed of a rate before anything of a group is known: so many cases in so much exposure. */
export interface RatePrior {
  shape: number
  exposure: number
}

/** @param floor Least spread between groups, as a share of the square of the mean: wide where they hardly differ. */
export function ratePriorOf(groups: readonly Rated[], floor: number): RatePrior {
  const all = groups.reduce((sum, { exposure }) => sum + exposure, 0)
  const mean = Math.max(1e-6, groups.reduce((sum, { count }) => sum + count, 0) / Math.max(1e-9, all))
  const spread = groups.reduce((sum, { count, exposure }) => sum + exposure * (count / exposure - mean) ** 2, 0) / all
  const chance = (mean * groups.length) / all
  const between = Math.max(floor * mean * mean, spread - chance)
  return { shape: (mean * mean) / between, exposure: mean / between }
}

export function poolRates(groups: readonly Rated[], floor = usualFloor): PooledCount[] {
  const seen = groups.filter(({ exposure }) => exposure > 0)
  if (seen.length === 0) return groups.map(() => ({ trust: 0, estimate: 0, low: 0, high: Number.POSITIVE_INFINITY }))
  const prior = ratePriorOf(seen, floor)
  return groups.map(({ count, exposure }) => {
    const [shape, rate] = [prior.shape + count, prior.exposure + exposure]
    return {
      trust: exposure / rate,
      estimate: shape / rate,
      low: gammaQuantile(0.1, shape, rate),
      high: gammaQuantile(0.9, shape, rate),
    }
  })
}

export interface Counted {
  count: number
  of: number
}

export function poolShares(groups: readonly Counted[], floor = usualFloor): PooledCount[] {
  const prior = sharePriorOf(groups, floor)
  return groups.map(({ count, of }) => {
    const beta = { a: prior.a + count, b: prior.b + of - count }
    return {
      trust: of / (of + prior.a + prior.b),
      estimate: betaMean(beta),
      low: betaQuantile(0.1, beta),
      high: betaQuantile(0.9, beta),
    }
  })
}

const usualFloor = 0.02

function sharePriorOf(groups: readonly Counted[], floor: number): Beta {
  const seen = groups.filter(({ of }) => of > 0)
  const all = seen.reduce((sum, { of }) => sum + of, 0)
  // One case of each kind is added, so that a share of none or all is never certain.
  const mean = (seen.reduce((sum, { count }) => sum + count, 0) + 1) / (all + 2)
  const spread = all > 0 ? seen.reduce((sum, { count, of }) => sum + of * (count / of - mean) ** 2, 0) / all : 0
  const single = mean * (1 - mean)
  const chance = all > 0 ? (single * seen.length) / all : 0
  const between = Math.min(0.9 * single, Math.max(floor * single, spread - chance))
  const cases = single / between - 1
  return { a: mean * cases, b: (1 - mean) * cases }
}
