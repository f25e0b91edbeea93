// Invitation secrets that went by mail carry a mark: whoever has it reads that mailbox, so the address counts as verified.

import { isMark, markOf } from '../lib/sign.ts'

const separator = '.'
const purpose = 'mailed invitation'

/** The secret as only the mail shows it; the link that the inviting person sees lacks the mark. */
export const mailedSecret = (keys: readonly string[], secret: string): string =>
  `${secret}${separator}${markOf(keys, purpose, secret)}`

export function readSecret(keys: readonly string[], given: string): { secret: string; mailed: boolean } {
  const [secret = '', shown] = given.split(separator)
  return { secret, mailed: shown !== undefined && isMark(keys, purpose, secret, shown) }
}
