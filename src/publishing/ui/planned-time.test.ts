// Clock changes, checked against the zones' own rules.

import { expect, test } from 'vitest'
import { addDays } from '../../kit/time.ts'
import { instantOf } from '../times.ts'
import { meaningOf, nextHour, weekdayOf } from './planned-time.ts'

const cases: [wall: string, zone: string][] = [
  ['2026-03-29T02:30', 'Europe/Berlin'],
  ['2026-10-25T02:30', 'Europe/Berlin'],
  ['2026-10-25T01:30', 'Europe/Berlin'],
  ['2026-07-01T12:00', 'Europe/Berlin'],
  ['2026-03-08T02:15', 'America/New_York'],
  ['2026-11-01T01:15', 'America/New_York'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe'],
  ['2026-05-05T05:05', 'UTC'],
]

test.each(cases)('%s in %s means in the page what it means at the server', (wall, zone) => {
  expect(meaningOf(wall, zone)).toEqual(instantOf({ wall, zone }))
})

test('days are counted over ends of months and clock changes', () => {
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-22')]).toEqual([1, 7])
})

test('the first offered time lies ahead', () => {
  expect(nextHour(new Date('2026-11-23T14:20:00Z'), 'UTC')).toBe('2026-11-23T15:00')
  expect(nextHour(new Date('2026-11-23T14:50:00Z'), 'Europe/Berlin')).toBe('2026-11-23T17:00')
})
