// Reads DAG-CBOR, the binary form of the network's records (https://ipld.io/specs/codecs/dag-cbor/spec/), within limits.

/** A content id, as bytes: equal bytes, equal content. */
export interface Cid {
  cid: Buffer
}

/** The bytes are no DAG-CBOR, or deeper than any record. */
export class CborError extends Error {}

const deepest = 64

/** The value that begins at `start`, and where the next one begins. */
export function readCbor(bytes: Buffer, start = 0): { value: unknown; end: number } {
  const reader: Reader = { bytes, at: start }
  return { value: readValue(reader, 0), end: reader.at }
}

interface Reader {
  bytes: Buffer
  at: number
}

function readValue(reader: Reader, depth: number): unknown {
  if (depth > deepest) throw new CborError('too deep')
  const first = byteAt(reader)
  const major = first >> 5
  if (major === 7) return readSimple(reader, first & 31)
  const argument = readArgument(reader, first & 31)
  switch (major) {
    case 0:
      return argument
    case 1:
      return -1 - argument
    case 2:
      return take(reader, argument)
    case 3:
      return readText(reader, argument)
    case 4:
      return readArray(reader, argument, depth)
    case 5:
      return readMap(reader, argument, depth)
    default:
      return readTag(reader, argument)
  }
}

function readArgument(reader: Reader, short: number): number {
  if (short < 24) return short
  if (short === 24) return byteAt(reader)
  const { bytes, at } = reader
  const size = short === 25 ? 2 : short === 26 ? 4 : short === 27 ? 8 : 0
  // Lengths that are told later are no DAG-CBOR.
  if (size === 0 || at + size > bytes.length) throw new CborError('broken length')
  reader.at += size
  if (size === 2) return bytes.readUInt16BE(at)
  if (size === 4) return bytes.readUInt32BE(at)
  return bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
}

function readSimple(reader: Reader, short: number): unknown {
  if (short === 20) return false
  if (short === 21) return true
  if (short === 22) return null
  if (short !== 27) throw new CborError('unknown value')
  return take(reader, 8).readDoubleBE(0)
}

function readText(reader: Reader, length: number): string {
  const start = reader.at
  skip(reader, length)
  return reader.bytes.toString('utf8', start, reader.at)
}

/** A claimed length reserves nothing: each item has to be there. */
function readArray(reader: Reader, length: number, depth: number): unknown[] {
  const items: unknown[] = []
  for (let count = 0; count < length; count++) items.push(readValue(reader, depth + 1))
  return items
}

function readMap(reader: Reader, length: number, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (let count = 0; count < length; count++) {
    const key = readValue(reader, depth + 1)
    const value = readValue(reader, depth + 1)
    if (typeof key !== 'string') throw new CborError('key is no text')
    // By assignment this name would change what the object is.
    if (key !== '__proto__') map[key] = value
  }
  return map
}

/** The one tag of DAG-CBOR: a content id, behind a zero byte. */
function readTag(reader: Reader, tag: number): Cid {
  const value = tag === 42 ? readValue(reader, deepest) : null
  if (!Buffer.isBuffer(value) || value[0] !== 0) throw new CborError('unknown tag')
  return { cid: value.subarray(1) }
}

function byteAt(reader: Reader): number {
  const byte = reader.bytes[reader.at++]
  if (byte === undefined) throw new CborError('broken off')
  return byte
}

function take(reader: Reader, length: number): Buffer {
  const start = reader.at
  skip(reader, length)
  return reader.bytes.subarray(start, reader.at)
}

function skip(reader: Reader, length: number): void {
  if (reader.at + length > reader.bytes.length) throw new CborError('broken off')
  reader.at += length
}

// ── CAR ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The blocks of a CAR file (https://ipld.io/specs/transport/car/carv1/) by their content id; only those that are asked for. */
export function findBlocks(car: Buffer, wanted: readonly Buffer[]): (Buffer | null)[] {
  const found: (Buffer | null)[] = wanted.map(() => null)
  let left = wanted.length
  let at = readVarint(car, 0, (length, from) => from + length)
  while (at < car.length && left > 0) {
    at = readVarint(car, at, (length, from) => {
      const end = from + length
      if (length < cidBytes || end > car.length) throw new CborError('broken block')
      for (const [index, cid] of wanted.entries()) {
        if (found[index] === null && cid.length === cidBytes && cid.equals(car.subarray(from, from + cidBytes))) {
          found[index] = car.subarray(from + cidBytes, end)
          left--
        }
      }
      return end
    })
  }
  return found
}

/** Version 1, DAG-CBOR, SHA-256: the only form in which this network names records. */
const cidBytes = 36

function readVarint(bytes: Buffer, start: number, then: (value: number, from: number) => number): number {
  let value = 0
  for (let index = 0; index < 6; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) break
    value += (byte & 127) * 2 ** (7 * index)
    if (byte < 128) return then(value, start + index + 1)
  }
  throw new CborError('broken length')
}
