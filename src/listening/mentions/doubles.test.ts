// What says the same is folded under the first that said it, counted all the same, and never hidden where the first is not shown.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import type { Heard } from '../../connectors/listen.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { labeller } from '../pipeline/labels.ts'
import { learnFromOthers } from './fold-others.ts'
import { mentionId } from './identity.ts'
import type { NewMention } from './new-mention.ts'
import { facetCounts, mentionPage, type StoredFilter } from './store-read.ts'
import { removeMentions, storeMentions } from './store-write.ts'
import { mentionOf } from './test-mentions.ts'
import { readSearch, searchWords } from './words.ts'

let database: TestDatabase
let marks: Awaited<ReturnType<typeof labeller>>['marks']
beforeAll(async () => {
  database = await testDatabase()
  marks = (await labeller()).marks
})
afterAll(() => database?.close())

const post = 'The new bridge over the river opens on Monday, two years late and 40 million over budget'
const begun = Date.parse('2026-11-29T10:00:00Z')

function said(org: string, id: string, text: string, change: Partial<Heard> = {}, topics = [1]): NewMention {
  const heard = { id, text, at: new Date(begun + Number(id) * 60_000), ...change }
  return mentionOf(org, heard, {
    topics,
    marks: marks({ title: null, text, languages: [] }),
    words: searchWords(org, text),
    heardAt: new Date('2026-11-30T12:00:00Z'),
  })
}

const store = (...mentions: NewMention[]) => asSystem(database.db, (tx) => storeMentions(tx, mentions))
const idOf = (id: string) => mentionId('practice', id)

const read = (org: string, filter: StoredFilter) =>
  inOrg(database.db, org, async (tx) => {
    const rows = await mentionPage(tx, org, filter, { after: null, limit: 50 })
    return rows.map(({ doubles, remote_id }) => (doubles > 0 ? `${remote_id} +${doubles}` : remote_id))
  })

const totalOf = (org: string) =>
  inOrg(database.db, org, async (tx) => {
    const row = await tx.selectFrom('topic_days').select('total').where('topic', '=', 1).executeTakeFirstOrThrow()
    return row.total
  })

test('copies in the same batch and in later ones are folded under the first, and all are counted', async () => {
  const org = newId()
  await store(
    said(org, '3', `Finally! ${post}`),
    said(org, '1', post),
    said(org, '2', 'Two years late: the airport opens at last, and it cost more than planned'),
  )
  await store(said(org, '4', `RT @news: ${post}`), said(org, '5', `${post} https://example.org/x`))
  expect(await read(org, { fold: true })).toEqual(['2', '1 +3'])
  expect(await read(org, { topic: 1, fold: true })).toEqual(['2', '1 +3'])
  expect(await read(org, { topic: 1 })).toEqual(['5', '4', '3', '2', '1 +3'])
  expect(await read(org, { like: idOf('1') })).toEqual(['5', '4', '3'])
  expect(await totalOf(org)).toBe(5)
  const facets = await inOrg(database.db, org, (tx) => facetCounts(tx, org, { topic: 1, fold: true }, 100))
  expect(facets.find(({ facet }) => facet === 'network')?.count).toBe(2)
})

test('a repost is folded under its original, also of a few words and of a double', async () => {
  const org = newId()
  await store(said(org, '1', 'Nice.'))
  await store(said(org, '2', 'Nice.', { repostOf: '1' }), said(org, '3', 'Nice.', { repostOf: '2' }))
  await store(said(org, '4', 'Nice.', { repostOf: '2' }), said(org, '5', 'Nice.', { repostOf: 'unknown' }))
  expect(await read(org, { fold: true })).toEqual(['5', '1 +3'])
})

test('what only a copy says, or only a copy is under, is still found', async () => {
  const org = newId()
  await store(said(org, '1', post), said(org, '2', `Finally! ${post}`), said(org, '3', post, {}, [1, 2]))
  await store(said(org, '4', post, {}, [2]))
  expect(await read(org, { fold: true, ...readSearch(org, 'finally') })).toEqual(['2'])
  expect(await read(org, { fold: true, ...readSearch(org, 'bridge') })).toEqual(['3 +1', '1 +1'])
  expect(await read(org, { fold: true, topic: 2 })).toEqual(['3 +1'])
  expect(await read(org, { fold: true, from: new Date(begun + 90_000) })).toEqual(['3 +1', '2'])
})

test('when the first is taken back, the next takes its place; what stands under more stands alone', async () => {
  const org = newId()
  await store(
    said(org, '1', post, {}, [1, 2]),
    said(org, '2', post),
    said(org, '3', post),
    said(org, '4', post, {}, [1, 2]),
  )
  expect(await read(org, { fold: true })).toEqual(['1 +3'])
  await asSystem(database.db, (tx) => removeMentions(tx, [idOf('1')]))
  expect(await read(org, { fold: true })).toEqual(['4', '2 +1'])
  expect(await read(org, { topic: 1, fold: true })).toEqual(['4', '2 +1'])
  // The process that heard it knows the first alone, so folding begins anew with what comes next.
  await store(said(org, '5', post))
  await store(said(org, '6', post))
  expect(await read(org, { fold: true })).toEqual(['5 +1', '4', '2 +1'])
})

test('what was never stored is the first of nothing, and a batch that is written again hides nothing', async () => {
  const org = newId()
  const batch = () => [said(org, '1', post), said(org, '2', post), said(org, '3', post)]
  const failing = asSystem(database.db, async (tx) => {
    await storeMentions(tx, batch())
    throw new Error('the lease was lost')
  })
  await expect(failing).rejects.toThrow('the lease was lost')
  await store(...batch().toReversed())
  const folded = await read(org, { fold: true })
  expect(folded.length).toBeGreaterThan(0)
  const shown = folded.reduce((sum, each) => sum + 1 + Number(each.split('+')[1] ?? 0), 0)
  expect(shown).toBe(3)
})

test('days later the same words are said anew', async () => {
  const org = newId()
  await store(said(org, '1', post), said(org, '2', post, { at: new Date('2026-11-20T10:00:00Z') }))
  expect((await read(org, { fold: true })).toSorted()).toEqual(['1', '2'])
})

test('what another process stored and was said before takes its place above what is folded here, where it stands under as much', async () => {
  const org = newId()
  await store(said(org, '3', post, {}, [1, 2]), said(org, '4', post), said(org, '5', `Finally! ${post}`))
  // Without marks nothing looks for it here: as another process stores it.
  const elsewhere = (id: string, topics: number[]) => ({ ...said(org, id, post, {}, topics), marks: null })
  await store(elsewhere('1', [1]), elsewhere('2', [1, 2]), elsewhere('6', [1, 2]))
  expect((await read(org, { fold: true })).toSorted()).toEqual(['1', '2', '3 +2', '6'])
  const heardAt = '2026-11-30T12:00:00.000Z'
  const told = { org, heardAt, from: new Date(begun).toISOString(), to: heardAt, count: 3, by: newId() }
  await Promise.all([learnFromOthers(database.db, told), learnFromOthers(database.db, told)])
  expect((await read(org, { fold: true })).toSorted()).toEqual(['1', '2 +4'])
  expect(await read(org, { topic: 2, fold: true })).toEqual(['2 +4'])
  // What comes next folds under what was learnt of.
  await store(said(org, '7', post))
  expect((await read(org, { fold: true })).toSorted()).toEqual(['1', '2 +5'])
  expect(await totalOf(org)).toBe(7)
})
