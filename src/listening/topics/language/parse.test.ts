// What queries say, how they are printed, and where and why others are refused.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { queries } from './testing/generate.ts'
import { queryLimits } from './types.ts'

function printed(text: string): string {
  const reading = parseQuery(text)
  return reading.ok ? printQuery(reading.query) : reading.error.code
}

test.each([
  ['acme', 'acme'],
  ['acme globex', 'acme AND globex'],
  ['acme OR globex -jobs', 'acme OR (globex AND NOT jobs)'],
  ['(a OR (b OR c)) d', '(a OR b OR c) AND d'],
  ['acme NOT (jobs OR career*)', 'acme AND NOT (jobs OR career*)'],
  ['acme NOT NOT globex', 'acme AND globex'],
  ['“new york” NEAR/3 (pizza OR "deep dish")', '"new york" NEAR/3 (pizza OR "deep dish")'],
  ['=iPhone case:"Polish Sausage" accents:résumé', '=iPhone AND case:"Polish Sausage" AND accents:résumé'],
  ['acme lang:(en OR de, pt-BR)', 'acme AND (lang:en OR lang:de OR lang:pt-br)'],
  ['#Launch ＃東京 @ann@social.example', '#Launch AND #東京 AND @ann@social.example'],
  ['link:https://www.Acme.example/Shop/?a=1', 'link:acme.example/shop'],
  ['https://acme.example/', 'link:acme.example'],
  ['東京タワー（東京 OR 大阪）', '東京タワー AND (東京 OR 大阪)'],
  ["e-mail don't Re:Invent 10:30", '"e mail" AND don\'t AND "Re Invent" AND "10 30"'],
  ['"AND" acme', '"AND" AND acme'],
  ['👍🏽 "😀 😀" ":)"', '👍🏽 AND "😀 😀" AND ":)"'],
  ['place:"New  York" author:@ann', 'place:"New York" AND author:ann'],
])('%s is printed as %s', (text, normal) => {
  expect(printed(text)).toBe(normal)
})

test.each<[string, string, number, number, string?]>([
  ['', 'empty', 0, 0],
  ['  ', 'empty', 0, 2],
  ['acme "new york', 'unclosed-quote', 5, 14, '"new york"'],
  ['acme (a OR b', 'unclosed-bracket', 5, 6, ')'],
  ['acme) b', 'stray-bracket', 4, 5],
  [')', 'stray-bracket', 0, 1],
  ['acme OR', 'missing-term', 5, 7],
  ['AND acme', 'missing-term', 0, 3],
  ['acme ()', 'missing-term', 5, 7],
  ['acme & co', 'nothing-to-find', 5, 6],
  ['a NEAR b', 'near-number', 2, 6, 'NEAR/5'],
  ['a NEAR/99 b', 'near-range', 2, 9, 'NEAR/50'],
  ['a NEAR/3 b NEAR/3 c', 'near-chain', 11, 17],
  ['a NEAR/3 (b AND c)', 'near-side', 9, 18],
  ['*me x', 'star-place', 0, 1],
  ['acm*me x', 'star-place', 4, 6],
  ['ab* x', 'star-short', 2, 3],
  ['autor:ann', 'unknown-field', 0, 6, 'author:'],
  ['language:en', 'unknown-field', 0, 9, 'lang:'],
  ['acme has:picture', 'field-value', 9, 16],
  ['acme has:imag', 'field-value', 9, 13, 'has:image'],
  ['acme link:shop', 'field-value', 10, 14],
  ['NOT acme', 'only-not', 0, 8],
  ['-acme -globex', 'only-not', 0, 13],
  ['acme OR NOT globex', 'or-not', 0, 18],
  ['lang:en has:image', 'too-broad', 0, 17],
  ['acme OR lang:en', 'too-broad', 0, 15],
])('%s is refused: %s at %i to %i', (text, code, at, end, suggestion) => {
  const reading = parseQuery(text)
  expect(reading.ok ? null : reading.error).toMatchObject({ code, at, end, ...(suggestion && { suggestion }) })
})

test.each([
  ['a'.repeat(queryLimits.length + 1), 'too-long'],
  [Array.from({ length: queryLimits.terms + 1 }, () => 'ab').join(' OR '), 'too-many-terms'],
  [`${'('.repeat(9_000)}a${')'.repeat(9_000)}`, 'too-deep'],
  [`${'NOT '.repeat(4_000)}a`, null],
  [`"${'a '.repeat(queryLimits.phrase + 1)}"`, 'phrase-too-long'],
  [`${'a'.repeat(queryLimits.word + 1)} b`, 'word-too-long'],
  [near(45), 'near-too-large'],
])('what is built to explode is refused before it costs', (text, code) => {
  const reading = parseQuery(text)
  expect(reading.ok ? null : reading.error.code).toBe(code)
})

function near(alternatives: number): string {
  const side = Array.from({ length: alternatives }, (_, at) => `word${at}`).join(' OR ')
  return `(${side}) NEAR/5 (${side})`
}

test('what may not have been meant is told', () => {
  const codes = (text: string): string[] => {
    const reading = parseQuery(text)
    return reading.ok ? reading.hints.map(({ code }) => code) : []
  }
  expect(codes('acme or globex')).toEqual(['lowercase-operator'])
  expect(codes('acme OR globex jobs')).toEqual(['mixed-and-or'])
  expect(codes('acme OR (globex jobs)')).toEqual([])
  expect(codes('C++ programming')).toEqual(['signs-ignored', 'short-word'])
  expect(codes('"acme, inc." #launch @ann@social.example')).toEqual([])
})

test('the normal form of a query reads as the same query', () => {
  fc.assert(
    fc.property(fc.oneof(queries, fc.string({ unit: 'grapheme' })), (text) => {
      const reading = parseQuery(text)
      if (!reading.ok) return
      const normal = printQuery(reading.query)
      const again = parseQuery(normal)
      expect(again).toMatchObject({ ok: true, query: reading.query })
      expect(printed(normal)).toBe(normal)
    }),
    { numRuns: 3_000 },
  )
})

test('any text is read or refused, with a place within it', () => {
  const signs = fc.constantFrom(...' ()"*:-=@#/', 'NEAR/2', 'OR', 'AND', 'NOT', 'lang:', 'case:', 'a', '東', '\ud800')
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 30 }), (all) => {
      const text = all.join('')
      const reading = parseQuery(text)
      if (reading.ok) return
      expect(reading.error.at).toBeGreaterThanOrEqual(0)
      expect(reading.error.end).toBeGreaterThanOrEqual(reading.error.at)
      expect(reading.error.end).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 3_000 },
  )
})
