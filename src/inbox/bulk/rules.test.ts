// How one of many is put back.

import { describe, expect, test } from 'vitest'
import { isDone, sameStanding, wayBack, withMark, withoutMark } from './rules.ts'
import type { BulkChange, MarkChange, Standing } from './types.ts'

const now = new Date('2026-11-30T12:00:00Z')
const later = '2026-12-01T09:00:00.000Z'
const open: Standing = {
  ...{ state: 'open', reason: null, snoozedUntil: null, ownerId: null, departmentId: null },
  ...{ priority: 'normal', tags: [] },
}
const closed: Standing = { ...open, state: 'closed', reason: 'spam' }
const putOff: Standing = { ...open, state: 'snoozed', snoozedUntil: later }

describe('the way back', () => {
  test.each([
    ['of one that was closed', open, closed, { move: { to: 'open' }, assign: null }],
    ['of one that was opened', closed, open, { move: { to: 'closed', reason: 'spam' }, assign: null }],
    ['of one that was put off before', putOff, closed, { move: { to: 'snoozed', until: later }, assign: null }],
    ['of one that was given to somebody', open, { ...open, ownerId: 'a' }, { move: null, assign: { ownerId: null } }],
    [
      'of one that was handed over',
      { ...open, departmentId: 'd' },
      { ...open, departmentId: 'e' },
      { move: null, assign: { ownerId: null, departmentId: 'd' } },
    ],
    ['of nothing', open, open, { move: null, assign: null }],
  ])('%s', (_, before, after, way) => {
    expect(wayBack(before, after, now)).toEqual(way)
  })

  test('is open where the time of being put off is over', () => {
    const after = new Date('2026-12-02T00:00:00Z')
    expect(wayBack(putOff, closed, after).move).toEqual({ to: 'open' })
    expect(wayBack(putOff, open, after).move).toBeNull()
  })
})

test.each<[BulkChange, Standing, Standing]>([
  [{ kind: 'assign', ownerId: 'a', note: '' }, { ...open, ownerId: 'a' }, open],
  [{ kind: 'hand-over', departmentId: null, note: '' }, open, { ...open, departmentId: 'd' }],
  [{ kind: 'close', reason: 'spam', note: '' }, closed, { ...closed, reason: 'answered' }],
  [{ kind: 'put-off', until: '2026-12-01T09:00:00Z', note: '' }, putOff, open],
  [{ kind: 'open', note: '' }, open, putOff],
])('a change knows when there is nothing left to do: %o', (change, done, not) => {
  expect(isDone(change, done)).toBe(true)
  expect(isDone(change, not)).toBe(false)
  // Tags that come meanwhile do not matter to it.
  expect(sameStanding(done, { ...done, tags: ['new'], priority: 'high' })).toBe(true)
  expect(sameStanding(done, { ...done })).toBe(true)
  expect(sameStanding(done, not)).toBe(false)
})

type Marks = Pick<Standing, 'priority' | 'tags'>

describe('marks', () => {
  const marks = (priority: Marks['priority'], ...tags: string[]): Marks => ({ priority, tags })
  const [tag, untag, high]: MarkChange[] = [
    { kind: 'tag', tag: 'b' },
    { kind: 'untag', tag: 'b' },
    { kind: 'priority', priority: 'high' },
  ]

  test.each<[string, MarkChange, Marks, Partial<Marks>]>([
    ['a tag', tag!, marks('normal', 'a'), { tags: ['a', 'b'] }],
    ['a tag less', untag!, marks('normal', 'b', 'a'), { tags: ['a'] }],
    ['a priority', high!, marks('normal'), { priority: 'high' }],
  ])('%s', (_, change, before, after) => {
    expect(withMark(change, before)).toEqual(after)
    expect(isDone(change, { ...open, ...before })).toBe(false)
    expect(isDone(change, { ...open, ...before, ...after })).toBe(true)
  })

  test.each([
    [
      'a tag that is still there',
      tag!,
      marks('normal', 'a'),
      marks('normal', 'a', 'b'),
      marks('low', 'a', 'b', 'c'),
      { tags: ['a', 'c'] },
    ],
    [
      'a tag that somebody took away',
      tag!,
      marks('normal', 'a'),
      marks('normal', 'a', 'b'),
      marks('normal', 'a'),
      null,
    ],
    [
      'a tag that was taken away, in its old place',
      untag!,
      marks('normal', 'b', 'a'),
      marks('normal', 'a'),
      marks('high', 'a'),
      { tags: ['b', 'a'] },
    ],
    [
      'a tag that was taken away, beside a new one',
      untag!,
      marks('normal', 'b', 'a'),
      marks('normal', 'a'),
      marks('normal', 'a', 'c'),
      { tags: ['a', 'c', 'b'] },
    ],
    ['a tag that somebody gave again', untag!, marks('normal', 'b'), marks('normal'), marks('normal', 'b'), null],
    ['a priority', high!, marks('low'), marks('high'), marks('high', 'x'), { priority: 'low' }],
    ['a priority that is another by now', high!, marks('low'), marks('high'), marks('urgent'), null],
  ])('back from %s', (_, change, before, after, now, back) => {
    expect(withoutMark(change, before, after, now)).toEqual(back)
  })
})
