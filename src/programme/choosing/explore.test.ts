// Exploring: a share of the minutes, by chance as probable as something is the best, the same for the same seed.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawExploration } from './explore.ts'
import { line, smallQuestions } from './plans.testing.ts'
import { prepare } from './prepare.ts'
import { readQuestion } from './read-question.ts'

const question = readQuestion({
  weeks: 40,
  people: [{ id: 'p', name: 'P', minutes: [300] }],
  lines: [
    line('sure', { minutes: 20, value: 10, decay: 1, most: 20, spread: 0.01 }),
    line('unsure', { minutes: 20, value: 8, decay: 1, most: 20, spread: 0.6 }),
    line('poor', { minutes: 20, value: 1, decay: 1, most: 20, spread: 0.05 }),
  ],
})

describe('exploring', () => {
  test('takes the share of the minutes that is kept for it', () => {
    const explored = drawExploration(prepare(question), { share: 0.15, seed: 5 })
    const minutes = explored.flat().reduce((sum, count) => sum + count * 20, 0)
    expect(minutes / (40 * 300)).toBeGreaterThan(0.14)
    expect(minutes / (40 * 300)).toBeLessThanOrEqual(0.15)
  })

  test('tries what may be the best as often as it probably is, and not what cannot be', () => {
    const [sure, unsure, poor] = drawExploration(prepare(question), { share: 0.2, seed: 5 }).map((weeks) =>
      weeks.reduce((sum, count) => sum + count, 0),
    ) as [number, number, number]
    // log 9 + 0.6 · z exceeds log 11 with a chance of 0.37.
    expect(unsure / (sure + unsure)).toBeGreaterThan(0.22)
    expect(unsure / (sure + unsure)).toBeLessThan(0.52)
    expect(poor).toBe(0)
  })

  test('is the same for the same seed, and another for another', () => {
    const of = (seed: number) => drawExploration(prepare(question), { share: 0.15, seed })
    expect(of(5)).toEqual(of(5))
    expect(of(5)).not.toEqual(of(6))
  })

  test('never takes more than somebody has, nor more than is allowed', () => {
    fc.assert(
      fc.property(smallQuestions, fc.integer(), (small, seed) => {
        const prepared = prepare(small)
        const explored = drawExploration(prepared, { share: 0.2, seed })
        for (let week = 0; week < small.weeks; week++) {
          const used = small.lines.reduce((sum, { minutes }, at) => sum + minutes * explored[at]![week]!, 0)
          expect(used).toBeLessThanOrEqual(prepared.minutes.reduce((sum, own) => sum + own[week]!, 0) + 1e-6)
          for (const [at, { most }] of small.lines.entries()) expect(explored[at]![week]).toBeLessThanOrEqual(most)
        }
      }),
    )
  })
})
