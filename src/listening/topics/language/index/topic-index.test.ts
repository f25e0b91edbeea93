// The index against the plain meaning of queries, on random posts and queries of many scripts.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../parse.ts'
import { cut } from '../testing/cut.ts'
import { posts, queries, texts } from '../testing/generate.ts'
import { matches, pageOf } from '../testing/reference.ts'
import type { Query } from '../types.ts'
import { wordsOf } from '../words.ts'
import { makeTopicIndex } from './topic-index.ts'

test('the reference cuts as the scanner does', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(cut(text)).toEqual(wordsOf(text).map((word) => ({ kind: word.kind, text: word.text })))
    }),
    { numRuns: 3_000 },
  )
})

function read(texts: string[]): Query[] {
  return texts.flatMap((text) => {
    const reading = parseQuery(text)
    return reading.ok ? [reading.query] : []
  })
}

test('the index finds what the queries mean', () => {
  fc.assert(
    fc.property(
      fc.array(queries, { minLength: 1, maxLength: 20 }),
      fc.array(posts, { minLength: 1, maxLength: 20 }),
      (asked, said) => {
        const all = read(asked)
        const index = makeTopicIndex()
        for (const [at, query] of all.entries()) index.put(String(at), query)
        for (const each of said) {
          const page = pageOf(each)
          const meant = all.flatMap((query, at) => (matches(query, page) ? [String(at)] : []))
          expect([...index.match(each)].sort()).toEqual(meant.sort())
        }
      },
    ),
    { numRuns: 300 },
  )
})
