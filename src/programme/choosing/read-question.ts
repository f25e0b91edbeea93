// Reads a question for a plan: whatever does not fit together is refused with the name of its field.

import type { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { type PlanInput, type PlanQuestion, planQuestion } from './types.ts'

/** @throws Refusal that names the field. */
export function readQuestion(input: PlanInput): PlanQuestion {
  const read = planQuestion.safeParse(input)
  if (!read.success) {
    const issue = read.error.issues[0] as z.core.$ZodIssue
    throw new Refusal('invalid-input', { field: issue.path.join('.'), params: { reason: issue.message } })
  }
  const question = read.data
  refuseDoubles(question)
  const lines = new Map(question.lines.map((line) => [line.id, line]))
  for (const [index, floor] of question.floors.entries()) {
    const field = (name: string) => `floors.${index}.${name}`
    const refuse = (name: string, reason: string) => {
      throw new Refusal('invalid-input', { field: field(name), params: { reason } })
    }
    if (!lines.has(floor.line)) refuse('line', 'There is no such line')
    if (floor.to < floor.from) refuse('to', 'The last week comes before the first')
    if (floor.to >= question.weeks) refuse('to', 'The plan has no such week')
  }
  return question
}

function refuseDoubles(question: PlanQuestion): void {
  for (const name of ['people', 'lines', 'floors'] as const) {
    const seen = new Set<string>()
    for (const [index, { id }] of question[name].entries()) {
      if (seen.has(id))
        throw new Refusal('invalid-input', { field: `${name}.${index}.id`, params: { reason: 'It is there twice' } })
      seen.add(id)
    }
  }
}
