// Excerpts: never longer than asked, never half a word or half a character.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf, titleOf } from './excerpt.ts'

const lengthOf = (text: string) => [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length

test.each([
  ['A short text', 40, 'A short text'],
  ['Two\n\n  lines\tand more', 40, 'Two lines and more'],
  ['The quick brown fox, which jumps', 21, 'The quick brown fox…'],
  ['走ることは続けることである', 6, '走ることは続…'],
  ['', 10, ''],
])('%j within %i is %j', (text, most, expected) => expect(excerptOf(text, most)).toBe(expected))

test('a family is one character and stays whole', () => {
  const family = '👨‍👩‍👧‍👦'
  expect(excerptOf(family.repeat(8), 3)).toBe(`${family.repeat(3)}…`)
})

test('whatever comes from outside fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 4, max: 60 }), (text, most) => {
      expect(lengthOf(excerptOf(text, most))).toBeLessThanOrEqual(most + 1)
    }),
  )
})

test('an item without a title is called by its words, then by its address', () => {
  expect(titleOf({ title: ' ', text: 'Some words', url: 'https://example.org' })).toBe('Some words')
  expect(titleOf({ title: null, text: '', url: 'https://example.org' })).toBe('https://example.org')
  expect(titleOf({ title: null, text: '', url: null })).toBe('Without words')
})
