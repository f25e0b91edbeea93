// Every query of what a person has read of conversations, and of what not yet.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { lookEverywhere, type Tx } from '../../db/tx.ts'

/**
 * Whether somebody has not opened `c` since the newest thing that was said from outside, or has put it back. By when we heard it, so that
 * what a network tells late is read too.
 */
export const isUnread = (memberId: string): RawBuilder<SqlBool> => sql<SqlBool>`
  coalesce((select s.heard_at is null or c.heard_at > s.heard_at from conversation_seen s
    where s.org_id = c.org_id and s.member_id = ${memberId} and s.conversation_id = c.id), c.heard_at is not null)`

interface Of {
  memberId: string
  conversationId: string
}

/** As far as the conversation goes now, or none of it. */
export async function keepSeen(
  tx: Tx,
  orgId: string,
  { memberId, conversationId }: Of,
  { isSeen, at }: { isSeen: boolean; at: Date },
): Promise<void> {
  const heard = isSeen ? sql`coalesce(c.heard_at, ${at})` : sql`null`
  await sql`
    insert into conversation_seen as kept (org_id, member_id, conversation_id, heard_at)
      select org_id, ${memberId}, id, ${heard} from conversations c where org_id = ${orgId} and id = ${conversationId}
      on conflict (org_id, member_id, conversation_id) do update set heard_at = excluded.heard_at`.execute(tx)
}

/** Two become one: whoever has not read all of the first has not read all of both. */
export const joinSeen = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<void> =>
  forEverybody(
    tx,
    sql`update conversation_seen s set heard_at = null from conversations f where s.org_id = ${orgId} and s.conversation_id = ${into}
      and f.org_id = ${orgId} and f.id = ${from} and f.heard_at is not null and not exists (select from conversation_seen r
        where r.org_id = ${orgId} and r.conversation_id = ${from} and r.member_id = s.member_id and r.heard_at >= f.heard_at)`,
  )

/** What is taken out of a conversation is as read as that. */
export const copySeen = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<void> =>
  forEverybody(
    tx,
    sql`insert into conversation_seen (org_id, member_id, conversation_id, heard_at)
      select org_id, member_id, ${into}, heard_at from conversation_seen where org_id = ${orgId} and conversation_id = ${from}`,
  )

/** The marks of all people, which nobody sees but they themselves. Nothing of them is answered. */
async function forEverybody(tx: Tx, change: RawBuilder<unknown>): Promise<void> {
  const found = await sql<{ eyes: string | null }>`select current_setting('longrun.eyes', true) as eyes`.execute(tx)
  await lookEverywhere(tx)
  await change.execute(tx)
  await sql`select set_config('longrun.eyes', ${found.rows[0]?.eyes ?? ''}, true)`.execute(tx)
}
