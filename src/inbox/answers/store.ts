// Every query that answering needs of conversations.

import { sql } from 'kysely'
import type { RemoteRef } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'

export interface Asking {
  kind: SaidKind
  root: RemoteRef | null
  ref: RemoteRef
}

/** What is answered: the newest that somebody said and that is still there. */
export async function lastAsked(tx: Tx, orgId: string, conversationId: string): Promise<Asking | undefined> {
  const found = await sql<Asking>`
    select kind, root, ref from messages where org_id = ${orgId} and conversation_id = ${conversationId} and not is_ours and removed_at is null
      and not marks && array['gone'] order by at desc, id desc limit 1`.execute(tx)
  return found.rows[0]
}

/** Whether we said something there that whoever read up to this message has not seen. */
export async function answeredSince(tx: Tx, orgId: string, conversationId: string, seen: string): Promise<boolean> {
  const found = await sql<{ there: boolean }>`
    select exists (select from messages m, messages s where s.org_id = ${orgId} and s.id = ${seen} and m.org_id = ${orgId}
      and m.conversation_id = ${conversationId} and m.is_ours and (m.at, m.id) > (s.at, s.id)) as there`.execute(tx)
  return found.rows[0]!.there
}

/** Which of these the network has brought back, as which messages. */
export async function broughtBack(
  tx: Tx,
  orgId: string,
  conversationId: string,
  remoteIds: readonly string[],
): Promise<Map<string, string>> {
  if (remoteIds.length === 0) return new Map()
  const found = await sql<{ remote_id: string; id: string }>`
    select ref ->> 'id' as remote_id, id from messages where org_id = ${orgId} and conversation_id = ${conversationId}
      and ref ->> 'id' = any(${[...remoteIds]}::text[]) ${keepPlan}`.execute(tx)
  return new Map(found.rows.map((row) => [row.remote_id, row.id]))
}

/** Soon there is something to be read: what was just sent. */
export const hurryReading = (tx: Tx, orgId: string, accountId: string, at: Date): Promise<unknown> =>
  sql`update inbox_readings set due_at = least(due_at, ${at}) where org_id = ${orgId} and account_id = ${accountId}`.execute(
    tx,
  )
