// Days of the calendar: whose day it is where, and how many lie between two.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayIn, daysBetween, mondayOf } from './days.ts'
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

test('the Monday of a week is the last one that is not after the day', () => {
  const days = fc.date({ min: new Date('1950-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (at) => {
      const day = at.toISOString().slice(0, 10)
      const monday = mondayOf(day)
      expect(new Date(`${monday}T00:00Z`).getUTCDay()).toBe(1)
      expect(daysBetween(monday, day)).toBeGreaterThanOrEqual(0)
      expect(daysBetween(monday, day)).toBeLessThan(7)
    }),
  )
})

test('a day of another moment or another zone is not that of the one before', () => {
  const [at, later] = [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-26T00:30:00Z')]
  for (let turn = 0; turn < 2; turn++) {
    expect([at, later].map((each) => dayIn(each, 'Europe/Berlin'))).toEqual(['2026-10-25', '2026-10-26'])
    expect([at, later].map((each) => dayIn(each, 'America/New_York'))).toEqual(['2026-10-24', '2026-10-25'])
  }
})

test.each([
  ['2026-02-28', true],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['0000-01-01', false],
])('%s is a day: %s', (text, isDay) => expect(day.safeParse(text).success).toBe(isDay))
