// What makes a goal, what is out of reach, and how one stands against its line.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { curveOf, factsOf, judgeGoal, mostWeekly, standingOf } from './rules.ts'
import { type GoalDraft, type GoalFacts, measures } from './types.ts'
import { lineAt, wayFrom, wayOf, wayOn } from './way.ts'

const today = '2026-11-30'
const draft = (more: Partial<GoalDraft> = {}): GoalDraft => ({
  ...{ title: 'More visits', measure: 'visits-weekly', unit: '', baseline: 40, target: 80, dueOn: '2027-06-28' },
  ...more,
})
const codes = (given: GoalDraft) => judgeGoal(given, today).map(({ field, code }) => [field, code])

describe('a goal', () => {
  test('that says all of it is one', () => {
    expect(judgeGoal(draft(), today)).toEqual([])
    expect(factsOf(draft())).toMatchObject({ measure: 'visits-weekly', baseline: 40, target: 80 })
  })

  test('like “a million dollars” is none: what is missing is named', () => {
    const wish = draft({ title: 'A million dollars', measure: null, baseline: null, target: null, dueOn: null })
    expect(codes(wish)).toEqual([
      ['measure', 'measure-missing'],
      ['baseline', 'baseline-missing'],
      ['target', 'target-missing'],
      ['dueOn', 'date-missing'],
    ])
    expect(factsOf(wish)).toBe(null)
  })

  test.each<[string, Partial<GoalDraft>, string[][]]>([
    ['without a name', { title: '' }, [['title', 'title-missing']]],
    ['of a measure of its own without a unit', { measure: 'own' }, [['unit', 'unit-missing']]],
    ['due next week', { dueOn: '2026-12-07' }, [['dueOn', 'too-soon']]],
    ['due in ten years', { dueOn: '2036-11-30' }, [['dueOn', 'too-far']]],
    ['as it is today', { target: 40 }, [['target', 'as-today']]],
    ['worse than today', { target: 30 }, [['target', 'worse-than-today']]],
    ['of a share above all', { measure: 'promise-kept', baseline: 60, target: 120 }, [['target', 'above-hundred']]],
    ['of fewer than none', { target: -3 }, [['target', 'below-zero']]],
    ['of slower answers', { measure: 'first-reply-hours', baseline: 5, target: 9 }, [['target', 'worse-than-today']]],
    ['of faster answers', { measure: 'first-reply-hours', baseline: 9, target: 5 }, []],
    ['out of reach', { target: 4_000_000, dueOn: '2027-02-22' }, [['target', 'out-of-reach']]],
    ['steep', { target: 100, dueOn: '2027-02-08' }, [['target', 'steep']]],
    ['from nothing', { baseline: 0 }, [['baseline', 'from-nothing']]],
  ])('%s', (_, more, expected) => {
    expect(codes(draft(more))).toEqual(expected)
  })

  test('out of reach says what is in reach, and that is taken', () => {
    const [found] = judgeGoal(draft({ target: 4_000_000, dueOn: '2027-02-22' }), today)
    expect(found).toMatchObject({
      refused: true,
      params: { reachable: Math.floor(40 * (1 + mostWeekly) ** 12 * 10) / 10 },
    })
    expect(judgeGoal(draft({ target: found!.params.reachable!, dueOn: '2027-02-22' }), today)).toMatchObject([
      { code: 'steep', refused: false },
    ])
  })
})

test('whatever is written, it is refused or says all that makes it a goal', () => {
  const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
  const drafts = fc.record({
    title: fc.constantFrom('', 'A goal'),
    measure: some(fc.constantFrom(...measures)),
    unit: fc.constantFrom('', 'leads'),
    baseline: some(fc.integer({ min: -5, max: 200 })),
    target: some(fc.integer({ min: -5, max: 5000 })),
    dueOn: some(fc.integer({ min: -20, max: 2000 }).map((days) => addDays(today, days))),
  })
  fc.assert(
    fc.property(drafts, (given) => {
      const isRefused = judgeGoal(given, today).some(({ refused }) => refused)
      return isRefused || factsOf(given) !== null
    }),
    { numRuns: 2000 },
  )
})

