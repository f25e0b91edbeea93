// Whether a new plan takes the place of the one that is there: only where something is broken, or it is so much better that a change is worth it. Pure.

import { leastAfter, mostAfter, stepInto } from './bounds.ts'
import { countsOf, type Fault, judgePlan, valueOfPlan } from './judge-plan.ts'
import type { Plan, PlanItem, PlanQuestion } from './types.ts'

/** A plan that jumps with every number is followed by nobody (science.md B1). */
export const leastGain = 0.05

/** What a step must bring that leads to such a gain: less is within what the solver leaves open. */
export const leastStep = 0.01

/** More than any line ever changes: it asks where the steps lead. */
const anyChange = 5

export interface Plans {
  current: readonly PlanItem[]
  next: Pick<Plan, 'value'>
  leadsTo?: number | null
}

export interface Adoption {
  isAdopted: boolean
  because: 'broken' | 'better' | 'leads' | 'not-better'
  /** Share by which the new one is worth more under the question of today. */
  gain: number
  /** What the one that is there breaks. */
  faults: Fault[]
  words: string
}

/** Whether a line would change further in the first review if it might: then a step says too little of what it leads to. */
export function isHeldBack(question: PlanQuestion, items: readonly PlanItem[]): boolean {
  const counts = countsOf(items.filter(({ week }) => week < question.review))
  return question.lines.some((line) => {
    const { before } = line
    if (before === null) return false
    const now = [...(counts.get(line.id)?.values() ?? [])].reduce((sum, count) => sum + count, 0)
    const step = stepInto(question, line, 0)
    if (now < before) return now > 0 && now <= leastAfter(before, question.change, step)
    return now > before && now >= mostAfter(before, question.change, step)
  })
}

const unbound = (question: PlanQuestion): PlanQuestion => ({
  ...question,
  lines: question.lines.map((line) => ({ ...line, before: null })),
})

/** The same question with as much change at once as anybody likes. */
export const freed = (question: PlanQuestion): PlanQuestion => ({
  ...unbound(question),
  ...{ explore: null, change: anyChange },
})

/** @param leadsTo What the plan is worth that such steps lead to; null: it was not asked. */
export function decideAdoption(question: PlanQuestion, { current, next, leadsTo = null }: Plans): Adoption {
  // That less fits than was planned once is no fault of the plan: it is not judged by how far it fell.
  const faults = judgePlan(unbound(question), current)
  const value = valueOfPlan(question, current)
  const gainOf = (then: number) => (value > 0 ? (then - value) / value : then > 0 ? 1 : 0)
  const gain = gainOf(next.value)
  const said = percent(gain)
  const base = { gain, faults }
  if (faults.length > 0)
    return {
      ...{ ...base, isAdopted: true, because: 'broken' },
      words: `The plan is changed because it no longer holds: ${faults[0]!.words}${faults.length > 1 ? ` And ${faults.length - 1} more.` : ''}`,
    }
  if (gain >= leastGain)
    return {
      ...base,
      isAdopted: true,
      because: 'better',
      words: `The plan is changed because the new one is worth ${said} more.`,
    }
  const lead = gainOf(leadsTo ?? 0)
  if (gain >= leastStep && lead >= leastGain)
    return {
      ...{ ...base, isAdopted: true, because: 'leads' },
      words: `The plan is changed because the new one is worth ${said} more, and where steps like it lead ${percent(lead)} more.`,
    }
  return {
    ...{ ...base, isAdopted: false, because: 'not-better' },
    words: `The plan stays: a new one would be worth ${said} ${gain < 0 ? 'less' : 'more'}, and it changes from ${leastGain * 100} % on.`,
  }
}

const percent = (share: number): string => `${Math.abs(Math.round(share * 100))} %`
