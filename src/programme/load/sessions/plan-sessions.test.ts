// Sessions: a cadence put into a week, holidays and clock changes that lose nothing, and for any question that no rule is broken.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayIn } from '../../../lib/days.ts'
import { instantOf } from '../../../publishing/times.ts'
import { monotonyOf } from '../guards/sharing.ts'
import { judgeSessions } from './judge-sessions.ts'
import { planSessions } from './plan-sessions.ts'
import { type Hours, item, person, settings } from './sessions.testing.ts'
import type { Placement, Session, SessionsQuestion, WorkItem } from './types.ts'

const zone = 'Europe/Berlin'
/** Monday. */
const from = '2026-11-02'
const hours: Hours = { zone, from, to: addDays(from, 13) }
const day = (index: number) => addDays(from, index)

const sessionsOf = (placements: Placement[]): Session[] =>
  placements.flatMap((each) => (each.outcome === 'dropped' ? [] : [each.session]))
const told = (placements: Placement[]) =>
  placements.map((each) =>
    each.outcome === 'dropped' ? `dropped ${each.reason}` : `${each.outcome} ${each.session.wall}`,
  )
const plan = (items: WorkItem[], more: Partial<SessionsQuestion> = {}) =>
  planSessions({ zone, from, to: day(13), items, people: [person('one', hours)], ...more }, settings)

describe('a week', () => {
  const blog = item('blog', { activity: 'blog-post', kind: 'key', minutes: 228, from: day(0), to: day(13) })
  const daily = [0, 1, 2, 3, 4].map((each) => item(`short ${each}`, { minutes: 8, from: day(each), to: day(each) }))

  test('has the long work in a blocked half-day, and daily posts on their days', () => {
    const found = sessionsOf(plan([blog, ...daily]))
    expect(found[0]).toMatchObject({
      kind: 'key',
      wall: `${day(0)}T09:00`,
      minutes: 228,
      until: new Date(`${day(0)}T13:00+01:00`),
    })
    expect(found.slice(1).map(({ day: at }) => at)).toEqual([0, 1, 2, 3, 4].map(day))
    // Nothing lies within the half-day.
    expect(found[1]!.wall).toBe(`${day(0)}T13:00`)
  })

  test('keeps hard days apart, and shares work by what each has for the week', () => {
    const keys = ['a', 'b', 'c'].map((id) => item(id, { kind: 'key', minutes: 60, from: day(0), to: day(4) }))
    expect(sessionsOf(plan(keys)).map(({ day: at }) => at)).toEqual([day(0), day(2), day(4)])
    const two = [person('one', hours, { weekly: 300 }), person('two', hours, { weekly: 100 })]
    const many = Array.from({ length: 8 }, (_, index) =>
      item(`${index}`, { minutes: 20, from: day(0), to: day(4), people: ['one', 'two'] }),
    )
    const shared = sessionsOf(plan(many, { people: two }))
    const of = (id: string) => shared.filter((each) => each.person === id).length
    expect([of('one'), of('two')]).toEqual([6, 2])
  })

  test('is full at its minutes, and at the ceiling', () => {
    const five = Array.from({ length: 5 }, (_, index) => item(`${index}`, { minutes: 20, from: day(0), to: day(4) }))
    const weekly = plan(five, { people: [person('one', hours, { weekly: 60 })] })
    expect(
      weekly.filter(({ outcome }) => outcome === 'dropped').map((each) => 'reason' in each && each.reason),
    ).toEqual(['week-full', 'week-full'])
    const ceiling = plan(five, { people: [person('one', hours, { ceiling: 60 })] })
    expect(
      ceiling.filter(({ outcome }) => outcome === 'dropped').map((each) => 'reason' in each && each.reason),
    ).toEqual(['ceiling', 'ceiling'])
  })

  test('leaves the day after duty at half of a usual one', () => {
    const people = [person('one', hours, { weekly: 200, duties: [day(6)] })]
    // 40 minutes are a usual day; Monday has 20 of them.
    expect(told(plan([item('a', { minutes: 20, from: day(7), to: day(7) })], { people }))).toEqual([
      `placed ${day(7)}T09:00`,
    ])
    expect(told(plan([item('a', { minutes: 21, from: day(7), to: day(7) })], { people }))).toEqual([
      `moved ${day(8)}T09:00`,
    ])
  })

  test('keeps one day of seven free, and days uneven, also of who works all week', () => {
    const always = person('one', { ...hours, week: [1, 2, 3, 4, 5, 6, 7] })
    const each = Array.from({ length: 14 }, (_, index) => item(`${index}`, { from: day(index), to: day(index) }))
    const found = plan(each, { people: [always] })
    const days = Array.from(
      { length: 14 },
      (_, index) => sessionsOf(found).filter(({ day: at }) => at === day(index)).length * 10,
    )
    for (const week of [days.slice(0, 7), days.slice(7)]) expect(monotonyOf(week, settings).tooEven).toBe(false)
    expect(found.filter(({ outcome }) => outcome === 'dropped').length).toBeGreaterThan(0)
    expect(judgeSessions({ zone, people: [always], sessions: sessionsOf(found) }, settings)).toEqual([])
  })
})

