// Days of the calendar: whose day it is where, and how many lie between two.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayIn, daysBetween } from './days.ts'
import { day } from './route.ts'

test('a day is that of the zone, also on the night when a clock changes', () => {
  const at = new Date('2026-10-25T00:30:00Z')
  expect(dayIn(at, 'Europe/Berlin')).toBe('2026-10-25')
  expect(dayIn(at, 'America/New_York')).toBe('2026-10-24')
  expect(dayIn(new Date('2026-10-25T10:00:00Z'), 'Pacific/Kiritimati')).toBe('2026-10-26')
})

test('days are counted by the calendar, also over a change of clocks', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(days, fc.integer({ min: -400, max: 400 }), (begin, count) => {
      const from = begin.toISOString().slice(0, 10)
      expect(daysBetween(from, addDays(from, count))).toBe(count)
    }),
  )
})

test.each([
  ['2026-02-28', true],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['0000-01-01', false],
])('%s is a day: %s', (text, isDay) => expect(day.safeParse(text).success).toBe(isDay))
