// Every query of organisations, departments and members.

import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'
import { may, type Role, roles } from './permissions.ts'

export interface OrganisationRow {
  id: string
  name: string
  slug: string
  time_zone: string
  created_at: Date
}

const organisationColumns = ['id', 'name', 'slug', 'time_zone', 'created_at'] as const

export const readOrganisation = (tx: Tx, id: string): Promise<OrganisationRow | undefined> =>
  tx.selectFrom('organisations').select(organisationColumns).where('id', '=', id).modifyEnd(keepPlan).executeTakeFirst()

export const insertOrganisation = (tx: Tx, row: OrganisationRow & { created_by: string }): Promise<unknown> =>
  tx.insertInto('organisations').values(row).execute()

export const updateOrganisation = (
  tx: Tx,
  id: string,
  change: { name?: string; time_zone?: string },
): Promise<OrganisationRow> =>
  tx
    .updateTable('organisations')
    .set(change)
    .where('id', '=', id)
    .returning(organisationColumns)
    .executeTakeFirstOrThrow()

/** Slugs in use that begin like this one; across organisations, so only under `asSystem`. */
export async function readSlugs(tx: Tx, like: string): Promise<Set<string>> {
  const rows = await tx.selectFrom('organisations').select('slug').where('slug', 'like', `${like}%`).execute()
  return new Set(rows.map((row) => row.slug))
}

export const readMemberships = (tx: Tx, userId: string) =>
  tx
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.org_id')
    .select(['members.id as member_id', 'members.role', 'members.department_id'])
    .select([
      'organisations.id',
      'organisations.name',
      'organisations.slug',
      'organisations.time_zone',
      'organisations.created_at',
    ])
    .where('members.user_id', '=', userId)
    .where('members.ended_at', 'is', null)
    .orderBy('organisations.name')
    .orderBy('organisations.id')
    .execute()

// ── Departments ─────────────────────────────────────────────────────────────────────────────────────────────────────

const approvingRoles = roles.filter((role) => may(role, 'inbox.approve'))

export const readDepartments = (tx: Tx, orgId: string) =>
  tx
    .selectFrom('departments')
    .leftJoin('members', (join) =>
      join
        .onRef('members.org_id', '=', 'departments.org_id')
        .onRef('members.department_id', '=', 'departments.id')
        .on('members.ended_at', 'is', null),
    )
    .select(['departments.id', 'departments.name', 'departments.walled_at'])
    .select(({ fn }) => [
      fn.count<number>('members.id').as('member_count'),
      fn.count<number>('members.id').filterWhere('members.role', 'in', approvingRoles).as('approver_count'),
    ])
    .where('departments.org_id', '=', orgId)
    .groupBy(['departments.org_id', 'departments.id'])
    .orderBy('departments.name')
    .execute()

export async function departmentExists(tx: Tx, orgId: string, id: string): Promise<boolean> {
  return (
    (await tx
      .selectFrom('departments')
      .select('id')
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .executeTakeFirst()) !== undefined
  )
}

export async function departmentNameTaken(
  tx: Tx,
  orgId: string,
  name: string,
  except: string | null,
): Promise<boolean> {
  const found = await tx
    .selectFrom('departments')
    .select('id')
    .where('org_id', '=', orgId)
    .where('name', '=', name)
    .$if(except !== null, (query) => query.where('id', '!=', except!))
    .executeTakeFirst()
  return found !== undefined
}

export const insertDepartment = (
  tx: Tx,
  row: { org_id: string; id: string; name: string; created_at: Date },
): Promise<unknown> => tx.insertInto('departments').values(row).execute()

export async function renameDepartment(tx: Tx, orgId: string, id: string, name: string): Promise<boolean> {
  const done = await tx
    .updateTable('departments')
    .set({ name })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function deleteDepartment(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const done = await tx.deleteFrom('departments').where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()
  return done.numDeletedRows > 0n
}

// ── Members ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface MemberRow {
  id: string
  user_id: string
  name: string
  email: string
  role: string
  department_id: string | null
  created_at: Date
  ended_at: Date | null
}

const membersOf = (tx: Tx, orgId: string) =>
  tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select([
      'members.id',
      'members.user_id',
      'users.name',
      'users.email',
      'members.role',
      'members.department_id',
      'members.created_at',
      'members.ended_at',
    ])
    .where('members.org_id', '=', orgId)

/** Those who are members now first, then those who were. */
export const readMembers = (tx: Tx, orgId: string): Promise<MemberRow[]> =>
  membersOf(tx, orgId)
    .orderBy('members.ended_at', (order) => order.desc().nullsFirst())
    .orderBy('users.name')
    .orderBy('members.id')
    .execute()

export const readMember = (tx: Tx, orgId: string, id: string): Promise<MemberRow | undefined> =>
  membersOf(tx, orgId).where('members.id', '=', id).modifyEnd(keepPlan).executeTakeFirst()

export const readActiveMembersByRole = (tx: Tx, orgId: string, roles: readonly Role[]): Promise<MemberRow[]> =>
  membersOf(tx, orgId)
    .where('members.role', 'in', roles)
    .where('members.ended_at', 'is', null)
    .orderBy('members.id')
    .modifyEnd(keepPlan)
    .execute()

export const readMemberByAddress = (tx: Tx, orgId: string, email: string): Promise<MemberRow | undefined> =>
  membersOf(tx, orgId).where('users.email', '=', email).executeTakeFirst()

/** Counts owners under a lock on them, so that the last two cannot leave at the same moment. */
export async function lockOwners(tx: Tx, orgId: string): Promise<number> {
  const owners = await tx
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', orgId)
    .where('role', '=', 'owner')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return owners.length
}

export const insertMember = (
  tx: Tx,
  row: { org_id: string; id: string; user_id: string; role: Role; department_id: string | null; created_at: Date },
): Promise<{ id: string }> =>
  tx
    .insertInto('members')
    .values(row)
    // Somebody who left and comes back is the same member, with the same history.
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'user_id'])
        .doUpdateSet({ role: row.role, department_id: row.department_id, ended_at: null, ended_by: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()

export const updateMember = (
  tx: Tx,
  orgId: string,
  id: string,
  change: { role?: Role; department_id?: string | null },
): Promise<unknown> => tx.updateTable('members').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export const endMembership = (tx: Tx, orgId: string, id: string, ended: { at: Date; by: string }): Promise<unknown> =>
  tx
    .updateTable('members')
    .set({ ended_at: ended.at, ended_by: ended.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
