// Who does which items of a week, when it is known how many of each there are: whole items for each person, within minutes and skills.
//
// The solver finds it at once where it is possible, as a question without values; sharing out by hand is left for weeks in which it is not.

import { buildModel, type PlanModel } from './linear-model.ts'
import { addItems, emptyWeek, type PackedWeek } from './pack.ts'
import type { Prepared } from './prepare.ts'
import type { Solve } from './solver.ts'
import type { PlanItem } from './types.ts'

/** Longest that one week may take. Most are found within a few milliseconds; of the rest it is not worth waiting for a proof. */
const fixedMs = 200
const softMs = 1000
/** What a week may miss where not everything fits. */
const softGap = 0.01

export interface WeekCounts {
  /** Of these so many are promised, by line. */
  least?: number[]
  /** Left for it. */
  timeMs?: number
  week: number
  /** By line. */
  counts: number[]
}

/** @param alone Each person planned alone. null: nothing was found in time. */
export function assignWeek(alone: Prepared, solve: Solve, asked: WeekCounts): PackedWeek | null {
  return (
    assign(alone, solve, { ...asked, isFixed: true }) ??
    assign(alone, solve, { ...asked, isFixed: false }) ??
    assign(alone, solve, { ...asked, isFixed: false, least: [] })
  )
}

/** Exactly these counts, or at most these and of them what is worth most. */
function assign(
  alone: Prepared,
  solve: Solve,
  { week, counts, isFixed, least = [], timeMs = softMs }: WeekCounts & { isFixed: boolean },
): PackedWeek | null {
  const model = buildModel(
    { ...alone, periods: [[week]] },
    {
      ...{ periods: [0], previous: 'nothing', wishes: [], steady: () => false },
      ...{ explored: [], extra: null, worthless: isFixed },
    },
  )
  for (const [line, count] of counts.entries()) {
    const column = model.counts[line]!.get(week)!
    model.lower[column] = isFixed ? count : Math.min(count, least[line] ?? 0)
    model.upper[column] = count
  }
  const solved = solve(model, { gap: isFixed ? 1 : softGap, timeMs: Math.min(isFixed ? fixedMs : softMs, timeMs) })
  return solved.state === 'found' ? packedOf(alone, model, { week, values: solved.values }) : null
}

function packedOf(
  alone: Prepared,
  model: PlanModel,
  { week, values }: { week: number; values: ArrayLike<number> },
): PackedWeek {
  const packed = emptyWeek(alone, week)
  for (const [line, shares] of model.shares.entries())
    for (const { group, column } of shares.get(week) ?? []) {
      const count = Math.round(values[column]!)
      if (count > 0) addItems(alone, packed, { line, person: alone.groups[group]!.people[0]!, count })
    }
  return packed
}

/** The same people as before, where the same items are asked and everybody still has the minutes: nobody's week changes without need. */
export function keepWeek(
  prepared: Prepared,
  items: readonly PlanItem[] | null,
  { week, counts }: WeekCounts,
): PackedWeek | null {
  if (!items) return null
  const packed = emptyWeek(prepared, week)
  const left = [...counts]
  for (const { line: lineId, person: personId, count } of items.filter((item) => item.week === week)) {
    const line = prepared.lines.findIndex(({ id }) => id === lineId)
    const person = prepared.people.findIndex(({ id }) => id === personId)
    if (line < 0 || person < 0 || !prepared.able[line]!.some((at) => prepared.groups[at]!.people.includes(person)))
      return null
    addItems(prepared, packed, { line, person, count })
    left[line]! -= count
  }
  return left.every((count) => count === 0) && packed.left.every((minutes) => minutes >= -1e-6) ? packed : null
}
