// Whether a clause holds in the post that a sighting has read.

import { beginsPath, hostOf, pathOf } from '../links.ts'
import { spell } from '../spelling.ts'
import { wordsOf } from '../words.ts'
import type { Clause, LinkTo, NearBy, Phrase } from './compile.ts'
import { isSeen, parts, readLength, type Said, type Sighting, standsAt } from './sighting.ts'
import { longer } from './vocabulary.ts'

export function holds(sighting: Sighting, clause: Clause): boolean {
  switch (clause.op) {
    case 'word':
      return isSeen(sighting, clause.word)
    case 'all':
      for (const each of clause.of) if (!holds(sighting, each)) return false
      return true
    case 'some':
      for (const each of clause.of) if (holds(sighting, each)) return true
      return false
    case 'never':
      return !holds(sighting, clause.of)
    case 'phrase':
      return findPhrase(sighting, clause, -1) >= 0
    case 'near':
      return isNear(sighting, clause)
    case 'link':
      return isSeen(sighting, clause.word) && hasLink(sighting.said!, clause)
  }
}

/** The entry of the first word of the next place of `phrase` after the entry `after`; -1 where there is none. */
export function findPhrase(sighting: Sighting, phrase: Phrase, after: number): number {
  const { words } = phrase
  for (const word of words) if (!isSeen(sighting, word)) return -1
  for (let at = after < 0 ? sighting.first[words[0]!]! : sighting.next[after]!; at >= 0; at = sighting.next[at]!) {
    const from = sighting.position[at]!
    let length = 1
    while (length < words.length && standsAt(sighting, words[length]!, from + length)) length++
    if (length === words.length && (!phrase.exact || isExact(sighting, phrase.exact, from))) return at
  }
  return -1
}

function isExact(sighting: Sighting, exact: NonNullable<Phrase['exact']>, from: number): boolean {
  return exact.spellings.every((spelling, step) => {
    const written = spell(writtenAt(sighting, from + step), exact.strictness)
    if (exact.starts[step] ? written.startsWith(spelling) : written === spelling) return true
    // @name stands for @name@server.
    return written.startsWith(`${spelling}@`) && isMention(sighting, from + step)
  })
}

/** What stands at a position, without # or @. */
function writtenAt(sighting: Sighting, position: number): string {
  const text = textOf(sighting.said!, sighting.part[position]!)
  const written = text.slice(sighting.start[position]!, sighting.end[position]!)
  return written.length > 1 && /^[#＃@]/u.test(written) ? written.slice(1) : written
}

const isMention = (sighting: Sighting, position: number): boolean =>
  textOf(sighting.said!, sighting.part[position]!)[sighting.start[position]!] === '@'

export const textOf = (said: Said, part: number): string =>
  (part === parts.title ? said.title : part === parts.text ? said.text : said.place) ?? ''

// Where the two sides of a NEAR stand; used again by every post.
const starts: [Int32Array, Int32Array] = [new Int32Array(256), new Int32Array(256)]

function isNear(sighting: Sighting, near: NearBy): boolean {
  for (const left of near.left) {
    const lefts = collect(sighting, left, 0)
    if (lefts === 0) continue
    for (const right of near.right) {
      const rights = collect(sighting, right, 1)
      const lengths = [left.words.length, right.words.length] as const
      if (rights > 0 && nearestPair([lefts, rights], lengths, near.within) !== null) return true
    }
  }
  return false
}

/** Every pair of places of the two sides that are near; for highlights. */
export function nearPlaces(
  sighting: Sighting,
  left: Phrase,
  right: Phrase,
  within: number,
): { left: number; right: number }[] {
  const counts = [collect(sighting, left, 0), collect(sighting, right, 1)] as const
  const lengths = [left.words.length, right.words.length] as const
  const found: { left: number; right: number }[] = []
  for (let from = 0; ; ) {
    const pair = nearestPair(counts, lengths, within, from)
    if (!pair) return found
    found.push({ left: starts[0][pair[0]]!, right: starts[1][pair[1]]! })
    from = pair[0] + 1
  }
}

/** Writes the positions where `phrase` stands into one side and answers how many there are. */
function collect(sighting: Sighting, phrase: Phrase, side: 0 | 1): number {
  let count = 0
  for (let at = findPhrase(sighting, phrase, -1); at >= 0; at = findPhrase(sighting, phrase, at)) {
    if (count === starts[side].length) starts[side] = longer(starts[side], new Int32Array(count * 2))
    starts[side][count++] = sighting.position[at]!
  }
  return count
}

/** Both lists rise, so each is walked once: time grows with the length of the text, however often a word stands in it. */
function nearestPair(
  counts: readonly [number, number],
  lengths: readonly [number, number],
  within: number,
  from = 0,
): [number, number] | null {
  let [before, behind] = [0, 0]
  for (let at = from; at < counts[0]; at++) {
    const left = starts[0][at]!
    while (before < counts[1] && starts[1][before]! < left - lengths[1] - within) before++
    if (before < counts[1] && starts[1][before]! <= left - lengths[1]) return [at, before]
    while (behind < counts[1] && starts[1][behind]! < left + lengths[0]) behind++
    if (behind < counts[1] && starts[1][behind]! <= left + lengths[0] + within) return [at, behind]
  }
  return null
}

function hasLink(said: Said, { host, path }: LinkTo): boolean {
  const inText = [said.title ?? '', said.text].flatMap((text) =>
    wordsOf(text.slice(0, readLength))
      .filter(({ kind }) => kind === 'link')
      .map(({ text: link }) => link),
  )
  return [...said.links, ...inText].some((link) => {
    const found = hostOf(link)
    return (found === host || found.endsWith(`.${host}`)) && beginsPath(pathOf(link), path)
  })
}
