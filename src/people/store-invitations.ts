// Every query of invitations.

import type { Tx } from '../db/tx.ts'
import type { Role } from './permissions.ts'

export interface InvitationRow {
  id: string
  org_id: string
  email: string
  role: string
  department_id: string | null
  created_at: Date
  created_by: string
  expires_at: Date
  accepted_at: Date | null
  revoked_at: Date | null
}

const columns = [
  'id',
  'org_id',
  'email',
  'role',
  'department_id',
  'created_at',
  'created_by',
  'expires_at',
  'accepted_at',
  'revoked_at',
] as const

const open = (tx: Tx, now: Date) =>
  tx
    .selectFrom('invitations')
    .select(columns)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)

export const readOpenInvitations = (tx: Tx, orgId: string, now: Date): Promise<InvitationRow[]> =>
  open(tx, now).where('org_id', '=', orgId).orderBy('created_at', 'desc').execute()

/** Across organisations: for sign-in alone. */
export const lockOpenInvitationsFor = (tx: Tx, email: string, now: Date): Promise<InvitationRow[]> =>
  open(tx, now).where('email', '=', email).orderBy('org_id').forUpdate().execute()

export const insertInvitation = (
  tx: Tx,
  row: {
    org_id: string
    id: string
    email: string
    role: Role
    department_id: string | null
    secret_hash: string
    created_by: string
    created_at: Date
    expires_at: Date
  },
): Promise<InvitationRow> => tx.insertInto('invitations').values(row).returning(columns).executeTakeFirstOrThrow()

export const readInvitation = (tx: Tx, orgId: string, id: string): Promise<InvitationRow | undefined> =>
  tx.selectFrom('invitations').select(columns).where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export const readInvitationBySecret = (tx: Tx, secretHash: string): Promise<InvitationRow | undefined> =>
  tx.selectFrom('invitations').select(columns).where('secret_hash', '=', secretHash).executeTakeFirst()

export const lockInvitation = (tx: Tx, orgId: string, id: string): Promise<InvitationRow | undefined> =>
  tx
    .selectFrom('invitations')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const acceptInvitation = (
  tx: Tx,
  orgId: string,
  id: string,
  accepted: { at: Date; by: string },
): Promise<unknown> =>
  tx
    .updateTable('invitations')
    .set({ accepted_at: accepted.at, accepted_by: accepted.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export async function revokeInvitation(
  tx: Tx,
  orgId: string,
  id: string,
  revoked: { at: Date; by: string },
): Promise<InvitationRow | undefined> {
  return tx
    .updateTable('invitations')
    .set({ revoked_at: revoked.at, revoked_by: revoked.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
}

/** A newer invitation takes the place of older ones to the same address. */
export const revokeInvitationsFor = (
  tx: Tx,
  orgId: string,
  email: string,
  revoked: { at: Date; by: string },
): Promise<unknown> =>
  tx
    .updateTable('invitations')
    .set({ revoked_at: revoked.at, revoked_by: revoked.by })
    .where('org_id', '=', orgId)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
