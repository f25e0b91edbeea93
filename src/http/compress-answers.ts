// Compresses what the API answers, by the quickest way that the browser reads: a person waits for every millisecond of it.

import { promisify } from 'node:util'
import { constants, gzip, zstdCompress } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

const leastBytes = 1024

/** Zstandard packs JSON as well as gzip does, in a tenth of the time. In the order in which we like them. */
const ways: [name: string, pack: (plain: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['zstd', (plain) => promisify(zstdCompress)(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })],
  ['gzip', (plain) => promisify(gzip)(plain, { level: 1 })],
]

export const compressAnswers: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, body } = c.res
  if (!body || headers.has('content-encoding') || !headers.get('content-type')?.startsWith('application/json')) return
  const accepted = acceptedBy(c.req.header('accept-encoding') ?? '')
  const way = ways.find(([name]) => accepted.has(name))
  if (!way) return
  const plain = new Uint8Array(await c.res.arrayBuffer())
  const packed = plain.length < leastBytes ? plain : await way[1](plain)
  c.res = new Response(packed, c.res)
  c.res.headers.set('content-length', String(packed.length))
  c.res.headers.append('vary', 'accept-encoding')
  if (packed !== plain) c.res.headers.set('content-encoding', way[0])
}

/** Names with a weight above 0. */
const acceptedBy = (header: string): Set<string> =>
  new Set(
    header
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
      .map(([name]) => name!),
  )
