// What an account published itself, as its server lists it.

import { z } from 'zod'
import { isoTime } from '../../lib/iso-time.ts'
import type { Session } from '../contract.ts'
import { heardId, heardUrl, saidAt } from '../heard.ts'
import type { History, HistoryItem, HistoryPage, HistoryQuestion } from '../history.ts'
import { api, callerOf } from './wire.ts'

/** The most that a server answers. */
const mostStatuses = 40

const listed = z.object({
  id: z.string(),
  created_at: z.string(),
  url: z.string().nullish().catch(null),
  uri: z.string().nullish().catch(null),
  visibility: z.string().catch('public'),
  in_reply_to_id: z.string().nullish().catch(null),
  in_reply_to_account_id: z.string().nullish().catch(null),
  reblog: z.unknown(),
})
type Listed = z.infer<typeof listed>

export const history: History = { page }

async function page(session: Session, { since, cursor, limit }: HistoryQuestion): Promise<HistoryPage> {
  const path = `/api/v1/accounts/${encodeURIComponent(session.account.remoteId)}/statuses`
  const place: Record<string, string> = typeof cursor === 'string' ? { max_id: cursor } : {}
  const query = { limit: String(Math.min(limit, mostStatuses)), exclude_reblogs: 'true', ...place }
  const request = { path, query, schema: z.array(z.unknown()), scope: 'read:statuses' }
  const { body } = await api(session, callerOf(session), request)
  const read = body.map((value) => listed.safeParse(value).data)
  const known = read.filter((status) => status !== undefined)
  const items = known.flatMap((status) => itemOf(status, session) ?? [])
  // Servers leave out of a page what was not asked for: only an empty one is the last.
  const ended = known.length === 0 || known.some(({ created_at: at }) => isoTime(at) < since.getTime())
  return {
    items: items.filter(({ at }) => at >= since),
    next: ended ? null : known.at(-1)!.id,
    unreadable: read.length - known.length,
  }
}

/** null: a repost, a private message, or more of a thread of one's own. */
function itemOf(status: Listed, { account: { remoteId: me }, now }: Session): HistoryItem | null {
  const { id, url, uri, visibility, in_reply_to_id: parent, in_reply_to_account_id: answered } = status
  if (heardId(id) === null || status.reblog || visibility === 'direct' || answered === me) return null
  const at = saidAt(status.created_at, now().getTime())
  const address = heardUrl(url) ?? heardUrl(uri)
  // People who share an account share its name. Whoever was answered may be gone by now.
  return { id, kind: parent || answered ? 'reply' : 'post', at, url: address, by: null }
}
