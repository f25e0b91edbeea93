// The stop rule by simulation, as printed in the reference (science.md B2, V4), and by its parts.

import { describe, expect, test } from 'vitest'
import { drawsFrom } from '../../lib/stats/draws.ts'
import { type ReviewedLine, retestAt, reviewLines, stopFigures, weakProbabilities } from './stop.ts'
import { type MeasuredItem, valuesOf } from './values.ts'

const postsAMonth = [22, 12, 8, 8, 4, 2]
const weeksAMonth = 52 / 12

interface Programme {
  /** True value ÷ mean of the others. */
  ratio: number[]
  stopped: boolean[]
  /** By the rule that looks at the last month alone. */
  stoppedByMonth: boolean[]
}

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
const othersOf = (values: readonly number[], at: number) => mean(values.filter((_, index) => index !== at))

/** Six channels for six months: log-SD 1.1 within and 0.45 between, each item of the same cost. */
function live(seed: number): Programme {
  const draws = drawsFrom(seed)
  const truth = postsAMonth.map(() => 3 + 0.45 * draws.normal())
  const ids = truth.map((_, at) => String(at))
  const items: (MeasuredItem & { month: number })[] = []
  const stopped = truth.map(() => false)
  const stoppedByMonth = truth.map(() => false)
  let weakBefore = truth.map(() => false)
  for (let month = 1; month <= 6; month++) {
    for (const [at, many] of postsAMonth.entries())
      for (let post = 0; post < many; post++)
        items.push({ line: String(at), value: Math.exp(truth[at]! + 1.1 * draws.normal()), weeksAgo: 0, month })
    const lastMonth = ids.map((id) =>
      mean(items.filter((each) => each.line === id && each.month === month).map(({ value }) => value)),
    )
    for (const at of truth.keys()) stoppedByMonth[at] ||= lastMonth[at]! < 0.5 * othersOf(lastMonth, at)
    const values = valuesOf(
      items.map((each) => ({ ...each, weeksAgo: (month - each.month) * weeksAMonth })),
      ids,
      stopFigures.forgetHalfLifeWeeks,
    )
    const lines = values.map(
      (value, at): ReviewedLine => ({
        ...{ id: ids[at]!, name: ids[at]!, items: value.items, months: month, log: value.log, minutes: 10 },
        ...{ weeklyMinutes: 10, signals: { links: null, interactions: null }, weakBefore: [weakBefore[at]!] },
      }),
    )
    const verdicts = reviewLines(lines, seed * 10 + month)
    for (const [at, { proposal }] of verdicts.entries()) stopped[at] ||= proposal === 'stop'
    weakBefore = verdicts.map(({ isWeak }) => isWeak)
  }
  const worth = truth.map(Math.exp)
  return { ratio: worth.map((own, at) => own / othersOf(worth, at)), stopped, stoppedByMonth }
}

describe('four hundred programmes of half a year', () => {
  const programmes = Array.from({ length: 400 }, (_, at) => live(at + 1))
  const channels = programmes.flatMap(({ ratio, stopped, stoppedByMonth }) =>
    ratio.map((own, at) => ({ ratio: own, stopped: stopped[at]!, byMonth: stoppedByMonth[at]! })),
  )
  const shareOf = (from: number, to: number, what: 'stopped' | 'byMonth') => {
    const some = channels.filter(({ ratio }) => ratio > from && ratio <= to)
    expect(some.length).toBeGreaterThan(50)
    return some.filter((each) => each[what]).length / some.length
  }

  test('good channels are stopped in at most 1 %, bad ones in at least 65 %, those between seldom', () => {
    const shares = {
      good: shareOf(0.75, 99, 'stopped'),
      fair: shareOf(0.5, 0.75, 'stopped'),
      poor: shareOf(0.35, 0.5, 'stopped'),
      bad: shareOf(0, 0.35, 'stopped'),
    }
    expect(shares.good).toBeLessThanOrEqual(0.01)
    expect(shares.fair).toBeLessThanOrEqual(0.03)
    expect(shares.poor).toBeGreaterThan(shares.fair)
    expect(shares.poor).toBeLessThan(0.35)
    expect(shares.bad).toBeGreaterThanOrEqual(0.65)
  })

  test('whoever looks at the last month alone stops good ones all the time', () => {
    expect(shareOf(0.75, 99, 'byMonth')).toBeGreaterThan(0.35)
    expect(shareOf(0.5, 0.75, 'byMonth')).toBeGreaterThan(0.85)
  })
})

