// Every query of the rules of communities, and of comments that are held to them.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { CommunityRules } from './types.ts'

export interface RulesRow {
  account_id: string
  rules: unknown
  changed_at: Date
  changed_by: string
}

export const rulesRows = (tx: Tx, orgId: string, accountId?: string): Promise<RulesRow[]> =>
  tx
    .selectFrom('community_rules')
    .select(['account_id', 'rules', 'changed_at', 'changed_by'])
    .where('org_id', '=', orgId)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId!))
    .execute()

export const putRules = (
  tx: Tx,
  orgId: string,
  { accountId, rules, at, by }: { accountId: string; rules: CommunityRules; at: Date; by: string },
): Promise<unknown> => {
  const said = { rules: JSON.stringify(rules), changed_at: at, changed_by: by }
  return tx
    .insertInto('community_rules')
    .values({ org_id: orgId, account_id: accountId, ...said })
    .onConflict((known) => known.columns(['org_id', 'account_id']).doUpdateSet(said))
    .execute()
}

export interface CommentRow {
  id: string
  body: string
  intent: string | null
  sentiment: number | null
}

/**
 * What others said in a conversation below something of ours, in public, that stands there and that nobody let stand. The newest `limit`.
 */
export async function commentRows(tx: Tx, orgId: string, conversationId: string, limit: number): Promise<CommentRow[]> {
  const found = await sql<CommentRow>`
    select m.id, m.body, m.intent, m.sentiment from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${orgId} and m.conversation_id = ${conversationId} and not c.is_private and (c.about is not null or c.kind = 'comment')
        and not m.is_ours and m.removed_at is null and m.taken_at is null and m.let_stand_at is null
        and not m.marks && array['gone', 'hidden', 'spam', 'automatic', 'bounce']
      order by m.at desc, m.id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** false: there is no such message of somebody else. */
export async function setLetStand(
  tx: Tx,
  orgId: string,
  {
    conversationId,
    messageId,
    at,
    by,
  }: { conversationId: string; messageId: string; at: Date | null; by: string | null },
): Promise<boolean> {
  const found = await tx
    .updateTable('messages')
    .set({ let_stand_at: at, let_stand_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', messageId)
    .where('conversation_id', '=', conversationId)
    .where('is_ours', '=', false)
    .executeTakeFirst()
  return Number(found.numUpdatedRows) > 0
}
