// Verbs of what members can take on: look at it, change it.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { type ActiveMember, readActiveMembers, readActors } from '../../people/directory.ts'
import type { Role } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { departmentNames } from '../conversations/store-names.ts'
import { askAgain } from '../routing/store-routes.ts'
import type { rotaContract } from './contract.ts'
import { readLoads } from './loads.ts'
import { readRota } from './read-rota.ts'
import { backAt, isAtWork, managerFault, type Work } from './rules.ts'
import { writeWork } from './store.ts'
import type { WorkChange } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type WorkShown = z.infer<(typeof rotaContract)['work']['change']['~orpc']['outputSchema'] & z.ZodType>

export const listWork = ({ db, clock }: Deps, { orgId }: Caller): Promise<WorkShown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const shown = await workShown(tx, orgId, await readRota(tx, orgId), clock())
    return shown.sort((a, b) => a.member.name.localeCompare(b.member.name) || (a.member.id < b.member.id ? -1 : 1))
  })

async function workShown(tx: Tx, orgId: string, rota: ReadonlyMap<string, Work>, now: Date): Promise<WorkShown[]> {
  const all = [...rota.values()]
  const person = await readActors(
    tx,
    orgId,
    all.flatMap(({ memberId, deputyId, managerId }) => [memberId, deputyId, managerId]),
  )
  const [departments, loads] = [await departmentNames(tx, orgId), await readLoads(tx, orgId)]
  return all.map((work) => {
    const there = isAtWork(work, now)
    const department = work.departmentId === null ? undefined : departments.get(work.departmentId)
    return {
      ...{ member: person(work.memberId)!, role: work.role as Role },
      department: department === undefined ? null : { id: work.departmentId!, name: department },
      ...{ hours: work.hours, capacity: work.capacity, inHand: loads.get(work.memberId) ?? 0, skills: work.skills },
      ...{ deputy: person(work.deputyId), manager: person(work.managerId) },
      ...{ isAtWork: there, backAt: there ? null : (backAt(work, now)?.toISOString() ?? null) },
    }
  })
}

/** @throws Refusal where deputy or manager is not of the organisation, or would stand above themselves. */
export const changeWork = (
  { db, clock }: Deps,
  { orgId, memberId: by, actor }: Caller,
  { id, ...change }: { id: string } & WorkChange,
): Promise<WorkShown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const members = new Map((await readActiveMembers(tx, orgId)).map((member) => [member.id, member]))
    if (!members.has(id)) throw notFound('member')
    await refuseWrongPeople(tx, orgId, members, { id, ...change })
    const { hours, capacity, deputyId, managerId, skills } = change
    await writeWork(tx, orgId, id, {
      values: {
        ...(hours === undefined ? {} : { hours }),
        ...(capacity === undefined ? {} : { capacity }),
        ...(deputyId === undefined ? {} : { deputy_id: deputyId }),
        ...(managerId === undefined ? {} : { manager_id: managerId }),
        ...(skills === undefined ? {} : { skills: [...new Set(skills)] }),
      },
      ...{ by, at },
    })
    const [shown] = await workShown(tx, orgId, await readRota(tx, orgId, [id]), at)
    const changed = Object.entries({ hours, capacity, deputyId, managerId, skills }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    )
    const facts = { name: members.get(id)!.name, changed }
    await askAgain(tx, orgId, at)
    await record(tx, orgId, actor, at, { verb: 'work.changed', subject: { kind: 'member', id }, facts })
    return shown!
  })

async function refuseWrongPeople(
  tx: Tx,
  orgId: string,
  members: ReadonlyMap<string, ActiveMember>,
  { id, deputyId, managerId }: { id: string } & WorkChange,
): Promise<void> {
  for (const [field, other] of [
    ['deputyId', deputyId],
    ['managerId', managerId],
  ] as const) {
    if (!other) continue
    if (!members.has(other)) throw new Refusal('member-not-found', { field })
    if (other === id) throw new Refusal('stands-in-for-self', { field })
  }
  if (!managerId) return
  const above = new Map([...(await readRota(tx, orgId)).values()].map((work) => [work.memberId, work.managerId]))
  const fault = managerFault(id, managerId, above)
  if (fault) throw new Refusal(fault, { field: 'managerId' })
}
