// What is found in hostile input, where, and what becomes of it when a network sent it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findUnstorable, firstOf, storable } from './storable.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

const nested = (levels: number): unknown => {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level++) value = { in: value }
  return value
}

test('the first so many units never end with half a sign', () => {
  expect(firstOf('ab😀', 3)).toBe('ab')
  expect(firstOf('ab😀', 4)).toBe('ab😀')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
      const first = firstOf(text, most)
      return first.isWellFormed() && text.startsWith(first) && first.length >= Math.min(text.length, most) - 1
    }),
  )
})

describe('findUnstorable', () => {
  test.each<[string, unknown, ReturnType<typeof findUnstorable>]>([
    ['plain text', 'hello', null],
    ['an emoji family', '👨‍👩‍👧‍👦', null],
    [
      'a NUL character',
      { content: { segments: [{ text: 'a' }, { text: 'b\0' }] } },
      { field: 'content.segments.1.text', reason: 'nul' },
    ],
    ['half an emoji', { name: '\ud83d' }, { field: 'name', reason: 'lone-surrogate' }],
    ['the other half first', { name: '\ude00\ud83d' }, { field: 'name', reason: 'lone-surrogate' }],
    ['a key with NUL', { options: { 'a\0b': 1 } }, { field: 'options', reason: 'nul' }],
    ['the first of two', { a: '\0', b: '\ud800' }, { field: 'a', reason: 'nul' }],
    ['numbers, dates, nothing', [1, new Date(), null, undefined, true], null],
    ['64 levels', nested(64), null],
  ])('%s', (_, input, expected) => expect(findUnstorable(input)).toEqual(expected))

  test('a million levels are refused without running out of stack', () => {
    expect(findUnstorable(nested(1_000_000))?.reason).toBe('nested-too-deeply')
  })

  test('a million values take well under a second', () => {
    const many = { list: Array.from({ length: 1_000_000 }, (_, index) => index) }
    const start = performance.now()
    expect(findUnstorable(many)).toBeNull()
    expect(performance.now() - start).toBeLessThan(hangs)
  })
})

describe('storable', () => {
  test('keeps what is good as it is, the very same value', () => {
    const value = { a: ['b', { c: 'd' }] }
    expect(storable(value)).toBe(value)
  })

  test('whatever comes, what leaves can be stored and has the same shape', () => {
    const unit = fc.string({ unit: fc.constantFrom('a', '\0', '\ud83d', '\ude00', '😀') })
    fc.assert(
      fc.property(fc.jsonValue(), unit, (json, text) => {
        const mended = storable({ json, text, [`${text}key`]: [text] })
        expect(findUnstorable(mended)).toBeNull()
        expect(mended.text.length).toBe(text.length)
      }),
    )
  })
})
