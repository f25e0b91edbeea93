// Search by words, and what lists and the calendar show, on a real database.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { aDraft, anOrganisation } from '../../test/world/practice.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import type { Caller } from '../people/types.ts'
import { calendarLine } from './contract.ts'
import { calendarLines, listLines } from './lines.ts'
import { searchWords } from './search.ts'
import { insertPost } from './store.ts'
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

  test('of the calendar are what the contract says, although the database writes them', async () => {
    const picture = '0198f7a0-0000-7000-8000-000000000001'
    const media = [
      { id: picture, kind: 'image' as const, type: 'image/png', bytes: 9, width: 3, height: 3, seconds: null, alt: '' },
    ]
    const id = newId()
    const content = { segments: [{ text: 'With "quotes" and a\u0007 bell', media }] }
    const post = { id, content, variants: [], by: caller.memberId, at: new Date() }
    await inOrg(database.db, caller.orgId, (tx) => insertPost(tx, caller.orgId, post))
    const dueAt = new Date('2031-03-04T05:06:07.089Z')
    await asSystem(database.db, (tx) => tx.updateTable('posts').set({ due_at: dueAt }).where('id', '=', id).execute())
    const range = { from: new Date('2031-03-01T00:00:00Z'), to: new Date('2031-04-01T00:00:00Z') }
    const lines = await inOrg(database.db, caller.orgId, (tx) => calendarLines(tx, caller.orgId, range))
    expect(z.array(calendarLine).parse(JSON.parse(lines))).toEqual([
      {
        id,
        summary: 'With "quotes" and a\u0007 bell',
        state: 'draft',
        dueAt: dueAt.toISOString(),
        accountIds: [],
        thumbnailUrl: `/files/${caller.orgId}/${picture}/thumbnail`,
      },
    ])
  })
})
