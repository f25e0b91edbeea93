// Rows that people bring: read as they are meant, refused by line and column where they are not.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostCaptured, readCaptured } from './capture.ts'
import { longestText } from './listen.ts'

const now = new Date('2026-11-20T12:00:00Z')
/** An hour ahead of UTC, as Berlin is in November. */
const momentOf = (wall: string) => new Date(`${wall}+01:00`)
const read = (...table: string[][]) => readCaptured(table, { now, momentOf })

test('a row is read with everything that it says', () => {
  const { rows, problems } = read(
    ['Date', 'Who', 'Comment', 'Shop', 'Lang', 'Link', 'Type'],
    [
      '2026-11-19 14:30',
      'Kim',
      'The new shoes are too narrow.',
      'Hamburg',
      'en_gb',
      'https://example.org/1',
      'Comment',
    ],
  )
  expect(problems).toEqual([])
  expect(rows).toEqual([
    {
      line: 2,
      heard: expect.objectContaining({
        id: expect.stringMatching(/^row:[0-9a-f]{32}$/),
        kind: 'comment',
        at: new Date('2026-11-19T13:30:00Z'),
        text: 'The new shoes are too narrow.',
        author: expect.objectContaining({ id: 'Kim', name: 'Kim', handle: null }),
        languages: ['en-GB'],
        url: 'https://example.org/1',
        place: 'Hamburg',
      }),
    },
  ])
})

test('the same row brought again is the same thing; another is another', () => {
  const [one, again, other] = [
    ['a', 'Kim'],
    ['a', 'Kim'],
    ['a', 'Lee'],
  ].map((row) => read(['text', 'name', 'at'], [...row, '2026-11-01']).rows[0]!.heard.id)
  expect(one).toBe(again)
  expect(one).not.toBe(other)
})

test('numbers of lines begin anew in each file and tell nothing apart alone; with the words they tell twice the same', () => {
  const idOf = (id: string, text: string) => read(['id', 'text', 'at'], [id, text, '2026-11-01']).rows[0]!.heard.id
  expect(idOf('1', 'a')).toBe(idOf('1', 'a'))
  expect(idOf('1', 'b')).not.toBe(idOf('1', 'a'))
  expect(idOf('2', 'a')).not.toBe(idOf('1', 'a'))
})

test('empty rows are passed over, and lines are counted as a spreadsheet counts them', () => {
  expect(read(['text'], [''], ['a'], ['  '], ['b']).rows.map(({ line }) => line)).toEqual([3, 5])
})

describe('when', () => {
  const cases: [string, string][] = [
    ['2026-11-19', '2026-11-19T11:00:00Z'],
    ['19.11.2026', '2026-11-19T11:00:00Z'],
    ['1. 9. 2026, 8:05', '2026-09-01T07:05:00Z'],
    ['2026-11-19T14:30:15', '2026-11-19T13:30:00Z'],
    ['2026-11-19T14:30:00Z', '2026-11-19T14:30:00Z'],
    ['2026-11-19 14:30 +02:00', '2026-11-19T12:30:00Z'],
    ['', '2026-11-20T12:00:00Z'],
    ['2026-11-21', '2026-11-20T12:00:00Z'],
  ]
  test.each(cases)('"%s" is %s', (at, expected) => {
    expect(read(['text', 'at'], ['a', at]).rows[0]?.heard.at).toEqual(new Date(expected))
  })
})

test.each<[string, string, string]>([
  ['at', '11/12/2026', 'date-ambiguous'],
  ['at', 'yesterday', 'date-unreadable'],
  ['at', '2026-02-31', 'date-unreadable'],
  ['at', '2026-11-19 25:00', 'date-unreadable'],
  ['at', '2027-01-01', 'date-in-future'],
  ['at', '1970-01-01', 'date-too-old'],
  ['kind', 'shout', 'kind-unknown'],
  ['url', 'javascript:alert(1)', 'url-invalid'],
  ['language', 'english please', 'language-invalid'],
  ['id', 'x'.repeat(1_001), 'id-invalid'],
  ['text', '  ', 'text-missing'],
])('%s "%s" is refused by line and column: %s', (column, value, code) => {
  const header = ['text', 'at', 'kind', 'url', 'language', 'id', 'author']
  const usual: Record<string, string> = { text: 'words', author: 'Kim' }
  const row = header.map((name) => (name === column ? value : (usual[name] ?? '')))
  const { rows, problems } = read(header, row, ['fine'])
  expect(problems).toEqual([{ line: 2, column, code, level: 'error' }])
  expect(rows.map(({ line }) => line)).toEqual([3])
})

test('a table without words, or with two columns of them, is refused as a whole', () => {
  expect(read(['name', 'date'], ['Kim', ''])).toEqual({
    rows: [],
    problems: [{ line: 1, column: 'text', code: 'column-missing', level: 'error' }],
  })
  expect(read(['text', 'comment'], ['a', 'b']).problems).toMatchObject([{ column: 'text', code: 'column-twice' }])
  expect(read().problems).toMatchObject([{ code: 'column-missing' }])
})

test('a megabyte in a cell is cut and said, and so are rows beyond the bound', () => {
  const { rows, problems } = read(['text'], ['x'.repeat(1_000_000)])
  expect(rows[0]?.heard.text).toHaveLength(longestText)
  expect(problems).toEqual([{ line: 2, column: 'text', code: 'text-cut', level: 'warning' }])
  const many = read(['text'], ...Array.from({ length: mostCaptured + 1 }, () => ['a']))
  expect([many.rows.length, many.problems.at(-1)?.code]).toEqual([mostCaptured, 'too-many-rows'])
})

test('whatever stands in the cells, each row is read or refused', () => {
  const header = ['text', 'at', 'kind', 'title', 'author', 'handle', 'url', 'language', 'place', 'id']
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 12 }), (row) => {
      const { rows, problems } = read(header, row)
      for (const { heard } of rows) {
        expect(JSON.stringify(heard).isWellFormed() && !JSON.stringify(heard).includes('\\u0000')).toBe(true)
        expect(heard.at.getTime()).toBeLessThanOrEqual(now.getTime())
      }
      const empty = row.every((cell) => cell.trim() === '')
      expect(rows.length + problems.filter(({ level }) => level === 'error').length > 0).toBe(!empty)
    }),
    { numRuns: 1_000 },
  )
})
