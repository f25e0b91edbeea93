// Closes what is missing between a plan and its bound: first a sharper bound from each review alone, then all reviews in one model.

import { gapOf } from './bounds.ts'
import { buildModel, type PlanModel } from './linear-model.ts'
import type { Attempt } from './make-plan.ts'
import { countOf, type PackedWeek, worthOf } from './pack.ts'
import type { Prepared } from './prepare.ts'
import type { Extras } from './prices.ts'
import { weekOf } from './roll.ts'

export interface Together {
  /** null: nothing better than what was there. */
  weeks: PackedWeek[] | null
  bound: number
  timeOver: boolean
}

interface Given {
  begin: PackedWeek[] | null
  extras: Extras | null
  bound: number
}

/** Needed: each person is planned alone; what groups do may lose items when people share them out. */
export function planTogether(attempt: Attempt, given: Given): Together | 'infeasible' {
  const { prepared, tools, gap, until } = attempt
  if (prepared.periods.length === 1 && given.begin)
    return { weeks: null, bound: given.bound, timeOver: tools.now() >= until }
  const sharper = given.extras ? boundAlone(attempt, given.extras) : Number.POSITIVE_INFINITY
  const bound = Math.min(given.bound, sharper)
  if (given.begin && gapOf(worthOf(prepared, given.begin), bound) <= gap) return { weeks: null, bound, timeOver: false }
  return solveTogether(attempt, { ...given, bound })
}

/** Each review for itself, with the price of the rows between them: no plan is worth more than all of these together (Lagrange). */
function boundAlone({ prepared, explored, tools, gap, until }: Attempt, { alone, own }: Extras): number {
  let bound = own
  for (const period of prepared.periods.keys()) {
    const model = buildModel(prepared, {
      ...{ periods: [period], previous: 'asked', wishes: prepared.wishes, steady: () => true },
      ...{ explored, extra: alone },
    })
    // Half of the time is left to the model of all reviews.
    const timeMs = (until - tools.now()) / 2 / (prepared.periods.length - period)
    bound += tools.solve(model, { gap: gap / 10, timeMs }).bound
  }
  return bound
}

function solveTogether(
  { prepared, explored, tools, gap, until }: Attempt,
  { begin, bound }: Given,
): Together | 'infeasible' {
  const model = buildModel(prepared, {
    ...{ periods: [...prepared.periods.keys()], previous: 'asked', wishes: prepared.wishes, steady: () => true },
    ...{ explored, extra: null },
  })
  const solved = tools.solve(model, {
    ...{ gap, timeMs: until - tools.now() },
    ...(begin ? { start: startOf(prepared, model, begin) } : {}),
  })
  if (solved.state === 'infeasible') return 'infeasible'
  const best = Math.min(bound, solved.bound)
  if (solved.state === 'nothing') return { weeks: null, bound: best, timeOver: solved.timeOver }
  const weeks = prepared.periods.flat().map((week) => weekOf(prepared, model, solved.values, week))
  return { weeks, bound: best, timeOver: solved.timeOver }
}

function startOf(prepared: Prepared, model: PlanModel, weeks: readonly PackedWeek[]): Float64Array {
  const start = new Float64Array(model.cost.length)
  for (const packed of weeks)
    for (const line of prepared.lines.keys()) {
      const count = countOf(packed, line)
      const column = model.counts[line]!.get(packed.week)!
      start[column] = count
      // Pieces stand behind their count, in the order of their worth.
      let left = count
      for (let piece = column + 1; left > 0; piece++) {
        start[piece] = Math.min(left, model.upper[piece]!)
        left -= start[piece]!
      }
      const shares = model.shares[line]!.get(packed.week) ?? []
      if (shares.length > 1)
        for (const { group, column: share } of shares)
          start[share] = prepared.groups[group]!.people.reduce(
            (sum, person) => sum + (packed.given[line]!.get(person) ?? 0),
            0,
          )
    }
  return start
}
