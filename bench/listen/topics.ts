// Topics as organisations set them up, from words that occur: names that are rare beside context that is common, phrases, NEAR, tags, NOT.

import { fold } from '../../src/listening/topics/language/spelling.ts'
import { wordsOf } from '../../src/listening/topics/language/words.ts'
import { type Random, seeded } from '../chaos/random.ts'

/** Words of `texts` from the most to the least common. */
export function rankWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(wordsOf(text).flatMap(({ kind, text }) => (kind === 'word' ? fold(text) : []))))
      if (/^\p{L}{3,24}$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word)
}

/** `count` queries over `words`, which stand from common to rare; the rarer the names, the fewer posts match. */
export function makeTopics(words: readonly string[], count: number, rarest: number, seed = 3): string[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => makeQuery(words, rarest, random))
}

function makeQuery(words: readonly string[], rarest: number, random: Random): string {
  const name = (): string => words[Math.min(words.length - 1, random.whole(rarest, rarest * 4))]!
  const context = (): string => words[random.whole(30, 3000)]!
  const group = (length: number, one: () => string): string =>
    `(${Array.from({ length }, one)
      .map((each) => `"${each}"`)
      .join(' OR ')})`
  const kind = random.next()
  if (kind < 0.25) return `(${group(random.whole(1, 3), name)} OR #${name()} OR link:${name()}.example)`
  if (kind < 0.5) return `${group(2, name)} ${group(random.whole(3, 8), context)} NOT ${group(3, context)}`
  if (kind < 0.65) return `"${name()} ${context()}" OR "${context()} ${name()}" OR @${name()}`
  if (kind < 0.8) return `${group(3, context)} NEAR/5 ${group(2, name)} lang:en`
  if (kind < 0.9) return `"${name()}" (has:link OR #${context()}) -kind:repost`
  return `(${name()}* OR =${name()}) NOT ${group(2, context)}`
}

/**
 * Topics of which about `share` of the posts match one at least, together: names are drawn from rarer and rarer words until that is so, judged by
 * `shareOf`. One word more or less can move the share far (a beginning that many words have), so of all that were tried the nearest is taken.
 */
export function fitTopics(
  words: readonly string[],
  count: number,
  share: number,
  shareOf: (topics: string[]) => number,
): string[] {
  let [low, high] = [50, words.length]
  let nearest: { topics: string[]; off: number } = { topics: [], off: Number.POSITIVE_INFINITY }
  for (let step = 0; step < 16 && nearest.off > share / 50; step++) {
    const middle = Math.round(Math.sqrt(low * high))
    const topics = makeTopics(words, count, middle)
    const found = shareOf(topics)
    if (Math.abs(found - share) < nearest.off) nearest = { topics, off: Math.abs(found - share) }
    if (found > share) low = middle
    else high = middle
  }
  return nearest.topics
}
