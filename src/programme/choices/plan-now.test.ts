// A chosen plan as a cadence and back: nothing is lost, what stays keeps its shape, what is done wherever finds its places.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readQuestion } from '../choosing/read-question.ts'
import { itemsAWeek } from '../load/cadence/rules.ts'
import type { CadenceLines } from '../plan/types.ts'
import { channelsOf } from '../worth/channels.ts'
import { cadenceOf, itemsNow, overflowOf } from './plan-now.ts'
import { type AskedLine, itemName } from './question.ts'
import { shapesOf } from './shapes.ts'

const channels = channelsOf([
  { id: '0197f3a0-0000-7000-8000-000000000001', name: 'Harbour', network: 'Practice network' },
  { id: '0197f3a0-0000-7000-8000-000000000002', name: 'Workshop', network: 'Practice network' },
])
const asked = (word: string | null, activity: string, plannedWeekly: number): AskedLine => {
  const channel = channels.byWord(word)
  return {
    id: `${channel.key}:${activity}`,
    channel,
    activity,
    name: itemName(activity, channel),
    known: 'measured',
    plannedWeekly,
  }
}
const line = (id: string, channel: string | null, activity: string, more: Partial<CadenceLines[number]> = {}) => ({
  ...{ id, channel, every: 1, unit: 'week' as const, slots: [{ anyOf: [{ activity }] }] },
  ...more,
})
const weekly = (lines: CadenceLines, channel: string | null, activity: string) =>
  lines
    .filter((each) => each.channel === channel)
    .flatMap((each) => each.slots.map((slot) => ({ ...each, slots: [slot] })))
    .filter(({ slots }) => slots[0]!.anyOf[0]!.activity === activity)
    .reduce((sum, each) => sum + itemsAWeek(each, 5), 0)
const items = (chosen: Record<string, number>) =>
  Object.entries(chosen).map(([id, count]) => ({ week: 0, line: id, person: 'p', count }))

const day = '2027-01-11'

