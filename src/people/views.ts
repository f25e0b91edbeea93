// Rows of people in the form in which the API shows them.

import type { z } from 'zod'
import type * as contract from './contract.ts'
import type { Role } from './permissions.ts'
import type { MemberRow, OrganisationRow } from './store.ts'
import type { InvitationRow } from './store-invitations.ts'
import type { TokenRow } from './store-tokens.ts'

const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null

export const organisationView = (row: OrganisationRow): z.infer<typeof contract.organisation> => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  timeZone: row.time_zone,
  createdAt: row.created_at.toISOString(),
})

export const memberView = (row: MemberRow): z.infer<typeof contract.member> => ({
  id: row.id,
  userId: row.user_id,
  name: row.name,
  email: row.email,
  role: row.role as Role,
  departmentId: row.department_id,
  createdAt: row.created_at.toISOString(),
  endedAt: instantOrNull(row.ended_at),
})

export const invitationView = (row: InvitationRow): z.infer<typeof contract.invitation> => ({
  id: row.id,
  email: row.email,
  role: row.role as Role,
  departmentId: row.department_id,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})

export const tokenView = (row: TokenRow): z.infer<typeof contract.apiToken> => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: instantOrNull(row.last_used_at),
  expiresAt: instantOrNull(row.expires_at),
})
