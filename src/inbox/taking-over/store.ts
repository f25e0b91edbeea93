// Every query of taking over what was heard: by which account, whether it is there already, and where it went.

import { sql } from 'kysely'
import type { AccountRow } from '../../accounts/session.ts'
import { asSystem, type Db, type Tx } from '../../db/tx.ts'

/** The one that was chosen, or the first that was connected. undefined: there is none (any more). */
export const answeringAccount = (
  tx: Tx,
  orgId: string,
  { network, accountId }: { network: string; accountId: string | null },
): Promise<AccountRow | undefined> =>
  tx
    .selectFrom('accounts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connector', '=', network)
    .where('state', '=', 'connected')
    .$if(accountId !== null, (query) => query.where('id', '=', accountId!))
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst()

export interface There {
  messageId: string
  conversationId: string
}

/** What some account of the network was told by itself, or what was taken over before. */
export async function messageOf(
  tx: Tx,
  orgId: string,
  { mentionId, network, remoteId }: { mentionId: string; network: string; remoteId: string },
): Promise<There | null> {
  const found = await sql<There>`
    select m.id as "messageId", m.conversation_id as "conversationId" from messages m
      where m.org_id = ${orgId} and m.mention_id = ${mentionId}
    union all
    select m.id, m.conversation_id from accounts a join messages m on m.org_id = a.org_id and m.account_id = a.id and m.remote_id = ${remoteId}
      where a.org_id = ${orgId} and a.connector = ${network}
    limit 1`.execute(tx)
  return found.rows[0] ?? null
}

/** false: it was known as that already. */
export async function nameMention(
  tx: Tx,
  orgId: string,
  { messageId, mentionId }: { messageId: string; mentionId: string },
) {
  const named = await tx
    .updateTable('messages')
    .set({ mention_id: mentionId })
    .where('org_id', '=', orgId)
    .where('id', '=', messageId)
    .where('mention_id', 'is', null)
    .executeTakeFirst()
  return Number(named.numUpdatedRows) > 0
}

/** Nobody else stores what is said to this account until the transaction ends. */
export async function holdReading(
  tx: Tx,
  { orgId, accountId }: { orgId: string; accountId: string },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('inbox_readings')
    .values({ org_id: orgId, account_id: accountId, due_at: now })
    .onConflict((known) => known.doNothing())
    .execute()
  await sql`select from inbox_readings where org_id = ${orgId} and account_id = ${accountId} for update`.execute(tx)
}

export interface TakenRow {
  mention_id: string
  conversation_id: string
  state: string
  account_name: string
}

/** Where mentions went, as far as whoever looks sees the conversations. */
export async function takenRows(tx: Tx, orgId: string, mentionIds: readonly string[]): Promise<TakenRow[]> {
  const found = await sql<TakenRow>`
    select distinct on (m.mention_id) m.mention_id, m.conversation_id, c.state, a.name as account_name
      from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
        join accounts a on a.org_id = m.org_id and a.id = m.account_id
      where m.org_id = ${orgId} and m.mention_id = any(${[...mentionIds]}::uuid[]) order by m.mention_id, m.id`.execute(
    tx,
  )
  return found.rows
}

export interface StandingRow {
  org_id: string
  account_id: string
  remote_id: string
  ref: { id: string; url: string }
}

/** What was taken over lately and stands in conversations that are not closed, of accounts that are connected. The newest first. */
export const standingTaken = (db: Db, { since, limit }: { since: Date; limit: number }): Promise<StandingRow[]> =>
  asSystem(db, async (tx) => {
    const found = await sql<StandingRow>`
      select m.org_id, m.account_id, m.remote_id, m.ref from messages m
          join conversations c on c.org_id = m.org_id and c.id = m.conversation_id and c.state <> 'closed'
          join accounts a on a.org_id = m.org_id and a.id = m.account_id and a.state = 'connected'
        where m.mention_id is not null and m.taken_at >= ${since} and m.removed_at is null order by m.taken_at desc limit ${limit}`.execute(
      tx,
    )
    return found.rows
  })
