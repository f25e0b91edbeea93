// Which language a text is in: by its script where that is enough, else by runs of its letters, with what the network states as a hint.

import { isWord } from './forms.ts'
import { type Letters, lettersOf, likeliest } from './letters.ts'
import type { Reading } from './read.ts'
import { undetermined } from './types.ts'

/** Hindi in Latin letters, mixed with English as people write it. */
const hinglish = 'hi-Latn'

const leastLetters = 3
/** A stated language is believed where the text itself is about as likely in it as in the likeliest one. */
const nearly = 0.88
/** Of a longer text the beginning is enough. */
const mostUnits = 300

/** Scripts that are written in one language only, or nearly so. */
const scripts: [RegExp, string][] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, 'ja'],
  [/\p{sc=Hangul}/u, 'ko'],
  [/\p{sc=Han}/u, 'zh'],
  [/\p{sc=Thai}/u, 'th'],
  [/\p{sc=Hebrew}/u, 'he'],
  [/\p{sc=Greek}/u, 'el'],
  [/\p{sc=Georgian}/u, 'ka'],
  [/\p{sc=Armenian}/u, 'hy'],
  [/\p{sc=Tamil}/u, 'ta'],
  [/\p{sc=Telugu}/u, 'te'],
  [/\p{sc=Kannada}/u, 'kn'],
  [/\p{sc=Malayalam}/u, 'ml'],
  [/\p{sc=Gujarati}/u, 'gu'],
  [/\p{sc=Gurmukhi}/u, 'pa'],
  [/\p{sc=Sinhala}/u, 'si'],
  [/\p{sc=Khmer}/u, 'km'],
  [/\p{sc=Lao}/u, 'lo'],
  [/\p{sc=Myanmar}/u, 'my'],
]
const onlyLatin = /^[\p{sc=Latin}\p{sc=Common}\p{sc=Inherited}]*$/u
const letter = /\p{L}/u

export interface Clues {
  reading: Pick<Reading, 'forms' | 'count' | 'start' | 'end'>
  /** What the small words say; null: nothing clear. */
  spoken: string | null
  /** Says the model of the same pass. */
  looksHinglish: boolean
  /** Languages that the network or the author names, the likeliest first. */
  stated?: string[]
}

/** BCP 47. */
export function languageOf(text: string, { reading, spoken, looksHinglish, stated = [] }: Clues): string {
  if (spoken !== null && !looksHinglish) return spoken
  const { words, letters } = wordsOf(text, reading)
  if (lettersIn(words) < leastLetters) return undetermined
  const isLatin = onlyLatin.test(words)
  if (!isLatin) for (const [script, language] of scripts) if (script.test(words)) return language
  if (isLatin && looksHinglish) return hinglish
  const found = likeliest(letters)
  const hints = stated.map(primary).filter((each) => each !== undetermined)
  if (found === null) return hints[0] ?? undetermined
  if (hints.length === 0 || hints.includes(found.language)) return found.language
  return hints.find((hint) => found.besides(hint) >= nearly) ?? found.language
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0]!

/** The words alone: names, tags, addresses and signs are no language. One that comes again says nothing more. */
function wordsOf(text: string, { forms, count, start, end }: Clues['reading']): { words: string; letters: Letters[] } {
  let words = ''
  const [letters, fresh]: [Letters[], string[]] = [[], []]
  for (let at = 0; at < count && words.length < mostUnits; at++) {
    const form = forms[at]!
    if (!(form.traits & isWord)) continue
    const word = text.slice(start[at], end[at])
    words += `${word} `
    if (form.letters === null && !form.needed) {
      form.needed = true
      fresh.push(word)
      continue
    }
    form.letters ??= lettersOf(word)
    if (!letters.includes(form.letters)) letters.push(form.letters)
  }
  if (fresh.length > 0) letters.push(lettersOf(...fresh))
  return { words, letters }
}

function lettersIn(words: string): number {
  let count = 0
  for (const each of words) if (letter.test(each) && ++count >= leastLetters) break
  return count
}
