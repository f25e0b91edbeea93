// What went out in some days, by account and person, for the programme that plans who does how much.

import { sql } from 'kysely'
import { withinDays } from '../db/day-span.ts'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'
import type { DaySpan } from '../lib/days.ts'

export interface OutDay {
  accountId: string
  day: string
  /** Whose post it is, or who wrote the answer. */
  memberId: string
  posts: number
  answers: number
}

/** What is published counts, wherever it is by now. */
export async function outDays(tx: Tx, orgId: string, span: DaySpan): Promise<OutDay[]> {
  const found = await sql<OutDay>`
    select v.account_id as "accountId", (v.published_at at time zone ${span.zone})::date::text as day,
        coalesce(p.owner_id, p.created_by, a.created_by) as "memberId",
        count(p.id)::integer as posts, count(a.id)::integer as answers
      from variants v left join posts p on p.org_id = v.org_id and p.id = v.post_id
        left join answers a on a.org_id = v.org_id and a.id = v.answer_id
      where v.org_id = ${orgId} and ${withinDays(sql`v.published_at`, span)} and coalesce(p.id, a.id) is not null
      group by 1, 2, 3`.execute(tx)
  return found.rows
}

/** Times that people followed a link of ours. Hours that lie across two days of the zone count for the day in which they begin. */
export async function visitsIn(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ visits: number }>`
    select coalesce(sum(clicks), 0)::integer as visits from link_clicks where org_id = ${orgId} and not bot and ${withinDays(sql`hour`, span)}`.execute(
    tx,
  )
  return found.rows[0]!.visits
}

/**
 * Posts that went out in these days, and how many of them kept the rules: nobody had to send them back before, and none was taken down
 * after. Of these members; null: of all.
 */
export async function postsKept(
  tx: Tx,
  orgId: string,
  span: DaySpan,
  members: readonly string[] | null,
): Promise<{ posts: number; kept: number }> {
  const found = await sql<{ posts: number; kept: number }>`
    select count(*)::integer as posts, count(*) filter (where not sent_back and not taken_down)::integer as kept from
      (select exists (select from approval_requests r where r.org_id = p.org_id and r.post_id = p.id and r.state = 'rejected') as sent_back,
          exists (select from variants v where v.org_id = p.org_id and v.post_id = p.id and v.state = 'removed') as taken_down
        from posts p where p.org_id = ${orgId} ${members ? sql`and coalesce(p.owner_id, p.created_by) = any(${[...members]}::uuid[])` : sql``}
          and exists (select from variants v where v.org_id = p.org_id and v.post_id = p.id and ${withinDays(sql`v.published_at`, span)})) out`.execute(
    tx,
  )
  return found.rows[0]!
}

/** Campaigns around an event that were closed in these days, with their report. */
export async function eventsClosed(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from campaigns
      where org_id = ${orgId} and kind in ('trade-show', 'event') and ${withinDays(sql`closed_at`, span)}`.execute(tx)
  return found.rows[0]!.count
}

/** When each account last published a post, ever; one that never did is not there. */
export async function lastPosts(tx: Tx, orgId: string): Promise<Map<string, Date>> {
  const found = await sql<{ accountId: string; at: Date }>`
    select a.id as "accountId", l.published_at as at from accounts a cross join lateral (
        select v.published_at from variants v where v.org_id = a.org_id and v.account_id = a.id and v.published_at is not null
        order by v.published_at desc limit 1) l
      where a.org_id = ${orgId}`.execute(tx)
  return new Map(found.rows.map(({ accountId, at }) => [accountId, at]))
}

/** Names of all campaigns, by their ids; those that begin last come first. */
export async function campaignNames(tx: Tx, orgId: string): Promise<Map<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from campaigns where org_id = ${orgId} order by begins_on desc, id ${keepPlan}`.execute(tx)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** The day on which the first short link was there; null: there never was one. */
export async function firstLinkDay(tx: Tx, orgId: string, zone: string): Promise<string | null> {
  const found = await sql<{ day: string | null }>`
    select (min(created_at) at time zone ${zone})::date::text as day from links where org_id = ${orgId}`.execute(tx)
  return found.rows[0]!.day
}
