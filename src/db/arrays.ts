// Many values in one parameter, as PostgreSQL reads them without parsing a text: what is written by the thousand travels like this.

import { type RawBuilder, sql } from 'kysely'

// The server's own numbers of these types, the same in every installation; see pg_type.dat.
const types = { uuid: 2950, text: 25, integer: 23, smallint: 21, timestamptz: 1184, date: 1082 } as const
type Type = keyof typeof types

const headBytes = 20
const nullLength = -1
/** Instants and days count from the year 2000. */
const epochMs = Date.UTC(2000, 0, 1)
const dayMs = 86_400_000

export const uuids = (values: readonly (string | null)[]): RawBuilder<string[]> =>
  ofWidth('uuid', 16, values, (bytes, value, at) => writeUuid(bytes, value, at))

export const integers = (values: readonly (number | null)[]): RawBuilder<number[]> =>
  ofWidth('integer', 4, values, (bytes, value, at) => bytes.writeInt32BE(value, at))

export const smallints = (values: readonly (number | null)[]): RawBuilder<number[]> =>
  ofWidth('smallint', 2, values, (bytes, value, at) => bytes.writeInt16BE(value, at))

export const instants = (values: readonly (Date | null)[]): RawBuilder<Date[]> =>
  ofWidth('timestamptz', 8, values, (bytes, value, at) =>
    bytes.writeBigInt64BE(BigInt(value.getTime() - epochMs) * 1000n, at),
  )

/** Days as `2026-11-29`. */
export const days = (values: readonly (string | null)[]): RawBuilder<string[]> =>
  ofWidth('date', 4, values, (bytes, value, at) =>
    bytes.writeInt32BE((Date.parse(`${value}T00:00:00Z`) - epochMs) / dayMs, at),
  )

export function texts(values: readonly (string | null)[]): RawBuilder<string[]> {
  const lengths = values.map((value) => (value === null ? nullLength : Buffer.byteLength(value)))
  const bytes = emptyArray(
    'text',
    values.length,
    lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), 0),
  )
  let at = headBytes
  for (let index = 0; index < values.length; index++) {
    at = bytes.writeInt32BE(lengths[index]!, at)
    const value = values[index]!
    if (value !== null) at += bytes.write(value, at)
  }
  return parameter('text', bytes)
}

function ofWidth<Value>(
  type: Type,
  width: number,
  values: readonly (Value | null)[],
  write: (bytes: Buffer, value: Value, at: number) => void,
): RawBuilder<never> {
  const missing = values.reduce((count, value) => (value === null ? count + 1 : count), 0)
  const bytes = emptyArray(type, values.length, values.length * 4 + (values.length - missing) * width)
  let at = headBytes
  for (const value of values) {
    at = bytes.writeInt32BE(value === null ? nullLength : width, at)
    if (value === null) continue
    write(bytes, value, at)
    at += width
  }
  return parameter(type, bytes)
}

/** One dimension that begins at 1; see array_send. */
function emptyArray(type: Type, length: number, contentBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + contentBytes)
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(1, 4)
  bytes.writeInt32BE(types[type], 8)
  bytes.writeInt32BE(length, 12)
  bytes.writeInt32BE(1, 16)
  return bytes
}

// The driver sends bytes as they are and says so.
const parameter = (type: Type, bytes: Buffer): RawBuilder<never> => sql`${bytes}::${sql.raw(type)}[]`

function writeUuid(bytes: Buffer, value: string, at: number): void {
  let place = at
  let high = -1
  for (let index = 0; index < value.length; index++) {
    const digit = digitOf(value.charCodeAt(index))
    if (digit === hyphen) continue
    if (digit < 0) throw new TypeError('That is no id')
    if (high < 0) high = digit
    else {
      bytes[place++] = (high << 4) | digit
      high = -1
    }
  }
  if (place !== at + 16 || high >= 0) throw new TypeError('That is no id')
}

const hyphen = 16

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code === 45) return hyphen
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
