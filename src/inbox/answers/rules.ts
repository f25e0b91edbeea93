// Pure decisions about answers before they are sent.

import { draftOf, leftToChange, variablesIn } from '../replies/rules.ts'
import type { AnswerRules } from '../replies/types.ts'

export const firstName = (name: string | null): string | null => name?.trim().split(/\s+/)[0] || null

/** How many places of saved replies are left to fill, or how far what a machine put in has to be made personal. */
export type SendFault =
  | { code: 'variable-left'; params: { names: string } }
  | { code: 'reply-not-personal'; params: { left: number } }

/** null: it may be sent. `given`: what saved replies and programs put in. */
export function sendFault(
  text: string,
  given: readonly string[],
  { leastChanged }: Pick<AnswerRules, 'leastChanged'>,
): SendFault | null {
  // Braces that a person typed themselves are their own affair.
  const put = variablesIn(draftOf(given))
  const names = variablesIn(text).filter((name) => put.includes(name))
  if (names.length > 0) return { code: 'variable-left', params: { names: names.join(', ') } }
  const left = leftToChange(given, text, leastChanged)
  return left > 0 ? { code: 'reply-not-personal', params: { left } } : null
}
