// Guards: sharing, monotony, over-extension, dormancy, visibility and attendance.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { loadSettings } from '../figures/settings.ts'
import { attendanceBy, attendanceOf } from './attendance.ts'
import { dormantOutlets, type Outlet, overExtension, visibilityOf } from './outlets.ts'
import { monotonyOf, sharingOf } from './sharing.ts'

const settings = loadSettings()
/** Monday. */
const from = '2026-11-02'
const day = (index: number) => addDays(from, index)
const share = (...minutes: number[]) =>
  sharingOf(new Map(minutes.map((each, index) => [`person ${index}`, each])), settings)

describe('sharing', () => {
  test('is 0 when all do the same, 1 when one does everything, and knows how few carry half', () => {
    expect(share(30, 30, 30, 30)).toMatchObject({ concentration: 0, busFactor: 2, alarm: false })
    expect(share(120, 0, 0, 0)).toMatchObject({
      concentration: 1,
      busFactor: 1,
      alarm: true,
      top: { person: 'person 0', share: 1 },
    })
    // 1 − (0.5·ln 2 + 0.5·ln 4) / ln 3
    expect(share(50, 25, 25).concentration).toBeCloseTo(1 - (0.5 * Math.log(2) + 0.5 * Math.log(4)) / Math.log(3), 9)
    expect(share(50, 25, 25).busFactor).toBe(1)
    expect(share(40, 35, 25).busFactor).toBe(2)
    expect(share(0, 0)).toMatchObject({ concentration: null, busFactor: null, top: null })
    expect(share(50)).toMatchObject({ concentration: 1, alarm: false })
  })

  test('stays the same whatever the unit, and lies between 0 and 1', () => {
    const some = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(some, fc.double({ min: 0.1, max: 50, noNaN: true }), (minutes, by) => {
        fc.pre(minutes.some((each) => each > 1))
        const one = share(...minutes)
        const other = share(...minutes.map((each) => each * by))
        expect(other.concentration).toBeCloseTo(one.concentration!, 6)
        expect(one.concentration).toBeGreaterThanOrEqual(0)
        expect(one.concentration).toBeLessThanOrEqual(1)
        expect(one.busFactor).toBeLessThanOrEqual(Math.ceil(minutes.length / 2))
      }),
    )
  })
})

describe('monotony', () => {
  test.each<[string, number[], number | null, boolean]>([
    ['five equal days and a weekend', [60, 60, 60, 60, 60, 0, 0], 1.4639, false],
    ['six equal days', [60, 60, 60, 60, 60, 60, 0], 2.2678, true],
    ['hard and easy days apart', [120, 20, 120, 20, 120, 20, 0], 1.0607, false],
    ['every day the same', [30, 30, 30, 30, 30, 30, 30], null, true],
    ['nothing', [0, 0, 0, 0, 0, 0, 0], null, false],
  ])('%s', (_, days, value, tooEven) => {
    const found = monotonyOf(days, settings)
    expect(found.tooEven).toBe(tooEven)
    if (value === null) expect(found.value).toBeNull()
    else expect(found.value).toBeCloseTo(value, 2)
  })

  test('of at most five days with work is never too even: so plans keep two days free', () => {
    const five = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 5, maxLength: 5 })
    fc.assert(fc.property(five, (days) => !monotonyOf([...days, 0, 0], settings).tooEven))
  })
})

const outlet = (id: string, opened: string, lastActive: string | null = null): Outlet => ({
  id,
  name: id,
  opened,
  lastActive,
})

