// When numbers are read: each age once, in order, and what was missed is left out.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueReading, firstNumbersAt, snapshotAges } from './numbers-rules.ts'

const publishedAt = new Date('2026-11-23T12:00:00Z')
const after = (minutes: number) => new Date(publishedAt.getTime() + minutes * 60_000)

test('the ages are those of the plan', () => {
  expect(snapshotAges).toEqual([15, 30, 60, 120, 240, 480, 1440, 2880, 10_080, 43_200])
  expect(firstNumbersAt(publishedAt)).toEqual(after(15))
})

describe('dueReading', () => {
  test.each<[string, number, number, ReturnType<typeof dueReading>]>([
    ['too early', 0, 14.99, null],
    ['the first', 0, 15, { ageMinutes: 15, next: { step: 1, at: after(30) } }],
    ['the first, a little late', 0, 29.9, { ageMinutes: 15, next: { step: 1, at: after(30) } }],
    ['a day late: the newest age that has passed', 1, 1500, { ageMinutes: 1440, next: { step: 7, at: after(2880) } }],
    ['the last', 9, 43_200, { ageMinutes: 43_200, next: null }],
    ['a year late', 0, 525_600, { ageMinutes: 43_200, next: null }],
    ['already read', 2, 45, null],
  ])('%s', (_, step, minutes, expected) => expect(dueReading(publishedAt, step, after(minutes))).toEqual(expected))

  test('however late each reading comes, no age is read twice and the ages rise to the end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 12, maxLength: 12 }), (delays) => {
        let next: { step: number; at: Date } | null = { step: 0, at: firstNumbersAt(publishedAt) }
        const read: number[] = []
        for (const delay of delays) {
          if (!next) break
          const reading = dueReading(publishedAt, next.step, new Date(next.at.getTime() + delay * 60_000))
          expect(reading).not.toBeNull()
          read.push(reading!.ageMinutes)
          next = reading!.next
        }
        expect(next).toBeNull()
        expect(read).toEqual([...new Set(read)].sort((a, b) => a - b))
        expect(read.at(-1)).toBe(43_200)
      }),
    )
  })
})
