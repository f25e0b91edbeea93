// What of a vocabulary stands in one post, and where: made anew for each post in arrays that are used again.

import type { Heard } from '../../../../connectors/listen.ts'
import * as scanner from '../../../text/scan.ts'
import { hostOf } from '../links.ts'
import { foldInto } from '../spelling.ts'
import { queryLimits } from '../types.ts'
import {
  findHashed,
  findWord,
  finish,
  headLength,
  longer,
  mayHold,
  mixIn,
  seedOf,
  spaces,
  type Vocabulary,
} from './vocabulary.ts'

/** What a query is asked about. */
export type Said = Pick<Heard, 'title' | 'text' | 'kind' | 'author' | 'languages' | 'media' | 'links' | 'place'> & {
  /** Every name by which `source:` may call where it was heard. */
  sources: readonly string[]
}

export interface Sighting {
  vocabulary: Vocabulary
  tokens: scanner.Tokens
  units: Uint16Array
  said: Said | null
  /** Counts posts; what bears another number is of an earlier post. */
  post: number
  /** Of each word: the post in which it was last seen, and its first and last place there. */
  seen: Uint32Array
  first: Int32Array
  last: Int32Array
  /** The words of this post, each once. */
  words: Int32Array
  wordCount: number
  /** Each time that a word stands somewhere, in the order of the text. */
  count: number
  word: Int32Array
  position: Int32Array
  next: Int32Array
  /** Of each position: its first entry in the lists above, where it lies in its text, and in which. */
  positions: number
  entry: Int32Array
  start: Uint32Array
  end: Uint32Array
  part: Uint8Array
}

export const parts = { title: 0, text: 1, place: 2 } as const

/** Further than any NEAR reaches, so that nothing is near across the end of a text. */
const gap = queryLimits.near + queryLimits.phrase + 2
/** Of longer texts the beginning is read: in UTF-16 units. */
export const readLength = 200_000

export const makeSighting = (vocabulary: Vocabulary): Sighting => ({
  vocabulary,
  tokens: scanner.makeTokens(1024),
  units: new Uint16Array(queryLimits.word * 4),
  said: null,
  post: 0,
  seen: new Uint32Array(256),
  first: new Int32Array(256),
  last: new Int32Array(256),
  words: new Int32Array(256),
  wordCount: 0,
  count: 0,
  word: new Int32Array(1024),
  position: new Int32Array(1024),
  next: new Int32Array(1024),
  positions: 0,
  entry: new Int32Array(1026),
  start: new Uint32Array(1026),
  end: new Uint32Array(1026),
  part: new Uint8Array(1026),
})

/** Reads `said`: afterwards the sighting tells which words stand where. */
export function see(sighting: Sighting, said: Said): void {
  begin(sighting, said)
  const { inSpace } = sighting.vocabulary
  if (said.title) seeText(sighting, said.title, parts.title)
  seeText(sighting, said.text, parts.text)
  if (said.place && inSpace[spaces.place]! > 0) seeText(sighting, said.place, parts.place)
  if (inSpace[spaces.author]! > 0 && said.author) {
    seeName(sighting, spaces.author, said.author.id)
    if (said.author.handle) seeName(sighting, spaces.author, said.author.handle.replace(/^@/u, ''))
  }
  if (inSpace[spaces.host]! > 0) for (const link of said.links) seeLink(sighting, link)
  if (inSpace[spaces.lang]! > 0) for (const language of said.languages) seeLanguage(sighting, language)
  if (inSpace[spaces.source]! > 0) for (const source of said.sources) seeWhole(sighting, spaces.source, source)
  if (inSpace[spaces.kind]! > 0) seeWhole(sighting, spaces.kind, said.kind)
  if (inSpace[spaces.has]! > 0) {
    for (const medium of said.media) seeWhole(sighting, spaces.has, medium)
    if (said.media.length > 0) seeWhole(sighting, spaces.has, 'media')
    if (said.links.length > 0) seeWhole(sighting, spaces.has, 'link')
  }
  sighting.entry[sighting.positions] = sighting.count
}

