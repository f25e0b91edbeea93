// Whether a new plan takes the place of the one that is there: only where something is broken, or it is so much better that a change is worth it. Pure.

import { type Fault, judgePlan, valueOfPlan } from './judge-plan.ts'
import type { Plan, PlanItem, PlanQuestion } from './types.ts'

/** A plan that jumps with every number is followed by nobody (science.md B1). */
export const leastGain = 0.05

export interface Adoption {
  isAdopted: boolean
  because: 'broken' | 'better' | 'not-better'
  /** Share by which the new one is worth more under the question of today. */
  gain: number
  /** What the one that is there breaks. */
  faults: Fault[]
  words: string
}

export function decideAdoption(
  question: PlanQuestion,
  { current, next }: { current: readonly PlanItem[]; next: Pick<Plan, 'value'> },
): Adoption {
  const faults = judgePlan(question, current)
  const value = valueOfPlan(question, current)
  const gain = value > 0 ? (next.value - value) / value : next.value > 0 ? 1 : 0
  const said = `${Math.abs(Math.round(gain * 100))} %`
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
  return {
    ...{ ...base, isAdopted: false, because: 'not-better' },
    words: `The plan stays: a new one would be worth ${said} ${gain < 0 ? 'less' : 'more'}, and it changes from ${leastGain * 100} % on.`,
  }
}
