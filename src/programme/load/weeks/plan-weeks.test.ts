// The plan's own load curve: by hand where it can be told, and for any question what it may never do.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { baselineOf } from './footing.ts'
import { planWeeks } from './plan-weeks.ts'
import type { WeeksQuestion } from './types.ts'
import { before, from, ground, settings } from './weeks.testing.ts'

const anyHistory = fc.array(fc.option(fc.integer({ min: 10, max: 2000 }), { freq: 6 }), { maxLength: 10 })
const anyQuestion = fc.record({
  history: anyHistory,
  people: fc.integer({ min: 1, max: 12 }),
  evidence: fc.array(fc.integer({ min: 50, max: 3000 }), { maxLength: 12 }),
  weeks: fc.integer({ min: 1, max: 60 }),
  ceiling: fc.option(fc.integer({ min: 20, max: 6000 })),
  target: fc.option(fc.integer({ min: 20, max: 6000 })),
  events: fc.array(fc.integer({ min: 0, max: 420 }), { maxLength: 4 }),
  away: fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
    ),
    {
      maxLength: 6,
    },
  ),
  wishes: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 6000 })), {
    maxLength: 3,
  }),
  presence: fc.constant(0),
})
type Drawn = typeof anyQuestion extends fc.Arbitrary<infer D> ? D : never

function questionOf(drawn: Drawn, by = 1, own: LoadSettings = settings): WeeksQuestion {
  const history = before(drawn.history.map((each) => (each === null ? null : each * by)))
  const monday = (index: number) => addDays(from, 7 * index)
  const evidence = drawn.evidence.map((each) => each * by)
  return {
    ...{ from, weeks: drawn.weeks, history, presence: drawn.presence * by },
    baseline: baselineOf(history, { people: drawn.people, evidence }, own),
    ceiling: drawn.ceiling === null ? null : drawn.ceiling * by,
    target: drawn.target === null ? null : drawn.target * by,
    events: drawn.events.map((day) => ({ name: 'Launch', day: addDays(from, day) })),
    available: Object.fromEntries(drawn.away.map(([week, share]) => [monday(week), share])),
    wishes: drawn.wishes.map(([week, minutes]) => ({ monday: monday(week), minutes: minutes * by, override: false })),
  }
}

