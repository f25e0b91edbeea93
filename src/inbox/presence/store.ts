// Every query of who reads a conversation and who writes an answer.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

interface Of {
  orgId: string
  conversationId: string
}

/** Says that somebody is here. Answers whether they were not before. */
export async function keepReader(
  tx: Tx,
  { orgId, conversationId }: Of,
  { memberId, at, goneBefore }: { memberId: string; at: Date; goneBefore: Date },
): Promise<boolean> {
  const before = await sql<{ seen_at: Date }>`select seen_at from conversation_readers where org_id = ${orgId}
    and conversation_id = ${conversationId} and member_id = ${memberId}`.execute(tx)
  await sql`insert into conversation_readers (org_id, conversation_id, member_id, seen_at)
    values (${orgId}, ${conversationId}, ${memberId}, ${at})
    on conflict (org_id, conversation_id, member_id) do update set seen_at = greatest(conversation_readers.seen_at, excluded.seen_at)`.execute(
    tx,
  )
  return !before.rows[0] || before.rows[0].seen_at < goneBefore
}

export async function dropReader(tx: Tx, { orgId, conversationId }: Of, memberId: string): Promise<boolean> {
  const found =
    await sql`delete from conversation_readers where org_id = ${orgId} and conversation_id = ${conversationId}
    and member_id = ${memberId}`.execute(tx)
  return (found.numAffectedRows ?? 0n) > 0n
}

export async function readersOf(tx: Tx, { orgId, conversationId }: Of, goneBefore: Date): Promise<string[]> {
  const found = await sql<{ member_id: string }>`select member_id from conversation_readers where org_id = ${orgId}
    and conversation_id = ${conversationId} and seen_at >= ${goneBefore} order by member_id limit 50`.execute(tx)
  return found.rows.map((row) => row.member_id)
}

export interface Lock {
  member_id: string
  since: Date
  until: Date
}

/** null: nobody writes. */
export async function lockOf(tx: Tx, { orgId, conversationId }: Of, at: Date): Promise<Lock | null> {
  const found =
    await sql<Lock>`select member_id, since, until from reply_locks where org_id = ${orgId} and conversation_id = ${conversationId}
    and until > ${at}`.execute(tx)
  return found.rows[0] ?? null
}

/** Takes or keeps the lock; somebody else's stays theirs until it ends, unless it is taken over. Answers whether it passed to this person. */
export async function takeLock(
  tx: Tx,
  { orgId, conversationId }: Of,
  { memberId, at, until, anyway }: { memberId: string; at: Date; until: Date; anyway: boolean },
): Promise<boolean> {
  const before = await lockOf(tx, { orgId, conversationId }, at)
  await sql`insert into reply_locks as held (org_id, conversation_id, member_id, since, until)
    values (${orgId}, ${conversationId}, ${memberId}, ${at}, ${until})
    on conflict (org_id, conversation_id) do update set member_id = excluded.member_id, until = excluded.until,
      since = case when held.member_id = excluded.member_id and held.until > ${at} then held.since else excluded.since end
      where held.member_id = excluded.member_id or held.until <= ${at} or ${anyway}`.execute(tx)
  const after = await lockOf(tx, { orgId, conversationId }, at)
  return before?.member_id !== after?.member_id
}

export async function dropLock(tx: Tx, { orgId, conversationId }: Of, memberId: string): Promise<boolean> {
  const found = await sql`delete from reply_locks where org_id = ${orgId} and conversation_id = ${conversationId}
    and member_id = ${memberId}`.execute(tx)
  return (found.numAffectedRows ?? 0n) > 0n
}

/** Runs as the system. */
export async function forgetGone(tx: Tx, before: Date): Promise<void> {
  await sql`delete from conversation_readers where seen_at < ${before}`.execute(tx)
  await sql`delete from reply_locks where until < ${before}`.execute(tx)
}
