// Invitation secrets that went by mail carry a mark: whoever has it reads that mailbox, so the address counts as verified.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

const separator = '.'

/** The secret as only the mail shows it; the link that the inviting person sees lacks the mark. */
export const mailedSecret = (keys: readonly string[], secret: string): string =>
  `${secret}${separator}${mark(keys[0]!, secret)}`

export function readSecret(keys: readonly string[], given: string): { secret: string; mailed: boolean } {
  const [secret = '', shown] = given.split(separator)
  return { secret, mailed: shown !== undefined && keys.some((key) => same(shown, mark(key, secret))) }
}

function mark(key: string, secret: string): string {
  const derived = Buffer.from(hkdfSync('sha256', key, 'longrun', 'mailed invitation', 32))
  return createHmac('sha256', derived).update(secret).digest('base64url')
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
