// A calendar as it will be after a move: the post in its place, every day with its count.

import { expect, test } from 'vitest'
import { moved } from './moved-in-calendar.ts'

const line = (id: string, dueAt: string) => ({
  ...{ id, dueAt, summary: id, state: 'scheduled' as const, accountIds: [], campaignId: null, thumbnailUrl: null },
})
const shown = {
  posts: [line('early', '2026-11-23T08:00:00.000Z'), line('late', '2026-11-23T23:30:00.000Z')],
  cells: [
    { cell: '2026-11-23', count: 1 },
    { cell: '2026-11-24', count: 7 },
  ],
}

test('a post that moves takes its count along, by the days of the zone', () => {
  const after = moved(shown, 'late', '2026-11-23T07:00:00.000Z', { zone: 'Europe/Berlin', cell: 'day' })
  expect(after.posts.map(({ id }) => id)).toEqual(['late', 'early'])
  expect(after.cells).toEqual([
    { cell: '2026-11-23', count: 2 },
    { cell: '2026-11-24', count: 6 },
  ])
})

test('an hour that had none gets its own, and a post that is not shown changes nothing', () => {
  const hours = { ...shown, cells: [{ cell: '2026-11-23T08', count: 1 }] }
  const after = moved(hours, 'early', '2026-11-23T10:15:00.000Z', { zone: 'UTC', cell: 'hour' })
  expect(after.cells).toEqual([
    { cell: '2026-11-23T08', count: 0 },
    { cell: '2026-11-23T10', count: 1 },
  ])
  expect(moved(shown, 'another', '2026-11-23T10:15:00.000Z', { zone: 'UTC', cell: 'day' })).toEqual(shown)
})
