// Every query with which people look at conversations and handle them.

import { type Selectable, type SqlBool, sql } from 'kysely'
import type { SaidKind, SaidMark, SaidMedia } from '../../connectors/converse.ts'
import { keepPlan } from '../../db/pool.ts'
import type { ConversationEntries, Conversations, Messages } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Priority } from '../promises/types.ts'
import { unmarkEmptied } from '../retention/empty.ts'
import type { Verdict, Way } from '../triage/types.ts'
import type { CloseReason, ConversationState, EntryKind, Holder, Order } from '../types.ts'
import { isUnread } from '../unread/store.ts'

export type ConversationRow = Omit<
  Selectable<Conversations>,
  'state' | 'reason' | 'kind' | 'about' | 'priority' | 'verdict' | 'way' | 'initiator'
> & {
  initiator: 'them' | 'we'
  state: ConversationState
  reason: CloseReason | null
  kind: SaidKind
  about: { id: string; url: string | null; title: string } | null
  priority: Priority
  verdict: Verdict | null
  way: Way | null
}

export interface Identity {
  name: string | null
  handle: string | null
  url: string | null
  followers: number | null
}

export type ShownConversation = ConversationRow & {
  account_name: string
  network: string
  /** By whoever asks. */
  is_unread: boolean
  department_name: string | null
  contact_name: string | null
  identity: Identity | null
}

export interface ConversationQuery {
  id?: string
  /** Only these. */
  ids?: readonly string[]
  state: ConversationState | 'all'
  holder: Holder
  memberId: string
  departmentId?: string | undefined
  accountId?: string | undefined
  contactId?: string | undefined
  sentiment?: 'negative' | 'neutral' | 'positive' | undefined
  intent?: string | undefined
  priority?: Priority | undefined
  tag?: string | undefined
  due?: 'soon' | 'overdue' | 'promised' | undefined
  /** What is due is so by this time. */
  now?: Date
  order: Order
  after: [at: string, id: string] | null
  limit: number
}

const sentimentValue = { negative: -1, neutral: 0, positive: 1 } as const

/** Those in which only we have spoken are no conversations yet. */
export const conditionsOf = (orgId: string, query: Omit<ConversationQuery, 'after' | 'limit'>) => [
  sql<SqlBool>`c.org_id = ${orgId}`,
  ...(query.id ? [sql<SqlBool>`c.id = ${query.id}`] : [sql<SqlBool>`c.contact_id is not null`]),
  ...(query.ids ? [sql<SqlBool>`c.id = any(${[...query.ids]}::uuid[])`] : []),
  ...(query.state === 'all' ? [] : [sql<SqlBool>`c.state = ${query.state}`]),
  ...(query.holder === 'me' ? [sql<SqlBool>`c.owner_id = ${query.memberId}`] : []),
  ...(query.holder === 'nobody' ? [sql<SqlBool>`c.owner_id is null`] : []),
  ...(query.departmentId ? [sql<SqlBool>`c.department_id = ${query.departmentId}`] : []),
  ...(query.accountId ? [sql<SqlBool>`c.account_id = ${query.accountId}`] : []),
  ...(query.contactId ? [sql<SqlBool>`c.contact_id = ${query.contactId}`] : []),
  ...(query.sentiment ? [sql<SqlBool>`c.sentiment = ${sentimentValue[query.sentiment]}`] : []),
  ...(query.intent ? [sql<SqlBool>`c.intent = ${query.intent}`] : []),
  ...(query.priority ? [sql<SqlBool>`c.priority = ${query.priority}`] : []),
  ...(query.tag ? [hasTag(query.tag)] : []),
  ...(query.due === 'overdue' ? [sql<SqlBool>`c.due_at <= ${query.now}`] : []),
  ...(query.due === 'soon' ? [sql<SqlBool>`c.due_soon_at <= ${query.now} and c.due_at > ${query.now}`] : []),
  ...(query.due === 'promised' || query.order === 'due' ? [sql<SqlBool>`c.due_at is not null`] : []),
  ...(query.order === 'waiting' ? [sql<SqlBool>`c.waiting_since is not null and c.state <> 'closed'`] : []),
]

