// What mentions add to the counts of topics, and what new labels move in them. Pure.

import type { StoredMention } from './new-mention.ts'
import type { Initiator, Labels } from './types.ts'

/** One mention under some topics; `times` −1 takes it out again. */
export interface Counted {
  orgId: string
  network: string
  at: Date
  topics: readonly number[]
  kind: string
  initiator: Initiator
  labels: Labels
  times: 1 | -1
}

export const countedOf = ({ mention, at, newTopics }: StoredMention, times: 1 | -1 = 1): Counted => ({
  orgId: mention.orgId,
  network: mention.network,
  at,
  topics: newTopics,
  kind: mention.heard.kind,
  initiator: mention.initiator,
  labels: mention.labels,
  times,
})

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

/** Days are made of hours, where the zone is known. */
const units = { minute: 60_000, hour: 3_600_000 } as const
export type Unit = keyof typeof units

/** Counts by topic, network and start of the unit (UTC), in one order always, so that two writers never wait for each other in a circle. */
export function countTopics(counted: readonly Counted[], unit: Unit): TopicCount[] {
  const counts = new Map<string, TopicCount>()
  for (const each of counted) {
    const start = Math.floor(each.at.getTime() / units[unit]) * units[unit]
    for (const topic of each.topics) {
      const key = `${each.orgId} ${topic} ${each.network} ${start}`
      const count = counts.get(key) ?? emptyCount(each, topic, start)
      counts.set(key, count)
      const { sentiment } = each.labels
      count.total += each.times
      if (sentiment !== null) count.judged += each.times
      if (sentiment === -1) count.negative += each.times
      if (sentiment === 1) count.positive += each.times
    }
  }
  return inOneOrder(counts).filter(
    ({ total, judged, negative, positive }) => total !== 0 || judged !== 0 || negative !== 0 || positive !== 0,
  )
}

const emptyCount = ({ orgId, network }: Counted, topic: number, start: number): TopicCount => ({
  orgId,
  topic,
  network,
  at: new Date(start),
  total: 0,
  negative: 0,
  positive: 0,
  judged: 0,
})

const inOneOrder = <T>(counts: Map<string, T>): T[] =>
  [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, count]) => count)
