// The shape of a rendition follows from the image and the limits alone.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Crop, DraftMedia } from '../connectors/contract.ts'
import {
  asDelivered,
  cropFault,
  croppedSize,
  fitInside,
  type ImageFacts,
  type ImageLimits,
  planRendition,
  planThumbnail,
} from './rules.ts'

const photo: ImageFacts = { type: 'image/jpeg', width: 4000, height: 3000, frames: 1, orientation: 1, alpha: false }
const all = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const limits: ImageLimits = { types: all, maxBytes: 1_000_000 }

describe('the format', () => {
  const cases: [string, Partial<ImageFacts>, string[], string[]][] = [
    ['a photograph stays what it is', {}, all, ['image/jpeg']],
    [
      'a photograph as WebP becomes JPEG where WebP is not taken',
      { type: 'image/webp' },
      ['image/jpeg', 'image/png'],
      ['image/jpeg'],
    ],
    ['a PNG stays lossless, with JPEG as the second choice', { type: 'image/png' }, all, ['image/png', 'image/jpeg']],
    ['transparency is kept', { type: 'image/png', alpha: true }, all, ['image/png', 'image/webp']],
    [
      'transparency moves to what the network takes',
      { type: 'image/webp', alpha: true },
      ['image/jpeg', 'image/png'],
      ['image/png'],
    ],
    [
      'transparency is lost only where nothing can hold it',
      { type: 'image/png', alpha: true },
      ['image/jpeg'],
      ['image/jpeg'],
    ],
    ['a moving GIF keeps moving', { type: 'image/gif', frames: 9 }, all, ['image/gif', 'image/webp']],
    ['a moving WebP moves as GIF', { type: 'image/webp', frames: 9 }, ['image/jpeg', 'image/gif'], ['image/gif']],
    [
      'a moving GIF stands still where nothing may move',
      { type: 'image/gif', frames: 9 },
      ['image/jpeg'],
      ['image/jpeg'],
    ],
    ['a still GIF becomes a JPEG', { type: 'image/gif' }, all, ['image/jpeg']],
    ['an AVIF becomes a JPEG', { type: 'image/avif' }, all, ['image/jpeg']],
  ]
  test.each(cases)('%s', (_name, facts, types, expected) => {
    const plan = planRendition({ ...photo, ...facts }, { ...limits, types })
    expect(plan.encodings.map((encoding) => encoding.type)).toEqual(expected)
  })

  test('what cannot be transparent is laid on white, what cannot move is a still', () => {
    const flat = planRendition({ ...photo, type: 'image/png', alpha: true }, { ...limits, types: ['image/jpeg'] })
    expect(flat.encodings[0]?.flatten).toBe(true)
    const still = planRendition({ ...photo, type: 'image/gif', frames: 5 }, { ...limits, types: ['image/png'] })
    expect(still.encodings[0]?.animated).toBe(false)
  })

  test.each([[['image/heic']], [[]], [['video/mp4']]])('nothing in common with %j is refused', (types) => {
    expect(() => planRendition(photo, { ...limits, types })).toThrowError(
      expect.objectContaining({ code: 'media.no-common-format' }),
    )
  })
})

describe('the crop', () => {
  const cases: [Crop, object][] = [
    [
      { x: 0, y: 0, width: 1, height: 1 },
      { left: 0, top: 0, width: 4000, height: 3000 },
    ],
    [
      { x: 0.25, y: 0.5, width: 0.5, height: 0.5 },
      { left: 1000, top: 1500, width: 2000, height: 1500 },
    ],
    [
      { x: 1 / 3, y: 0, width: 2 / 3, height: 1 },
      { left: 1333, top: 0, width: 2667, height: 3000 },
    ],
    [
      { x: 0.9999, y: 0, width: 0.0001, height: 1 },
      { left: 3999, top: 0, width: 1, height: 3000 },
    ],
  ]
  test.each(cases)('%j', (crop, pixels) => {
    expect(planRendition(photo, limits, crop).crop).toEqual(pixels)
  })

  test.each([
    { x: -0.1, y: 0, width: 0.5, height: 0.5 },
    { x: 0.6, y: 0, width: 0.5, height: 0.5 },
    { x: 0, y: 0, width: 0, height: 0.5 },
    { x: Number.NaN, y: 0, width: 0.5, height: 0.5 },
    { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 0.5 },
  ])('%j is refused', (crop) => {
    expect(() => planRendition(photo, limits, crop)).toThrowError(
      expect.objectContaining({ code: 'media.crop-outside' }),
    )
  })
})

const size = fc.record({ width: fc.integer({ min: 1, max: 30_000 }), height: fc.integer({ min: 1, max: 30_000 }) })

