// Who answers for conversations and who stands behind them, as the ladder and the list before a gap need it.

import type { Tx } from '../../db/tx.ts'
import { readActiveMembers } from '../../people/directory.ts'
import type { Role } from '../../people/permissions.ts'
import { readRota } from '../rota/read-rota.ts'
import { isAtWork, spansAtWork } from '../rota/rules.ts'
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
  const [members, rota] = [await readActiveMembers(tx, orgId), await readRota(tx, orgId)]
  return members.flatMap(({ id, name, role, departmentId }) => {
    const work = rota.get(id)
    if (!work) return []
    const { deputyId, managerId, skills } = work
    return {
      ...{ id, name, role, departmentId, deputyId, managerId, skills },
      isAway: (at) => !isAtWork(work, at),
      atWork: (from, to) => spansAtWork(work, from, to),
    }
  })
}
