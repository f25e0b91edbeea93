// The plan by hand: first what is promised, then always the item that is worth most for its minutes and still fits. What the solver is compared with, and used where it fails.

import { leastAfter, mostAfter } from './bounds.ts'
import { countOf, emptyWeek, fillWeek, give, type PackedWeek } from './pack.ts'
import type { Prepared } from './prepare.ts'
import type { Wish } from './types.ts'

export interface GreedyPlan {
  weeks: PackedWeek[]
  /** What did not fit. */
  unmet: Wish[]
}

/** @param explored Items to explore, by line and week. */
export function planGreedily(prepared: Prepared, explored: number[][] = []): GreedyPlan {
  const weeks: PackedWeek[] = []
  const unmet: Wish[] = []
  let previous: (number | null)[] = prepared.lines.map(({ before }) => before)
  for (const [period, inPeriod] of prepared.periods.entries()) {
    const wishes = [...wishesOf(prepared, period), ...steadyOf(prepared, period, previous)]
    const room = roomOf(prepared, period, previous)
    const here = inPeriod.map((week) => emptyWeek(prepared, week))
    const missing = wishes.map((wish) => ({ wish, count: wish.least }))
    for (const packed of here) giveWished(prepared, packed, { missing, room, explored, inPeriod })
    // What did not fit where it belonged fits perhaps in another week.
    for (const packed of here) giveWished(prepared, packed, { missing, room, explored: [], inPeriod: [packed.week] })
    for (const packed of here) fillWeek(prepared, packed, room)
    unmet.push(...missing.filter(({ count }) => count > 0).map(({ wish }) => wish))
    previous = prepared.lines.map((_, line) => here.reduce((sum, packed) => sum + countOf(packed, line), 0))
    weeks.push(...here)
  }
  return { weeks, unmet }
}

const wishesOf = ({ wishes, periods }: Prepared, period: number): Wish[] =>
  wishes.filter(({ from }) => periods[period]!.includes(from)).toSorted((a, b) => a.to - b.to)

/** Counts may not fall further than this from one review to the next. */
export function steadyOf(prepared: Prepared, period: number, previous: readonly (number | null)[]): Wish[] {
  const weeks = prepared.periods[period]!
  return prepared.lines.flatMap(({ id }, line) => {
    const before = previous[line]
    if (before === null || before === undefined) return []
    const least = leastAfter(before, prepared.question.change, prepared.steps[line]![period]!)
    if (least === 0) return []
    return [
      { id: `steady:${id}:${period}`, kind: 'steady' as const, line: id, least, from: weeks[0]!, to: weeks.at(-1)! },
    ]
  })
}

/** How many items of each line a period may have. */
export const roomOf = (prepared: Prepared, period: number, previous: readonly (number | null)[]): number[] =>
  prepared.lines.map((_, line) => {
    const before = previous[line]
    const peak = prepared.peaks[line]![period]!
    if (before === null || before === undefined) return peak
    return Math.min(peak, mostAfter(before, prepared.question.change, prepared.steps[line]![period]!))
  })

interface Missing {
  wish: Wish
  count: number
}

/** What a wish asks of several weeks is spread over them evenly; one item counts for every wish that is there for its line. */
function giveWished(
  prepared: Prepared,
  packed: PackedWeek,
  given: { missing: Missing[]; room: number[]; explored: number[][]; inPeriod: number[] },
): void {
  const { missing, room } = given
  const here = missing.filter(({ wish, count }) => count > 0 && wish.from <= packed.week && packed.week <= wish.to)
  const giveOne = (line: number): boolean => {
    if (countOf(packed, line) >= prepared.lines[line]!.most || room[line]! <= 0) return false
    if (!give(prepared, packed, line)) return false
    room[line]!--
    for (const each of here) if (each.wish.line === prepared.lines[line]!.id && each.count > 0) each.count--
    return true
  }
  for (const each of here) {
    const line = prepared.lines.findIndex(({ id }) => id === each.wish.line)
    const weeksLeft = given.inPeriod.filter((week) => week >= packed.week && week <= each.wish.to).length
    for (let share = Math.ceil(each.count / Math.max(1, weeksLeft)); share > 0 && each.count > 0; share--)
      if (!giveOne(line)) break
  }
  for (const [line, weeks] of given.explored.entries())
    while (countOf(packed, line) < (weeks[packed.week] ?? 0) && giveOne(line));
}
