// The sprint that ends in quitting (B1, check 3): its points, what is proposed, and who is not one.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { mulberry32 } from '../../../lib/mulberry.ts'
import { loadSettings } from '../figures/settings.ts'
import type { Outlet } from './outlets.ts'
import { quittingOf, type SprintFacts, sprintScore } from './sprint.ts'

const settings = loadSettings()
/** From a Monday on. */
const day = (index: number) => addDays('2026-11-02', index)
const outlet = (id: string, opened: string, lastActive: string | null = null): Outlet => ({
  id,
  name: id,
  opened,
  lastActive,
})

const calm: SprintFacts = {
  ...{ today: day(13), baseline: null, hasMeasure: true, outlets: [outlet('a', day(-300), day(12))] },
  weeks: [
    { monday: day(0), minutes: 100 },
    { monday: day(7), minutes: 105 },
  ],
  minutes: new Map([
    ['one', 60],
    ['two', 60],
  ]),
  sessions: [],
}

describe('the sprint (B1, check 3)', () => {
  test('three times the load in week 2, six accounts and one person are at least 5 points by day 14', () => {
    const six = Array.from({ length: 6 }, (_, index) => outlet(`account ${index}`, day(index)))
    const weeks = [
      { monday: day(0), minutes: 200 },
      { monday: day(7), minutes: 600 },
    ]
    const found = sprintScore(
      { ...calm, weeks, outlets: six, minutes: new Map([['one', 800]]), hasMeasure: false },
      settings,
    )
    expect(found.points).toBe(7)
    expect(found.level).toBe('intervene')
    expect(found.reasons.map(({ reason, points }) => [reason, points])).toEqual([
      ['ratio', 2],
      ['outlets', 2],
      ['one-person', 2],
      ['no-measure', 1],
    ])
    expect(found.reasons.map(({ says }) => says)).toEqual([
      'A week of 3.0 times the weeks before',
      '6 accounts opened within 28 days',
      'One person does 100 % of the work',
      'No goal says what is measured',
    ])
    expect(found.interventions.map(({ kind }) => kind)).toEqual([
      'half-load',
      'close-outlets',
      'second-owner',
      'set-measure',
    ])
    expect(found.interventions[0]).toMatchObject({ minutes: 300 })
    // Two of them may stay: the first.
    expect(found.interventions[1]).toMatchObject({ outlets: ['account 5', 'account 4', 'account 3', 'account 2'] })
  })

  test('signs count as much as an organisation says, and with no points not at all', () => {
    const noGoal = { ...calm, hasMeasure: false }
    expect(sprintScore(noGoal, settings)).toMatchObject({ points: 1, level: 'steady' })
    expect(sprintScore(noGoal, loadSettings({ pointsMeasure: 4 }))).toMatchObject({ points: 4, level: 'watch' })
    expect(sprintScore(noGoal, loadSettings({ pointsMeasure: 0 }))).toMatchObject({ points: 0, reasons: [] })
  })

  test('calm work has no points and needs nothing', () => {
    expect(sprintScore(calm, settings)).toEqual({ points: 0, level: 'steady', reasons: [], interventions: [] })
  })

  const weekly = (minutes: (number | null)[], more: Partial<SprintFacts> = {}) =>
    sprintScore(
      {
        ...{ ...calm, today: day(7 * minutes.length) },
        weeks: minutes.map((each, index) => ({
          monday: day(7 * index),
          minutes: each,
          cutBackPlanned: index % 3 === 2,
        })),
        ...more,
      },
      settings,
    ).reasons.map(({ reason }) => reason)

  test('knows each of the other reasons, and where it ends', () => {
    expect(weekly([100, 79, 62, 49])).toContain('falling')
    expect(weekly([100, 79, 64, 49])).toEqual([])
    expect(weekly([100, 100, 110])).toEqual(['cut-back-skipped'])
    expect(weekly([100, 100, 85])).toEqual([])
    const after = (done: boolean[]) => done.map((each, index) => ({ day: day(14 + index), done: each }))
    expect(weekly([100, 145, 80], { sessions: after([false, false, false, true]) })).toEqual(['missed'])
    // Two say nothing.
    expect(weekly([100, 145, 80], { sessions: after([false, false]) })).toEqual([])
    expect(weekly([null, null, 100, 149, 100])).toEqual([])
    expect(
      sprintScore({ ...calm, weeks: [{ monday: day(7), minutes: 300 }], baseline: 100 }, settings).reasons[0],
    ).toMatchObject({ reason: 'ratio', value: 3 })
  })

  test('few minutes and few sessions that change by chance are no signs', () => {
    // Whoever keeps four fifths misses two of five often, and twelve of thirty hardly ever.
    const missed = (count: number, due: number, own = settings) => {
      const sessions = Array.from({ length: due }, (_, index) => ({ day: day(14), done: index >= count }))
      const weeks = [100, 145, 80].map((minutes, index) => ({ monday: day(7 * index), minutes }))
      return sprintScore({ ...calm, today: day(21), weeks, sessions }, own).reasons.length > 0
    }
    expect([missed(2, 5), missed(3, 5), missed(4, 5), missed(9, 30), missed(12, 30)]).toEqual([
      ...[false, false, true, false, true],
    ])
    expect(missed(2, 5, loadSettings({ missedChance: 1 }))).toBe(true)
    // What everybody may do from the first day on is no jump, however little was done before.
    expect(weekly([20, 20, 10, 89])).toEqual([])
    expect(weekly([20, 20, 10, 91])).toEqual(['ratio'])
    // Nobody was there: neither a fall nor a zero that the next week is a multiple of.
    expect(weekly([100, 79, 62, null])).toEqual([])
    expect(weekly([100, 100, 80, null, 120])).toEqual([])
  })

  test('what was done is looked at beside what was planned', () => {
    const reasons = (weeks: SprintFacts['weeks']) =>
      sprintScore({ ...calm, today: day(7 * weeks.length), weeks }, settings).reasons.map(({ reason }) => reason)
    const week = (index: number, minutes: number, planned: number | null, cutBackPlanned = false) => ({
      ...{ monday: day(7 * index), minutes, planned, cutBackPlanned },
    })
    // The week before should have been 100, of which some was missed: 80 is a lighter week all the same.
    expect(reasons([week(0, 75, 100), week(1, 80, 80, true)])).toEqual([])
    expect(reasons([week(0, 75, 100), week(1, 98, 80, true)])).toEqual(['cut-back-skipped'])
    // The sessions of that week were no lighter, since there was nothing that could be left out.
    expect(reasons([week(0, 30, 30), week(1, 30, 30, true)])).toEqual([])
    expect(reasons([week(0, 100, 100), week(1, 79, 100), week(2, 62, 100), week(3, 49, 100)])).toEqual(['falling'])
    expect(reasons([week(0, 100, 100), week(1, 79, 80), week(2, 62, 65), week(3, 49, 50)])).toEqual([])
  })

  test('finds drawn sprinters by day 14 in at least 95 %, and steady ones in at most 2 %', () => {
    const next = mulberry32(7)
    const uniform = () => (next() + 0.5) / 2 ** 32
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    const drawn = (accounts: number, loads: number[], shares: number[]): SprintFacts => ({
      ...calm,
      ...{ hasMeasure: uniform() < 0.5, today: day(7 * loads.length - 1) },
      weeks: loads.map((each, index) => ({ monday: day(7 * index), minutes: each * Math.exp(0.15 * normal()) })),
      outlets: Array.from({ length: accounts }, (_, index) =>
        outlet(`account ${index}`, day(Math.floor(uniform() * 14))),
      ),
      minutes: new Map(shares.map((each, index) => [`person ${index}`, each])),
    })
    const flagged = (of: () => SprintFacts) =>
      Array.from({ length: 1000 }, () => sprintScore(of(), settings).level).filter((level) => level === 'intervene')
        .length / 1000
    expect(
      flagged(() => drawn(4 + Math.floor(uniform() * 4), [150, 300 + 300 * uniform()], [1])),
    ).toBeGreaterThanOrEqual(0.95)
    expect(flagged(() => drawn(Math.floor(uniform() * 3), [150, 160, 130, 170, 180, 150], [2, 1]))).toBeLessThanOrEqual(
      0.02,
    )
  })
})

describe('quitting', () => {
  const acts = (count: number) => Array.from({ length: count }, (_, index) => ({ day: day(index) }))

  test('is 21 days of silence after 14 active ones', () => {
    expect(quittingOf(acts(14), day(34), settings)).toEqual({
      quit: true,
      lastActive: day(13),
      silentDays: 21,
      activeDays: 14,
    })
    expect(quittingOf(acts(14), day(33), settings).quit).toBe(false)
    expect(quittingOf(acts(13), day(90), settings).quit).toBe(false)
    expect(quittingOf([...acts(13), ...acts(13)], day(90), settings).activeDays).toBe(13)
    expect(quittingOf([], day(90), settings)).toEqual({
      quit: false,
      lastActive: null,
      silentDays: null,
      activeDays: 0,
    })
  })
})
