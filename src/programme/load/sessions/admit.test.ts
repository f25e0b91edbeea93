// Where the weeks hold less than the plan asks for: every line gives up its last items, whichever is hard to place, and what was begun gives up nothing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { judgeSessions } from './judge-sessions.ts'
import { planSessions } from './plan-sessions.ts'
import { type Hours, item, person, settings } from './sessions.testing.ts'
import type { WorkItem } from './types.ts'

const zone = 'Europe/Berlin'
/** Monday. */
const from = '2026-11-02'
const hours: Hours = { zone, from, to: addDays(from, 27) }

/** So many of a line in a period of some weeks. */
const line = (id: string, count: number, { weeks = 1, minutes = 10, more = {} } = {}): WorkItem[] =>
  Array.from({ length: count }, (_, index) =>
    item(`${id} ${index + 1}`, {
      ...{ minutes, kind: minutes > 30 ? 'key' : 'light', rank: (index + 0.5) / count },
      ...{ from, to: addDays(from, 7 * weeks - 1), ...more },
    }),
  )
const placed = (items: WorkItem[], weekly: number, to = addDays(from, 6)) =>
  planSessions({ zone, from, to, items, people: [person('one', hours, { weekly })] }, settings).flatMap((each) =>
    each.outcome === 'dropped' ? [] : [each.session],
  )
const count = (sessions: readonly { id: string }[], id: string) =>
  sessions.filter((each) => each.id.startsWith(id)).length

describe('a week that holds half', () => {
  test('has half of every line, however long their periods are', () => {
    const found = placed([...line('weekly', 6), ...line('monthly', 6, { weeks: 4 })], 60)
    expect([count(found, 'weekly'), count(found, 'monthly')]).toEqual([3, 3])
    expect(found.map(({ id }) => id).sort()).toEqual(
      [1, 2, 3].flatMap((at) => [`monthly ${at}`, `weekly ${at}`]).sort(),
    )
  })

  test('does not consist of long work alone', () => {
    const found = placed([...line('long', 4, { minutes: 60 }), ...line('short', 12)], 180)
    expect([count(found, 'long'), count(found, 'short')]).toEqual([2, 6])
  })

  test('has what was begun before anything else', () => {
    const begun = line('begun', 2, { minutes: 40, more: { begun: true, to: addDays(from, -3) } })
    const found = placed([...line('short', 6), ...line('long', 1, { minutes: 40 }), ...begun], 80)
    expect(found.map(({ id }) => id).sort()).toEqual(['begun 1', 'begun 2'])
  })
})

test('a week that holds everything has everything', () => {
  const found = placed([...line('long', 2, { minutes: 60 }), ...line('short', 6)], 180)
  expect(found).toHaveLength(8)
})

test('whatever is asked for and however little there is, no rule is broken and no line loses much more than the others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ count: fc.integer({ min: 1, max: 12 }), weeks: fc.constantFrom(1, 2, 4) }), {
        ...{ minLength: 2, maxLength: 5 },
      }),
      fc.integer({ min: 20, max: 300 }),
      (lines, weekly) => {
        const items = lines.flatMap(({ count: many, weeks }, at) => line(`line-${at}`, many * weeks, { weeks }))
        const people = [person('one', hours, { weekly, ceiling: weekly + 50 })]
        const question = { zone, from, to: addDays(from, 27), items, people }
        const sessions = planSessions(question, settings).flatMap((each) =>
          each.outcome === 'dropped' ? [] : [each.session],
        )
        expect(judgeSessions({ zone, people, sessions }, settings)).toEqual([])
        // Of each line the first ones: nobody does the tenth and leaves the first.
        for (const [at, { count: many, weeks }] of lines.entries()) {
          if (weeks !== 4) continue
          const kept = sessions
            .filter(({ id }) => id.startsWith(`line-${at} `))
            .map(({ id }) => Number(id.split(' ')[1]))
          expect(Math.max(0, ...kept)).toBeLessThanOrEqual(kept.length + Math.ceil(0.35 * many * weeks) + 1)
        }
      },
    ),
  )
})
