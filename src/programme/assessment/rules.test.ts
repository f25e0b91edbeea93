// What evidence says of each area, beside what people think.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { accountEvidenceOf, findingsOf } from './rules.ts'
import type { Evidence, Opinions } from './types.ts'

const span = { from: '2026-09-07', to: '2026-11-29' }
const account = {
  accountId: '00000000-0000-7000-8000-000000000001',
  name: 'Harbour',
  network: 'practice',
  knownFrom: span.from,
}
const onDays = (...days: number[]) => days.map((day) => ({ day: addDays(span.from, day), posts: 1, replies: 0 }))

const best: Opinions = { listening: 5, answering: 5, publishing: 5, sharing: 5, measuring: 5, lasting: 5 }
const nothing: Evidence = {
  ...{ zone: 'UTC', ...span, weeks: Array.from({ length: 12 }, () => ({ week: span.from, posts: 0, replies: 0 })) },
  ...{ accounts: [], people: [], heard: 0, promise: null, topics: 0, briefs: 0, coded: 0, goals: 0, visits: 0 },
}
const levels = (more: Partial<Evidence>) =>
  Object.fromEntries(findingsOf(best, { ...nothing, ...more }).map(({ area, level }) => [area, level]))

describe('an account', () => {
  test('has its gaps, from the first day to the last', () => {
    expect(accountEvidenceOf(account, onDays(10, 12, 40), span)).toMatchObject({
      ...{ posts: 3, activeDays: 3, longestGap: 43, lastOn: addDays(span.from, 40), isDormant: true },
    })
    expect(accountEvidenceOf(account, onDays(0, 30, 63, 83), span)).toMatchObject({ longestGap: 32, isDormant: false })
  })

  test('is not blamed for the time before anything is known of it', () => {
    const young = { ...account, knownFrom: addDays(span.to, -5) }
    expect(accountEvidenceOf(young, [], span)).toMatchObject({
      longestGap: 6,
      lastOn: null,
      isDormant: false,
      isYoung: true,
    })
    expect(accountEvidenceOf({ ...account, knownFrom: addDays(span.to, -30) }, [], span).isDormant).toBe(true)
  })
})

describe('an area', () => {
  test('without anything to judge by has no level; what was not begun has the lowest', () => {
    expect(levels({})).toEqual({
      ...{ listening: 1, answering: null, publishing: 1, sharing: null, measuring: 1, lasting: null },
    })
  })

  test.each<[string, Partial<Evidence>, Record<string, number>]>([
    ['listening that is read', { topics: 2, briefs: 4 }, { listening: 4 }],
    ['listening with two hundred coded', { topics: 2, briefs: 4, coded: 200 }, { listening: 5 }],
    ['three of ten promises kept', { heard: 10, promise: { due: 10, kept: 0.3, medianHours: 9 } }, { answering: 2 }],
    ['nineteen of twenty kept', { heard: 20, promise: { due: 20, kept: 0.95, medianHours: 1 } }, { answering: 5 }],
    ['one who does it all', { people: [{ items: 30 }] }, { sharing: 1 }],
    ['authors that accounts name', { people: [{ items: 6 }, { items: 4 }], peopleFrom: 'accounts' }, { sharing: 3 }],
    ['goals that are read', { goals: 1 }, { measuring: 4 }],
    ['an account that sleeps', { accounts: [accountEvidenceOf(account, [], span)] }, { lasting: 1 }],
    ['weeks one after the other', { weeks: nothing.weeks.map((week) => ({ ...week, posts: 1 })) }, { publishing: 5 }],
  ])('%s', (_, more, expected) => {
    expect(levels(more)).toMatchObject(expected)
  })

  test('of which little is known is not judged: what is unknown is neither none nor best', () => {
    const weeks = nothing.weeks.map((week, index) =>
      index < 10 ? { ...week, posts: null, replies: null } : { ...week, posts: 1 },
    )
    const young = accountEvidenceOf({ ...account, knownFrom: addDays(span.to, -5) }, [], span)
    expect(levels({ weeks, accounts: [young] })).toMatchObject({ publishing: null, lasting: null })
    const known = weeks.map((week, index) => (index < 8 ? week : { ...week, posts: index % 2 }))
    expect(levels({ weeks: known })).toMatchObject({ publishing: 2 })
  })

  test('is called too good where people think two steps better of it', () => {
    const views = Object.fromEntries(
      findingsOf({ ...best, measuring: 2 }, nothing).map(({ area, view }) => [area, view]),
    )
    expect(views).toMatchObject({ listening: 'too-good', answering: 'nothing-to-see', measuring: 'as-it-is' })
  })
})
