// Every query of bookmarks and of mentions that were handed on.

import { type Selectable, sql } from 'kysely'
import type { HandOns, SavedMentions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { HandOnFailure, HandOnKind } from './types.ts'

export type SavedRow = Selectable<SavedMentions>
export type HandOnRow = Omit<Selectable<HandOns>, 'kind' | 'failure'> & {
  kind: HandOnKind
  failure: HandOnFailure | null
}

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
      ${state === 'waiting' ? sql`and taken_back_at is null and taken_over_at is null` : sql``} ${id ? sql`and id = ${id}` : sql``}
      ${after ? sql`and (created_at, id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by created_at desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

type NewHandOn = Pick<
  HandOnRow,
  | 'org_id'
  | 'mention_id'
  | 'kind'
  | 'reason'
  | 'topic_id'
  | 'assignee_id'
  | 'account_id'
  | 'anyway'
  | 'created_at'
  | 'created_by'
>

/** The inbox takes its own at once. null: it waits there already, or was taken over. */
export async function insertHandOn(tx: Tx, row: NewHandOn): Promise<string | null> {
  const id = newId()
  const try_at = row.kind === 'inbox' ? row.created_at : null
  const made = await tx
    .insertInto('hand_ons')
    .values({ ...row, id, try_at })
    .onConflict((there) =>
      there.columns(['org_id', 'mention_id', 'kind']).where('taken_back_at', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0 ? id : null
}

/** The row as it is then; undefined: there is none that waits. */
export const endHandOn = (tx: Tx, orgId: string, id: string, { at, by }: { at: Date; by: string }) =>
  tx
    .updateTable('hand_ons')
    .set({ taken_back_at: at, taken_back_by: by, try_at: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
    .where('taken_over_at', 'is', null)
    .returningAll()
    .executeTakeFirst()

// ── What the inbox takes over ───────────────────────────────────────────────────────────────────────────────────────

/** What was handed to the inbox and not taken back. */
export const standingHandOn = async (tx: Tx, orgId: string, mentionId: string): Promise<HandOnRow | undefined> =>
  (await tx
    .selectFrom('hand_ons')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('mention_id', '=', mentionId)
    .where('kind', '=', 'inbox')
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()) as HandOnRow | undefined

/** Nobody else takes it until the transaction ends. undefined: it does not wait any more. */
export const lockWaiting = async (tx: Tx, orgId: string, id: string): Promise<HandOnRow | undefined> =>
  (await tx
    .selectFrom('hand_ons')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('kind', '=', 'inbox')
    .where('taken_back_at', 'is', null)
    .where('taken_over_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()) as HandOnRow | undefined

type HandOnChange = Partial<Pick<HandOnRow, 'account_id' | 'anyway' | 'try_at' | 'tries' | 'failure' | 'taken_over_at'>>

export const updateHandOn = (tx: Tx, orgId: string, id: string, change: HandOnChange): Promise<unknown> =>
  tx.updateTable('hand_ons').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

/** What is due, oldest first; whoever dies with it leaves it to `again`. Runs as the system. */
export async function claimDue(
  tx: Tx,
  { now, again, limit }: { now: Date; again: Date; limit: number },
): Promise<HandOnRow[]> {
  const found = await sql<HandOnRow>`
    update hand_ons set try_at = ${again}, tries = tries + 1 where (org_id, id) in
      (select org_id, id from hand_ons where try_at <= ${now} and kind = 'inbox' and taken_back_at is null and taken_over_at is null
        order by try_at limit ${limit} for update skip locked)
      returning *`.execute(tx)
  return found.rows
}
