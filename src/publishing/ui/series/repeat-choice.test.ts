// The rules that follow from what people choose.

import { expect, test } from 'vitest'
import { partsOf } from '../../series/rules.ts'
import { type Choice, noRepeat, placeInMonth, ruleOf } from './repeat-choice.ts'

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