describe('against its line', () => {
  const goal = factsOf(draft({ dueOn: addDays(today, 200) }))!
  const at = (value: number, day: number) =>
    standingOf(goal, wayFrom(goal, today), [{ day: addDays(today, day), value }], addDays(today, day))

  test('the line is straight and held at its ends', () => {
    expect([-5, 0, 100, 200, 300].map((days) => lineAt(wayFrom(goal, today), addDays(today, days)))).toEqual([
      40, 40, 60, 80, 80,
    ])
  })

  test.each<[number, number, string]>([
    [60, 100, 'on-line'],
    [56, 100, 'on-line'],
    [55, 100, 'behind'],
    [80, 100, 'reached'],
    [79, 201, 'overdue'],
    [90, 201, 'reached'],
  ])('%i on day %i is %s', (value, day, standing) => {
    expect(at(value, day)).toBe(standing)
  })

  test('of what shall be less, less is better', () => {
    const faster = factsOf(
      draft({ measure: 'first-reply-hours', baseline: 10, target: 2, dueOn: addDays(today, 100) }),
    )!
    const on = (value: number) =>
      standingOf(faster, wayFrom(faster, today), [{ day: addDays(today, 50), value }], addDays(today, 50))
    expect([on(6), on(8), on(2)]).toEqual(['on-line', 'behind', 'reached'])
  })

  test('a plot has evenly spaced points; what was not read is a gap', () => {
    const readings = [
      { day: addDays(today, 3), value: 41 },
      { day: addDays(today, 9), value: 43 },
    ]
    const curve = curveOf(wayFrom(goal, today), { readings, today }, 21)
    expect(curve).toHaveLength(21)
    expect(curve.slice(0, 3).map(({ line, read }) => [line, read])).toEqual([
      [40, null],
      [42, 43],
      [44, null],
    ])
    expect(curve.at(-1)).toMatchObject({ day: goal.dueOn, line: 80 })
  })

  test('without a reading nothing is claimed', () => {
    expect(standingOf(goal, wayFrom(goal, today), [], addDays(today, 30))).toBe('no-reading')
    expect(standingOf(goal, wayFrom(goal, today), [], addDays(today, 230))).toBe('overdue')
  })
})

describe('the way of a goal that was changed', () => {
  const goal = factsOf(draft({ dueOn: addDays(today, 200) }))! // 40 to 80
  const later: GoalFacts = { ...goal, target: 100, dueOn: addDays(today, 300) }
  const day = addDays(today, 100)

  test('goes on from where it stood; what lies behind stays as it was told', () => {
    expect([wayOn(goal, later), wayOn(goal, { ...goal, baseline: 30 }), wayOn(goal, goal)]).toEqual([
      ...['from-here', 'anew', 'same'],
    ])
    const way = wayOf(later, today, [{ way: 'from-here', day, stood: 50, was: goal }])
    // Before: 40 to 80 in 200 days. Then from 50 to 100 in the 200 days that are left.
    expect([0, 50, 99, 100, 200, 300, 400].map((days) => lineAt(way, addDays(today, days)))).toEqual([
      ...[40, 50, 59.8, 50, 75, 100, 100],
    ])
    const at = (value: number) => standingOf(later, way, [{ day: addDays(today, 200), value }], addDays(today, 200))
    expect([at(70), at(60), at(100)]).toEqual(['on-line', 'behind', 'reached'])
  })

  test('is told anew from its beginning where the baseline was a slip, and twice a day the last word counts', () => {
    const mended = { ...later, baseline: 20 }
    const moved = { way: 'from-here' as const, day, stood: 50, was: goal }
    const way = wayOf(mended, today, [moved, { way: 'anew', day, stood: 50, was: later }])
    expect([0, 150, 300].map((days) => lineAt(way, addDays(today, days)))).toEqual([20, 60, 100])
    const twice = wayOf({ ...later, target: 60 }, today, [moved, { ...moved, was: later }])
    expect(twice.map(({ from, target }) => [from, target])).toEqual([
      [today, 80],
      [day, 60],
    ])
  })

  test('may be steep only from where it stands', () => {
    const near = draft({ target: 400, dueOn: addDays(today, 35) })
    expect(judgeGoal(near, today).map(({ code }) => code)).toEqual(['out-of-reach'])
    expect(judgeGoal(near, today, 380)).toEqual([])
    expect(judgeGoal(near, today, 500)).toEqual([])
  })
})
