// Every query of review links.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { ReviewLinks } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'

export type LinkRow = Omit<Selectable<ReviewLinks>, 'secret_hash'>

const columns = [
  'org_id',
  'id',
  'request_id',
  'outsider_id',
  'created_at',
  'created_by',
  'mailed',
  'expires_at',
  'revoked_at',
  'revoked_by',
  'last_used_at',
  'uses',
] as const

export const insertLink = (
  tx: Tx,
  row: Pick<
    LinkRow,
    'org_id' | 'id' | 'request_id' | 'outsider_id' | 'created_at' | 'created_by' | 'mailed' | 'expires_at'
  > & {
    secret_hash: string
  },
): Promise<LinkRow> => tx.insertInto('review_links').values(row).returning(columns).executeTakeFirstOrThrow()

/** Across organisations: only under `asSystem`. */
export const linkBySecret = (tx: Tx, secretHash: string): Promise<LinkRow | undefined> =>
  tx.selectFrom('review_links').select(columns).where('secret_hash', '=', secretHash).executeTakeFirst()

export const readLink = (tx: Tx, orgId: string, id: string): Promise<LinkRow | undefined> =>
  tx.selectFrom('review_links').select(columns).where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export const linksOf = (tx: Tx, orgId: string, requestIds: string[]): Promise<LinkRow[]> =>
  requestIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('review_links')
        .select(columns)
        .where('org_id', '=', orgId)
        .where('request_id', 'in', requestIds)
        .orderBy('created_at')
        .orderBy('id')
        .execute()

export async function noteUse(tx: Tx, { org_id, id }: LinkRow, at: Date): Promise<void> {
  await tx
    .updateTable('review_links')
    .set({ last_used_at: at, uses: sql`uses + 1` })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute()
}

export async function revokeLinkRow(
  tx: Tx,
  orgId: string,
  { id, requestId }: { id: string; requestId: string },
  by: { at: Date; by: string },
): Promise<LinkRow | undefined> {
  return tx
    .updateTable('review_links')
    .set({ revoked_at: by.at, revoked_by: by.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('request_id', '=', requestId)
    .where('revoked_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
}

/** A new link takes the place of the older ones of the same person for the same request. */
export async function replaceLinks(
  tx: Tx,
  orgId: string,
  { requestId, outsiderId }: { requestId: string; outsiderId: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('review_links')
    .set({ revoked_at: at })
    .where('org_id', '=', orgId)
    .where('request_id', '=', requestId)
    .where('outsider_id', '=', outsiderId)
    .where('revoked_at', 'is', null)
    .execute()
}
