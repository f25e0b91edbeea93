// Dates as feeds write them.

import { expect, test } from 'vitest'
import { readDate } from './dates.ts'

const now = new Date('2026-11-20T12:00:00Z')

test.each([
  ['2026-11-02T10:00:00Z', '2026-11-02T10:00:00Z'],
  ['2026-11-02T10:00:00.123+01:00', '2026-11-02T09:00:00Z'],
  ['2026-11-02T10:00:00-0530', '2026-11-02T15:30:00Z'],
  ['2026-11-02 10:00:00', '2026-11-02T10:00:00Z'],
  ['2026-11-02 10:00:00 UTC', '2026-11-02T10:00:00Z'],
  ['2026-11-2', '2026-11-02T00:00:00Z'],
  ['Mon, 02 Nov 2026 10:00:00 GMT', '2026-11-02T10:00:00Z'],
  ['Mon, 2 Nov 26 10:00 EST', '2026-11-02T15:00:00Z'],
  ['02 November 2026 10:00:00 CET', '2026-11-02T09:00:00Z'],
  ['Mon, 02-Nov-2026 10:00:00 +0000 (UTC)', '2026-11-02T10:00:00Z'],
  ['Mo., 02 Nov 2026 10:00:00 PDT', '2026-11-02T17:00:00Z'],
  ['Sat, 01 Jan 2000 24:00:00 GMT', '2000-01-02T00:00:00Z'],
  ['Thu, 31 Dec 2015 23:59:60 GMT', '2015-12-31T23:59:59Z'],
])('%s is %s', (text, expected) => {
  const found = readDate(text, now)
  const expectedTime = new Date(expected).getTime()
  expect(found && Math.floor(found.getTime() / 1000) * 1000).toBe(expectedTime)
})

test.each([
  undefined,
  '',
  'yesterday',
  '2026-02-31',
  '2026-13-01',
  'Mon, 32 Foo 2026',
  'Mon, 02 Nov 2026 99:00:00 GMT',
  '1970-01-01T00:00:00Z',
  '0000-00-00 00:00:00',
  '2099-01-01',
  '1762000000',
])('%s is no date', (text) => {
  expect(readDate(text, now)).toBeNull()
})
