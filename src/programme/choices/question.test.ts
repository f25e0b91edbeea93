// What takes most of a usual week of anybody is asked about in parts, which together are worth what the whole is.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueOfItems } from '../choosing/bounds.ts'
import { readQuestion } from '../choosing/read-question.ts'
import { loadSettings } from '../load/figures/settings.ts'
import { channelsOf } from '../worth/channels.ts'
import type { ReadLine } from '../worth/lines.ts'
import { cadenceOf, itemsNow } from './plan-now.ts'
import { buildQuestion } from './question.ts'

const channels = channelsOf([
  { id: '0197f3a0-0000-7000-8000-000000000001', name: 'Harbour', network: 'Practice network' },
])
const line = (activity: string, minutes: number, more: Partial<ReadLine> = {}): ReadLine => ({
  ...{ channel: channels.byWord('Harbour'), activity, items: 20, young: 0, unread: 0, first: 100, decay: 0.75 },
  belief: { known: 'measured', likely: 100, low: 80, high: 120, log: { mean: 4.6, deviation: 0.1 }, trust: 0.9 },
  minutes: { mean: minutes, low: minutes, high: minutes, n: 20, isTold: false },
  ...{ most: 7, least: null, leastKind: 'minimum' as const, doneWeekly: 0.5, plannedWeekly: 0.5, months: 6, age: 1440 },
  decayKnown: { by: 'assumed', low: 0.75, high: 0.75, spread: 0, trust: 0, weeks: 0 },
  ...{ halfLife: null, signals: { links: null, interactions: null }, trend: [], told: null },
  ...more,
})
const asked = { weeks: 4, time: 'curve' as const, explore: 0, change: 0.3, seed: 1 }
const build = (lines: ReadLine[], minutes: number[]) =>
  buildQuestion({
    ...{ asked, lines, settings: loadSettings(), stopped: new Set<string>() },
    limits: { needs: () => null, shapes: new Map() },
    givers: minutes.map((_, at) => ({ memberId: `${at}`, name: `${at}`, departmentId: null, skills: [] })),
    room: { presence: 0, replies: 0, share: () => new Map(minutes.map((own, at) => [`${at}`, [own, own, own, own]])) },
  })

test('what takes four fifths of the week of somebody in the middle stays whole', () => {
  const { question, lines } = build([line('blog-post', 144), line('short-post', 10)], [240, 180, 150])
  expect(question.lines.map(({ minutes }) => minutes)).toEqual([144, 10])
  expect(lines.map(({ name, parts }) => [name, parts])).toEqual([
    ['blog post on Harbour', 1],
    ['short post on Harbour', 1],
  ])
})

test('what is longer is asked about in parts, and comes back whole', () => {
  const { question, lines } = build([line('blog-post', 205), line('short-post', 10)], [240, 180, 150])
  expect(question.lines[0]).toMatchObject({ minutes: 205 / 3, most: 21, before: 6 })
  expect(lines[0]).toMatchObject({ name: 'part of a blog post on Harbour (3 make one)', parts: 3, plannedWeekly: 0.5 })
  const id = lines[0]!.id
  const items = [
    { week: 0, line: id, person: '0', count: 2 },
    { week: 1, line: id, person: '1', count: 2 },
    { week: 2, line: id, person: '2', count: 2 },
    { week: 3, line: id, person: '0', count: 1 },
  ]
  // Seven parts are two and a third: two are asked for, one every other week.
  const [first] = cadenceOf(
    { lines: [lines[0]!], kept: [], items, weeks: 4, workingDays: 5, day: '2027-01-11' },
    [],
    channels,
  )
  expect(first).toMatchObject({ every: 2, slots: [{ anyOf: [{ activity: 'blog-post' }] }] })
  const now = itemsNow(readQuestion(question), lines)
  expect(now.filter((item) => item.line === id).reduce((sum, { count }) => sum + count, 0)).toBe(6)
})

test('so many parts as make whole ones are worth what these are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 30, max: 600 }),
      fc.constantFrom(0.5, 0.7, 0.75, 0.93, 0.985, 1),
      fc.integer({ min: 1, max: 6 }),
      (minutes, decay, count) => {
        const { question, lines } = build([line('blog-post', minutes, { decay })], [60])
        const { parts = 1 } = lines[0]!
        const own = question.lines[0]!
        expect(own.minutes * parts).toBeCloseTo(minutes, 9)
        const inParts = valueOfItems({ value: own.value, decay: own.decay! }, count * parts)
        expect(inParts / valueOfItems({ value: 100, decay }, count)).toBeCloseTo(1, 6)
      },
    ),
  )
})
