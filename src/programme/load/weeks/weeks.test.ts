// Judging weeks of load: the published plan of B1 by its printed figures, baselines, and what is refused and why.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { baselineOf, realignedBaseline } from './footing.ts'
import { judgeWeeks } from './judge-weeks.ts'
import { planWeeks } from './plan-weeks.ts'
import { standThrough } from './standing.ts'
import type { WeekLoad } from './types.ts'
import { before, from, ground, loads, settings, weekly } from './weeks.testing.ts'

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

describe('after giving up', () => {
  test('nobody begins again with the few minutes of the week in which they did', () => {
    const gaveUp = weekly([300, 300, 300, 300, 0, 8, 0, 0, 0, 5])
    expect(realignedBaseline(gaveUp, settings)).toMatchObject({ minutes: 240, from: 'realigned' })
    const begun = ground(before([300, 300, 300, 300]))
    const question = { ...begun, standing: standThrough(begun, gaveUp, settings), from: addDays(from, 70), weeks: 12 }
    const { weeks } = planWeeks({ ...question, target: 300 }, settings)
    expect(Math.min(...weeks.map(({ minutes }) => minutes))).toBeGreaterThan(180)
    expect(weeks.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'refused'))).toEqual([])
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
          // A week of less than half of what is usual is not completed; a month of less than half of the last completed one is a break.
          const median = (weeks: number[]) => {
            const sorted = weeks.toSorted((a, b) => a - b)
            return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
          }
          const isWhole = (each: number, at: number) => each >= median(history.slice(Math.max(0, at - 7), at + 1)) / 2
          const completed = history.findLast(isWhole)!
          const usual = mean < completed / 2 ? 0.8 * completed : mean
          const expected = [
            ...(minutes > ceiling ? ['ceiling'] : []),
            ...(minutes > 1.2 * Math.max(...history) + 1e-6 ? ['new-high'] : []),
            ...(minutes > 1.5 * usual + 1e-6 ? ['ratio'] : []),
          ]
          expect(refused).toEqual(expected)
        },
      ),
    )
  })
})
