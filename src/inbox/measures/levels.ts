// Backlogs over time: how many conversations were open, and in how many somebody waited, at some instants. Pure.

import type { Piece } from './pieces.ts'
import { type Grouping, groupings } from './types.ts'

export interface Level {
  /** Not closed, whether put off or not. One number for each instant. */
  open: number[]
  /** Of these those in which somebody waits for an answer. */
  waiting: number[]
}

/** One pass over the pieces, and one over the instants: what begins counts from then on, what ends does not any more. */
export function levelsAt<Key>(
  pieces: readonly Piece[],
  instants: readonly number[],
  keyOf: (piece: Piece) => Key,
): Map<Key, Level> {
  const found = new Map<Key, Level>()
  for (const piece of pieces) {
    const first = firstNotBefore(instants, piece.from)
    const last = firstNotBefore(instants, piece.to)
    if (first === last) continue
    const key = keyOf(piece)
    const level = found.get(key) ?? { open: zeros(instants), waiting: zeros(instants) }
    found.set(key, level)
    for (const counted of piece.isWaiting ? [level.open, level.waiting] : [level.open]) {
      counted[first]! += piece.count
      if (last < instants.length) counted[last]! -= piece.count
    }
  }
  for (const { open, waiting } of found.values()) for (const counted of [open, waiting]) addUp(counted)
  return found
}

/** What changes from one instant to the next: of all, or of one account, department or person. */
export interface Change {
  by: Grouping | null
  id: string | null
  /** The place of the first instant at which it is so. */
  place: number
  open: number
  waiting: number
}

/** Of everything together, under null, and of each account, department and person. */
export type Levels = Record<Grouping | 'all', Map<string | null, Level>>

const keys: Record<keyof Levels, (piece: Piece) => string | null> = {
  all: () => null,
  department: ({ departmentId }) => departmentId,
  account: ({ accountId }) => accountId,
  person: ({ ownerId }) => ownerId,
}

const all = ['all', ...groupings] as const
const levels = (of: (by: keyof Levels) => Map<string | null, Level>): Levels =>
  Object.fromEntries(all.map((by) => [by, of(by)])) as Levels

export const levelsBy = (pieces: readonly Piece[], instants: readonly number[]): Levels =>
  levels((by) => levelsAt(pieces, instants, keys[by]))

/** The same of changes that were summed already. */
export const levelsOfChanges = (changes: readonly Change[], instants: readonly number[]): Levels =>
  levels((by) => {
    const found = new Map<string | null, Level>()
    for (const { id, place, open, waiting } of changes.filter((change) => (change.by ?? 'all') === by)) {
      const level = found.get(id) ?? { open: zeros(instants), waiting: zeros(instants) }
      found.set(id, level)
      level.open[place]! += open
      level.waiting[place]! += waiting
    }
    for (const { open, waiting } of found.values()) for (const counted of [open, waiting]) addUp(counted)
    return found
  })

export const sumOfLevels = (some: Levels, others: Levels): Levels =>
  levels((by) => {
    const found = new Map(some[by])
    for (const [id, level] of others[by]) found.set(id, sumOf(found.get(id), level))
    return found
  })

const sumOf = (a: Level | undefined, b: Level): Level =>
  a === undefined
    ? b
    : {
        open: b.open.map((value, at) => value + a.open[at]!),
        waiting: b.waiting.map((value, at) => value + a.waiting[at]!),
      }

const zeros = (instants: readonly number[]): number[] => instants.map(() => 0)

function addUp(changes: number[]): void {
  for (let at = 1; at < changes.length; at++) changes[at]! += changes[at - 1]!
}

/** The place of the first instant that is not before; their number where there is none. */
function firstNotBefore(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! >= at) high = middle
    else low = middle + 1
  }
  return low
}
