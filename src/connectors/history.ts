// The words of looking back: what an account published itself, before Longrun and beside it, without any words of it.

import { z } from 'zod'
import type { Json, Session } from './contract.ts'
import { ConnectorError } from './errors.ts'

export interface HistoryItem {
  /** As `RemoteRef.id` names a post or an answer, so that what went out through Longrun is known again. */
  id: string
  /** `reply`: said to somebody in public. */
  kind: 'post' | 'reply'
  at: Date
  url: string | null
  /** Who of those that share the account wrote it, by an id of the network; null: it does not say. */
  by: string | null
}

export interface HistoryPage {
  /**
   * Newest first within each kind. What continues a thread of one's own is a part of it and not told; neither are reposts, nor what was said in
   * private. What was told before may come again, under the same id.
   */
  items: HistoryItem[]
  /** Where to go on; opaque to Longrun. null: everything since the moment asked for is told. */
  next: Json
  /** Items that could not be read; counted, never fatal. */
  unreadable: number
  /** The account may not see its replies here: how many there are is not known, which is not none. */
  without?: 'replies'
}

export interface HistoryQuestion {
  /** Nothing older is told. */
  since: Date
  cursor: Json
  /** The most that one page looks at; a network may have its own, smaller one. */
  limit: number
}

export interface History {
  /** One page, going back in time. A read. */
  page(session: Session, question: HistoryQuestion): Promise<HistoryPage>
}

/** Whoever may not ask for replies, or asks a server that does not tell them, does not know how many there are. */
export const unknownReplies: HistoryPage = { items: [], next: null, unreadable: 0, without: 'replies' }

/** @throws whatever else keeps the page from being read. */
export async function repliesIfTold(read: Promise<HistoryPage>): Promise<HistoryPage> {
  try {
    return await read
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.kind !== 'forbidden' && error.kind !== 'gone')) throw error
    return unknownReplies
  }
}

const placeSchema = z.object({ list: z.number().int().nonnegative(), at: z.json() })

/** One list after the other, where a network keeps posts and comments apart. Each begins at null and is over with null. */
export async function pageOfLists(lists: ((at: Json) => Promise<HistoryPage>)[], cursor: Json): Promise<HistoryPage> {
  const parsed = placeSchema.safeParse(cursor).data
  const place = parsed && parsed.list < lists.length ? parsed : { list: 0, at: null }
  const page = await lists[place.list]!(place.at)
  if (page.next !== null) return { ...page, next: { list: place.list, at: page.next } }
  return { ...page, next: place.list + 1 < lists.length ? { list: place.list + 1, at: null } : null }
}
