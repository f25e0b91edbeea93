// Half-lives learned from our own posts: a fit to what each post had by which age, pooled with what is known of the channel and kind. Pure.
//
// science.md B3. A post is only seen until its last reading, so each counts by what it had then (right truncation). The logarithm is
// pooled with the public figure, which is off by a factor of two either way in two of three cases (standard deviation 0.7).

import { endedBy, fitBest, type Life, type LivesFit } from '../../lib/stats/lives.ts'
import { z80 } from '../../lib/stats/pooling.ts'
import { evergreenMinutes, livingHalfLives } from './rules.ts'

/** Reactions that a post had by each age, both in order of age. */
export interface ReactionCurve {
  /** Minutes after it went out. */
  ages: number[]
  /** So far. */
  reactions: number[]
}

export interface LearnedHalfLife {
  minutes: number
  /** Where it lies with 80 %. */
  low: number
  high: number
  /** How much the own posts count beside the public figure: 0 not at all, 1 alone. */
  trust: number
  reactions: number
  posts: number
  /** What the own posts say alone; null: too few reactions. */
  own: Pick<LivesFit, 'family' | 'location' | 'scale' | 'median' | 'medianError'> | null
}

/** Below so many reactions the public figure stands alone. */
export const fewestReactions = 30
/** Standard deviation of the logarithm of a half-life around its public figure. */
export const priorDeviation = 0.7
/** A post is judged when nearly all of its reaction has come. */
export const evaluationHalfLives = 5

export function learnHalfLife(curves: readonly ReactionCurve[], priorMinutes: number): LearnedHalfLife {
  const lives = curves.flatMap(livesOf)
  const reactions = lives.reduce((sum, { count }) => sum + count, 0)
  const posts = curves.filter((curve) => livesOf(curve).length > 0).length
  const fit = reactions >= fewestReactions ? fitBest(lives) : null
  const prior = priorDeviation ** 2
  // A fit that says nothing of its own error is none.
  const own = fit && Number.isFinite(fit.medianError) && fit.medianError > 0 ? fit : null
  const trust = own ? prior / (prior + own.medianError ** 2) : 0
  const log = Math.log(priorMinutes) + trust * (own ? Math.log(own.median / priorMinutes) : 0)
  const reach = z80 * Math.sqrt((1 - trust) * prior)
  return {
    ...{ minutes: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) },
    ...{ trust, reactions, posts, own },
  }
}

/** A count that falls again, as when somebody takes a like back, adds nothing. */
function livesOf({ ages, reactions }: ReactionCurve): Life[] {
  const seenUntil = ages.at(-1)
  if (seenUntil === undefined || seenUntil <= 0) return []
  let [age, known] = [0, 0]
  return ages.flatMap((to, at) => {
    const [from, count] = [age, Math.max(0, reactions[at]! - known)]
    age = to
    known += count
    return count > 0 && to > from ? [{ from, to, count, seenUntil }] : []
  })
}

export interface Extrapolation {
  likely: number
  low: number
  high: number
}

/** What a post will have in the end. null before one half-life by the public figure: nobody can tell yet. */
export function extrapolate(
  { reactions, ageMinutes }: { reactions: number; ageMinutes: number },
  learned: LearnedHalfLife,
  priorMinutes: number,
): Extrapolation | null {
  if (ageMinutes < priorMinutes) return null
  // How it spreads around its half-life is taken from the own posts, or is that of a usual post.
  const scale = learned.own?.scale ?? usualScale
  const family = learned.own?.family ?? 'log-normal'
  const totalFor = (halfLife: number) => {
    const location = Math.log(halfLife) - (family === 'weibull' ? scale * Math.log(Math.LN2) : 0)
    return reactions / endedBy({ family, location, scale }, ageMinutes)
  }
  const chance = z80 * Math.sqrt(Math.max(1, reactions))
  const spread = (total: number) => (chance * total) / Math.max(1, reactions)
  const [low, likely, high] = [totalFor(learned.low), totalFor(learned.minutes), totalFor(learned.high)]
  return { likely, low: Math.max(reactions, low - spread(low)), high: high + spread(high) }
}
const usualScale = 1.5

/** What follows from a half-life, all in minutes. */
export const agesOf = (halfLifeMinutes: number) => ({
  /** Counts as living content. */
  living: livingHalfLives * halfLifeMinutes,
  /** Posts of one channel are this far apart. */
  apart: halfLifeMinutes,
  /** Is judged. */
  evaluated: evaluationHalfLives * halfLifeMinutes,
  isEvergreen: halfLifeMinutes > evergreenMinutes,
})
