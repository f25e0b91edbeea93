// Which spellings are one word, and that posts are folded exactly as queries are.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, foldInto, spell } from './spelling.ts'

test.each([
  ['ACME', 'acme'],
  ['Résumé', 'resume'],
  ['re\u0301sume\u0301', 'resume'],
  ['STRASSE', 'straße'],
  ['ẞ', 'ss'],
  ['Łódź', 'lodz'],
  ['Smørrebrød', 'smorrebrod'],
  ['İSTANBUL', 'istanbul'],
  ['ısparta', 'ISPARTA'],
  ['ＡＣＭＥ１', 'acme1'],
  ['ｱｲ', 'アイ'],
  ['ΣΟΦΌΣ', 'σοφος'],
  ['Ёлка', 'елка'],
  ['مَرْحَبًا', 'مرحبا'],
  ['مرحـــبا', 'مرحبا'],
  ['إسلام', 'اسلام'],
  ['می\u200cروم', 'ميروم'],
  ['שָׁלוֹם', 'שלום'],
  ['ज़रा', 'जरा'],
  ['٣٥', '35'],
  ['𝐀𝖼𝚖𝕖', 'acme'],
  ['か\u3099', 'が'],
  ['ac\u00adme', 'acme'],
  ['👍🏽', '👍'],
  ['❤️', '❤'],
  ['ﬁn', 'fin'],
])('%s is %s', (one, other) => {
  expect(fold(one)).toBe(fold(other))
})

test.each([
  ['が', 'か'],
  ['की', 'का'],
  ['สี', 'สา'],
  ['삼성', '삼송'],
  ['👍', '👎'],
])('%s is not %s', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

test('case and accents are compared where that is asked', () => {
  const both = { exactCase: true, exactAccents: true }
  const onlyCase = { exactCase: true, exactAccents: false }
  const onlyAccents = { exactCase: false, exactAccents: true }
  expect(spell('Résumé', both)).toBe(spell('Re\u0301sume\u0301', both))
  expect(spell('Résumé', both)).not.toBe(spell('résumé', both))
  expect(spell('Résumé', onlyCase)).toBe(spell('Resume', onlyCase))
  expect(spell('Résumé', onlyCase)).not.toBe(spell('resume', onlyCase))
  expect(spell('RÉSUMÉ', onlyAccents)).toBe(spell('résumé', onlyAccents))
  expect(spell('résumé', onlyAccents)).not.toBe(spell('resume', onlyAccents))
})

test('letters of a post are folded as words of a query are', () => {
  const units = new Uint16Array(2_000)
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(texts, (text) => {
      const count = foldInto(units, text, 0, text.length)
      expect(String.fromCharCode(...units.subarray(0, count))).toBe(fold(text))
    }),
    { numRuns: 5_000 },
  )
})

test('every unit of the basic plane is folded alike by both ways', () => {
  const units = new Uint16Array(100)
  const wrong: string[] = []
  for (let unit = 0; unit < 0x10000; unit++) {
    const letter = String.fromCharCode(unit)
    const count = foldInto(units, letter, 0, 1)
    if (String.fromCharCode(...units.subarray(0, count)) !== fold(letter)) wrong.push(unit.toString(16))
  }
  expect(wrong).toEqual([])
})
