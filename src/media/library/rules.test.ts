// Decisions of the library in tables: days, rights, tags, folders, pictures that look alike.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayIn } from '../../lib/days.ts'
import {
  bitsApart,
  changeTags,
  type FolderPlace,
  foldersIn,
  lookOf,
  pathOf,
  placeFault,
  rightsOn,
  tagOf,
} from './rules.ts'
import { deepestFolder } from './types.ts'

describe('days', () => {
  test.each([
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31'],
    ['2026-12-31T23:30:00Z', 'Europe/Berlin', '2027-01-01'],
    ['2026-12-31T23:30:00Z', 'America/Los_Angeles', '2026-12-31'],
    ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-11-29T10:01:00Z', 'Pacific/Kiritimati', '2026-11-30'],
  ])('%s in %s is %s', (at, zone, day) => expect(dayIn(new Date(at), zone)).toBe(day))

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-25', 14, '2027-01-08'],
  ])('%s and %i days is %s', (day, days, after) => expect(addDays(day, days)).toBe(after))
})

describe('rights on 1 June', () => {
  test.each([
    [null, null, 'unknown'],
    [null, '2026-05-31', 'expired'],
    [null, '2026-06-01', 'unknown'],
    ['own', null, 'held'],
    ['permission', '2026-05-31', 'expired'],
    ['permission', '2026-06-01', 'expiring'],
    ['licensed', '2026-06-15', 'expiring'],
    ['licensed', '2026-06-16', 'held'],
    ['free', '2025-01-01', 'expired'],
  ])('%s until %s are %s', (basis, expiresOn, state) =>
    expect(rightsOn({ basis, expiresOn }, '2026-06-01')).toBe(state),
  )
})

describe('tags', () => {
  test.each([
    ['  Summer   Sale ', 'summer sale'],
    ['A\u030Arhus', 'århus'],
    ['a\nb\u0000c', 'a b c'],
    [' \t ', ''],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('%j is %j', (typed, tag) => expect(tagOf(typed)).toBe(tag))

  test('what is added and taken away in one breath stays, and only what is new is told', () => {
    expect(changeTags(['b', 'c'], { add: ['C', 'A'], remove: ['a', 'b', 'nothing'] })).toEqual({
      tags: ['a', 'c'],
      add: ['a'],
      remove: ['b'],
    })
  })

  test('undoing a change by what it told leads back', () => {
    const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')).map((list) => list.sort())
    fc.assert(
      fc.property(tags, tags, tags, (before, add, remove) => {
        const change = changeTags(before, { add, remove })
        expect(changeTags(change.tags, { add: change.remove, remove: change.add }).tags).toEqual(before)
      }),
    )
  })
})

describe('folders', () => {
  const folders: FolderPlace[] = [
    { id: 'c', parentId: 'b' },
    { id: 'a', parentId: null },
    { id: 'b', parentId: 'a' },
    { id: 'x', parentId: null },
  ]
  const chain = Array.from({ length: deepestFolder }, (_, at) => ({
    id: String(at),
    parentId: at === 0 ? null : String(at - 1),
  }))

  test('hold what lies in them, and have a way from the top', () => {
    expect([...foldersIn(folders, 'a')].sort()).toEqual(['a', 'b', 'c'])
    expect(pathOf(folders, 'c').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(pathOf(folders, null)).toEqual([])
    expect(
      pathOf(
        [
          { id: 'r', parentId: 's' },
          { id: 's', parentId: 'r' },
        ],
        'r',
      ),
    ).toHaveLength(2)
  })

  test.each([
    ['a new one at the top', folders, null, null, null],
    ['a new one in another', folders, null, 'c', null],
    ['one that is not there', folders, null, 'nobody', 'folder-not-found'],
    ['into itself', folders, 'a', 'a', 'folder-into-itself'],
    ['into what lies in it', folders, 'a', 'c', 'folder-into-itself'],
    ['beside', folders, 'b', 'x', null],
    ['back to the top', folders, 'c', null, null],
    ['a new one too deep', chain, null, String(deepestFolder - 1), 'folder-too-deep'],
    ['a new one just deep enough', chain, null, String(deepestFolder - 2), null],
    ['a tall one too deep', [...chain, ...folders], 'a', String(deepestFolder - 3), 'folder-too-deep'],
    ['a tall one just deep enough', [...chain, ...folders], 'a', String(deepestFolder - 4), null],
  ])('%s', (_what, all, id, parentId, fault) => expect(placeFault(all, id, parentId)).toBe(fault))
})

describe('looks', () => {
  const grey = (shade: (column: number, row: number) => number) =>
    Array.from({ length: 72 }, (_, at) => shade(at % 9, Math.floor(at / 9)))

  test('tell lighter from darker', () => {
    expect(lookOf(grey((column) => column * 20))).toBe('ffffffffffffffff')
    expect(lookOf(grey((column) => 200 - column * 20))).toBe('0000000000000000')
  })

  test('say nothing of one colour, or of another size', () => {
    expect(lookOf(grey(() => 128))).toBeNull()
    expect(lookOf(grey((column) => column))).toBeNull()
    expect(lookOf([1, 2, 3])).toBeNull()
  })

  test('are apart by the bits that differ', () => {
    expect(bitsApart('00000000000000ff', '0000000000000000')).toBe(8)
    expect(bitsApart('ffffffffffffffff', '0000000000000000')).toBe(64)
    expect(bitsApart('abc', 'abc')).toBe(0)
  })
})
