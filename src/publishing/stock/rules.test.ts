// Stock, living content, gaps and the recycled share: cases that people can check by hand, and properties.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aheadOf,
  freshnessOf,
  gapsIn,
  gapsOf,
  halfLifeOf,
  joined,
  lifeOf,
  paceOf,
  recycledShare,
  runsDry,
  type Span,
  stockDays,
} from './rules.ts'

const now = new Date('2026-11-29T12:00:00Z')
const at = (hours: number): number => now.getTime() + hours * 3_600_000
const span = (from: number, to: number): Span => ({ from: at(from), to: at(to) })

describe('stock', () => {
  test.each([
    ['seven slots a week: one a day', 6, { slotsPerWeek: 7, publishedIn28Days: 0 }, 6],
    ['slots count before what was done', 4, { slotsPerWeek: 14, publishedIn28Days: 28 }, 2],
    ['no slots: the mean of 28 days', 3, { slotsPerWeek: 0, publishedIn28Days: 14 }, 6],
    ['nothing ready', 0, { slotsPerWeek: 3, publishedIn28Days: 0 }, 0],
    ['no pace at all is not known, and not zero', 5, { slotsPerWeek: 0, publishedIn28Days: 0 }, null],
  ])('%s', (_what, ready, facts, days) => expect(stockDays(ready, paceOf(facts))).toBe(days))

  const facts = fc.record({ slotsPerWeek: fc.nat(70), publishedIn28Days: fc.nat(300) })

  test('more ready content lasts longer, a faster pace shorter, and pace times days is what is ready', () => {
    fc.assert(
      fc.property(fc.nat(1000), facts, (ready, given) => {
        const pace = paceOf(given)
        const days = stockDays(ready, pace)
        if (!pace || days === null) {
          expect(given).toEqual({ slotsPerWeek: 0, publishedIn28Days: 0 })
          return
        }
        expect(days * pace.perDay).toBeCloseTo(ready, 6)
        expect(stockDays(ready + 1, pace)!).toBeGreaterThan(days)
        expect(stockDays(ready, { ...pace, perDay: pace.perDay * 2 })!).toBeCloseTo(days / 2, 9)
      }),
    )
  })

  test('it runs dry below the threshold alone, and never where nobody can tell', () => {
    expect([runsDry(4.9, 5), runsDry(5, 5), runsDry(null, 5), runsDry(0, 0)]).toEqual([true, false, false, false])
  })
})

describe('half-life', () => {
  const defaults = [
    { kind: 'post', halfLifeMinutes: 80, source: '' },
    { kind: 'article', halfLifeMinutes: 1000, source: '' },
  ] as const
  test.each([
    ['the public figure', 'post', {}, 1, 80],
    ['bent to the sector', 'post', {}, 0.5, 40],
    ['one’s own as it is', 'post', { post: 30 }, 0.5, 30],
    ['a kind without a figure counts as a post', 'video', {}, 1, 80],
    ['a kind without a figure, where the post has one’s own', 'video', { post: 30 }, 1, 30],
    ['one’s own of another kind changes nothing', 'article', { video: 5 }, 1, 1000],
  ] as const)('%s', (_what, kind, own, factor, minutes) =>
    expect(halfLifeOf(kind, own, defaults, factor)).toBe(minutes),
  )
  test('nobody says one', () => expect(halfLifeOf('post', {}, [], 1)).toBeNull())
})

describe('freshness', () => {
  const living = lifeOf(new Date(at(-2)), 60)

  test('content lives three half-lives', () => expect(living).toEqual(span(-2, 1)))

  test('the next gap begins where the present content ends, with what is planned before then', () => {
    expect(freshnessOf([living], [], now)).toEqual({
      living: 1,
      lastEndsAt: new Date(at(1)),
      nextGapAt: new Date(at(1)),
    })
    expect(freshnessOf([living], [span(0.5, 4), span(6, 9)], now).nextGapAt).toEqual(new Date(at(4)))
  })

  test('where nothing is alive the gap is now, whatever is planned', () => {
    const gone = { living: 0, lastEndsAt: new Date(at(-1)), nextGapAt: null }
    expect(freshnessOf([span(-5, -1)], [span(1, 3)], now)).toEqual(gone)
    expect(freshnessOf([], [], now)).toEqual({ living: 0, lastEndsAt: null, nextGapAt: null })
  })

  test('gaps of a young account are those since it is there', () => {
    const since = new Date(at(-48))
    expect(gapsOf([span(-40, -30), span(-6, 2)], since, now, 30)).toEqual({
      days: 2,
      count: 2,
      share: (8 + 24) / 48,
      longestHours: 24,
    })
    expect(gapsOf([], since, now, 1)).toEqual({ days: 1, count: 1, share: 1, longestHours: 24 })
    expect(gapsOf([], now, now, 30)).toBeNull()
  })

  const spans = fc.array(
    fc.tuple(fc.integer({ min: -200, max: 100 }), fc.integer({ min: 1, max: 90 })).map(([a, b]) => span(a, a + b)),
    { maxLength: 30 },
  )
  const window = span(-100, 0)
  const length = (some: Span[]): number => some.reduce((sum, { from, to }) => sum + to - from, 0)
  const inside = ({ from, to }: Span): Span => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) })

  test('gaps and living time fill the window, never overlap, and one more post never makes a longer gap', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: -100, max: 0 }), (some, more) => {
        const gaps = gapsIn(some, window)
        const alive = joined(some.map(inside))
        expect(length(gaps) + length(alive)).toBe(window.to - window.from)
        for (const gap of gaps) expect(some.some((each) => each.from < gap.to && each.to > gap.from)).toBe(false)
        expect(length(gapsIn([...some, span(more, more + 5)], window))).toBeLessThanOrEqual(length(gaps))
      }),
    )
  })

  test('a day ahead counts what lives in it, and the hours in which nothing does', () => {
    const days = [span(0, 12), span(12, 36), span(36, 60)]
    expect(aheadOf([living, span(20, 30), span(28, 40), span(5, 5)], days)).toEqual([
      { alive: 1, emptyHours: 11 },
      { alive: 2, emptyHours: 8 },
      { alive: 1, emptyHours: 20 },
    ])
    fc.assert(
      fc.property(spans, (some) => {
        for (const { alive, emptyHours } of aheadOf(some, days)) if (alive === 0) expect(emptyHours).toBeGreaterThan(0)
        const empty = aheadOf(some, days).reduce((sum, each) => sum + each.emptyHours, 0)
        expect(empty * 3_600_000).toBeCloseTo(length(gapsIn(some, span(0, 60))), 3)
      }),
    )
  })

  test('the order of posts does not matter', () => {
    fc.assert(
      fc.property(spans, (some) => {
        expect(gapsIn(some.toReversed(), window)).toEqual(gapsIn(some, window))
      }),
    )
  })
})

test.each([
  ['none out', 0, 0, { share: null, over: false }],
  ['at the limit', 2, 10, { share: 0.2, over: false }],
  ['above it', 3, 10, { share: 0.3, over: true }],
  ['too few to say', 4, 4, { share: 1, over: false }],
])('recycled share, %s', (_what, recycled, n, wanted) => expect(recycledShare(recycled, n, 20)).toMatchObject(wanted))
