// What counts for which limit: work beside the plan against what somebody gives, sessions against what the plan gives, and whoever is at somebody's side gives as much.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { judgeSessions } from './judge-sessions.ts'
import { planSessions } from './plan-sessions.ts'
import { type Hours, item, person, settings } from './sessions.testing.ts'
import type { PlanPerson } from './types.ts'

const zone = 'Europe/Berlin'
/** Monday. */
const from = '2026-11-02'
const to = addDays(from, 6)
const hours: Hours = { zone, from, to }
const posts = (count: number, more = {}) =>
  Array.from({ length: count }, (_, index) => item(`post ${index}`, { from, to, ...more }))
const plan = (items: ReturnType<typeof posts>, people: PlanPerson[]) =>
  planSessions({ zone, from, to, items, people }, settings)
const minutesOf = (found: ReturnType<typeof plan>, id: string) =>
  found.reduce(
    (sum, each) => sum + (each.outcome !== 'dropped' && each.session.person === id ? each.session.minutes : 0),
    0,
  )
const reasons = (found: ReturnType<typeof plan>) =>
  found.flatMap((each) => (each.outcome === 'dropped' ? [each.reason] : []))

describe('work beside the plan', () => {
  const worked = { [from]: 150 }

  test('leaves the plan its own minutes as long as there is room below the ceiling', () => {
    const with200 = plan(posts(2), [person('one', hours, { weekly: 20, ceiling: 200, worked })])
    expect(minutesOf(with200, 'one')).toBe(20)
    expect(minutesOf(plan(posts(2), [person('one', hours, { weekly: 20, worked })]), 'one')).toBe(20)
  })

  test('takes of what somebody gives, and beyond it there is no session', () => {
    const with160 = plan(posts(2), [person('one', hours, { weekly: 20, ceiling: 160, worked })])
    expect([minutesOf(with160, 'one'), reasons(with160)]).toEqual([10, ['ceiling']])
    const with150 = plan(posts(2), [person('one', hours, { weekly: 20, ceiling: 150, worked })])
    expect(reasons(with150)).toEqual(['ceiling', 'ceiling'])
  })

  test('leaves answering its part below the ceiling', () => {
    const answering = { [from]: 30 }
    const found = plan(posts(2), [person('one', hours, { weekly: 20, ceiling: 190, worked, answering })])
    expect([minutesOf(found, 'one'), reasons(found)]).toEqual([10, ['ceiling']])
  })

  test('or not: a plan never has more than its own minutes', () => {
    const found = plan(posts(3), [person('one', hours, { weekly: 20, ceiling: 500, worked })])
    expect([minutesOf(found, 'one'), reasons(found)]).toEqual([20, ['week-full']])
  })

  test('whatever it is, sessions hold within the plan, and all work within the ceiling', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 10, max: 120 }),
        fc.integer({ min: 10, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        (days, weekly, ceiling, count) => {
          const done = Object.fromEntries(days.map((minutes, index) => [addDays(from, index), minutes]))
          const people = [person('one', hours, { weekly, ceiling, worked: done })]
          const found = plan(posts(count), people)
          const sessions = found.flatMap((each) => (each.outcome === 'dropped' ? [] : [each.session]))
          const own = minutesOf(found, 'one')
          const beside = days.reduce((sum, each) => sum + each, 0)
          expect(own).toBeLessThanOrEqual(weekly)
          if (own > 0) expect(own + beside).toBeLessThanOrEqual(ceiling)
          const broken = judgeSessions({ zone, people, sessions }, settings).map(({ rule }) => rule)
          // How even the days are that somebody filled beside the plan is not for the plan to mend.
          expect(broken.filter((rule) => rule !== 'too-even')).toEqual([])
          // What fits into both is done.
          const room = Math.floor(Math.min(weekly, ceiling - beside) / 10)
          if (!reasons(found).includes('too-even')) expect(own).toBe(10 * Math.max(0, Math.min(count, room)))
        },
      ),
    )
  })
})

describe('whoever is at somebody’s side', () => {
  const learner = (more = {}) => person('one', hours, { weekly: 100, besideOf: () => 'two', ...more })

  test('gives as much of their own week', () => {
    const found = plan(
      [...posts(3), ...posts(3, { people: ['two'] }).map((each) => ({ ...each, id: `own ${each.id}` }))],
      [learner(), person('two', hours, { weekly: 40 })],
    )
    expect(minutesOf(found, 'one') + minutesOf(found, 'two')).toBe(40)
  })

  test('and where nothing is left of it the learner does not do it either', () => {
    const found = plan(posts(3), [learner(), person('two', hours, { weekly: 20 })])
    expect([minutesOf(found, 'one'), reasons(found)]).toEqual([20, ['buddy-full']])
    const low = plan(posts(3), [learner(), person('two', hours, { weekly: 90, ceiling: 30, worked: { [from]: 15 } })])
    expect([minutesOf(low, 'one'), reasons(low)]).toEqual([10, ['buddy-full', 'buddy-full']])
  })

  test('counts for what is learned alone, and where the plan knows nothing of them for nothing', () => {
    const other = plan(posts(3), [learner({ besideOf: () => null }), person('two', hours, { weekly: 0 })])
    expect(minutesOf(other, 'one')).toBe(30)
    expect(minutesOf(plan(posts(3), [learner()]), 'one')).toBe(30)
  })
})
