// Who is who, for other domains: names for activity, addresses for mail, the people who run an organisation.

import { sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'
import { type WhoIs, whoIsIn } from './names.ts'
import { type Role, roles } from './permissions.ts'
import {
  departmentExists,
  type MemberRow,
  readActiveMembersByRole,
  readDepartments,
  readMember,
  readOrganisation,
} from './store.ts'

/** Names of members (also of those who left), of API tokens and of people outside, by their ids. null is nobody. */
export async function readActorNames(
  tx: Tx,
  orgId: string,
  ids: Iterable<string | null>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const found = await sql<{ id: string; name: string }>`
    select m.id, u.name from members m join users u on u.id = m.user_id where m.org_id = ${orgId} and m.id = any(${wanted}::uuid[])
    union all select id, name from api_tokens where org_id = ${orgId} and id = any(${wanted}::uuid[])
    union all select id, name from outsiders where org_id = ${orgId} and id = any(${wanted}::uuid[]) ${keepPlan}`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** The same, for views that show who it was. */
export const readActors = async (tx: Tx, orgId: string, ids: Iterable<string | null>): Promise<WhoIs> =>
  whoIsIn(await readActorNames(tx, orgId, ids))

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
  /** When they became one. */
  since: Date
}

/** By their names. */
export const readDepartmentNames = async (tx: Tx, orgId: string): Promise<{ id: string; name: string }[]> =>
  (await readDepartments(tx, orgId)).map(({ id, name }) => ({ id, name }))

export const hasDepartment = (tx: Tx, orgId: string, id: string): Promise<boolean> => departmentExists(tx, orgId, id)

/** Who belongs to a department now. */
export const memberIdsOf = async (tx: Tx, orgId: string, departmentId: string): Promise<string[]> =>
  (await readActiveMembers(tx, orgId)).flatMap((member) => (member.departmentId === departmentId ? [member.id] : []))

/** Whether somebody belongs to the organisation now. */
export const isActiveMember = async (tx: Tx, orgId: string, id: string): Promise<boolean> =>
  (await readActiveMembers(tx, orgId)).some((member) => member.id === id)

/** Everybody who belongs to the organisation now. */
export async function readActiveMembers(tx: Tx, orgId: string): Promise<ActiveMember[]> {
  const rows = await readActiveMembersByRole(tx, orgId, roles)
  return rows.map(({ id, name, role, department_id, created_at }) => ({
    id,
    name,
    role: role as Role,
    departmentId: department_id,
    since: created_at,
  }))
}
