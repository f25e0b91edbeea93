// Lines that grow: from how many to how many in which week, never backwards, never ahead of their straight way, and what is too fast is refused with its rule.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { loadSettings } from '../figures/settings.ts'
import { planWeeks } from '../weeks/plan-weeks.ts'
import { growthFault, lineOn, stepsFrom, timesOn } from './growth.ts'
import { cadenceKept, itemsBetween } from './rules.ts'
import type { CadenceLine } from './types.ts'

const settings = loadSettings()
/** Monday. */
const from = '2027-01-11'
const week = (index: number) => addDays(from, 7 * index)
const lineOf = (all: number, grows?: CadenceLine['grows'], more: Partial<CadenceLine> = {}): CadenceLine => ({
  ...{ id: 'posts', channel: 'blog', every: 1, unit: 'week', grows },
  slots: Array.from({ length: all }, () => ({ anyOf: [{ activity: 'short-post' }] })),
  ...more,
})
const oneToThree = lineOf(3, { first: 1, from, weeks: 12 })

describe('from one to three a week over twelve weeks', () => {
  test('is one for six weeks, two for six, then three; before it begins it is one', () => {
    const times = Array.from({ length: 15 }, (_, index) => timesOn(oneToThree, week(index)))
    expect(times).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3])
    expect([timesOn(oneToThree, week(-3)), timesOn(oneToThree, addDays(week(6), 3))]).toEqual([1, 2])
    expect(stepsFrom(oneToThree, addDays(week(1), 2))).toEqual([
      { monday: week(1), times: 1 },
      { monday: week(6), times: 2 },
      { monday: week(12), times: 3 },
    ])
    expect(stepsFrom(oneToThree, week(20))).toEqual([{ monday: week(20), times: 3 }])
  })

  test('asks for no more than that, in items that keep their names, and other lines grow apart from it', () => {
    const steady = lineOf(2, undefined, { id: 'steady', channel: 'forum' })
    const items = itemsBetween({ from, lines: [oneToThree, steady] }, { from, to: addDays(week(13), 6) }, () => true)
    const count = (line: string, index: number) =>
      items.filter((item) => item.line === line && item.from === week(index)).length
    expect([0, 5, 6, 11, 12, 13].map((index) => count('posts', index))).toEqual([1, 1, 2, 2, 3, 3])
    expect([0, 6, 12].map((index) => count('steady', index))).toEqual([2, 2, 2])
    expect(items.find((item) => item.from === week(6) && item.line === 'posts')!.id).toBe(`posts ${week(6)} 1`)
  })

  test('is kept by as much as each period asked for', () => {
    const deed = (index: number) => ({ day: week(index), channel: 'blog', activity: 'short-post' })
    const deeds = [deed(0), deed(6)]
    const kept = cadenceKept({ from, lines: [oneToThree] }, { from, to: addDays(week(6), 6), deeds }, () => true)[0]!
    expect(kept).toMatchObject({ periods: 7, kept: 1, asked: 8, done: 2 })
  })
})

const growing = fc
  .record({
    all: fc.integer({ min: 2, max: 50 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    weeks: fc.integer({ min: 1, max: 104 }),
    every: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ all, share, weeks, every }) =>
    lineOf(all, { first: Math.max(1, Math.floor(all * share)), from, weeks }, { every }),
  )

test('any line begins with its first, never falls, never runs ahead of its straight way, and ends with all', () => {
  fc.assert(
    fc.property(growing, (line) => {
      const { first, weeks } = line.grows!
      const all = line.slots.length
      let before = 0
      for (let index = -2; index <= weeks + 2; index++) {
        const times = timesOn(line, week(index))
        expect(times).toBeGreaterThanOrEqual(before)
        expect(times).toBeLessThanOrEqual(first + ((all - first) * Math.min(weeks, Math.max(0, index))) / weeks + 1e-9)
        expect(lineOn(line, week(index)).slots).toEqual(line.slots.slice(0, times))
        before = times
      }
      expect([timesOn(line, from), before]).toEqual([first, all])
      expect(stepsFrom(line, from).map(({ times }) => times)).toEqual([
        ...new Set(Array.from({ length: weeks + 1 }, (_, index) => timesOn(line, week(index)))),
      ])
    }),
  )
})

describe('what is refused', () => {
  test('names its rule, the requirement and the field', () => {
    expect(growthFault(lineOf(3), settings)).toBeNull()
    expect(growthFault(oneToThree, settings)).toBeNull()
    expect(growthFault(lineOf(2, { first: 2, from, weeks: 4 }), settings)).toMatchObject({
      ...{ field: 'grows.first', rule: 'growth', requirement: 'R1-18' },
      says: expect.stringContaining('fewer than 2'),
    })
    expect(growthFault(lineOf(20, { first: 1, from, weeks: 2 }), settings)).toMatchObject({
      ...{ field: 'grows.weeks', rule: 'new-high', requirement: 'R1-08' },
      says: expect.stringContaining('From 1 to 10 at once is too fast'),
    })
  })

  test('is every line that has more than one more, or a fifth more, from one period to the next, and no other', () => {
    fc.assert(
      fc.property(growing, (line) => {
        const { first, weeks } = line.grows!
        const fault = growthFault(line, settings)
        const times = Array.from({ length: Math.ceil(weeks / line.every) + 1 }, (_, index) =>
          timesOn(line, week(index * line.every)),
        )
        const isSteep = times.some(
          (each, index) => each - (times[index - 1] ?? first) > Math.max(1, 0.2 * (times[index - 1] ?? first) + 1e-9),
        )
        expect(fault !== null).toBe(first >= line.slots.length || isSteep)
      }),
    )
  })
})

test('however lines grow, the weeks of the whole break no rule, and none holds more than its lines ask for by then', () => {
  fc.assert(
    fc.property(
      fc.array(growing, { minLength: 1, maxLength: 4 }),
      fc.option(fc.integer({ min: 60, max: 2000 })),
      (lines, ceiling) => {
        const minutesIn = (monday: string) =>
          lines.reduce((sum, line) => sum + (timesOn(line, monday) * 10) / line.every, 0)
        const mondays = Array.from({ length: 26 }, (_, index) => week(index))
        const { weeks } = planWeeks(
          {
            ...{ from, weeks: 26, ceiling, presence: 0, events: [], history: [] },
            baseline: { minutes: 90, from: 'new', weeks: 0 },
            target: lines.reduce((sum, { slots, every }) => sum + (slots.length * 10) / every, 0),
            targets: Object.fromEntries(mondays.map((monday) => [monday, minutesIn(monday)])),
          },
          settings,
        )
        expect(weeks.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'refused'))).toEqual([])
        for (const { monday, minutes } of weeks) {
          expect(minutes).toBeLessThanOrEqual(minutesIn(monday) + 1e-6)
          expect(minutes).toBeLessThanOrEqual((ceiling ?? Number.POSITIVE_INFINITY) + 1e-6)
        }
      },
    ),
  )
})
