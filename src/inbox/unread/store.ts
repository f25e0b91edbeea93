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

/** By member, how far they had read. */
export type SeenBefore = Record<string, string>

/** Two become one: whoever has not read all of the first has not read all of both. Answers how far these had read the second. */
export async function joinSeen(
  tx: Tx,
  orgId: string,
  { from, into }: { from: string; into: string },
): Promise<SeenBefore> {
  const rows = await forEverybody(
    tx,
    sql<{ member_id: string; heard_at: string }>`
      with was as (select s.member_id, s.heard_at from conversation_seen s join conversations f on f.org_id = s.org_id and f.id = ${from}
          where s.org_id = ${orgId} and s.conversation_id = ${into} and s.heard_at is not null and f.heard_at is not null
            and not exists (select from conversation_seen r where r.org_id = ${orgId} and r.conversation_id = ${from}
              and r.member_id = s.member_id and r.heard_at >= f.heard_at)
          for update of s),
        changed as (update conversation_seen s set heard_at = '-infinity' from was
          where s.org_id = ${orgId} and s.conversation_id = ${into} and s.member_id = was.member_id)
      select member_id, heard_at::text as heard_at from was`,
  )
  return Object.fromEntries(rows.map(({ member_id, heard_at }) => [member_id, heard_at]))
}

/** Apart again: as far as they had read it, where they have neither read both meanwhile nor put it back themselves. */
export async function partSeen(tx: Tx, orgId: string, { into, seen }: { into: string; seen: SeenBefore }) {
  await forEverybody(
    tx,
    sql`update conversation_seen s set heard_at = was.heard_at::timestamptz from jsonb_each_text(${JSON.stringify(seen)}::jsonb) was (member_id, heard_at)
      where s.org_id = ${orgId} and s.conversation_id = ${into} and s.member_id = was.member_id::uuid and s.heard_at = '-infinity'`,
  )
}

/** What is taken out of a conversation is as read as that. */
export const copySeen = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<unknown> =>
  forEverybody(
    tx,
    sql`insert into conversation_seen (org_id, member_id, conversation_id, heard_at)
      select org_id, member_id, ${into}, heard_at from conversation_seen where org_id = ${orgId} and conversation_id = ${from}`,
  )

/** The marks of all people, which nobody sees but they themselves: what this answers is shown to nobody. */
async function forEverybody<Row>(tx: Tx, change: RawBuilder<Row>): Promise<Row[]> {
  const found = await sql<{ eyes: string | null }>`select current_setting('longrun.eyes', true) as eyes`.execute(tx)
  await lookEverywhere(tx)
  const { rows } = await change.execute(tx)
  await sql`select set_config('longrun.eyes', ${found.rows[0]?.eyes ?? ''}, true)`.execute(tx)
  return rows
}
