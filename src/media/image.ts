// Reads what an image is and opens it upright, in sRGB and without metadata, in bounded time and memory.

import type sharpModule from 'sharp'
import type { Sharp } from 'sharp'
import { Refusal } from '../lib/refusal.ts'
import { lookOf } from './library/rules.ts'
import { type ImageFacts, maxDecodedPixels } from './rules.ts'

/**
 * Reads the header only, and so need not wait for pictures that are decoded. Refuses with `media.broken`, `media.too-many-pixels`,
 * `media.type-not-allowed`.
 */
export async function probeImage(path: string): Promise<ImageFacts> {
  return refusing(async () => {
    const sharp = await loadSharp()
    const header = await sharp(path, { limitInputPixels: maxDecodedPixels }).metadata()
    const type = formatTypes[header.format]
    if (!type) throw new Refusal('media.type-not-allowed', { field: 'file', params: { type: String(header.format) } })
    const { width, height } = header.autoOrient
    const frames = header.pages ?? 1
    if (width * height * frames > maxDecodedPixels) throw tooManyPixels()
    return { type, width, height, frames, orientation: header.orientation ?? 1, alpha: header.hasAlpha }
  })
}

/**
 * The image as a person sees it. EXIF (with its place and camera), XMP and IPTC stay behind, because the library writes
 * none unless told to; a colour profile is applied and becomes sRGB, which every screen and network assumes.
 */
export function openUpright(sharp: typeof sharpModule, path: string, animated: boolean): Sharp {
  const options = { limitInputPixels: maxDecodedPixels, animated, failOn: 'error' as const }
  const image = sharp(path, options).timeout({ seconds: decodeSeconds })
  // Moving formats carry no orientation, and frames cannot be turned.
  return (animated ? image : image.autoOrient()).toColourspace('srgb')
}

/** More pixels than this are not decoded only to compare pictures. */
const lookPixels = 40_000_000

/** How a picture looks, in 64 bits (`lookOf`). null: nothing can be said; whether it is broken is for others to tell. */
export async function lookAt(path: string, pixels: number): Promise<string | null> {
  if (pixels > lookPixels) return null
  return withSharp(async (sharp) => {
    const { data, info } = await openUpright(sharp, path, false)
      .flatten({ background: '#ffffff' })
      .resize({ width: 9, height: 8, fit: 'fill' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return lookOf(Array.from({ length: info.width * info.height }, (_, at) => data[at * info.channels]!))
  }).catch(() => null)
}

/**
 * Loads the library on first use, as it takes 30 MB. One image at a time in each process: decoding is the largest piece
 * of memory that Longrun ever asks for, and two of them are two.
 */
export async function withSharp<T>(work: (sharp: typeof sharpModule) => Promise<T>): Promise<T> {
  const turn = last.then(async () => work(await loadSharp()))
  last = turn.catch(() => undefined)
  return refusing(() => turn)
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw imageRefusal(error)
  }
}

let last: Promise<unknown> = Promise.resolve()
let loaded: Promise<typeof sharpModule> | null = null

const decodeSeconds = 60

const formatTypes: Record<string, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heif: 'image/avif',
  avif: 'image/avif',
}

function loadSharp(): Promise<typeof sharpModule> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false)
    sharp.concurrency(1)
    // The library reads many more formats (SVG among them) than we accept; what is closed cannot be reached by a trick.
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}`),
    })
    return sharp
  })
  return loaded
}

/** The library tells its errors apart by text alone. */
function imageRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal || error.name === 'AbortError') return error
  if (/pixel limit/i.test(error.message)) return tooManyPixels()
  if (/timeout/i.test(error.message)) return new Refusal('media.too-slow', { field: 'file' })
  if (/no space left|disk quota/i.test(error.message)) return new Refusal('storage.full', { status: 503 })
  if ('code' in error) return error
  return new Refusal('media.broken', { field: 'file' })
}

function tooManyPixels(): Refusal {
  return new Refusal('media.too-many-pixels', { field: 'file', params: { max: maxDecodedPixels } })
}
