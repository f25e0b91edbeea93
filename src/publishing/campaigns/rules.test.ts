// What the days make of a campaign, which phases fit, when it comes near, and what numbers add up to.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../lib/days.ts'
import { campaignState, nearedBy, resultsByAccount, termFault } from './rules.ts'

const term = { beginsOn: '2026-11-10', endsOn: '2026-11-12' }

test.each([
  ['2026-11-09', false, 'planned'],
  ['2026-11-10', false, 'running'],
  ['2026-11-12', false, 'running'],
  ['2026-11-13', false, 'over'],
  ['2026-11-09', true, 'closed'],
  ['2026-11-11', true, 'closed'],
] as const)('on %s, closed %s: %s', (today, closed, state) => {
  expect(campaignState({ ...term, closed }, today)).toBe(state)
})

describe('phases', () => {
  const phase = (beginsOn: string, endsOn: string) => ({ ...term, phases: [{ name: 'One', beginsOn, endsOn }] })
  test.each([
    [phase('2026-11-10', '2026-11-12'), null],
    [phase('2026-11-12', '2026-11-12'), null],
    [phase('2026-11-09', '2026-11-12'), { code: 'phase-outside', field: 'phases.0.beginsOn' }],
    [phase('2026-11-11', '2026-11-13'), { code: 'phase-outside', field: 'phases.0.endsOn' }],
    [phase('2026-11-12', '2026-11-11'), { code: 'ends-before-begin', field: 'phases.0.endsOn' }],
    [
      { beginsOn: '2026-11-12', endsOn: '2026-11-11', phases: [] },
      { code: 'ends-before-begin', field: 'endsOn' },
    ],
  ])('%j → %j', (given, fault) => expect(termFault(given)).toEqual(fault))
})

describe('coming near', () => {
  test('is told once for each number of days asked for, also when it was planned late', () => {
    expect(nearedBy([7, 1], [], term, '2026-11-02')).toEqual([])
    expect(nearedBy([7, 1], [], term, '2026-11-03')).toEqual([7])
    expect(nearedBy([7, 1], [7], term, '2026-11-08')).toEqual([])
    expect(nearedBy([7, 1], [], term, '2026-11-09')).toEqual([7, 1])
    expect(nearedBy([7, 1], [], term, '2026-11-10')).toEqual([])
  })

  test('follows the distance of days, whatever the dates', () => {
    const day = fc.integer({ min: -2000, max: 2000 }).map((days) => addDays('2026-01-01', days))
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 90 }), (today, beginsOn, asked) => {
        const left = daysBetween(today, beginsOn)
        expect(addDays(today, left)).toBe(beginsOn)
        expect(nearedBy([asked], [], { beginsOn }, today)).toEqual(left > 0 && left <= asked ? [asked] : [])
      }),
    )
  })
})

test('sums leave out what a network does not offer, and say how many they rest on', () => {
  const post = { account: 'Harbour', accountId: 'a', published: true, reposts: 0, quotes: null, views: null }
  const results = resultsByAccount([
    { ...post, likes: 3, replies: null },
    { ...post, likes: 4, replies: 2 },
    { ...post, likes: 100, replies: 100, published: false },
  ])
  expect(results).toEqual([
    {
      accountId: 'a',
      account: 'Harbour',
      published: 2,
      likes: { sum: 7, n: 2 },
      replies: { sum: 2, n: 1 },
      reposts: { sum: 0, n: 2 },
      quotes: { sum: null, n: 0 },
      views: { sum: null, n: 0 },
    },
  ])
})
