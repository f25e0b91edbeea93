// What tells noise from what was meant, and what goes with a topic: words ranked by log-odds, with what leaving them out would cost.

import { type LogOdds, logOdds, type WordCounts } from '../../../../lib/stats/log-odds.ts'
import { printTerm } from '../print.ts'
import { fold } from '../spelling.ts'
import type { Query, Term } from '../types.ts'
import { wordsOf } from '../words.ts'

/** A word, #tag or two words beside each other that could stand behind NOT. */
export interface Exclusion {
  /** As the language writes it. */
  item: string
  z: number
  /** Hardly chance; otherwise few were marked, and people should look twice. */
  sure: boolean
  /** Posts marked as noise that it would take away. */
  noise: number
  /** Posts marked as meant that it would take away as well. */
  lost: number
}

const leastPosts = 2
const hardlyChance = 1.96
const worthALook = 0.5
const mostShown = 12

/**
 * What to leave out, the surest first: at most 12. `noise` and `meant` are texts that people marked; `others` are further texts of the topic, for what is
 * usual in it. Words of the query are never proposed.
 */
export function proposeExclusions(
  query: Query,
  { noise, meant, others = [] }: { noise: string[]; meant: string[]; others?: string[] },
): Exclusion[] {
  const counts = countBoth(noise.map(itemsOf), meant.map(itemsOf), others.map(itemsOf))
  const asked = wordsAsked(query)
  const found: Exclusion[] = []
  for (const { word, z } of rankWords(counts)) {
    if (z < worthALook || found.length === mostShown) break
    const { one, other } = counts.get(word)!
    const sure = z >= hardlyChance
    // With few marked posts nothing is sure: what most of them say, and few others do, is worth a look all the same.
    if (!sure && (one * 2 < noise.length || other * 3 > one)) continue
    const isPart = found.some(({ item, noise: already }) => already === one && overlaps(item, word))
    if (one >= leastPosts && !isPart && !word.split(' ').some((each) => asked.has(each.replace(/^#/u, ''))))
      found.push({ item: word, z, sure, noise: one, lost: other })
  }
  return found
}

/** "job" and "job opening" take away the same posts: one of them is enough. */
const overlaps = (a: string, b: string): boolean => a.split(' ').includes(b) || b.split(' ').includes(a)

export interface Companion {
  word: string
  z: number
  /** Texts of the topic with it. */
  count: number
}

/**
 * Words that go with a topic more than with other texts; with an earlier window as `others`, those that are new in it. Both by their items: the
 * same texts are often compared with several others.
 */
export function companions(query: Query, texts: readonly Items[], others: readonly Items[], most = 30): Companion[] {
  const counts = countBoth(texts, others)
  const asked = wordsAsked(query)
  return rankWords(counts)
    .filter(
      ({ word, z }) => z >= hardlyChance && !asked.has(word.replace(/^#/u, '')) && counts.get(word)!.one >= leastPosts,
    )
    .slice(0, most)
    .map(({ word, z }) => ({ word, z, count: counts.get(word)!.one }))
}

/** A prior of a fifth of what was counted: with a few marked posts it must not outweigh them, with many 500 words are enough. */
function rankWords(counts: Map<string, WordCounts>): LogOdds<string>[] {
  let total = 0
  for (const { one, other } of counts.values()) total += one + other
  return logOdds(counts, Math.min(500, total / 5))
}

/** In how many texts of each group an item stands; in the background it stands with these and with `further` ones. */
function countBoth(
  one: readonly Items[],
  other: readonly Items[],
  further: readonly Items[] = [],
): Map<string, WordCounts> {
  const counts = new Map<string, WordCounts>()
  const count = (texts: readonly Items[], group: 'one' | 'other' | null): void => {
    for (const items of texts)
      for (const item of items) {
        const there = counts.get(item) ?? { one: 0, other: 0, background: 0 }
        if (there.background === 0) counts.set(item, there)
        there.background++
        if (group) there[group]++
      }
  }
  count(one, 'one')
  count(other, 'other')
  count(further, null)
  return counts
}

export type Items = ReadonlySet<string>

/** Folded words, tags with their sign, and pairs of words, each once. */
export function itemsOf(text: string): Items {
  const items = new Set<string>()
  let before: string | null = null
  for (const { kind, text: word } of wordsOf(text)) {
    const folded = kind === 'word' || kind === 'hashtag' ? fold(word) : ''
    const isWord = kind === 'word' && /^\p{L}[\p{L}\p{M}\p{N}]*$/u.test(folded)
    if (kind === 'hashtag') items.add(`#${folded}`)
    else if (isWord && folded.length > 1) items.add(folded)
    if (isWord && before) items.add(`${before} ${folded}`)
    before = isWord ? folded : null
  }
  return items
}

/** Folded words that the query asks for. */
function wordsAsked(query: Query): Set<string> {
  if (query.type === 'term')
    return new Set(query.words.flatMap((word) => wordsOf(word.text).map(({ text }) => fold(text))))
  if (query.type === 'near') return union([...query.left, ...query.right].map((term: Term) => wordsAsked(term)))
  return query.type === 'and' || query.type === 'or' ? union(query.of.map(wordsAsked)) : new Set()
}

const union = (sets: Set<string>[]): Set<string> => new Set(sets.flatMap((each) => [...each]))

/** The query without the posts that `items` are in. */
export function withoutItems(query: Query, items: string[]): Query {
  const terms = items.map(termOf)
  const excluded: Query = { type: 'not', of: terms.length === 1 ? terms[0]! : { type: 'or', of: terms } }
  return { type: 'and', of: [...(query.type === 'and' ? query.of : [query]), excluded] }
}

function termOf(item: string): Term {
  const words = wordsOf(item).map(({ kind, text }) => ({
    kind: kind === 'hashtag' ? ('hashtag' as const) : ('word' as const),
    text,
    prefix: false,
  }))
  return { type: 'term', words, exactCase: false, exactAccents: false }
}

/** How an item is written in a query. */
export const writeItem = (item: string): string => printTerm(termOf(item))

export interface Counted {
  name: string
  count: number
}

/** Addresses that most posts point to, without what only counts visits. */
export function topLinks(posts: { links: readonly string[] }[], most = 20): Counted[] {
  return topNames(
    posts.flatMap(({ links }) => [...new Set(links.map(bareLink))]),
    most,
  )
}

/** Without what only counts visits; the filter of mentions reads links the same way. */
const bareLink = (link: string): string =>
  link
    .replace(/#.*$/su, '')
    .replace(/[?&](?:utm_\w+|fbclid|gclid|ref)=[^&]*/gu, '')
    .replace(/\/$/u, '')

/** The names that occur most often. */
export function topNames(names: readonly string[], most: number): Counted[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, most)
}
