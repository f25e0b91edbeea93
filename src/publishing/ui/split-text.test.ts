// Splitting loses no word, and every part fits.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, splitText } from './split-text.ts'

const limits = { max: 20, unit: 'graphemes' as const }

test.each([
  ['short', ['short']],
  ['', ['']],
  ['one two three four five six', ['one two three four', 'five six']],
  ['A first sentence. Then a second one.', ['A first sentence.', 'Then a second one.']],
  ['First part here\n\nsecond part here', ['First part here', 'second part here']],
  ['a'.repeat(25), ['a'.repeat(20), 'a'.repeat(5)]],
])('%j', (text, parts) => {
  expect(splitText(text, limits)).toEqual(parts)
})

const unit = fc.constantFrom('graphemes' as const, 'code-points' as const, 'utf16' as const, 'bytes' as const)

test('nothing but white space is lost, and each part fits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      unit,
      fc.integer({ min: 30, max: 60 }),
      (text, counted, max) => {
        const rule = { max, unit: counted }
        const parts = splitText(text, rule)
        expect(parts.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
        for (const part of parts) expect(fits(part, rule)).toBe(true)
      },
    ),
  )
})