const line = (facts: Partial<ReviewedLine>): ReviewedLine => ({
  ...{ id: 'a', name: 'pictures', items: 20, months: 4, minutes: 10, log: { mean: 3, deviation: 0.1 } },
  ...{ weeklyMinutes: 45, signals: { links: 30, interactions: 200 }, weakBefore: [] },
  ...facts,
})
const other = line({ id: 'b', name: 'posts' })
const weak = { log: { mean: 1, deviation: 0.1 } }
const verdict = (facts: Partial<ReviewedLine>, others = [other]) => reviewLines([line(facts), ...others], 1)[0]!

describe('a review', () => {
  test.each<[string, Partial<ReviewedLine>, string, string | null]>([
    ['keeps what is worth as much', {}, 'keep', null],
    ['watches what is weak for the first time', weak, 'watch', null],
    ['proposes to stop what was weak twice', { ...weak, weakBefore: [true] }, 'stop', 'value'],
    ['begins anew when it was better in between', { ...weak, weakBefore: [false, true] }, 'watch', null],
    ['waits for ten items', { ...weak, weakBefore: [true], items: 9 }, 'watch', null],
    ['waits for two months', { ...weak, weakBefore: [true], months: 1.5 }, 'watch', null],
    ['needs one review where nobody does anything', { signals: { links: 0, interactions: 0 } }, 'stop', 'signals'],
    ['takes no number that is not offered for none', { signals: { links: null, interactions: null } }, 'keep', null],
    ['keeps what has links and no interactions', { signals: { links: 4, interactions: 0 } }, 'keep', null],
    ['waits for ten items in silence too', { signals: { links: 0, interactions: 0 }, items: 9 }, 'watch', null],
  ])('%s', (_, facts, proposal, by) => {
    expect(verdict(facts)).toMatchObject({ proposal, by })
  })

  test('does not take silence for proof where the others have hardly more', () => {
    const quiet = line({ id: 'b', signals: { links: 1, interactions: 2 } })
    expect(verdict({ signals: { links: 0, interactions: 0 } }, [quiet]).proposal).toBe('keep')
  })

  test('says what it found, how sure it is, and what would be free', () => {
    expect(verdict({ ...weak, weakBefore: [true] })).toMatchObject({
      freedMinutes: 45,
      words:
        'With a chance of more than 99 %, pictures is worth less than half of what the others are for a minute (20 items). ' +
        'So it was at the review before. Stopping frees 45 minutes a week; a person decides.',
    })
    expect(verdict({ signals: { links: 0, interactions: 0 } }).words).toContain('fewer than 0.15 for each')
    expect(verdict({}, []).words).toBe('Pictures is the only one: there is nothing to compare it with.')
  })

  test('is the same for the same seed', () => {
    const lines = [line({ log: { mean: 2.4, deviation: 0.4 } }), other]
    expect(weakProbabilities(lines, 3)).toEqual(weakProbabilities(lines, 3))
    expect(weakProbabilities(lines, 3)![0]).toBeGreaterThan(0.1)
    expect(weakProbabilities([other], 3)).toBeNull()
  })

  test('what was stopped is tried again after six months', () => {
    expect(retestAt(new Date('2026-03-15T10:00:00Z'))).toEqual(new Date('2026-09-15T10:00:00Z'))
    expect(retestAt(new Date('2026-08-31T10:00:00Z'))).toEqual(new Date('2027-02-28T10:00:00Z'))
    expect(stopFigures.retestMonths).toBe(6)
  })
})
