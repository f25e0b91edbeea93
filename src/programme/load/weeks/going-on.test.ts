// Plans that go on: week by week they are what they were at once, and a team's week is shared without loss.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { baselineOf } from './footing.ts'
import { planWeeks } from './plan-weeks.ts'
import { shareWeek } from './share-week.ts'
import { beginStanding, standAfter, standThrough } from './standing.ts'
import type { Standing, WeeksQuestion } from './types.ts'
import { before, from, ground, settings } from './weeks.testing.ts'

const question: WeeksQuestion = { ...ground([]), from, weeks: 1, target: null }

/** One week at a time: what was planned is done, but for those in `done`. */
function stepByStep(asked: WeeksQuestion, done: Record<number, number> = {}): number[] {
  let standing: Standing = beginStanding(asked, settings)
  return Array.from({ length: asked.weeks }, (_, index) => {
    const monday = addDays(asked.from, 7 * index)
    // As it comes back from a database.
    const stored = JSON.parse(JSON.stringify(standing)) as Standing
    const [week] = planWeeks({ ...asked, from: monday, weeks: 1, standing: stored }, settings).weeks
    standing = standAfter(
      standing,
      { ...week!, minutes: done[index] ?? week!.minutes },
      { events: asked.events, settings },
    )
    return week!.minutes
  })
}

describe('planning anew each week', () => {
  test('gives the same curve, with its cut-backs and tapers', () => {
    const drawn = fc.record({
      history: fc.array(fc.integer({ min: 20, max: 900 }), { maxLength: 6 }),
      weeks: fc.integer({ min: 1, max: 40 }),
      events: fc.array(fc.integer({ min: 0, max: 280 }), { maxLength: 3 }),
      away: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
      presence: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(drawn, ({ history, weeks, events, away, presence }) => {
        const weekly = before(history)
        const asked: WeeksQuestion = {
          ...{ ...question, history: weekly, weeks, presence },
          baseline: baselineOf(weekly, { people: 2 }, settings),
          events: events.map((day) => ({ name: 'Launch', day: addDays(from, day) })),
          available: Object.fromEntries(away.map((week) => [addDays(from, 7 * week), 0])),
        }
        const atOnce = planWeeks(asked, settings).weeks.map(({ minutes }) => minutes)
        expect(stepByStep(asked)).toEqual(atOnce)
      }),
    )
  })

  test('stands where the weeks that are over have led, without anything stored', () => {
    const weeks = planWeeks({ ...question, weeks: 8 }, settings).weeks
    const over = weeks.slice(0, 5).map(({ monday, minutes }) => ({ monday, minutes }))
    const rest = { ...question, from: addDays(from, 35), weeks: 3, standing: standThrough(question, over, settings) }
    expect(planWeeks(rest, settings).weeks.map(({ minutes, phase }) => [minutes, phase])).toEqual(
      weeks.slice(5).map(({ minutes, phase }) => [minutes, phase]),
    )
    const away = standThrough(question, [...over, { monday: addDays(from, 35), minutes: null }], settings)
    expect(planWeeks({ ...rest, from: addDays(from, 42), standing: away }, settings).weeks[0]).toMatchObject({
      because: 'after-break',
    })
  })

  test('rests in every third week also where the plan is told anew in between', () => {
    const planned = stepByStep({ ...question, weeks: 9 })
    expect(planned.flatMap((each, index) => (index > 0 && each < planned[index - 1]! ? [index + 1] : []))).toEqual([
      3, 6, 9,
    ])
  })

  test('follows what was really done: after a week of half, it comes back by the rules', () => {
    const asked = { ...question, weeks: 8 }
    const planned = stepByStep(asked)
    const real = stepByStep(asked, { 4: planned[4]! / 2 })
    expect(real.slice(0, 5)).toEqual(planned.slice(0, 5))
    expect(real[5]!).toBeLessThan(planned[3]! * 1.3)
    expect(real[5]!).toBeGreaterThan(planned[4]! / 2)
  })
})

describe('sharing a week', () => {
  const people = fc.array(
    fc.record({ weight: fc.integer({ min: 0, max: 40 }), most: fc.option(fc.integer({ min: 0, max: 600 })) }),
    { maxLength: 12 },
  )

  test('is even by weight, and whoever is full leaves the rest to the others', () => {
    const of = (minutes: number, ...some: [number, number | null][]) => {
      const { minutes: shared, left } = shareWeek(
        minutes,
        some.map(([weight, most], index) => ({ id: `${index}`, weight, most })),
      )
      return [...shared.values(), left]
    }
    expect(of(300, [1, null], [2, null])).toEqual([100, 200, 0])
    expect(of(300, [1, 40], [1, null], [1, 400])).toEqual([40, 130, 130, 0])
    expect(of(300, [1, 40], [1, 60])).toEqual([40, 60, 200])
    expect(of(300, [0, null])).toEqual([0, 300])
    expect(of(300)).toEqual([300])
  })

  test('loses nothing, and gives nobody more than their most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), people, (minutes, drawn) => {
        const sharers = drawn.map((each, index) => ({ id: `${index}`, ...each }))
        const { minutes: shared, left } = shareWeek(minutes, sharers)
        const sum = [...shared.values()].reduce((a, b) => a + b, 0)
        expect(sum + left).toBeCloseTo(minutes, 6)
        for (const { id, most, weight } of sharers) {
          expect(shared.get(id)).toBeLessThanOrEqual(most ?? Number.POSITIVE_INFINITY)
          // Something is left only where everybody is full.
          if (left > 1e-6 && weight > 0) expect(shared.get(id)).toBeCloseTo(most!, 6)
        }
      }),
    )
  })
})
