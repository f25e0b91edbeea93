// Measured occupancy: how much of their time at work people had conversations in hand. Pure.

import type { OpenSpan } from '../promises/business-clock.ts'
import { gapsOf } from '../promises/coverage.ts'
import type { Piece } from './pieces.ts'

export interface Busy {
  staffedMs: number
  busyMs: number
}

/**
 * Of one person: staffed = ∑ |at work|, busy = ∑ |at work ∩ (h₁ ∪ h₂ ∪ …)| with the times hᵢ in which each conversation was in hand: theirs,
 * open and not put off, and somebody waiting for an answer. Two at a time count once, and what waits while nobody is at work is no
 * work of theirs. Occupancy = busy ÷ staffed; of several people and days the sums are divided, so that whoever works more counts more.
 * It says how often something was in hand, not how hard it was: whoever has a single letter for a week was busy in all of it.
 * @param atWork In order and apart.
 */
export function busyOf(atWork: readonly OpenSpan[], inHand: readonly OpenSpan[]): Busy {
  const staffedMs = lengthOf(atWork)
  return { staffedMs, busyMs: staffedMs - lengthOf(gapsOf(atWork, [{ atWork: inHand }])) }
}

/** Times in which each person had anything in hand, by their id; unsorted, and they may overlap. */
export function spansInHand(pieces: readonly Piece[], until: Date): Map<string, OpenSpan[]> {
  const found = new Map<string, OpenSpan[]>()
  for (const { from, to, ownerId, isWaiting, isPutOff } of pieces) {
    if (ownerId === null || !isWaiting || isPutOff) continue
    const span = { from: new Date(from), to: new Date(Math.min(to, until.getTime())) }
    const of = found.get(ownerId)
    if (of) of.push(span)
    else found.set(ownerId, [span])
  }
  return found
}

export const together = (all: readonly Busy[]): Busy =>
  all.reduce((sum, each) => ({ staffedMs: sum.staffedMs + each.staffedMs, busyMs: sum.busyMs + each.busyMs }), {
    staffedMs: 0,
    busyMs: 0,
  })

/** null: nobody was at work. */
export const occupancyOf = ({ staffedMs, busyMs }: Busy): number | null => (staffedMs > 0 ? busyMs / staffedMs : null)

const lengthOf = (spans: readonly OpenSpan[]): number =>
  spans.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)
