// Reads what is new in a feed since the cursor, without gap or double.

import { z } from 'zod'
import type { Json, Page, Session, SourceItem } from '../contract.ts'
import { decodeText } from '../decode-text.ts'
import { ConnectorError } from '../errors.ts'
import { download } from './download.ts'
import { makeItem, maxItems, orderEntries, seenKey } from './items.ts'
import { readFeed } from './parse.ts'
import { type Teller, tellerOf } from './websub.ts'

/** Items in one page. The rest comes with the next pull. */
export const pageSize = 100
/** Ids kept in the cursor: all that one document may hold, so that none of it can come twice. */
const maxSeen = maxItems

export const credentialsSchema = z.object({ address: z.string() })

const cursorSchema = z.object({
  /** The address that was connected; another one begins anew. */
  connected: z.string(),
  /** Where the feed is now, after permanent redirects. */
  address: z.string(),
  etag: z.string().nullable(),
  modified: z.string().nullable(),
  /** Keys of delivered items, oldest first. */
  seen: z.array(z.string()),
})
type Cursor = z.infer<typeof cursorSchema>

export async function pullFeed(session: Session, stored: Json): Promise<Page<SourceItem>> {
  const { address } = credentialsSchema.parse(session.credentials)
  const { items, cursor } = await readNew(session, address, { stored, most: pageSize })
  return { items, cursor }
}

export interface ReadNew extends Page<SourceItem> {
  /** Who can tell when something is new, and the name of the feed there; null: nobody, or nothing was read. */
  teller: Teller | null
  bytes: number
}

/** What the feed at an address shows since a cursor: at most so many, oldest first. */
export async function readNew(
  session: Pick<Session, 'http' | 'now' | 'log' | 'account'>,
  connected: string,
  { stored, most }: { stored: Json; most: number },
): Promise<ReadNew> {
  const cursor = readCursor(connected, stored)
  const got = await download(session, cursor.address, cursor)
  const address = got.movedTo ?? cursor.address
  if (got.bytes === null) {
    return { items: [], cursor: changed(stored, { ...cursor, address }), teller: null, bytes: 0 }
  }
  const read = readFeed(decodeText(got.bytes, got.contentType), got.url)
  // Only a feed proves the new address: a broken site that redirects everything to its front page must not take us there.
  if (!read) throw new ConnectorError({ kind: 'changed', code: 'not-a-feed' })
  if (read.repaired) session.log('The feed broke off; its complete items were read', { account: session.account.id })

  const seen = new Set(cursor.seen)
  const candidates = orderEntries(read.feed.entries, session.now()).map((each) => ({ ...each, key: seenKey(each.id) }))
  const fresh = candidates.filter(({ key }) => !seen.has(key))
  const delivered = fresh.slice(0, most)
  // With validators the server would answer "unchanged" and the items that wait would never come.
  const complete = delivered.length === fresh.length && !read.repaired
  const next: Cursor = {
    connected: cursor.connected,
    address,
    ...(complete ? got.validators : { etag: null, modified: null }),
    seen: remember(cursor.seen, candidates, delivered),
  }
  const teller = tellerOf(got.link, read.feed, got.url)
  return { items: delivered.map(makeItem), cursor: changed(stored, next), teller, bytes: got.bytes.byteLength }
}

/** Ids that are still in the document are kept longest: only they can come again. */
function remember(before: string[], present: { key: string }[], delivered: { key: string }[]): string[] {
  const here = new Set(present.map(({ key }) => key))
  const gone = before.filter((key) => !here.has(key))
  const still = before.filter((key) => here.has(key))
  return [...gone, ...still, ...delivered.map(({ key }) => key)].slice(-maxSeen)
}

function readCursor(address: string, stored: Json): Cursor {
  const parsed = cursorSchema.safeParse(stored)
  if (parsed.success && parsed.data.connected === address) return parsed.data
  return { connected: address, address, etag: null, modified: null, seen: [] }
}

/** null when it says nothing new. */
function changed(stored: Json, next: Cursor): Json {
  const before = cursorSchema.safeParse(stored)
  return before.success && JSON.stringify(before.data) === JSON.stringify(next) ? null : next
}
