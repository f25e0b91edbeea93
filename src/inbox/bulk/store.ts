// Every query of changes to many conversations.

import { type Selectable, sql } from 'kysely'
import type { ConversationBulkItems, ConversationBulks } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Actor } from '../../people/types.ts'
import type { BulkChange, ItemState, Standing } from './types.ts'

export type BulkRow = Omit<Selectable<ConversationBulks>, 'change' | 'actor'> & { change: BulkChange; actor: Actor }

export type ItemRow = Omit<Selectable<ConversationBulkItems>, 'state' | 'before' | 'after'> & {
  state: ItemState
  before: Standing | null
  after: Standing | null
}

type NewBulk = Pick<BulkRow, 'change' | 'actor' | 'created_at' | 'created_by'>

export async function insertBulk(tx: Tx, orgId: string, bulk: NewBulk, ids: readonly string[]): Promise<string> {
  const id = newId()
  const { change, actor, created_at, created_by } = bulk
  await tx
    .insertInto('conversation_bulks')
    .values({
      ...{ org_id: orgId, id, created_at, created_by, total: ids.length },
      ...{ change: JSON.stringify(change), actor: JSON.stringify(actor) },
    })
    .execute()
  await sql`
    insert into conversation_bulk_items (org_id, bulk_id, conversation_id, position, state)
      select ${orgId}, ${id}, named.id, named.position, 'waiting' from unnest(${[...ids]}::uuid[]) with ordinality named (id, position)`.execute(
    tx,
  )
  return id
}

export const findBulk = async (tx: Tx, orgId: string, id: string): Promise<BulkRow | undefined> =>
  (await tx
    .selectFrom('conversation_bulks')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()) as BulkRow | undefined

/** The end of the change, or of its undoing, where nothing of it waits any more. Answers whether it has ended. */
export async function endBulk(
  tx: Tx,
  orgId: string,
  id: string,
  { isUndoing, at }: { isUndoing: boolean; at: Date },
): Promise<boolean> {
  const [ended, waits] = isUndoing ? (['undo_ended_at', 'changed'] as const) : (['ended_at', 'waiting'] as const)
  const changed = await sql`
    update conversation_bulks b set ${sql.ref(ended)} = coalesce(${sql.ref(ended)}, ${at}) where org_id = ${orgId} and id = ${id}
      and (undo_at is not null) = ${isUndoing}
      and not exists (select from conversation_bulk_items i where i.org_id = b.org_id and i.bulk_id = b.id and i.state = ${waits})`.execute(
    tx,
  )
  return Number(changed.numAffectedRows ?? 0) > 0
}

/**
 * What has not been changed yet is not changed any more; what is being changed at this moment is waited for, and then put back too.
 * False: it is undone already, or being undone.
 */
export async function beginUndo(
  tx: Tx,
  orgId: string,
  id: string,
  { at, by }: { at: Date; by: string },
): Promise<boolean> {
  const changed = await tx
    .updateTable('conversation_bulks')
    .set({ undo_at: at, undo_by: by, ended_at: sql`coalesce(ended_at, ${at})` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('undo_at', 'is', null)
    .executeTakeFirst()
  if (Number(changed.numUpdatedRows) === 0) return false
  await tx
    .updateTable('conversation_bulk_items')
    .set({ state: 'stopped' })
    .where('org_id', '=', orgId)
    .where('bulk_id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  return true
}

/** Those whose turn it is, in order. */
export const nextItems = async (
  tx: Tx,
  orgId: string,
  { bulkId, state, limit }: { bulkId: string; state: ItemState; limit: number },
): Promise<ItemRow[]> =>
  (await tx
    .selectFrom('conversation_bulk_items')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('bulk_id', '=', bulkId)
    .where('state', '=', state)
    .orderBy('position')
    .limit(limit)
    .execute()) as ItemRow[]

/** Nobody else changes it until the transaction ends: whether it is still as it was read, for whoever works on it. */
export async function holdItem(
  tx: Tx,
  orgId: string,
  item: Pick<ItemRow, 'bulk_id' | 'conversation_id'>,
): Promise<Pick<ItemRow, 'state' | 'after'> | undefined> {
  return (await tx
    .selectFrom('conversation_bulk_items')
    .select(['state', 'after'])
    .where('org_id', '=', orgId)
    .where('bulk_id', '=', item.bulk_id)
    .where('conversation_id', '=', item.conversation_id)
    .forUpdate()
    .executeTakeFirst()) as Pick<ItemRow, 'state' | 'after'> | undefined
}

export interface ItemChange {
  state?: ItemState
  code?: string | null
  before?: Standing
  after?: Standing
}

/** Where it stands as it did when it was read. */
export const updateItem = (
  tx: Tx,
  orgId: string,
  item: Pick<ItemRow, 'bulk_id' | 'conversation_id' | 'state'>,
  { before, after, ...plain }: ItemChange,
): Promise<unknown> =>
  tx
    .updateTable('conversation_bulk_items')
    .set({
      ...plain,
      ...(before ? { before: JSON.stringify(before) } : {}),
      ...(after ? { after: JSON.stringify(after) } : {}),
    })
    .where('org_id', '=', orgId)
    .where('bulk_id', '=', item.bulk_id)
    .where('conversation_id', '=', item.conversation_id)
    .where('state', '=', item.state)
    .execute()

export async function countItems(tx: Tx, orgId: string, bulkId: string): Promise<Map<ItemState, number>> {
  const found = await sql<{ state: ItemState; count: number }>`
    select state, count(*)::integer as count from conversation_bulk_items where org_id = ${orgId} and bulk_id = ${bulkId} group by state`.execute(
    tx,
  )
  return new Map(found.rows.map(({ state, count }) => [state, count]))
}

export interface NamedItem {
  id: string
  name: string | null
  preview: string
  code: string | null
}

/** Refused and left ones, as far as whoever asks may see them. */
export async function namedItems(tx: Tx, orgId: string, bulkId: string, limit: number): Promise<NamedItem[]> {
  const found = await sql<NamedItem>`
    select c.id, p.name, c.preview, i.code from conversation_bulk_items i
      join conversations c on c.org_id = i.org_id and c.id = i.conversation_id
      left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      where i.org_id = ${orgId} and i.bulk_id = ${bulkId} and i.state in ('refused', 'left') order by i.position limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

/** Nobody undoes what was done a month ago. Runs as the system. */
export async function deleteOldBulks(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('conversation_bulks').where('created_at', '<', before).execute()
}

/** How many of these conversations somebody may know of: they stand behind no wall, or behind that of their own department. */
export async function countKnownTo(
  tx: Tx,
  orgId: string,
  { memberId, ids }: { memberId: string; ids: readonly string[] },
): Promise<number> {
  const found = await sql<{ known: number }>`
    select count(*)::integer as known from conversations c where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[])
      and (c.wall_id is null or exists (select from members m where m.org_id = c.org_id and m.id = ${memberId}
        and m.department_id = c.wall_id and m.ended_at is null))`.execute(tx)
  return found.rows[0]!.known
}
