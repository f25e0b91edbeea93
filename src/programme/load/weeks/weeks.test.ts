// Weeks of load: the published plan of B1 by its printed figures, the plan's own curve, and what the rules may never let through.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { type LoadSettings, loadSettings } from '../figures/settings.ts'
import { baselineOf, realignedBaseline } from './footing.ts'
import { judgeWeeks } from './judge-weeks.ts'
import { planWeeks } from './plan-weeks.ts'
import type { CompletedWeek, LoadGround, WeekLoad, WeeksQuestion } from './types.ts'

const settings = loadSettings()
/** Monday. */
const from = '2026-11-02'
const weekly = (minutes: readonly (number | null)[], start = from): CompletedWeek[] =>
  minutes.map((each, index) => ({ monday: addDays(start, 7 * index), minutes: each }))
const before = (minutes: readonly (number | null)[]): CompletedWeek[] =>
  weekly(minutes, addDays(from, -7 * minutes.length))
const loads = (minutes: readonly number[]): WeekLoad[] =>
  minutes.map((each, index) => ({ monday: addDays(from, 7 * index), minutes: each }))

const ground = (history: CompletedWeek[], more: Partial<LoadGround> = {}): LoadGround => ({
  baseline: baselineOf(history, { people: 1 }, settings),
  ...{ history, ceiling: null, presence: 0, events: [] },
  ...more,
})

describe('the first published novice plan (V1), its miles as minutes', () => {
  const miles = [15, 16, 15, 19, 21, 18, 24, 25.1, 24, 29, 32, 29, 36, 33, 40, 29, 21]
  // The first week is what it begins from; the race is in week 18.
  const history = before([15])
  const baseline = { minutes: 15, from: 'measured' as const, weeks: 1 }
  const race = { name: 'Race', day: addDays(from, 7 * 16 + 6) }
  const found = judgeWeeks({ ...ground(history), baseline, events: [race] }, loads(miles.slice(1)), settings)
  const week = (number: number) => found.weeks[number - 2]!

  test('passes: no week is above 1.20 of the highest before, none is refused', () => {
    expect(Math.max(...found.weeks.map(({ toHigh }) => toHigh!))).toBeLessThanOrEqual(1.2)
    expect(found.findings.filter(({ severity }) => severity === 'refused')).toEqual([])
  })

  test('has its cut-backs in weeks 3, 6, 9, 12 and 14, and then tapers', () => {
    const cutBacks = found.weeks.flatMap(({ cutBack }, index) => (cutBack ? [index + 2] : []))
    expect(cutBacks).toEqual([3, 6, 9, 12, 14])
    expect(found.findings.filter(({ rule }) => rule === 'cut-back-missing')).toEqual([])
    expect(found.findings.filter(({ rule }) => rule === 'taper')).toEqual([])
  })

  test('has 1.32 as its highest ratio, in week 7: the only warning', () => {
    const ratios = found.weeks.map(({ ratio }) => ratio!)
    expect(Math.max(...ratios)).toBe(week(7).ratio)
    expect(week(7).ratio).toBeCloseTo(1.315, 3)
    expect(Number(week(7).ratio!.toFixed(2))).toBe(1.32)
    expect(
      found.findings.filter(({ severity }) => severity === 'warning').map(({ rule, week: at }) => [rule, at]),
    ).toEqual([['ratio', week(7).monday]])
  })

  test('tapers to 0.72 and 0.52 of its peak', () => {
    expect(week(16).minutes / 40).toBeCloseTo(0.725, 9)
    expect(week(17).minutes / 40).toBeCloseTo(0.525, 9)
    const late = judgeWeeks(
      { ...ground(history), baseline, events: [race] },
      loads([...miles.slice(1, -2), 31, 23]),
      settings,
    )
    expect(late.findings.filter(({ rule }) => rule === 'taper').map(({ limit }) => limit)).toEqual([30, 22])
  })
})

describe('baseline', () => {
  test.each<[string, (number | null)[], number, string]>([
    ['nothing measured: 90 minutes a person', [], 180, 'new'],
    ['one week is too few', [400], 180, 'new'],
    ['two are enough', [100, 200], 150, 'measured'],
    ['the median of the last four', [9000, 100, 120, 110, 5000], 115, 'measured'],
    ['weeks that nobody measured are none', [100, null, 200, null], 150, 'measured'],
    ['weeks of nothing are no habit', [0, 0, 0, 0], 180, 'new'],
  ])('%s', (_, minutes, expected, source) => {
    const found = baselineOf(before(minutes), { people: 2 }, settings)
    expect([found.minutes, found.from]).toEqual([expected, source])
  })

  test('eight weeks of evidence lift the first step, and only that', () => {
    const evidence = [300, 320, 310, 300, 290, 310, 300, 305]
    const history = before([50, 60])
    const elite = baselineOf(history, { people: 1, evidence }, settings)
    expect(elite).toMatchObject({ minutes: 302.5, from: 'evidence' })
    expect(baselineOf(history, { people: 1, evidence: evidence.slice(1) }, settings).from).toBe('measured')
    const of = (minutes: number[]) =>
      judgeWeeks({ ...ground(history), baseline: elite }, loads(minutes), settings).findings
    expect(of([302])).toEqual([])
    expect(of([310]).map(({ rule }) => rule)).toEqual(['new-high'])
    expect(of([302, 362])).toEqual([])
    expect(of([302, 364]).map(({ rule, severity }) => [rule, severity])).toEqual([['new-high', 'refused']])
  })

  test('after a break it is eight tenths of the last completed week', () => {
    expect(realignedBaseline(before([100, 200, 0, null]), settings)).toMatchObject({ minutes: 160, from: 'realigned' })
    expect(realignedBaseline(before([0, null]), settings)).toBeNull()
  })
})

