// Every query of API tokens and idempotency keys' upkeep.

import type { Tx } from '../db/tx.ts'

const columns = ['id', 'name', 'prefix', 'scopes', 'created_at', 'last_used_at', 'expires_at'] as const

export interface TokenRow {
  id: string
  name: string
  prefix: string
  scopes: string[]
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
}

export const readTokens = (tx: Tx, orgId: string, memberId: string): Promise<TokenRow[]> =>
  tx
    .selectFrom('api_tokens')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()

export const insertToken = (
  tx: Tx,
  row: Omit<TokenRow, 'last_used_at'> & { org_id: string; member_id: string; secret_hash: string },
): Promise<TokenRow> => tx.insertInto('api_tokens').values(row).returning(columns).executeTakeFirstOrThrow()

export const revokeToken = (
  tx: Tx,
  orgId: string,
  token: { id: string; memberId: string },
  revoked: { at: Date; by: string },
): Promise<TokenRow | undefined> =>
  tx
    .updateTable('api_tokens')
    .set({ revoked_at: revoked.at, revoked_by: revoked.by })
    .where('org_id', '=', orgId)
    .where('id', '=', token.id)
    .where('member_id', '=', token.memberId)
    .where('revoked_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()

export const markTokenUsed = (tx: Tx, orgId: string, id: string, at: Date): Promise<unknown> =>
  tx.updateTable('api_tokens').set({ last_used_at: at }).where('org_id', '=', orgId).where('id', '=', id).execute()

/** Somebody who leaves takes no key along, not even for the day on which they come back. */
export const revokeTokensOf = (
  tx: Tx,
  orgId: string,
  memberId: string,
  revoked: { at: Date; by: string },
): Promise<unknown> =>
  tx
    .updateTable('api_tokens')
    .set({ revoked_at: revoked.at, revoked_by: revoked.by })
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .execute()

export async function deleteOldKeys(tx: Tx, before: Date): Promise<number> {
  const done = await tx.deleteFrom('idempotency_keys').where('claimed_at', '<', before).executeTakeFirst()
  return Number(done.numDeletedRows)
}
