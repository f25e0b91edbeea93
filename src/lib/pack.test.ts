// Packing by what the browser says it reads.

import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pack } from './pack.ts'

const text = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ index, summary: 'Easy kilometres' })))
const bytes = new TextEncoder().encode(text)
const unpack = { zstd: zstdDecompressSync, gzip: gunzipSync }

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5, zstd;q=0', 'gzip'],
  ['gzip;q=0.000', null],
  ['br', null],
  ['', null],
  [null, null],
] as const)('%s is packed as %s', async (accepted, encoding) => {
  const packed = await pack(bytes, accepted)
  expect(packed.encoding).toBe(encoding)
  expect(String(encoding ? unpack[encoding](packed.bytes) : Buffer.from(packed.bytes))).toBe(text)
})

test('what is small stays as it is', async () => {
  expect(await pack(bytes.slice(0, 1000), 'zstd')).toMatchObject({ encoding: null })
})
