// Every query of saved views.

import { type Selectable, sql } from 'kysely'
import type { ConversationViews } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { type ConversationQuery, conditionsOf, servedByIndex, sortedBy } from '../conversations/store.ts'
import { isUnread } from '../unread/store.ts'

export type ViewRow = Selectable<ConversationViews>

/** Those of everybody first; those of others are not among them. */
export async function viewRows(
  tx: Tx,
  orgId: string,
  { memberId, id }: { memberId: string; id?: string },
): Promise<ViewRow[]> {
  const found = await sql<ViewRow>`
    select * from conversation_views where org_id = ${orgId} and (owner_id = ${memberId} or shared_at is not null) ${id ? sql`and id = ${id}` : sql``}
      order by shared_at is null, position, created_at, id`.execute(tx)
  return found.rows
}

export async function insertView(
  tx: Tx,
  orgId: string,
  { name, list, ownerId, at }: { name: string; list: object; ownerId: string; at: Date },
): Promise<string> {
  const id = newId()
  await sql`
    insert into conversation_views (org_id, id, name, filter, owner_id, position, created_at, updated_at)
      select ${orgId}, ${id}, ${name}, ${JSON.stringify(list)}, ${ownerId}, coalesce(max(position), 0) + 1, ${at}, ${at}
        from conversation_views where org_id = ${orgId}`.execute(tx)
  return id
}

export const updateView = (
  tx: Tx,
  orgId: string,
  id: string,
  { name, list, isShared, at }: { name?: string; list?: object; isShared?: boolean; at: Date },
): Promise<unknown> =>
  tx
    .updateTable('conversation_views')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(list === undefined ? {} : { filter: JSON.stringify(list) }),
      ...(isShared === undefined ? {} : { shared_at: isShared ? sql<Date>`coalesce(shared_at, ${at})` : null }),
      updated_at: at,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const deleteView = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx.deleteFrom('conversation_views').where('org_id', '=', orgId).where('id', '=', id).execute()

export const placeViews = (tx: Tx, orgId: string, ids: readonly string[]): Promise<unknown> =>
  sql`update conversation_views v set position = named.position from unnest(${[...ids]}::uuid[]) with ordinality named (id, position)
    where v.org_id = ${orgId} and v.id = named.id`.execute(tx)

/** Of a list so many are looked at, and so many counted: no view takes long, whatever it asks for. */
const most = { looked: 5_000, counted: 1_000 }

export interface ViewCount {
  count: number
  /** Of those that are counted, the newest first. */
  unread: number
  isWhole: boolean
}

export async function countView(
  tx: Tx,
  orgId: string,
  query: Omit<ConversationQuery, 'after' | 'limit'>,
): Promise<ViewCount> {
  const looked = sql.join(conditionsOf(orgId, servedByIndex(query)), sql` and `)
  const found = await sql<{ looked: number; count: number; unread: number }>`
    with looked as materialized (select c.* from conversations c where ${looked} order by ${sortedBy(query.order)} limit ${most.looked}),
      counted as (select c.org_id, c.id, c.heard_at from looked c where ${sql.join(conditionsOf(orgId, query), sql` and `)} limit ${most.counted})
    select (select count(*)::integer from looked) as looked, count(*)::integer as count,
      (count(*) filter (where ${isUnread(query.memberId)}))::integer as unread from counted c`.execute(tx)
  const { looked: seen, ...counts } = found.rows[0]!
  return { ...counts, isWhole: seen < most.looked && counts.count < most.counted }
}
