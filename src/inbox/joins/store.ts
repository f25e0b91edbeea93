// Every query with which conversations are put together and apart.

import { type Selectable, sql } from 'kysely'
import type { ConversationJoins } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { DraftsBefore } from '../answers/part-drafts.ts'
import type { ConversationRow } from '../conversations/store.ts'
import type { RoundRange } from '../promises/store-rounds.ts'
import type { TriageBefore } from '../triage/store.ts'
import type { SeenBefore } from '../unread/store.ts'
import type { MarksBefore } from './carry-marks.ts'

/** What of the other was replaced by what came to it, so that it can stand again. */
export interface Replaced {
  seen: SeenBefore
  drafts: DraftsBefore
  triage: TriageBefore | null
  /** Not there: from before this was kept. */
  marks?: MarksBefore | null
}

/** How the conversation stood from which something moved. */
export interface Before {
  contactId: string | null
  ownerId: string | null
  departmentId: string | null
  state: string
  reason: string | null
  snoozedUntil: string | null
  closedAt: string | null
  closedBy: string | null
  goesOnIn: string | null
  /** Places that led to it. */
  followers: string[]
  /** Of a merge; not there: from before this was kept. */
  replaced?: Replaced
}

export type JoinRow = Omit<Selectable<ConversationJoins>, 'kind' | 'before' | 'rounds'> & {
  kind: 'merged' | 'split'
  before: Before
  rounds: RoundRange[]
}

export const insertJoin = async (tx: Tx, join: Omit<JoinRow, 'id' | 'undone_at' | 'undone_by'>): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('conversation_joins')
    .values({ ...join, id, before: JSON.stringify(join.before), rounds: JSON.stringify(join.rounds) })
    .execute()
  return id
}

const join = (tx: Tx, orgId: string, id: string) =>
  tx.selectFrom('conversation_joins').selectAll().where('org_id', '=', orgId).where('id', '=', id)

export const findJoin = async (tx: Tx, orgId: string, id: string): Promise<JoinRow | undefined> =>
  (await join(tx, orgId, id).executeTakeFirst()) as JoinRow | undefined

/** After its conversations: whoever changes these may change what is known of it. */
export const lockJoin = async (tx: Tx, orgId: string, id: string): Promise<JoinRow | undefined> =>
  (await join(tx, orgId, id).forUpdate().executeTakeFirst()) as JoinRow | undefined

