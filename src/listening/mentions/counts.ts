// What a batch of stored mentions adds to the counts of topics. Pure.

import type { NewMention, StoredMention } from './new-mention.ts'
import { type Facet, facets } from './types.ts'

export interface TopicCount {
  orgId: string
  topic: number
  network: string
  at: Date
  total: number
  negative: number
  positive: number
  judged: number
}

export interface FacetCount {
  orgId: string
  topic: number
  /** Day in UTC. */
  day: string
  facet: Facet
  value: string
  total: number
}

export const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
export type Unit = keyof typeof units

/** Counts by topic, network and start of the unit (UTC), in one order always, so that two writers never wait for each other in a circle. */
export function countTopics(stored: readonly StoredMention[], unit: Unit): TopicCount[] {
  const counts = new Map<string, TopicCount>()
  for (const { mention, at, newTopics } of stored) {
    const start = Math.floor(at.getTime() / units[unit]) * units[unit]
    for (const topic of newTopics) {
      const key = `${mention.orgId} ${topic} ${mention.network} ${start}`
      const count = counts.get(key) ?? emptyCount(mention, topic, start)
      counts.set(key, count)
      count.total += 1
      const { sentiment } = mention.labels
      if (sentiment !== null) count.judged += 1
      if (sentiment === -1) count.negative += 1
      if (sentiment === 1) count.positive += 1
    }
  }
  return inOneOrder(counts)
}

const emptyCount = ({ orgId, network }: NewMention, topic: number, start: number): TopicCount => ({
  orgId,
  topic,
  network,
  at: new Date(start),
  total: 0,
  negative: 0,
  positive: 0,
  judged: 0,
})

export function countFacets(stored: readonly StoredMention[]): FacetCount[] {
  const counts = new Map<string, FacetCount>()
  for (const { mention, at, newTopics } of stored) {
    if (newTopics.length === 0) continue
    const day = at.toISOString().slice(0, 10)
    for (const facet of facets) {
      const value = facetOf(mention, facet)
      if (value === null) continue
      for (const topic of newTopics) {
        const key = `${mention.orgId} ${topic} ${day} ${facet} ${value}`
        const count = counts.get(key) ?? { orgId: mention.orgId, topic, day, facet, value, total: 0 }
        counts.set(key, count)
        count.total += 1
      }
    }
  }
  return inOneOrder(counts)
}

const inOneOrder = <T>(counts: Map<string, T>): T[] =>
  [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, count]) => count)

function facetOf({ labels, heard, initiator }: NewMention, facet: Facet): string | null {
  if (facet === 'kind') return heard.kind
  return facet === 'initiator' ? initiator : labels[facet]
}
