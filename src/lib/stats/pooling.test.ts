// Pooling against the published example: batting averages of Efron and Morris (1975, JASA 70, table 1).

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { poolMeans, varianceWithin } from './pooling.ts'

/** Hits in the first 45 times at bat of 18 players, 1970, and their averages in the rest of the season. */
const hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
const season = [
  0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.263, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264, 0.226, 0.286, 0.316,
  0.2,
]
const averages = hits.map((count) => count / 45)
const overall = averages.reduce((sum, each) => sum + each, 0) / 18
const binomial = overall * (1 - overall)

describe('Efron and Morris', () => {
  const pooled = poolMeans(
    averages.map((mean) => ({ n: 45, mean })),
    binomial,
  )

  test('the factor is 0.212, and 0.400 becomes 0.294', () => {
    expect(pooled.groups[0]!.trust).toBeCloseTo(0.212, 2)
    expect(Math.abs(pooled.groups[0]!.trust - 0.212)).toBeLessThan(0.001)
    expect(Math.abs(pooled.groups[0]!.estimate - 0.294)).toBeLessThan(0.001)
  })

  test('the squared error falls from 0.0753 to 0.0213', () => {
    const error = (guesses: number[]) => guesses.reduce((sum, guess, index) => sum + (guess - season[index]!) ** 2, 0)
    expect(error(averages)).toBeCloseTo(0.0753, 2)
    expect(error(pooled.groups.map(({ estimate }) => estimate))).toBeCloseTo(0.0213, 2)
  })
})

describe('pooling', () => {
  const groups = fc.array(
    fc.record({ n: fc.integer({ min: 1, max: 50 }), mean: fc.double({ min: -5, max: 5, noNaN: true }) }),
    { minLength: 1, maxLength: 30 },
  )

  test('pulls towards the mean and never past it, and trusts more where there is more', () => {
    fc.assert(
      fc.property(groups, fc.double({ min: 0.01, max: 4, noNaN: true }), (some, variance) => {
        const pooled = poolMeans(some, variance, 0.02)
        for (const [index, { estimate, trust }] of pooled.groups.entries()) {
          const own = some[index]!.mean
          expect(trust).toBeGreaterThanOrEqual(0)
          expect(trust).toBeLessThanOrEqual(1)
          expect(estimate).toBeGreaterThanOrEqual(Math.min(own, pooled.mean) - 1e-9)
          expect(estimate).toBeLessThanOrEqual(Math.max(own, pooled.mean) + 1e-9)
          for (const [at, other] of pooled.groups.entries())
            if (some[at]!.n > some[index]!.n) expect(other.trust).toBeGreaterThanOrEqual(trust)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('variance within groups', () => {
    expect(varianceWithin([[1, 3], [5]])).toBe(2)
    expect(varianceWithin([[1], [5]])).toBeNull()
  })
})
