// The time axis of the overview, and how a change is told.

import { expect, test } from 'vitest'
import { axisOf, changeText, periodOf, spanOf } from './periods.ts'

const point = (at: string) => ({ at, total: 1 })

test('hours and days in which nothing was said stand on the axis too', () => {
  expect(axisOf([[point('2026-11-29T10:00:00.000Z')], [point('2026-11-29T13:00:00.000Z')]], 'hour')).toEqual([
    '2026-11-29T10:00:00.000Z',
    '2026-11-29T11:00:00.000Z',
    '2026-11-29T12:00:00.000Z',
    '2026-11-29T13:00:00.000Z',
  ])
  expect(axisOf([], 'day')).toEqual([])
})

test('days on both sides of a clock change follow each other without a gap', () => {
  // Berlin, the last weekend of October: the Sunday has 25 hours.
  const days = [
    '2026-10-23T22:00:00.000Z',
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
    '2026-10-26T23:00:00.000Z',
  ]
  expect(axisOf([days.map(point)], 'day')).toEqual(days)
})

test('a period ends with the running hour', () => {
  expect(spanOf(periodOf('24h'), new Date('2026-11-29T10:20:00Z'))).toEqual({
    from: '2026-11-28T11:00:00.000Z',
    to: '2026-11-29T11:00:00.000Z',
  })
  expect(periodOf('nonsense').key).toBe('7d')
})

test.each([
  [10, 8, '+25 %'],
  [6, 8, '−25 %'],
  [8, 8, 'unchanged'],
  [8, 0, null],
  [0, 8, '−100 %'],
])('%i after %i is %s', (total, before, text) => {
  expect(changeText(total, before)).toBe(text)
})
