// Who is at work, when they are back, and whose manager may be whose.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessClock, calendarClock } from '../promises/business-clock.ts'
import { absenceFault, backAt, isAbsent, isAtWork, managerFault, spansAtWork } from './rules.ts'

const at = (text: string): Date => new Date(`${text}:00Z`)
const office = businessClock({
  ...{ zone: 'UTC', holidays: [], closed: [], extra: [] },
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
})
/** 30 November 2026 is a Monday. */
const away = [
  { from: at('2026-12-01T12:00'), to: at('2026-12-03T00:00') },
  { from: at('2026-12-02T00:00'), to: at('2026-12-04T17:00') },
]
const ada = { clock: office, absences: away }

describe('at work', () => {
  test('in hours and not away; the end of both is outside', () => {
    expect(isAtWork(ada, at('2026-11-30T09:00'))).toBe(true)
    expect(isAtWork(ada, at('2026-11-30T17:00'))).toBe(false)
    expect(isAtWork(ada, at('2026-12-01T11:59'))).toBe(true)
    expect(isAtWork(ada, at('2026-12-01T12:00'))).toBe(false)
    expect(isAbsent(ada, at('2026-12-04T16:59'))).toBe(true)
    expect(isAbsent(ada, at('2026-12-04T17:00'))).toBe(false)
  })

  test('without hours: always, but for absences', () => {
    expect(isAtWork({ clock: calendarClock, absences: [] }, at('2026-12-06T03:00'))).toBe(true)
    expect(isAtWork({ clock: calendarClock, absences: away }, at('2026-12-02T03:00'))).toBe(false)
  })
})

describe('back', () => {
  test('after the night, after absences that follow each other, after the weekend', () => {
    expect(backAt(ada, at('2026-11-30T10:00'))).toEqual(at('2026-11-30T10:00'))
    expect(backAt(ada, at('2026-11-30T18:00'))).toEqual(at('2026-12-01T09:00'))
    expect(backAt(ada, at('2026-12-01T13:00'))).toEqual(at('2026-12-07T09:00'))
  })

  test('never, where hours are over for good', () => {
    const once = businessClock({
      ...{ zone: 'UTC', week: [], holidays: [], closed: [] },
      extra: [{ day: '2026-11-30', from: '09:00', to: '10:00' }],
    })
    expect(backAt({ clock: once, absences: [] }, at('2026-12-01T00:00'))).toBeNull()
  })

  test('whenever that is, they are at work then and were not before', () => {
    const minutes = fc.integer({ min: 0, max: 14 * 24 * 60 })
    fc.assert(
      fc.property(minutes, fc.array(fc.tuple(minutes, minutes), { maxLength: 5 }), (ask, pairs) => {
        const begin = at('2026-11-28T00:00').getTime()
        const moment = (minute: number) => new Date(begin + minute * 60_000)
        const absences = pairs
          .map(([a, b]) => ({ from: moment(Math.min(a, b)), to: moment(Math.max(a, b) + 1) }))
          .sort((a, b) => a.from.getTime() - b.from.getTime())
        const person = { clock: office, absences }
        const back = backAt(person, moment(ask))!
        expect(isAtWork(person, back)).toBe(true)
        let minute = ask
        while (moment(minute) < back && !isAtWork(person, moment(minute))) minute++
        expect(moment(minute)).toEqual(back)
      }),
      { numRuns: 60 },
    )
  })
})

test('spans at work leave absences out', () => {
  expect(spansAtWork(ada, at('2026-12-01T00:00'), at('2026-12-08T00:00'))).toEqual([
    { from: at('2026-12-01T09:00'), to: at('2026-12-01T12:00') },
    { from: at('2026-12-07T09:00'), to: at('2026-12-07T17:00') },
  ])
})

test('an absence ends after it begins, is not over, and has a measure', () => {
  const now = at('2026-11-30T12:00')
  const of = (from: string, to: string) => absenceFault({ from: at(from), to: at(to) }, now)
  expect(of('2026-12-02T00:00', '2026-12-02T00:00')).toBe('absence-ends-before')
  expect(of('2026-11-28T00:00', '2026-11-30T12:00')).toBe('absence-over')
  expect(of('2026-11-28T00:00', '2030-11-30T12:00')).toBe('absence-too-long')
  expect(of('2026-11-28T00:00', '2026-12-02T00:00')).toBeNull()
})

test('nobody stands above themselves, however long the way', () => {
  const above = new Map([
    ['b', 'c'],
    ['c', 'd'],
    ['d', null],
  ])
  expect(managerFault('d', 'b', above)).toBe('managers-in-a-circle')
  expect(managerFault('a', 'b', above)).toBeNull()
})
