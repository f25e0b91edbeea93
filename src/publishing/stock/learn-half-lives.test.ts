// Half-lives from own posts: found where there is enough, left at the public figure where there is not, and honest about their range.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawsFrom } from '../../lib/stats/draws.ts'
import { snapshotAges } from '../numbers-rules.ts'
import { agesOf, extrapolate, learnHalfLife, type ReactionCurve } from './learn-half-lives.ts'

/** A post with reactions at log-normal times, read at our ages until one of them. */
function curveOf(
  seed: number,
  { median, count, until }: { median: number; count: number; until: number },
): ReactionCurve {
  const draws = drawsFrom(seed)
  const times = Array.from({ length: count }, () => median * Math.exp(1.5 * draws.normal()))
  const ages = snapshotAges.filter((age) => age <= until)
  return { ages: [...ages], reactions: ages.map((age) => times.filter((time) => time <= age).length) }
}

const posts = (seed: number, median: number, many = 12) =>
  Array.from({ length: many }, (_, at) =>
    curveOf(seed * 1000 + at, { median, count: 60, until: [1440, 2880, 10_080][at % 3]! }),
  )

describe('half-lives', () => {
  test('are found from own posts, though the public figure says another', () => {
    const learned = learnHalfLife(posts(1, 80), 300)
    expect(learned.minutes).toBeGreaterThan(68)
    expect(learned.minutes).toBeLessThan(94)
    expect(learned.trust).toBeGreaterThan(0.95)
    expect(learned.posts).toBe(12)
  })

  test('lie within the 80 % range in about 80 % of cases', () => {
    const inside = Array.from({ length: 60 }, (_, at) => {
      const draws = drawsFrom(at + 500)
      const true_ = 200 * Math.exp(0.7 * draws.normal())
      const { low, high } = learnHalfLife(posts(at + 1, true_, 2), 200)
      return low <= true_ && true_ <= high
    }).filter(Boolean).length
    expect(inside / 60).toBeGreaterThan(0.66)
    expect(inside / 60).toBeLessThan(0.94)
  })

  test('stay at the public figure below thirty reactions', () => {
    const few = learnHalfLife([curveOf(1, { median: 80, count: 20, until: 2880 })], 300)
    expect(few).toMatchObject({ minutes: expect.closeTo(300, 6), trust: 0, own: null })
    expect(learnHalfLife([], 24).minutes).toBeCloseTo(24, 9)
  })

  test('are never outside of what the public figure and the own posts say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 10, max: 5000, noNaN: true }), (seed, prior) => {
        const { minutes, own } = learnHalfLife(posts(seed, 120, 3), prior)
        const said = own ? [own.median, prior] : [prior]
        expect(minutes).toBeGreaterThanOrEqual(Math.min(...said) * 0.999)
        expect(minutes).toBeLessThanOrEqual(Math.max(...said) * 1.001)
      }),
      { numRuns: 25 },
    )
  })

  test('count only what was added when a number falls', () => {
    const learned = learnHalfLife([{ ages: [15, 30, 60, 120], reactions: [40, 38, 50, 50] }], 60)
    expect(learned.reactions).toBe(50)
  })

  test('tell what comes in the end with a range, and nothing before one half-life', () => {
    const learned = learnHalfLife(posts(3, 80), 80)
    expect(extrapolate({ reactions: 20, ageMinutes: 60 }, learned, 80)).toBeNull()
    const later = extrapolate({ reactions: 30, ageMinutes: 80 }, learned, 80)!
    expect(later.likely).toBeGreaterThan(48)
    expect(later.likely).toBeLessThan(74)
    expect(later.low).toBeLessThan(later.likely)
    expect(later.high).toBeGreaterThan(later.likely)
  })

  test('say when a post lives, is followed by the next, and is judged', () => {
    expect(agesOf(80)).toEqual({ living: 240, apart: 80, evaluated: 400, isEvergreen: false })
    expect(agesOf(60 * 24 * 40).isEvergreen).toBe(true)
  })
})
