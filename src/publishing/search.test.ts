// Search by words, and what lists and the calendar show, on a real database.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { aDraft, anOrganisation } from '../../test/world/practice.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import type { Caller } from '../people/types.ts'
import { listLines } from './lines.ts'
import { readCalendar } from './list-posts.ts'
import { searchWords } from './search.ts'
import { createPost, savePost } from './write-post.ts'

describe('words', () => {
  test.each([
    ['Three easy kilometres, THREE!', ['three', 'easy', 'kilometres']],
    ['#running with café & Straße', ['running', 'with', 'café', 'straße']],
    ['今日は走ります', ['今日', 'は', '走り', 'ます']],
    ['🏃 …', []],
  ])('of %s', (text, expected) => {
    expect(searchWords(text)).toEqual(expected)
  })

  test('are the same however they are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(searchWords(text.normalize('NFD'))).toEqual(searchWords(text.normalize('NFC')))
      }),
    )
  })
})

describe('lists', () => {
  let database: TestDatabase
  let services: { db: TestDatabase['db']; clock: () => Date }
  let caller: Caller

  beforeAll(async () => {
    database = await testDatabase()
    services = { db: database.db, clock: () => new Date() }
    caller = await anOrganisation(database.db)
    for (const text of ['Marathon plan for May', 'The long march', 'A 100% march plan 🏃', 'Rest day'])
      await createPost(services, caller, { content: aDraft(text), variants: [] })
  })
  afterAll(() => database.close())

  const found = async (q: string) =>
    (
      await inOrg(database.db, caller.orgId, (tx) =>
        listLines(tx, caller.orgId, { q, order: 'changed', after: null, limit: 50 }),
      )
    )
      .map((line) => line.summary)
      .sort()

  test.each([
    ['mar', ['A 100% march plan 🏃', 'Marathon plan for May', 'The long march']],
    ['MARCH', ['A 100% march plan 🏃', 'The long march']],
    ['plan march', ['A 100% march plan 🏃']],
    ['arch', []],
    ['100%', ['A 100% march plan 🏃']],
    ['🏃', ['A 100% march plan 🏃']],
    ['%', ['A 100% march plan 🏃']],
    ['nothing of this', []],
  ])('are searched for %s', async (q, expected) => {
    expect(await found(q)).toEqual(expected)
  })

  test('find a post by what it says now, and not by what it said', async () => {
    const post = await createPost(services, caller, { content: aDraft('Before breakfast'), variants: [] })
    await savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('After breakfast') })
    expect([await found('before'), await found('after'), await found('breakfast')]).toEqual([
      [],
      ['After breakfast'],
      ['After breakfast'],
    ])
  })

  test('of the calendar are the first of each day or hour of the zone, and how many each has', async () => {
    // In Berlin a day later than in UTC, and in the hour that is there twice.
    const times = ['2031-10-03T22:30:00Z', '2031-10-04T05:06:07.089Z', '2031-10-04T05:50:00Z', '2031-10-04T09:00:00Z']
    const twice = ['2031-10-26T00:15:00Z', '2031-10-26T01:10:00Z']
    for (const due of [...times, ...twice]) await postDue(new Date(due))
    const shown = (given: Partial<Parameters<typeof readCalendar>[2]>) =>
      readCalendar(services, caller, {
        ...{ from: '2031-10-01T00:00:00Z', to: '2031-11-01T00:00:00Z' },
        ...{ zone: 'Europe/Berlin', cell: 'day', most: 2 },
        ...given,
      })
    const short = (at: string | undefined) => new Date(at!).toISOString()
    expect(await shown({})).toMatchObject({
      posts: [...times.slice(0, 2), ...twice].map((at) => ({ dueAt: short(at) })),
      cells: [
        { cell: '2031-10-04', count: 4 },
        { cell: '2031-10-26', count: 2 },
      ],
    })
    expect(await shown({ cell: 'hour', most: 1 })).toMatchObject({
      posts: [times[0], times[1], times[3], twice[0]].map((at) => ({ dueAt: short(at) })),
      cells: [
        { cell: '2031-10-04T00', count: 1 },
        { cell: '2031-10-04T07', count: 2 },
        { cell: '2031-10-04T11', count: 1 },
        { cell: '2031-10-26T02', count: 2 },
      ],
    })
    expect((await shown({ zone: 'UTC', most: 9 })).cells[0]).toEqual({ cell: '2031-10-03', count: 1 })
    // PostgreSQL would take this name for an hour that stands still all year.
    const summer = { from: '2031-07-01T00:00:00Z', to: '2031-07-02T00:00:00Z', zone: 'CET', cell: 'hour' } as const
    await postDue(new Date('2031-07-01T12:00:00Z'))
    expect((await shown(summer)).cells).toEqual([{ cell: '2031-07-01T14', count: 1 }])
    await expect(shown({ cell: 'hour', most: 1000 })).rejects.toMatchObject({ code: 'too-many-at-once', field: 'most' })
    expect(await shown({ accountId: newId() })).toEqual({ posts: [], cells: [] })
  })

  async function postDue(due: Date): Promise<void> {
    const { id } = await createPost(services, caller, { content: aDraft(`Due ${due.toISOString()}`), variants: [] })
    await asSystem(database.db, (tx) => tx.updateTable('posts').set({ due_at: due }).where('id', '=', id).execute())
  }
})