/** Whether `word` stands at `position`. */
export function standsAt(sighting: Sighting, word: number, position: number): boolean {
  if (position >= sighting.positions) return false
  const end = sighting.entry[position + 1]!
  for (let at = sighting.entry[position]!; at < end; at++) if (sighting.word[at] === word) return true
  return false
}

/** Whether `word` stands in the post at all. */
export const isSeen = (sighting: Sighting, word: number): boolean => sighting.seen[word] === sighting.post

function begin(sighting: Sighting, said: Said): void {
  sighting.said = said
  sighting.post = sighting.post === 0xffffffff ? 1 : sighting.post + 1
  if (sighting.post === 1) sighting.seen.fill(0)
  sighting.wordCount = 0
  sighting.count = 0
  sighting.positions = 0
  const size = sighting.vocabulary.hashes.length
  if (sighting.seen.length >= size) return
  sighting.seen = longer(sighting.seen, new Uint32Array(size))
  sighting.first = longer(sighting.first, new Int32Array(size))
  sighting.last = longer(sighting.last, new Int32Array(size))
  sighting.words = longer(sighting.words, new Int32Array(size))
}

function seeText(sighting: Sighting, whole: string, part: number): void {
  const text = whole.length > readLength ? whole.slice(0, readLength) : whole
  if (sighting.positions > 0) for (let step = 0; step < gap; step++) openPosition(sighting, 0, 0, part)
  const tokens = scanner.scan(text, sighting.tokens)
  const hasApostrophes = text.includes("'") || text.includes('’')
  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kind[at]!
    if (kind === scanner.sign) continue
    const [start, end] = [tokens.start[at]!, tokens.end[at]!]
    if (kind === scanner.word && hasApostrophes) seeWord(sighting, text, start, end, part)
    else {
      openPosition(sighting, start, end, part)
      if (kind === scanner.hashtag) seeTag(sighting, text, start + 1, end, part)
      else if (kind !== scanner.link && kind !== scanner.mention) seeLetters(sighting, text, start, end, part)
      else if (part !== parts.place && kind === scanner.link) seeLinkInText(sighting, text, start, end)
      else if (part !== parts.place) seeMention(sighting, text, start + 1, end)
    }
  }
}

/** A word with an apostrophe is its parts. */
function seeWord(sighting: Sighting, text: string, start: number, end: number, part: number): void {
  let from = start
  for (let at = start; at <= end; at++) {
    const unit = at < end ? text.charCodeAt(at) : 39
    if (unit !== 39 && unit !== 0x2019) continue
    openPosition(sighting, from, at, part)
    seeLetters(sighting, text, from, at, part)
    from = at + 1
  }
}

function seeLetters(sighting: Sighting, text: string, start: number, end: number, part: number): void {
  const length = foldInto(sighting.units, text, start, end)
  lookUp(sighting, part === parts.place ? spaces.place : spaces.word, length)
  if (part !== parts.place) lookUpStarts(sighting, spaces.wordStart, length)
}

function seeTag(sighting: Sighting, text: string, start: number, end: number, part: number): void {
  seeLetters(sighting, text, start, end, part)
  if (part === parts.place) return
  const length = foldInto(sighting.units, text, start, end)
  lookUp(sighting, spaces.hashtag, length)
  lookUpStarts(sighting, spaces.hashtagStart, length)
}

/** @name@server is found by @name as well. */
function seeMention(sighting: Sighting, text: string, start: number, end: number): void {
  if (sighting.vocabulary.inSpace[spaces.mention] === 0 && sighting.vocabulary.inSpace[spaces.mentionStart] === 0)
    return
  const length = foldInto(sighting.units, text, start, end)
  lookUp(sighting, spaces.mention, length)
  const server = sighting.units.subarray(0, length).indexOf(64)
  if (server > 0) lookUp(sighting, spaces.mention, server)
  lookUpStarts(sighting, spaces.mentionStart, length)
}

function lookUp(sighting: Sighting, space: number, length: number): void {
  if (length === sighting.units.length) return
  const word = findWord(sighting.vocabulary, space, sighting.units, 0, length)
  if (word !== 0) enter(sighting, word)
}

