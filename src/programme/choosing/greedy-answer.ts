// A plan by hand as an answer: what is there where the solver is not.

import { valueOfItems } from './bounds.ts'
import { planGreedily } from './greedy.ts'
import { itemsOf, worthOf } from './pack.ts'
import type { Prepared } from './prepare.ts'
import type { PlanAnswer } from './types.ts'

/** null: by hand nothing was found that keeps every promise, which does not say that there is none. */
export function greedyAnswer(prepared: Prepared): PlanAnswer | null {
  const { weeks, unmet } = planGreedily(prepared)
  if (unmet.length > 0) return null
  const value = worthOf(prepared, weeks)
  // No bound is known but that of everything that is allowed.
  const bound = prepared.lines.reduce((sum, line) => sum + prepared.question.weeks * valueOfItems(line, line.most), 0)
  return {
    state: 'planned',
    plan: {
      items: itemsOf(prepared, weeks),
      ...{ value, bound, gap: bound > 0 ? (bound - value) / bound : 0, by: 'greedy', ended: 'done' },
      ...{ explored: [], exploreShare: 0, seed: prepared.question.explore?.seed ?? null, prices: null, gaveWay: [] },
    },
  }
}
