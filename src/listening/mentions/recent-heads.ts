// What was said lately, in memory, to be looked up by what says nearly the same. Bounded; forgetting something only means that it is not folded.

import { doubleFrom, keysOf, markedLikeness } from '../text/doubles.ts'

export interface Head {
  orgId: string
  id: string
  at: Date
  /** Ascending numbers of its topics. */
  topics: readonly number[]
  marks: Uint32Array
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
  const ring: (Head & { keys: number[] })[] = []
  /** The newest that has a key, by its place in the ring. */
  const places = new Map<number, number>()
  let next = 0
  return {
    find({ orgId, at, topics, marks }) {
      let best: Head | null = null
      let likeness = doubleFrom
      for (const key of keysIn(orgId, marks)) {
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
      if (gone) for (const key of gone.keys) if (places.get(key) === next) places.delete(key)
      const keys = keysIn(head.orgId, head.marks)
      ring[next] = { ...head, keys }
      for (const key of keys) places.set(key, next)
      next = (next + 1) % most
    },
  }
}

/** Organisations hardly ever share one, so that they do not push each other out. */
function keysIn(orgId: string, marks: Uint32Array): number[] {
  const own = Number.parseInt(orgId.slice(-8), 16)
  return keysOf(marks).map((key) => key ^ own)
}

export const includesAll = (all: readonly number[], some: readonly number[]): boolean =>
  some.every((topic) => all.includes(topic))
