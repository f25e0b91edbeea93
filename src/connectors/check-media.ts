// Whether a network can show the images and videos of a segment.

import type { CheckRun } from './check-run.ts'
import type { DraftMedia, Limits } from './contract.ts'
import { measureUpTo } from './text.ts'

export function checkMedia(run: CheckRun, media: DraftMedia[], field: string, limits: Limits): void {
  const images = media.filter((item) => item.kind === 'image').length
  const videos = media.filter((item) => item.kind === 'video').length
  const documents = media.length - images - videos
  checkCount(run, { count: images, field, offered: limits.images, kind: 'images' })
  checkCount(run, { count: videos, field, offered: limits.videos, kind: 'videos' })
  checkCount(run, { count: documents, field, offered: limits.documents, kind: 'documents' })
  if (images > 0 && videos > 0 && limits.images && limits.videos && !limits.mixed) run.error('media.mixed', field)
  // What is over the number is already refused as a whole.
  const most = (limits.images?.max ?? 0) + (limits.videos?.max ?? 0) + (limits.documents?.max ?? 0)
  for (const [index, item] of media.slice(0, most).entries()) checkMediaItem(run, item, `${field}.${index}`, limits)
}

function checkCount(
  run: CheckRun,
  {
    count,
    field,
    offered,
    kind,
  }: { count: number; field: string; offered: { max: number } | undefined; kind: 'images' | 'videos' | 'documents' },
): void {
  if (count === 0) return
  if (!offered) run.error(`${kind}.not-offered`, field)
  else if (count > offered.max) run.error(`${kind}.too-many`, field, { max: offered.max, count })
}

/** One file by itself; also used for the feature image of an article. */
export function checkMediaItem(run: CheckRun, item: DraftMedia, field: string, limits: Limits): void {
  const offered = limits[`${item.kind}s`]
  if (!offered) return
  if (!offered.types.includes(item.type))
    run.error('media.type', field, { type: item.type, allowed: offered.types.join(', ') })
  if (item.bytes > offered.maxBytes) run.error('media.too-large', field, { max: offered.maxBytes, count: item.bytes })
  if (item.kind === 'image') checkPixels(run, item, field, limits)
  if (item.kind === 'video') checkSeconds(run, item, field, limits)
  if (!('altMax' in offered)) return
  if (!/\S/.test(item.alt)) run.warning('alt.missing', `${field}.alt`)
  else if (item.alt.length > offered.altMax) checkAlt(run, item.alt, `${field}.alt`, offered.altMax)
}

function checkPixels(run: CheckRun, { width, height }: DraftMedia, field: string, limits: Limits): void {
  if (width === null || height === null || !limits.images) return
  const { maxPixels, maxEdge } = limits.images
  if (maxPixels !== undefined && width * height > maxPixels) {
    run.error('media.too-many-pixels', field, { max: maxPixels, count: width * height })
  }
  if (maxEdge !== undefined && Math.max(width, height) > maxEdge) {
    run.error('media.edge-too-long', field, { max: maxEdge, count: Math.max(width, height) })
  }
}

function checkSeconds(run: CheckRun, { seconds }: DraftMedia, field: string, limits: Limits): void {
  const max = limits.videos?.maxSeconds
  if (max !== undefined && seconds !== null && seconds > max)
    run.error('video.too-long', field, { max, count: seconds })
}

/** Networks differ in how they count alternative text; graphemes are how people do. */
function checkAlt(run: CheckRun, alt: string, field: string, max: number): void {
  const count = alt.length > max * 100 + 10_000 ? alt.length : measureUpTo(alt, { unit: 'graphemes' }, max + 100_000)
  if (count > max) run.error('alt.too-long', field, { max, count })
}
