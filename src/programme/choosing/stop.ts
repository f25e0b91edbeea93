// When to propose that something stops: only if it is very probably worth less than half of the others, seen twice, and after it had its time. A person decides. Pure.
//
// science.md B2, R3-31. Looking at the last month alone would have stopped nearly half of all good channels within half a year.

import { type Believed, drawPerMinute } from './values.ts'
import { capital } from './words.ts'

export const stopFigures = {
  /** Of the mean of the others, in value per minute. */
  weakShare: 0.5,
  /** So sure at each review. */
  sure: 0.9,
  /** Reviews one after the other. */
  reviews: 2,
  leastMonths: 2,
  leastItems: 10,
  /**
   * Half-life of what is remembered here: what ends should be poor lastingly, so a review forgets half as fast as a plan does. Of 3,000
   * drawn programmes bad channels are stopped in 70 % so, in 66 % with the half-life of plans; good ones never.
   */
  forgetHalfLifeWeeks: 26,
  /** Months until it is tried again. */
  retestMonths: 6,
  draws: 2000,
}

/** Of signals that need no estimate: what the items brought to our pages, and whoever did something with them. null: not offered by the network. */
export interface HardSignals {
  links: number | null
  interactions: number | null
}

/** `log`: what `valuesOf` believes with the half-life of reviews. */
export interface ReviewedLine extends Believed {
  id: string
  name: string
  items: number
  /** Since the first item. */
  months: number
  /** Minutes a week that it takes now. */
  weeklyMinutes: number
  signals: HardSignals
  /** Whether it was weak at the reviews before this one, the last first. */
  weakBefore: boolean[]
}

export interface Verdict {
  id: string
  /** That it is worth less than half of the others. null: there are no others. */
  probability: number | null
  /** To be kept for the next review. */
  isWeak: boolean
  proposal: 'keep' | 'watch' | 'stop'
  by: 'value' | 'signals' | null
  words: string
  /** Minutes a week that would be free. */
  freedMinutes: number
}

export function reviewLines(lines: readonly ReviewedLine[], seed: number): Verdict[] {
  const probabilities = weakProbabilities(lines, seed)
  return lines.map((line, at) => verdictOf(line, lines, probabilities?.[at] ?? null))
}

/** P(value per minute of a line < half of the mean of the others), by line. null: one line alone has nobody beside it. */
export function weakProbabilities(
  lines: readonly Believed[],
  seed: number,
  draws = stopFigures.draws,
): number[] | null {
  if (lines.length < 2) return null
  const drawn = drawPerMinute(lines, { draws, seed })
  const weak = lines.map(() => 0)
  for (const row of drawn) {
    const all = row.reduce((sum, each) => sum + each, 0)
    for (const [at, own] of row.entries())
      if (own < (stopFigures.weakShare * (all - own)) / (lines.length - 1)) weak[at]!++
  }
  return weak.map((count) => count / draws)
}

function verdictOf(line: ReviewedLine, all: readonly ReviewedLine[], probability: number | null): Verdict {
  const { sure, reviews, leastItems, leastMonths } = stopFigures
  const hadItsTime = line.items >= leastItems && line.months >= leastMonths
  const isWeak = probability !== null && probability > sure
  const isSilent = silentBeside(line, all)
  const twice =
    line.weakBefore.slice(0, reviews - 1).length === reviews - 1 && line.weakBefore.slice(0, reviews - 1).every(Boolean)
  const base = { id: line.id, probability, isWeak, freedMinutes: line.weeklyMinutes }
  if (!isWeak && !isSilent)
    return { ...base, proposal: 'keep', by: null, freedMinutes: 0, words: keptWords(line, probability) }
  const doubt = isWeak ? weakWords(line, probability!) : silentWords(line)
  if (!hadItsTime)
    return {
      ...{ ...base, proposal: 'watch', by: null, freedMinutes: 0 },
      words: `${doubt} It has not had its time yet: that takes ${leastMonths} months and ${leastItems} items.`,
    }
  if (isSilent) return { ...base, proposal: 'stop', by: 'signals', words: `${silentWords(line)} ${freedWords(line)}` }
  if (twice)
    return {
      ...base,
      proposal: 'stop',
      by: 'value',
      words: `${doubt} So it was at the review before. ${freedWords(line)}`,
    }
  return {
    ...base,
    proposal: 'watch',
    by: null,
    freedMinutes: 0,
    words: `${doubt} If the next review says the same, stopping is proposed.`,
  }
}

/** Nothing seen in n items: with 95 % it is less than 3 in n items (the rule of three). */
export const mostUnseen = (items: number): number => 3 / Math.max(1, items)

/** Neither links nor interactions, while the others have so many that this is no chance. What a network does not offer says nothing. */
function silentBeside(line: ReviewedLine, all: readonly ReviewedLine[]): boolean {
  const kinds = (['links', 'interactions'] as const).filter((kind) => line.signals[kind] !== null)
  if (kinds.length === 0 || kinds.some((kind) => line.signals[kind]! > 0)) return false
  return kinds.every((kind) => {
    const others = all.filter((each) => each !== line && each.signals[kind] !== null && each.items > 0)
    const items = others.reduce((sum, each) => sum + each.items, 0)
    if (items === 0) return false
    const rate = others.reduce((sum, each) => sum + each.signals[kind]!, 0) / items
    return mostUnseen(line.items) < stopFigures.weakShare * rate
  })
}

/** Drawn figures prove nothing for certain. */
const percent = (share: number): string =>
  share > 0.99 ? 'more than 99 %' : share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`

const weakWords = (line: ReviewedLine, probability: number): string =>
  `With a chance of ${percent(probability)}, ${line.name} is worth less than half of what the others are for a minute (${line.items} items).`

const silentWords = (line: ReviewedLine): string =>
  `Nobody followed a link or did anything with ${line.items} items of ${line.name}: with 95 %, fewer than ${mostUnseen(line.items).toFixed(2)} for each.`

const freedWords = (line: ReviewedLine): string =>
  `Stopping frees ${Math.round(line.weeklyMinutes)} minutes a week; a person decides.`

const keptWords = (line: ReviewedLine, probability: number | null): string =>
  probability === null
    ? `${capital(line.name)} is the only one: there is nothing to compare it with.`
    : `${capital(line.name)} stays: that it is worth less than half of the others has a chance of ${percent(probability)}.`

/** When what was stopped is tried again. A day that the month does not have is its last one. */
export function retestAt(stoppedAt: Date): Date {
  const day = stoppedAt.getUTCDate()
  const at = new Date(stoppedAt)
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + stopFigures.retestMonths)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, last))
  return at
}