describe('judging', () => {
  const steady = before([100, 100, 100, 100])

  test('refuses exactly what is above the rules, and names rule, requirement and numbers', () => {
    const ceiling = { ...ground(steady), ceiling: 120 }
    const rules = (minutes: number) =>
      judgeWeeks(ceiling, loads([minutes]), settings).findings.map(({ rule, severity }) => `${rule} ${severity}`)
    expect(rules(100)).toEqual([])
    expect(rules(120)).toEqual([])
    expect(rules(121)).toEqual(['ceiling refused', 'new-high refused'])
    expect(rules(131)).toEqual(['ceiling refused', 'new-high refused', 'ratio warning'])
    expect(rules(151)).toEqual(['ceiling refused', 'new-high refused', 'ratio refused'])
    const [found] = judgeWeeks(ground(steady), loads([125]), settings).findings
    expect(found).toEqual({
      ...{ rule: 'new-high', requirement: 'R1-08', severity: 'refused', week: from, value: 1.25, limit: 1.2 },
      ...{ overridable: true, overridden: false },
      says: '1.25 times the highest week so far (100 minutes); at most 1.20 times.',
    })
  })

  test('an override carries what it names, and never the ceiling', () => {
    const week: WeekLoad = { monday: from, minutes: 160, override: { rules: ['new-high', 'ceiling'] } }
    const { findings } = judgeWeeks({ ...ground(steady), ceiling: 150 }, [week], settings)
    expect(findings.map(({ rule, overridden, overridable }) => [rule, overridden, overridable])).toEqual([
      ['ceiling', false, false],
      ['new-high', true, true],
      ['ratio', false, true],
    ])
  })

  test('weeks in which nobody was there are skipped; weeks of nothing count', () => {
    const away = { monday: from, minutes: 0, away: true }
    const next = { monday: addDays(from, 7), minutes: 120 }
    expect(judgeWeeks(ground(steady), [away, next], settings).weeks[1]!.ratio).toBeCloseTo(1.2, 9)
    expect(judgeWeeks(ground(steady), [{ ...away, away: false }, next], settings).weeks[1]!.ratio).toBeCloseTo(1.6, 9)
  })

  test('after weeks of nothing a week is measured by what a realigned plan begins with', () => {
    const nothing = loads([0, 0, 0, 0, 125])
    const { findings } = judgeWeeks(ground(steady), nothing, settings)
    expect(findings.find(({ rule }) => rule === 'ratio')).toMatchObject({ severity: 'refused', value: 125 / 80 })
  })
})

const anyHistory = fc.array(fc.option(fc.double({ min: 10, max: 2000, noNaN: true }), { freq: 6 }), { maxLength: 10 })
const anyQuestion = fc.record({
  history: anyHistory,
  people: fc.integer({ min: 1, max: 12 }),
  evidence: fc.array(fc.double({ min: 50, max: 3000, noNaN: true }), { maxLength: 12 }),
  weeks: fc.integer({ min: 1, max: 60 }),
  ceiling: fc.option(fc.double({ min: 20, max: 6000, noNaN: true })),
  target: fc.option(fc.double({ min: 20, max: 6000, noNaN: true })),
  events: fc.array(fc.integer({ min: 0, max: 420 }), { maxLength: 4 }),
  away: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 6,
  }),
  wishes: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 6000, noNaN: true })), {
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

describe('refused weeks', () => {
  test('are exactly those above the rules, told by the words of the rules alone', () => {
    const measured = fc.array(fc.integer({ min: 20, max: 500 }), { minLength: 4, maxLength: 9 })
    fc.assert(
      fc.property(
        measured,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 50, max: 1000 }),
        (history, minutes, ceiling) => {
          const { findings } = judgeWeeks({ ...ground(before(history)), ceiling }, loads([minutes]), settings)
          const refused = findings
            .filter(({ severity }) => severity === 'refused')
            .map(({ rule }) => rule)
            .sort()
          const mean = history.slice(-4).reduce((a, b) => a + b) / 4
          const expected = [
            ...(minutes > ceiling ? ['ceiling'] : []),
            ...(minutes > 1.2 * Math.max(...history) + 1e-6 ? ['new-high'] : []),
            ...(minutes > 1.5 * mean + 1e-6 ? ['ratio'] : []),
          ]
          expect(refused).toEqual(expected)
        },
      ),
    )
  })
})
