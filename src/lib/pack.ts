// Packs an answer by the quickest way that the browser reads: a person waits for every millisecond of it.

import { promisify } from 'node:util'
import { constants, gzip, zstdCompress } from 'node:zlib'

export interface Packed {
  bytes: Uint8Array<ArrayBuffer>
  /** Value of Content-Encoding; null: sent as it is. */
  encoding: string | null
}

const leastBytes = 1024

/** Zstandard packs JSON as well as gzip does, in a tenth of the time. In the order in which we like them. */
const ways: [encoding: string, pack: (plain: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['zstd', (plain) => promisify(zstdCompress)(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })],
  ['gzip', (plain) => promisify(gzip)(plain, { level: 1 })],
]

/** `accepted` is the Accept-Encoding of the request. */
export async function pack(plain: Uint8Array<ArrayBuffer>, accepted: string | null): Promise<Packed> {
  const names = namesIn(accepted ?? '')
  const way = plain.length < leastBytes ? undefined : ways.find(([encoding]) => names.has(encoding))
  return way ? { bytes: await way[1](plain), encoding: way[0] } : { bytes: plain, encoding: null }
}

/** Without those that the browser refuses by a weight of 0. */
const namesIn = (header: string): Set<string> =>
  new Set(
    header
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
      .map(([name]) => name!),
  )
