// Searching mentions on the real database: what it finds is what a plain look at each of them finds, however common the words.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { mentionId } from './identity.ts'
import { facetsOfMentions, pageOfMentions } from './search.ts'
import { reachOf } from './search-reach.ts'
import type { After, StoredFilter } from './store-read.ts'
import { storeMentions } from './store-write.ts'
import { labelsOf, mentionOf } from './test-mentions.ts'
import { readSearch, searchWords } from './words.ts'

let database: TestDatabase
const [ours, theirs] = [newId(), newId()]
const count = 12_000
/** The first of those that say the same. */
const first = count - 3_000
const begin = Date.UTC(2026, 5, 10)
/** From June to October. */
const atOf = (index: number) => new Date(begin + Math.floor(index / 2) * 2 * 900_000)

/** "always" everywhere, "often" in a tenth, "lately" only at the end, "once" long ago, "early" only at the beginning. */
function textOf(index: number): string {
  const words = ['always', `number${index}`]
  if (index % 10 === 0) words.push('often', index % 20 === 0 ? 'is here' : 'here it is')
  if (index > count - 50) words.push('lately')
  if (index === 7) words.push('once')
  if (index < 200) words.push('early')
  // What is said again and again in the last days.
  if (index >= first && index % 2 === 0) words.push('repeated')
  return words.join(' ')
}

const mentionAt = (org: string, index: number) => {
  const text = textOf(index)
  return mentionOf(
    org,
    { id: `${index}`, at: atOf(index), text },
    {
      topics: index % 3 === 0 ? [1, 2] : [1],
      words: searchWords(org, null, text),
      labels: labelsOf({ language: index % 4 === 0 ? 'de' : 'en', emotion: index % 5 === 0 ? null : 'joy' }),
    },
  )
}

beforeAll(async () => {
  database = await testDatabase()
  const all = Array.from({ length: count }, (_, index) => mentionAt(ours, index))
  for (let from = 0; from < count; from += 2_000)
    await asSystem(database.db, (tx) => storeMentions(tx, all.slice(from, from + 2_000)))
  // What of it says the same is told here, not found by likeness: 1,500 repeat one.
  await asSystem(database.db, async (tx) => {
    await tx.updateTable('mentions').set({ double_of: null }).where('org_id', '=', ours).execute()
    await sql`update mentions set double_of = ${mentionId('practice', `${first}`)}
      where org_id = ${ours} and remote_id::integer > ${first} and remote_id::integer % 2 = 0`.execute(tx)
  })
  await asSystem(database.db, (tx) =>
    storeMentions(
      tx,
      Array.from({ length: 40 }, (_, index) => mentionAt(theirs, index)),
    ),
  )
})
afterAll(() => database?.close())

const page = (filter: StoredFilter, after: After | null = null, org = ours) =>
  inOrg(database.db, org, (tx) => pageOfMentions(tx, org, filter, { after, limit: 31 }))

interface Case {
  name: string
  typed: string
  filter?: StoredFilter
  fits: (index: number, text: string) => boolean
}
const cases: Case[] = [
  { name: 'a word of all', typed: 'always', fits: () => true },
  { name: 'a common word', typed: 'often', fits: (index) => index % 10 === 0 },
  { name: 'a word of the last days', typed: 'lately', fits: (index) => index > count - 50 },
  { name: 'a word of the first days', typed: 'early', fits: (index) => index < 200 },
  { name: 'a word said once', typed: 'once', fits: (index) => index === 7 },
  { name: 'no such word', typed: 'never', fits: () => false },
  { name: 'two words', typed: 'often early', fits: (index) => index % 10 === 0 && index < 200 },
  { name: 'one without another', typed: 'often -early', fits: (index) => index % 10 === 0 && index >= 200 },
  { name: 'a phrase', typed: '"here it"', fits: (_, text) => text.includes('here it') },
  { name: 'in a topic', typed: 'often', filter: { topic: 2 }, fits: (index) => index % 30 === 0 },
  { name: 'in a language', typed: 'often', filter: { language: 'de' }, fits: (index) => index % 20 === 0 },
  {
    name: 'without an emotion',
    typed: 'early',
    filter: { emotion: null },
    fits: (index) => index < 200 && index % 5 === 0,
  },
  { name: 'with a sentiment', typed: 'early', filter: { sentiment: 1 }, fits: () => false },
  { name: 'folded', typed: 'repeated', filter: { fold: true }, fits: (index) => index === first },
  { name: 'not folded', typed: 'repeated', fits: (index) => index >= first && index % 2 === 0 },
  {
    name: 'in a span of time',
    typed: 'always',
    filter: { from: atOf(4_000), to: atOf(4_500) },
    fits: (index) => index >= 4_000 && index < 4_500,
  },
]