describe('the size', () => {
  test.each([
    [{ width: 4000, height: 3000 }, { maxEdge: 2000 }, { width: 2000, height: 1500 }],
    [{ width: 4000, height: 3000 }, { maxPixels: 3_000_000 }, { width: 2000, height: 1500 }],
    [{ width: 100, height: 50 }, { maxEdge: 2000 }, { width: 100, height: 50 }],
    [{ width: 10_000, height: 1 }, { maxEdge: 100 }, { width: 100, height: 1 }],
  ])('%j within %j is %j', (source, within, expected) => {
    expect(fitInside(source, within)).toEqual(expected)
  })

  test('fits every limit, never grows, and keeps the shape as far as whole pixels allow', () => {
    const within = fc.record({
      maxEdge: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: undefined }),
      maxPixels: fc.option(fc.integer({ min: 1, max: 40_000_000 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(size, within, (source, limit) => {
        const fitted = fitInside(source, limit)
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1)
        expect(fitted.width).toBeLessThanOrEqual(Math.min(source.width, limit.maxEdge ?? Infinity))
        expect(fitted.height).toBeLessThanOrEqual(Math.min(source.height, limit.maxEdge ?? Infinity))
        expect(fitted.width * fitted.height).toBeLessThanOrEqual(limit.maxPixels ?? Infinity)
        if (fitted.width > 1 && fitted.height > 1) {
          const exact = (fitted.width * source.height) / source.width
          expect(Math.abs(exact - fitted.height)).toBeLessThanOrEqual(1 + source.height / source.width)
        }
      }),
    )
  })

  test('every encoding of a plan obeys the limits and the format itself', () => {
    fc.assert(
      fc.property(
        size,
        fc.boolean(),
        fc.constantFrom(...all, 'image/avif'),
        fc.integer({ min: 1, max: 20_000 }),
        (shape, alpha, type, maxEdge) => {
          const plan = planRendition({ ...photo, ...shape, alpha, type }, { ...limits, maxEdge })
          for (const encoding of plan.encodings) {
            expect(Math.max(encoding.width, encoding.height)).toBeLessThanOrEqual(maxEdge)
            if (encoding.type === 'image/webp')
              expect(Math.max(encoding.width, encoding.height)).toBeLessThanOrEqual(16_383)
          }
        },
      ),
    )
  })

  test('a thumbnail has at most 480 pixels along its longer edge', () => {
    expect(planThumbnail(photo).encodings).toEqual([
      { type: 'image/webp', width: 480, height: 360, animated: false, flatten: false },
    ])
  })
})

describe('a cropped picture of a draft', () => {
  const item: DraftMedia = {
    ...{ id: 'a', kind: 'image', type: 'image/jpeg', bytes: 900_000, width: 400, height: 40, seconds: null, alt: '' },
    crop: { x: 0.5, y: 0, width: 0.25, height: 1 },
  }
  const crop = (change: Partial<Crop>): Partial<DraftMedia> => ({ crop: { ...item.crop!, ...change } })

  test.each<[string, Partial<DraftMedia>, ReturnType<typeof cropFault>]>([
    ['fits', {}, null],
    ['is not cropped', { crop: undefined }, null],
    ['is a hair too wide', crop({ x: 0.75, width: 0.2500001 }), null],
    ['keeps 32 pixels', crop({ width: 32 / 400, height: 32 / 40 }), null],
    ['has fewer than 32 pixels itself', { height: 20 }, null],
    ['has an unknown size', { ...crop({ width: 0.001 }), width: null }, null],
    ['reaches out', crop({ width: 0.51 }), 'outside'],
    ['is too narrow', crop({ width: 31 / 400 }), 'too-small'],
    ['is too low', crop({ height: 31 / 40 }), 'too-small'],
    ['is a video', { kind: 'video', type: 'video/mp4' }, 'not-possible'],
    ['is a GIF', { type: 'image/gif' }, 'not-possible'],
  ])('that %s', (_, change, fault) => {
    expect(cropFault({ ...item, ...change })).toBe(fault)
  })

  test('has the pixels that the crop leaves', () => {
    expect(croppedSize(item)).toEqual({ width: 100, height: 40 })
    expect(croppedSize({ ...item, crop: undefined })).toEqual({ width: 400, height: 40 })
    expect(croppedSize({ ...item, width: null })).toBeNull()
  })

  test('is checked with the size in which it will be sent', () => {
    const share = fc.double({ min: 0, max: 0.6, noNaN: true })
    const length = fc.double({ min: 0.05, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(size, share, share, length, length, (whole, x, y, width, height) => {
        const cropped = { ...item, ...whole, crop: { x, y, width, height } }
        const images = { ...limits, maxEdge: 2000, maxPixels: 3_000_000, max: 1, altMax: 1 }
        const { crop: left, ...shown } = asDelivered(cropped, {
          text: { max: 1, unit: 'bytes', format: 'plain' },
          images,
        })
        const [sent] = planRendition({ ...photo, ...whole }, images, cropped.crop).encodings
        expect([left, shown.width, shown.height]).toEqual([undefined, sent?.width, sent?.height])
      }),
    )
  })
})
