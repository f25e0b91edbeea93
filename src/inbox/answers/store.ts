// Every query that answering needs of conversations.

import { sql } from 'kysely'
import type { AccountRow } from '../../accounts/session.ts'
import type { RemoteRef } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import type { AnswerRules } from '../replies/types.ts'
import { rulesOf } from '../trainings/store.ts'

export interface Asking {
  kind: SaidKind
  root: RemoteRef | null
  ref: RemoteRef
}

export interface AnswerPlace {
  saidKind: SaidKind
  wallId: string | null
  account: AccountRow
  rules: AnswerRules
}

/** What decides whether and how a conversation can be answered, in one look. */
export async function answerPlace(tx: Tx, orgId: string, conversationId: string): Promise<AnswerPlace | undefined> {
  type Row = AccountRow & {
    said_kind: SaidKind
    wall_id: string | null
    least_changed: number | null
    approval: string | null
  }
  const found = await sql<Row>`
    select a.*, c.kind as said_kind, c.wall_id, r.least_changed, r.approval
      from conversations c join accounts a on a.org_id = c.org_id and a.id = c.account_id left join answer_rules r on r.org_id = c.org_id
      where c.org_id = ${orgId} and c.id = ${conversationId} ${keepPlan}`.execute(tx)
  const row = found.rows[0]
  if (!row) return undefined
  const { said_kind: saidKind, wall_id: wallId, least_changed, approval, ...account } = row
  return { saidKind, wallId, account, rules: rulesOf({ least_changed, approval }) }
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