test.each(cases)('$name is found page by page, as looking at each finds it', async ({ typed, filter, fits }) => {
  const sought = { ...filter, ...readSearch(ours, typed) }
  const expected = Array.from({ length: count }, (_, index) => index).filter((index) => fits(index, textOf(index)))
  const found: string[] = []
  let after: After | null = null
  // Five pages, then from the middle: pages of a common word would be many.
  for (let pages = 0; pages < 5; pages++) {
    const rows: Awaited<ReturnType<typeof page>> = await page(sought, after)
    found.push(...rows.map(({ remote_id }) => remote_id))
    if (rows.length < 31) break
    const { at, id } = rows.at(-1)!
    after = { at, id }
  }
  expect(new Set(found).size).toBe(found.length)
  // Two are said in the same moment, in the order of their ids.
  const byTime = (indexes: number[]) => indexes.map((index) => atOf(index).getTime()).sort((a, b) => b - a)
  const wanted = byTime(expected).slice(0, 155)
  expect(byTime(found.map(Number))).toEqual(wanted)
  expect(found.every((index) => fits(Number(index), textOf(Number(index))))).toBe(true)
})

test.each(cases)('$name is counted', async ({ typed, filter, fits }) => {
  const rows = await inOrg(database.db, ours, (tx) =>
    facetsOfMentions(tx, ours, { ...filter, ...readSearch(ours, typed) }, 1_000),
  )
  const counted = rows.filter(({ facet }) => facet === 'network').reduce((sum, row) => sum + row.count, 0)
  const expected = Array.from({ length: count }, (_, index) => index).filter((index) =>
    fits(index, textOf(index)),
  ).length
  expect(counted).toBe(Math.min(1_000, expected))
})

test('nobody finds what another organisation heard', async () => {
  expect(await page(readSearch(theirs, 'always'), null, theirs)).toHaveLength(31)
  // Whoever speaks for one organisation and asks with the words of another finds nothing.
  expect(await page(readSearch(ours, 'always'), null, theirs)).toEqual([])
  const asOthers = await inOrg(database.db, theirs, (tx) =>
    pageOfMentions(tx, ours, readSearch(ours, 'once'), { after: null, limit: 31 }),
  )
  expect(asOthers).toEqual([])
})

describe('how far back a search looks', () => {
  const newest = new Date('2026-11-29T12:00:00Z')
  const hoursBefore = (hours: number) => new Date(newest.getTime() - hours * 3_600_000)
  const walk = { seen: 4_000, newest, oldest: hoursBefore(10) }
  test.each([
    { name: 'all that there is', walk: { ...walk, seen: 3_999, hits: 5 }, since: null },
    { name: 'everywhere for what is not among the newest', walk: { ...walk, hits: 0 }, since: null },
    { name: 'where enough was seen', walk: { ...walk, hits: 31 }, since: hoursBefore(10) },
    { name: 'twice as far as should do', walk: { ...walk, hits: 10 }, since: hoursBefore(62) },
    { name: 'nothing where nothing is', walk: { seen: 0, hits: 0, newest: null, oldest: null }, since: null },
  ])('$name', ({ walk, since }) => {
    expect(reachOf(walk, { limit: 31, most: 4_000 })?.since ?? null).toEqual(since)
  })
})