function lookUpStarts(sighting: Sighting, space: number, length: number): void {
  const { vocabulary, units } = sighting
  if (vocabulary.inSpace[space] === 0 || length < headLength) return
  let hash = seedOf(space)
  for (let at = 0; at < headLength; at++) hash = mixIn(hash, units[at]!)
  if (!mayHold(vocabulary, finish(hash))) return
  const most = Math.min(length, queryLimits.word * 2)
  for (let at = headLength; ; at++) {
    const word = findHashed(vocabulary, finish(hash), space, units, 0, at)
    if (word !== 0) enter(sighting, word)
    if (at >= most) return
    hash = mixIn(hash, units[at]!)
  }
}

function seeWhole(sighting: Sighting, space: number, name: string): void {
  const length = foldInto(sighting.units, name, 0, name.length)
  noticeLetters(sighting, space, 0, length)
}

function noticeLetters(sighting: Sighting, space: number, from: number, to: number): void {
  if (to === sighting.units.length || from === to) return
  const word = findWord(sighting.vocabulary, space, sighting.units, from, to)
  if (word !== 0) notice(sighting, word)
}

function seeName(sighting: Sighting, space: number, name: string): void {
  seeWhole(sighting, space, name)
  const server = name.indexOf('@')
  if (server > 0) seeWhole(sighting, space, name.slice(0, server))
}

function seeLanguage(sighting: Sighting, language: string): void {
  seeWhole(sighting, spaces.lang, language)
  const region = language.indexOf('-')
  if (region > 0) seeWhole(sighting, spaces.lang, language.slice(0, region))
}

function seeLinkInText(sighting: Sighting, text: string, start: number, end: number): void {
  const { inSpace } = sighting.vocabulary
  if (inSpace[spaces.host] === 0 && inSpace[spaces.has] === 0) return
  const link = text.slice(start, end)
  if (sighting.said!.links.includes(link)) return
  if (inSpace[spaces.host]! > 0) seeLink(sighting, link)
  if (inSpace[spaces.has]! > 0) seeWhole(sighting, spaces.has, 'link')
}

/** The host of a link and every domain above it. */
function seeLink(sighting: Sighting, link: string): void {
  const host = hostOf(link)
  const length = foldInto(sighting.units, host, 0, host.length)
  noticeLetters(sighting, spaces.host, 0, length)
  for (let at = 0; at < length; at++)
    if (sighting.units[at] === 46) noticeLetters(sighting, spaces.host, at + 1, length)
}

function openPosition(sighting: Sighting, start: number, end: number, part: number): void {
  const at = sighting.positions++
  if (at + 1 >= sighting.entry.length) growPositions(sighting)
  sighting.entry[at] = sighting.count
  sighting.start[at] = start
  sighting.end[at] = end
  sighting.part[at] = part
}

/** Notes that `word` stands at the newest position. */
function enter(sighting: Sighting, word: number): void {
  const at = sighting.count++
  if (at === sighting.word.length) growEntries(sighting)
  sighting.word[at] = word
  sighting.position[at] = sighting.positions - 1
  sighting.next[at] = -1
  if (notice(sighting, word)) sighting.first[word] = at
  else sighting.next[sighting.last[word]!] = at
  sighting.last[word] = at
}

/** Notes that `word` is in the post, and answers whether that is new. */
function notice(sighting: Sighting, word: number): boolean {
  if (sighting.seen[word] === sighting.post) return false
  sighting.seen[word] = sighting.post
  sighting.words[sighting.wordCount++] = word
  return true
}

function growEntries(sighting: Sighting): void {
  const size = sighting.word.length * 2
  sighting.word = longer(sighting.word, new Int32Array(size))
  sighting.position = longer(sighting.position, new Int32Array(size))
  sighting.next = longer(sighting.next, new Int32Array(size))
}

function growPositions(sighting: Sighting): void {
  const size = sighting.entry.length * 2
  sighting.entry = longer(sighting.entry, new Int32Array(size))
  sighting.start = longer(sighting.start, new Uint32Array(size))
  sighting.end = longer(sighting.end, new Uint32Array(size))
  sighting.part = longer(sighting.part, new Uint8Array(size))
}
