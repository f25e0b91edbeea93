// A rendition fits its limits, looks like the original, and carries nothing private.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Crop } from '../connectors/contract.ts'
import { Refusal } from '../lib/refusal.ts'
import { nameFile } from './files.ts'
import { probeImage } from './image.ts'
import { makeRendition } from './renditions.ts'
import { type ImageLimits, planRendition, planThumbnail } from './rules.ts'
import { type Folder, movingGif, picture, quarters, temporaryFolder } from './testing/samples.ts'

let folder: Folder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const all = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

async function render(content: Buffer, limits: Partial<ImageLimits> = {}, crop?: Crop) {
  const path = await folder.put('original.bin', content)
  const plan = planRendition(await probeImage(path), { types: all, maxBytes: 5_000_000, ...limits }, crop)
  const made = await makeRendition(path, plan, { dir: folder.path })
  const rendition = { ...made, path: await nameFile(folder.path, made) }
  return { rendition, bytes: await readFile(rendition.path) }
}

async function pixelAt(image: Buffer, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + 3)]
}

function expectColour(found: number[], expected: [number, number, number], tolerance = 12) {
  for (const [channel, value] of found.entries()) {
    expect(Math.abs(value - expected[channel]!)).toBeLessThanOrEqual(tolerance)
  }
}

describe('what it looks like', () => {
  test('the orientation of the camera is applied and then gone', async () => {
    const { bytes } = await render(
      await quarters(80, 40).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer(),
    )
    const header = await sharp(bytes).metadata()
    expect([header.width, header.height, header.orientation ?? 1]).toEqual([40, 80, 1])
    // Turned clockwise by a quarter, the red upper left corner comes to the upper right.
    expectColour(await pixelAt(bytes, 32, 10), [254, 0, 0])
    expectColour(await pixelAt(bytes, 32, 70), [0, 0, 254])
    expectColour(await pixelAt(bytes, 5, 40), [255, 255, 255])
  })

  test('a crop is counted on the upright image', async () => {
    const turned = await quarters(80, 40).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer()
    const { rendition, bytes } = await render(turned, {}, { x: 0.5, y: 0.5, width: 0.5, height: 0.5 })
    expect([rendition.width, rendition.height]).toEqual([20, 40])
    expectColour(await pixelAt(bytes, 10, 30), [0, 0, 254])
  })

  test('place, camera and every other metadata stay behind', async () => {
    const original = await picture({ width: 60, height: 40 })
      .withExif({ IFD0: { Copyright: 'secret-owner' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-owner</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    expect(original.includes('secret-owner')).toBe(true)
    for (const types of [['image/jpeg'], ['image/png'], ['image/webp']]) {
      const { bytes } = await render(original, { types })
      const header = await sharp(bytes).metadata()
      expect([header.exif, header.xmp, header.iptc, header.icc]).toEqual([undefined, undefined, undefined, undefined])
      expect(bytes.includes('secret-owner')).toBe(false)
    }
  })

  test('a wide colour profile becomes sRGB', async () => {
    const wide = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#00ff00' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const stored = (await sharp(wide, { ignoreIcc: true }).raw().toBuffer())[0]
    expect(stored).toBeGreaterThan(50)
    const { bytes } = await render(wide)
    expectColour(await pixelAt(bytes, 10, 10), [0, 255, 0], 8)
  })

  test('printing colours become screen colours', async () => {
    const { bytes } = await render(
      await sharp({ create: { width: 20, height: 20, channels: 3, background: '#ff0000' } })
        .toColourspace('cmyk')
        .jpeg()
        .toBuffer(),
    )
    expect((await sharp(bytes).metadata()).space).toBe('srgb')
    const [red, green] = await pixelAt(bytes, 10, 10)
    expect(red! - green!).toBeGreaterThan(120)
  })

  test('transparency is kept where it can be and laid on white elsewhere', async () => {
    const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#ff000000' } })
      .png()
      .toBuffer()
    const kept = await render(clear)
    expect([kept.rendition.type, (await sharp(kept.bytes).metadata()).hasAlpha]).toEqual(['image/png', true])
    const flat = await render(clear, { types: ['image/jpeg'] })
    expectColour(await pixelAt(flat.bytes, 10, 10), [255, 255, 255], 2)
  })

  test('a moving GIF is cropped and made smaller frame by frame', async () => {
    const { rendition, bytes } = await render(
      await movingGif(64, 48, 6),
      { maxEdge: 20 },
      { x: 0.25, y: 0, width: 0.5, height: 0.5 },
    )
    const header = await sharp(bytes, { animated: true }).metadata()
    expect([header.pages, header.width, header.pageHeight]).toEqual([6, rendition.width, rendition.height])
    expect([rendition.type, rendition.width, rendition.height]).toEqual(['image/gif', 20, 15])
  })

  test('a moving GIF stands still where nothing may move', async () => {
    const { rendition, bytes } = await render(await movingGif(64, 48, 6), { types: ['image/jpeg'] })
    expect([rendition.type, rendition.width, rendition.height]).toEqual(['image/jpeg', 64, 48])
    expect((await sharp(bytes).metadata()).pages ?? 1).toBe(1)
  })

  test('the thumbnail is a WebP of 480 pixels', async () => {
    const path = await folder.put(
      'original.bin',
      await picture({ width: 1600, height: 1200, noise: 3 }).jpeg().toBuffer(),
    )
    const thumbnail = await makeRendition(path, planThumbnail(await probeImage(path)), { dir: folder.path })
    expect(thumbnail).toMatchObject({ type: 'image/webp', width: 480, height: 360 })
    expect(thumbnail.bytes).toBeLessThanOrEqual(120_000)
    await nameFile(folder.path, thumbnail)
  })
})

describe('what it weighs', () => {
  test('quality gives way before size', async () => {
    const noise = await picture({ width: 600, height: 400, noise: 1 }).jpeg({ quality: 95 }).toBuffer()
    const free = await render(noise)
    const tight = await render(noise, { maxBytes: Math.floor(free.rendition.bytes * 0.7) })
    expect([tight.rendition.width, tight.rendition.height]).toEqual([600, 400])
    const tiny = await render(noise, { maxBytes: 20_000 })
    expect(tiny.rendition.width).toBeLessThan(600)
    expect(tiny.rendition.bytes).toBeLessThanOrEqual(20_000)
    // Not smaller than needed either: more than a third of what is allowed is used.
    expect(tiny.rendition.bytes).toBeGreaterThan(7_000)
  })

  test('a photograph saved as PNG becomes a JPEG rather than a small PNG', async () => {
    const { rendition } = await render(await picture({ width: 500, height: 400, noise: 2 }).png().toBuffer(), {
      maxBytes: 250_000,
    })
    expect([rendition.type, rendition.width]).toEqual(['image/jpeg', 500])
  })

  test('the same original and plan give the same bytes', async () => {
    const original = await picture({ width: 300, height: 200, noise: 5 }).png().toBuffer()
    for (const types of [['image/jpeg'], ['image/webp'], ['image/avif']]) {
      const hashes = await Promise.all(
        [1, 2].map(async () => (await render(original, { types, maxBytes: 30_000 })).rendition.sha256),
      )
      expect(hashes[0]).toBe(hashes[1])
    }
  })
})

const anyPicture = fc.record({
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 300 }),
  alpha: fc.boolean(),
  noise: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
  format: fc.constantFrom('jpeg' as const, 'png' as const, 'webp' as const, 'gif' as const),
  orientation: fc.integer({ min: 1, max: 8 }),
  frames: fc.integer({ min: 1, max: 3 }),
})
const anyLimits = fc.record({
  types: fc.subarray(all),
  maxBytes: fc.integer({ min: 1, max: 60_000 }),
  maxEdge: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
  maxPixels: fc.option(fc.integer({ min: 1, max: 90_000 }), { nil: undefined }),
})
const anyCrop = fc.option(
  fc
    .tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0, max: 1, noNaN: true })))
    .map(([x, y, width, height]): Crop => ({ x: x!, y: y!, width: width!, height: height! })),
  { nil: undefined },
)

