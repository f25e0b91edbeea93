// Which weeks are heavy: those of an event, and those far above the weeks before; never a plan that grows as usual.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { loadSettings } from '../figures/settings.ts'
import { baselineOf } from './footing.ts'
import { heavyWeeks } from './heavy-weeks.ts'
import { planWeeks } from './plan-weeks.ts'

const settings = loadSettings()
const monday = '2027-01-04'
const weeks = (...minutes: number[]) =>
  minutes.map((each, index) => ({ monday: addDays(monday, 7 * index), minutes: each }))

describe('a heavy week', () => {
  test('has far more than the four before it, or an event', () => {
    const found = heavyWeeks({ weeks: weeks(100, 100, 100, 100, 131, 100), done: [], events: [] }, settings)
    expect(found).toEqual([{ monday: addDays(monday, 28), minutes: 131, because: 'peak', name: null, usual: 100 }])
    expect(heavyWeeks({ weeks: weeks(100, 100, 100, 100, 130), done: [], events: [] }, settings)).toEqual([])
    const launch = { name: 'Launch', day: addDays(monday, 9) }
    expect(heavyWeeks({ weeks: weeks(100, 50), done: [], events: [launch] }, settings)).toMatchObject([
      { monday: addDays(monday, 7), because: 'event', name: 'Launch', usual: 100 },
    ])
  })

  test('is seen in the first planned week too, by what was done before', () => {
    const done = [1, 2, 3, 4].map((back) => ({ monday: addDays(monday, -7 * back), minutes: 60 })).reverse()
    expect(heavyWeeks({ weeks: weeks(90), done, events: [] }, settings)).toMatchObject([{ because: 'peak', usual: 60 }])
    // Less than four weeks say nothing.
    expect(heavyWeeks({ weeks: weeks(90), done: done.slice(1), events: [] }, settings)).toEqual([])
  })

  test('does not come from growing by the rules alone', () => {
    const { weeks: planned } = planWeeks(
      {
        ...{ from: monday, weeks: 26, history: [], target: 900, ceiling: 900, presence: 0, events: [] },
        baseline: baselineOf([], { people: 2 }, settings),
      },
      settings,
    )
    expect(heavyWeeks({ weeks: planned, done: [], events: [] }, settings)).toEqual([])
  })
})
