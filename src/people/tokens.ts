// Verbs of API tokens: a member's own keys for programs, shown once and kept as a hash.

import { inOrg } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { sha256Hex } from '../lib/hash.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { newSecret } from '../lib/secrets.ts'
import type { Services } from '../services.ts'
import { tokenPrefix } from './identify.ts'
import { insertToken, readTokens, revokeToken as revoke, type TokenRow } from './store-tokens.ts'
import type { Caller } from './types.ts'

/** Enough to tell tokens apart, far too little to guess one. */
const shownCharacters = 9

export const listTokens = ({ db }: Services, caller: Caller): Promise<TokenRow[]> =>
  inOrg(db, caller.orgId, (tx) => readTokens(tx, caller.orgId, caller.memberId))

export function createToken(
  { db, clock }: Services,
  caller: Caller,
  wanted: { name: string; scopes: string[]; expiresAt: string | null },
): Promise<{ row: TokenRow; token: string }> {
  const at = clock()
  const expiresAt = wanted.expiresAt ? new Date(wanted.expiresAt) : null
  if (expiresAt && expiresAt <= at) throw new Refusal('in-the-past', { field: 'expiresAt' })
  const token = `${tokenPrefix}${newSecret()}`
  const { orgId, memberId } = caller
  return inOrg(db, orgId, async (tx) => {
    const row = await insertToken(tx, {
      org_id: orgId,
      id: newId(),
      name: wanted.name,
      prefix: token.slice(0, shownCharacters),
      secret_hash: sha256Hex(token),
      scopes: [...new Set(wanted.scopes)],
      member_id: memberId,
      created_at: at,
      expires_at: expiresAt,
    })
    const facts = { name: row.name, scopes: row.scopes, expiresAt: wanted.expiresAt }
    await record(tx, orgId, caller.actor, at, { verb: 'token.created', subject: { kind: 'token', id: row.id }, facts })
    return { row, token }
  })
}

export function revokeToken({ db, clock }: Services, caller: Caller, id: string): Promise<void> {
  const { orgId, memberId } = caller
  const at = clock()
  return inOrg(db, orgId, async (tx) => {
    const revoked = await revoke(tx, orgId, { id, memberId }, { at, by: memberId })
    if (!revoked) throw notFound('token')
    await record(tx, orgId, caller.actor, at, {
      verb: 'token.revoked',
      subject: { kind: 'token', id },
      facts: { name: revoked.name },
    })
  })
}
