// Queries of what is planned around a time.

import { sql } from 'kysely'
import type { ContentKind } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { kindOf } from '../stock/store.ts'

export interface MovingPost {
  id: string
  summary: string
  campaign_id: string | null
  department_id: string | null
  /** Of variants that are not out, with what each says. */
  places: { account_id: string; kind: ContentKind }[]
}

export async function movingPosts(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, MovingPost>> {
  const found = await sql<MovingPost>`
    select p.id, p.summary, p.campaign_id, p.department_id, (select coalesce(json_agg(json_build_object('account_id', v.account_id, 'kind', ${kindOf})
      order by v.id), '[]') from variants v
      where v.org_id = p.org_id and v.post_id = p.id and v.state not in ('published', 'removed')) as places
    from posts p where p.org_id = ${orgId} and p.id = any(${ids}::uuid[]) and p.deleted_at is null`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, row]))
}

export interface StandingPost {
  post_id: string
  summary: string
  account_id: string
  kind: ContentKind
  at: Date
}

/** What has a place on these accounts between two instants, out, planned or as a draft, except of the posts named. */
export async function standingPosts(
  tx: Tx,
  orgId: string,
  { accountIds, from, to, except }: { accountIds: string[]; from: Date; to: Date; except: string[] },
): Promise<StandingPost[]> {
  const found = await sql<StandingPost>`
    select v.post_id, p.summary, v.account_id, ${kindOf} as kind, coalesce(v.published_at, v.due_at) as at
    from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id
    where v.org_id = ${orgId} and v.account_id = any(${accountIds}::uuid[]) and v.due_at >= ${from} and v.due_at <= ${to}
      and v.state not in ('rejected', 'cancelled', 'removed') and p.deleted_at is null and v.post_id <> all(${except}::uuid[])`.execute(
    tx,
  )
  return found.rows
}

export interface Question {
  /** Place of the question, so that the answer finds it. */
  place: number
  campaignId: string | null
  departmentId: string | null
  accountId: string
  at: Date
}

/** The hold that would bind at that time, if it did not end before. */
export async function holdsAt(
  tx: Tx,
  orgId: string,
  asked: Question[],
): Promise<{ place: number; account_id: string; hold_id: string; reason: string }[]> {
  if (asked.length === 0) return []
  const found = await sql<{ place: number; account_id: string; hold_id: string; reason: string }>`
    select q.place, q.account_id, h.id as hold_id, h.reason
    from unnest(${asked.map(({ place }) => place)}::int[], ${asked.map(({ campaignId }) => campaignId)}::uuid[],
      ${asked.map(({ accountId }) => accountId)}::uuid[], ${asked.map(({ departmentId }) => departmentId)}::uuid[],
      ${asked.map(({ at }) => at)}::timestamptz[]) as q(place, campaign_id, account_id, department_id, at)
    join holds h on h.org_id = ${orgId} and h.id = binding_hold(${orgId}, q.campaign_id, q.account_id, q.department_id, q.at)`.execute(
    tx,
  )
  return found.rows
}
