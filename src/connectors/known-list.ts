// Reads lists that show the newest first, whatever their number: what is new, what changed, and what is gone from them.

import { z } from 'zod'
import { sha256Hex } from '../lib/hash.ts'
import type { Json } from './contract.ts'
import type { Said } from './converse.ts'
import { backfillFrom, type Telling } from './said.ts'

export interface KnownItem {
  id: string
  /** Differs when what is told of it differs. Not empty. */
  print: string
  /** By what the list is sorted, in milliseconds. */
  at: number
  /** null: nothing that belongs into an inbox. */
  said: Said | null | 'unreadable'
}

export interface KnownList {
  /** A page from a place of the list on; null: its beginning, and after its last page. */
  page(at: Json): Promise<{ items: unknown[]; next: Json }>
  /** null: not even its id can be read. */
  read(item: unknown): KnownItem | null
  /** What became of something that is not listed any more where it was; null: it is gone. @throws ConnectorError when nobody can tell now. */
  lookUp(id: string): Promise<KnownItem | 'there' | null>
  pageLength: number
  pagesAtOnce: number
  /** So many pages are read each time, so that edits and deletions among them are seen. */
  pagesFollowed: number
  /** How many of the newest are remembered with their prints: as many as these pages hold. */
  followed: number
}

const placeSchema = z.object({
  /** What is older was never asked for. */
  begin: z.number(),
  /** Newest first: id, print, time. An empty print: it is not listed any more, although it is there. */
  recent: z.array(z.tuple([z.string(), z.string(), z.number()])),
  /** Short names of those before. */
  older: z.array(z.string()),
  /** Time of the newest that was ever listed. */
  newest: z.number(),
  /** Where a long reading goes on, until what time, and how many pages lie behind it; null: it is over. */
  walk: z.object({ at: z.json(), until: z.number(), pages: z.number() }).nullable(),
})
type Place = z.infer<typeof placeSchema>

/** Enough to see, below the pages that are followed, that everything is known. */
const spareNames = 300
/**
 * Networks sort by when something was said and learn of it later, in no strict order: below this much before the newest nothing
 * is expected any more. In a storm it is that many pages.
 */
const overlapMs = 5 * 60_000
const mostOverlapPages = 30
/** Look-ups of what is missing in one reading. */
const mostLookUps = 20

const shortName = (id: string): string => Buffer.from(sha256Hex(id).slice(0, 12), 'hex').toString('base64url')

/** Everything since the last reading, and at the first time since the backfill begins. */
export async function readKnown(
  list: KnownList,
  cursor: Json,
  { now, into }: { now: Date; into: Telling },
): Promise<{ cursor: Json; more: boolean }> {
  const parsed = placeSchema.safeParse(cursor)
  const place: Place = parsed.success
    ? parsed.data
    : { begin: backfillFrom(now).getTime(), recent: [], older: [], newest: 0, walk: null }
  const resumed = place.walk !== null
  const read = await readPages(list, place, into)
  const gone = resumed ? new Set<string>() : await followDeletions(list, place, { ...read, into })
  const kept = place.recent.filter(([id]) => !gone.has(id))
  const all = [...kept, ...read.fresh].sort((a, b) => b[2] - a[2])
  const overflow = all.slice(list.followed).map(([id]) => shortName(id))
  // As many as the next reading may meet; what lies below a reading that is not over is not known yet.
  const most = (read.walk ? mostOverlapPages : read.pages) * list.pageLength + spareNames
  // A long reading goes from the newest to the oldest: its last pages are kept whatever their number, as pages shift meanwhile.
  const older = resumed ? [...place.older.slice(0, most), ...overflow] : [...overflow, ...place.older].slice(0, most)
  const next: Place = {
    begin: place.begin,
    recent: all.slice(0, list.followed),
    older: [...new Set(older)],
    newest: all.reduce((latest, [, , at]) => Math.max(latest, at), place.newest),
    walk: read.walk,
  }
  return { cursor: next, more: read.walk !== null }
}

