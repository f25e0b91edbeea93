// The words that any query asks for, found from the characters of a post without making strings.

import { queryLimits } from '../types.ts'

/** What a word stands for: the same letters as a tag and as a name are two words. */
export const spaces = {
  word: 1,
  hashtag: 2,
  mention: 3,
  author: 4,
  host: 5,
  lang: 6,
  source: 7,
  has: 8,
  kind: 9,
  place: 10,
  /** Beginnings of words, tags and names. */
  wordStart: 11,
  hashtagStart: 12,
  mentionStart: 13,
} as const
export const spaceCount = 14

export interface Vocabulary {
  /** Open addressing in pairs: the hash of a word and its number, 0 for none. Never more than a quarter is filled. */
  slots: Int32Array
  /** A bit for each hash, to answer most questions without a look at the slots: see `mayHold`. */
  filter: Int32Array
  hashes: Int32Array
  space: Uint8Array
  /** Where the letters of each word lie in `letters`. */
  from: Uint32Array
  length: Uint16Array
  letters: Uint16Array
  lettersUsed: number
  /** How many queries use each; a word that none uses stays until the next rebuilding. */
  uses: Uint32Array
  /** One more than the highest number in use. Word 0 is none. */
  size: number
  live: number
  /** How many words each space has, so that a post is not asked for what nobody wants. */
  inSpace: Uint32Array
}

export const makeVocabulary = (): Vocabulary => ({
  slots: new Int32Array(2048),
  filter: new Int32Array(filterBits / 32),
  hashes: new Int32Array(256),
  space: new Uint8Array(256),
  from: new Uint32Array(256),
  length: new Uint16Array(256),
  letters: new Uint16Array(2048),
  lettersUsed: 0,
  uses: new Uint32Array(256),
  size: 1,
  live: 0,
  inSpace: new Uint32Array(spaceCount),
})

const prime = 0x01000193
/** 64 KiB stay in the processor's nearest memory. */
const filterBits = 1 << 19

/** False where no word has this hash. */
export const mayHold = ({ filter }: Vocabulary, hash: number): boolean =>
  ((filter[(hash >>> 5) & (filterBits / 32 - 1)]! >>> (hash & 31)) & 1) === 1

/** How many letters of a beginning decide at once whether any is worth looking for. */
export const headLength = queryLimits.prefix

/** The hash of no letters in `space`; `mixIn` adds a letter, `finish` makes it ready for the table. */
export const seedOf = (space: number): number => Math.imul(0x811c9dc5 ^ space, prime)
export const mixIn = (hash: number, unit: number): number => Math.imul(hash ^ unit, prime)

export function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

/** The number of the word with these letters; 0 where no query asks for it. */
export function findWord(vocabulary: Vocabulary, space: number, units: Uint16Array, from: number, to: number): number {
  let hash = seedOf(space)
  for (let at = from; at < to; at++) hash = mixIn(hash, units[at]!)
  return findHashed(vocabulary, finish(hash), space, units, from, to)
}

/** As `findWord`, where the hash is known already. */
export function findHashed(
  vocabulary: Vocabulary,
  hash: number,
  space: number,
  units: Uint16Array,
  from: number,
  to: number,
): number {
  if (!mayHold(vocabulary, hash)) return 0
  const { slots } = vocabulary
  const mask = slots.length - 2
  for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
    const word = slots[slot + 1]!
    if (word === 0) return 0
    if (slots[slot] === hash && isWord(vocabulary, word, space, units, from, to)) return word
  }
}

function isWord(
  vocabulary: Vocabulary,
  word: number,
  space: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  if (vocabulary.space[word] !== space || vocabulary.length[word] !== to - from) return false
  const start = vocabulary.from[word]!
  for (let at = from; at < to; at++) if (vocabulary.letters[start + at - from] !== units[at]) return false
  return true
}

/** The number of a word, which is added where it is new. Each call is one use. */
export function useWord(vocabulary: Vocabulary, space: number, text: string): number {
  const units = unitsOf(text)
  let word = findWord(vocabulary, space, units, 0, units.length)
  if (word === 0) word = addWord(vocabulary, space, units)
  if (vocabulary.uses[word]! === 0) {
    vocabulary.live++
    vocabulary.inSpace[space]!++
  }
  vocabulary.uses[word]!++
  return word
}

/** Ends one use. */
export function dropWord(vocabulary: Vocabulary, word: number): void {
  vocabulary.uses[word]!--
  if (vocabulary.uses[word]! > 0) return
  vocabulary.live--
  vocabulary.inSpace[vocabulary.space[word]!]!--
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at)
  return units
}

function addWord(vocabulary: Vocabulary, space: number, units: Uint16Array): number {
  const word = vocabulary.size++
  if (word >= vocabulary.hashes.length) growWords(vocabulary)
  while (vocabulary.lettersUsed + units.length > vocabulary.letters.length)
    vocabulary.letters = longer(vocabulary.letters, new Uint16Array(vocabulary.letters.length * 2))
  let hash = seedOf(space)
  for (const [at, unit] of units.entries()) {
    hash = mixIn(hash, unit)
    if (at + 1 === headLength) sift(vocabulary, finish(hash))
  }
  sift(vocabulary, finish(hash))
  vocabulary.hashes[word] = finish(hash)
  vocabulary.space[word] = space
  vocabulary.from[word] = vocabulary.lettersUsed
  vocabulary.length[word] = units.length
  vocabulary.letters.set(units, vocabulary.lettersUsed)
  vocabulary.lettersUsed += units.length
  if (vocabulary.size * 8 > vocabulary.slots.length) growSlots(vocabulary)
  else place(vocabulary, word)
  return word
}

function sift({ filter }: Vocabulary, hash: number): void {
  filter[(hash >>> 5) & (filterBits / 32 - 1)]! |= 1 << (hash & 31)
}

function place({ slots, hashes }: Vocabulary, word: number): void {
  const mask = slots.length - 2
  let slot = (hashes[word]! << 1) & mask
  while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
  slots[slot] = hashes[word]!
  slots[slot + 1] = word
}

function growSlots(vocabulary: Vocabulary): void {
  vocabulary.slots = new Int32Array(vocabulary.slots.length * 2)
  for (let word = 1; word < vocabulary.size; word++) place(vocabulary, word)
}

function growWords(vocabulary: Vocabulary): void {
  const size = vocabulary.hashes.length * 2
  vocabulary.hashes = longer(vocabulary.hashes, new Int32Array(size))
  vocabulary.space = longer(vocabulary.space, new Uint8Array(size))
  vocabulary.from = longer(vocabulary.from, new Uint32Array(size))
  vocabulary.length = longer(vocabulary.length, new Uint16Array(size))
  vocabulary.uses = longer(vocabulary.uses, new Uint32Array(size))
}

/** `into`, which begins with what `short` holds. */
export function longer<Numbers extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(
  short: Numbers,
  into: Numbers,
): Numbers {
  into.set(short)
  return into
}
