// Behind which department's wall something is told, and who may know of it.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'

export interface Subject {
  kind: string
  id: string | null
}

/** What can stand behind a wall (migrations/0035-walls.sql, 0045-walled-files.sql); anything else is everybody's, and not asked for. */
const walledKinds = ['conversation', 'contact', 'media']

const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`

/** Answers for each the walled department that it belongs to, as the transaction sees it; null: none. */
export async function wallsOf(
  tx: Tx,
  orgId: string,
  subjects: readonly Subject[],
): Promise<(subject: Subject) => string | null> {
  const asked = subjects.filter(({ kind, id }) => id !== null && walledKinds.includes(kind))
  const each = [...new Map(asked.map((subject) => [keyOf(subject), subject])).values()]
  if (each.length === 0) return () => null
  const found = await sql<{ kind: string; id: string; wall: string | null }>`
    select s.kind, s.id, wall_of(${orgId}, s.kind, s.id) as wall
      from unnest(${each.map(({ kind }) => kind)}::text[], ${each.map(({ id }) => id)}::uuid[]) s (kind, id)`.execute(
    tx,
  )
  const walls = new Map(found.rows.map((row) => [keyOf(row), row.wall]))
  return (subject) => walls.get(keyOf(subject)) ?? null
}

export const wallOf = async (tx: Tx, orgId: string, subject: Subject): Promise<string | null> =>
  (await wallsOf(tx, orgId, [subject]))(subject)

/** Those of these members who may know of it: all of them, or where it stands behind a wall the members of that department. */
export async function mayKnow(
  tx: Tx,
  orgId: string,
  subject: Subject,
  memberIds: readonly string[],
): Promise<string[]> {
  const wallId = await wallOf(tx, orgId, subject)
  if (wallId === null) return [...memberIds]
  const found = await sql<{ id: string }>`
    select id from members where org_id = ${orgId} and id = any(${[...memberIds]}::uuid[]) and department_id = ${wallId} and ended_at is null`.execute(
    tx,
  )
  const known = new Set(found.rows.map((row) => row.id))
  return memberIds.filter((id) => known.has(id))
}

/** Departments whose walls whoever looks stands behind: their own. */
export async function ownWalls(tx: Tx): Promise<string[]> {
  const found = await sql<{ walls: string[] }>`select current_walls() as walls`.execute(tx)
  return found.rows[0]!.walls
}

/** Whether a department is a wall now. */
export async function isWalled(tx: Tx, orgId: string, departmentId: string): Promise<boolean> {
  const found = await sql<{ walled: boolean }>`
    select walled_at is not null as walled from departments where org_id = ${orgId} and id = ${departmentId}`.execute(
    tx,
  )
  return found.rows[0]?.walled ?? false
}

/** Whether a member belongs to a department now. */
export async function belongsTo(
  tx: Tx,
  orgId: string,
  { departmentId, memberId }: { departmentId: string; memberId: string },
): Promise<boolean> {
  const found = await sql<{ there: boolean }>`
    select exists (select from members where org_id = ${orgId} and id = ${memberId} and department_id = ${departmentId} and ended_at is null) as there`.execute(
    tx,
  )
  return found.rows[0]!.there
}

/** Behind which wall whoever looks stands: their department's where it is one; null: behind none. */
export async function ownWall(tx: Tx): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from departments where org_id = current_org() and id = any(current_walls()) and walled_at is not null`.execute(
    tx,
  )
  return found.rows[0]?.id ?? null
}
