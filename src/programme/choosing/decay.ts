// How much each further item of a week is worth of the one before: a usual figure, and what weeks that were planned high and low by turns say. Pure.
//
// science.md B2. Only planned weeks count: whoever posts more in good weeks would learn that more is better.

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

/** So many weeks of each kind count as much as the usual figure. */
const priorWeeks = 6
/** Below it hardly a second item would ever be worth doing: no such thing was measured anywhere. */
const least = 0.3

export interface LearnedDecay {
  decay: number
  /** How much the own weeks count beside the usual figure. */
  trust: number
}

export function learnDecay(weeks: readonly PlannedWeek[], usual: number): LearnedDecay {
  const counts = weeks.map(({ count }) => count).filter((count) => count > 0)
  if (counts.length === 0) return { decay: usual, trust: 0 }
  const middle = (Math.min(...counts) + Math.max(...counts)) / 2
  const low = weeks.filter(({ count }) => count > 0 && count < middle)
  const high = weeks.filter(({ count }) => count > middle)
  if (low.length === 0 || high.length === 0) return { decay: usual, trust: 0 }
  const own = decayBetween(meanOf(low), meanOf(high))
  const few = Math.min(low.length, high.length)
  const trust = few / (few + priorWeeks)
  // As a distance to 1, which is never below nothing: 0.98 and 0.96 differ by a factor of two.
  return { decay: Math.min(1, 1 - (1 - own) ** trust * (1 - usual) ** (1 - trust)), trust }
}

const meanOf = (weeks: readonly PlannedWeek[]): PlannedWeek => ({
  count: weeks.reduce((sum, { count }) => sum + count, 0) / weeks.length,
  value: weeks.reduce((sum, { value }) => sum + value, 0) / weeks.length,
})

/** The decay at which the values of high and low weeks are as they are to each other. */
function decayBetween(low: PlannedWeek, high: PlannedWeek): number {
  if (low.value <= 0) return 1
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
