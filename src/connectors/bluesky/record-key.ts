// The key under which a post lives in its account's repository: a timestamp identifier (TID) that we choose ourselves.

import { createHash } from 'node:crypto'

const digits = '234567abcdefghijklmnopqrstuvwxyz'

/** When a part of a draft is dated: a millisecond apart, so that a thread keeps its order wherever it is sorted by time. */
export function momentOf(dueAt: Date, position: number): Date {
  return new Date(dueAt.getTime() + position)
}

/**
 * The same key and moment always give the same identifier, so a repeated write meets its own result. It sorts by moment
 * to the millisecond; microseconds and clock id (20 bits in all) come from the key. Two keys of one account that fall
 * on the same millisecond and share them (1 in a million) make the second write refused, never lost or doubled.
 * Format: 53 bits of microseconds since 1970, 10 bits of clock id, 13 digits (https://atproto.com/specs/tid).
 */
export function recordKey(key: string, moment: Date): string {
  const hash = createHash('sha256').update(key).digest()
  const micros = BigInt(moment.getTime()) * 1000n + BigInt(hash.readUInt32BE(0) % 1000)
  const clockId = BigInt(hash.readUInt16BE(4) % 1024)
  let rest = ((micros & ((1n << 53n) - 1n)) << 10n) | clockId
  let text = ''
  for (let place = 0; place < 13; place++) {
    text = digits[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}
