// What others would have made of the same minutes: equal shares, what was best last month, everything everywhere, and who knows the truth. Pure.

import { drawsFrom } from '../../src/lib/stats/draws.ts'
import { type DrawnYear, itemsFrom, weeks, worthOf } from './truth.ts'
import type { World } from './worlds.ts'

/** Nobody does more than three a day of one line. */
const most = 21
/** Weeks of which those who look back look back. */
const month = 4

export const baselineNames = ['equal shares', 'best of last month', 'everything everywhere', 'knows the truth'] as const
export type BaselineName = (typeof baselineNames)[number]

export interface Given {
  world: World
  year: DrawnYear
  /** Minutes that were really worked, by week. */
  minutes: readonly number[]
}

interface Chooser {
  /** Which line an item of a week is of, one after the other until the minutes are used up; counts by line. */
  next: (week: number, counts: readonly number[], spent: readonly number[]) => number | null
  /** What became of a week is looked at. */
  look?: (week: number, counts: readonly number[]) => void
}

/** Expected value by week. Minutes that do not reach for another item go on to the next week. */
export function valuesOf(name: BaselineName, given: Given): number[] {
  if (name === 'knows the truth') return bestOf(given)
  const { world, year, minutes } = given
  const chooser = chooserOf(name, given)
  let left = 0
  const spent = world.lines.map(() => 0)
  return Array.from({ length: weeks }, (_, week) => {
    left += minutes[week] ?? 0
    const counts = world.lines.map(() => 0)
    for (;;) {
      const next = chooser.next(week, counts, spent)
      // Whoever waits for a long piece saves up for it, for a month at most.
      if (next === null || world.lines[next]!.minutes > left) break
      counts[next]! += 1
      spent[next]! += world.lines[next]!.minutes
      left -= world.lines[next]!.minutes
    }
    chooser.look?.(week, counts)
    return counts.reduce(
      (sum, items, line) => sum + worthOf(year.first[line]![week]!, world.lines[line]!.decay, items),
      0,
    )
  })
}

/**
 * Month by month what brings most for a minute next, as long as it fits: the whole month’s minutes at once, which nobody has who works week by
 * week. Nobody could do much better.
 */
function bestOf(given: Given): number[] {
  return bestItems(given).map(({ value }) => value)
}

/** By week: what the one who knows the truth does of each line, and what it is worth. */
export function bestItems({ world, year, minutes }: Given): { value: number; counts: number[] }[] {
  const counts = Array.from({ length: weeks }, () => world.lines.map(() => 0))
  const value = Array.from({ length: weeks }, () => 0)
  let left = 0
  for (let begin = 0; begin < weeks; begin += month) {
    const own = Array.from({ length: Math.min(month, weeks - begin) }, (_, at) => begin + at)
    left += own.reduce((sum, week) => sum + (minutes[week] ?? 0), 0)
    const open = own.flatMap((week) => world.lines.map((truth, line) => ({ week, truth, line, items: 0 })))
    const next = ({ week, truth, line, items }: (typeof open)[number]) =>
      year.first[line]![week]! * truth.decay ** items
    for (;;) {
      const fitting = open.filter(({ truth, items }) => items < most && truth.minutes <= left)
      if (fitting.length === 0) break
      const best = fitting.reduce((one, other) =>
        next(other) / other.truth.minutes > next(one) / one.truth.minutes ? other : one,
      )
      value[best.week]! += next(best)
      counts[best.week]![best.line]! += 1
      best.items += 1
      left -= best.truth.minutes
    }
  }
  return value.map((own, week) => ({ value: own, counts: counts[week]! }))
}

function chooserOf(name: Exclude<BaselineName, 'knows the truth'>, { world, year }: Given): Chooser {
  const lines = [...world.lines.keys()]
  const least = (of: (line: number) => number, counts: readonly number[]) => {
    const open = lines.filter((line) => counts[line]! < most)
    return open.length === 0 ? null : open.reduce((best, line) => (of(line) < of(best) ? line : best))
  }
  if (name === 'equal shares') return { next: (_, counts, spent) => least((line) => spent[line]!, counts) }
  if (name === 'everything everywhere') {
    const done = lines.map(() => 0)
    return {
      next: (_, counts) => {
        const next = least((line) => done[line]!, counts)
        if (next !== null) done[next]! += 1
        return next
      },
    }
  }
  // As it was seen: the mean of the items of the last month, for a minute. What was not done keeps what was seen of it last.
  const draw = itemsFrom(drawsFrom(year.seed + 1).normal)
  const seen = lines.map(() => 0)
  let brought = lines.map((): number[] => [])
  return {
    next: (week, counts, spent) => least((line) => (week < month ? spent[line]! : -seen[line]!), counts),
    look: (week, counts) => {
      for (const [line, { decay }] of world.lines.entries())
        for (let item = 0; item < counts[line]!; item++)
          brought[line]!.push(draw(year.first[line]![week]! * decay ** item))
      if ((week + 1) % month !== 0) return
      for (const [line, values] of brought.entries())
        if (values.length > 0)
          seen[line] = values.reduce((sum, each) => sum + each, 0) / values.length / world.lines[line]!.minutes
      brought = lines.map(() => [])
    },
  }
}
