// Weeks that are over: what was done in them, and what a week says in which people were away.

import { expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { completedWeeks } from './rules.ts'

const from = '2027-01-04'
const monday = (index: number) => addDays(from, 7 * index)
const weeks = (minutes: (number | null)[], there: (number | null)[] = []) =>
  completedWeeks(
    minutes.flatMap((each, index) => (each === null ? [] : [{ monday: monday(index), minutes: each }])),
    {
      ...{ from, before: monday(minutes.length), lightMinutes: 30 },
      there: new Map(there.flatMap((share, index) => (share === null ? [] : [[monday(index), share] as const]))),
    },
  ).map(({ minutes: each }) => each)

test('a week without anything was not measured, which is no zero', () => {
  expect(weeks([60, null, 70])).toEqual([60, null, 70])
  expect(completedWeeks([], { from: undefined, before: from, there: new Map(), lightMinutes: 30 })).toEqual([])
})

test('with half of the people away a week counts as with all of them, and never for more than was really done before', () => {
  expect(weeks([100, 50, 60], [null, 0.5, null])).toEqual([100, 100, 60])
  expect(weeks([100, 80, 60], [null, 0.5, null])).toEqual([100, 100, 60])
  expect(weeks([100, 120, 60], [null, 0.5, null])).toEqual([100, 120, 60])
  expect(weeks([40, 50], [0.5])).toEqual([40, 50])
})

test('a week in which anything was done counts for one light session at least', () => {
  expect(weeks([60, 8, null, 30])).toEqual([60, 30, null, 30])
})

test('with hardly anybody there it says nothing', () => {
  expect(weeks([100, 10, 60], [null, 0.1, null])).toEqual([100, null, 60])
  expect(weeks([100, 10], [null, 0])).toEqual([100, null])
})
