// Every query of bookmarks and of mentions that were handed on.

import { type Selectable, sql } from 'kysely'
import type { HandOns, SavedMentions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { HandOnKind } from './types.ts'

export type SavedRow = Selectable<SavedMentions>
export type HandOnRow = Omit<Selectable<HandOns>, 'kind'> & { kind: HandOnKind }

type After = [at: string, id: string] | null

export async function savedRows(
  tx: Tx,
  orgId: string,
  { tag, after, limit, id }: { tag?: string; after: After; limit: number; id?: string },
): Promise<SavedRow[]> {
  const found = await sql<SavedRow>`
    select * from saved_mentions where org_id = ${orgId} ${tag ? sql`and ${tag} = any(tags)` : sql``}
      ${id ? sql`and mention_id = ${id}` : sql``}
      ${after ? sql`and (saved_at, mention_id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by saved_at desc, mention_id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function savedTags(tx: Tx, orgId: string): Promise<{ tag: string; count: number }[]> {
  const found = await sql<{ tag: string; count: number }>`
    select tag, count(*)::integer as count from saved_mentions, unnest(tags) tag where org_id = ${orgId}
      group by tag order by count desc, tag limit 200`.execute(tx)
  return found.rows
}

/** Whoever saved it first stays named. */
export async function putSaved(tx: Tx, row: SavedRow): Promise<void> {
  await tx
    .insertInto('saved_mentions')
    .values(row)
    .onConflict((known) => known.columns(['org_id', 'mention_id']).doUpdateSet({ tags: row.tags, note: row.note }))
    .execute()
}

export async function deleteSaved(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('saved_mentions')
    .where('org_id', '=', orgId)
    .where('mention_id', '=', id)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}

export async function handOnRows(
  tx: Tx,
  orgId: string,
  {
    kind,
    state,
    after,
    limit,
    id,
  }: { kind?: HandOnKind; state: 'waiting' | 'all'; after: After; limit: number; id?: string },
): Promise<HandOnRow[]> {
  const found = await sql<HandOnRow>`
    select * from hand_ons where org_id = ${orgId} ${kind ? sql`and kind = ${kind}` : sql``}
      ${state === 'waiting' ? sql`and taken_back_at is null` : sql``} ${id ? sql`and id = ${id}` : sql``}
      ${after ? sql`and (created_at, id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by created_at desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** null: it waits there already. */
export async function insertHandOn(
  tx: Tx,
  row: Pick<HandOnRow, 'org_id' | 'mention_id' | 'kind' | 'reason' | 'assignee_id' | 'created_at' | 'created_by'>,
): Promise<string | null> {
  const id = newId()
  const made = await sql`
    insert into hand_ons (org_id, id, mention_id, kind, reason, assignee_id, created_at, created_by)
      values (${row.org_id}, ${id}, ${row.mention_id}, ${row.kind}, ${row.reason}, ${row.assignee_id}, ${row.created_at}, ${row.created_by})
      on conflict (org_id, mention_id, kind) where taken_back_at is null do nothing`.execute(tx)
  return Number(made.numAffectedRows ?? 0) > 0 ? id : null
}

/** The row as it is then; undefined: there is none that waits. */
export const endHandOn = (tx: Tx, orgId: string, id: string, { at, by }: { at: Date; by: string }) =>
  tx
    .updateTable('hand_ons')
    .set({ taken_back_at: at, taken_back_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
