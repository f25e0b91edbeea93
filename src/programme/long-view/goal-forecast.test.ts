// What is said of a goal, and when nothing is: by its readings, as far ahead as they look back.

import { expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { goalForecast } from './goal-forecast.ts'

const goal = { measure: 'own' as const, target: 30, dueOn: '2027-06-28' }
const weekly = (values: number[], step = 7) =>
  values.map((value, index) => ({ day: addDays('2027-01-04', step * index), value }))

test('too few readings say nothing, and how many are needed', () => {
  expect(goalForecast({ ...goal, readings: [] })).toEqual({ state: 'too-few', stepDays: 7, needs: 6, there: 0 })
  expect(goalForecast({ ...goal, readings: weekly([1, 2, 3]) })).toMatchObject({ state: 'too-few', there: 3 })
  // Daily readings of what looks back over four weeks are no more than one in four weeks.
  const daily = weekly(
    Array.from({ length: 60 }, (_, index) => index),
    1,
  )
  expect(goalForecast({ ...goal, measure: 'posts-weekly', readings: daily })).toMatchObject({
    state: 'too-few',
    there: 3,
  })
})

test('a line goes on to the day of the goal, with a verdict by its range', () => {
  const readings = weekly([10, 11.2, 11.9, 13.1, 14, 14.8, 16.1, 17, 18.2, 19, 19.9, 21, 22.1, 22.9])
  const found = goalForecast({ ...goal, dueOn: addDays('2027-01-04', 7 * 20), readings })
  if (found.state !== 'told') throw new Error('nothing was told')
  expect(found.points).toHaveLength(14)
  expect(found.onDue!.mean).toBeCloseTo(30, 0)
  expect(found.likely).toBe('open')
  expect(goalForecast({ ...goal, target: 20, dueOn: addDays('2027-01-04', 7 * 20), readings })).toMatchObject({
    likely: 'reached',
  })
  expect(goalForecast({ ...goal, target: 60, dueOn: addDays('2027-01-04', 7 * 20), readings })).toMatchObject({
    likely: 'missed',
  })
  // Farther ahead than readings look back nothing is said.
  expect(goalForecast({ ...goal, dueOn: '2029-01-01', readings })).toMatchObject({ onDue: null, likely: 'open' })
})

test('a gap ends what is looked at, seldom readings make longer steps, and shares stay shares', () => {
  const broken = weekly([1, 2, 3, 4, 5, 6, 7, 8]).filter((_, index) => index !== 3)
  expect(goalForecast({ ...goal, readings: broken })).toMatchObject({ state: 'too-few' })
  const seldom = goalForecast({ ...goal, readings: weekly([5, 6, 5, 7, 6, 8, 7], 28) })
  expect(seldom).toMatchObject({ state: 'told', stepDays: 28 })
  const share = goalForecast({ ...goal, measure: 'promise-kept', readings: weekly([90, 92, 95, 97, 98, 99], 28) })
  if (share.state !== 'told') throw new Error('nothing was told')
  for (const { low, mean, high } of share.points) {
    expect(high).toBeLessThanOrEqual(100)
    expect(mean).toBeLessThanOrEqual(100)
    expect(low).toBeGreaterThanOrEqual(0)
  }
})