describe('accounts', () => {
  test('three opened within 28 days are too many; the day counts', () => {
    const two = [outlet('a', day(0)), outlet('b', day(10))]
    expect(overExtension([...two, outlet('c', day(27))], day(27), settings)).toMatchObject({ alarm: true })
    expect(overExtension([...two, outlet('c', day(28))], day(28), settings)).toMatchObject({ alarm: false })
    expect(overExtension([...two, outlet('c', day(40))], day(27), settings).opened.map(({ id }) => id)).toEqual([
      'b',
      'a',
    ])
  })

  test('are dormant after 28 days, and whoever joined and waited is told apart', () => {
    const all = [
      outlet('used', day(0), day(20)),
      outlet('joined', day(0)),
      outlet('lively', day(0), day(47)),
      outlet('new', day(40)),
    ]
    const found = dormantOutlets(all, day(48), settings)
    expect(found.map(({ outlet: { id }, days, neverUsed }) => [id, days, neverUsed])).toEqual([
      ['joined', 48, true],
      ['used', 28, false],
    ])
  })

  test('cannot be seen where nothing lives and nobody replies', () => {
    const hour = 3_600_000
    const window = { from: 0, to: 100 * hour }
    const living = [
      { from: 0, to: 10 * hour },
      { from: 5 * hour, to: 12 * hour },
    ]
    const found = visibilityOf({ living, replies: [40 * hour], window }, settings)
    expect(found.gaps).toEqual([
      { from: 12 * hour, to: 40 * hour },
      { from: 64 * hour, to: 100 * hour },
    ])
    expect(found.visible).toBeCloseTo(0.36, 9)
    // A night is no gap.
    expect(visibilityOf({ living: [{ from: 10 * hour, to: 100 * hour }], replies: [], window }, settings)).toEqual({
      gaps: [],
      visible: 0.9,
    })
    expect(visibilityOf({ living: [], replies: [], window: { from: 5, to: 5 } }, settings).visible).toBeNull()
  })
})

describe('attendance', () => {
  const isExpected = (each: string) => ![0, 6].includes(new Date(`${each}T00:00Z`).getUTCDay())
  const acts = (...days: number[]) => days.map((each) => ({ day: day(each) }))
  const of = (days: number[], today: number, to = today) =>
    attendanceOf(acts(...days), { from, to: day(to), today: day(today), isExpected })

  test('a weekend breaks no streak, and today is not missed before it is over', () => {
    expect(of([0, 1, 2, 3, 4, 7], 8)).toEqual({ expected: 6, present: 6, share: 1, streak: 6, longest: 6, gaps: [] })
    expect(of([0, 1, 2, 3, 4, 7, 8], 8)).toMatchObject({ streak: 7 })
    expect(of([], 0)).toEqual({ expected: 0, present: 0, share: null, streak: 0, longest: 0, gaps: [] })
  })

  test('names each gap once', () => {
    const found = of([0, 3, 4, 8], 10)
    expect(found).toMatchObject({ expected: 8, present: 4, share: 0.5, streak: 0, longest: 2 })
    expect(found.gaps).toEqual([
      { from: day(1), to: day(2), days: 2 },
      { from: day(7), to: day(7), days: 1 },
      { from: day(9), to: day(9), days: 1 },
    ])
    // What follows each other across a weekend is one.
    expect(of([0, 1, 2, 3], 8).gaps).toEqual([{ from: day(4), to: day(7), days: 2 }])
  })

  test('is told by channel and person, with those who never came', () => {
    const all = [
      { day: day(0), channel: 'blog', person: 'one' },
      { day: day(1), channel: 'short', person: 'one' },
      { day: day(1), channel: 'short', person: null },
    ]
    const facts = {
      from,
      to: day(1),
      today: day(2),
      isExpected: (name: string, each: string) => name !== 'two' && isExpected(each),
    }
    const people = attendanceBy(all, 'person', { ...facts, names: ['one', 'two'] })
    expect(people.get('one')).toMatchObject({ share: 1, streak: 2 })
    // Nobody is blamed for days on which the plan did not have them.
    expect(people.get('two')).toMatchObject({ expected: 0, share: null, gaps: [] })
    const channels = attendanceBy(all, 'channel', { ...facts, names: ['blog', 'short', 'video'] })
    expect([...channels.values()].map(({ present, share: of }) => [present, of])).toEqual([
      [1, 0.5],
      [1, 0.5],
      [0, 0],
    ])
  })

  test('every expected day is present or in one gap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 })), fc.integer({ min: 0, max: 60 }), (days, today) => {
        const { expected, present, gaps, longest, streak } = of(days, today)
        expect(gaps.reduce((sum, gap) => sum + gap.days, present)).toBe(expected)
        expect(longest).toBeGreaterThanOrEqual(streak)
      }),
    )
  })
})
