// What is exported comes back the same: words in every script, quotes, line ends, formulas, threads, words of single accounts.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Draft } from '../../connectors/contract.ts'
import { guarded, headLine, linesOf, unguarded } from './cells.ts'
import { exportRowOf } from './export-calendar.ts'
import { understand } from './formats.ts'
import { byName } from './names.ts'
import { readRow } from './read-row.ts'
import { decodeFile, delimiterOf, rowsOf } from './sniff.ts'

const accounts = byName([
  { id: '0197f3a0-0000-7000-8000-000000000001', name: 'Harbour' },
  { id: '0197f3a0-0000-7000-8000-000000000002', name: 'Mountain; and sea' },
  { id: '0197f3a0-0000-7000-8000-000000000003', name: 'Twin' },
  { id: '0197f3a0-0000-7000-8000-000000000004', name: 'twin' },
  { id: '0197f3a0-0000-7000-8000-000000000005', name: '=HYPERLINK("x")' },
])
const campaigns = byName([{ id: '0197f3a0-0000-7000-8000-0000000000c1', name: '+ Spring, "fair"' }])
const people = byName([{ id: '0197f3a0-0000-7000-8000-0000000000d1', name: 'Zoë' }])
const nameOf = {
  accounts: accounts.nameOf,
  campaigns: campaigns.nameOf,
  departments: people.nameOf,
  members: people.nameOf,
}
const names = { accounts: accounts.ids, campaigns: campaigns.ids, departments: people.ids, members: people.ids }

const nasty = fc.constantFrom(
  ...[
    '=1+1',
    '+49 40 1',
    '-',
    '@here',
    "'",
    "'=1",
    "''=1",
    '\t=1',
    '\n=1',
    '\r',
    '"',
    '","',
    '";"',
    ';',
    '|',
    ',',
    '\r\n',
    '\n---\n',
  ],
  ...['😀👩‍👩‍👧', 'שלום', '\u202eabc', 'مرحبا', '＝1', '\ufeff', ' ', '', 'null', '{}', '#N/A', '\u0001', '\u2028'],
)
// What no table of ours holds (zeros, halves of a pair) is refused long before.
const words = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 6 })
  .map((some) => some.join('').replaceAll('\0', '').toWellFormed())
const option = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })

const content: fc.Arbitrary<Draft> = fc
  .record({
    segments: fc.array(fc.record({ text: words.map((text) => `${text}w`), media: fc.constant([]) }), {
      minLength: 1,
      maxLength: 3,
    }),
    firstComment: option(words),
    title: option(words),
    excerpt: option(words),
    slug: option(words),
    tags: option(
      fc.array(
        words.map((tag) => `t${tag}`.trim()),
        { maxLength: 3 },
      ),
    ),
    language: option(fc.constantFrom('en', 'de-AT')),
  })
  .map((draft) => JSON.parse(JSON.stringify(draft)) as Draft)

const someIds = (known: Map<string, string[]>) => [...new Set([...known.values()].flat())]

const post = fc.record({
  content,
  state: fc.constantFrom('draft', 'scheduled', 'published'),
  due_wall: fc
    .date({ min: new Date('2030-01-01'), max: new Date('2034-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16)),
  due_zone: fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/Sao_Paulo'),
  campaign_id: fc.constantFrom(null, ...someIds(campaigns.ids)),
  department_id: fc.constantFrom(null, ...someIds(people.ids)),
  owner_id: fc.constantFrom(null, ...someIds(people.ids)),
  initiator: fc.constantFrom('brand', 'customer', 'industry'),
  origin: fc.constantFrom('original', 'adapted', 'recycled'),
  origin_post_id: fc.option(fc.uuid({ version: 7 })),
  adapted_for: fc.option(words.map((text) => text.slice(0, 100).toWellFormed().trim() || 'x')),
  variants: fc
    .uniqueArray(fc.constantFrom(...someIds(accounts.ids)), { minLength: 1, maxLength: 3 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((accountId) => fc.record({ accountId: fc.constant(accountId), content: fc.option(content) })),
      ),
    ),
})

test('an export read back is the same calendar', () => {
  fc.assert(
    fc.property(fc.array(post, { minLength: 1, maxLength: 5 }), (posts) => {
      const file = headLine + linesOf(posts.map((each) => exportRowOf(each, { nameOf })))
      const { text } = decodeFile(new Uint8Array(Buffer.from(file, 'utf8')))
      expect(delimiterOf(text)).toBe(',')
      const found = understand(rowsOf(text, ','))
      expect(found.format).toBe('longrun')
      const settings = {
        ...{ mapping: found.mapping, dayOrder: 'ymd' as const, zone: 'UTC', accountIds: [], accountNames: {} },
        ...{ campaignId: null, departmentId: null, as: 'draft' as const, again: false },
      }
      const reading = {
        format: found.format,
        settings,
        names,
        columnCount: found.columns.length,
        now: new Date('2029-01-01'),
      }
      const read = found.rows.map((row, at) => readRow(row, at + 2, reading))
      expect(read.map(asPost)).toEqual(posts.map(asExported))
    }),
    { numRuns: 400 },
  )
})

type Post = typeof post extends fc.Arbitrary<infer One> ? One : never

const asExported = ({ state, ...each }: Post) => ({ ...each, isDraft: state === 'draft', faults: [] })

const asPost = (row: ReturnType<typeof readRow>) => ({
  content: row.content,
  due_wall: row.wall,
  due_zone: row.zone,
  campaign_id: row.campaignId,
  department_id: row.departmentId,
  owner_id: row.ownerId,
  initiator: row.initiator,
  origin: row.origin,
  origin_post_id: row.originPostId,
  adapted_for: row.adaptedFor,
  variants: row.variants,
  isDraft: row.isDraft,
  faults: row.issues.filter(({ level }) => level === 'error').map(({ code }) => code),
})

test('no cell of an export begins a formula in a spreadsheet', () => {
  fc.assert(
    fc.property(fc.array(post, { minLength: 1, maxLength: 3 }), (posts) => {
      const file = headLine + linesOf(posts.map((each) => exportRowOf(each, { nameOf })))
      const cells = rowsOf(file.slice(1), ',').flat()
      expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('the guard comes off exactly', () => {
  fc.assert(
    fc.property(words, (text) => {
      expect(unguarded(guarded(text))).toBe(text)
    }),
    { numRuns: 1000 },
  )
})
