// Search in what was said: hashes of words as they are stored, and the search that people type, read into them.

import { spell } from '../topics/language/spelling.ts'
import { wordsOf } from '../topics/language/words.ts'

const folding = { exactCase: false, exactAccents: false }
/** More different words than any honest post has; a page of a megabyte must not swell the index. */
const mostWords = 400

/** Hashes of the words of a title and a text, without repetition. Tags and mentions count with and without their sign. */
export function searchWords(orgId: string, ...texts: (string | null)[]): number[] {
  const seed = seedOf(orgId)
  const found = new Set<number>()
  for (const text of texts) {
    if (!text) continue
    for (const { kind, text: part } of wordsOf(text)) {
      if (found.size >= mostWords) break
      const word = folded(kind === 'link' ? hostOf(part) : part)
      if (word === '') continue
      found.add(hash(seed, word))
      if (kind === 'hashtag') found.add(hash(seed, `#${word}`))
      if (kind === 'mention') found.add(hash(seed, `@${word}`))
    }
  }
  return [...found]
}

export interface Search {
  words: { all: number[]; none: number[] }
  phrases: string[]
  /** Phrases that must not occur. */
  without: string[]
}

/** `"a phrase" word -without #tag @handle`: every word must occur, phrases as they stand. Never fails: what is left open ends at the end. */
export function readSearch(orgId: string, typed: string): Search {
  const seed = seedOf(orgId)
  const search: Search = { words: { all: [], none: [] }, phrases: [], without: [] }
  for (const [, minus, quoted, plain] of typed.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
    const text = quoted ?? plain ?? ''
    const words = wordsOf(text).map(({ kind, text: part }) => {
      const word = folded(kind === 'link' ? hostOf(part) : part)
      return hash(seed, kind === 'hashtag' ? `#${word}` : kind === 'mention' ? `@${word}` : word)
    })
    if (words.length === 0) continue
    if (minus && words.length === 1) search.words.none.push(...words)
    else if (!minus) search.words.all.push(...words)
    // One word of several signs or characters stands as it was typed too: 東京 is not 京…東.
    if (words.length > 1) search[minus ? 'without' : 'phrases'].push(text)
  }
  return search
}

// Most words of a stream were said a moment ago.
const known = new Map<string, string>()
const mostKnown = 50_000

function folded(word: string): string {
  const found = known.get(word)
  if (found !== undefined) return found
  const made = spell(word, folding)
  if (known.size >= mostKnown) known.clear()
  known.set(word, made)
  return made
}

function hostOf(link: string): string {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/:?#]+)/iu.exec(link)?.[1]
  return host ?? link
}

/** Organisations never share a hash, so that one index serves all of them. */
function seedOf(orgId: string): number {
  return hash(0x811c9dc5, orgId)
}

/** FNV-1a over UTF-16 units, mixed at the end; signed 32 bits, as the database keeps them. */
function hash(seed: number, word: string): number {
  let value = seed
  for (let at = 0; at < word.length; at++) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193)
  value ^= value >>> 16
  value = Math.imul(value, 0x85ebca6b)
  return value ^ (value >>> 13)
}
