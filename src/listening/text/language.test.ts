// Small words name the language of most posts; scripts, letters, hints and too few letters do the rest.

import { describe, expect, test } from 'vitest'
import { spokenLanguage } from './function-words.ts'
import { type Clues, languageOf } from './language.ts'
import { makeReader, read } from './read.ts'

const reader = makeReader({ valence: new Map(), opinion: new Map() }, (form) => form)
const spoken = (text: string): string | null => {
  const { forms, count } = read(reader, text)
  return spokenLanguage(forms, count)
}
const language = (text: string, clues: Partial<Clues> = {}): string =>
  languageOf(text, { reading: read(reader, text), spoken: null, looksHinglish: false, ...clues })

test.each<[string, string | null]>([
  ['They said that the store would not open', 'en'],
  ['ich habe das nicht gesehen und auch nicht gehört', 'de'],
  ['porque el pan del barrio es muy bueno', 'es'],
  ["je suis dans une ville avec vous et c'est très bien", 'fr'],
  ['não sei se você foi ou não', 'pt'],
  ['pizza festival 2026', null],
  ['the show was like la casa del papel, muy bueno, los quiero', null],
])('small words of "%s" say %s', (text, said) => {
  expect(spoken(text)).toBe(said)
})

describe('looked at more closely', () => {
  test.each<[string, Partial<Clues>, string]>([
    ['Dziękuję bardzo za pomoc w sklepie', {}, 'pl'],
    ['תודה רבה', {}, 'he'],
    ['東京で食べたラーメン', {}, 'ja'],
    ['谢谢你们的帮助', {}, 'zh'],
    ['ok', {}, 'und'],
    ['👍👍👍 #love @ann', {}, 'und'],
    ['kya baat hai yaar', { looksHinglish: true }, 'hi-Latn'],
    ['Привет как дела', { looksHinglish: true }, 'ru'],
    ['die', { stated: ['de-CH'] }, 'de'],
  ])('"%s" with %j is %s', (text, clues, wanted) => {
    expect(language(text, clues)).toBe(wanted)
  })
})
