// Refuses what nobody made personal, on every way on which words of an answer go out.

import { Refusal } from '../../lib/refusal.ts'
import { sendFault } from './rules.ts'

/** @throws Refusal `variable-left`, `reply-not-personal`. */
export function mustBePersonal(text: string, given: readonly string[], leastChanged: number): void {
  const fault = sendFault(text, given, { leastChanged })
  if (fault) throw new Refusal(fault.code, { field: 'text', params: fault.params })
}
