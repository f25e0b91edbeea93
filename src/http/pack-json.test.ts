// Answers are packed as their client takes them, and say the same.

import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packJson } from './pack-json.ts'

const long = JSON.stringify(Array.from({ length: 500 }, (_, at) => ({ at, word: 'längst 🏃' })))
const answer = (text: string, type = 'application/json') =>
  new Response(text, { status: 201, headers: { 'content-type': type, 'set-cookie': 'a=1' } })

const packed = async (text: string, accepted: string | undefined) => {
  const response = await packJson(answer(text), accepted)
  const { headers, status } = response
  return { headers, status, bytes: Buffer.from(await response.arrayBuffer()) }
}

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['zstd;q=0, gzip', 'gzip'],
])('who takes %s gets %s', async (accepted, way) => {
  const { headers, status, bytes } = await packed(long, accepted)
  expect([status, headers.get('content-encoding'), headers.get('set-cookie')]).toEqual([201, way, 'a=1'])
  expect(headers.get('vary')).toBe('accept-encoding')
  expect(Number(headers.get('content-length'))).toBe(bytes.length)
  expect(bytes.length).toBeLessThan(long.length / 4)
  expect(String(way === 'zstd' ? zstdDecompressSync(bytes) : gunzipSync(bytes))).toBe(long)
})

test.each([undefined, 'br', 'gzip;q=0', 'identity'])('who takes %s gets it as it is', async (accepted) => {
  const { headers, bytes } = await packed(long, accepted)
  expect(headers.get('content-encoding')).toBeNull()
  expect(String(bytes)).toBe(long)
})

test('what is small travels as it is, with its length; what is no JSON is not touched', async () => {
  const { headers, bytes } = await packed('{"ä":1}', 'gzip')
  expect([headers.get('content-encoding'), headers.get('content-length'), String(bytes)]).toEqual([
    ...[null, '8', '{"ä":1}'],
  ])
  const live = answer(long, 'text/event-stream')
  expect(await packJson(live, 'gzip')).toBe(live)
})
