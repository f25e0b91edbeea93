// The form says what its query says, there and back.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../parse.ts'
import { printQuery } from '../print.ts'
import { queries } from '../testing/generate.ts'
import { formOf, formText, readForm } from './rules.ts'
import { emptyForm, type TopicForm } from './types.ts'

const form = (filled: Partial<TopicForm>): TopicForm => ({ ...emptyForm(), ...filled })

function printed(filled: Partial<TopicForm>): string {
  const reading = readForm(form(filled))
  return reading.ok ? printQuery(reading.query) : reading.error.code
}

test.each<[Partial<TopicForm>, string]>([
  [
    { any: ['Acme', 'acme boots', '#acme', '@acme', 'acme.example'] },
    'Acme OR "acme boots" OR #acme OR @acme OR link:acme.example',
  ],
  [{ any: ['acme'], all: ['boots', 'new york'] }, 'acme AND boots AND "new york"'],
  [{ any: ['acme'], context: ['boots'] }, 'acme AND boots'],
  [{ any: ['acme', 'globex'], context: ['boots', 'shoes'] }, '(acme OR globex) AND (boots OR shoes)'],
  [{ any: ['acme', 'acme.example'], context: ['boots'], within: 8 }, 'acme NEAR/8 boots OR link:acme.example'],
  [
    { any: ['acme'], none: ['jobs', 'acme cinema'], languages: ['en', 'de'], has: ['image'], reposts: false },
    'acme AND (lang:en OR lang:de) AND has:image AND NOT (jobs OR "acme cinema") AND NOT kind:repost',
  ],
  [{ any: ['AND', 'e-mail', 'H&M', '=iPhone', 'author:ann'] }, '"AND" OR "e mail" OR "H M" OR =iPhone OR author:ann'],
  [{}, 'empty'],
  [{ none: ['jobs'] }, 'only-not'],
  [{ any: ['&'] }, 'nothing-to-find'],
])('%j is %s', (filled, query) => {
  expect(printed(filled)).toBe(query)
})

const item = fc.constantFrom(
  'acme',
  'Acme Boots',
  '#launch',
  '@acme',
  'acme.example',
  'acme.example/shop',
  '=iPhone',
  'author:ann',
  'boot*',
  '東京',
  '👍',
)
const items = fc.uniqueArray(item, { maxLength: 3 })

test('what is filled in comes back', () => {
  const filled = fc.record({
    any: fc.uniqueArray(item, { minLength: 1, maxLength: 3 }),
    all: items,
    context: items,
    within: fc.option(fc.integer({ min: 0, max: 50 })),
    none: items,
    languages: fc.subarray(['en', 'de', 'pt-br']),
    sources: fc.subarray(['stream', 'feeds']),
    has: fc.subarray<'image' | 'link'>(['image', 'link']),
    reposts: fc.boolean(),
  })
  fc.assert(
    fc.property(filled, (one) => {
      const reading = readForm(one)
      if (!reading.ok) {
        expect(reading.error.code).toBe('near-side')
        return
      }
      const back = formOf(reading.query)
      expect(back).not.toBeNull()
      expect(formText(back!)).toBe(formText({ ...back! }))
      expect(readForm(back!)).toEqual(reading)
      const same = (some: string[]) => some.map((each) => each.toLowerCase()).sort()
      expect(same([...back!.any, ...back!.all, ...back!.context])).toEqual(
        same([...one.any, ...one.all, ...one.context]),
      )
      expect(back).toMatchObject({
        none: one.none,
        languages: one.languages,
        sources: one.sources,
        has: one.has,
        reposts: one.reposts,
      })
    }),
    { numRuns: 1_000 },
  )
})

test('a query becomes a form only where nothing is lost', () => {
  fc.assert(
    fc.property(queries, (text) => {
      const reading = parseQuery(text)
      if (!reading.ok) return
      const found = formOf(reading.query)
      if (found) expect(readForm(found)).toMatchObject({ ok: true, query: reading.query })
    }),
    { numRuns: 1_000 },
  )
  const reading = parseQuery('(acme boots) OR (globex NOT jobs)')
  expect(reading.ok && formOf(reading.query)).toBeNull()
})
