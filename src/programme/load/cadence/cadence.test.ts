// The cadence of R1-15 exactly: what it asks for, what keeps it, what it takes, and the sentence that says it is not "a few minutes a day".

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { activityOf, knownActivities } from '../costs/activities.ts'
import { unitCost } from '../costs/unit-cost.ts'
import { loadSettings } from '../figures/settings.ts'
import { cadenceMinutes, type PricedActivity } from './minutes.ts'
import { cadenceFaults, cadenceKept, itemsBetween, unfilled } from './rules.ts'
import type { Cadence, Deed } from './types.ts'

const settings = loadSettings()
/** Monday. */
const from = '2026-11-02'
const isWorkingDay = (day: string) => ![0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())

const two = [
  {
    anyOf: [
      { activity: 'status-update', voice: 'company' as const },
      { activity: 'status-update', voice: 'person' as const },
    ],
  },
  { anyOf: [{ activity: 'group-reply' }, { activity: 'group-post' }] },
]

/** "One blog every other week, one tweet daily and two LinkedIn posts", which differ in kind. */
const example: Cadence = {
  from,
  lines: [
    { id: 'blog', channel: 'blog', every: 2, unit: 'week', slots: [{ anyOf: [{ activity: 'blog-post' }] }] },
    {
      id: 'tweet',
      channel: 'twitter',
      every: 1,
      unit: 'working-day',
      slots: [{ anyOf: [{ activity: 'short-post' }] }],
    },
    { id: 'linkedin', channel: 'linkedin', every: 1, unit: 'week', slots: two, differ: true },
  ],
}

const priced = (own: Record<string, number[]> = {}, minutes: Record<string, number> = {}): PricedActivity[] =>
  knownActivities.map((activity) => ({
    activity,
    cost: unitCost({ minutes: minutes[activity.id] ?? activity.minutes }, own[activity.id] ?? [], settings),
  }))

describe('what it asks for', () => {
  test('in two weeks: one blog post, ten tweets, two statuses and two acts in groups', () => {
    const items = itemsBetween(example, { from, to: addDays(from, 13) }, isWorkingDay)
    const count = (id: string) => items.filter(({ choice }) => choice.activity === id).length
    expect([count('blog-post'), count('short-post'), count('status-update'), count('group-reply')]).toEqual([
      1, 10, 2, 2,
    ])
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(items.find(({ line }) => line === 'blog')).toMatchObject({ from, to: addDays(from, 13) })
  })

  test('is the same whether asked at once or day by day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (begin, length) => {
        const [first, last] = [addDays(from, begin), addDays(from, begin + length)]
        const days = Array.from({ length: length + 1 }, (_, index) => addDays(first, index))
        const apart = days.flatMap((day) => itemsBetween(example, { from: day, to: day }, isWorkingDay))
        const ids = (items: { id: string }[]) => items.map(({ id }) => id).sort()
        expect(ids(apart)).toEqual(ids(itemsBetween(example, { from: first, to: last }, isWorkingDay)))
      }),
    )
  })

  test('counts every second working day, without weekends and holidays', () => {
    const line = { ...example.lines[1]!, every: 2 }
    const holiday = '2026-11-04'
    const items = itemsBetween(
      { from, lines: [line] },
      { from, to: addDays(from, 7) },
      (day) => day !== holiday && isWorkingDay(day),
    )
    // Monday 2, Thursday 5 (Wednesday is a holiday), Monday 9.
    expect(items.map((each) => each.from)).toEqual(['2026-11-02', '2026-11-05', '2026-11-09'])
  })
})

describe('whether it was kept', () => {
  const deed = (activity: string, more: Partial<Deed> = {}): Deed => ({
    day: from,
    channel: 'linkedin',
    activity,
    ...more,
  })
  const kept = (deeds: Deed[]) => cadenceKept(example, { from, to: addDays(from, 13), deeds }, isWorkingDay)

  test('two statuses are not two posts of different kinds; a status and a reply in a group are', () => {
    const company = deed('status-update', { voice: 'company' })
    const person = deed('status-update', { voice: 'person' })
    expect(unfilled(two, [company, person])).toEqual([two[1]])
    expect(unfilled(two, [person, deed('group-reply')])).toEqual([])
    expect(unfilled(two, [company, deed('group-post')])).toEqual([])
    expect(unfilled(two, [deed('group-post'), deed('group-reply')])).toEqual([two[0]])
    // Nobody said whose status it is.
    expect(unfilled(two, [deed('status-update'), deed('group-reply')])).toEqual([two[0]])
  })

  test('a deed fills one slot, and the assignment that fills most is found', () => {
    const wide = { anyOf: [{ activity: 'a' }, { activity: 'b' }] }
    const narrow = { anyOf: [{ activity: 'a' }] }
    expect(unfilled([wide, narrow], [deed('a'), deed('b')])).toEqual([])
    expect(unfilled([narrow, wide], [deed('a')])).toHaveLength(1)
  })

  test('says which period missed what', () => {
    const tweets = ['2026-11-02', '2026-11-03'].map((day) => deed('short-post', { day, channel: 'twitter' }))
    const [blog, tweet, linkedin] = kept([
      deed('blog-post', { day: '2026-11-15', channel: 'blog' }),
      ...tweets,
      deed('group-reply'),
    ])
    expect(blog).toMatchObject({ periods: 1, kept: 1, asked: 1, done: 1, missing: [] })
    expect(tweet).toMatchObject({ periods: 10, kept: 2, asked: 10, done: 2 })
    expect(linkedin).toMatchObject({ periods: 2, kept: 0, asked: 4, done: 1 })
    expect(linkedin!.missing[0]).toEqual({ from, to: '2026-11-08', slots: [two[0]] })
  })
})

