// Pure: lines of a question that nobody may do, each with a sentence that says what to do.

import { mayDo } from '../choosing/bounds.ts'
import type { PlanQuestion } from '../choosing/types.ts'
import { type Abilities, nobodyMay } from '../competencies/needs/rules.ts'
import { oneOf } from '../load/costs/activities.ts'
import type { AskedLine } from './question.ts'

export function unableOf(
  { lines, people }: PlanQuestion,
  { lines: asked, abilities }: { lines: readonly AskedLine[]; abilities: Pick<Abilities, 'needOf'> },
): string[] {
  const lacking = lines.filter((line) => !people.some((person) => mayDo(person, line)))
  const says = lacking.map(({ id, activity }) => {
    const need = abilities.needOf(activity)
    const isNamed = (asked.find((line) => line.id === id)?.people ?? null) !== null
    return need && !isNamed
      ? nobodyMay(oneOf(activity), need)
      : `Nobody whom the plan names for ${oneOf(activity)} takes part and may do it. Name somebody else in the plan.`
  })
  return [...new Set(says)]
}