describe('a cadence of what was chosen', () => {
  test('asks for exactly what was chosen, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 2, maxLength: 2 }),
        (weeks, counts) => {
          const lines = [asked('Harbour', 'short-post', 0), asked(null, 'podcast', 0)]
          const chosen = items({ [lines[0]!.id]: counts[0]!, [lines[1]!.id]: counts[1]! })
          const cadence = cadenceOf({ lines, kept: [], items: chosen, weeks, workingDays: 5, day }, [], channels)
          expect(weekly(cadence, 'Harbour', 'short-post')).toBeCloseTo(counts[0]! / weeks, 9)
          expect(weekly(cadence, null, 'podcast')).toBeCloseTo(counts[1]! / weeks, 9)
          expect(new Set(cadence.map(({ id }) => id)).size).toBe(cadence.length)
          for (const { slots, every } of cadence) expect([slots.length <= 50, every <= 8]).toEqual([true, true])
        },
      ),
    )
  })

  test('keeps who is named for a line and that it is done at one go', () => {
    const shape = { people: ['ada'], block: true }
    const lines = [
      { ...asked('Harbour', 'short-post', 1), ...shape },
      { ...asked(null, 'podcast', 1), ...shape },
    ]
    const chosen = items({ [lines[0]!.id]: 3, [lines[1]!.id]: 2 })
    const [posts, podcasts] = cadenceOf({ lines, kept: [], items: chosen, weeks: 1, workingDays: 5, day }, [], channels)
    expect([posts, podcasts]).toMatchObject([shape, shape])
    const [one] = cadenceOf(
      { lines: lines.slice(0, 1), kept: [], items: items({ [lines[0]!.id]: 2 }), weeks: 2, workingDays: 5, day },
      [],
      channels,
    )
    // One a week is no block.
    expect([one!.slots.length, one!.block, one!.people]).toEqual([1, undefined, ['ada']])
    const now = [
      line('a', 'Harbour', 'short-post', { people: ['ada'], block: true }),
      line('b', 'Harbour', 'short-post', { people: ['ben'] }),
      line('c', null, 'podcast', { people: ['ada'] }),
      line('d', null, 'podcast'),
    ]
    const shapes = shapesOf(now, channels)
    expect(shapes.get(lines[0]!.id)).toEqual({ people: ['ada', 'ben'], block: true })
    expect(shapes.get(lines[1]!.id)).toEqual({ people: null, block: false })
  })

  test('leaves what stays as it is, with its days and voices, and what nobody knows the worth of', () => {
    const now = [
      line('daily', 'Harbour', 'short-post', { unit: 'working-day' }),
      line('pod', null, 'podcast', { every: 3 }),
      line('workshop', 'Workshop', 'short-post'),
    ]
    const lines = [asked('Harbour', 'short-post', 5), asked('Workshop', 'short-post', 1)]
    const kept = [asked(null, 'podcast', 1 / 3)]
    const chosen = items({ [lines[0]!.id]: 20, [lines[1]!.id]: 6 })
    const cadence = cadenceOf({ lines, kept, items: chosen, weeks: 4, workingDays: 5, day }, now, channels)
    expect(cadence.slice(0, 2)).toEqual(now.slice(0, 2))
    expect(weekly(cadence, 'Workshop', 'short-post')).toBe(1.5)
  })

  test('leaves a line growing that stays as large as it is now, and asks for what was chosen where it does not', () => {
    const two = [{ anyOf: [{ activity: 'short-post' }] }, { anyOf: [{ activity: 'short-post' }] }]
    const now = [line('grows', 'Harbour', 'short-post', { slots: two, grows: { first: 1, from: day, weeks: 8 } })]
    const lines = [asked('Harbour', 'short-post', 1)]
    const chosen = (count: number) =>
      cadenceOf(
        { lines, kept: [], items: items({ [lines[0]!.id]: count }), weeks: 4, workingDays: 5, day },
        now,
        channels,
      )
    expect(chosen(4)).toEqual(now)
    const more = chosen(8)
    expect(weekly(more, 'Harbour', 'short-post')).toBe(2)
    expect(more.some(({ grows }) => grows)).toBe(false)
  })

  test('gives what was asked for wherever to the channels on which it was chosen', () => {
    const now = [
      line('wherever', null, 'short-post', { slots: [1, 2, 3].map(() => ({ anyOf: [{ activity: 'short-post' }] })) }),
    ]
    const lines = [asked('Harbour', 'short-post', 2), asked('Workshop', 'short-post', 1)]
    const same = cadenceOf(
      { lines, kept: [], items: items({ [lines[0]!.id]: 8, [lines[1]!.id]: 4 }), weeks: 4, workingDays: 5, day },
      now,
      channels,
    )
    expect(same).toEqual(now)
    const less = cadenceOf(
      { lines, kept: [], items: items({ [lines[0]!.id]: 10, [lines[1]!.id]: 0 }), weeks: 4, workingDays: 5, day },
      now,
      channels,
    )
    expect([
      weekly(less, 'Harbour', 'short-post'),
      weekly(less, 'Workshop', 'short-post'),
      weekly(less, null, 'short-post'),
    ]).toEqual([...[2.5, 0, 0]])
  })
})

describe('the plan that is there, as items', () => {
  const question = (minutes: number) =>
    readQuestion({
      weeks: 4,
      people: [
        { id: 'a', name: 'A', minutes: [minutes] },
        { id: 'b', name: 'B', minutes: [minutes] },
      ],
      lines: [
        { id: 'blog', channel: 'x', activity: 'blog-post', name: 'blog post', minutes: 60, value: 9, most: 5 },
        { id: 'short', channel: 'x', activity: 'short-post', name: 'short post', minutes: 10, value: 1, most: 20 },
      ],
    })
  const count = (all: ReturnType<typeof itemsNow>, id: string, week?: number) =>
    all
      .filter((item) => item.line === id && (week === undefined || item.week === week))
      .reduce((sum, each) => sum + each.count, 0)

  test('has what is asked for every other week every other week', () => {
    const all = itemsNow(question(100), [
      { id: 'blog', plannedWeekly: 0.5 },
      { id: 'short', plannedWeekly: 3 },
    ])
    expect([0, 1, 2, 3].map((week) => count(all, 'blog', week))).toEqual([0, 1, 0, 1])
    expect(count(all, 'short')).toBe(12)
  })

  test('says in which week it takes more than there is', () => {
    const planned = [
      { id: 'blog', plannedWeekly: 0.5 },
      { id: 'short', plannedWeekly: 3 },
    ]
    expect(overflowOf(question(50), planned)).toBe(null)
    expect(overflowOf(question(40), planned)).toBe('In week 2 it takes 90 minutes, and there are 80.')
  })

  test('is only as much as fits', () => {
    const all = itemsNow(question(25), [
      { id: 'blog', plannedWeekly: 1 },
      { id: 'short', plannedWeekly: 9 },
    ])
    expect([count(all, 'blog'), count(all, 'short', 0)]).toEqual([0, 4])
  })
})
