// Joining by invitation: with the link, or by signing in at the OIDC provider with the invited address.

import { asSystem, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { sha256Hex } from '../lib/hash.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import type { Auth } from './auth.ts'
import { readSecret } from './mail-proof.ts'
import type { Role } from './permissions.ts'
import { addressOf, decideAcceptance, invitationState } from './rules.ts'
import { insertMember, type OrganisationRow, readMember, readMemberByAddress, readOrganisation } from './store.ts'
import {
  type InvitationRow,
  lockInvitation,
  lockOpenInvitationsFor,
  acceptInvitation as markAccepted,
  readInvitationBySecret,
} from './store-invitations.ts'
import { insertUser, readUserByAddress } from './store-users.ts'
import { tellOfNewMember } from './tell-walls.ts'

export interface Offer {
  organisation: OrganisationRow
  invitation: InvitationRow
  /** The user with the invited address, if there is one. */
  userId: string | null
}

/** What an invitation offers. @throws Refusal when the secret is not known (404) or no longer good (410). */
export function readOffer({ db, config, clock }: Services, given: string): Promise<Offer> {
  const { secret } = readSecret(config.secrets, given)
  return asSystem(db, async (tx) => {
    const invitation = await readInvitationBySecret(tx, sha256Hex(secret))
    if (!invitation) throw notFound('invitation')
    refuseOver(invitation, clock())
    const organisation = (await readOrganisation(tx, invitation.org_id))!
    const user = await readUserByAddress(tx, invitation.email)
    return { organisation, invitation, userId: user?.id ?? null }
  })
}

export interface Acceptance {
  secret: string
  name?: string
  password?: string
  /** The user who is signed in while accepting, if any. */
  visitor: string | null
}

export interface Joined {
  organisation: OrganisationRow
  email: string
  created: boolean
}

export async function acceptInvitation(services: Services, auth: Auth, acceptance: Acceptance): Promise<Joined> {
  const { db, config, clock } = services
  const { organisation, invitation, userId: owner } = await readOffer(services, acceptance.secret)
  const verdict = decideAcceptance({ owner, visitor: acceptance.visitor })
  if (verdict === 'sign-in-needed') throw new Refusal(verdict, { status: 401, params: { email: invitation.email } })
  if (verdict === 'signed-in-as-other') throw new Refusal(verdict, { status: 409, params: { email: invitation.email } })
  const newUser = verdict === 'create-user' ? await userOf(auth, invitation.email, acceptance) : null
  const { mailed } = readSecret(config.secrets, acceptance.secret)
  const at = clock()
  await asSystem(db, async (tx) => {
    const fresh = (await lockInvitation(tx, invitation.org_id, invitation.id))!
    refuseOver(fresh, at)
    if (newUser) await insertUser(tx, { ...newUser, emailVerified: mailed, timeZone: organisation.time_zone }, at)
    await join(tx, services, fresh, { userId: newUser?.id ?? owner!, at })
  }).catch((error) => {
    // The same person took up another invitation at this very moment, so by now there is a user to sign in as.
    if ((error as { constraint?: string }).constraint !== 'users_email_key') throw error
    throw new Refusal('sign-in-needed', { status: 401, params: { email: invitation.email } })
  })
  return { organisation, email: invitation.email, created: newUser !== null }
}

/** Hashing takes a while on purpose, so it happens before the transaction. */
async function userOf(auth: Auth, email: string, { name, password }: Acceptance) {
  if (!name) throw new Refusal('required', { field: 'name' })
  if (!password) throw new Refusal('required', { field: 'password' })
  return { id: newId(), name, email, passwordHash: await (await auth.$context).password.hash(password) }
}

/** Takes up every open invitation of a user whose address the OIDC provider has verified. */
export async function joinInvited(services: Services, user: { id: string; email: string }): Promise<void> {
  const at = services.clock()
  await asSystem(services.db, async (tx) => {
    for (const invitation of await lockOpenInvitationsFor(tx, addressOf(user.email), at))
      await join(tx, services, invitation, { userId: user.id, at })
  })
}

export const hasOpenInvitation = ({ db, clock }: Services, email: string): Promise<boolean> =>
  asSystem(db, async (tx) => (await lockOpenInvitationsFor(tx, addressOf(email), clock())).length > 0)

async function join(
  tx: Tx,
  services: Services,
  invitation: InvitationRow,
  { userId, at }: { userId: string; at: Date },
): Promise<void> {
  const { org_id: orgId, email, department_id: departmentId } = invitation
  const present = await readMemberByAddress(tx, orgId, email)
  const role = invitation.role as Role
  // Somebody who became a member by another way keeps the role and the department they have.
  const isThere = present !== undefined && !present.ended_at
  const member = isThere
    ? present
    : await insertMember(tx, {
        org_id: orgId,
        id: newId(),
        user_id: userId,
        role,
        department_id: departmentId,
        created_at: at,
      })
  await markAccepted(tx, orgId, invitation.id, { at, by: member.id })
  if (!isThere) {
    const name = (await readMember(tx, orgId, member.id))?.name ?? email
    await tellOfNewMember(tx, services, orgId, { id: member.id, name, departmentId })
  }
  const facts = {
    ...{ role, invitationId: invitation.id, invitedBy: invitation.created_by },
    ...(isThere ? {} : { departmentId }),
  }
  await record(tx, orgId, { kind: 'member', id: member.id }, at, {
    verb: 'member.joined',
    subject: { kind: 'member', id: member.id },
    facts,
  })
}

function refuseOver(
  { accepted_at: acceptedAt, revoked_at: revokedAt, expires_at: expiresAt }: InvitationRow,
  now: Date,
): void {
  const state = invitationState({ acceptedAt, revokedAt, expiresAt }, now)
  if (state !== 'open') throw new Refusal(`invitation-${state}`, { status: 410 })
}
