// Decides which files are media, and what shape an image takes for one account: pure, the same in the browser and on the server.

import type { Crop, DraftMedia, Limits } from '../connectors/contract.ts'
import { Refusal } from '../lib/refusal.ts'

/** For so many days what was removed can be brought back; then it is deleted with its files. */
export const keptDays = 30

export const mediaKinds = ['image', 'video', 'document'] as const
export type MediaKind = (typeof mediaKinds)[number]

/** What posts can show. A document is material: kept, found, and taken out again; an answer by mail can carry it. */
export const postableKinds = ['image', 'video'] as const satisfies readonly MediaKind[]

/** Everything Longrun stores as media, by the type its content has. HEIC is missing because no free decoder reads it. */
export const mediaTypes: Record<string, { kind: MediaKind; extension: string }> = {
  'image/jpeg': { kind: 'image', extension: 'jpg' },
  'image/png': { kind: 'image', extension: 'png' },
  'image/gif': { kind: 'image', extension: 'gif' },
  'image/webp': { kind: 'image', extension: 'webp' },
  'image/avif': { kind: 'image', extension: 'avif' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
  'video/quicktime': { kind: 'video', extension: 'mov' },
  'video/webm': { kind: 'video', extension: 'webm' },
  'application/pdf': { kind: 'document', extension: 'pdf' },
}

/** More pixels than this, all frames together, are a bomb or a mistake: 120 megapixels take 360 MB when decoded. */
export const maxDecodedPixels = 120_000_000

/** An image as its header states it; width and height as seen, with the orientation applied. */
export interface ImageFacts {
  type: string
  width: number
  height: number
  frames: number
  /** EXIF 1 to 8; 1 is upright. */
  orientation: number
  alpha: boolean
}

export type WritableType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif'

/** One way to write the image; the first of a plan that fits the bytes is taken. */
export interface Encoding {
  type: WritableType
  width: number
  height: number
  animated: boolean
  /** The format has no transparency: what shows through becomes white. */
  flatten: boolean
}

export interface RenditionPlan {
  /** Whole pixels of the upright original; null takes all of it. */
  crop: { left: number; top: number; width: number; height: number } | null
  /** Best first, at least one. */
  encodings: Encoding[]
  maxBytes: number
}

export type ImageLimits = Pick<NonNullable<Limits['images']>, 'types' | 'maxBytes' | 'maxPixels' | 'maxEdge'>

/** What the file formats themselves can hold along one edge. */
const formatEdge: Record<WritableType, number> = {
  'image/jpeg': 65_500,
  'image/png': 65_500,
  'image/gif': 65_500,
  'image/webp': 16_383,
  'image/avif': 16_384,
}

/** Refuses with `media.no-common-format`, `media.crop-outside` or `media.limits-impossible`. */
export function planRendition(facts: ImageFacts, limits: ImageLimits, crop?: Crop): RenditionPlan {
  const area = crop ? cropArea(facts, crop) : null
  const source = area ?? { width: facts.width, height: facts.height }
  const types = chooseTypes(facts, limits.types)
  if (types.length === 0) {
    throw new Refusal('media.no-common-format', { field: 'media', params: { allowed: limits.types.join(', ') } })
  }
  if (!(limits.maxBytes >= 1) || (limits.maxPixels ?? 1) < 1 || (limits.maxEdge ?? 1) < 1) {
    throw new Refusal('media.limits-impossible', { field: 'media' })
  }
  const encodings = types.map((type) => ({
    type,
    ...fitInside(source, {
      maxEdge: Math.min(limits.maxEdge ?? Infinity, formatEdge[type]),
      maxPixels: limits.maxPixels,
    }),
    animated: facts.frames > 1 && canMove(type),
    flatten: facts.alpha && type === 'image/jpeg',
  }))
  return { crop: area, encodings, maxBytes: Math.floor(limits.maxBytes) }
}

/** A small still picture for lists. */
export function planThumbnail(facts: ImageFacts): RenditionPlan {
  const size = fitInside(facts, { maxEdge: 480 })
  return {
    crop: null,
    encodings: [{ type: 'image/webp', ...size, animated: false, flatten: false }],
    maxBytes: 120_000,
  }
}

/** The largest size of the same shape within the limits; never larger than the source, never less than one pixel. */
export function fitInside(
  source: { width: number; height: number },
  limits: { maxEdge?: number; maxPixels?: number },
): { width: number; height: number } {
  const { width, height } = source
  const scale = Math.min(
    1,
    (limits.maxEdge ?? Infinity) / Math.max(width, height),
    Math.sqrt((limits.maxPixels ?? Infinity) / (width * height)),
  )
  const scaled = { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) }
  // A very long thin image keeps its one pixel of width, so the other edge alone has to give way.
  const maxPixels = limits.maxPixels ?? Infinity
  if (scaled.width * scaled.height <= maxPixels) return scaled
  return scaled.width > scaled.height
    ? { width: Math.max(1, Math.floor(maxPixels / scaled.height)), height: scaled.height }
    : { width: scaled.width, height: Math.max(1, Math.floor(maxPixels / scaled.width)) }
}

