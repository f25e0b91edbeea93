// Posts as an AppView shows them, with their author, and lists of them that are read from the newest on.

import { z } from 'zod'
import { isoTime } from '../../../lib/iso-time.ts'
import type { Json } from '../../contract.ts'
import { author, type Gathering, heardLine, newGathering } from '../../heard.ts'
import type { Heard, HeardAuthor, ListenSession, StreamBatch } from '../../listen.ts'
import { authorOf, isDid, readRecord } from './records.ts'

const person = z.object({
  did: z.string(),
  handle: z.string().catch(''),
  displayName: z.string().optional().catch(undefined),
  followersCount: z.number().int().nonnegative().optional().catch(undefined),
})

/** Of searches and of notifications alike. */
export const viewSchema = z.object({
  uri: z.string(),
  author: person,
  record: z.unknown(),
  indexedAt: z.string(),
  reason: z.string().optional(),
})
export type View = z.infer<typeof viewSchema>

/** A handle that does not resolve is shown by the network as `handle.invalid`. */
export function personOf({ did, handle, displayName, followersCount }: z.infer<typeof person>): HeardAuthor | null {
  if (!isDid(did)) return null
  const known = handle !== '' && handle !== 'handle.invalid'
  return author(did, {
    ...authorOf(did),
    handle: known ? heardLine(handle, 253) : null,
    name: heardLine(displayName),
    followers: followersCount ?? null,
  })
}

export const peopleSchema = z.object({ profiles: z.array(person) })

function heardOf(view: View, into: Gathering): Heard | null {
  const [, did = '', collection = '', rkey = ''] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(view.uri) ?? []
  const seen = isoTime(view.indexedAt)
  if (Number.isNaN(seen) || did !== view.author.did) return null
  const told = readRecord({ did, collection, rkey }, view.record, seen, into)
  return told && { ...told, author: personOf(view.author) }
}

// ── Lists, newest first ─────────────────────────────────────────────────────────────────────────────────────────────

const placeSchema = z.object({ newest: z.number() })

export interface ViewList {
  /** One page from a cursor of the list on; null: from the newest. */
  page(cursor: string | null): Promise<{ views: unknown[]; cursor: string | null }>
  mostPages: number
}

/** An AppView learns of posts in no strict order; what is this much older than the newest is not expected any more. */
const overlapMs = 5 * 60_000

/** What is new in a list since the cursor, oldest first. At the first time only its newest page is read. */
export async function readList(session: ListenSession, cursor: Json, list: ViewList): Promise<StreamBatch> {
  const parsed = placeSchema.safeParse(cursor)
  const since = parsed.success ? parsed.data.newest - overlapMs : null
  const gathering = newGathering()
  const now = session.now().getTime()
  let newest = parsed.success ? parsed.data.newest : now
  let at: string | null = null
  for (let pages = 1; ; pages++) {
    const page = await list.page(at)
    let oldest = Number.POSITIVE_INFINITY
    for (const value of page.views) {
      const view = viewSchema.safeParse(value)
      const told = view.success ? heardOf(view.data, gathering) : null
      if (view.success) oldest = Math.min(oldest, isoTime(view.data.indexedAt) || oldest)
      if (told === null) gathering.unreadable++
      else if (since === null || isoTime(view.data!.indexedAt) >= since) {
        gathering.events.push({ type: 'heard', heard: told })
        newest = Math.max(newest, Math.min(now, isoTime(view.data!.indexedAt)))
      }
    }
    at = page.cursor
    if (since === null || at === null || page.views.length === 0 || oldest < since) break
    if (pages === list.mostPages) {
      gathering.gaps.push({ from: new Date(since), to: new Date(oldest), reason: 'page-limit' })
      break
    }
  }
  gathering.events.reverse()
  return { ...gathering, cursor: { newest } }
}
