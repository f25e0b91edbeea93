// Every query of calendar feeds, and of the posts that they show.

import { type Insertable, type Selectable, sql } from 'kysely'
import type { CalendarFeeds } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { VariantState } from '../types.ts'

export type FeedRow = Selectable<CalendarFeeds>

export const feedsOf = (tx: Tx, orgId: string, memberId: string): Promise<FeedRow[]> =>
  tx
    .selectFrom('calendar_feeds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()

export const feedOf = (tx: Tx, orgId: string, id: string): Promise<FeedRow | undefined> =>
  tx.selectFrom('calendar_feeds').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export const insertFeed = (tx: Tx, row: Insertable<CalendarFeeds>) =>
  tx.insertInto('calendar_feeds').values(row).execute()

export const updateFeed = (
  tx: Tx,
  orgId: string,
  id: string,
  set: Partial<Pick<FeedRow, 'secret_hash' | 'renewed_at' | 'revoked_at' | 'last_read_at'>>,
) => tx.updateTable('calendar_feeds').set(set).where('org_id', '=', orgId).where('id', '=', id).execute()

/** Across organisations: nothing but the secret says whose it is. With the role that its member has now. */
export async function feedBySecret(tx: Tx, hash: string): Promise<(FeedRow & { role: string }) | undefined> {
  return tx
    .selectFrom('calendar_feeds')
    .innerJoin('members', (join) =>
      join.onRef('members.org_id', '=', 'calendar_feeds.org_id').onRef('members.id', '=', 'calendar_feeds.member_id'),
    )
    .selectAll('calendar_feeds')
    .select('members.role')
    .where('secret_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where('members.ended_at', 'is', null)
    .executeTakeFirst()
}

export interface FeedPost {
  id: string
  summary: string
  state: VariantState
  due_at: Date
  due_wall: string | null
  due_zone: string | null
  accounts: string[]
  created_at: Date
  changed_at: Date
}

/** More than a calendar program shows in any sensible way. */
const mostPosts = 5000

export async function postsOfFeed(tx: Tx, feed: FeedRow, from: Date, to: Date): Promise<FeedPost[]> {
  const found = await sql<FeedPost>`
    select p.id, p.summary, p.state, p.due_at, p.due_wall, p.due_zone, p.created_at,
      array(select a.name from accounts a where a.org_id = p.org_id and a.id = any(p.account_ids) order by a.name) as accounts,
      greatest(p.updated_at, (select max(v.state_since) from variants v where v.org_id = p.org_id and v.post_id = p.id)) as changed_at
    from posts p
    where p.org_id = ${feed.org_id} and p.deleted_at is null and p.due_at >= ${from} and p.due_at < ${to}
      ${feed.scope === 'mine' ? sql`and coalesce(p.owner_id, p.created_by) = ${feed.member_id}` : sql``}
      ${feed.scope === 'account' ? sql`and ${feed.scope_id}::uuid = any(p.account_ids)` : sql``}
      ${feed.scope === 'campaign' ? sql`and p.campaign_id = ${feed.scope_id}` : sql``}
    order by p.due_at, p.id limit ${mostPosts}`.execute(tx)
  return found.rows
}
