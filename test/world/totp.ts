// The code that an authenticator app shows.

import { createHmac } from 'node:crypto'

/** RFC 6238 with SHA-1, six digits and thirty seconds, written from the standard. */
export function totp(uri: string, at: Date): string {
  const letters = new URL(uri).searchParams.get('secret')!.replace(/=+$/, '')
  const bits = [...letters]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.at(-1)! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
