// Verbs of those who invite: invite, list, withdraw.

import { inOrg } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { sha256Hex } from '../lib/hash.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { newSecret } from '../lib/secrets.ts'
import type { Services } from '../services.ts'
import { invitationLink, mailInvitation } from './mails.ts'
import { requireDepartment } from './organisation.ts'
import type { Role } from './permissions.ts'
import { addressOf, decideInvite, invitationDays } from './rules.ts'
import { readMemberByAddress } from './store.ts'
import {
  type InvitationRow,
  insertInvitation,
  readOpenInvitations,
  revokeInvitation as revoke,
  revokeInvitationsFor,
} from './store-invitations.ts'
import { tellOfInvitation } from './tell-walls.ts'
import type { Caller } from './types.ts'

const dayMs = 86_400_000

export interface Invited {
  invitation: InvitationRow
  /** Kept nowhere: the database has its hash only. */
  link: string
  mailed: boolean
}

export function inviteMember(
  services: Services,
  caller: Caller,
  wanted: { email: string; role: Role; departmentId: string | null },
): Promise<Invited> {
  const { db, clock, publicUrl } = services
  const { orgId } = caller
  const refused = decideInvite(caller.role, wanted.role)
  if (refused) throw new Refusal(refused, { field: 'role' })
  const email = addressOf(wanted.email)
  const secret = newSecret()
  const at = clock()
  return inOrg(db, orgId, async (tx) => {
    const member = await readMemberByAddress(tx, orgId, email)
    if (member && !member.ended_at) throw new Refusal('already-member', { status: 409, field: 'email' })
    await requireDepartment(tx, orgId, wanted.departmentId)
    await revokeInvitationsFor(tx, orgId, email, { at, by: caller.memberId })
    const invitation = await insertInvitation(tx, {
      org_id: orgId,
      id: newId(),
      email,
      role: wanted.role,
      department_id: wanted.departmentId,
      secret_hash: sha256Hex(secret),
      created_by: caller.memberId,
      created_at: at,
      expires_at: new Date(at.getTime() + invitationDays * dayMs),
    })
    const mailed = await mailInvitation(services, tx, { orgId, id: invitation.id, secret })
    const { departmentId } = wanted
    await tellOfInvitation(tx, services, orgId, { id: invitation.id, email, departmentId, by: caller.memberId })
    const facts = { email, role: wanted.role, departmentId, mailed }
    await record(tx, orgId, caller.actor, at, {
      verb: 'invitation.created',
      subject: { kind: 'invitation', id: invitation.id },
      facts,
    })
    return { invitation, link: invitationLink(publicUrl, secret), mailed }
  })
}

export const listInvitations = ({ db, clock }: Services, orgId: string): Promise<InvitationRow[]> =>
  inOrg(db, orgId, (tx) => readOpenInvitations(tx, orgId, clock()))

export function revokeInvitation({ db, clock }: Services, caller: Caller, id: string): Promise<void> {
  const at = clock()
  return inOrg(db, caller.orgId, async (tx) => {
    const revoked = await revoke(tx, caller.orgId, id, { at, by: caller.memberId })
    if (!revoked) throw notFound('invitation')
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'invitation.revoked',
      subject: { kind: 'invitation', id },
      facts: { email: revoked.email },
    })
  })
}