/** The next smaller try when the best quality still has too many bytes; null when nothing recognisable would remain. */
export function shrink(encoding: Encoding, factor: number): Encoding | null {
  const { width, height } = encoding
  const next = {
    ...encoding,
    width: Math.max(1, Math.floor(width * factor)),
    height: Math.max(1, Math.floor(height * factor)),
  }
  const smaller = next.width < width || next.height < height
  return smaller && Math.max(next.width, next.height) >= smallestEdge ? next : null
}

const smallestEdge = 32

type Size = { width: number; height: number }

/** A hair of tolerance: fractions computed in a browser rarely add up to exactly 1. */
function isInside({ x, y, width, height }: Crop): boolean {
  const inside = (start: number, length: number) => start >= 0 && length > 0 && start + length <= 1 + 1e-6
  return inside(x, width) && inside(y, height)
}

function cropArea(facts: Size, crop: Crop): { left: number; top: number; width: number; height: number } {
  if (!isInside(crop)) throw new Refusal('media.crop-outside', { field: 'crop' })
  const left = Math.min(facts.width - 1, Math.round(crop.x * facts.width))
  const top = Math.min(facts.height - 1, Math.round(crop.y * facts.height))
  return {
    left,
    top,
    width: Math.max(1, Math.min(facts.width - left, Math.round(crop.width * facts.width))),
    height: Math.max(1, Math.min(facts.height - top, Math.round(crop.height * facts.height))),
  }
}

/**
 * Formats to try, best first. What moves should keep moving and what is transparent should stay so; then the original's own
 * format is kept, because a change of format can only lose. A lossy second choice follows PNG: a photograph saved as PNG is
 * better shown as JPEG than made small.
 */
function chooseTypes(facts: ImageFacts, allowed: string[]): WritableType[] {
  const may = (type: WritableType) => allowed.includes(type)
  const own = isWritable(facts.type) ? [facts.type] : []
  if (facts.frames > 1) {
    const moving = ([...own, 'image/webp', 'image/gif'] as WritableType[]).filter((type) => canMove(type) && may(type))
    if (moving.length > 0) return unique(moving)
  }
  const still = own.filter((type) => type !== 'image/gif')
  if (facts.alpha) {
    const clear = ([...still, 'image/png', 'image/webp', 'image/avif'] as WritableType[]).filter(
      (type) => type !== 'image/jpeg' && may(type),
    )
    if (clear.length > 0) return unique(clear)
  }
  const order = [...still, 'image/jpeg', 'image/webp', 'image/avif', 'image/png', 'image/gif'] as WritableType[]
  const usable = unique(order.filter(may))
  return usable[0] === 'image/png' ? usable.slice(0, 2) : usable.slice(0, 1)
}

const canMove = (type: WritableType) => type === 'image/gif' || type === 'image/webp'
const isWritable = (type: string): type is WritableType => type in formatEdge
const unique = <T>(values: T[]): T[] => [...new Set(values)]

type Croppable = Pick<DraftMedia, 'kind' | 'type' | 'width' | 'height' | 'crop'>

/** A GIF mostly moves, and one frame does not show what a crop takes from the others. */
export const canCrop = ({ kind, type }: Pick<DraftMedia, 'kind' | 'type'>): boolean =>
  kind === 'image' && type !== 'image/gif'

/** What is wrong with the crop of a picture; null: nothing, or there is none. */
export function cropFault({ crop, ...item }: Croppable): 'not-possible' | 'outside' | 'too-small' | null {
  if (!crop) return null
  if (!canCrop(item)) return 'not-possible'
  if (!isInside(crop)) return 'outside'
  const [whole, left] = [sizeOf(item), croppedSize({ ...item, crop })]
  const least = (edge: number) => Math.min(smallestEdge, edge)
  return whole && left && (left.width < least(whole.width) || left.height < least(whole.height)) ? 'too-small' : null
}

/** Pixels of what the crop leaves, before any limit; null: not known. */
export function croppedSize({ crop, ...item }: Croppable): Size | null {
  const whole = sizeOf(item)
  if (!whole || !crop) return whole
  const { width, height } = cropArea(whole, crop)
  return { width, height }
}

const sizeOf = ({ width, height }: Pick<DraftMedia, 'width' | 'height'>): Size | null =>
  width === null || height === null ? null : { width, height }

/**
 * The picture as the account would receive it, so that a large original does not stop a post that a rendition makes fit. A picture that
 * cannot be converted stays as it is: then the check says what is wrong with it.
 */
export function asDelivered({ crop, ...item }: DraftMedia, limits: Limits): DraftMedia {
  const cropped = croppedSize({ ...item, crop })
  if (item.kind !== 'image' || !limits.images || !cropped) return item
  const facts: ImageFacts = {
    type: item.type,
    ...cropped,
    frames: 1,
    orientation: 1,
    alpha: false,
  }
  const [encoding] = chooseTypes(facts, limits.images.types)
  if (!encoding) return item
  const size = fitInside(facts, {
    maxEdge: Math.min(limits.images.maxEdge ?? Infinity, formatEdge[encoding]),
    maxPixels: limits.images.maxPixels,
  })
  return { ...item, type: encoding, ...size, bytes: Math.min(item.bytes, limits.images.maxBytes) }
}
