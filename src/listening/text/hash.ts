// Numbers for words and letters in a row: the same in training and in the product, on every machine.

/** Families of features; the same letters in two families are two features. */
export const wordSeed = 0x811c9dc5
export const negatedSeed = 0x2b1e3f57
export const gramSeed = 0x5bd1e995

const prime = 0x01000193

/** One step of FNV-1a. */
export const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, prime)

/** Spreads the bits (the end of MurmurHash3); never 0, which stands for "nothing". */
export function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  mixed ^= mixed >>> 16
  return mixed >>> 0 || 1
}

export function hashText(text: string, seed = wordSeed): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = step(hash, text.charCodeAt(at))
  return spread(hash)
}

/** Two words in this order. */
export const hashPair = (first: number, second: number): number => spread(Math.imul(first, 0x9e3779b1) ^ second)

const shortest = 2
const longest = 5
const longestWord = 24

/** All runs of two to five letters of a word, its two ends marked by a blank. */
export function gramsOf(word: string): Uint32Array {
  const padded = ` ${word.slice(0, longestWord)} `
  const found: number[] = []
  for (let start = 0; start + shortest <= padded.length; start++) {
    let hash = gramSeed
    const end = Math.min(start + longest, padded.length)
    for (let at = start; at < end; at++) {
      hash = step(hash, padded.charCodeAt(at))
      if (at - start + 1 >= shortest) found.push(spread(hash))
    }
  }
  return Uint32Array.from(found)
}
