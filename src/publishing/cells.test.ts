// Days and hours of a zone between two instants, over clock changes.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsBetween } from './times.ts'
import { wallClock } from './ui/calendar-days.ts'

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'CET')
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })

test('every instant lies in the cell by whose wall time the page groups it', () => {
  fc.assert(
    fc.property(moment, zone, fc.constantFrom('day', 'hour'), fc.nat(3 * 86_400_000 - 1), (from, at, unit, after) => {
      const to = new Date(from.getTime() + 3 * 86_400_000)
      const cells = cellsBetween(from, to, at, unit)
      expect(cells[0]!.from.getTime()).toBeLessThanOrEqual(from.getTime())
      const due = new Date(from.getTime() + after)
      const cell = cells.findLast((each) => each.from <= due)!.cell
      expect(cell).toBe(wallClock(due, at).slice(0, unit === 'day' ? 10 : 13))
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z', ['2026-10-25T02', '2026-10-25T03']],
  ['2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z', ['2026-03-29T01', '2026-03-29T03']],
])('from %s the hours of Berlin are each one', (from, to, expected) => {
  expect(cellsBetween(new Date(from), new Date(to), 'Europe/Berlin', 'hour').map(({ cell }) => cell)).toEqual(expected)
})
