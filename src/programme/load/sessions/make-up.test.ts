// Missed sessions: made up soon, in the place of lighter ones, never squeezed in; and when the plan should be realigned.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { judgeSessions } from './judge-sessions.ts'
import { type KeptDay, type MissedQuestion, makeUpMissed, realignmentOf } from './make-up.ts'
import { planSessions } from './plan-sessions.ts'
import { type Hours, item, person, settings } from './sessions.testing.ts'
import type { Session, WorkItem } from './types.ts'

const zone = 'Europe/Berlin'
/** Monday. */
const from = '2026-11-02'
const day = (index: number) => addDays(from, index)
const hours: Hours = { zone, from, to: day(13), ends: '12:00' }
const one = person('one', hours)

const planned = (items: WorkItem[], people = [one]): Session[] =>
  planSessions({ zone, from, to: day(13), items, people }, settings).flatMap((each) =>
    each.outcome === 'dropped' ? [] : [each.session],
  )
const light = (index: number, minutes = 20) => item(`light ${index}`, { minutes, from: day(index), to: day(index) })
const key = (index: number, minutes = 90) =>
  item(`key ${index}`, { kind: 'key', minutes, from: day(index), to: day(index) })

/** Misses those named; everything before today is done. */
function miss(items: WorkItem[], ids: string[], today: number, more: Partial<MissedQuestion> = {}) {
  const all = planned(items)
  const left = all.filter(({ id }) => !ids.includes(id))
  const question: MissedQuestion = {
    ...{ zone, today: day(today), people: [one], missed: all.filter(({ id }) => ids.includes(id)) },
    done: left.filter((each) => each.day < day(today)),
    sessions: left.filter((each) => each.day >= day(today)),
    ...more,
  }
  return makeUpMissed(question, settings)
}
const told = ({ made }: ReturnType<typeof miss>) =>
  made.map((each) => `${each.missed.id}: ${each.outcome === 'moved' ? each.session.wall : each.reason}`)

describe('a light session', () => {
  test('is made up on the next free day, within two days', () => {
    expect(told(miss([light(0)], ['light 0'], 1))).toEqual([`light 0: ${day(1)}T09:00`])
    expect(told(miss([light(0)], ['light 0'], 2))).toEqual([`light 0: ${day(2)}T09:00`])
    expect(told(miss([light(0)], ['light 0'], 3))).toEqual(['light 0: too-late'])
    // Over a weekend there is none.
    expect(told(miss([light(4)], ['light 4'], 5))).toEqual(['light 4: no-working-time'])
  })

  test('only once', () => {
    const { made } = miss([light(0)], ['light 0'], 1)
    const again = made[0]!.outcome === 'moved' ? made[0]!.session : null
    expect(again).toMatchObject({ madeUp: true, plannedDay: day(0), day: day(1) })
    const second = makeUpMissed(
      { zone, today: day(2), people: [one], done: [], sessions: [], missed: [again!] },
      settings,
    )
    expect(told(second)).toEqual(['light 0: made-up-before'])
  })

  test('never makes a day more than 1.2 times the fuller of the two planned days', () => {
    // 60 minutes stand on Tuesday, so 72 are the most: 10 more fit, 20 do not, and Wednesday is free.
    const rest = [item('tuesday', { kind: 'key', minutes: 60, from: day(1), to: day(1) })]
    expect(told(miss([light(0, 12), ...rest], ['light 0'], 1))).toEqual([`light 0: ${day(1)}T10:00`])
    expect(told(miss([light(0, 20), ...rest], ['light 0'], 1))).toEqual([`light 0: ${day(2)}T09:00`])
    const both = [...rest, item('wednesday', { kind: 'key', minutes: 60, from: day(2), to: day(2) })]
    expect(told(miss([light(0, 20), ...both], ['light 0'], 1))).toEqual(['light 0: day-full'])
  })
})

describe('a key session', () => {
  test('is made up within seven days, on a day that takes it without displacing anything first', () => {
    expect(told(miss([key(1), light(2), light(3)], ['key 1'], 2))).toEqual([`key 1: ${day(4)}T09:00`])
    expect(told(miss([key(1)], ['key 1'], 8))).toEqual([`key 1: ${day(8)}T09:00`])
    expect(told(miss([key(1)], ['key 1'], 9))).toEqual(['key 1: too-late'])
  })

  test('displaces light ones where every day has some; each of them finds a day or is dropped', () => {
    const lights = (minutes: number) => [light(1, 22), ...[2, 3, 4, 7].map((each) => light(each, minutes))]
    const found = miss([key(0, 100), ...lights(118)], ['key 0'], 1)
    // 120 are the most of Tuesday, where 22 stand; 141 of Wednesday, where 118 do.
    expect(told(found)).toEqual([`key 0: ${day(1)}T09:00`, `light 1: ${day(2)}T10:58`])
    expect(found.made[0]).toMatchObject({ displaced: [{ id: 'light 1' }] })
    expect(told(miss([key(0, 100), ...lights(100)], ['key 0'], 1))[1]).toBe('light 1: day-full')
    expect(found.sessions.map(({ id }) => id).sort()).toEqual([
      'key 0',
      'light 1',
      'light 2',
      'light 3',
      'light 4',
      'light 7',
    ])
  })

  test('is dropped where nothing makes room', () => {
    const away = { ...one, ...person('one', { ...hours, away: [1, 2, 3, 4, 7].map(day) }) }
    expect(told(miss([key(0)], ['key 0'], 1, { people: [away] }))).toEqual(['key 0: absence'])
  })
})

