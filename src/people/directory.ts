// Who is who, for other domains: names for activity, addresses for mail, the people who run an organisation.

import type { Tx } from '../db/tx.ts'
import { readOutsiderNames } from './outsiders.ts'
import { type Role, roles } from './permissions.ts'
import { type MemberRow, readActiveMembersByRole, readMember, readMembersById, readOrganisation } from './store.ts'
import { readTokenNames } from './store-tokens.ts'

/** Names of members (also of those who left), of API tokens and of people outside, by their ids. */
export async function readActorNames(tx: Tx, orgId: string, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  const members = await readMembersById(tx, orgId, wanted)
  const tokens = await readTokenNames(tx, orgId, wanted)
  const outsiders = await readOutsiderNames(tx, orgId, wanted)
  return new Map([...members, ...tokens, ...outsiders].map(({ id, name }) => [id, name]))
}

/** Members who may change everything: whom Longrun tells when something of the organisation breaks. */
export async function readAdminIds(tx: Tx, orgId: string): Promise<string[]> {
  return (await readActiveMembersByRole(tx, orgId, ['owner', 'admin'])).map((member) => member.id)
}

/** The first of these who belongs to the organisation still; where all have left, those who run it: somebody has to learn of it. */
export async function readWhoAnswers(tx: Tx, orgId: string, ...memberIds: (string | null)[]): Promise<string[]> {
  for (const id of memberIds) {
    const member = id === null ? undefined : await readMember(tx, orgId, id)
    if (member && !member.ended_at) return [member.id]
  }
  return readAdminIds(tx, orgId)
}

/** In which the organisation's days begin. */
export async function readOrganisationZone(tx: Tx, orgId: string): Promise<string> {
  return (await readOrganisation(tx, orgId))!.time_zone
}

/** Where to write to a member; null when they left. */
export async function readMailAddress(tx: Tx, orgId: string, memberId: string): Promise<string | null> {
  const member: MemberRow | undefined = await readMember(tx, orgId, memberId)
  return member && !member.ended_at ? member.email : null
}

export interface ActiveMember {
  id: string
  name: string
  role: Role
  departmentId: string | null
}

/** Whether somebody belongs to the organisation now. */
export const isActiveMember = async (tx: Tx, orgId: string, id: string): Promise<boolean> =>
  (await readActiveMembers(tx, orgId)).some((member) => member.id === id)

/** Everybody who belongs to the organisation now. */
export async function readActiveMembers(tx: Tx, orgId: string): Promise<ActiveMember[]> {
  const rows = await readActiveMembersByRole(tx, orgId, roles)
  return rows.map(({ id, name, role, department_id }) => ({
    id,
    name,
    role: role as Role,
    departmentId: department_id,
  }))
}
