// Headers of honest images are read, and bombs and broken files refused, quickly and in little memory.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { probeImage, withSharp } from './image.ts'
import { maxDecodedPixels } from './rules.ts'
import { type Folder, gifBomb, movingGif, picture, pngBomb, temporaryFolder } from './testing/samples.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

let folder: Folder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const upright = { frames: 1, orientation: 1, alpha: false }

describe('what the header says', () => {
  const cases: [string, () => Promise<Buffer>, object][] = [
    [
      'a JPEG',
      () => picture({ width: 40, height: 30 }).jpeg().toBuffer(),
      { type: 'image/jpeg', width: 40, height: 30, ...upright },
    ],
    [
      'a turned JPEG, as seen',
      () => picture({ width: 40, height: 30 }).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      { type: 'image/jpeg', width: 30, height: 40, orientation: 6 },
    ],
    [
      'a transparent PNG',
      () => picture({ width: 40, height: 30, alpha: true }).png().toBuffer(),
      { type: 'image/png', width: 40, height: 30, alpha: true },
    ],
    ['a moving GIF', () => movingGif(16, 8, 5), { type: 'image/gif', width: 16, height: 8, frames: 5 }],
    [
      'a WebP',
      () => picture({ width: 40, height: 30 }).webp().toBuffer(),
      { type: 'image/webp', width: 40, height: 30, ...upright },
    ],
    [
      'an AVIF',
      () => picture({ width: 64, height: 48 }).avif({ effort: 0 }).toBuffer(),
      { type: 'image/avif', width: 64, height: 48, ...upright },
    ],
  ]
  test.each(cases)('%s', async (name, make, facts) => {
    expect(await probeImage(await folder.put(`${name}.bin`, await make()))).toMatchObject(facts)
  })
})

describe('bombs', () => {
  const cases: [string, () => Buffer][] = [
    ['a PNG of 50,000 × 50,000', () => pngBomb(50_000, 50_000)],
    ['a PNG just above the limit', () => pngBomb(12_000, Math.floor(maxDecodedPixels / 12_000) + 1)],
    ['a GIF of 60,000 × 60,000', () => gifBomb(60_000, 60_000, 1)],
    ['a GIF of 2,000 frames of a megapixel', () => gifBomb(1000, 1000, 2000)],
  ]
  test.each(cases)('%s is refused in bounded time and memory', async (name, make) => {
    const bomb = make()
    expect(bomb.length).toBeLessThan(100_000)
    const path = await folder.put(`${name}.bin`, bomb)
    await withSharp(async () => undefined)
    const before = process.memoryUsage().rss
    const start = performance.now()
    await expect(probeImage(path)).rejects.toMatchObject({ code: 'media.too-many-pixels' })
    expect(performance.now() - start).toBeLessThan(hangs)
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  test('the limit itself is allowed', async () => {
    const path = await folder.put('large.png', pngBomb(12_000, maxDecodedPixels / 12_000))
    expect(await probeImage(path)).toMatchObject({ width: 12_000, height: 10_000 })
  })
})

describe('broken files', () => {
  const cases: [string, string | Buffer][] = [
    ['words', 'no image at all'],
    ['half a header', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    [
      'a drawing, which is closed to the library itself',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    ],
  ]
  test.each(cases)('%s', async (name, content) => {
    const path = await folder.put(`${name}.bin`, content)
    await expect(probeImage(path)).rejects.toMatchObject({ code: 'media.broken' })
  })
})

test('images are opened one at a time', async () => {
  let running = 0
  let most = 0
  const work = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
  }
  await Promise.allSettled([
    withSharp(work),
    withSharp(() => Promise.reject(new Error('first'))),
    withSharp(work),
    withSharp(work),
  ])
  expect(most).toBe(1)
})

test('a header is read while a large picture is still decoded', async () => {
  const path = await folder.put('quick.png', await picture({ width: 40, height: 30 }).png().toBuffer())
  const slow = Promise.withResolvers<void>()
  const decoding = withSharp(() => slow.promise)
  expect(await probeImage(path)).toMatchObject({ width: 40, height: 30 })
  slow.resolve()
  await decoding
})
