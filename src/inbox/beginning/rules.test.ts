// Weeks and goals as a calendar has them.

import { expect, test } from 'vitest'
import { mondayOf } from '../../lib/days.ts'
import { goalIn, weeksOf } from './rules.ts'

test.each([
  ['2027-01-11', '2027-01-11'],
  ['2027-01-17', '2027-01-11'],
  ['2027-01-03', '2026-12-28'],
  ['2028-02-29', '2028-02-28'],
])('%s is in the week of %s', (day, monday) => expect(mondayOf(day)).toBe(monday))

const goals = [
  { departmentId: null, from: '2027-01-04', weekly: 3 },
  { departmentId: null, from: '2027-01-18', weekly: 0 },
]

test.each([
  ['2026-12-28', null],
  ['2027-01-04', 3],
  ['2027-01-11', 3],
  ['2027-01-18', null],
])('in the week of %s the goal is %s', (week, goal) => expect(goalIn(goals, week)).toBe(goal))

test('each week is there, a department counts its own, everybody counts all', () => {
  const rows = [
    { week: '2027-01-04', departmentId: 'a', begun: 2, answered: 1 },
    { week: '2027-01-04', departmentId: null, begun: 1, answered: 0 },
    { week: '2027-01-18', departmentId: 'a', begun: 4, answered: 4 },
  ]
  const span = { from: '2027-01-04', to: '2027-01-18' }
  expect(weeksOf({ rows, goals }, span)).toEqual([
    { week: '2027-01-04', begun: 3, answered: 1, goal: 3 },
    { week: '2027-01-11', begun: 0, answered: 0, goal: 3 },
    { week: '2027-01-18', begun: 4, answered: 4, goal: null },
  ])
  expect(weeksOf({ rows, goals }, { ...span, departmentId: 'a' }).map(({ begun, goal }) => [begun, goal])).toEqual([
    [2, null],
    [0, null],
    [4, null],
  ])
})
