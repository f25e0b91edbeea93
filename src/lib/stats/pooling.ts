// Pooling of means: what a group's own numbers are worth beside the mean of all groups (empirical Bayes, Efron and Morris 1975).
//
// k = tau² / (tau² + sigma² / n), estimate = mean + k · (own mean − mean); science.md B2. tau² is the spread between groups,
// sigma² that within them.

export interface Group {
  n: number
  mean: number
}

export interface Pooled {
  /** How much the group's own numbers count: 0 not at all, 1 alone. */
  trust: number
  estimate: number
  /** Of the estimate; a range of 80 % is ± 1.2816 of them. */
  standardError: number
}

export interface Pooling {
  mean: number
  betweenVariance: number
  groups: Pooled[]
}

/** 80 % of a normal distribution lie within so many standard deviations. */
export const z80 = 1.2816

/**
 * @param withinVariance sigma², of single values.
 * @param floor Least tau²: a spread that a few groups do not show is not proof that there is none.
 */
export function poolMeans(groups: Group[], withinVariance: number, floor = 0): Pooling {
  const variances = groups.map(({ n }) => withinVariance / n)
  const betweenVariance = Math.max(floor, spreadBetween(groups, variances))
  const weights = variances.map((variance) => 1 / (betweenVariance + variance))
  const mean = weightedMean(groups, weights)
  const varianceOfMean = 1 / weights.reduce((sum, weight) => sum + weight, 0)
  return {
    mean,
    betweenVariance,
    groups: groups.map((group, index) => {
      const trust = betweenVariance / (betweenVariance + variances[index]!)
      return {
        trust,
        estimate: mean + trust * (group.mean - mean),
        standardError: Math.sqrt(trust * variances[index]! + (1 - trust) ** 2 * varianceOfMean),
      }
    }),
  }
}

const weightedMean = (groups: Group[], weights: number[]): number =>
  groups.reduce((sum, { mean }, index) => sum + mean * weights[index]!, 0) /
  weights.reduce((sum, weight) => sum + weight, 0)

/**
 * tau² at which the weighted squares of the deviations amount to what chance lets expect: groups − 3, as Efron and Morris have it,
 * so that with equal variances k is their 1 − (groups − 3) · sigma² / S. By halving: the sum falls as tau² grows. Of two or three groups that
 * says nothing, and what chance lets expect is groups − 1 (DerSimonian and Laird 1986): two that are far apart are not nearly the same.
 */
function spreadBetween(groups: Group[], variances: number[]): number {
  const expected = groups.length > 3 ? groups.length - 3 : groups.length - 1
  if (expected <= 0) return 0
  const excess = (between: number) => {
    const weights = variances.map((variance) => 1 / (between + variance))
    const mean = weightedMean(groups, weights)
    return groups.reduce((sum, group, index) => sum + weights[index]! * (group.mean - mean) ** 2, 0) - expected
  }
  if (excess(0) <= 0) return 0
  let [low, high] = [0, Math.max(...groups.map(({ mean }) => mean ** 2), 1)]
  while (excess(high) > 0) high *= 2
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (excess(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Variance within groups, over all of them; null where no group has two values. */
export function varianceWithin(groups: number[][]): number | null {
  let [squares, degrees] = [0, 0]
  for (const values of groups) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    degrees += Math.max(0, values.length - 1)
  }
  return degrees > 0 ? squares / degrees : null
}
