// What one item of an activity on a channel is worth: from our own items at one age, pooled over all lines, the old ones forgotten by and by. Pure.
//
// science.md B2. Values are measured as log(1 + value). An item counts half as much after 13 weeks, so that a number says as much as the
// items that still count for it. tau² is the spread between lines, at least 0.02.

import { drawsFrom } from '../../lib/stats/draws.ts'
import { poolMeans, z80 } from '../../lib/stats/pooling.ts'

export interface MeasuredItem {
  /** Which activity on which channel. */
  line: string
  /** In the unit of the goal, at the age at which items are judged. */
  value: number
  weeksAgo: number
}

export interface LineValue {
  line: string
  items: number
  /** How many items of today they are worth, after forgetting. */
  weight: number
  /** How much the line's own numbers count beside those of all: 0 not at all, 1 alone. */
  trust: number
  /** Of a usual item, with the range that holds 80 %. */
  likely: number
  low: number
  high: number
  /** Of log(1 + value): the belief that is drawn from. */
  log: { mean: number; deviation: number }
}

export const forgetHalfLifeWeeks = 13
export const leastSpread = 0.02
/** Single items scatter like this as long as nothing says otherwise. */
const usualWithin = 1.1 ** 2

export const weightAt = (weeksAgo: number, halfLifeWeeks = forgetHalfLifeWeeks): number =>
  0.5 ** (Math.max(0, weeksAgo) / halfLifeWeeks)

/** @param lines All that should be known, also those of which nothing is measured: they get what a line of this programme is usually worth. */
export function valuesOf(
  items: readonly MeasuredItem[],
  lines: readonly string[],
  halfLifeWeeks = forgetHalfLifeWeeks,
): LineValue[] {
  const byLine = Map.groupBy(items, ({ line }) => line)
  const groups = lines.map((line) => groupOf(byLine.get(line) ?? [], halfLifeWeeks))
  const seen = groups.filter(({ weight }) => weight > 0)
  if (seen.length === 0) return []
  const within = withinOf(seen)
  const pooled = poolMeans(
    seen.map(({ weight, mean }) => ({ n: weight, mean })),
    within,
    leastSpread,
  )
  const usual = { estimate: pooled.mean, standardError: Math.sqrt(pooled.betweenVariance), trust: 0 }
  let next = 0
  return groups.map((group, at) => {
    const { estimate, standardError, trust } = group.weight > 0 ? pooled.groups[next++]! : usual
    const back = (deviations: number) => Math.max(0, Math.expm1(estimate + deviations * standardError))
    return {
      ...{ line: lines[at]!, items: group.items, weight: group.weight, trust },
      ...{ likely: back(0), low: back(-z80), high: back(z80) },
      log: { mean: estimate, deviation: standardError },
    }
  })
}

interface WeightedGroup {
  items: number
  weight: number
  squaredWeight: number
  mean: number
  /** Weighted squares around the mean. */
  squares: number
}

function groupOf(items: readonly MeasuredItem[], halfLifeWeeks: number): WeightedGroup {
  const points = items.map(({ value, weeksAgo }) => ({
    x: Math.log1p(Math.max(0, value)),
    weight: weightAt(weeksAgo, halfLifeWeeks),
  }))
  const weight = points.reduce((sum, point) => sum + point.weight, 0)
  const mean = weight > 0 ? points.reduce((sum, point) => sum + point.weight * point.x, 0) / weight : 0
  return {
    ...{ items: items.length, weight, mean },
    squaredWeight: points.reduce((sum, point) => sum + point.weight ** 2, 0),
    squares: points.reduce((sum, point) => sum + point.weight * (point.x - mean) ** 2, 0),
  }
}

/** Variance of single items around the mean of their line; a usual one where no line has two items. */
function withinOf(groups: readonly WeightedGroup[]): number {
  const degrees = groups.reduce((sum, { weight, squaredWeight }) => sum + weight - squaredWeight / weight, 0)
  const squares = groups.reduce((sum, group) => sum + group.squares, 0)
  // Where all are the same, chance is not proven to be absent.
  return degrees > 1e-9 && squares > 1e-12 ? squares / degrees : usualWithin
}

export interface Believed {
  log: { mean: number; deviation: number }
  minutes: number
}

/** Values per minute drawn from what is believed, by draw and by line. */
export function drawPerMinute(
  lines: readonly Believed[],
  { draws, seed }: { draws: number; seed: number },
): number[][] {
  const chance = drawsFrom(seed)
  return Array.from({ length: draws }, () =>
    lines.map(({ log, minutes }) => Math.max(0, Math.expm1(log.mean + log.deviation * chance.normal())) / minutes),
  )
}
