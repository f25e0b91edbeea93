// Who answers for conversations and who stands behind them, as the ladder and the list before a gap need it.

import type { Tx } from '../../db/tx.ts'
import { readActiveMembers } from '../../people/directory.ts'
import type { Role } from '../../people/permissions.ts'
import type { OpenSpan } from './business-clock.ts'

export interface Colleague {
  id: string
  name: string
  role: Role
  departmentId: string | null
  deputyId: string | null
  managerId: string | null
  skills: readonly string[]
  isAway(at: Date): boolean
  atWork(from: Date, to: Date): OpenSpan[]
}

/** Everybody who belongs to the organisation now. */
export async function readColleagues(tx: Tx, orgId: string): Promise<Colleague[]> {
  const members = await readActiveMembers(tx, orgId)
  return members.map(({ id, name, role, departmentId }) => ({
    ...{ id, name, role, departmentId, deputyId: null, managerId: null, skills: [] },
    isAway: () => false,
    atWork: (from, to) => [{ from, to }],
  }))
}
