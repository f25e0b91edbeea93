// What can be listened to on a server: each stream with the list that shows what it would have brought meanwhile.

import { z } from 'zod'
import { type Gathering, newGathering } from '../../heard.ts'
import type { Gap, ListenSession, StreamBatch } from '../../listen.ts'
import { api, callerOf } from '../wire.ts'
import { gatherStatus } from './statuses.ts'

export interface Timeline {
  /** Parameters of the stream. */
  stream: Record<string, string>
  path: string
  query?: Record<string, string>
  /** The permission that it takes. */
  scope: string
  /** Items of the list are notifications, which carry the post. */
  notifications?: true
}

/** How far it was read. */
export interface TimelinePlace {
  lastId: string
  /** Milliseconds. */
  at: number
}

export const placeSchema = z.object({ lastId: z.string(), at: z.number() })

const pageLength = 40
/** Two thousand posts; a server allows 300 requests in five minutes, for everything. */
const mostPages = 50

/** Ids grow with time; those of one server have one form, so that the longer or the later one is the greater. */
export const laterId = (one: string, other: string): string =>
  one.length !== other.length ? (one.length > other.length ? one : other) : one > other ? one : other

/** The newest id; an empty list has one before every other. */
export async function newestId(session: ListenSession, timeline: Timeline): Promise<string> {
  const [newest] = await readPage(session, timeline, { limit: '1' })
  return newest?.id ?? '0'
}

/** What was said between the place and now, oldest first. What is more than the pages hold is stated as a gap. */
export async function* missedSince(
  session: ListenSession,
  timeline: Timeline,
  place: TimelinePlace,
): AsyncGenerator<StreamBatch> {
  let since = somewhatBefore(place.lastId)
  for (let pages = 0; ; pages++) {
    const items = await readPage(session, timeline, { min_id: since, limit: String(pageLength) })
    const gathering = newGathering()
    for (const item of items.toReversed()) {
      since = laterId(since, item.id)
      gatherItem(session, timeline, item, gathering)
      place = { lastId: laterId(place.lastId, item.id), at: gathering.reachedAt?.getTime() ?? place.at }
    }
    const full = pages + 1 >= mostPages && items.length > 0
    if (full) gathering.gaps.push(pageLimit(place, session.now()))
    if (items.length > 0) yield { ...gathering, cursor: { ...place } }
    if (items.length === 0 || full) return
  }
}

const pageLimit = ({ at }: TimelinePlace, to: Date): Gap => ({ from: new Date(at), to, reason: 'page-limit' })

/**
 * A post of another server is numbered by when it was written and comes later: what lay behind the last one may have arrived
 * meanwhile. Mastodon's ids begin with the time, so that a minute can be taken off them.
 */
function somewhatBefore(id: string): string {
  if (!/^\d{15,}$/.test(id)) return id
  const earlier = BigInt(id) - (60_000n << 16n)
  return String(earlier > 0n ? earlier : 0n)
}

export function gatherItem(session: ListenSession, timeline: Timeline, value: unknown, into: Gathering): string | null {
  const { server } = callerOf(session)
  const now = session.now()
  if (!timeline.notifications) return gatherStatus(value, { server, now }, into)
  const parsed = notification.safeParse(value)
  if (!parsed.success) {
    into.unreadable++
    return null
  }
  const { id, type, status } = parsed.data
  if (notified.includes(type) && status) gatherStatus(status, { server, now }, into)
  return id
}

/** Those in which somebody says something to us. */
export const notified = ['mention', 'quote']

const notification = z.object({ id: z.string().min(1), type: z.string(), status: z.unknown() })

async function readPage(session: ListenSession, timeline: Timeline, query: Record<string, string>) {
  const { path, scope } = timeline
  const asked = { ...timeline.query, ...query }
  const { body } = await api(session, callerOf(session), { path, query: asked, scope, schema: z.array(item) })
  return body
}

const item = z.looseObject({ id: z.string().min(1) })
