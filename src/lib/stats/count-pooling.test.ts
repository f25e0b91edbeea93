// Pooling of counts: close to the own number where there is much, to that of all where there is little; ranges hold what they say.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { poolRates, poolShares } from './count-pooling.ts'
import { drawsFrom } from './draws.ts'

describe('rates', () => {
  const groups = fc.array(fc.record({ count: fc.nat(200), exposure: fc.integer({ min: 1, max: 50 }) }), {
    minLength: 2,
    maxLength: 12,
  })

  test('lie between their own and that of all, within their range', () => {
    fc.assert(
      fc.property(groups, (some) => {
        const mean =
          some.reduce((sum, { count }) => sum + count, 0) / some.reduce((sum, { exposure }) => sum + exposure, 0)
        for (const [at, { estimate, low, high, trust }] of poolRates(some).entries()) {
          const own = some[at]!.count / some[at]!.exposure
          expect(estimate).toBeGreaterThanOrEqual(Math.min(own, mean) - 1e-5)
          expect(estimate).toBeLessThanOrEqual(Math.max(own, mean) + 1e-5)
          expect(low).toBeLessThanOrEqual(high)
          expect(trust).toBeLessThan(1)
        }
      }),
    )
  })

  test('of many groups are nearer to the truth than their own numbers, and the range holds 80 %', () => {
    const draws = drawsFrom(4)
    const truth = Array.from({ length: 200 }, () => 2 * Math.exp(0.5 * draws.normal()))
    const poisson = (mean: number) => {
      let [count, product] = [0, draws.even()]
      for (; product > Math.exp(-mean); count++) product *= draws.even()
      return count
    }
    const seen = truth.map((rate) => ({ count: poisson(rate * 2), exposure: 2 }))
    const pooled = poolRates(seen)
    const error = (guesses: number[]) => guesses.reduce((sum, guess, at) => sum + (guess - truth[at]!) ** 2, 0)
    expect(error(pooled.map(({ estimate }) => estimate))).toBeLessThan(0.8 * error(seen.map(({ count }) => count / 2)))
    const inside = pooled.filter(({ low, high }, at) => low <= truth[at]! && truth[at]! <= high).length
    expect(inside / 200).toBeGreaterThan(0.72)
    expect(inside / 200).toBeLessThan(0.88)
  })

  test('without anything seen are not known', () => {
    expect(poolRates([{ count: 0, exposure: 0 }])[0]).toMatchObject({ trust: 0, high: Number.POSITIVE_INFINITY })
  })
})

describe('shares', () => {
  test('of few cases are drawn towards those of all, and none of none is not certain', () => {
    const [few, many, none] = poolShares([
      { count: 1, of: 1 },
      { count: 500, of: 1000 },
      { count: 0, of: 0 },
    ])
    expect(few!.estimate).toBeLessThan(0.7)
    expect(many!.estimate).toBeCloseTo(0.5, 2)
    expect(many!.trust).toBeGreaterThan(few!.trust)
    expect(none!.trust).toBe(0)
    expect(none!.low).toBeLessThan(none!.high)
    expect(poolShares([{ count: 0, of: 20 }])[0]!.high).toBeGreaterThan(0)
  })
})
