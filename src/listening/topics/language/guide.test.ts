// Every example of the guide for users does what the guide says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTopicIndex } from './index/topic-index.ts'
import { readQuery } from './rules.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guide/topics.md'), 'utf8')
const rows = guide
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .slice(1, -1)
      .split(/ \| /u)
      .map((cell) => cell.trim()),
  )
const queryOf = (cell: string): string => /^`(.+)`$/u.exec(cell)![1]!

const said = (text: string) => ({
  title: null,
  text,
  kind: 'post' as const,
  author: null,
  languages: [],
  media: [],
  links: [],
  place: null,
  sources: [],
})

test.each(rows.filter((row) => row.length === 3))('%s finds “%s” and passes over “%s”', (query, finds, passes) => {
  const reading = readQuery(queryOf(query!))
  if (!reading.ok) throw new Error(reading.error.code)
  const index = makeTopicIndex()
  index.put('it', reading.query)
  expect([index.match(said(finds!)).length, index.match(said(passes!)).length]).toEqual([1, 0])
})

test.each(rows.filter((row) => row.length === 2))('%s can be asked', (query) => {
  expect(readQuery(queryOf(query!))).toMatchObject({ ok: true })
})

test('the guide has examples', () => {
  expect(rows.length).toBeGreaterThan(20)
})