/** Whether it was told by the readings up to this cursor, as far as they are remembered. */
export function knownIn(cursor: Json): (id: string) => boolean {
  const { recent, older } = placeSchema.safeParse(cursor).data ?? { recent: [], older: [] }
  const names = new Set([...recent.map(([id]) => shortName(id)), ...older])
  return (id) => names.has(shortName(id))
}

interface Read {
  fresh: Place['recent']
  listed: Set<string>
  /** Everything that is later than this was listed. */
  from: number
  /** null: all was read. */
  walk: Place['walk']
  pages: number
}

async function readPages(list: KnownList, place: Place, into: Telling): Promise<Read> {
  const known = new Map(place.recent.map((entry) => [entry[0], entry]))
  const older = new Set(place.older)
  const walk = place.walk ?? { at: null, until: place.newest - overlapMs, pages: 0 }
  const read: Read = { fresh: [], listed: new Set(), from: Number.POSITIVE_INFINITY, walk: null, pages: walk.pages }
  for (let at = walk.at, pages = 1; ; pages++) {
    const page = await list.page(at)
    at = page.next
    read.pages++
    const seen = readPage(list, page.items, { place, known, older, read, into })
    const ended = seen.ended || at === null
    if (ended) read.from = Number.NEGATIVE_INFINITY
    // Servers leave out of a page what they hide: an empty one proves nothing.
    const allKnown = seen.news === 0 && page.items.length > 0 && pages >= list.pagesFollowed
    const farEnough = seen.oldest < walk.until || read.pages >= mostOverlapPages
    if (ended || (allKnown && farEnough)) return read
    if (pages >= list.pagesAtOnce) return { ...read, walk: { at, until: walk.until, pages: read.pages } }
  }
}

interface Reading {
  place: Place
  known: Map<string, Place['recent'][number]>
  older: Set<string>
  read: Read
  into: Telling
}

function readPage(list: KnownList, items: unknown[], { place, known, older, read, into }: Reading) {
  const seen = { news: 0, ended: false, oldest: Number.POSITIVE_INFINITY }
  for (const value of items) {
    const item = list.read(value)
    if (item === null) into.unreadable++
    else if (item.at < place.begin) seen.ended = true
    else if (!read.listed.has(item.id)) {
      read.listed.add(item.id)
      read.from = Math.min(read.from, item.at)
      seen.oldest = Math.min(seen.oldest, item.at)
      if (!isNews(item, { known, older, into })) continue
      seen.news++
      read.fresh.push([item.id, item.print, item.at])
    }
  }
  return seen
}

function isNews(item: KnownItem, { known, older, into }: Pick<Reading, 'known' | 'older' | 'into'>): boolean {
  const before = known.get(item.id)
  if (before === undefined && older.has(shortName(item.id))) return false
  if (before?.[1] === item.print) return false
  if (item.said === 'unreadable') into.unreadable++
  else if (item.said) into.events.push({ type: before ? 'changed' : 'said', said: item.said })
  if (before) before[1] = item.print
  return before === undefined
}

/** Of those that are not listed where they were, the ones that are really gone. */
async function followDeletions(
  list: KnownList,
  place: Place,
  { listed, from, into }: Pick<Read, 'listed' | 'from'> & { into: Telling },
): Promise<Set<string>> {
  const missing = place.recent.filter(([id, print, at]) => print !== '' && at > from && !listed.has(id))
  const gone = new Set<string>()
  for (const entry of missing.slice(0, mostLookUps)) {
    const found = await list.lookUp(entry[0])
    if (found === null) {
      gone.add(entry[0])
      into.events.push({ type: 'removed', id: entry[0] })
      continue
    }
    entry[1] = ''
    if (found !== 'there' && typeof found.said === 'object' && found.said) {
      into.events.push({ type: 'changed', said: found.said })
    }
  }
  return gone
}
