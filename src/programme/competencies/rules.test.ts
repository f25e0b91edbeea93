// The rules of the ladder, in tables: what is next, what is refused and why, when a gate opens.

import { describe, expect, test } from 'vitest'
import { defaultLadder } from './default-ladder.ts'
import {
  gateId,
  gatesFault,
  isKept,
  keyFor,
  opens,
  type Rung,
  type Step,
  shareOpen,
  spreadOf,
  statesOf,
  weeksInARow,
  whyNotBegin,
  whyNotOrder,
} from './rules.ts'
import type { Gate } from './types.ts'

const rungs: Rung[] = ['listening', 'answering', 'publishing'].map((key, index) => ({
  ...{ id: key, key, name: key, place: index + 1 },
}))
const at = new Date('2027-01-11T10:00:00Z')
const on = (competencyId: string): Step => ({ competencyId, masteredAt: null, setAsideAt: null })
const mastered = (competencyId: string): Step => ({ ...on(competencyId), masteredAt: at })
const aside = (competencyId: string): Step => ({ ...on(competencyId), setAsideAt: at })
const begin = (index: number, ...steps: Step[]) => whyNotBegin(rungs[index]!, rungs, steps)

describe('a team', () => {
  test('begins with listening, and then takes one rung after the other', () => {
    expect(begin(0)).toBe(null)
    expect(begin(1)).toMatchObject({ code: 'lower-rung-first', params: { requirement: 'R0-19', name: 'listening' } })
    expect(begin(1, mastered('listening'))).toBe(null)
    expect(begin(2, mastered('listening'))).toMatchObject({
      ...{ code: 'lower-rung-first', params: { requirement: 'R0-23', name: 'answering' } },
    })
  })

  test('learns one new competency at a time', () => {
    expect(begin(1, mastered('listening'), on('answering'))).toMatchObject({ code: 'one-at-a-time' })
    expect(begin(2, mastered('listening'), on('answering'))).toMatchObject({
      ...{ code: 'one-at-a-time', params: { name: 'answering', rule: 'one-new-competency', requirement: 'R0-18' } },
    })
    expect(begin(1, mastered('listening'), aside('answering'))).toBe(null)
    expect(begin(0, mastered('listening'))).toMatchObject({ code: 'mastered-already' })
  })

  test.each([
    [[], ['next', 'later', 'later']],
    [[on('listening')], ['going-on', 'later', 'later']],
    [[mastered('listening')], ['mastered', 'next', 'later']],
    [
      [mastered('listening'), aside('answering')],
      ['mastered', 'set-aside', 'later'],
    ],
    // Somebody put another rung below the one that is being learned.
    [
      [mastered('listening'), on('publishing')],
      ['mastered', 'later', 'going-on'],
    ],
    [
      [mastered('listening'), aside('answering'), on('publishing')],
      ['mastered', 'set-aside', 'going-on'],
    ],
  ])('%o stands so: %o', (steps, states) => {
    expect([...statesOf(rungs, steps).values()]).toEqual(states)
  })
})

describe('the order', () => {
  test('begins with listening, and names each rung once', () => {
    expect(whyNotOrder(rungs, ['listening', 'publishing', 'answering'])).toBe(null)
    expect(whyNotOrder(rungs, ['answering', 'listening', 'publishing'])).toMatchObject({ code: 'listening-is-first' })
    expect(whyNotOrder(rungs, ['listening', 'answering'])).toMatchObject({ code: 'order-outrun' })
    expect(whyNotOrder(rungs, ['listening', 'answering', 'answering'])).toMatchObject({ code: 'order-outrun' })
  })
})

describe('a gate', () => {
  const gate = (measure: Gate['measure'], bound: number, activity: string | null = null): Gate => ({
    ...{ measure, bound, activity },
  })

  test.each([
    ['counts', gate('posts-out', 24), { value: 24, of: null }, true],
    ['one too few', gate('posts-out', 24), { value: 23, of: null }, false],
    ['what nobody knows', gate('posts-out', 1), { value: null, of: null }, false],
    ['a share of too few', gate('replies-in-time', 95), { value: 100, of: 19 }, false],
    ['a share of enough', gate('replies-in-time', 95), { value: 95, of: 20 }, true],
    ['steady times', gate('time-spread', 50, 'short-post'), { value: 50, of: 8 }, true],
    ['uneven times', gate('time-spread', 50, 'short-post'), { value: 51, of: 8 }, false],
  ] as const)('%s', (_what, asked, read, isOpen) => {
    expect(opens(asked, read)).toBe(isOpen)
    expect(shareOpen(asked, read) === 1).toBe(isOpen)
  })

  test('is refused where it asks for what cannot be', () => {
    expect(gatesFault([gate('trained', 101)])).toMatchObject({ field: 'gates.0.bound' })
    expect(gatesFault([gate('observed', 1), gate('time-spread', 50)])).toMatchObject({ field: 'gates.1.activity' })
    expect(gatesFault([gate('observed', 1), gate('observed', 2)])).toMatchObject({ code: 'gate-twice' })
    expect(gatesFault([gate('time-spread', 50, 'a'), gate('time-spread', 50, 'b')])).toBe(null)
  })

  test('of the ladder that is laid is one, and each rung asks for more than a word', () => {
    for (const { gates, key } of defaultLadder) {
      expect(gatesFault(gates), key).toBe(null)
      expect(gates.filter(({ measure }) => measure !== 'observed').length, key).toBeGreaterThan(0)
      expect(new Set(gates.map(gateId)).size).toBe(gates.length)
    }
    expect(defaultLadder[0]!.key).toBe('listening')
  })
})

describe('weeks that were kept', () => {
  const weeks = (...kept: [string, boolean][]) => kept.map(([monday, is]) => ({ monday, isKept: is }))

  test.each([
    [100, 80, true],
    [100, 79, false],
    [5, 4, true],
    [0, 90, false],
  ])('%d asked, %d done', (asked, done, is) => {
    expect(isKept(asked, done)).toBe(is)
  })

  test('are counted in a row', () => {
    const all = weeks(['2027-01-04', true], ['2027-01-11', false], ['2027-01-18', true], ['2027-01-25', true])
    expect(weeksInARow(all)).toBe(2)
    expect(weeksInARow(all.toReversed())).toBe(2)
    expect(weeksInARow([])).toBe(0)
    // Without a plan in between a row ends.
    expect(weeksInARow(weeks(['2027-01-04', true], ['2027-01-18', true], ['2027-01-25', true]))).toBe(2)
  })
})

test('the spread of times needs eight of them', () => {
  expect(spreadOf([8, 8, 8, 8, 8, 8, 8])).toBe(null)
  expect(spreadOf([100, 8, 8, 8, 8, 8, 8, 8, 8])).toBe(0)
  expect(spreadOf([4, 12, 4, 12, 4, 12, 4, 12])).toBeCloseTo(53.45, 1)
})

test('a competency has a word that no other has', () => {
  expect(keyFor('Gespräche führen', new Set())).toBe('gesprache-fuhren')
  expect(keyFor('Подкаст', new Set())).toBe('own')
  expect(keyFor('Podcast!', new Set(['podcast', 'podcast-2']))).toBe('podcast-3')
})
