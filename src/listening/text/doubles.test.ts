// Doubles are found through edits, reposts and other addresses; other posts on the same matter are not doubles.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubleFrom, keyCount, keysOf, markedLikeness, marksOf } from './doubles.ts'
import { makeReader } from './read.ts'

const reader = makeReader({ valence: new Map(), opinion: new Map() }, (form) => form)
const marks = (text: string): Uint32Array => marksOf(reader, text)!
const meet = (one: string, other: string): boolean => {
  const keys = new Set(keysOf(marks(one)))
  return keysOf(marks(other)).some((key) => keys.has(key))
}

const post = 'The new bridge over the river opens on Monday, two years late and 40 million over budget'

test.each([
  ['reposted', `RT @news: ${post}`],
  ['with another address', `${post} https://example.org/x?utm=1`],
  ['with tags behind it', `${post} #bridge #budget`],
  ['in capitals', post.toUpperCase()],
  ['with a word changed', post.replace('river', 'Elbe')],
  ['with two words changed', post.replace('new', 'long').replace('Monday', 'Tuesday')],
  ['with a remark before it', `Finally! ${post}`],
  ['cut short', 'The new bridge over the river opens on Monday, two years late and 40 million…'],
])('a post %s is a double and is looked up', (_, other) => {
  expect(markedLikeness(marks(post), marks(other))).toBeGreaterThanOrEqual(doubleFrom)
  expect(meet(post, other)).toBe(true)
})

test.each([
  'The bridge will stay closed on Monday because of the storm, the city says',
  'Two years late: the airport opens at last, and it cost 40 million more than planned',
  'I walked over the new bridge today and the view is lovely',
])('"%s" is no double', (other) => {
  expect(markedLikeness(marks(post), marks(other))).toBeLessThan(doubleFrom)
})

test('the marks of a text come close to the share of words that two texts have in common', () => {
  const words = Array.from({ length: 400 }, (_, at) => `word${at}x`)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 300 }), (changed, from) => {
      const own = words.slice(from, from + 60)
      const other = own.map((word, at) => (at < changed ? `${word}y` : word))
      const [all, kept] = [60 + 59, 60 - changed + Math.max(59 - changed, 0)]
      const share = kept / (2 * all - kept)
      expect(Math.abs(markedLikeness(marks(own.join(' ')), marks(other.join(' '))) - share)).toBeLessThan(0.5)
    }),
    { numRuns: 200, seed: 5 },
  )
})

test('a text of a few signs has no marks, and every text has eight keys that fit an integer column', () => {
  expect(marksOf(reader, 'ok @ann https://example.org')).toBeNull()
  const keys = keysOf(marks(post))
  expect(keys).toHaveLength(keyCount)
  for (const key of keys) expect(key).toBe(key | 0)
})
