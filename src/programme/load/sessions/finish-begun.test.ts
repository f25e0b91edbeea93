// Pieces that were begun: whatever is missed and however full the weeks are, they are finished, and nothing is squeezed in for it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, mondayOf } from '../../../lib/days.ts'
import { judgeSessions } from './judge-sessions.ts'
import { type Hours, item, person, settings } from './sessions.testing.ts'
import { type Settled, type Standing, settleSessions } from './settle-sessions.ts'
import type { PlanPerson, Session, WorkItem } from './types.ts'

const zone = 'Europe/Berlin'
/** Monday. */
const from = '2026-11-02'
const hours: Hours = { zone, from, to: addDays(from, 150) }

const open = (work: WorkItem, session: Session | null): Standing => ({
  ...{ item: work, session, isAsked: true, isOlder: false, isRecut: false, isTheirs: true },
})
const settle = (
  standing: Standing[],
  people: PlanPerson[],
  more: { asked?: WorkItem[]; done?: Session[]; today?: string } = {},
) =>
  settleSessions(
    {
      ...{ zone, now: new Date(`${more.today ?? from}T05:00Z`), today: more.today ?? from, people, standing },
      until: addDays(mondayOf(more.today ?? from), 34),
      ...{ asked: more.asked ?? [], done: more.done ?? [] },
    },
    settings,
  )
const placesOf = (settled: readonly Settled[]) =>
  new Map(settled.flatMap((each) => (each.outcome === 'placed' ? [[each.id, each.session] as const] : [])))

/** Where things stand after a week was settled. */
function after(standing: readonly Standing[], settled: readonly Settled[]): Standing[] {
  const before = new Map(standing.map((each) => [each.item.id, each]))
  return settled.flatMap((each): Standing[] => {
    if (each.outcome === 'placed') return [open(each.item, each.session)]
    if (each.outcome === 'dropped') return [open(each.item, null)]
    return before.has(each.id) && each.outcome === 'stays' ? [before.get(each.id)!] : []
  })
}

const short = (index: number, monday = from) =>
  item(`short ${monday} ${index}`, { minutes: 20, from: monday, to: addDays(monday, 6), rank: index / 10 })
const part = (index: number) =>
  item(`film ${index}`, { kind: 'key', minutes: 60, begun: true, from: addDays(from, -28), to: addDays(from, -15) })

describe('an open part of what was begun', () => {
  const one = person('one', hours, { weekly: 120, ceiling: 120 })
  const full = after([], settle([], [one], { asked: Array.from({ length: 6 }, (_, index) => short(index + 1)) }))

  test('takes free time where there is some soon, though its days are long over', () => {
    const some = full.slice(0, 3)
    const settled = settle([...some, open(part(2), null)], [one])
    expect(placesOf(settled).get('film 2')!.day <= addDays(from, 6)).toBe(true)
    expect(settled.filter(({ outcome }) => outcome === 'stays')).toHaveLength(3)
  })

  test('takes the place of light work where the week is full; that comes later or is dropped with a reason', () => {
    expect(full.filter(({ session }) => session)).toHaveLength(6)
    const settled = settle([...full, open(part(2), null)], [one])
    const film = placesOf(settled).get('film 2')!
    expect(film.day <= addDays(from, 6)).toBe(true)
    expect(settled.map(({ id }) => id).sort()).toEqual([...full.map(({ item: { id } }) => id), 'film 2'].sort())
    expect(settled.filter(({ outcome }) => outcome === 'stays')).toHaveLength(3)
    for (const each of settled) if (each.outcome === 'dropped') expect(each.reason).toBe('week-full')
  })

  test('leaves alone what somebody chose a day for', () => {
    const chosen = full.map((each) => ({ ...each, session: { ...each.session!, byHand: true } }))
    const settled = settle([...chosen, open(part(2), null)], [one])
    expect(settled.filter(({ outcome }) => outcome === 'stays')).toHaveLength(6)
    expect(placesOf(settled).get('film 2')!.day >= addDays(from, 7)).toBe(true)
  })
})

test('whatever is missed, begun pieces end before new ones begin, nothing is lost and no rule is broken', () => {
  const arbitrary = fc.record({
    weekly: fc.integer({ min: 70, max: 240 }),
    parts: fc.integer({ min: 1, max: 4 }),
    shorts: fc.integer({ min: 0, max: 14 }),
    longs: fc.integer({ min: 0, max: 2 }),
    misses: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  })
  fc.assert(
    fc.property(arbitrary, ({ weekly, parts, shorts, longs, misses }) => {
      const people = [person('one', hours, { weekly, ceiling: weekly })]
      const long = (index: number) =>
        item(`new ${index}`, { kind: 'key', minutes: 60, from, to: addDays(from, 27), rank: 0.5 })
      const asked = [
        ...[0, 7, 14, 21].flatMap((days) =>
          Array.from({ length: shorts }, (_, index) => short(index, addDays(from, days))),
        ),
        ...Array.from({ length: longs }, (_, index) => long(index)),
      ]
      let standing: Standing[] = Array.from({ length: parts }, (_, index) => open(part(index), null))
      const done: Session[] = []
      let missed = 0
      const isOpen = () => done.filter(({ id }) => id.startsWith('film')).length < parts
      // Each of seven misses may cost a week.
      for (let day = from; isOpen() && day <= addDays(from, 7 * 13); day = addDays(day, 1)) {
        const closed = new Set(done.map(({ id }) => id))
        const still = asked.filter(({ id, to }) => !closed.has(id) && to >= day)
        const settled = settle(standing, people, { asked: still, done, today: day })
        const ids = settled.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { item: own } of standing) expect(ids).toContain(own.id)
        standing = after(standing, settled)
        const sessions = standing.flatMap(({ session }) => session ?? [])
        const faults = judgeSessions({ zone, people, sessions: [...done, ...sessions] }, settings)
        expect(faults.filter(({ rule }) => rule !== 'too-even')).toEqual([])
        // What stands on this day is done or missed; whoever misses a light one leaves it.
        for (const each of standing.filter(({ session }) => session?.day === day)) {
          const isMissed = misses[missed++ % misses.length]! && missed < 8
          if (!isMissed) done.push(each.session!)
          standing = standing.filter((other) => other !== each)
          if (isMissed && each.item.begun) standing.push(open(each.item, null))
        }
        standing = standing.filter(({ item: own, session }) => own.begun || session || own.to >= day)
      }
      const ended = done.filter(({ id }) => id.startsWith('film'))
      expect(ended).toHaveLength(parts)
      // In weeks in which a part was still open, nothing new was begun instead.
      const last = mondayOf(
        ended
          .map(({ day }) => day)
          .sort()
          .at(-1)!,
      )
      const early = done.filter(({ id, day }) => id.startsWith('new') && mondayOf(day) < last)
      if (weekly < 120) expect(early).toEqual([])
    }),
    { numRuns: 60 },
  )
})
