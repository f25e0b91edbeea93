// Backlog and occupancy against a slow reference: every conversation is lived through minute by minute, and every minute is counted.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levelsAt } from './levels.ts'
import { busyOf, spansInHand } from './occupancy.ts'
import { type ConversationFacts, type Piece, piecesOf, type Turn } from './pieces.ts'

const minuteMs = 60_000
const people = ['ada', 'ben', null] as const
const departments = ['service', 'product', null] as const

/** What happens to a conversation in a minute. */
const event = fc.record({
  minute: fc.integer({ min: 0, max: 240 }),
  what: fc.oneof(
    fc.constantFrom({ kind: 'asks' as const }, { kind: 'ours' as const }),
    fc.constantFrom('open', 'snoozed', 'closed').map((to) => ({ kind: 'state' as const, to })),
    fc.constantFrom(...people).map((to) => ({ kind: 'owner' as const, to })),
    fc.constantFrom(...departments).map((to) => ({ kind: 'department' as const, to })),
  ),
})
const life = fc.record({
  account: fc.constantFrom('a', 'b'),
  begins: fc.integer({ min: 0, max: 200 }),
  events: fc.array(event, { maxLength: 14 }),
})
type Life = typeof life extends fc.Arbitrary<infer One> ? One : never

/** Of the minute: what stands at its beginning, once all has happened that happens at it. */
interface Minute {
  isThere: boolean
  isWaiting: boolean
  state: string | null
  owner: string | null
  department: string | null
}

const order = { asks: 0, ours: 1, state: 2, owner: 2, department: 2 }
const inTurn = ({ begins, events }: Life) =>
  events
    .filter(({ minute }) => minute >= begins)
    .toSorted((a, b) => a.minute - b.minute || order[a.what.kind] - order[b.what.kind])

/** Minute by minute, forwards. */
function livedThrough(one: Life, minutes: number): Minute[] {
  const events = inTurn(one)
  const stands = { state: 'open' as string | null, owner: null as string | null, department: null as string | null }
  let isWaiting = false
  return Array.from({ length: minutes }, (_, minute) => {
    for (const { what } of events.filter((each) => each.minute === minute)) {
      if (what.kind === 'asks') isWaiting = true
      else if (what.kind === 'ours') isWaiting = false
      else stands[what.kind] = what.to
    }
    return { ...stands, isThere: minute >= one.begins, isWaiting }
  })
}

/** As it is stored: what was said, what was done with what it was before, and how it stands now. */
function stored(one: Life, from: number, until: number, now: number): ConversationFacts {
  const stands: Record<Turn['kind'], string | null> = { state: 'open', owner: null, department: null }
  const facts = { words: [] as ConversationFacts['words'][number][], turns: [] as Turn[], wasWaiting: false }
  for (const { minute, what } of inTurn(one).filter((each) => each.minute <= now)) {
    const at = minute * minuteMs
    if (what.kind === 'asks' || what.kind === 'ours') {
      if (minute < from) facts.wasWaiting = what.kind === 'asks'
      else if (minute <= until) facts.words.push({ at, isOurs: what.kind === 'ours' })
    } else {
      if (minute >= from) facts.turns.push({ at, kind: what.kind, before: stands[what.kind] })
      stands[what.kind] = what.to
    }
  }
  return { ...facts, accountId: one.account, since: one.begins * minuteMs, now: stands }
}

const range = fc
  .tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 240 }))
  .map((three) => three.toSorted((a, b) => a - b) as [from: number, until: number, now: number])

test('the backlog of every minute is what is counted in that minute, whoever had it and wherever it was', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 6 }), range, (lives, [from, until, now]) => {
      const pieces = lives.flatMap((one) =>
        piecesOf(stored(one, from, until, now), { from: from * minuteMs, until: until * minuteMs }),
      )
      const minutes = Array.from({ length: until - from + 1 }, (_, index) => from + index)
      const instants = minutes.map((minute) => minute * minuteMs)
      const truth = lives.map((one) => ({ account: one.account, minutes: livedThrough(one, 241) }))
      const keys: [(piece: Piece) => string | null, (of: { account: string }, minute: Minute) => string | null][] = [
        [({ accountId }) => accountId, ({ account }) => account],
        [({ departmentId }) => departmentId, (_, { department }) => department],
        [({ ownerId }) => ownerId, (_, { owner }) => owner],
      ]
      for (const [keyOf, trueKey] of keys) {
        const found = levelsAt(pieces, instants, keyOf)
        for (const key of ['a', 'b', 'service', 'product', 'ada', 'ben', null]) {
          const counted = (isCounted: (minute: Minute) => boolean) =>
            minutes.map(
              (minute) =>
                truth.filter((of) => {
                  const stands = of.minutes[minute]!
                  return stands.isThere && stands.state !== 'closed' && trueKey(of, stands) === key && isCounted(stands)
                }).length,
            )
          expect(found.get(key)?.open ?? minutes.map(() => 0)).toEqual(counted(() => true))
          expect(found.get(key)?.waiting ?? minutes.map(() => 0)).toEqual(counted(({ isWaiting }) => isWaiting))
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('whoever has something in hand while at work is busy in just these minutes', () => {
  const shifts = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 })), { maxLength: 6 })
  fc.assert(
    fc.property(fc.array(life, { maxLength: 6 }), range, shifts, (lives, [from, until, now], given) => {
      // Shifts follow each other with a break before each.
      let end = from
      const atWork = given.flatMap(([pause, length]) => {
        const begin = end + pause + 1
        end = begin + length
        return end <= until ? [{ from: new Date(begin * minuteMs), to: new Date(end * minuteMs) }] : []
      })
      const pieces = lives.flatMap((one) =>
        piecesOf(stored(one, from, until, now), { from: from * minuteMs, until: until * minuteMs }),
      )
      const truth = lives.map((one) => livedThrough(one, 241))
      for (const person of ['ada', 'ben']) {
        const isAtWork = (minute: number) =>
          atWork.some((shift) => shift.from.getTime() <= minute * minuteMs && minute * minuteMs < shift.to.getTime())
        const hasAny = (minute: number) =>
          truth.some((of) => {
            const { isThere, isWaiting, state, owner } = of[minute]!
            return isThere && isWaiting && state === 'open' && owner === person
          })
        const staffed = Array.from({ length: 241 }, (_, minute) => minute).filter(isAtWork)
        const inHand = spansInHand(pieces, new Date(until * minuteMs)).get(person) ?? []
        expect(busyOf(atWork, inHand)).toEqual({
          staffedMs: staffed.length * minuteMs,
          busyMs: staffed.filter(hasAny).length * minuteMs,
        })
      }
    }),
    { numRuns: 300 },
  )
})
