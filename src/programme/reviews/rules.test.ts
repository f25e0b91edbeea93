// What a review proposes, where freed minutes go, whether a stop was right: cases of the rules.

import { describe, expect, test } from 'vitest'
import type { ReadLine } from '../worth/lines.ts'
import { firstWorkingDay, isReviewBefore, judgeStop, moveMinutes, reviewAll, shiftShare } from './rules.ts'

const line = (key: string, value: number, more: Partial<ReadLine> = {}): ReadLine => ({
  ...{ channel: { key, name: key }, activity: 'short-post', items: 40, young: 0, unread: 0 },
  belief: {
    ...{ known: 'measured', likely: value, low: value * 0.8, high: value * 1.2, trust: 0.9 },
    log: { mean: Math.log1p(value), deviation: 0.1 },
  },
  ...{ first: value, minutes: { mean: 10, low: 9, high: 11, n: 9, isTold: false }, decay: 0.9, most: 7 },
  decayKnown: { by: 'assumed', low: 0.9, high: 0.9, spread: 0, trust: 0, weeks: 0 },
  ...{ least: null, leastKind: 'minimum', doneWeekly: 3, plannedWeekly: 3, months: 6, age: 1440, halfLife: null },
  ...{ signals: { links: null, interactions: 100 }, trend: [], told: null },
  ...more,
})
const none = { weakBefore: new Set<string>(), seed: 7 }
const proposals = (lines: ReadLine[], weak: string[] = []) =>
  reviewAll(lines, { weakBefore: new Set(weak), seed: 7 }).map(({ proposal }) => proposal)

describe('a review', () => {
  test('proposes to shift what is weak once, and to stop it where it was weak a month before', () => {
    const lines = [line('a', 20), line('b', 22), line('c', 3)]
    expect(proposals(lines)).toEqual(['keep', 'keep', 'shift'])
    expect(proposals(lines, ['c:short-post'])).toEqual(['keep', 'keep', 'stop'])
    const [, , weak] = reviewAll(lines, none)
    expect(weak!.words).toContain('is worth less than half')
    expect(weak!.evidence).toMatchObject({ minutesWeekly: 30, probability: expect.any(Number), others: 126 })
  })

  test('only watches what has not had its time', () => {
    expect(proposals([line('a', 20), line('b', 22), line('c', 3, { items: 6 })], ['c:short-post'])).toEqual([
      ...['keep', 'keep', 'watch'],
    ])
    expect(proposals([line('a', 20), line('b', 22), line('c', 3, { months: 1 })], ['c:short-post'])[2]).toBe('watch')
  })

  test('says at once to stop what nobody did anything with, while others are answered', () => {
    const silent = line('c', 9, { signals: { links: 0, interactions: 0 } })
    const lines = [line('a', 10, { signals: { links: 90, interactions: 300 } }), silent]
    const [, stop] = reviewAll(lines, none)
    expect(stop).toMatchObject({ proposal: 'stop' })
    expect(stop!.words).toContain('Nobody followed a link')
  })

  test('speaks of measured lines alone; what somebody estimated or nobody knows is not judged', () => {
    const told = line('b', 1)
    const lines = [
      line('a', 20),
      { ...told, belief: { ...told.belief!, known: 'estimate' as const } },
      line('c', 1, { belief: null }),
    ]
    expect(reviewAll(lines, none).map((each) => each.line.channel.key)).toEqual(['a'])
  })
})

describe('freed minutes', () => {
  test('go item by item to what brings most next, and no line grows faster than a review permits', () => {
    const moves = moveMinutes(30, [line('a', 20), line('b', 19)])
    // Of 12 items in four weeks each may have 4 more; 120 minutes are twelve items.
    expect(moves.map(({ name, items }) => [name, items])).toEqual([
      ['short post on a', 4],
      ['short post on b', 4],
    ])
    expect(moves.reduce((sum, { minutesWeekly }) => sum + minutesWeekly, 0)).toBe(20)
  })

  test('never take more than there is, and go nowhere where nothing fits', () => {
    const moves = moveMinutes(30 * shiftShare, [
      line('a', 20, { minutes: { mean: 25, low: 20, high: 30, n: 3, isTold: false } }),
    ])
    expect(moves).toMatchObject([{ items: 1, minutesWeekly: 6.25 }])
    expect(moveMinutes(1, [line('a', 20)])).toEqual([])
    expect(moveMinutes(60, [])).toEqual([])
    expect(moveMinutes(60, [line('a', 20, { most: 3 })])).toEqual([])
  })
})

describe('a stop', () => {
  const stopped = { name: 'short post on c', anHour: { likely: 18, low: 14, high: 22 } }
  const hour = (likely: number) => ({ likely, low: likely - 1, high: likely + 1 })
  test('was right where its minutes bring more now, wrong where they bring less, and otherwise nobody can tell', () => {
    expect(judgeStop(stopped, [hour(40), hour(60)]).finding).toBe('right')
    expect(judgeStop(stopped, [hour(8)]).finding).toBe('wrong')
    expect(judgeStop(stopped, [hour(20)]).finding).toBe('unclear')
    expect(judgeStop(stopped, [])).toMatchObject({ finding: 'unclear', words: expect.stringContaining('not measured') })
  })
})

describe('the day of a review', () => {
  test('is the first on which people work', () => {
    expect(firstWorkingDay('2027-01', (day) => day === '2027-01-01')).toBe('2027-01-04')
    expect(firstWorkingDay('2027-05', () => false)).toBe('2027-05-03')
    expect(firstWorkingDay('2027-06', () => false)).toBe('2027-06-01')
  })

  test('lies about a month after the one that counts as before', () => {
    const at = (day: string) => new Date(`${day}T04:00Z`)
    expect(isReviewBefore(at('2027-05-03'), at('2027-06-01'))).toBe(true)
    // The same figures looked at twice prove nothing.
    expect(isReviewBefore(at('2027-05-25'), at('2027-06-01'))).toBe(false)
    expect(isReviewBefore(at('2027-02-01'), at('2027-06-01'))).toBe(false)
  })
})
