// Verbs of members: list, change role or department, end a membership.

import { inOrg, readInOrg } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import { requireDepartment } from './organisation.ts'
import type { Role } from './permissions.ts'
import { decideEnd, decideRoleChange } from './rules.ts'
import { endMembership, lockOwners, type MemberRow, readMember, readMembers, updateMember } from './store.ts'
import { revokeTokensOf } from './store-tokens.ts'
import { tellOfNewMember } from './tell-walls.ts'
import type { Caller } from './types.ts'

export const listMembers = ({ db }: Services, orgId: string): Promise<MemberRow[]> =>
  readInOrg(db, orgId, (tx) => readMembers(tx, orgId))

export function changeMember(
  services: Services,
  caller: Caller,
  id: string,
  change: { role?: Role; departmentId?: string | null },
): Promise<MemberRow> {
  const { orgId } = caller
  const { db, clock } = services
  return inOrg(db, orgId, async (tx) => {
    const owners = await lockOwners(tx, orgId)
    const member = await readMember(tx, orgId, id)
    if (!member || member.ended_at) throw notFound('member')
    const from = member.role as Role
    const to = change.role ?? from
    const refused = decideRoleChange({ by: caller.role, from, to, owners })
    if (refused) throw new Refusal(refused, { field: 'role' })
    await requireDepartment(tx, orgId, change.departmentId)
    const departmentId = change.departmentId === undefined ? member.department_id : change.departmentId
    await updateMember(tx, orgId, id, { role: to, department_id: departmentId })
    if (departmentId !== null && departmentId !== member.department_id)
      await tellOfNewMember(tx, services, orgId, { id, name: member.name, departmentId })
    const facts = { from: { role: from, departmentId: member.department_id }, to: { role: to, departmentId } }
    await record(tx, orgId, caller.actor, clock(), { verb: 'member.changed', subject: { kind: 'member', id }, facts })
    return { ...member, role: to, department_id: departmentId }
  })
}

export function endMember({ db, clock }: Services, caller: Caller, id: string): Promise<void> {
  const { orgId } = caller
  const ended = { at: clock(), by: caller.memberId }
  return inOrg(db, orgId, async (tx) => {
    const owners = await lockOwners(tx, orgId)
    const member = await readMember(tx, orgId, id)
    if (!member || member.ended_at) throw notFound('member')
    const refused = decideEnd({ by: caller.role, of: member.role as Role, owners })
    if (refused) throw new Refusal(refused, { field: 'id' })
    await endMembership(tx, orgId, id, ended)
    await revokeTokensOf(tx, orgId, id, ended)
    await record(tx, orgId, caller.actor, ended.at, {
      verb: 'member.ended',
      subject: { kind: 'member', id },
      facts: { role: member.role },
    })
  })
}
