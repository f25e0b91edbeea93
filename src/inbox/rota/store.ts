// Every query of who works when: what members can take on, and when they are away.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { Absences } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { BusinessHours } from '../promises/types.ts'
import { usualCapacity } from './types.ts'

export interface WorkRow {
  member_id: string
  hours: BusinessHours | null
  capacity: number
  deputy_id: string | null
  manager_id: string | null
  skills: string[]
  given_at: Date | null
}

export async function workRows(tx: Tx, orgId: string, memberIds?: readonly string[]): Promise<Map<string, WorkRow>> {
  const rows = await tx
    .selectFrom('member_work')
    .select(['member_id', 'hours', 'capacity', 'deputy_id', 'manager_id', 'skills', 'given_at'])
    .where('org_id', '=', orgId)
    .$if(memberIds !== undefined, (query) =>
      query.where('member_id', '=', sql<string>`any(${[...memberIds!]}::uuid[])`),
    )
    .modifyEnd(keepPlan)
    .execute()
  return new Map(rows.map((row) => [row.member_id, row as WorkRow]))
}

/** When each is away, in order; what was called off counts until then. */
export async function absentSpans(
  tx: Tx,
  orgId: string,
  memberIds?: readonly string[],
): Promise<Map<string, { from: Date; to: Date }[]>> {
  const found = await sql<{ member_id: string; from: Date; to: Date }>`
    select member_id, from_at as from, least(to_at, coalesce(ended_at, to_at)) as to from absences
      where org_id = ${orgId} and (ended_at is null or ended_at > from_at)
        ${memberIds ? sql`and member_id = any(${[...memberIds]}::uuid[])` : sql``}
      order by from_at, id ${keepPlan}`.execute(tx)
  const spans = new Map<string, { from: Date; to: Date }[]>()
  for (const { member_id, from, to } of found.rows) {
    const of = spans.get(member_id)
    if (of) of.push({ from, to })
    else spans.set(member_id, [{ from, to }])
  }
  return spans
}

export type WorkValues = Partial<Omit<WorkRow, 'member_id' | 'given_at'>>

/** What is not given stays, or is as usual. */
export async function writeWork(
  tx: Tx,
  orgId: string,
  memberId: string,
  { values, by, at }: { values: WorkValues; by: string; at: Date },
): Promise<void> {
  const { hours, ...plain } = values
  const given = { ...plain, ...(hours === undefined ? {} : { hours: hours && JSON.stringify(hours) }) }
  const changed = { changed_at: at, changed_by: by }
  await tx
    .insertInto('member_work')
    .values({ org_id: orgId, member_id: memberId, capacity: usualCapacity, ...given, ...changed })
    .onConflict((conflict) => conflict.columns(['org_id', 'member_id']).doUpdateSet({ ...given, ...changed }))
    .execute()
}

/** Whom routing gave something, and when. */
export async function noteGiven(tx: Tx, orgId: string, memberIds: readonly string[], at: Date): Promise<void> {
  if (memberIds.length === 0) return
  const rows = [...new Set(memberIds)].sort().map((member_id) => ({ org_id: orgId, member_id, given_at: at }))
  await tx
    .insertInto('member_work')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['org_id', 'member_id']).doUpdateSet({ given_at: at }))
    .execute()
}

export type AbsenceRow = Selectable<Absences>

export const insertAbsence = (tx: Tx, row: Omit<AbsenceRow, 'ended_at' | 'ended_by'>): Promise<unknown> =>
  tx.insertInto('absences').values(row).execute()

export const lockAbsence = (tx: Tx, orgId: string, id: string): Promise<AbsenceRow | undefined> =>
  tx.selectFrom('absences').selectAll().where('org_id', '=', orgId).where('id', '=', id).forUpdate().executeTakeFirst()

export const updateAbsence = (
  tx: Tx,
  orgId: string,
  id: string,
  change: Partial<Pick<AbsenceRow, 'from_at' | 'to_at' | 'reason' | 'ended_at' | 'ended_by'>>,
): Promise<unknown> => tx.updateTable('absences').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

interface AbsenceQuery {
  memberId?: string | undefined
  /** Those that are over by then are left out. */
  from: Date
  to: Date | null
  after: [at: string, id: string] | null
  limit: number
}

/** Those that hold, the next one first. */
export async function absenceRows(tx: Tx, orgId: string, query: AbsenceQuery): Promise<AbsenceRow[]> {
  const { memberId, from, to, after, limit } = query
  const found = await sql<AbsenceRow>`
    select * from absences where org_id = ${orgId} and ended_at is null and to_at > ${from}
        ${to ? sql`and from_at < ${to}` : sql``} ${memberId ? sql`and member_id = ${memberId}` : sql``}
        ${after ? sql`and (from_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by from_at, id limit ${limit}`.execute(tx)
  return found.rows
}
