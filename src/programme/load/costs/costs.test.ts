// Unit costs: the formula of B1 by hand, priors that give way to what was measured, learning that is shown only when it is there.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../../../lib/mulberry.ts'
import { loadSettings } from '../figures/settings.ts'
import { activityOf, knownActivities } from './activities.ts'
import { learningCurve, minutesOfNth } from './learning.ts'
import { stabilityOf, unitCost } from './unit-cost.ts'

const settings = loadSettings()
const blog = activityOf('blog-post')!
const minutes = fc.double({ min: 0.5, max: 2000, noNaN: true })

describe('priors', () => {
  test('are those of B1, and only the blog has a figure behind it', () => {
    const of = Object.fromEntries(knownActivities.map(({ id, minutes: prior }) => [id, prior]))
    expect(of).toMatchObject({ 'blog-post': 228, 'short-post': 8, 'status-update': 15, 'group-reply': 10 })
    expect(of).toMatchObject({ 'inbox-reply': 6, 'short-video': 120 })
    expect(knownActivities.filter(({ ours }) => !ours).map(({ id }) => id)).toEqual(['blog-post'])
    expect(activityOf('something of ours')).toBeNull()
  })
})

describe('unitCost', () => {
  test('without a measured time is the prior, as a mean, and says so', () => {
    const cost = unitCost(blog, [], settings)
    expect(cost.mean).toBeCloseTo(228, 9)
    expect(cost.median).toBeCloseTo(228 * Math.exp(-0.125), 9)
    expect(cost).toMatchObject({ n: 0, trust: 0, assumed: true })
    // t with 4 degrees: 1.5332 · 0.5 · √1.25
    expect(Math.log(cost.range.high / cost.median)).toBeCloseTo(0.8571, 3)
  })

  test('is (m0·k0 + Σ log x) / (k0 + n) by hand', () => {
    const cost = unitCost({ minutes: 100 }, [50, 60, 70, 80], { priorWeight: 4, priorSpread: 0.5 })
    const before = Math.log(100) - 0.125
    const logs = [50, 60, 70, 80].map(Math.log)
    const middle = (4 * before + logs.reduce((a, b) => a + b)) / 8
    expect(cost.median).toBeCloseTo(Math.exp(middle), 9)
    expect(cost.trust).toBe(0.5)
  })

  test('finds the truth of a simulated activity, with a prior of twice as much, and its range holds about 80 %', () => {
    const next = mulberry32(7)
    const uniform = () => (next() + 0.5) / 2 ** 32
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    const draw = () => Math.exp(Math.log(30) + 0.4 * normal())
    const cost = unitCost({ minutes: 60 }, Array.from({ length: 400 }, draw), settings)
    expect(Math.abs(cost.median / 30 - 1)).toBeLessThan(0.06)
    expect(Math.abs(cost.mean / (30 * Math.exp(0.08)) - 1)).toBeLessThan(0.08)
    const fresh = Array.from({ length: 2000 }, draw)
    const inside = fresh.filter((each) => each >= cost.range.low && each <= cost.range.high).length / 2000
    expect(inside).toBeGreaterThan(0.77)
    expect(inside).toBeLessThan(0.85)
  })

  test('lies between prior and own times, scales with them, and its ranges hold it', () => {
    fc.assert(
      fc.property(
        minutes,
        fc.array(minutes, { maxLength: 40 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (prior, own, by) => {
          const cost = unitCost({ minutes: prior }, own, settings)
          const all = [prior * Math.exp(-0.125), ...own]
          expect(cost.median).toBeGreaterThanOrEqual(Math.min(...all) * (1 - 1e-9))
          expect(cost.median).toBeLessThanOrEqual(Math.max(...all) * (1 + 1e-9))
          expect(cost.range.low).toBeLessThan(cost.median)
          expect(cost.range.high).toBeGreaterThan(cost.median)
          expect(cost.meanRange.low).toBeLessThan(cost.mean)
          expect(cost.meanRange.high).toBeGreaterThan(cost.mean)
          const scaled = unitCost(
            { minutes: prior * by },
            own.map((each) => each * by),
            settings,
          )
          expect(scaled.mean / cost.mean / by).toBeCloseTo(1, 6)
        },
      ),
    )
  })

  test('refuses minutes that are none', () => {
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => unitCost(blog, [wrong], settings)).toThrow(RangeError)
    }
  })
})

describe('stability', () => {
  test('needs eight times, and looks at the last ones only', () => {
    expect(stabilityOf([10, 10, 10], settings)).toEqual({ n: 3, variation: null, stable: false })
    expect(stabilityOf([500, 1, 10, 11, 9, 10, 12, 10, 9, 10], settings).stable).toBe(true)
    expect(stabilityOf([5, 60, 5, 60, 5, 60, 5, 60], settings).stable).toBe(false)
  })
})

describe('learning', () => {
  const falling = (rate: number, n: number) =>
    Array.from({ length: n }, (_, index) => 100 * (index + 1) ** Math.log2(rate) * (index % 2 ? 1.05 : 0.95))

  test('finds a curve of 80 % with each doubling', () => {
    const curve = learningCurve({ minutes: 100 }, falling(0.8, 40), { settings })
    expect(curve.perDoubling).toBeCloseTo(0.8, 1)
    expect(curve.shows).toBe(true)
    expect(minutesOfNth(curve, 80)).toBeLessThan(minutesOfNth(curve, 40))
    // Beyond what anybody has seen nothing is promised.
    expect(minutesOfNth(curve, 8000)).toBe(minutesOfNth(curve, 80))
  })

  test('promises nothing without a time, and nothing where none gets quicker', () => {
    const nothing = learningCurve({ minutes: 100 }, [], { settings })
    expect(nothing).toMatchObject({ perDoubling: 1, shows: false, points: [] })
    expect(minutesOfNth(nothing, 10)).toBeCloseTo(100, 9)
    expect(learningCurve({ minutes: 100 }, falling(1, 40), { settings }).shows).toBe(false)
  })
})

test('a shorter time never makes a dearer mean: a timer stopped by mistake is no scatter', () => {
  const times = fc.array(fc.double({ min: 0.5, max: 900, noNaN: true }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(times, fc.nat(), fc.double({ min: 0.01, max: 1, noNaN: true }), (given, at, share) => {
      const index = at % given.length
      const shorter = given.with(index, Math.max(0.5, given[index]! * share))
      const mean = (of: number[]) => unitCost({ minutes: 228 }, of, settings).mean
      return mean(shorter) <= mean(given) * 1.001
    }),
    { numRuns: 2000 },
  )
  expect(unitCost({ minutes: 228 }, [0.5], settings).mean).toBeLessThan(228)
})
