// Backlogs over time: how many conversations were open, and in how many somebody waited, at some instants. Pure.

import type { Piece } from './pieces.ts'

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
