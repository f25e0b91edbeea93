// Which language a text is in: by its script where that is enough, else by runs of its letters, with what the network states as a hint.

import { eld } from 'eld/medium'
import * as kinds from './scan.ts'
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
  tokens: kinds.Tokens
  /** What the small words say; null: nothing clear. */
  spoken: string | null
  /** Says the model of the same pass. */
  looksHinglish: boolean
  /** Languages that the network or the author names, the likeliest first. */
  stated?: string[]
}

/** BCP 47. */
export function languageOf(text: string, { tokens, spoken, looksHinglish, stated = [] }: Clues): string {
  if (spoken !== null && !looksHinglish) return spoken
  const words = wordsOf(text, tokens)
  if (lettersIn(words) < leastLetters) return undetermined
  const isLatin = onlyLatin.test(words)
  if (!isLatin) for (const [script, language] of scripts) if (script.test(words)) return language
  if (isLatin && looksHinglish) return hinglish
  const found = eld.detect(words)
  const hints = stated.map(primary).filter((each) => each !== undetermined)
  if (found.language === '') return hints[0] ?? undetermined
  if (hints.length === 0 || hints.includes(found.language)) return found.language
  const scores = found.getScores()
  const likeliest = scores[found.language]!
  return hints.find((hint) => (scores[hint] ?? 0) >= likeliest * nearly) ?? found.language
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0]!

/** The words alone: names, tags, addresses and signs are no language. */
function wordsOf(text: string, tokens: kinds.Tokens): string {
  let found = ''
  for (let at = 0; at < tokens.count && found.length < mostUnits; at++)
    if (tokens.kind[at] === kinds.word) found += `${text.slice(tokens.start[at], tokens.end[at])} `
  return found
}

function lettersIn(words: string): number {
  let count = 0
  for (const each of words) if (letter.test(each) && ++count >= leastLetters) break
  return count
}
