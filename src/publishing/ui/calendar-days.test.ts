// The days a calendar shows, over years, clock changes and zones.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarViews, groupByWall, lengthOf, rangeOf, shownOf, wallClock } from './calendar-days.ts'
import { weekdayOf } from './planned-time.ts'

const date = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10))
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe')

test('every view but the day begins on Monday and is whole weeks; all hold their date, and stay within what the server answers', () => {
  fc.assert(
    fc.property(date, zone, fc.constantFrom(...calendarViews), (day, at, view) => {
      const range = rangeOf(view, day, at)
      if (view === 'day') expect(range.days).toEqual([day])
      else expect([weekdayOf(range.days[0]!), range.days.length % 7]).toEqual([1, 0])
      expect(range.days).toContain(day)
      const hours = (Date.parse(range.to) - Date.parse(range.from)) / 3_600_000
      expect(Math.abs(hours - range.days.length * 24)).toBeLessThanOrEqual(1)
      expect(rangeOf(view, range.after, at).days).not.toEqual(range.days)
    }),
  )
})

describe('a month', () => {
  test.each([
    ['2026-02-10', 5],
    ['2026-11-23', 6],
    ['2027-02-01', 4],
    ['2026-10-31', 5],
  ])('of %s has %i weeks', (day, weeks) => {
    expect(rangeOf('month', day, 'UTC').days).toHaveLength(weeks * 7)
  })

  test('steps to its neighbours over the year', () => {
    expect(rangeOf('month', '2026-12-31', 'UTC').after).toBe('2027-01-01')
    expect(rangeOf('month', '2026-01-31', 'UTC').before).toBe('2025-12-01')
  })
})

test('a post lies on the day of the zone, not of UTC', () => {
  const line = { id: '1', dueAt: '2026-11-23T23:30:00.000Z' }
  expect([...groupByWall([line], 'Europe/Berlin').keys()]).toEqual(['2026-11-24'])
  expect([...groupByWall([line], 'America/New_York', true).keys()]).toEqual(['2026-11-23T18'])
  expect(wallClock(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:30')
})

test.each([
  ['2026-10-25', 'Europe/Berlin', 25],
  ['2026-03-29', 'Europe/Berlin', 23],
  ['2026-10-25T02', 'Europe/Berlin', 2],
  ['2026-10-25T23', 'Europe/Berlin', 1],
  ['2026-11-23T14', 'Asia/Kathmandu', 1],
])('%s in %s lasts %i hours', (cell, at, hours) => {
  const { from, to } = lengthOf(cell, at)
  expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours)
  expect(wallClock(new Date(from), at).startsWith(cell)).toBe(true)
  expect(wallClock(new Date(Date.parse(to) - 1), at).startsWith(cell)).toBe(true)
  expect(wallClock(new Date(to), at).startsWith(cell)).toBe(false)
})

test('“more” never hides one post alone', () => {
  expect([4, 5, 6, 160].map((count) => shownOf('month', count))).toEqual([4, 5, 4, 4])
})
