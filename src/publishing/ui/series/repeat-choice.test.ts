// The rules that follow from what people choose.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalRule, partsOf, weekdays } from '../../series/rules.ts'
import { type Choice, choiceOf, isSameRule, noRepeat, placeInMonth, ruleOf } from './repeat-choice.ts'

const chosen = (more: Partial<Choice>, wall = '2026-03-10T09:00') => ruleOf({ ...noRepeat, ...more }, wall)

test.each<[Partial<Choice>, string | null]>([
  [{}, null],
  [{ often: 'daily', interval: 2 }, 'FREQ=DAILY;INTERVAL=2'],
  [{ often: 'weekdays', interval: 3 }, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  [{ often: 'weekly' }, 'FREQ=WEEKLY;BYDAY=TU'],
  [{ often: 'weekly', days: ['TH', 'MO'], end: 'count', count: 4 }, 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4'],
  [{ often: 'monthly-day' }, 'FREQ=MONTHLY;BYMONTHDAY=10'],
  [{ often: 'monthly-weekday', end: 'until', until: '2026-12-31' }, 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231'],
  [{ often: 'custom', custom: ' FREQ=DAILY ' }, 'FREQ=DAILY'],
])('%j', (more, rule) => {
  expect(chosen(more)).toBe(rule)
  if (rule) expect('parts' in partsOf(rule)).toBe(true)
})

test('the last weekday of a month is called the last', () => {
  expect(placeInMonth('2026-03-31T09:00')).toBe(-1)
  expect(placeInMonth('2026-03-24T09:00')).toBe(4)
  expect(placeInMonth('2026-02-24T09:00')).toBe(-1)
})

test.each([
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', { often: 'weekly', interval: 2, days: ['MO', 'TH'], end: 'never' }],
  ['FREQ=MONTHLY;COUNT=4;BYDAY=-1TU', { often: 'monthly-weekday', end: 'count', count: 4 }],
  ['FREQ=MONTHLY;UNTIL=20271231;BYMONTHDAY=31', { often: 'monthly-day', end: 'until', until: '2027-12-31' }],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1TU', { often: 'custom', custom: 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1TU' }],
  // What a choice cannot keep must not be lost by looking at it: the time of day in UNTIL, a further day of the month.
  ['FREQ=DAILY;UNTIL=20271231T090000', { often: 'custom' }],
  ['FREQ=MONTHLY;BYMONTHDAY=1,31', { often: 'custom' }],
])('%s is offered as it would be chosen', (rule, choice) => {
  expect(choiceOf(rule, '2026-03-31T09:00')).toMatchObject(choice)
})

const anyChoice = fc.record({
  often: fc.constantFrom('daily', 'weekdays', 'weekly', 'monthly-day', 'monthly-weekday'),
  interval: fc.integer({ min: 1, max: 99 }),
  days: fc.subarray([...weekdays]),
  custom: fc.constant(''),
  end: fc.constantFrom('never', 'until', 'count'),
  until: fc.constant('2031-05-17'),
  count: fc.integer({ min: 1, max: 5000 }),
})
const anyWall = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Date(Date.UTC(2026, 0, 1 + days, 9)).toISOString().slice(0, 16))

test('whatever is chosen is kept by the server and comes back as the same rule', () => {
  fc.assert(
    fc.property(anyChoice, anyWall, (choice, wall) => {
      const rule = ruleOf(choice as Choice, wall)!
      const read = partsOf(rule)
      const stored = 'parts' in read ? canonicalRule(read.parts) : ''
      const again = choiceOf(stored, wall)
      expect(again.often).not.toBe('custom')
      expect(isSameRule(ruleOf(again, wall), rule)).toBe(true)
    }),
  )
})
