// Verbs of an organisation and its departments.

import type { z } from 'zod'
import { breaksReference } from '../db/refusals.ts'
import { inOrg, readInOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import type * as contract from './contract.ts'
import {
  deleteDepartment,
  departmentExists,
  departmentNameTaken,
  insertDepartment,
  type OrganisationRow,
  readDepartments,
  readOrganisation,
  renameDepartment as rename,
  updateOrganisation,
} from './store.ts'
import { lockDepartment } from './store-walls.ts'
import type { Caller } from './types.ts'

type Department = z.infer<typeof contract.department>

export async function showOrganisation({ db }: Services, orgId: string): Promise<OrganisationRow> {
  const found = await readInOrg(db, orgId, (tx) => readOrganisation(tx, orgId))
  if (!found) throw notFound('organisation')
  return found
}

export function changeOrganisation(
  { db, clock }: Services,
  caller: Caller,
  change: { name?: string; timeZone?: string },
): Promise<OrganisationRow> {
  return inOrg(db, caller.orgId, async (tx) => {
    const before = await readOrganisation(tx, caller.orgId)
    if (!before) throw notFound('organisation')
    const to = { name: change.name ?? before.name, time_zone: change.timeZone ?? before.time_zone }
    if (to.name === before.name && to.time_zone === before.time_zone) return before
    const after = await updateOrganisation(tx, caller.orgId, to)
    const facts = {
      from: { name: before.name, timeZone: before.time_zone },
      to: { name: after.name, timeZone: after.time_zone },
    }
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'organisation.changed',
      subject: { kind: 'organisation', id: caller.orgId },
      facts,
    })
    return after
  })
}

export const listDepartments = ({ db }: Services, orgId: string): Promise<Department[]> =>
  readInOrg(db, orgId, async (tx) => (await readDepartments(tx, orgId)).map(departmentView))

type DepartmentRow = Awaited<ReturnType<typeof readDepartments>>[number]

const departmentView = ({ id, name, member_count, approver_count, walled_at }: DepartmentRow): Department => ({
  id,
  name,
  memberCount: Number(member_count),
  approverCount: Number(approver_count),
  walledAt: walled_at?.toISOString() ?? null,
})

export async function showDepartment(tx: Tx, orgId: string, id: string): Promise<Department> {
  return departmentView((await readDepartments(tx, orgId)).find((department) => department.id === id)!)
}

export function addDepartment({ db, clock }: Services, caller: Caller, name: string): Promise<Department> {
  return inOrg(db, caller.orgId, async (tx) => {
    await refuseTakenName(tx, caller.orgId, name, null)
    const id = newId()
    await insertDepartment(tx, { org_id: caller.orgId, id, name, created_at: clock() })
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'department.added',
      subject: { kind: 'department', id },
      facts: { name },
    })
    return { id, name, memberCount: 0, approverCount: 0, walledAt: null }
  })
}

export function renameDepartment(
  { db, clock }: Services,
  caller: Caller,
  id: string,
  name: string,
): Promise<Department> {
  return inOrg(db, caller.orgId, async (tx) => {
    await refuseTakenName(tx, caller.orgId, name, id)
    if (!(await rename(tx, caller.orgId, id, name))) throw notFound('department')
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'department.renamed',
      subject: { kind: 'department', id },
      facts: { name },
    })
    return showDepartment(tx, caller.orgId, id)
  })
}

/**
 * @throws Refusal where something that must not end by the way is for this department, such as a lane of approval, or where it is a wall:
 * what stands behind it would be seen by everybody.
 */
export async function removeDepartment({ db, clock }: Services, caller: Caller, id: string): Promise<void> {
  try {
    await inOrg(db, caller.orgId, async (tx) => {
      if ((await lockDepartment(tx, caller.orgId, id))?.walled_at)
        throw new Refusal('department-walled', { status: 409 })
      if (!(await deleteDepartment(tx, caller.orgId, id))) throw notFound('department')
      await record(tx, caller.orgId, caller.actor, clock(), {
        verb: 'department.removed',
        subject: { kind: 'department', id },
      })
    })
  } catch (error) {
    throw breaksReference(error) ? new Refusal('department-in-use', { status: 409 }) : error
  }
}

/** @throws Refusal where a department is named that this organisation does not have. */
export async function requireDepartment(tx: Tx, orgId: string, id: string | null | undefined): Promise<void> {
  if (id && !(await departmentExists(tx, orgId, id)))
    throw new Refusal('department-not-found', { field: 'departmentId' })
}

async function refuseTakenName(tx: Tx, orgId: string, name: string, except: string | null): Promise<void> {
  if (await departmentNameTaken(tx, orgId, name, except))
    throw new Refusal('name-taken', { status: 409, field: 'name' })
}