const hasTag = (
  tag: string,
) => sql<SqlBool>`exists (select from conversation_tags t where t.org_id = c.org_id and t.tag = ${tag}
  and t.conversation_id = c.id)`

/** What an index of lists serves. Anything else is asked of each that is walked past, so that the walk has an end. */
export function servedByIndex(query: Omit<ConversationQuery, 'after' | 'limit'>): typeof query {
  const { state, holder, memberId, departmentId, accountId, contactId, intent, priority, order, now } = query
  const served = { state, holder, memberId, departmentId, accountId, contactId, order, ...(now ? { now } : {}) }
  // One index at a time; and what is usual has none.
  if (holder !== 'anybody' || departmentId || accountId || contactId || order !== 'newest') return served
  if (intent) return { ...served, intent }
  return priority === 'normal' ? served : { ...served, priority }
}

/** What stands behind a place of the list. */
export function behind({ order, after }: Pick<ConversationQuery, 'order' | 'after'>) {
  if (!after) return []
  const place = sql`(${after[0]}::timestamptz, ${after[1]}::uuid)`
  if (order === 'newest') return [sql<SqlBool>`(c.last_at, c.id) < ${place}`]
  return [sql<SqlBool>`(${placedAt(order)}, c.id) > ${place}`]
}

/** The time by which a list is in its order. */
export const placedAt = (order: Order) =>
  ({ waiting: sql`c.waiting_since`, newest: sql`c.last_at`, due: sql`c.due_at` })[order]

export const sortedBy = (order: Order) =>
  ({ waiting: sql`c.waiting_since, c.id`, newest: sql`c.last_at desc, c.id desc`, due: sql`c.due_at, c.id` })[order]

/** The rows of a page, before what is shown of them is looked up. */
export const pageOf = (orgId: string, query: ConversationQuery) => sql`
  select * from conversations c where ${sql.join([...conditionsOf(orgId, query), ...behind(query)], sql` and `)}
    order by ${sortedBy(query.order)} limit ${query.limit}`

/** Found by ids or by whom it is with: one plan is right for whatever they are. */
const isFew = ({ id, ids, contactId }: ConversationQuery): boolean => Boolean(id ?? ids ?? contactId)

export async function conversationRows(tx: Tx, orgId: string, query: ConversationQuery): Promise<ShownConversation[]> {
  const sorted = sortedBy(query.order)
  const found = await sql<ShownConversation>`
    select c.*, a.name as account_name, a.connector as network, d.name as department_name, p.name as contact_name, i.identity,
        ${isUnread(query.memberId)} as is_unread, (select g.id from conversations g where g.org_id = c.org_id and g.id = c.goes_on_in) as goes_on_in
      from (${pageOf(orgId, query)}) c
        join accounts a on a.org_id = c.org_id and a.id = c.account_id
        left join departments d on d.org_id = c.org_id and d.id = c.department_id
        left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
        left join lateral (select jsonb_build_object('name', i.name, 'handle', i.handle, 'url', i.url, 'followers', i.followers) as identity
          from contact_identities i where i.org_id = c.org_id and i.contact_id = c.contact_id
          order by (i.network = a.connector) desc, i.seen_at desc limit 1) i on true
      order by ${sorted} ${isFew(query) ? keepPlan : sql``}`.execute(tx)
  return found.rows
}

export const findConversation = async (tx: Tx, orgId: string, id: string): Promise<ConversationRow | undefined> =>
  (await tx
    .selectFrom('conversations')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .modifyEnd(keepPlan)
    .executeTakeFirst()) as ConversationRow | undefined

