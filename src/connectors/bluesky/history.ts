// What an account published itself: from its own server, which has every record, whatever an AppView shows of it.

import { z } from 'zod'
import type { Session } from '../contract.ts'
import { heardId, saidAt } from '../heard.ts'
import type { History, HistoryItem, HistoryPage, HistoryQuestion } from '../history.ts'
import { readCredentials } from './authorize.ts'
import { ask, momentOfKey } from './inbox/posts.ts'
import { addressOf, placeOf } from './inbox/said-posts.ts'
import { postCollection } from './listen/records.ts'

/** The most that com.atproto.repo.listRecords answers. */
const mostRecords = 100

const listed = z.object({
  records: z.array(z.object({ uri: z.string(), value: z.unknown() })),
  cursor: z.string().optional(),
})
const written = z.object({
  createdAt: z.string(),
  reply: z.object({ parent: z.object({ uri: z.string() }) }).optional(),
})

export const history: History = { page }

/** Records are listed by their keys, which are moments, the newest first. */
async function page(session: Session, { since, cursor, limit }: HistoryQuestion): Promise<HistoryPage> {
  const { did } = readCredentials(session)
  const most = String(Math.min(limit, mostRecords))
  const place: Record<string, string> = typeof cursor === 'string' ? { cursor } : {}
  const params = { repo: did, collection: postCollection, limit: most, ...place }
  const found = await ask(session, 'com.atproto.repo.listRecords', { params, schema: listed })
  const read = found.records.map((record) => itemOf(record, { did, now: session.now() }))
  const keys = found.records.map(({ uri }) => momentOfKey(placeOf(uri).rkey) ?? Number.POSITIVE_INFINITY)
  const ended = found.records.length === 0 || keys.some((moment) => moment < since.getTime())
  return {
    items: read.filter((item) => typeof item === 'object').filter(({ at }) => at >= since),
    next: ended ? null : (found.cursor ?? null),
    unreadable: read.filter((item) => item === 'unreadable').length,
  }
}

function itemOf(
  { uri, value }: z.infer<typeof listed>['records'][number],
  { did, now }: { did: string; now: Date },
): HistoryItem | 'unreadable' | 'continues' {
  const record = written.safeParse(value).data
  if (!record || heardId(uri) === null) return 'unreadable'
  if (record.reply?.parent.uri.startsWith(`at://${did}/`)) return 'continues'
  const at = saidAt(record.createdAt, now.getTime())
  // People who share an account share its name.
  return { id: uri, kind: record.reply ? 'reply' : 'post', at, url: addressOf(uri), by: null }
}
