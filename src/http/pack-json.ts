// Makes the JSON of an answer small in one go: a stream for each, as for files, takes longer than making most answers.

import { constants, gzipSync, zstdCompressSync } from 'node:zlib'

/** Below, packing saves no packet of the network. */
const worthBytes = 1_024
/** Above, everybody else would wait: the stream takes it piece by piece. */
const atOnceBytes = 512 * 1_024

/** What the client takes of these, the first first. The steps beyond cost several times as much and save a twentieth. */
const ways: Record<string, (text: string) => Buffer> = {
  zstd: (text) => zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  gzip: (text) => gzipSync(text, { level: 4 }),
}

/** The answer packed as the client takes it, with its length. What is no JSON, as live answers are, stays as it is. */
export async function packJson(response: Response, accepted: string | undefined): Promise<Response> {
  if (response.headers.get('content-type') !== 'application/json') return response
  const text = await response.text()
  const bytes = Buffer.byteLength(text)
  const headers = new Headers(response.headers)
  const { status } = response
  if (bytes < worthBytes) {
    headers.set('content-length', String(bytes))
    return new Response(text, { status, headers })
  }
  const way = bytes > atOnceBytes ? undefined : wayFor(accepted)
  if (!way) return new Response(text, { status, headers })
  const body = new Uint8Array(ways[way]!(text))
  headers.set('content-length', String(body.length))
  headers.set('content-encoding', way)
  headers.append('vary', 'accept-encoding')
  return new Response(body, { status, headers })
}

/** The first of ours that the client takes; one named with `q=0` it does not. */
function wayFor(accepted = ''): string | undefined {
  const taken = new Set<string>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name, ...more] = part.split(';').map((each) => each.trim())
    if (name && !more.some((each) => /^q=0(\.0*)?$/.test(each))) taken.add(name)
  }
  return Object.keys(ways).find((way) => taken.has(way))
}
