// What was said lately, in memory, to be looked up by what says nearly the same. Bounded; forgetting something only means that it is not folded.

import { doubleFrom, keysOf, markedLikeness } from '../text/doubles.ts'

export interface Head {
  orgId: string
  id: string
  at: Date
  /** Ascending numbers of its topics. */
  topics: readonly number[]
  marks: Uint32Array
  /** By which it is looked up: made when it is first needed. */
  keys?: number[]
}

export interface RecentHeads {
  /** The likeliest of its organisation that says the same and stands under at least these topics. */
  find(said: Omit<Head, 'id'>): Head | null
  add(head: Head): void
}

/** Further apart than this, two posts that say the same are two things. */
export const nearMs = 3 * 86_400_000
/** Of all organisations together: about 40 MB. */
const usualMost = 50_000

export function recentHeads(most = usualMost): RecentHeads {
  const ring: Head[] = []
  /** The newest that has a key, by its place in the ring. */
  const places = new Map<number, number>()
  let next = 0
  return {
    find(said) {
      const { orgId, at, topics, marks } = said
      let best: Head | null = null
      let likeness = doubleFrom
      for (const key of keysFor(said)) {
        const head = ring[places.get(key) ?? -1]
        if (!head || head.orgId !== orgId || head === best || Math.abs(head.at.getTime() - at.getTime()) > nearMs)
          continue
        const like = markedLikeness(head.marks, marks)
        if (like < likeness || !includesAll(head.topics, topics)) continue
        best = head
        likeness = like
      }
      return best
    },
    add(head) {
      const gone = ring[next]
      if (gone) for (const key of keysFor(gone)) if (places.get(key) === next) places.delete(key)
      ring[next] = head
      for (const key of keysFor(head)) places.set(key, next)
      next = (next + 1) % most
    },
  }
}

/** Organisations hardly ever share one, so that they do not push each other out. */
function keysFor(head: Omit<Head, 'id'>): number[] {
  if (!head.keys) {
    const own = Number.parseInt(head.orgId.slice(-8), 16)
    head.keys = keysOf(head.marks).map((key) => key ^ own)
  }
  return head.keys
}

export const includesAll = (all: readonly number[], some: readonly number[]): boolean =>
  some.every((topic) => all.includes(topic))
