// How many posts a second of processor time are read from the wire and matched against topics, against JSON.parse of the same bytes.

import { readLegacyMessage } from '../../src/connectors/bluesky/listen/jetstream-messages.ts'
import { newGathering } from '../../src/connectors/heard.ts'
import type { Heard } from '../../src/connectors/listen.ts'
import { makeTopicIndex, type TopicIndex } from '../../src/listening/topics/language/index/topic-index.ts'
import { readQuery } from '../../src/listening/topics/language/rules.ts'

export const sources = ['jetstream']

export const readWire = (wire: Uint8Array): Heard | null => {
  const gathering = newGathering()
  readLegacyMessage(wire, { place: { protocol: 'legacy', seq: null, us: 0 }, doubt: null }, gathering)
  const event = gathering.events[0]
  return event && 'heard' in event ? event.heard : null
}

export function indexOf(topics: readonly string[]): TopicIndex {
  const index = makeTopicIndex()
  for (const [at, query] of topics.entries()) {
    const reading = readQuery(query)
    if (!reading.ok) throw new Error(`A topic of the benchmark is refused: ${reading.error.code}`)
    index.put(String(at), reading.query)
  }
  return index
}

/** The share of posts that match a topic at least. */
export function matchShare(index: TopicIndex, posts: readonly Heard[]): number {
  let matched = 0
  for (const post of posts) if (index.match({ ...post, sources }).length > 0) matched++
  return matched / posts.length
}

export interface ReadRates {
  /** Posts a second of processor time, each. */
  jsonParse: number
  parse: number
  parseAndMatch: number
}

/** One run over all of `wires`; every part sees the same bytes, and keeps nothing of them. */
export const rateReading = (wires: readonly Buffer[], many: TopicIndex): ReadRates => ({
  jsonParse: rate(wires, (wire) => JSON.parse(wire.toString())),
  parse: rate(wires, readWire),
  parseAndMatch: rate(wires, (wire) => many.match({ ...readWire(wire)!, sources })),
})

export interface MatchRates {
  match: number
  fewTopics: number
  /** Of posts that match. */
  share: number
  /** Topics that were looked at for a post. */
  candidates: number
}

/** One run over posts that were read already. */
export function rateMatching(
  posts: readonly (Heard & { sources: readonly string[] })[],
  many: TopicIndex,
  few: TopicIndex,
): MatchRates {
  const before = { ...many.counts }
  let matched = 0
  const match = rate(posts, (post) => {
    if (many.match(post).length > 0) matched++
  })
  const candidates = (many.counts.candidates - before.candidates) / (many.counts.posts - before.posts)
  return { match, candidates, fewTopics: rate(posts, (post) => few.match(post)), share: matched / posts.length }
}

function rate<T>(all: readonly T[], work: (one: T) => unknown): number {
  const began = process.cpuUsage()
  for (const one of all) work(one)
  const { user, system } = process.cpuUsage(began)
  return (all.length * 1e6) / (user + system)
}
