// What work really brings: less with each further item of a week, drifting over the year, less in a crisis and more at a launch. Pure; the same
// for the same seed. The programme sees only what single items brought, with their noise.

import { drawsFrom } from '../../src/lib/stats/draws.ts'
import type { Truth, World } from './worlds.ts'

export const weeks = 52
/** Of the logarithm: of a single item, and of a line from week to week, which comes back to where it began. */
const itemDeviation = 0.6
const driftDeviation = 0.05
const comesBack = 0.97
const crisisWeeks = 2
const launchWeeks = 2

export interface Year {
  seed: number
  /** By line and week: what the first item of the week is expected to bring. */
  first: number[][]
  /** What one item brought, by chance around what was expected. */
  draw(expected: number): number
  /** Minutes that one item took. */
  took(truth: Pick<Truth, 'minutes'>): number
  even(): number
}

export function drawYear({ lines, crisis, launch }: World, seed: number): Year {
  const { normal, even } = drawsFrom(seed)
  const first = lines.map(({ value }) => {
    let drift = 0
    return Array.from({ length: weeks }, (_, week) => {
      drift = comesBack * drift + driftDeviation * normal()
      const event = isIn(week, crisis, crisisWeeks) ? 0.5 : isIn(week, launch, launchWeeks) ? 1.4 : 1
      return value * Math.exp(drift) * event
    })
  })
  return {
    ...{ seed, first, even },
    draw: itemsFrom(normal),
    took: ({ minutes }) => Math.max(1, minutes * around(normal, 0.35)),
  }
}

/** What of a year others may know who judge it afterwards, also in another process. */
export type DrawnYear = Pick<Year, 'seed' | 'first'>

/** What single items bring, by chance around what is expected. */
export const itemsFrom =
  (normal: () => number) =>
  (expected: number): number =>
    Math.round(expected * around(normal, itemDeviation))

/** Of mean 1: the expected value is what is expected. */
const around = (normal: () => number, deviation: number): number => Math.exp(deviation * normal() - deviation ** 2 / 2)

const isIn = (week: number, from: number, length: number): boolean => week >= from && week < from + length
export const isCrisis = ({ crisis }: World, week: number): boolean => isIn(week, crisis, crisisWeeks)

/** What so many items of a line bring in a week, as expected. */
export const worthOf = (first: number, decay: number, items: number): number =>
  decay === 1 ? first * items : (first * (1 - decay ** items)) / (1 - decay)
