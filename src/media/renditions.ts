// Makes the file an account can take from an original: cropped, upright, small enough, and the same bytes each time.

import { rm, stat } from 'node:fs/promises'
import type sharpModule from 'sharp'
import type { Sharp } from 'sharp'
import { Refusal } from '../lib/refusal.ts'
import { newTemporaryPath, type UnnamedFile, weighFile } from './files.ts'
import { openUpright, withSharp } from './image.ts'
import { type Encoding, type RenditionPlan, shrink, type WritableType } from './rules.ts'

export interface Rendition extends UnnamedFile {
  type: WritableType
  width: number
  height: number
}

/**
 * Takes the best quality that fits the bytes, then the next format of the plan, then a smaller picture. Refuses with
 * `media.cannot-fit` when even a tiny one has too many bytes, and with the codes of `image.ts` for a broken original.
 */
export async function makeRendition(
  path: string,
  plan: RenditionPlan,
  options: { dir: string; signal?: AbortSignal },
): Promise<Rendition> {
  const temporary = await newTemporaryPath(options.dir)
  try {
    const encoding = await withSharp((sharp) => writeFitting({ sharp, path, plan, temporary, signal: options.signal }))
    const weighed = await weighFile(temporary)
    return { ...weighed, type: encoding.type, width: encoding.width, height: encoding.height }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

interface Work {
  sharp: typeof sharpModule
  path: string
  plan: RenditionPlan
  temporary: string
  signal: AbortSignal | undefined
}

/** Leaves the fitting picture at `temporary` and tells its encoding. */
async function writeFitting(work: Work): Promise<Encoding> {
  let smallest: { encoding: Encoding; bytes: number } | null = null
  for (const encoding of work.plan.encodings) {
    const { fits, bytes } = await writeBestQuality(work, encoding)
    if (fits) return encoding
    if (!smallest || bytes < smallest.bytes) smallest = { encoding, bytes }
  }
  while (smallest) {
    // The bytes follow the area roughly; the bounds keep a poor guess from shrinking too much or crawling.
    const guess = Math.sqrt(work.plan.maxBytes / smallest.bytes) * 0.95
    const next = shrink(smallest.encoding, Math.min(0.9, Math.max(0.35, guess)))
    if (!next) break
    const { fits, bytes } = await writeBestQuality(work, next)
    if (fits) return next
    smallest = { encoding: next, bytes }
  }
  throw new Refusal('media.cannot-fit', { field: 'media', params: { maxBytes: work.plan.maxBytes } })
}

/** Best first. Below the last step a smaller picture looks better than a worse one. GIF counts colours. */
const qualities: Record<WritableType, number[]> = {
  'image/jpeg': [90, 84, 78, 72, 66, 60],
  'image/webp': [90, 84, 78, 72, 66, 60],
  'image/avif': [70, 62, 54, 46],
  'image/gif': [256, 128, 64],
  'image/png': [100],
}

/** Searches by halves; a picture that fits is written last, so that the file on disk is the one that was measured. */
async function writeBestQuality(work: Work, encoding: Encoding): Promise<{ fits: boolean; bytes: number }> {
  const steps = qualities[encoding.type]
  let low = 0
  let high = steps.length - 1
  let best: number | null = null
  let written = -1
  let bytes = 0
  while (low <= high) {
    // The first try is the best quality: most pictures fit at once.
    const middle = written < 0 ? 0 : Math.floor((low + high) / 2)
    bytes = await write(work, encoding, steps[middle]!)
    written = middle
    if (bytes <= work.plan.maxBytes) {
      best = middle
      high = middle - 1
    } else {
      low = middle + 1
    }
  }
  if (best === null) return { fits: false, bytes }
  if (best !== written) bytes = await write(work, encoding, steps[best]!)
  return { fits: bytes <= work.plan.maxBytes, bytes }
}

async function write(work: Work, encoding: Encoding, quality: number): Promise<number> {
  work.signal?.throwIfAborted()
  const { crop } = work.plan
  let image = openUpright(work.sharp, work.path, encoding.animated)
  if (crop) image = image.extract(crop)
  image = image.resize({ width: encoding.width, height: encoding.height, fit: 'fill' })
  if (encoding.flatten) image = image.flatten({ background: '#ffffff' })
  await encode(image, encoding.type, quality).toFile(work.temporary)
  return (await stat(work.temporary)).size
}

function encode(image: Sharp, type: WritableType, quality: number): Sharp {
  switch (type) {
    case 'image/jpeg':
      return image.jpeg({ quality, mozjpeg: true })
    case 'image/webp':
      return image.webp({ quality, effort: 4 })
    case 'image/avif':
      return image.avif({ quality, effort: 3 })
    case 'image/gif':
      return image.gif({ colours: quality, effort: 5 })
    case 'image/png':
      return image.png({ compressionLevel: 6 })
  }
}
