// Decisions about people: who may give which role to whom, what an invitation still offers, which scopes a token may have.

import type { Role } from './permissions.ts'

/** Code of a refusal, or null when it is allowed. */
type Verdict = string | null

export const invitationDays = 7

/** Only owners make owners. */
export const decideInvite = (inviter: Role, role: Role): Verdict =>
  role === 'owner' && inviter !== 'owner' ? 'only-owners-make-owners' : null

export interface RoleChange {
  by: Role
  from: Role
  to: Role
  /** Owners of the organisation now, the one in question among them. */
  owners: number
}

export function decideRoleChange({ by, from, to, owners }: RoleChange): Verdict {
  if (from === to) return null
  if (from === 'owner' && by !== 'owner') return 'only-owners-change-owners'
  if (to === 'owner' && by !== 'owner') return 'only-owners-make-owners'
  return from === 'owner' && owners <= 1 ? 'last-owner' : null
}

export function decideEnd({ by, of, owners }: { by: Role; of: Role; owners: number }): Verdict {
  if (of === 'owner' && by !== 'owner') return 'only-owners-change-owners'
  return of === 'owner' && owners <= 1 ? 'last-owner' : null
}

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export function invitationState(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt) return 'accepted'
  if (invitation.revokedAt) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

export type Acceptance =
  /** Nobody has this address yet: a name and a password make the user. */
  'create-user' | 'join' | 'sign-in-needed' | 'signed-in-as-other'

/** Whose membership an invitation becomes. An address that has a user is joined by that user alone. */
export function decideAcceptance({ owner, visitor }: { owner: string | null; visitor: string | null }): Acceptance {
  if (owner === null) return 'create-user'
  if (visitor === null) return 'sign-in-needed'
  return owner === visitor ? 'join' : 'signed-in-as-other'
}

/** Lower-case ASCII words for addresses; `taken` says which are in use. */
export function slugFor(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  const base = words || 'organisation'
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

export const addressOf = (email: string): string => email.trim().toLowerCase()
