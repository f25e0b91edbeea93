// What an account promises in public: true for every way to write, whatever hours each of them counts.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addBusiness, businessClock, calendarClock } from './business-clock.ts'
import { availabilityWords, type PromisedSpeed, slowestOf } from './rules.ts'
import { businessHours } from './types.ts'

const week = (from: string, to: string) =>
  businessHours.parse({ zone: 'Europe/Berlin', week: [1, 2, 3, 4, 5].map((day) => ({ day, from, to })) })
const days = week('09:00', '17:00')
const late = week('12:00', '20:00')
const promised = (minutes: number, open: PromisedSpeed['open'] = null): PromisedSpeed => ({
  ...{ kind: 'question', minutes, hours: open ? 'business' : 'calendar', open, topics: [] },
})

test.each([
  ['the longer of two', [promised(60), promised(90)], '1 hour 30 minutes'],
  ['an hour of opening hours takes at least an hour', [promised(60, days), promised(60)], 'one opening hour'],
  [
    'which is later depends on when it was asked',
    [promised(30, days), promised(60)],
    '30 minutes of our opening hours or 1 hour (whichever is later)',
  ],
  [
    'hours that differ are not compared',
    [promised(60, days), promised(120, late), promised(30)],
    'one opening hour or 2 opening hours (whichever is later)',
  ],
  ['the same twice is said once', [promised(60), promised(60)], '1 hour'],
])('%s', (_, speeds, text) => {
  expect(availabilityWords(speeds)).toMatch(`We answer questions within ${text}.`)
})

test('kinds with the same promise are one sentence, and both opening hours are told', () => {
  const all = (['complaint', 'question', 'other'] as const).flatMap((kind) =>
    [promised(60, days), promised(60, late)].map((each) => ({ ...each, kind })),
  )
  expect(availabilityWords(all)).toBe(
    'We answer within one opening hour. Our opening hours: Monday to Friday 09:00–17:00 (Berlin); Monday to Friday 12:00–20:00 (Berlin).',
  )
  expect(availabilityWords([])).toBeNull()
})

const clocks = new Map([days, late].map((hours) => [hours, businessClock(hours)]))
const dueOf = ({ minutes, open }: PromisedSpeed, at: Date): number =>
  addBusiness(open ? clocks.get(open)! : calendarClock, at, minutes * 60_000)!.getTime()
const anyPromise = fc
  .record({ minutes: fc.integer({ min: 1, max: 600 }), open: fc.constantFrom(null, days, late) })
  .map(({ minutes, open }) => promised(minutes, open))

test('nobody waits longer than the words say, whenever and on whatever way they ask', () => {
  fc.assert(
    fc.property(
      fc.array(anyPromise, { minLength: 1, maxLength: 5 }),
      fc.nat(14 * 24 * 60).map((minute) => new Date(Date.UTC(2026, 10, 2) + minute * 60_000)),
      (all, at) => {
        const said = Math.max(...slowestOf(all).map((each) => dueOf(each, at)))
        for (const each of all) expect(dueOf(each, at)).toBeLessThanOrEqual(said)
      },
    ),
    { numRuns: 500 },
  )
})
