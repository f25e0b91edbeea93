// Best times from posts whose law is known: the good time is found, noise is not.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestTimes, neededPosts, type PostResult } from './rules.ts'

/** Mondays and Tuesdays of 2026, at nine and at fifteen. */
const at = (week: number, day: 1 | 2, hour: string, engagements: number): PostResult => ({
  wall: `${new Date(Date.UTC(2026, 0, 5 + week * 7 + day - 1)).toISOString().slice(0, 10)}T${hour}`,
  engagements,
})

test('says how many posts are missing', () => {
  expect(bestTimes([at(0, 1, '09:00', 5)])).toEqual({ posts: 1, needed: neededPosts, mean: null, hints: [] })
})

test('finds the time that is better, with its n and a range around it', () => {
  const results = Array.from({ length: 12 }, (_, week) => [
    at(week, 1, '09:20', 40 + (week % 5)),
    at(week, 1, '15:00', 8 + (week % 4)),
    at(week, 2, '09:00', 9 + (week % 3)),
    at(week, 2, '15:00', 7 + (week % 5)),
  ]).flat()
  const { hints, mean, posts } = bestTimes(results)
  expect(posts).toBe(48)
  expect(hints.length).toBe(1)
  const [hint] = hints
  expect(hint).toMatchObject({ day: 1, hour: 9, n: 12 })
  expect(hint!.low).toBeLessThan(hint!.likely)
  expect(hint!.likely).toBeLessThan(hint!.high)
  expect(hint!.low).toBeGreaterThan(mean!)
})

test('where every time is the same, hardly any is named', () => {
  const runs = fc.sample(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 80, maxLength: 80 }), {
    numRuns: 60,
    seed: 7,
  })
  const named = runs.filter(
    (values) =>
      bestTimes(values.map((value, index) => at(index >> 2, index % 2 ? 1 : 2, index & 2 ? '09:00' : '15:00', value)))
        .hints.length > 0,
  )
  // By chance one of four times stands out with a probability of 0.2 each, less what pooling takes.
  expect(named.length).toBeLessThan(45)
})

test('posts that all did the same tell nothing', () => {
  expect(bestTimes(Array.from({ length: 30 }, (_, week) => at(week, 1, '09:00', 4))).hints).toEqual([])
})
