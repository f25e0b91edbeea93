// Phases of a plan: what belongs together, and what is said of each before it comes.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { phasesOf } from './phases.ts'
import { planWeeks } from './plan-weeks.ts'
import { from, ground, settings } from './weeks.testing.ts'

describe('phases', () => {
  test('of a plan with a launch and a week away are told in order, each week in one of them', () => {
    const { weeks } = planWeeks(
      {
        ...{ ...ground([]), from, weeks: 16, target: 110 },
        events: [{ name: 'Launch', day: addDays(from, 7 * 8) }],
        available: { [addDays(from, 7 * 11)]: 0 },
      },
      settings,
    )
    const found = phasesOf(weeks)
    expect(found.map(({ kind, weeks: length }) => `${kind} ${length}`)).toEqual([
      'build 3',
      'hold 3',
      'event 3',
      'build 2',
      'away 1',
      'build 2',
      'hold 2',
    ])
    expect(found.reduce((sum, each) => sum + each.weeks, 0)).toBe(16)
    expect(found[0]!.says).toBe('Up to 96 minutes a week; its last week is lighter.')
    expect(found[1]!.says).toBe('Up to 110 minutes a week, 14 % more than before; its last week is lighter.')
    expect(found[2]!.says).toBe('Less work before an event: 62 minutes a week, so that people come to it rested.')
    expect(found[3]!.says).toBe('Up to 90 minutes a week, 18 % less than before.')
    expect(found[4]!.says).toBe('Nobody is there.')
  })

  test('of no weeks are none', () => expect(phasesOf([])).toEqual([]))
})
