// How much each further item of a week is worth of the one before: a usual figure, and what weeks that were planned high and low by turns say. Pure.
//
// science.md B2. Only planned weeks count: whoever posts more in good weeks would learn that more is better. They have to alternate: where all
// the many come after all the few, what changed meanwhile looks like the count.

import { drawsFrom } from '../../lib/stats/draws.ts'
import { z80 } from '../../lib/stats/pooling.ts'

/** By kind of work; a start, until own weeks say otherwise. */
export const usualDecay = {
  'short-post': 0.93,
  post: 0.85,
  picture: 0.8,
  article: 0.75,
  video: 0.7,
  reply: 0.985,
} as const

export interface PlannedWeek {
  /** Items that were planned, and done. */
  count: number
  /** What they were worth together. */
  value: number
}

/** Below it hardly a second item would ever be worth doing: no such thing was measured anywhere. */
const least = 0.3
/** So unsure a usual figure is, as the standard deviation of the logarithm of its distance to 1. */
const usualSpread = 0.5
/** Weeks that agree better do so by chance: what a line is worth drifts from week to week. */
const leastScatter = 0.1
/** From fewer weeks of a kind nobody can tell how much they scatter. */
const fewestWeeks = 3
/** From one week with many to one with few and back: fewer turns are no alternation. */
const fewestTurns = 2

export interface LearnedDecay {
  decay: number
  /** In which it lies with 80 %. */
  low: number
  high: number
  /** Standard deviation of the logarithm of its distance to 1. */
  spread: number
  /** How much the own weeks count beside the usual figure; 0: it is assumed. */
  trust: number
  /** Own weeks that it was learned from. */
  weeks: number
}

/** @param weeks Oldest first. */
export function learnDecay(weeks: readonly PlannedWeek[], usual: number): LearnedDecay {
  const assumed = withRange({ decay: usual, spread: usualSpread, trust: 0, weeks: 0 })
  const split = splitWeeks(weeks)
  if (!split) return assumed
  const { low, high } = split
  const own = decayBetween(meanOf(low), meanOf(high))
  if (own === null) return assumed
  // Both are unsure: each counts by its precision, as normal beliefs of the same thing do (Gelman et al., Bayesian Data Analysis, 2.5).
  const scatter = scatterOf(split)
  const trust = usualSpread ** 2 / (usualSpread ** 2 + scatter ** 2)
  // As a distance to 1, which is never below nothing: 0.98 and 0.96 differ by a factor of two.
  const decay = 1 - (1 - own) ** trust * (1 - usual) ** (1 - trust)
  const spread = Math.hypot(trust * scatter, (1 - trust) * usualSpread)
  return withRange({ decay, spread, trust, weeks: low.length + high.length })
}

function withRange(given: Omit<LearnedDecay, 'low' | 'high'>): LearnedDecay {
  const at = (reach: number) => decayAt(given, reach)
  return { ...given, low: at(z80), high: at(-z80) }
}

/** So many of its standard deviations further from 1 than the likely one. */
export const decayAt = ({ decay, spread }: Pick<LearnedDecay, 'decay' | 'spread'>, deviations: number): number =>
  1 - Math.min(1 - lowest, (1 - decay) * Math.exp(spread * deviations))

/** What somebody may say at least, too. */
const lowest = 0.05

interface Split {
  low: PlannedWeek[]
  high: PlannedWeek[]
}

/** Weeks with few and with many; null: there are not both, or not by turns. */
function splitWeeks(weeks: readonly PlannedWeek[]): Split | null {
  const counted = weeks.filter(({ count }) => count > 0)
  if (counted.length === 0) return null
  const counts = counted.map(({ count }) => count)
  const middle = (Math.min(...counts) + Math.max(...counts)) / 2
  const told = counted.filter(({ count }) => count !== middle)
  const turns = told.filter(({ count }, at) => at > 0 && count > middle !== told[at - 1]!.count > middle).length
  if (turns < fewestTurns) return null
  return { low: told.filter(({ count }) => count < middle), high: told.filter(({ count }) => count > middle) }
}

const meanOf = (weeks: readonly PlannedWeek[]): PlannedWeek => ({
  count: weeks.reduce((sum, { count }) => sum + count, 0) / weeks.length,
  value: weeks.reduce((sum, { value }) => sum + value, 0) / weeks.length,
})

/** The decay at which the values of high and low weeks are as they are to each other; null: nothing came of low weeks. */
function decayBetween(low: PlannedWeek, high: PlannedWeek): number | null {
  if (low.value <= 0) return null
  const ratio = high.value / low.value
  const at = (decay: number) => (1 - decay ** high.count) / (1 - decay ** low.count)
  let [from, to] = [least, 0.999]
  if (at(from) >= ratio) return from
  if (at(to) <= ratio) return to
  for (let step = 0; step < 60; step++) {
    const middle = (from + to) / 2
    if (at(middle) < ratio) from = middle
    else to = middle
  }
  return (from + to) / 2
}

const draws = 200
/** Nothing is chosen by it: the same weeks have the same scatter. */
const seed = 4545

/** How much the logarithm of the distance to 1 scatters when the weeks are drawn anew from themselves (Efron 1979). */
function scatterOf({ low, high }: Split): number {
  const chance = drawsFrom(seed)
  const drawn = (weeks: readonly PlannedWeek[]) => weeks.map(() => weeks[Math.floor(chance.even() * weeks.length)]!)
  const logs: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const own = decayBetween(meanOf(drawn(low)), meanOf(drawn(high)))
    if (own !== null) logs.push(Math.log(1 - own))
  }
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length
  const scatter = Math.sqrt(logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, logs.length - 1))
  // Few weeks that happen to be alike prove nothing.
  return Math.max(Math.min(low.length, high.length) < fewestWeeks ? 1 : leastScatter, scatter)
}