describe('for any plan and whatever is missed', () => {
  const anyItem = fc.record({
    isKey: fc.boolean(),
    minutes: fc.integer({ min: 5, max: 150 }),
    at: fc.integer({ min: 0, max: 11 }),
  })
  test('each missed and each displaced session comes out once, moved or dropped, and no day is squeezed', () => {
    fc.assert(
      fc.property(
        fc.array(anyItem, { maxLength: 20 }),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        fc.integer({ min: 1, max: 10 }),
        (drawn, misses, today) => {
          const weekly = person('one', { ...hours, week: [1, 2, 3, 4, 5, 6] }, { weekly: 400, ceiling: 500 })
          const items = drawn.map(({ isKey, minutes, at }, index) => ({
            ...(isKey ? key(at, minutes) : light(at, minutes)),
            id: `${index}`,
          }))
          const all = planned(items, [weekly])
          const isMissed = ({ id, day: at }: Session) => misses[Number(id)]! && at < day(today)
          const missed = all.filter(isMissed)
          const done = all.filter((each) => !isMissed(each) && each.day < day(today))
          const sessions = all.filter((each) => each.day >= day(today))
          const found = makeUpMissed({ zone, today: day(today), people: [weekly], done, sessions, missed }, settings)
          const displaced = found.made.flatMap((each) => (each.outcome === 'moved' ? each.displaced : []))
          const expected = [...missed, ...displaced].map(({ id }) => id).sort()
          expect(found.made.map((each) => each.missed.id).sort()).toEqual(expected)
          // What is neither missed nor displaced is still where it was; what was moved is there once.
          const dropped = found.made.filter(({ outcome }) => outcome === 'dropped').map((each) => each.missed.id)
          const ids = [...sessions, ...missed].map(({ id }) => id).filter((id) => !dropped.includes(id))
          expect(found.sessions.map(({ id }) => id).sort()).toEqual(ids.sort())
          const minutesOf = (some: Session[], by: 'day' | 'plannedDay', at: string) =>
            some.filter((each) => each[by] === at).reduce((sum, { minutes }) => sum + minutes, 0)
          for (const made of found.made) {
            if (made.outcome === 'dropped') continue
            const { session, missed: before } = made
            expect(session.day > before.day && session.day >= day(today)).toBe(true)
            // The fullest of the days concerned: this one and those from which something came to it.
            const came = found.sessions
              .filter((each) => each.madeUp && each.day === session.day)
              .map(({ plannedDay }) => plannedDay)
            const most = Math.max(...[session.day, ...came].map((at) => minutesOf(all, 'plannedDay', at)))
            expect(minutesOf([...done, ...found.sessions], 'day', session.day)).toBeLessThanOrEqual(1.2 * most + 1e-6)
          }
          // What was missed leaves its own week lighter, which may make that more even: no fault of making up.
          const faults = judgeSessions({ zone, people: [weekly], sessions: [...done, ...found.sessions] }, settings)
          expect(faults.filter(({ rule }) => rule !== 'too-even')).toEqual([])
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('realignment', () => {
  const of = (days: number[], done: boolean, minutes = 10) => days.map((each) => ({ day: day(each), done, minutes }))
  const twice = (days: number[]) => [...days, ...days]
  test.each<[string, KeptDay[], number, string | null]>([
    ['two missed are life', [...of([0, 1, 4], true), ...of([2, 3], false)], 5, null],
    ['three within two weeks are not', [...of([0, 4], true), ...of([1, 2, 3], false)], 5, 'missed'],
    ['three, of which one is long ago', [...of([0], false), ...of([1, 14], true), ...of([12, 13], false)], 15, null],
    ['three of thirteen short ones are life', [...of(twice([0, 1, 2, 3, 4]), true), ...of([1, 2, 3], false)], 5, null],
    ['six of sixteen are not', [...of(twice([0, 1, 2, 3, 4]), true), ...of(twice([1, 2, 3]), false)], 5, 'missed'],
    [
      'three long ones beside many short ones',
      [...of(twice([0, 1, 2, 3, 4]), true), ...of([1, 2, 3], false, 60)],
      5,
      'missed',
    ],
    ['three short ones beside long ones', [...of([0, 4], true, 120), ...of([1, 2, 3], false)], 5, null],
    ['six days without one', [...of([0], true), ...of([3, 4], false)], 6, null],
    ['seven days without one', [...of([0], true), ...of([3, 4], false)], 7, 'gap'],
    ['a week in which nothing was planned', of([0], true), 7, null],
    ['nothing planned at all', [], 7, null],
    ['today is not over', [...of([0, 4], true), ...of([3, 4, 5], false)], 5, null],
  ])('%s', (_, sessions, today, because) => {
    expect(realignmentOf(sessions, day(today), settings)?.because ?? null).toBe(because)
  })

  test('says what happened', () => {
    expect(realignmentOf([...of([0], true), ...of([3], false)], day(9), settings)).toEqual({
      ...{ because: 'gap', missed: 1, gapDays: 9 },
      says: 'Nothing was done for 9 days. Go on with less, instead of where the plan would be.',
    })
  })
})
