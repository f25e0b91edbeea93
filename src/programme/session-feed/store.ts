// Every query of the secret addresses under which calendar programs read somebody's sessions.

import { type Selectable, sql } from 'kysely'
import type { SessionFeeds } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'

export type FeedRow = Selectable<SessionFeeds>

export const feedOf = (tx: Tx, orgId: string, memberId: string): Promise<FeedRow | undefined> =>
  tx
    .selectFrom('session_feeds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** One each: the address before it ends. */
export const putFeed = (
  tx: Tx,
  orgId: string,
  { memberId, secretHash, at }: { memberId: string; secretHash: string; at: Date },
): Promise<unknown> =>
  sql`
    insert into session_feeds (org_id, member_id, secret_hash, made_at) values (${orgId}, ${memberId}, ${secretHash}, ${at})
      on conflict (org_id, member_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at, last_read_at = null`.execute(
    tx,
  )

export const dropFeed = async (tx: Tx, orgId: string, memberId: string): Promise<boolean> =>
  (
    await tx
      .deleteFrom('session_feeds')
      .where('org_id', '=', orgId)
      .where('member_id', '=', memberId)
      .returning('member_id')
      .execute()
  ).length > 0

/** Across organisations: nothing but the secret says whose it is. With the role that its member has now; nothing of whoever left. */
export const feedBySecret = (tx: Tx, hash: string): Promise<(FeedRow & { role: string }) | undefined> =>
  tx
    .selectFrom('session_feeds')
    .innerJoin('members', (join) =>
      join.onRef('members.org_id', '=', 'session_feeds.org_id').onRef('members.id', '=', 'session_feeds.member_id'),
    )
    .selectAll('session_feeds')
    .select('members.role')
    .where('secret_hash', '=', hash)
    .where('members.ended_at', 'is', null)
    .executeTakeFirst()

export const markRead = (tx: Tx, { org_id, member_id }: FeedRow, at: Date): Promise<unknown> =>
  tx
    .updateTable('session_feeds')
    .set({ last_read_at: at })
    .where('org_id', '=', org_id)
    .where('member_id', '=', member_id)
    .execute()
