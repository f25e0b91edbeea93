// Whether more of what is said is negative than usual: a beta posterior against the share of the last 28 days.

import { type Beta, betaMean, probabilityOfRise } from '../../lib/stats/beta.ts'
import type { AlertKind, ShareNow } from './types.ts'

/** Exponential sums over about 28 days. */
export interface UsualShare {
  judged: number
  negative: number
}

export interface Counted {
  count: number
  judged: number
  negative: number
}

const dayMs = 86_400_000
const memoryDays = 28
/** Before anything is known: one in five, worth ten mentions. */
const prior: Beta = { a: 2, b: 8 }
/** Mentions come in threads: so many in a row say about as much as one alone. */
const clump = 2
/** More evidence than this makes the usual share no surer: it moves from day to day by itself. */
const mostEvidence = 200
/** Fewer judged mentions say nothing about the usual share. */
const leastUsual = 50
/** Fewer judged mentions in a window leave the kind of an alert open. */
const leastJudged = 10
/** An alert for the share alone needs more. */
export const leastJudgedAlone = 20
const leastPart = 0.3
/** A rise that matters: ten points. */
export const riseThatMatters = 0.1

export const noShare = (): UsualShare => ({ judged: 0, negative: 0 })

/** Learns from a bin that has settled. Changes `usual`. */
export function learnShare(usual: UsualShare, bin: { judged: number; negative: number }, lengthMs: number): void {
  const keep = Math.exp(-lengthMs / (memoryDays * dayMs))
  usual.judged = usual.judged * keep + bin.judged
  usual.negative = usual.negative * keep + bin.negative
}

export const knowsShare = (usual: UsualShare): boolean => usual.judged >= leastUsual

function usualBelief(usual: UsualShare): Beta {
  const weight = Math.min(1 / clump, mostEvidence / Math.max(1, usual.judged))
  return { a: prior.a + usual.negative * weight, b: prior.b + (usual.judged - usual.negative) * weight }
}

export const usualShare = (usual: UsualShare): number => betaMean(usualBelief(usual))

/** Probability that the share rose by ten points; null where too little was judged to say. */
export function probabilityThatShareRose(usual: UsualShare, now: Counted, least: number): number | null {
  // Where most of a window was not judged, the rest of it may be from before.
  if (!knowsShare(usual) || now.judged < Math.max(least, leastPart * now.count)) return null
  const before = usualBelief(usual)
  // Not even the bare share is higher by so much: far from likely, and asked for every few minutes.
  if (least === leastJudgedAlone && now.negative / now.judged < betaMean(before) + riseThatMatters) return 0
  // The window's own prior is the usual share, weakly: few mentions stay near it.
  const mean = betaMean(before)
  const belief = {
    a: 2 * mean + now.negative / clump,
    b: 2 * (1 - mean) + (now.judged - now.negative) / clump,
  }
  return probabilityOfRise(belief, before, riseThatMatters, 60)
}

/** From this probability on, more of it being negative is taken for a fact about the kind of an alert. */
const likely = 0.8

export function shareNow(usual: UsualShare, now: Counted, least = leastJudged): ShareNow {
  return {
    judged: now.judged,
    negative: now.negative,
    usual: knowsShare(usual) ? usualShare(usual) : null,
    probability: probabilityThatShareRose(usual, now, least),
  }
}

/** Much more is said: with the usual sentiment a chance to join in, with more anger a potential issue. */
export const kindOf = ({ probability }: ShareNow): AlertKind =>
  probability === null ? 'unclear' : probability >= likely ? 'potential-issue' : 'opportunity'
