// Pure: which planned posts of an account come nearer to each other than half of their life.

import { evergreenMinutes } from '../stock/rules.ts'

/**
 * How far apart two posts of an account should be: the minutes in which a post gathers half of what it will ever gather, as the
 * organisation has set it or its channel says (stock/shelf-lives.ts). What is evergreen (half-life above 30 days, science.md B3) stays
 * findable for months and crowds nothing out: there only a heap counts.
 */
export const spacingFor = (halfLifeMinutes: number | null): number =>
  halfLifeMinutes === null || halfLifeMinutes > evergreenMinutes ? fallbackHalfLifeMinutes : halfLifeMinutes

/** Where nobody has said or measured anything: short enough to stand against nothing but a heap. */
export const fallbackHalfLifeMinutes = 60

export interface PlannedPost {
  postId: string
  accountId: string
  at: Date
  halfLifeMinutes: number
}

export interface TooNear {
  neighbour: PlannedPost
  /** 0: at the same minute. */
  apartMinutes: number
  /** How far apart they should be: the longer half-life of the two. */
  wantedMinutes: number
}

const minute = 60_000

/**
 * For each post the nearest neighbour on its account that comes too near, if there is one. Two posts are too near for both or for
 * neither; what is further apart never is where what is nearer is not.
 */
export function tooNear(planned: PlannedPost[]): Map<PlannedPost, TooNear> {
  const found = new Map<PlannedPost, TooNear>()
  for (const some of Map.groupBy(planned, ({ accountId }) => accountId).values()) {
    const inOrder = some.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    const widest = Math.max(...some.map(({ halfLifeMinutes }) => halfLifeMinutes))
    for (const [place, one] of inOrder.entries()) {
      for (const other of outwards(inOrder, place, widest)) note(found, one, other)
    }
  }
  return found
}

/** Those after it that are near enough to matter at all; each pair is met once. */
function outwards(inOrder: PlannedPost[], place: number, widest: number): PlannedPost[] {
  const from = inOrder[place]!.at.getTime()
  let end = place + 1
  while (end < inOrder.length && inOrder[end]!.at.getTime() - from < widest * minute) end++
  return inOrder.slice(place + 1, end)
}

function note(found: Map<PlannedPost, TooNear>, one: PlannedPost, other: PlannedPost): void {
  if (one.postId === other.postId) return
  const wantedMinutes = Math.max(one.halfLifeMinutes, other.halfLifeMinutes)
  const apart = Math.abs(one.at.getTime() - other.at.getTime())
  const apartMinutes = Math.floor(apart / minute)
  if (apart >= wantedMinutes * minute) return
  for (const [of, neighbour] of [
    [one, other],
    [other, one],
  ] as const) {
    if (apartMinutes < (found.get(of)?.apartMinutes ?? Number.POSITIVE_INFINITY))
      found.set(of, { neighbour, apartMinutes, wantedMinutes })
  }
}
