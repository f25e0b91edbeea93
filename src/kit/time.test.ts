// Times survive the way from an instant to a clock and back, also where clocks change.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOr, instantOf, offsetMinutes, relativeTime, sameClock, timeIn, wallText, wallTimeIn } from './time.ts'

const at = (text: string) => new Date(text)

test.each([
  ['2026-07-01T09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
  ['2026-01-01T09:30', 'Europe/Berlin', '2026-01-01T08:30:00.000Z'],
  ['2026-01-01T09:30', 'Asia/Kathmandu', '2026-01-01T03:45:00.000Z'],
  ['2026-01-01T00:15', 'America/New_York', '2026-01-01T05:15:00.000Z'],
  // The clock skips 02:30: as far behind the gap.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  // The clock shows 02:30 twice: the first.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-08-09', 'Pacific/Auckland', '2026-08-08T12:00:00.000Z'],
])('%s in %s is %s', (wall, zone, instant) => {
  expect(instantOf(wall, zone).toISOString()).toBe(instant)
})

test('every minute that a clock shows leads back to itself', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']
  const minutes = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 })
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const wall = wallTimeIn(new Date(minute * 60_000), zone)
      expect(wallTimeIn(instantOf(wall, zone), zone)).toBe(wall)
    }),
  )
})

test.each([
  ['2026-01-01T00:00:00Z', 'now'],
  ['2026-01-01T00:05:00Z', 'in 5 minutes'],
  ['2025-12-31T23:00:00Z', '1 hour ago'],
  ['2025-12-31T00:00:00Z', 'yesterday'],
  ['2026-01-09T00:00:00Z', null],
])('seen from new year, %s is %s', (instant, words) => {
  expect(relativeTime(at(instant), at('2026-01-01T00:00:00Z'))).toBe(words)
})

test('a moment of another year says its year', () => {
  const now = at('2026-06-01T00:00:00Z')
  expect(timeIn(at('2026-08-09T12:30:00Z'), 'Europe/Berlin', 'moment', now)).toBe('9 Aug, 14:30')
  expect(timeIn(at('2027-08-09T12:30:00Z'), 'Europe/Berlin', 'moment', now)).toBe('9 Aug 2027, 14:30')
})

test('zones are the same clock only while they agree', () => {
  expect(sameClock(at('2026-01-01T00:00:00Z'), 'Europe/Berlin', 'Europe/Paris')).toBe(true)
  expect(sameClock(at('2026-07-01T00:00:00Z'), 'Europe/London', 'UTC')).toBe(false)
  expect(sameClock(at('2026-01-01T00:00:00Z'), 'Europe/London', 'UTC')).toBe(true)
  expect(offsetMinutes(at('2026-01-01T00:00:00.500Z'), 'America/St_Johns')).toBe(-210)
})

test('days and wall times are written out, whatever the zone of the machine', () => {
  expect(wallText('2026-12-01T09:30')).toBe('1 Dec 2026, 09:30')
  expect(dayOr('2026-12-01')).toBe('1 Dec 2026')
  expect(dayOr('the first of December')).toBe('the first of December')
})
