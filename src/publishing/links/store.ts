// Every query of link rules and of short links, except those that count and list clicks.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { newId } from '../../lib/ids.ts'
import { newCode } from './codes.ts'
import { defaultRules, type LinkRules } from './types.ts'

export async function rulesOf(tx: Tx, orgId: string): Promise<LinkRules> {
  const row = await tx
    .selectFrom('link_rules')
    .select(['utm', 'source', 'medium', 'campaign', 'content', 'term', 'reach', 'domains', 'short'])
    .where('org_id', '=', orgId)
    .executeTakeFirst()
  return row ? { ...row, reach: row.reach as LinkRules['reach'] } : defaultRules
}

export async function keepRules(
  tx: Tx,
  orgId: string,
  rules: LinkRules,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const row = { ...rules, updated_by: by, updated_at: at }
  await tx
    .insertInto('link_rules')
    .values({ org_id: orgId, ...row })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(row))
    .execute()
}

export const nameOfCampaign = async (tx: Tx, orgId: string, id: string | null): Promise<string | null> =>
  id === null
    ? null
    : ((
        await tx
          .selectFrom('campaigns')
          .select('name')
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .executeTakeFirst()
      )?.name ?? null)

/** Codes of a variant's short links by their targets; removed ones are not among them. */
export async function codesOf(tx: Tx, orgId: string, variantId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('links')
    .select(['target', 'code'])
    .where('org_id', '=', orgId)
    .where('variant_id', '=', variantId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.target, row.code]))
}

export interface NewLink {
  variantId: string | null
  name?: string
  target: string
  by: string | null
  at: Date
}

/** Codes are drawn by chance; one that somebody has already, in whatever organisation, is drawn again. */
export async function insertLink(
  tx: Tx,
  orgId: string,
  { variantId, name = '', target, by, at }: NewLink,
): Promise<{ id: string; code: string }> {
  for (let attempt = 1; attempt <= 20; attempt++) {
    const row = await tx
      .insertInto('links')
      .values({
        ...{ org_id: orgId, id: newId(), code: newCode(), variant_id: variantId, name },
        ...{ target, target_hash: sha256Hex(target), created_at: at, created_by: by },
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning(['id', 'code'])
      .executeTakeFirst()
    if (row) return row
  }
  throw new Error('No free code for a short link was found in twenty tries.')
}

/** Whether a removed link leads on again. Not where its words have another link to the same target by now. */
export async function markRestored(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const restored = await sql`
    update links l set removed_at = null, removed_by = null, removal = null
    where org_id = ${orgId} and id = ${id} and removed_at is not null and not exists (
      select from links o where o.org_id = l.org_id and o.variant_id = l.variant_id and o.target_hash = l.target_hash and o.removed_at is null)`.execute(
    tx,
  )
  return Number(restored.numAffectedRows) > 0
}

/** Whether a link was there and not removed yet. Processes that know where it leads learn of it with their next batch of clicks. */
export async function markRemoved(
  tx: Tx,
  orgId: string,
  id: string,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const removed = await tx
    .updateTable('links')
    .set({ removed_at: at, removed_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!removed) return false
  const counted = await sql<{ removals: number }>`
    insert into link_removals (id, removals) values (1, 1) on conflict (id) do update set removals = link_removals.removals + 1
    returning removals`.execute(tx)
  const { removals } = counted.rows[0]!
  await tx.updateTable('links').set({ removal: removals }).where('org_id', '=', orgId).where('id', '=', id).execute()
  return true
}
