// Who stands behind a step now: members, roles, departments and people outside, as ids.

import type { Tx } from '../../db/tx.ts'
import { type ActiveMember, readActiveMembers } from '../../people/directory.ts'
import { readOutsiders } from '../../people/outsiders.ts'
import { may } from '../../people/permissions.ts'
import type { Step } from './rules.ts'
import type { StepRow } from './store.ts'
import type { Approver } from './types.ts'

export interface People {
  members: ActiveMember[]
  outsiders: { id: string; name: string }[]
}

export async function peopleOf(tx: Tx, orgId: string): Promise<People> {
  return { members: await readActiveMembers(tx, orgId), outsiders: await readOutsiders(tx, orgId) }
}

/** Members whose role may not vote, and who left, stand for nothing. */
export function idsOf({ members, outsiders }: People, approvers: Approver[]): string[] {
  const voters = members.filter(({ role }) => may(role, 'approvals.vote'))
  const ids = approvers.flatMap((approver) => {
    if (approver.kind === 'member') return voters.filter(({ id }) => id === approver.id)
    if (approver.kind === 'role') return voters.filter(({ role }) => role === approver.role)
    if (approver.kind === 'department') return voters.filter(({ departmentId }) => departmentId === approver.id)
    return outsiders.filter(({ id }) => id === approver.id)
  })
  return [...new Set(ids.map(({ id }) => id))]
}

/** Those who lead: of the post's department, and of all where that has none. */
export function managersOf({ members }: People, departmentId: string | null): string[] {
  const leads = members.filter(({ role }) => may(role, 'posts.schedule'))
  const near = departmentId === null ? [] : leads.filter((member) => member.departmentId === departmentId)
  return (near.length > 0 ? near : leads).map(({ id }) => id)
}

export function stepFrom(row: StepRow, people: People, departmentId: string | null): Step {
  return {
    id: row.id,
    // People invited to one request stand beside each other, not in a row.
    lane: row.lane_id ?? row.id,
    kind: row.kind,
    position: row.position,
    rule: row.rule,
    approvers: idsOf(people, row.rule.approvers),
    deputies: idsOf(people, row.rule.deputies),
    managers: managersOf(people, departmentId),
    openedAt: row.opened_at,
    toldAt: row.told_at,
    remindedAt: row.reminded_at,
    deputyAt: row.deputy_at,
    managerAt: row.manager_at,
  }
}
