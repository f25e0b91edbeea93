// Tails of counts: against sums that are written out, against published values, and how they must behave.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digamma, gammaQuantile, logGamma, logGammaTails, trigamma } from './gamma.ts'
import { countQuantile, logAtLeast, logAtMost, surpriseAbove, surpriseBelow } from './negative-binomial.ts'

const means = fc.double({ min: 0.01, max: 5000, noNaN: true })
const dispersions = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 20, noNaN: true }))

/** P(X ≥ x) added up term by term, each from the one before. */
function upperSum(x: number, mean: number, dispersion: number): number {
  const size = 1 / dispersion
  const p = mean / (mean + size)
  let log = logGamma(x + size) - logGamma(x + 1) - logGamma(size) + x * Math.log(p) + size * Math.log1p(-p)
  const first = log
  let sum = 0
  for (let k = x; k < x + 100_000 && log > first - 50; k++) {
    sum += Math.exp(log - first)
    log += Math.log(((k + size) / (k + 1)) * p)
  }
  return first + Math.log(sum)
}

describe('log Γ', () => {
  test('knows factorials and halves', () => {
    expect(logGamma(1)).toBeCloseTo(0, 14)
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13)
  })

  test('Γ(x + 1) = x · Γ(x)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (x) => {
        const [one, other] = [logGamma(x + 1), logGamma(x) + Math.log(x)]
        expect(Math.abs(one - other)).toBeLessThan(1e-12 * Math.max(1, Math.abs(one)) + 1e-12)
      }),
    )
  })
})

describe('mean and variance of a logarithm', () => {
  test('ψ(1) = −0.5772156649, ψ′(1) = π²/6', () => {
    expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_5, 12)
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12)
  })

  test('follow their recurrences', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 1000, noNaN: true }), (x) => {
        expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 9)
        expect(trigamma(x) - trigamma(x + 1)).toBeCloseTo(1 / (x * x), 8)
      }),
    )
  })
})

describe('gamma distribution', () => {
  test('the chi-square table: 95 % with 10 degrees of freedom is 18.307', () => {
    expect(gammaQuantile(0.95, 5, 0.5)).toBeCloseTo(18.307, 3)
    expect(gammaQuantile(0.05, 5, 0.5)).toBeCloseTo(3.94, 3)
  })

  test('with shape 1 it is exponential, also where the tail is no longer a number', () => {
    expect(logGammaTails(1, 2000).above).toBeCloseTo(-2000, 8)
    expect(logGammaTails(1, 0.001).below).toBeCloseTo(Math.log(-Math.expm1(-0.001)), 12)
  })
})

describe('the negative binomial tail', () => {
  test('is the sum of its terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0.05, max: 800, noNaN: true }), (x, mean) => {
        for (const dispersion of [0.01, 0.3, 4]) {
          const sum = upperSum(x, mean, dispersion)
          const own = logAtLeast(x, { mean, dispersion })
          // Where nearly everything lies above, the sum in the test is the less exact of the two.
          if (sum < -0.01) expect(Math.abs(own - sum)).toBeLessThan(1e-8 * Math.abs(sum) + 1e-9)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('a geometric distribution is known in one line: P(X ≥ x) = p^x', () => {
    expect(logAtLeast(400, { mean: 3, dispersion: 1 })).toBeCloseTo(400 * Math.log(0.75), 9)
    // Less likely than the least positive number there is.
    expect(surpriseAbove(5000, { mean: 1, dispersion: 1 })).toBeCloseTo(5000 * Math.log10(2), 6)
  })

  test('without dispersion it is Poisson: P(X ≥ 10 | 3) = 0.001102', () => {
    expect(Math.exp(logAtLeast(10, { mean: 3, dispersion: 0 }))).toBeCloseTo(0.00110249, 8)
    expect(surpriseAbove(40, { mean: 3, dispersion: 1e-9 })).toBeCloseTo(
      surpriseAbove(40, { mean: 3, dispersion: 0 }),
      4,
    )
  })

  test('P(X ≥ x) + P(X ≤ x − 1) = 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), means, dispersions, (x, mean, dispersion) => {
        const counts = { mean, dispersion }
        expect(Math.exp(logAtLeast(x, counts)) + Math.exp(logAtMost(x - 1, counts))).toBeCloseTo(1, 9)
      }),
    )
  })

  test('surprise grows with the count and falls with what was expected, and is never below 0 or undefined', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), means, dispersions, (x, mean, dispersion) => {
        const here = surpriseAbove(x, { mean, dispersion })
        expect(here).toBeGreaterThanOrEqual(0)
        expect(surpriseAbove(x + 1, { mean, dispersion })).toBeGreaterThanOrEqual(here - 1e-9)
        expect(surpriseAbove(x, { mean: mean * 1.1, dispersion })).toBeLessThanOrEqual(here + 1e-9)
        expect(surpriseBelow(x, { mean, dispersion })).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('nothing expected: one is a wonder, none is not', () => {
    expect(surpriseAbove(0, { mean: 0, dispersion: 1 })).toBe(0)
    expect(surpriseAbove(1, { mean: 0, dispersion: 1 })).toBe(Number.POSITIVE_INFINITY)
  })

  test('a quantile is the least count with that share at or below it', () => {
    fc.assert(
      fc.property(means, dispersions, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (mean, dispersion, share) => {
        const counts = { mean, dispersion }
        const x = countQuantile(share, counts)
        expect(Math.exp(logAtMost(x, counts))).toBeGreaterThanOrEqual(share - 1e-9)
        if (x > 0) expect(Math.exp(logAtMost(x - 1, counts))).toBeLessThan(share + 1e-9)
      }),
    )
  })
})
