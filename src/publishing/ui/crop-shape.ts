// The frame of a crop as numbers: its shapes, the frame of one shape, and what of it is worth keeping.

import type { Crop } from '../../connectors/contract.ts'

export interface Size {
  width: number
  height: number
}

export interface Shape {
  name: string
  /** Width through height, in pixels; null: any. */
  ratio: number | null
}

export const wholePicture: Crop = { x: 0, y: 0, width: 1, height: 1 }

export const shapesOf = ({ width, height }: Size): Shape[] => [
  { name: 'Free', ratio: null },
  { name: 'Original', ratio: width / height },
  { name: '1:1', ratio: 1 },
  { name: '4:5', ratio: 4 / 5 },
  { name: '16:9', ratio: 16 / 9 },
  { name: '1.91:1', ratio: 1.91 },
]

/** The shape that a crop has, as far as whole pixels allow. */
export const shapeOf = (shapes: Shape[], { width, height }: Size): Shape | undefined =>
  shapes.find(({ ratio }) => ratio !== null && Math.abs(width - ratio * height) <= 0.5 + ratio / 2)

/** The largest frame of this shape inside the picture, around the middle of the frame that was there. */
export function frameOf(ratio: number, { width, height }: Size, before: Crop): Crop {
  const across = (ratio * height) / width
  const frame = { width: Math.min(1, across), height: Math.min(1, 1 / across) }
  const start = (middle: number, length: number) => Math.min(1 - length, Math.max(0, middle - length / 2))
  return {
    x: start(before.x + before.width / 2, frame.width),
    y: start(before.y + before.height / 2, frame.height),
    ...frame,
  }
}

/** What is kept of a frame: no more digits than the largest picture has pixels; nothing where it takes all of it. */
export function keptCrop({ x, y, width, height }: Crop): Crop | undefined {
  const [left, top] = [kept(x), kept(y)]
  const crop = { x: left, y: top, width: kept(Math.min(width, 1 - left)), height: kept(Math.min(height, 1 - top)) }
  return crop.width > 0.999 && crop.height > 0.999 ? undefined : crop
}

const kept = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1e5) / 1e5
