// The file of a trained model: read once, checked against its own hash, then only looked up in.

import type { Lexicon } from './forms.ts'
import { openSealed, sealFile } from './sealed.ts'

/** Changes with the meaning of features or of this file: a table of another version is refused. */
export const tableVersion = 1

/** One question to a text, answered from neighbouring columns. */
export interface Task {
  name: string
  /** 'one-of': its labels exclude each other; 'each': every label is a question of its own. */
  kind: 'one-of' | 'each'
  labels: string[]
  /** Its first column. */
  column: number
  /** BCP 47; empty: all. */
  languages: string[]
  /** From here on a label of kind 'each' is said; chosen on validation texts. */
  thresholds: number[]
}

export interface Table {
  columns: number
  tasks: Task[]
  /** Sorted hashes of features; row i of `weights` belongs to key i. */
  keys: Uint32Array
  weights: Int8Array
  /** What one step of a weight is worth, by column. */
  scale: Float32Array
  bias: Float32Array
  /** style features × columns */
  style: Float32Array
  lexicon: Lexicon
}

interface Head {
  columns: number
  tasks: Task[]
  keys: number
  style: number
  valence: number
  opinion: number
}

const seal = { magic: 'LRTEXT', version: tableVersion, what: 'The text model' }

/** The same table gives the same bytes. */
export function packTable(table: Table): Buffer {
  const { columns, tasks, keys, weights, scale, bias, style, lexicon } = table
  const valence = [...lexicon.valence].sort(byKey)
  const opinion = [...lexicon.opinion].sort(byKey)
  const head: Head = {
    ...{ columns, tasks, keys: keys.length, style: style.length },
    ...{ valence: valence.length, opinion: opinion.length },
  }
  const words = Buffer.from(JSON.stringify(head))
  const body = Buffer.concat([
    lengthOf(words),
    words,
    ...[scale, bias, style].map(bytesOf),
    bytesOf(deltas(keys)),
    // Column by column, because neighbours in a column are more alike: it packs smaller.
    bytesOf(turned(weights, keys.length, columns)),
    bytesOf(Uint32Array.from(valence, ([key]) => key)),
    bytesOf(Float32Array.from(valence, ([, value]) => value)),
    bytesOf(Uint32Array.from(opinion, ([key]) => key)),
    bytesOf(Int8Array.from(opinion, ([, value]) => value)),
  ])
  return sealFile(seal, body)
}

export const unpackTable = (file: Buffer): Table => readBody(openSealed(seal, file))

function readBody(body: Buffer): Table {
  let at = 4 + body.readUInt32LE(0)
  const head = JSON.parse(body.subarray(4, at).toString()) as Head
  // Copies, so that each begins where its numbers may begin.
  const take = (bytes: number): ArrayBuffer => {
    const part = new Uint8Array(body.subarray(at, at + bytes)).buffer
    at += bytes
    return part
  }
  const floats = (count: number): Float32Array => new Float32Array(take(count * 4))
  const wholes = (count: number): Uint32Array => new Uint32Array(take(count * 4))
  const [scale, bias, style] = [floats(head.columns), floats(head.columns), floats(head.style)]
  const keys = sums(wholes(head.keys))
  const weights = turned(new Int8Array(take(head.keys * head.columns)), head.columns, head.keys)
  const valence = pairs(wholes(head.valence), floats(head.valence))
  const opinion = pairs(wholes(head.opinion), new Int8Array(take(head.opinion)))
  return {
    ...{ columns: head.columns, tasks: head.tasks, keys, weights },
    ...{ scale, bias, style, lexicon: { valence, opinion } },
  }
}

const byKey = (one: [number, number], other: [number, number]): number => one[0] - other[0]

const bytesOf = (numbers: Float32Array | Uint32Array | Int8Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)

function lengthOf(words: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(words.length)
  return length
}

const deltas = (sorted: Uint32Array): Uint32Array => sorted.map((key, at) => (at === 0 ? key : key - sorted[at - 1]!))

function sums(steps: Uint32Array): Uint32Array {
  for (let at = 1; at < steps.length; at++) steps[at]! += steps[at - 1]!
  return steps
}

function turned(values: Int8Array, rows: number, columns: number): Int8Array {
  const result = new Int8Array(values.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column]!
  return result
}

function pairs(keys: Uint32Array, values: Float32Array | Int8Array): Map<number, number> {
  const found = new Map<number, number>()
  for (let at = 0; at < keys.length; at++) found.set(keys[at]!, values[at]!)
  return found
}

/**
 * Finds the weights of a feature. Open addressing: half of the slots are empty, so a look costs one or two reads. A slot is a key (0:
 * empty) with its weights behind it, because what costs is each place of memory that is fetched.
 */
export interface Index {
  keys: Int32Array
  /** The same memory as `keys`. */
  weights: Int8Array
  /** 32-bit words of a slot. */
  width: number
  mask: number
}

const bytesOfKey = 4

export function indexTable({ keys, weights, columns }: Pick<Table, 'keys' | 'weights' | 'columns'>): Index {
  const size = 2 ** Math.ceil(Math.log2(Math.max(keys.length, 1) * 2))
  const width = 1 + Math.ceil(columns / bytesOfKey)
  const slots = new Int32Array(size * width)
  const index = { keys: slots, weights: new Int8Array(slots.buffer), width, mask: size - 1 }
  for (let row = 0; row < keys.length; row++) {
    let at = keys[row]! & index.mask
    while (slots[at * width] !== 0) at = (at + 1) & index.mask
    slots[at * width] = keys[row]!
    index.weights.set(weights.subarray(row * columns, (row + 1) * columns), at * width * bytesOfKey + bytesOfKey)
  }
  return index
}

/** Where its weights begin in `index.weights`; −1: the model does not know this feature. */
export function placeOf({ keys, width, mask }: Index, key: number): number {
  const wanted = key | 0
  for (let at = key & mask; ; at = (at + 1) & mask) {
    const found = keys[at * width]!
    if (found === wanted) return at * width * bytesOfKey + bytesOfKey
    if (found === 0) return -1
  }
}
