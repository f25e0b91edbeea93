// Every query that lists short links with their clicks.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface LinkRow {
  id: string
  code: string
  target: string
  name: string
  created_at: Date
  removed_at: Date | null
  last_at: Date | null
  post_id: string | null
  account_id: string | null
  variant_id: string | null
  summary: string | null
  people: number
  bots: number
}

export interface LinkFilter {
  q?: string
  accountId?: string
  campaignId?: string
  order: 'newest' | 'clicks'
  after: [key: string | number, id: string] | null
  limit: number
}

const selected = sql`
  select l.id, l.code, l.target, l.name, l.created_at, l.removed_at, t.last_at, v.post_id, v.account_id, l.variant_id, p.summary,
    coalesce(t.people, 0)::int as people, coalesce(t.bots, 0)::int as bots
  from links l
  left join link_totals t on t.org_id = l.org_id and t.link_id = l.id
  left join variants v on v.org_id = l.org_id and v.id = l.variant_id
  left join posts p on p.org_id = v.org_id and p.id = v.post_id`

export async function listLinks(tx: Tx, orgId: string, filter: LinkFilter): Promise<LinkRow[]> {
  const { q, accountId, campaignId, order, after, limit } = filter
  const key = order === 'newest' ? sql`l.created_at` : sql`coalesce(t.people, 0)`
  const from = after && (order === 'newest' ? sql`${new Date(after[0])}` : sql`${Number(after[0])}`)
  const found = await sql<LinkRow>`${selected}
    where l.org_id = ${orgId}
      ${q ? sql`and (strpos(lower(l.target), ${q.toLowerCase()}) > 0 or strpos(lower(l.name), ${q.toLowerCase()}) > 0)` : sql``}
      ${accountId ? sql`and v.account_id = ${accountId}` : sql``}
      ${campaignId ? sql`and p.campaign_id = ${campaignId}` : sql``}
      ${after ? sql`and (${key}, l.id) < (${from}, ${after[1]}::uuid)` : sql``}
    order by ${key} desc, l.id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function findLink(tx: Tx, orgId: string, id: string): Promise<LinkRow | null> {
  const found = await sql<LinkRow>`${selected} where l.org_id = ${orgId} and l.id = ${id}`.execute(tx)
  return found.rows[0] ?? null
}

/** Most clicked first. */
export async function linksOfPost(tx: Tx, orgId: string, postId: string): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`${selected}
    where l.org_id = ${orgId} and v.post_id = ${postId} order by v.id, people desc, l.id`.execute(tx)
  return found.rows
}