test('whatever the image and the limits: it fits, or the refusal says why', async () => {
  const known = ['media.no-common-format', 'media.crop-outside', 'media.cannot-fit']
  const run = fc.asyncProperty(anyPicture, anyLimits, anyCrop, async (shape, limits, crop) => {
    const moving = shape.format === 'gif' && shape.frames > 1
    const original = moving
      ? await movingGif(shape.width, shape.height, shape.frames)
      : await picture(shape).toFormat(shape.format).withMetadata({ orientation: shape.orientation }).toBuffer()
    try {
      const { rendition, bytes } = await render(original, limits, crop)
      const header = await sharp(bytes).metadata()
      expect(`image/${header.format}`).toBe(rendition.type)
      expect(limits.types).toContain(rendition.type)
      expect([header.width, header.height]).toEqual([rendition.width, rendition.height])
      expect(bytes.length).toBe(rendition.bytes)
      expect(bytes.length).toBeLessThanOrEqual(limits.maxBytes)
      expect(Math.max(rendition.width, rendition.height)).toBeLessThanOrEqual(limits.maxEdge ?? Infinity)
      expect(rendition.width * rendition.height).toBeLessThanOrEqual(limits.maxPixels ?? Infinity)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      expect(known).toContain(error.code)
      if (error.code === 'media.cannot-fit') expect(limits.maxBytes).toBeLessThan(4000)
    }
  })
  await fc.assert(run, { numRuns: 120 })
}, 120_000)

describe('what cannot be done', () => {
  const cases: [string, () => Promise<Buffer>][] = [
    [
      'a JPEG cut in the middle',
      async () => (await picture({ width: 200, height: 200, noise: 1 }).jpeg().toBuffer()).subarray(0, 9000),
    ],
    [
      'a PNG cut in the middle',
      async () => (await picture({ width: 200, height: 200, noise: 1 }).png().toBuffer()).subarray(0, 9000),
    ],
  ]
  test.each(cases)('%s is refused', async (_name, make) => {
    await expect(render(await make())).rejects.toMatchObject({ code: 'media.broken' })
  })

  test('nothing half made stays behind', async () => {
    await expect(
      render(await picture({ width: 90, height: 90, noise: 1 }).png().toBuffer(), { maxBytes: 40 }),
    ).rejects.toMatchObject({ code: 'media.cannot-fit' })
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([])
  })

  test('a stopped piece of work ends at the next step', async () => {
    const path = await folder.put('original.bin', await picture({ width: 50, height: 50 }).png().toBuffer())
    const plan = planRendition(await probeImage(path), { types: all, maxBytes: 9000 })
    const signal = AbortSignal.abort()
    await expect(makeRendition(path, plan, { dir: folder.path, signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