describe('nothing is lost', () => {
  test('on a holiday and during an absence: moved to the next free day, or dropped, with the reason', () => {
    const off = person('one', { ...hours, holidays: [day(1)], away: [day(2), day(3)] })
    const items = [1, 2, 3].map((each) => item(`${each}`, { from: day(each), to: day(each) }))
    const found = plan(items, { people: [off] })
    expect(told(found)).toEqual(['dropped holiday', `moved ${day(4)}T09:00`, `moved ${day(4)}T09:10`])
    expect(found.map((each) => 'says' in each && each.says)).toEqual([
      'It is a holiday',
      'Whoever may do it is away',
      'Whoever may do it is away',
    ])
    expect(told(plan([item('x', { people: ['gone'], from: day(0), to: day(0) })]))).toEqual(['dropped nobody'])
    expect(told(plan([item('x', { minutes: 500, from: day(0), to: day(0) })]))).toEqual(['dropped no-room'])
    expect(told(plan([item('x', { from: day(5), to: day(5) })]))).toEqual([`moved ${day(7)}T09:00`])
  })

  test('when the clock is set forward, the night is an hour shorter', () => {
    const sunday = '2027-03-28'
    const night = person('one', { zone, from: sunday, to: sunday, week: [7], begins: '01:00', ends: '05:00' })
    const of = (minutes: number) =>
      told(
        planSessions(
          {
            zone,
            from: sunday,
            to: sunday,
            people: [night],
            items: [item('x', { minutes, from: sunday, to: sunday })],
          },
          settings,
        ),
      )
    expect(of(181)).toEqual(['dropped no-room'])
    expect(of(180)).toEqual([`placed ${sunday}T01:00`])
  })

  test('when it is set back, no session begins in the hour that cannot be written down', () => {
    const sunday = '2026-10-25'
    const night = person('one', { zone, from: sunday, to: sunday, week: [7], begins: '01:00', ends: '05:00' })
    const items = Array.from({ length: 5 }, (_, index) => item(`${index}`, { minutes: 55, from: sunday, to: sunday }))
    const found = sessionsOf(planSessions({ zone, from: sunday, to: sunday, people: [night], items }, settings))
    for (const { wall, at } of found) expect(instantOf({ wall, zone })).toMatchObject({ at })
    // The third one lasts until 02:45 comes for the second time.
    expect(found.map(({ wall }) => wall.slice(11))).toEqual(['01:00', '01:55', '02:50', '03:00', '03:55'])
  })
})

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Havana',
  'Asia/Kathmandu',
  'UTC',
] as const
/** Weeks with a clock change in one of them, and one without. */
const mondays = ['2026-10-19', '2026-10-26', '2027-03-08', '2027-03-22', '2027-03-29', '2026-11-30'] as const
const offset = fc.integer({ min: 0, max: 13 })

const anyPerson = fc.record({
  week: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  hours: fc.constantFrom(
    ['09:00', '17:00'],
    ['00:00', '04:00'],
    ['22:00', '03:00'],
    ['01:30', '03:15'],
    ['00:00', '24:00'],
    ['12:00', '13:00'],
  ),
  holidays: fc.array(offset, { maxLength: 2 }),
  away: fc.array(offset, { maxLength: 4 }),
  weekly: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  ceiling: fc.option(fc.integer({ min: 30, max: 900 })),
  duties: fc.array(fc.integer({ min: -3, max: 13 }), { maxLength: 2 }),
})
const anyItem = fc.record({
  kind: fc.constantFrom('key' as const, 'light' as const),
  minutes: fc.integer({ min: 1, max: 300 }),
  begin: offset,
  length: fc.integer({ min: 0, max: 13 }),
  people: fc.subarray(['0', '1', '2']),
})

const anyQuestion = fc
  .record({
    zone: fc.constantFrom(...zones),
    start: fc.constantFrom(...mondays),
    people: fc.array(anyPerson, { minLength: 1, maxLength: 3 }),
    items: fc.array(anyItem, { maxLength: 30 }),
  })
  .map(({ zone: drawn, start, people, items }): SessionsQuestion => {
    const to = addDays(start, 13)
    const at = (index: number) => addDays(start, index)
    return {
      ...{ zone: drawn, from: start, to },
      people: people.map(({ hours: [begins, ends], holidays, away, duties, ...rest }, index) =>
        person(
          `${index}`,
          {
            zone: drawn,
            from: start,
            to,
            begins: begins!,
            ends: ends!,
            week: rest.week,
            holidays: holidays.map(at),
            away: [...new Set(away)].map(at),
          },
          {
            ceiling: rest.ceiling,
            duties: duties.map(at),
            ...(rest.weekly === undefined ? {} : { weekly: rest.weekly }),
          },
        ),
      ),
      items: items.map(({ begin, length, ...rest }, index) =>
        item(`${index}`, { ...rest, from: at(begin), to: at(Math.min(13, begin + length)) }),
      ),
    }
  })

describe('for any question', () => {
  test('every item is placed in its days, moved behind them, or dropped with a reason, and no rule is broken', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const found = planSessions(question, settings)
        expect(found.map((each) => each.item)).toEqual(question.items)
        for (const each of found) {
          if (each.outcome === 'dropped') {
            expect(each.says.length).toBeGreaterThan(5)
            continue
          }
          const { session, item: its } = each
          expect(its.people).toContain(session.person)
          expect(session.day).toBe(dayIn(session.at, question.zone))
          expect(instantOf({ wall: session.wall, zone: session.zone })).toMatchObject({ at: session.at })
          expect(session.day >= its.from && session.day <= question.to).toBe(true)
          expect(session.day <= its.to).toBe(each.outcome === 'placed')
        }
        expect(judgeSessions({ ...question, sessions: sessionsOf(found) }, settings)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('what was planned stays when it is planned again', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const kept = sessionsOf(planSessions(question, settings))
        const again = planSessions({ ...question, kept }, settings)
        expect(judgeSessions({ ...question, sessions: [...kept, ...sessionsOf(again)] }, settings)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
