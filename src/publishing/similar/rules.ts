// How alike two texts are, from 0 to 1, which of their words are the same, and the marks by which candidates are found. Pure.

import type { Draft } from '../../connectors/contract.ts'

/** From here on two texts say nearly the same to a reader; chosen on the table of cases in rules.test.ts. */
export const similarFrom = 0.6
/** A shorter text than this lies in many longer ones by chance, so being contained says little. */
const fewWords = 8
/** Below this many words, spelling (three letters in a row) counts beside words. */
const spelledWords = 14
/** Marks kept of one text; of a longer text those with the smallest numbers, which are a fair sample. */
export const keptMarks = 48
const soughtMarks = 256

/** Links, hashtags and mentions change from post to post without changing what is said. */
const ignored = /https?:\/\/\S+|[#＃@][\p{L}\p{N}_.-]+/gu
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Everything that a reader reads of it. */
export const textOf = (draft: Draft): string =>
  [draft.title, ...draft.segments.map(({ text }) => text), draft.firstComment].filter(Boolean).join('\n')

/** The words that count, in lower case and in their order. Languages without spaces are parted too. */
export const wordsOf = (text: string): string[] => spansOf(text).map(({ word }) => word)

function spansOf(text: string): { word: string; shown: string }[] {
  const plain = text.normalize('NFKC').replaceAll(ignored, ' ')
  return [...segmenter.segment(plain)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [{ word: segment.toLowerCase(), shown: segment }] : [],
  )
}

export interface Said {
  words: string[]
  pairs: Set<string>
  /** null: long enough to be judged by words alone. */
  spelling: Set<string> | null
}

export function saidOf(text: string): Said {
  const words = wordsOf(text)
  return { words, pairs: pairsOf(words), spelling: words.length < spelledWords ? trigramsOf(words) : null }
}

/** A single word is its own pair. */
const pairsOf = (words: string[]): Set<string> =>
  new Set(words.length === 1 ? words : words.slice(1).map((word, index) => `${words[index]} ${word}`))

function trigramsOf(words: string[]): Set<string> {
  const letters = [...`  ${words.join(' ')} `]
  return new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')))
}

/**
 * The largest of: the share of word pairs that both have (Jaccard); the share of the shorter text that the longer one contains,
 * where the shorter one has enough words; the likeness of spelling (Dice over trigrams) where both are short. Symmetric; 1 for
 * the same words; 0 where either says nothing.
 */
export function likeness(one: Said, other: Said): number {
  if (one.words.length === 0 || other.words.length === 0) return 0
  const shared = sharedOf(one.pairs, other.pairs)
  const smaller = Math.min(one.pairs.size, other.pairs.size)
  const both = one.pairs.size + other.pairs.size - shared
  const contained = Math.min(one.words.length, other.words.length) >= fewWords ? shared / smaller : 0
  const spelled =
    one.spelling && other.spelling
      ? (2 * sharedOf(one.spelling, other.spelling)) / (one.spelling.size + other.spelling.size)
      : 0
  return Math.max(shared / both, contained, spelled)
}

function sharedOf(one: Set<string>, other: Set<string>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  let count = 0
  for (const each of few) if (many.has(each)) count++
  return count
}

/** Runs of words that both texts have, as the first one writes them; the longest first. At least two words each, at most `most` runs. */
export function sameWords(text: string, other: Said, most = 3): string[] {
  const spans = spansOf(text)
  if (spans.length === 1) return other.words.includes(spans[0]!.word) ? [spans[0]!.shown] : []
  const runs: string[][] = []
  let run: string[] = []
  for (const [index, { word, shown }] of spans.entries()) {
    const next = spans[index + 1]
    if (run.length > 0 || (next && other.pairs.has(`${word} ${next.word}`))) run.push(shown)
    if (run.length > 0 && !(next && other.pairs.has(`${word} ${next.word}`))) {
      runs.push(run)
      run = []
    }
  }
  const longest = runs.toSorted((a, b) => b.length - a.length).map((words) => words.join(' '))
  return [...new Set(longest)].slice(0, most)
}

/** Marks that are stored for a text, and those by which others are sought: numbers of its word pairs. */
export const marksToKeep = (said: Said): number[] => smallest(said, keptMarks)
export const marksToSeek = (said: Said): number[] => smallest(said, soughtMarks)

function smallest({ pairs, words }: Said, most: number): number[] {
  // Short texts are found by their single words too: one changed word of three leaves no pair as it was.
  const of = words.length < spelledWords ? [...pairs, ...words] : pairs
  const marks = [...new Set([...of].map(markOf))]
  return marks.length <= most ? marks : marks.toSorted((a, b) => a - b).slice(0, most)
}

/** FNV-1a, as a signed 32-bit integer. */
function markOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}
