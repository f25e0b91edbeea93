// Codes of short links: eight signs that nobody confuses and that never spell a word.

import { randomInt } from 'node:crypto'

/** Without vowels and without signs that look alike in print. */
const signs = '23456789bcdfghjkmnpqrstvwxyz'
const length = 8

export const newCode = (): string => Array.from({ length }, () => signs[randomInt(signs.length)]).join('')

/** As long as a real one; stands in the editor's preview until the words are frozen. */
export const codeToCome = signs.slice(0, length)

/** Somebody who types a code from paper need not mind capitals, nor the full stop of the sentence. null: it can be none. */
export const readCode = (text: string): string | null => {
  const code = text.toLowerCase().replace(/[.,;:!?)]{1,3}$/, '')
  return code.length === length && [...code].every((sign) => signs.includes(sign)) ? code : null
}
