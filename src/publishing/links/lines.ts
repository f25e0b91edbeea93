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

export interface ClickDays {
  /** null: of all links. */
  linkId: string | null
  /** The last so many days, today being one, as the zone has them. */
  days: number
  zone: string
  now: Date
}

/** null: there was no link to follow yet. Clicks are kept by whole hours of UTC: each lies on the day in which its hour began. */
export async function clicksByDay(
  tx: Tx,
  orgId: string,
  { linkId, days, zone, now }: ClickDays,
): Promise<{ day: string; people: number | null; bots: number | null }[]> {
  const found = await sql<{ day: string; people: number | null; bots: number | null }>`
    with bounds as (select (${now}::timestamptz at time zone ${zone})::date as last,
        (select (min(created_at) at time zone ${zone})::date from links
         where org_id = ${orgId} ${linkId ? sql`and id = ${linkId}` : sql``}) as born),
      counted as (
        select (hour at time zone ${zone})::date as day, sum(clicks) filter (where not bot) as people, sum(clicks) filter (where bot) as bots
        from link_clicks, bounds
        where org_id = ${orgId} ${linkId ? sql`and link_id = ${linkId}` : sql``}
          and hour >= (last - ${days - 1}::int)::timestamp at time zone ${zone}
        group by 1)
    select to_char(d, 'YYYY-MM-DD') as day,
      case when d::date >= born then coalesce(people, 0)::int end as people, case when d::date >= born then coalesce(bots, 0)::int end as bots
    from bounds, generate_series(last - ${days - 1}::int, last, interval '1 day') d left join counted on counted.day = d::date
    order by d`.execute(tx)
  return found.rows
}

/** Most clicked first. */
export async function linksOfPost(tx: Tx, orgId: string, postId: string): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`${selected}
    where l.org_id = ${orgId} and v.post_id = ${postId} order by v.id, people desc, l.id`.execute(tx)
  return found.rows
}
