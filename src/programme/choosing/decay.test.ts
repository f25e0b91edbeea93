// What a further item of a week is worth is learned from weeks planned high and low by turns, carefully, and with its range.

import { describe, expect, test } from 'vitest'
import { drawsFrom } from '../../lib/stats/draws.ts'
import { decayAt, learnDecay } from './decay.ts'

const worth = (count: number, decay: number) => (10 * (1 - decay ** count)) / (1 - decay)
const weeks = (many: number, decay = 0.6) =>
  Array.from({ length: many }, (_, at) => ({ count: at % 2 ? 6 : 2, value: worth(at % 2 ? 6 : 2, decay) }))
const assumed = { decay: 0.85, trust: 0, weeks: 0 }

describe('what a further item is worth', () => {
  test('is learned from weeks planned high and low, carefully', () => {
    expect(learnDecay(weeks(4), 0.85).decay).toBeGreaterThan(learnDecay(weeks(40), 0.85).decay)
    expect(learnDecay(weeks(400), 0.85).decay).toBeCloseTo(0.6, 1)
    expect(learnDecay(weeks(40), 0.85)).toMatchObject({ weeks: 40, trust: 0.25 / (0.25 + 0.01) })
  })

  test.each([
    [0.93, 0.85],
    [0.93, 0.93],
    [0.75, 0.75],
  ])('is nearer to the truth than the usual figure alone, or hardly further: usual %d, true %d', (usual, truth) => {
    const { normal, even } = drawsFrom(11)
    const misses = Array.from({ length: 200 }, () => {
      const seen = Array.from({ length: 30 }, () => {
        const count = even() < 0.5 ? 5 : 11
        const value = Array.from({ length: count }, (_, at) => 50 * truth ** at * Math.exp(0.6 * normal() - 0.18))
        return { count, value: value.reduce((sum, each) => sum + each, 0) }
      })
      return Math.log((1 - learnDecay(seen, usual).decay) / (1 - truth))
    })
    const far = Math.sqrt(misses.reduce((sum, each) => sum + each ** 2, 0) / misses.length)
    // What chance adds where the usual figure is right: less than a third of how unsure it was.
    expect(far).toBeLessThan(Math.max(0.8 * Math.abs(Math.log((1 - usual) / (1 - truth))), 0.33))
  })

  test('is assumed where nothing was planned so, where weeks are alike, and where nothing came of them', () => {
    expect(learnDecay([], 0.85)).toMatchObject(assumed)
    expect(learnDecay([{ count: 3, value: 5 }], 0.85)).toMatchObject(assumed)
    expect(learnDecay(Array(20).fill({ count: 3, value: 5 }), 0.85)).toMatchObject(assumed)
    expect(
      learnDecay(
        Array.from({ length: 20 }, (_, at) => ({ count: 1 + (at % 2), value: 0 })),
        0.85,
      ),
    ).toMatchObject(assumed)
  })

  test('is not learned where all weeks with many come after all with few: what changed meanwhile looks like the count', () => {
    const first = weeks(20).filter(({ count }) => count === 2)
    const then = weeks(20).filter(({ count }) => count === 6)
    expect(learnDecay([...first, ...then], 0.85)).toMatchObject(assumed)
    expect(learnDecay([...first, ...then, ...first], 0.85).trust).toBeGreaterThan(0)
  })

  test('has a range that narrows with weeks, is never certain, and is wide for what is assumed', () => {
    const noisy = (many: number, seed: number) => {
      const chance = drawsFrom(seed)
      return weeks(many).map(({ count, value }) => ({ count, value: value * Math.exp(0.4 * chance.normal()) }))
    }
    const wide = ({ low, high }: { low: number; high: number }) => high - low
    const usual = learnDecay([], 0.85)
    expect([usual.low < 0.85, usual.high > 0.85, usual.high < 1]).toEqual([true, true, true])
    expect(wide(learnDecay(noisy(8, 1), 0.85))).toBeGreaterThan(wide(learnDecay(noisy(80, 1), 0.85)))
    // Two weeks that happen to be exact prove nothing.
    expect(wide(learnDecay(weeks(3), 0.85))).toBeGreaterThan(0.1)
    expect(learnDecay(noisy(8, 1), 0.85)).toEqual(learnDecay(noisy(8, 1), 0.85))
    // With enough weeks the truth lies in it at least as often as it says, less what the usual figure pulls.
    const hits = Array.from({ length: 100 }, (_, seed) => learnDecay(noisy(120, seed + 1), 0.7)).filter(
      ({ low, high }) => low <= 0.6 && 0.6 <= high,
    )
    expect(hits.length).toBeGreaterThanOrEqual(70)
  })

  test('is drawn within what can be', () => {
    for (const deviations of [-9, -1, 0, 1, 9]) {
      const drawn = decayAt({ decay: 0.9, spread: 0.5 }, deviations)
      expect([drawn >= 0.05, drawn < 1]).toEqual([true, true])
    }
    expect(decayAt({ decay: 0.9, spread: 0.5 }, 0)).toBeCloseTo(0.9, 9)
  })
})
