// What the first item of a week is worth, told from usual ones.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstOfWeek, usualCount } from './rules.ts'

/** Items of weeks, the newest week first. */
const weeks = (counts: number[]) =>
  counts.flatMap((count, week) => Array.from({ length: count }, (_, at) => ({ weeksAgo: week + at / (count + 1) })))

test('how many come in a week counts by item, and what is long ago hardly', () => {
  expect(usualCount([])).toBe(0)
  expect(usualCount(weeks([4, 4, 4]))).toBeCloseTo(4, 9)
  const grown = usualCount(weeks([16, 16, 16, 16, ...Array.from({ length: 40 }, () => 2)]))
  expect(grown).toBeGreaterThan(11)
  const shrunk = usualCount(weeks([1, 1, 1, 1, 1, 1, ...Array.from({ length: 20 }, () => 7)]))
  expect(shrunk).toBeLessThan(7)
})

test('what the first one is worth is found again, however many there are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0.7, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      (count, decay, first) => {
        const values = Array.from({ length: count }, (_, at) => first * decay ** at)
        const usual = Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / count)
        expect(firstOfWeek(usual, count, decay) / first).toBeCloseTo(1, 6)
      },
    ),
  )
})
