// Files that rows name by address: fetched into the library outside of any transaction, each address once, and never from a private network.

import type { Draft, DraftMedia } from '../../connectors/contract.ts'
import { FetchError } from '../../lib/fetch-error.ts'
import { Refusal } from '../../lib/refusal.ts'
import { postableKinds } from '../../media/rules.ts'
import { maxBytes, uploadMedia } from '../../media/upload.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { ReadRow } from './read-row.ts'
import type { RowIssue } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config' | 'fetch'>

/** Everything, from name look-up to the last byte. */
const timeoutMs = 60_000
/** A host that failed so often in one import is not asked again: thousands of rows would wait for it. */
const mostFailures = 3

export type Fetched = { file: Omit<DraftMedia, 'alt'> } | { because: string }
/** `alt`: what it shows, for a file that is new in the library. */
export type Fetching = (address: string, alt: string) => Promise<Fetched>

/** One for each run of an import. */
export function fetchOnce(services: Deps, caller: Caller): Fetching {
  const known = new Map<string, Promise<Fetched>>()
  const failures = new Map<string, number>()
  const fetching = async (address: string, alt: string): Promise<Fetched> => {
    const { host } = new URL(address)
    if ((failures.get(host) ?? 0) >= mostFailures) return { because: 'host-not-answering' }
    try {
      return { file: await take(services, caller, address, alt) }
    } catch (error) {
      if (error instanceof FetchError) failures.set(host, (failures.get(host) ?? 0) + 1)
      else if (!(error instanceof Refusal)) throw error
      return { because: error.code }
    }
  }
  return (address, alt) => {
    const there = known.get(address) ?? fetching(address, alt)
    known.set(address, there)
    return there
  }
}

/** Held to the limits of an upload; a file of this content that is there already is taken instead of a second one. */
async function take(services: Deps, caller: Caller, address: string, alt: string): Promise<Omit<DraftMedia, 'alt'>> {
  const answer = await services.fetch(address, { timeoutMs, maxBytes: maxBytes.video })
  if (answer.status !== 200) {
    await answer.discard()
    throw new Refusal(answer.status === 404 || answer.status === 410 ? 'file-not-there' : 'file-refused')
  }
  const name = decodeURIComponentSafely(new URL(answer.url).pathname.split('/').at(-1) ?? '')
  const file = { name, stream: () => answer.stream() }
  const { id, kind, type, bytes, width, height, seconds } = await uploadMedia(services, caller, {
    ...{ file, alt, ifKnown: 'take', kinds: postableKinds },
  })
  return { id, kind: kind as DraftMedia['kind'], type, bytes, width, height, seconds }
}

function decodeURIComponentSafely(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The files of a row, and what is to be said about those that did not come. `column`: as the file heads it. */
export async function picturesFor(
  { row, pictures, alt }: ReadRow,
  fetching: Fetching,
  column: string,
): Promise<{ media: DraftMedia[]; issues: RowIssue[] }> {
  const media: DraftMedia[] = []
  const issues: RowIssue[] = []
  for (const address of pictures) {
    const found = await fetching(address, alt)
    if ('file' in found) media.push({ ...found.file, alt })
    else
      issues.push({
        ...{ row, level: 'error', field: 'media', code: 'media-not-fetched' },
        params: { address: address.slice(0, 200), column: column.slice(0, 100), because: found.because },
      })
  }
  return { media, issues }
}

/** At the first part, behind what is there. */
export const withMedia = (content: Draft, media: DraftMedia[]): Draft =>
  media.length === 0
    ? content
    : {
        ...content,
        segments: content.segments.map((segment, at) =>
          at === 0 ? { ...segment, media: [...segment.media, ...media].slice(0, 20) } : segment,
        ),
      }

/** For the dry run, which fetches nothing: a picture as most are, so that a network that wants one is content. */
export const likely = ({ pictures, alt }: ReadRow): DraftMedia[] =>
  pictures.map((address) => {
    const isVideo = /\.(mp4|mov|webm)(\?|#|$)/i.test(address)
    const type = isVideo ? 'video/mp4' : 'image/jpeg'
    const facts = { bytes: 100_000, width: 1200, height: 1200, seconds: isVideo ? 10 : null }
    return { id: '00000000-0000-7000-8000-000000000000', kind: isVideo ? 'video' : 'image', type, ...facts, alt }
  })
