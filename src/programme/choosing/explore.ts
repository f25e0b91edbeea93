// Which items are done to find out: a share of everybody's minutes goes to lines by chance, as probably as each is the best one (Thompson 1933; Scott 2010).
//
// science.md B2. For each item the value of every line is drawn anew from what is believed of it; the line whose drawn value for its
// minutes is highest gets the item. The seed is part of the answer, so that the same plan comes again.

import { drawsFrom } from '../../lib/stats/draws.ts'
import { mostAfter } from './bounds.ts'
import { decayAt } from './decay.ts'
import { countOf, type PackedWeek } from './pack.ts'
import { canDo, type Prepared } from './prepare.ts'
import type { Exploration } from './types.ts'

/** By line and week: items that are explored. What somebody's share does not fill in a week goes on to the next. */
export function drawExploration(prepared: Prepared, { share, seed }: { share: number; seed: number }): number[][] {
  const explored = prepared.lines.map(() => Array.from({ length: prepared.question.weeks }, () => 0))
  const saved = prepared.people.map(() => 0)
  const draws = drawsFrom(seed)
  let previous: (number | null)[] = prepared.lines.map(({ before }) => before)
  for (const [period, weeks] of prepared.periods.entries()) {
    const room = prepared.lines.map((_, line) => roomFor(prepared, { line, period, previous: previous[line]! }))
    for (const week of weeks) {
      for (const [person, own] of prepared.minutes.entries()) saved[person]! += own[week]! * share
      drawWeek(prepared, { week, saved, room, explored, draws })
    }
    // Only what is sure to be done again counts for the next review: then no draw asks for more growth than a review permits.
    previous = explored.map((own) => weeks.reduce((sum, week) => sum + own[week]!, 0))
  }
  return explored
}

function roomFor(
  prepared: Prepared,
  { line, period, previous }: { line: number; period: number; previous: number | null },
): number {
  const peak = prepared.peaks[line]![period]!
  if (previous === null) return peak
  return Math.min(peak, mostAfter(previous, prepared.question.change, prepared.steps[line]![period]!))
}

interface Week {
  week: number
  /** Minutes that each person has kept for exploring. */
  saved: number[]
  room: number[]
  explored: number[][]
  draws: ReturnType<typeof drawsFrom>
}

function drawWeek(prepared: Prepared, { week, saved, room, explored, draws }: Week): void {
  const left = prepared.minutes.map((own) => own[week]!)
  const whoHas = (line: number): number | undefined => {
    const { minutes } = prepared.lines[line]!
    return [...prepared.people.keys()].find(
      (person) => saved[person]! >= minutes && left[person]! >= minutes && canDo(prepared, person, line, week),
    )
  }
  for (;;) {
    let [best, worth] = [-1, 0]
    for (const [line, { value, spread, decay, decaySpread, minutes, most }] of prepared.lines.entries()) {
      const count = explored[line]![week]!
      if (count >= most || room[line]! <= 0 || whoHas(line) === undefined) continue
      // Values are believed in as log(1 + value), as they are measured.
      const drawn = Math.max(0, Math.expm1(Math.log1p(value) + spread * draws.normal()))
      // What the first one is worth hangs on no decay.
      const further = count > 0 && decaySpread > 0 ? decayAt({ decay, spread: decaySpread }, draws.normal()) : decay
      const perMinute = (drawn * further ** count) / minutes
      if (perMinute > worth) [best, worth] = [line, perMinute]
    }
    if (best < 0) return
    const person = whoHas(best)!
    saved[person]! -= prepared.lines[best]!.minutes
    left[person]! -= prepared.lines[best]!.minutes
    explored[best]![week]!++
    room[best]!--
  }
}

/** What of it is in the plan. */
export const listExplored = ({ lines }: Prepared, explored: number[][], weeks: readonly PackedWeek[]): Exploration[] =>
  weeks.flatMap((packed) =>
    lines.flatMap(({ id }, line) => {
      const count = Math.min(explored[line]![packed.week] ?? 0, countOf(packed, line))
      return count > 0 ? [{ week: packed.week, line: id, count }] : []
    }),
  )
