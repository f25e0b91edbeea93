// Who speaks often about us, is heard, and takes a stand: each part with its range, ranked by the cautious end of the product.
//
// science.md B7. Rate: gamma-Poisson, pooled over all authors. Heard: logarithm of responses to a mention, pooled, so that one
// lucky post moves little. Stance: share of one side less that of the other. Bridging and standing come from the graph of
// mentions and replies. The product is ranked by the lower end of its 80 % range, worked out on the logarithm.

import { type RatePrior, ratePriorOf } from '../../lib/stats/count-pooling.ts'
import { digamma, trigamma } from '../../lib/stats/gamma.ts'
import { poolMeans, z80 } from '../../lib/stats/pooling.ts'

export interface AuthorFacts {
  id: string
  /** On-topic mentions, and the weeks in which they could have been seen. */
  mentions: number
  weeks: number
  /** Responses to each mention whose numbers are known; where a network tells none, the list is short or empty. */
  responses: readonly number[]
  positive: number
  neutral: number
  negative: number
  /** Share of shortest ways between others that lead over this author, 0 to 1; null: not in the graph. */
  betweenness: number | null
  /** PageRank times the number of authors: 1 is average; null: not in the graph. */
  standing: number | null
}

/** A part with its 80 % range. */
export interface Part {
  value: number
  low: number
  high: number
}

export interface Outspoken {
  id: string
  /** Mentions in a week. */
  rate: Part
  /** 1 + responses to a mention, as a geometric mean. */
  heard: Part
  /** 0: no side, 1: always the same side. */
  stance: Part
  side: 'advocate' | 'critic' | 'none'
  /** 1: nobody is reached over this author; up to 2. */
  bridging: number
  /** 1: average; between one half and two. */
  standing: number
  score: Part
}

/** The cautious end first. */
export function rankOutspoken(authors: readonly AuthorFacts[]): Outspoken[] {
  if (authors.length === 0) return []
  const rates = ratePriorOf(
    authors.map(({ mentions, weeks }) => ({ count: mentions, exposure: weeks })),
    leastSpread,
  )
  const heard = poolHeard(authors)
  return authors
    .map((author, at) => outspoken(author, rates, heard[at]!))
    .sort((a, b) => b.score.low - a.score.low || (a.id < b.id ? -1 : 1))
}

interface Log {
  mean: number
  variance: number
}

function outspoken(author: AuthorFacts, prior: RatePrior, heard: Log): Outspoken {
  const rate = rateOf(author, prior)
  const { log: stance, side } = stanceOf(author)
  const bridging = 1 + Math.min(1, Math.max(0, author.betweenness ?? 0))
  const standing = Math.min(2, Math.max(0.5, Math.sqrt(author.standing ?? 1)))
  const score = {
    mean: rate.mean + heard.mean + stance.mean + Math.log(bridging * standing),
    variance: rate.variance + heard.variance + stance.variance,
  }
  return {
    id: author.id,
    rate: partOf(rate),
    heard: partOf(heard),
    stance: partOf(stance, 1),
    side,
    bridging,
    standing,
    score: partOf(score),
  }
}

function partOf({ mean, variance }: Log, most = Number.POSITIVE_INFINITY): Part {
  const reach = z80 * Math.sqrt(variance)
  return {
    value: Math.min(most, Math.exp(mean)),
    low: Math.min(most, Math.exp(mean - reach)),
    high: Math.min(most, Math.exp(mean + reach)),
  }
}

/** Wide where they hardly differ. */
const leastSpread = 0.05

/** Logarithm of the rate: mean and variance of log of the gamma posterior, exact. */
function rateOf({ mentions, weeks }: AuthorFacts, prior: RatePrior): Log {
  const shape = prior.shape + mentions
  return { mean: digamma(shape) - Math.log(prior.exposure + weeks), variance: trigamma(shape) }
}

/** How far authors differ lastingly is learned from those with so many known mentions: one lucky post says nothing of it. */
const steady = 3
/** Responses to posts of one author scatter like this, as far as programmes measured show; worth ten mentions. */
const usualWithin = { variance: 1.2, weight: 10 }
/** Between authors, before three of them are known. */
const usualBetween = 0.2

function poolHeard(authors: readonly AuthorFacts[]): Log[] {
  const logs = authors.map(({ responses }) => responses.map((count) => Math.log1p(Math.max(0, count))))
  const known = logs.filter((own) => own.length > 0)
  if (known.length === 0) return authors.map(() => ({ mean: 0, variance: 0 }))
  const within = withinVariance(known)
  const lasting = known.filter((own) => own.length >= steady)
  const learned = lasting.length >= 3
  const groups = (learned ? lasting : known).map((own) => ({ n: own.length, mean: meanOf(own) }))
  const pooling = poolMeans(groups, within, usualBetween)
  const between = learned ? pooling.betweenVariance : usualBetween
  return logs.map((own) => {
    // Nothing told of them: they are like everybody, as far as anybody knows.
    if (own.length === 0) return { mean: pooling.mean, variance: between }
    const trust = between / (between + within / own.length)
    return { mean: pooling.mean + trust * (meanOf(own) - pooling.mean), variance: (trust * within) / own.length }
  })
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the logarithm of responses to posts of one author. */
function withinVariance(groups: readonly (readonly number[])[]): number {
  const degrees = groups.reduce((sum, own) => sum + own.length - 1, 0)
  const squares = groups.reduce((sum, own) => {
    const mean = meanOf(own)
    return sum + own.reduce((total, value) => total + (value - mean) ** 2, 0)
  }, 0)
  return (squares + usualWithin.variance * usualWithin.weight) / (degrees + usualWithin.weight)
}

/** Before anything was judged: half of it takes no side. */
const stancePrior = { positive: 0.5, neutral: 1, negative: 0.5 }
/** Less than this is no side at all. */
const leastStance = 0.02

function stanceOf({ positive, neutral, negative }: AuthorFacts): { log: Log; side: Outspoken['side'] } {
  const n = positive + neutral + negative + 2
  const up = (positive + stancePrior.positive) / n
  const down = (negative + stancePrior.negative) / n
  const lean = up - down
  // Variance of a difference of two shares of a Dirichlet distribution, then that of its logarithm.
  const variance = (up + down - lean * lean) / (n + 1)
  const strength = Math.max(leastStance, Math.abs(lean))
  const sure = Math.abs(lean) > z80 * Math.sqrt(variance)
  return {
    log: { mean: Math.log(strength), variance: Math.min(9, variance / (strength * strength)) },
    side: sure ? (lean > 0 ? 'advocate' : 'critic') : 'none',
  }
}