export const endJoin = (tx: Tx, orgId: string, id: string, { at, by }: { at: Date; by: string }): Promise<unknown> =>
  tx
    .updateTable('conversation_joins')
    .set({ undone_at: at, undone_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

interface Part {
  id: string
  name: string
  preview: string
}

export type ShownJoin = JoinRow & { from: Part | null; into: Part | null }

/** Of a conversation, or one; newest first. Parts that whoever asks may not see are null. */
export async function joinRows(
  tx: Tx,
  orgId: string,
  { conversationId, id }: { conversationId?: string; id?: string },
): Promise<ShownJoin[]> {
  const part = (table: string) =>
    sql`case when ${sql.ref(`${table}.id`)} is null then null else jsonb_build_object('id', ${sql.ref(`${table}.id`)},
      'name', coalesce((select p.name from contacts p where p.org_id = j.org_id and p.id = ${sql.ref(`${table}.contact_id`)}), ''),
      'preview', coalesce(${sql.ref(`${table}.subject`)}, ${sql.ref(`${table}.preview`)})) end`
  const found = await sql<ShownJoin>`
    select j.*, ${part('f')} as "from", ${part('t')} as "into" from conversation_joins j
      left join conversations f on f.org_id = j.org_id and f.id = j.from_id
      left join conversations t on t.org_id = j.org_id and t.id = j.into_id
      where j.org_id = ${orgId} ${id ? sql`and j.id = ${id}` : sql`and ${conversationId!} in (j.from_id, j.into_id)`}
      order by j.at desc, j.id desc limit 50`.execute(tx)
  return found.rows
}

interface Way {
  from: string
  into: string
  /** Only these. */
  ids?: readonly string[]
}

/** Answers the ids of what moved. */
export async function moveRows(
  tx: Tx,
  orgId: string,
  table: 'messages' | 'conversation_entries' | 'department_questions',
  { from, into, ids }: Way,
): Promise<string[]> {
  // What became of one conversation is no news of the other.
  const keepsHome =
    table === 'conversation_entries'
      ? sql`, facts = case when kind in ('state', 'reopened', 'owner', 'department') and not facts ? 'of' then facts || jsonb_build_object('of', ${from}::text) else facts end`
      : sql``
  const moved = await sql<{ id: string }>`
    update ${sql.table(table)} set conversation_id = ${into} ${keepsHome} where org_id = ${orgId} and conversation_id = ${from}
      ${ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``} returning id`.execute(tx)
  return moved.rows.map(({ id }) => id)
}

/** A message and, where asked for, all after it, with the ids by which their network knows them. Oldest first. */
export async function messagesFrom(
  tx: Tx,
  orgId: string,
  { conversationId, messageId, onward }: { conversationId: string; messageId: string; onward: boolean },
): Promise<{ id: string; remoteId: string }[]> {
  const found = await sql<{ id: string; remoteId: string }>`
    select m.id, m.ref ->> 'id' as "remoteId" from messages m join messages f on f.org_id = m.org_id and f.conversation_id = m.conversation_id
      where f.org_id = ${orgId} and f.id = ${messageId} and f.conversation_id = ${conversationId}
        and ${onward ? sql`(m.at, m.id) >= (f.at, f.id)` : sql`m.id = f.id`} order by m.at, m.id`.execute(tx)
  return found.rows
}

/** A conversation of its own for what is taken out of another, with its people. */
export async function insertSplit(tx: Tx, from: ConversationRow, messageId: string): Promise<string> {
  const id = newId()
  await sql`
    insert into conversations (org_id, id, account_id, thread, branch, kind, is_private, subject, about, contact_id, department_id, owner_id,
        began_at, last_at)
      select c.org_id, ${id}, c.account_id, c.thread, ${`split:${id}`}, m.kind, c.is_private, c.subject, c.about, c.contact_id, c.department_id,
        c.owner_id, m.at, m.at
      from conversations c join messages m on m.org_id = c.org_id and m.id = ${messageId} where c.org_id = ${from.org_id} and c.id = ${from.id}`.execute(
    tx,
  )
  return id
}

/** Places that lead to one lead to another. Answers which. */
export async function leadElsewhere(tx: Tx, orgId: string, { from, into }: Way): Promise<string[]> {
  const led = await sql<{ id: string }>`
    update conversations set goes_on_in = nullif(${into}::uuid, id) where org_id = ${orgId} and goes_on_in = ${from}
      returning id`.execute(tx)
  await cutLoop(tx, orgId, into)
  return led.rows.map(({ id }) => id)
}

/** Places that led to the second lead there again, as far as they lead to the first now; the first itself where it led to the second. */
export async function leadBack(tx: Tx, orgId: string, { from, into, ids }: Required<Way>): Promise<void> {
  await sql`
    update conversations set goes_on_in = ${into} where org_id = ${orgId} and id = any(${[...ids]}::uuid[]) and id <> ${into}
      and (goes_on_in = ${from} or id = ${from} and goes_on_in is null)`.execute(tx)
  await cutLoop(tx, orgId, into)
}

/** Whoever follows where conversations go on comes to an end: where the way leads back to this one, what comes to its place stays with it. */
const cutLoop = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  sql`
    with recursive way (id, seen) as (select goes_on_in, array[goes_on_in] from conversations where org_id = ${orgId} and id = ${id}
        and goes_on_in is not null
      union all select c.goes_on_in, w.seen || c.goes_on_in from way w join conversations c on c.org_id = ${orgId} and c.id = w.id
        where c.goes_on_in is not null and c.goes_on_in <> all(w.seen))
    update conversations set goes_on_in = null where org_id = ${orgId} and id = ${id} and exists (select from way w where w.id = ${id})`.execute(
    tx,
  )

/** Whether what comes to a whole thread goes on in it. */
export async function isPartOfThread(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const found = await sql`
    select 1 from conversations where org_id = ${orgId} and goes_on_in = ${id} and branch = '' limit 1`.execute(tx)
  return found.rows.length > 0
}

export async function isEmpty(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const found = await sql`select 1 from messages where org_id = ${orgId} and conversation_id = ${id} limit 1`.execute(
    tx,
  )
  return found.rows.length === 0
}

/** Nothing is left in it: it stands in no list, and what comes to its place goes on elsewhere. */
export const emptyConversation = (
  tx: Tx,
  orgId: string,
  id: string,
  { goesOnIn, at }: { goesOnIn: string; at: Date },
) =>
  tx
    .updateTable('conversations')
    .set({
      ...{ goes_on_in: goesOnIn, contact_id: null, owner_id: null, waiting_since: null, message_count: 0, preview: '' },
      begun_by_us_at: null,
      ...{ state: 'closed', reason: null, snoozed_until: null, closed_at: at, closed_by: null },
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** With whom it is, is told anew from its messages: that person may be put together with another by now. */
export const restoreConversation = (tx: Tx, orgId: string, id: string, before: Before) =>
  tx
    .updateTable('conversations')
    .set({
      ...{ goes_on_in: before.goesOnIn, contact_id: null, owner_id: before.ownerId },
      ...{ department_id: before.departmentId, state: before.state, reason: before.reason },
      ...{ snoozed_until: before.snoozedUntil, closed_at: before.closedAt, closed_by: before.closedBy },
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const setGoesOnIn = (tx: Tx, orgId: string, id: string, goesOnIn: string | null) =>
  tx
    .updateTable('conversations')
    .set({ goes_on_in: goesOnIn })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
