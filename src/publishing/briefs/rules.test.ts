// Which state of a brief follows which, and when missing material is told.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { briefAllows, daysBetween, isCalendarDay, lacksMaterial } from './rules.ts'

test.each([
  ['open', 'begin', true],
  ['in-work', 'begin', false],
  ['open', 'decline', true],
  ['done', 'decline', false],
  ['declined', 'reopen', true],
  ['open', 'reopen', false],
  ['in-work', 'finish', true],
] as const)('%s: %s is %s', (state, change, allowed) => expect(briefAllows(state, change)).toBe(allowed))

const brief = {
  ...{ material: '', links: [] as string[], mediaIds: [] as string[] },
  ...{ state: 'open' as const, dueOn: '2026-12-08' },
}

describe('missing material', () => {
  test.each([
    ['eight days before', brief, '2026-11-30', false],
    ['seven days before', brief, '2026-12-01', true],
    ['after the due day', brief, '2026-12-20', true],
    ['with a text', { ...brief, material: 'From the workshop' }, '2026-12-07', false],
    ['with a link', { ...brief, links: ['https://example.org'] }, '2026-12-07', false],
    ['without a due day', { ...brief, dueOn: null }, '2026-12-07', false],
    ['already done', { ...brief, state: 'done' as const }, '2026-12-07', false],
  ])('%s', (_what, given, today, lacks) => expect(lacksMaterial(given, today, 7)).toBe(lacks))
})

test('days are counted by the calendar, also over a change of clocks', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(days, fc.integer({ min: -400, max: 400 }), (begin, count) => {
      const from = begin.toISOString().slice(0, 10)
      const to = new Date(Date.parse(from) + count * 86_400_000).toISOString().slice(0, 10)
      expect(daysBetween(from, to)).toBe(count)
    }),
  )
})

test('only days of the calendar are days', () => {
  expect([isCalendarDay('2026-02-28'), isCalendarDay('2026-02-30'), isCalendarDay('2026-13-01')]).toEqual([
    true,
    false,
    false,
  ])
})
