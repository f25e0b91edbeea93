// The encoder: reads the order of words, which the fast path cannot. Weights in whole numbers, run by a small WebAssembly program of our own.

import { readFileSync } from 'node:fs'
import { openSealed } from '../sealed.ts'
import { makePieces, type Pieces, type Vocabulary } from './pieces.ts'
import { prepare } from './prepare.ts'

export const encoderFile = new URL('../model/encoder.table', import.meta.url)
export const encoderSeal = { magic: 'LRENCO', version: 1, what: 'The model of the accurate path' }
const program = new URL('wasm/encoder.wasm', import.meta.url)

/** How its answers join those of the fast path; fitted on validation texts. */
export interface Blend {
  /** What the encoder's log-probabilities weigh beside the fast path's. */
  weight: number
  slope: number
  shifts: number[]
}

export interface EncoderHead {
  vocabulary: Vocabulary
  /** Outputs of the heads, in the order of the file. */
  heads: { name: string; labels: number }[]
  blends: Record<string, Blend>
}

export interface Encoder extends EncoderHead {
  pieces: Pieces
  /** Scores of all heads, one after the other. */
  run(text: string): Float32Array
}

interface Program {
  memory: WebAssembly.Memory
  base(): number
  setup(vocabulary: number): number
  input(): number
  output(): number
  forward(count: number): void
}

/** Body of the file: length of the head, the head, then the weights as the program lays them out. */
export function readEncoderFile(file: Buffer): { head: EncoderHead; weights: Buffer } {
  const body = openSealed(encoderSeal, file)
  const end = 4 + body.readUInt32LE(0)
  return { head: JSON.parse(body.subarray(4, end).toString()) as EncoderHead, weights: body.subarray(end) }
}

export async function loadEncoder(file: URL | string = encoderFile): Promise<Encoder> {
  const { head, weights } = readEncoderFile(readFileSync(file))
  const { instance } = await WebAssembly.instantiate(readFileSync(program))
  const { memory, base, setup, input, output, forward } = instance.exports as unknown as Program
  const { vocabulary, heads } = head
  const wanted = setup(vocabulary.emojiFrom + vocabulary.emoji.length)
  if (wanted !== weights.length)
    throw new Error(`${encoderSeal.what} holds ${weights.length} bytes of weights where its program wants ${wanted}.`)
  const missing = base() + wanted - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536))
  new Uint8Array(memory.buffer, base(), wanted).set(weights)
  const pieces = makePieces(vocabulary)
  const outputs = heads.reduce((sum, { labels }) => sum + labels, 0)
  const ids = new Int32Array(memory.buffer, input(), 96)
  const scores = new Float32Array(memory.buffer, output(), outputs)
  const run = (text: string): Float32Array => {
    const found = prepare(pieces, text)
    ids.set(found)
    forward(found.length)
    return scores.slice()
  }
  return { ...head, pieces, run }
}
