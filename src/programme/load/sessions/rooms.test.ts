// Minutes of people whose names overlap in several lines: none is promised twice, and nothing is refused that could be had.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { openLedger } from './ledger.ts'
import { roomsOf } from './rooms.ts'
import { type Hours, person } from './sessions.testing.ts'

/** Monday. */
const from = '2026-11-02'
const hours: Hours = { zone: 'UTC', from, to: addDays(from, 6) }
const roomsFor = (minutes: readonly number[]) =>
  roomsOf(
    openLedger(
      minutes.map((weekly, index) => person(`p${index}`, hours, { weekly })),
      [],
      'UTC',
    ),
  )

test('what one of two may do is not counted once more for the other', () => {
  const rooms = roomsFor([60, 60])
  expect(rooms.take({ people: ['p0'], minutes: 60 }, from, from)).toBe(true)
  expect(rooms.take({ people: ['p0', 'p1'], minutes: 60 }, from, from)).toBe(true)
  expect(rooms.take({ people: ['p0', 'p1'], minutes: 10 }, from, from)).toBe(false)
  expect(rooms.take({ people: ['p1'], minutes: 10 }, from, from)).toBe(false)
})

test('what anybody may do makes room for what only one may do', () => {
  const rooms = roomsFor([60, 60, 60])
  expect(rooms.take({ people: ['p0', 'p1', 'p2'], minutes: 120 }, from, from)).toBe(true)
  expect(rooms.take({ people: ['p0'], minutes: 60 }, from, from)).toBe(true)
  expect(rooms.take({ people: ['p1', 'p2'], minutes: 1 }, from, from)).toBe(false)
})

test('of whatever work for whatever people: what is taken can be shared out, and what is refused cannot', () => {
  const work = fc.record({ who: fc.integer({ min: 1, max: 31 }), minutes: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 5, maxLength: 5 }),
      fc.array(work, { minLength: 1, maxLength: 25 }),
      (minutes, items) => {
        const rooms = roomsFor(minutes)
        const taken: typeof items = []
        // It can be shared out where no group of people is asked for more than they have together (Hall).
        const isFeasible = (some: typeof items) =>
          Array.from({ length: 31 }, (_, index) => index + 1).every((group) => {
            const asked = some.filter(({ who }) => (who & ~group) === 0).reduce((sum, each) => sum + each.minutes, 0)
            const there = minutes.reduce((sum, each, at) => sum + ((group >> at) & 1 ? each : 0), 0)
            return asked <= there + 1e-6
          })
        for (const item of items) {
          const people = minutes.flatMap((_, at) => ((item.who >> at) & 1 ? [`p${at}`] : []))
          const isTaken = rooms.take({ people, minutes: item.minutes }, from, from)
          expect(isTaken).toBe(isFeasible([...taken, item]))
          if (isTaken) taken.push(item)
        }
      },
    ),
  )
})