describe('planned weeks', () => {
  const novice = planWeeks({ ...ground([]), from, weeks: 15, target: null }, settings)

  test('begin with 90 minutes, grow by 7 % a week compounded, and rest in every third week', () => {
    expect(novice.weeks[0]!.minutes).toBe(90)
    expect(novice.weeks[1]!.minutes).toBeCloseTo(90 * 1.07, 9)
    expect(novice.weeks.flatMap(({ phase }, index) => (phase === 'cut-back' ? [index + 1] : []))).toEqual([
      3, 6, 9, 12, 15,
    ])
    expect(novice.weeks[13]!.minutes / 90).toBeCloseTo(1.07 ** 13, 6)
    expect(novice.weeks.flatMap(({ findings }) => findings)).toEqual([])
  })

  test('go down before a launch while presence stays, and come back by the rules', () => {
    const launch = { name: 'Launch', day: addDays(from, 7 * 8 + 2) }
    const { weeks } = planWeeks(
      { ...ground([]), from, weeks: 14, target: null, presence: 40, events: [launch] },
      settings,
    )
    expect(weeks.map(({ phase }) => phase).slice(6, 10)).toEqual(['taper', 'taper', 'event', 'build'])
    const peak = Math.max(...weeks.slice(0, 6).map(({ minutes }) => minutes))
    expect(weeks[6]!.minutes).toBeCloseTo(40 + 0.7 * (peak - 40), 6)
    expect(weeks[7]!.minutes).toBeCloseTo(40 + 0.5 * (peak - 40), 6)
    expect(weeks.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'note')).toEqual([])
  })

  test('stop growing at the target, say when it is reached, and say what a week is held by', () => {
    const found = planWeeks({ ...ground([]), from, weeks: 20, target: 150 }, settings)
    expect(Math.max(...found.weeks.map(({ minutes }) => minutes))).toBe(150)
    // 90 · 1.07^8 is above 150, but week 9 rests.
    expect(found.reachesTarget).toBe(addDays(from, 7 * 9))
    const low = planWeeks({ ...ground([]), from, weeks: 20, target: null, ceiling: 120 }, settings)
    expect(low.weeks.at(-1)).toMatchObject({ because: 'ceiling', minutes: 120, limit: 120 })
  })

  test('go on with eight tenths after a week in which nobody was there', () => {
    const away = { [addDays(from, 28)]: 0 }
    const { weeks } = planWeeks({ ...ground([]), from, weeks: 7, target: null, available: away }, settings)
    expect(weeks[4]).toMatchObject({ phase: 'away', minutes: 0, away: true, findings: [] })
    expect(weeks[5]).toMatchObject({ because: 'after-break' })
    expect(weeks[5]!.minutes).toBeCloseTo(0.8 * weeks[3]!.minutes, 9)
  })

  test('a wish is cut to what the rules allow; with an override it stands and says what it breaks', () => {
    const wish = (override: boolean) =>
      planWeeks(
        {
          ...ground([]),
          from,
          weeks: 2,
          target: null,
          ceiling: 400,
          wishes: [{ monday: from, minutes: 500, override }],
        },
        settings,
      ).weeks[0]!
    expect(wish(false)).toMatchObject({ minutes: 108, wished: 500, because: 'new-high', findings: [] })
    expect(wish(true)).toMatchObject({ minutes: 400, because: 'ceiling' })
    expect(wish(true).findings.map(({ rule, overridden }) => [rule, overridden])).toEqual([
      ['new-high', true],
      ['ratio', true],
    ])
  })

  test('of any question break no rule, and never come above the ceiling', () => {
    fc.assert(
      fc.property(anyQuestion, (drawn) => {
        const question = questionOf(drawn)
        const { weeks } = planWeeks(question, settings)
        expect(
          weeks
            .flatMap(({ findings }) => findings)
            .filter(({ severity, rule }) => severity === 'refused' || rule === 'ratio'),
        ).toEqual([])
        for (const { minutes } of weeks) {
          expect(minutes).toBeGreaterThanOrEqual(0)
          expect(minutes).toBeLessThanOrEqual((question.ceiling ?? Number.POSITIVE_INFINITY) * (1 + 1e-9))
        }
        const wished = (question.wishes ?? []).length > 0
        const warned = weeks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'warning')
        if (!wished) expect(warned).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('scale with everything that is put in', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0.05, max: 20, noNaN: true }), (drawn, by) => {
        const scaledSettings = { ...settings, newPersonMinutes: settings.newPersonMinutes * by }
        const plain = planWeeks(questionOf(drawn), settings).weeks
        const scaled = planWeeks(questionOf(drawn, by, scaledSettings), scaledSettings).weeks
        for (const [index, { minutes }] of scaled.entries()) {
          expect(Math.abs(minutes - plain[index]!.minutes * by)).toBeLessThanOrEqual(1e-6 * (1 + minutes))
        }
      }),
    )
  })

  test('start slowly and finish strong: the last third is above the first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 52 }), fc.integer({ min: 1, max: 12 }), (weeks, people) => {
        const third = Math.floor(weeks / 3)
        const { weeks: planned } = planWeeks(
          { ...ground([]), baseline: baselineOf([], { people }, settings), from, weeks, target: null },
          settings,
        )
        const mean = (some: { minutes: number }[]) => some.reduce((sum, { minutes }) => sum + minutes, 0) / some.length
        expect(mean(planned.slice(-third))).toBeGreaterThan(mean(planned.slice(0, third)))
      }),
    )
  })
})
