// Rounds of promise clocks as a table: known again by their beginning, and never a number that another one had.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueOf } from './due-of.ts'
import { at, knowing, version } from './promises.testing.ts'
import { type KnownRound, withStableRounds } from './rounds.ts'
import type { PromiseClock, TimelineEvent } from './timeline.ts'

const promise = version('v', {
  'first-reply': { minutes: 30, hours: 'calendar' },
  'next-reply': { minutes: 30, hours: 'calendar' },
  'periodic-update': { minutes: 90, hours: 'calendar' },
  resolution: { minutes: 600, hours: 'calendar' },
})
const begin: TimelineEvent = { kind: 'policy', at: at(-1), versionId: 'v', running: true }
const heard = (minute: number): TimelineEvent => ({ kind: 'customer', at: at(minute), messageId: `m${minute}` })
const replied = (minute: number): TimelineEvent => ({ kind: 'reply', at: at(minute) })
const told = (...events: TimelineEvent[]): PromiseClock[] =>
  dueOf([begin, ...events.toSorted((a, b) => a.at.getTime() - b.at.getTime())], knowing(promise), at(10_000))

const asKnown = (clocks: readonly PromiseClock[]): KnownRound[] =>
  clocks.map(({ metric, round, messageId, startedAt, endedAt }) => ({
    ...{ metric, round, messageId, startedAt, goesOn: endedAt === null },
  }))
const replies = (clocks: readonly PromiseClock[]) =>
  clocks.flatMap(({ metric, round, messageId }) => (messageId ? [`${messageId} ${metric} ${round}`] : []))

test('counted from the beginning where nothing is known', () => {
  const clocks = told(heard(0), replied(5), heard(10), replied(15), heard(20))
  expect(withStableRounds(clocks, [])).toEqual({ clocks, renamed: [] })
})

test('what came between gets a number of its own; all others keep theirs', () => {
  const before = told(heard(0), replied(5), heard(10), replied(15), heard(30))
  expect(replies(before)).toEqual(['m0 first-reply 1', 'm10 next-reply 1', 'm30 next-reply 2'])
  const { clocks } = withStableRounds(
    told(heard(0), replied(5), heard(10), replied(15), heard(20), replied(25), heard(30)),
    asKnown(before),
  )
  expect(replies(clocks)).toEqual(['m0 first-reply 1', 'm10 next-reply 1', 'm20 next-reply 3', 'm30 next-reply 2'])
})

test('a first reply that is a further one now keeps what was told of it', () => {
  const { clocks, renamed } = withStableRounds(told(heard(0), replied(5), heard(10)), asKnown(told(heard(10))))
  expect(replies(clocks)).toEqual(['m0 first-reply 2', 'm10 next-reply 1'])
  expect(renamed).toEqual([{ from: { metric: 'first-reply', round: 1 }, to: { metric: 'next-reply', round: 1 } }])
})

test('an older message that came late takes over; a later one in place of one that is gone does not', () => {
  const known = asKnown(told(heard(10)))
  expect(replies(withStableRounds(told(heard(0), heard(10)), known).clocks)).toEqual(['m0 first-reply 1'])
  expect(replies(withStableRounds(told(heard(20)), known).clocks)).toEqual(['m20 first-reply 2'])
})

const events = fc.array(fc.record({ minute: fc.nat(200), isOurs: fc.boolean() }), { maxLength: 25 })

test('in whatever lots a conversation becomes known, no number stands for two beginnings, and what is known keeps its own', () => {
  fc.assert(
    fc.property(fc.array(events, { minLength: 1, maxLength: 6 }), (lots) => {
      const beginnings = new Map<string, string>()
      const all = new Map<string, TimelineEvent>()
      let known: KnownRound[] = []
      for (const lot of lots) {
        for (const { minute, isOurs } of lot) all.set(`${minute} ${isOurs}`, isOurs ? replied(minute) : heard(minute))
        const { clocks } = withStableRounds(told(...all.values()), known)
        const numbers = clocks.map(({ metric, round }) => `${metric} ${round}`)
        expect(new Set(numbers).size).toBe(numbers.length)
        for (const { metric, round, messageId, startedAt, endedAt } of clocks) {
          const key = `${metric} ${round}`
          const beginning = `${messageId} ${startedAt.toISOString()}`
          const before = beginnings.get(key)
          // A number goes over to an earlier beginning alone, while it goes on.
          if (before !== undefined && before !== beginning) {
            expect(endedAt).toBeNull()
            expect(startedAt.toISOString() < before.split(' ')[1]!).toBe(true)
          }
          beginnings.set(key, beginning)
        }
        // Steps remember those that are not told any more.
        const there = asKnown(clocks)
        known = [
          ...there,
          ...known
            .filter(({ metric, round }) => !there.some((each) => each.metric === metric && each.round === round))
            .map((each) => ({ ...each, goesOn: false })),
        ]
      }
    }),
    { numRuns: 300 },
  )
})