/** Nobody else changes it until the transaction ends. */
export const lockConversation = async (tx: Tx, orgId: string, id: string): Promise<ConversationRow | undefined> =>
  (await tx
    .selectFrom('conversations')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as ConversationRow | undefined

export type ConversationChange = Partial<
  Pick<
    ConversationRow,
    | 'state'
    | 'reason'
    | 'snoozed_until'
    | 'owner_id'
    | 'department_id'
    | 'closed_at'
    | 'closed_by'
    | 'reopened'
    | 'priority'
    | 'tags'
  >
>

export const updateConversation = (tx: Tx, orgId: string, id: string, change: ConversationChange): Promise<unknown> =>
  tx.updateTable('conversations').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export type MessageRow = Omit<Selectable<Messages>, 'kind' | 'media' | 'marks' | 'ref'> & {
  kind: SaidKind
  media: SaidMedia[]
  marks: SaidMark[]
  ref: { id: string; url: string }
  author: Identity | null
  answers_id: string | null
  network: string
}

export const findMessage = async (
  tx: Tx,
  orgId: string,
  { id, conversationId }: { id: string; conversationId: string },
): Promise<Pick<MessageRow, 'id' | 'account_id' | 'kind' | 'is_ours' | 'ref'> | undefined> =>
  (await tx
    .selectFrom('messages')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()) as MessageRow | undefined

/** Newest first. */
export async function messageRows(
  tx: Tx,
  orgId: string,
  { conversationId, after, limit }: { conversationId: string; after: [at: string, id: string] | null; limit: number },
): Promise<MessageRow[]> {
  const found = await sql<MessageRow>`
    select m.*, a.connector as network, r.id as answers_id, case when i.remote_id is null then null else
        jsonb_build_object('name', i.name, 'handle', i.handle, 'url', i.url, 'followers', i.followers) end as author
      from messages m join accounts a on a.org_id = m.org_id and a.id = m.account_id
        left join contact_identities i on i.org_id = m.org_id and i.network = a.connector and i.remote_id = m.author_id
        left join messages r on r.org_id = m.org_id and r.account_id = m.account_id and r.remote_id = m.reply_to and r.conversation_id = m.conversation_id
      where m.org_id = ${orgId} and m.conversation_id = ${conversationId}
        ${after ? sql`and (m.at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by m.at desc, m.id desc limit ${limit} ${keepPlan}`.execute(tx)
  return found.rows
}

export interface EntryFacts {
  from?: string | null
  to?: string | null
  /** Departments by their ids: names may change. */
  fromId?: string | null
  toId?: string | null
  reason?: string | null
}

export type EntryRow = Omit<Selectable<ConversationEntries>, 'kind' | 'facts'> & { kind: EntryKind; facts: EntryFacts }

export interface NewEntry {
  kind: EntryKind
  at: Date
  by: string | null
  note?: string
  facts?: EntryFacts
}

export async function insertEntry(tx: Tx, orgId: string, conversationId: string, entry: NewEntry): Promise<string> {
  const id = newId()
  await tx
    .insertInto('conversation_entries')
    .values({
      ...{ org_id: orgId, conversation_id: conversationId, id, kind: entry.kind, at: entry.at, by: entry.by },
      ...{ note: entry.note ?? '', facts: JSON.stringify(entry.facts ?? {}) },
    })
    .execute()
  if (entry.note) await unmarkEmptied(tx, orgId, [conversationId])
  return id
}

/** Newest first. */
export async function entryRows(
  tx: Tx,
  orgId: string,
  {
    conversationId,
    id,
    after,
    limit,
  }: { conversationId: string; id?: string; after: [string, string] | null; limit: number },
): Promise<EntryRow[]> {
  const found = await sql<EntryRow>`
    select * from conversation_entries where org_id = ${orgId} and conversation_id = ${conversationId} ${id ? sql`and id = ${id}` : sql``}
      ${after ? sql`and (at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by at desc, id desc limit ${limit} ${keepPlan}`.execute(tx)
  return found.rows
}

/** Whose time to be put off is over. Runs as the system; answers what was opened. */
export async function wakeSnoozed(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ org_id: string; id: string; owner_id: string | null }[]> {
  const found = await sql<{ org_id: string; id: string; owner_id: string | null }>`
    update conversations set state = 'open', snoozed_until = null where (org_id, id) in
      (select org_id, id from conversations where state = 'snoozed' and snoozed_until <= ${now} order by snoozed_until limit ${limit} for update skip locked)
    returning org_id, id, owner_id`.execute(tx)
  return found.rows
}

/** null: there is no such department. */
export async function departmentName(tx: Tx, orgId: string, id: string): Promise<string | null> {
  const found = await tx
    .selectFrom('departments')
    .select('name')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.name ?? null
}
