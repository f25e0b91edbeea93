// Finds posts that say nearly the same: sixteen marks of a text that edits seldom change, and eight keys to look others up by (MinHash).

import { addresses, counts, isWord, pictures, points, tags } from './forms.ts'
import { hashPair, spread } from './hash.ts'
import { type Reader, type Reading, read } from './read.ts'

export const markCount = 16
/** Texts that share no key are not doubles; each key stands for two marks. */
export const keyCount = 8
/** From this share of equal marks on two texts say nearly the same; chosen on the cases of doubles.test.ts. */
export const doubleFrom = 0.5

const said = isWord | pictures | tags | counts

/** null: the text says too little to be compared; what is equal letter by letter is found without marks. */
export function marksOf(reader: Reader, text: string): Uint32Array | null {
  const parts = partsOf(read(reader, text), text)
  if (parts.length < 5) return null
  const marks = new Uint32Array(markCount).fill(0xffffffff)
  for (const part of parts)
    for (let mark = 0; mark < markCount; mark++) {
      const drawn = spread(part ^ Math.imul(mark + 1, 0x9e3779b1))
      if (drawn < marks[mark]!) marks[mark] = drawn
    }
  return marks
}

/** Words and pairs of words, without names, addresses and the head of a repost. */
function partsOf({ count, forms, start, end }: Reading, text: string): number[] {
  const parts: number[] = []
  let before = 0
  for (let at = 0; at < count; at++) {
    const { traits, hash } = forms[at]!
    if (traits & (addresses | points) || (traits & said) === 0) continue
    if (parts.length === 0 && text.slice(start[at], end[at]).toLowerCase() === 'rt') continue
    parts.push(hash)
    if (before !== 0) parts.push(hashPair(before, hash))
    before = hash
  }
  return parts
}

/** Signed 32-bit numbers, for an index: two texts are worth comparing if they share one. */
export const keysOf = (marks: Uint32Array): number[] =>
  Array.from(
    { length: keyCount },
    (_, key) => spread(Math.imul(marks[key * 2]! ^ key, 0x85ebca6b) ^ marks[key * 2 + 1]!) | 0,
  )

/** About the share of words and pairs that both texts have, 0 to 1. */
export function markedLikeness(one: Uint32Array, other: Uint32Array): number {
  let same = 0
  for (let mark = 0; mark < markCount; mark++) if (one[mark] === other[mark]) same++
  return same / markCount
}
