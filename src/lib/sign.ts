// Marks a text as written by this installation, so that it can be handed out in a link and believed when it comes back.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** The mark of `text` for one purpose, by the newest key. base64url, 43 characters. */
export const markOf = (keys: readonly string[], purpose: string, text: string): string => mark(keys[0]!, purpose, text)

/** Whether any of our keys made this mark for this purpose. */
export const isMark = (keys: readonly string[], purpose: string, text: string, shown: string): boolean =>
  keys.some((key) => same(shown, mark(key, purpose, text)))

function mark(key: string, purpose: string, text: string): string {
  const derived = Buffer.from(hkdfSync('sha256', key, 'longrun', purpose, 32))
  return createHmac('sha256', derived).update(text).digest('base64url')
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