describe('what may not be one', () => {
  test('names the field', () => {
    expect(cadenceFaults(example)).toEqual([])
    const same = { ...example.lines[2]!, slots: [two[0]!, two[0]!], every: 0 }
    expect(cadenceFaults({ from, lines: [example.lines[0]!, same] }).map(({ field }) => field)).toEqual([
      'lines.1.every',
      'lines.1.slots',
    ])
    expect(cadenceFaults({ from, lines: [{ ...same, every: 1, slots: [] }] }).map(({ field }) => field)).toEqual([
      'lines.0.slots',
    ])
  })
})

describe('what it takes (B1, check 2)', () => {
  test('114 + 40 + 25 = 179 minutes a week, 36 a working day: not a few, and the screen says so', () => {
    const found = cadenceMinutes(example, priced(), settings)
    expect(found.lines.map(({ minutes }) => Math.round(minutes))).toEqual([114, 40, 25])
    expect(Math.round(found.week)).toBe(179)
    expect(Math.round(found.workingDay)).toBe(36)
    expect(found).toMatchObject({ few: false, assumed: true })
    expect(found.says).toBe(
      'This takes about 179 minutes a week, 36 minutes each working day. That is not "a few minutes a day" (up to 15). Most of it goes into a blog post: 114 minutes a week. Without it: 13 minutes each working day.',
    )
    expect(found.weekRange.low).toBeLessThan(found.week)
    expect(found.weekRange.high).toBeGreaterThan(found.week)
  })

  test('a blog post of 30 minutes still makes 16 minutes a day, which is not few; one of 20 makes it so', () => {
    const quick = cadenceMinutes(example, priced({}, { 'blog-post': 30 }), settings)
    expect(Math.round(quick.workingDay)).toBe(16)
    expect(quick.few).toBe(false)
    const quicker = cadenceMinutes(example, priced({}, { 'blog-post': 20 }), settings)
    expect(quicker).toMatchObject({ few: true })
    expect(quicker.says).toBe(
      'This takes about 75 minutes a week, 15 minutes each working day. That is only a few minutes a day.',
    )
  })

  test('follows measured minutes', () => {
    const measured = cadenceMinutes(example, priced({ 'blog-post': Array.from({ length: 60 }, () => 60) }), settings)
    expect(measured.lines[0]!.minutes).toBeGreaterThan(30)
    expect(measured.lines[0]!.minutes).toBeLessThan(40)
  })

  test('refuses an activity whose minutes nobody knows', () => {
    const line = { ...example.lines[0]!, slots: [{ anyOf: [{ activity: 'podcast' }] }] }
    expect(() => cadenceMinutes({ lines: [line] }, priced(), settings)).toThrow('podcast')
    expect(activityOf('podcast')).toBeNull()
  })

  test('adds up, and grows with how often', () => {
    const line = fc.record({
      every: fc.integer({ min: 1, max: 8 }),
      unit: fc.constantFrom('day' as const, 'working-day' as const, 'week' as const),
      activity: fc.constantFrom(...knownActivities.map(({ id }) => id)),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (drawn) => {
        const lines = drawn.map(({ activity, ...rest }, index) => ({
          ...{ id: `line ${index}`, channel: null, slots: [{ anyOf: [{ activity }] }] },
          ...rest,
        }))
        const prices = priced()
        const whole = cadenceMinutes({ lines }, prices, settings)
        const apart = lines.map((each) => cadenceMinutes({ lines: [each] }, prices, settings).week)
        expect(whole.week).toBeCloseTo(
          apart.reduce((a, b) => a + b),
          6,
        )
        const rarer = lines.map((each) => ({ ...each, every: each.every * 2 }))
        expect(cadenceMinutes({ lines: rarer }, prices, settings).week).toBeCloseTo(whole.week / 2, 6)
      }),
    )
  })
})
