// When an account's past is asked for again.

import { expect, test } from 'vitest'
import type { ErrorKind } from '../../connectors/contract.ts'
import { nextTry, sinceOf } from './rules.ts'

const now = new Date('2027-03-01T12:00:00Z')
const minutesUntil = (kind: ErrorKind, failures: number, retryAt?: Date) =>
  (nextTry({ kind, retryAt }, { failures, now }).getTime() - now.getTime()) / 60_000

test.each<[ErrorKind, number, number]>([
  ['unavailable', 0, 1],
  ['unavailable', 2, 15],
  ['changed', 99, 240],
  ['rate-limited', 0, 1],
  ['forbidden', 0, 1440],
  ['auth-revoked', 3, 1440],
])('after %s, having failed %i times before, it is tried in %i minutes', (kind, failures, minutes) => {
  expect(minutesUntil(kind, failures)).toBe(minutes)
})

test('a network that names a later time is not asked before it', () => {
  expect(minutesUntil('rate-limited', 0, new Date('2027-03-01T14:00:00Z'))).toBe(120)
  expect(minutesUntil('rate-limited', 1, new Date('2027-03-01T12:01:00Z'))).toBe(5)
})

test('twelve whole weeks lie within what is read, whatever the day of the week', () => {
  // Monday of this week less twelve weeks.
  for (const day of ['2027-03-01', '2027-03-04', '2027-03-07']) {
    expect(sinceOf(new Date(`${day}T23:59:59Z`)).getTime()).toBeLessThan(Date.parse('2026-12-07T00:00:00Z'))
  }
})
