// The frame of a crop keeps its shape, stays inside the picture, and is worth keeping only when it leaves something out.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Crop, DraftMedia } from '../../connectors/contract.ts'
import { cropFault, croppedSize } from '../../media/rules.ts'
import { frameOf, keptCrop, shapeOf, shapesOf, wholePicture } from './crop-shape.ts'

const size = fc.record({ width: fc.integer({ min: 64, max: 12_000 }), height: fc.integer({ min: 64, max: 12_000 }) })
const frame = fc
  .tuple(...[0, 0, 0, 0].map(() => fc.double({ min: 0, max: 1, noNaN: true })))
  .map(([a = 0, b = 0, c = 0, d = 0]): Crop => ({ x: a, y: b, width: c * (1 - a), height: d * (1 - b) }))
const pictureOf = (whole: { width: number; height: number }, crop?: Crop): DraftMedia => ({
  ...{ id: 'a', kind: 'image', type: 'image/jpeg', bytes: 1, seconds: null, alt: '' },
  ...{ ...whole, crop },
})

test('a shape takes as much of the picture as it can, in pixels of its ratio', () => {
  fc.assert(
    fc.property(size, frame, (whole, before) => {
      for (const { ratio } of shapesOf(whole)) {
        if (ratio === null) continue
        const crop = frameOf(ratio, whole, before)
        expect(Math.max(crop.width, crop.height)).toBe(1)
        expect((crop.width * whole.width) / (crop.height * whole.height)).toBeCloseTo(ratio, 6)
        expect(cropFault(pictureOf(whole, crop))).not.toBe('outside')
        const left = croppedSize(pictureOf(whole, keptCrop(crop)))!
        expect(left.width < 64 || left.height < 64 || shapeOf(shapesOf(whole), left)).toBeTruthy()
      }
    }),
  )
})

test('a shape stays around what was framed, as far as the picture reaches', () => {
  const wide = { width: 2000, height: 1000 }
  expect(frameOf(1, wide, wholePicture)).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 })
  expect(frameOf(1, wide, { x: 0.5, y: 0.2, width: 0.3, height: 0.3 }).x).toBeCloseTo(0.4)
  expect(frameOf(1, wide, { x: 0.9, y: 0, width: 0.1, height: 1 }).x).toBe(0.5)
  expect(frameOf(2, wide, { x: 0.9, y: 0, width: 0.1, height: 1 })).toEqual(wholePicture)
})

test('a frame of no shape has none', () => {
  const shapes = shapesOf({ width: 1200, height: 800 })
  expect(shapeOf(shapes, { width: 600, height: 400 })?.name).toBe('Original')
  expect(shapeOf(shapes, { width: 640, height: 360 })?.name).toBe('16:9')
  expect(shapeOf(shapes, { width: 700, height: 400 })).toBeUndefined()
})

test('what is kept is accepted, and the same pixels in even the largest picture', () => {
  fc.assert(
    fc.property(size, frame, (whole, crop) => {
      const kept = keptCrop(crop)
      expect(['outside', 'not-possible']).not.toContain(
        kept && kept.width * kept.height > 0 && cropFault(pictureOf(whole, kept)),
      )
      if (!kept || kept.width === 0 || kept.height === 0) return
      const [one, other] = [croppedSize(pictureOf(whole, kept)), croppedSize(pictureOf(whole, crop))]
      expect(Math.abs(one!.width - other!.width)).toBeLessThanOrEqual(1)
      expect(Math.abs(one!.height - other!.height)).toBeLessThanOrEqual(1)
    }),
  )
})

test('a frame around everything is no crop', () => {
  expect(keptCrop(wholePicture)).toBeUndefined()
  expect(keptCrop({ x: 0.0001, y: 0, width: 0.9999, height: 1.0000001 })).toBeUndefined()
  expect(keptCrop({ x: 1 / 3, y: 0, width: 2 / 3, height: 1 })).toEqual({ x: 0.33333, y: 0, width: 0.66667, height: 1 })
})
