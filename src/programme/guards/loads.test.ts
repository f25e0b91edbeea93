// How minutes are told where not everything was written down: nothing counts twice, nothing unknown becomes a zero.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { loadSettings } from '../load/figures/settings.ts'
import type { DayEntry } from '../time/store.ts'
import { heavinessOf, joinedDays, minutesByDay, type Out, sumOf, weeksOf } from './loads.ts'

const monday = '2027-01-11'
const unit = { post: 8, answer: 6 }
const entry = (more: Partial<DayEntry>): DayEntry => ({
  ...{ memberId: 'one', day: monday, activity: 'short-post', minutes: 10, how: 'timer', items: 1 },
  ...more,
})
const out = (more: Partial<Out>): Out => ({
  ...{ memberId: 'one', accountId: 'a', day: monday, posts: 0, answers: 0 },
  ...more,
})
const totals = (entries: DayEntry[], sent: Out[]) => {
  const days = minutesByDay(entries, sent, unit).get('one')!
  return weeksOf(days, monday, monday)[0]!
}

describe('minutes of a week', () => {
  test('are what was written down; what went out beside it is estimated', () => {
    expect(totals([entry({})], [out({ posts: 1 })])).toEqual({ monday, logged: 10, estimated: 0 })
    expect(totals([entry({})], [out({ posts: 3 })])).toEqual({ monday, logged: 10, estimated: 16 })
    expect(totals([], [out({ posts: 1 }), out({ accountId: 'b', posts: 1, answers: 2 })])).toMatchObject({
      estimated: 8 + 12,
    })
    // A blog post that was written on Monday and went out on Friday is one.
    expect(
      totals([entry({ activity: 'blog-post', minutes: 200 })], [out({ day: addDays(monday, 4), posts: 1 })]),
    ).toEqual({ monday, logged: 200, estimated: 0 })
    // Answers do not cover posts.
    expect(totals([entry({ activity: 'inbox-reply', items: 5 })], [out({ posts: 1, answers: 5 })])).toMatchObject({
      estimated: 8,
    })
    expect(totals([entry({ how: 'estimated' })], [])).toEqual({ monday, logged: 0, estimated: 10 })
  })

  test('never shrink when something more is written down or goes out, and are the same in any order', () => {
    const day = fc.integer({ min: 0, max: 6 }).map((index) => addDays(monday, index))
    const anEntry = fc.record({
      ...{ memberId: fc.constantFrom('one', 'two'), day, minutes: fc.integer({ min: 1, max: 100 }) },
      activity: fc.constantFrom('short-post', 'inbox-reply', 'blog-post'),
      ...{ how: fc.constantFrom('timer', 'typed', 'estimated'), items: fc.integer({ min: 0, max: 5 }) },
    })
    const anOut = fc.record({
      ...{ memberId: fc.constantFrom('one', 'two'), accountId: fc.constantFrom('a', 'b'), day },
      ...{ posts: fc.integer({ min: 0, max: 4 }), answers: fc.integer({ min: 0, max: 9 }) },
    })
    fc.assert(
      fc.property(fc.array(anEntry), fc.array(anOut), anOut, (entries, sent, more) => {
        const all = (some: DayEntry[], others: Out[]) =>
          sumOf(weeksOf(joinedDays([...minutesByDay(some, others, unit).values()]), monday, monday)[0]!)
        const logged = entries.reduce((sum, { minutes }) => sum + minutes, 0)
        const whole = all(entries, sent)
        expect(whole).toBeGreaterThanOrEqual(logged - 1e-6)
        expect(all(entries.toReversed(), sent.toReversed())).toBeCloseTo(whole, 6)
        expect(all(entries, [...sent, { ...more, day: addDays(more.day, 0) }])).toBeGreaterThanOrEqual(whole - 1e-6)
        const items = sent.reduce((sum, { posts, answers }) => sum + posts * unit.post + answers * unit.answer, 0)
        expect(whole).toBeLessThanOrEqual(logged + items + 1e-6)
      }),
    )
  })
})

describe('how heavy it is', () => {
  const settings = loadSettings()
  const heavy = (minutes: number[]) => {
    const days = new Map(
      minutes.map((each, index) => [addDays(monday, 7 * index), { logged: each, estimated: 0 }] as const),
    )
    const last = addDays(monday, 7 * minutes.length)
    return heavinessOf(days, weeksOf(days, addDays(monday, -28), last), last, settings)
  }

  test('is the last whole week beside those before it, from the first that is known', () => {
    expect(heavy([100, 100, 150]).ratio).toBe(1.5)
    expect(heavy([100]).ratio).toBeNull()
    expect(heavy([100, 0, 100]).ratio).toBe(2)
    expect(heavy([]).ratio).toBeNull()
  })

  test('says that days are too even', () => {
    const days = new Map(
      Array.from({ length: 7 }, (_, index) => [addDays(monday, index), { logged: 60 + index, estimated: 0 }] as const),
    )
    const today = addDays(monday, 7)
    expect(heavinessOf(days, weeksOf(days, monday, today), today, settings)).toMatchObject({ tooEven: true })
  })
})
