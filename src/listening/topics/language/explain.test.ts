// Highlights stand exactly where the words are, and what does not match says which clause kept it from doing so.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeExplainer } from './explain.ts'
import type { Said } from './index/sighting.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { posts, queries } from './testing/generate.ts'
import { matches, pageOf } from './testing/reference.ts'

const post = (text: string, more: Partial<Said> = {}): Said => ({
  title: null,
  text,
  kind: 'post',
  author: null,
  languages: ['en'],
  media: [],
  links: [],
  place: null,
  sources: ['stream'],
  ...more,
})

function explain(text: string, said: Said) {
  const reading = parseQuery(text)
  if (!reading.ok) throw new Error(reading.error.code)
  const { spans, fields, failed, matches: isMatch } = makeExplainer(reading.query)(said)
  return {
    matches: isMatch,
    words: spans.map(({ part, start, end }) => (part === 'title' ? said.title! : said.text).slice(start, end)),
    fields: fields.map(printQuery),
    failed: failed.map(printQuery),
  }
}

test.each<[string, string, string[]]>([
  ['acme', 'I love Acme’s boots, #ACME!', ['Acme', '#ACME']],
  ['"new york" pizza', 'Pizza in New York, not in york', ['Pizza', 'New York']],
  ['東京タワー', '東京の東京タワーへ', ['東京タワー']],
  ['hungry NEAR/2 acme', 'hungry dogs. Later hungry for Acme again', ['hungry', 'Acme']],
  ['acm* NOT jobs', 'acme and acmeology', ['acme', 'acmeology']],
  ['👍 OR ❤️', 'well 👍🏽 and ❤', ['👍🏽', '❤']],
  ['acme OR "acme boots"', 'acme boots', ['acme boots']],
])('%s on %s shows %j', (query, text, words) => {
  expect(explain(query, post(text))).toMatchObject({ matches: true, words, failed: [] })
})

test('what does not match names the clause', () => {
  const said = post('Acme jobs in Berlin')
  expect(explain('acme boots NOT jobs', said)).toEqual({
    matches: false,
    words: ['Acme', 'jobs'],
    fields: [],
    failed: ['boots', 'NOT jobs'],
  })
  expect(explain('acme (boots OR shoes) lang:en has:image', said)).toMatchObject({
    words: ['Acme'],
    fields: ['lang:en'],
    failed: ['boots OR shoes', 'has:image'],
  })
  expect(explain('jobs NEAR/0 berlin', said)).toMatchObject({
    matches: false,
    words: [],
    failed: ['jobs NEAR/0 berlin'],
  })
})

test('an explanation agrees with the meaning, and its places rise without overlap', () => {
  fc.assert(
    fc.property(queries, posts, (text, said) => {
      const reading = parseQuery(text)
      if (!reading.ok) return
      const explained = makeExplainer(reading.query)(said)
      expect(explained.matches).toBe(matches(reading.query, pageOf(said)))
      expect(explained.failed.length > 0).toBe(!explained.matches)
      for (const failed of explained.failed) expect(matches(failed, pageOf(said))).toBe(false)
      const texts = { title: said.title ?? '', text: said.text }
      explained.spans.forEach(({ part, start, end }, at) => {
        const before = explained.spans[at - 1]
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(texts[part].length)
        if (before?.part === part) expect(start).toBeGreaterThanOrEqual(before.end)
      })
    }),
    { numRuns: 1_000 },
  )
})
