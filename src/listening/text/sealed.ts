// Files of models: a name and version in front, the hash of the content, and the content packed small.

import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

export interface Seal {
  /** Six letters. */
  magic: string
  version: number
  /** As a person would call it. */
  what: string
}

const hashLength = 32
const startOf = ({ magic, version }: Seal): string => `${magic}${String(version).padStart(4, '0')}`

/** The same content gives the same bytes. */
export function sealFile(seal: Seal, body: Buffer): Buffer {
  const packed = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
  return Buffer.concat([Buffer.from(startOf(seal)), createHash('sha256').update(body).digest(), packed])
}

/** Throws where the file is of another kind or version, or damaged. */
export function openSealed(seal: Seal, file: Buffer): Buffer {
  const start = startOf(seal)
  const found = file.subarray(0, start.length).toString('latin1')
  if (found !== start) throw new Error(`${seal.what} is not of version ${seal.version}: it begins with "${found}".`)
  const damaged = `${seal.what} is damaged: its content does not have the hash that it names.`
  let body: Buffer
  try {
    body = brotliDecompressSync(file.subarray(start.length + hashLength))
  } catch {
    throw new Error(damaged)
  }
  const hash = createHash('sha256').update(body).digest()
  if (!hash.equals(file.subarray(start.length, start.length + hashLength))) throw new Error(damaged)
  return body
}
