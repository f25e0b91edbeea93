// Every query of processes, their versions and who has read them.

import { type Selectable, sql } from 'kysely'
import type { Processes } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { ProcessKeeping, ProcessStep, ProcessWords } from './types.ts'

export interface VersionRow {
  number: number
  purpose: string
  steps: ProcessStep[]
  why: string
  made_at: Date
  made_by: string
}

export type ProcessRow = Omit<Selectable<Processes>, 'review_on'> & VersionRow & { review_on: string }

const joined = (orgId: string) => sql`
  select p.*, p.review_on::text as review_on, v.purpose, v.steps, v.why, v.made_at, v.made_by
    from processes p join process_versions v on v.org_id = p.org_id and v.process_id = p.id and v.number = p.number where p.org_id = ${orgId}`

export async function processRows(tx: Tx, orgId: string): Promise<ProcessRow[]> {
  const found = await sql<ProcessRow>`
    ${joined(orgId)} order by p.ended_at is not null, lower(p.name), p.id`.execute(tx)
  return found.rows
}

/** Locked until the transaction ends; read after it is, since whoever had it before may have put another version in force. */
export async function lockProcess(tx: Tx, orgId: string, id: string): Promise<ProcessRow | undefined> {
  await sql`select from processes where org_id = ${orgId} and id = ${id} for no key update`.execute(tx)
  const found = await sql<ProcessRow>`${joined(orgId)} and p.id = ${id}`.execute(tx)
  return found.rows[0]
}

interface NewVersion extends ProcessWords {
  number: number
  why: string
  by: string
  at: Date
}

export async function insertProcess(
  tx: Tx,
  orgId: string,
  { name, ownerId, deputyId, reviewOn, at }: ProcessKeeping & { at: Date },
): Promise<string> {
  const id = newId()
  const kept = { name, owner_id: ownerId, deputy_id: deputyId, review_on: reviewOn }
  await tx
    .insertInto('processes')
    .values({ org_id: orgId, id, ...kept, number: 1, begun_at: at })
    .execute()
  return id
}

export const insertVersion = (
  tx: Tx,
  orgId: string,
  processId: string,
  { number, purpose, steps, why, by, at }: NewVersion,
): Promise<unknown> =>
  tx
    .insertInto('process_versions')
    .values({
      ...{ org_id: orgId, process_id: processId, number, purpose, steps: JSON.stringify(steps), why },
      ...{ made_at: at, made_by: by },
    })
    .execute()

type Change = Partial<Omit<Selectable<Processes>, 'org_id' | 'id'>>

export const updateProcess = (tx: Tx, orgId: string, id: string, values: Change) =>
  tx.updateTable('processes').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()

/** Newest first. */
export const versionRows = async (tx: Tx, orgId: string, processId: string): Promise<VersionRow[]> =>
  (await tx
    .selectFrom('process_versions')
    .select(['number', 'purpose', 'steps', 'why', 'made_at', 'made_by'])
    .where('org_id', '=', orgId)
    .where('process_id', '=', processId)
    .orderBy('number', 'desc')
    .execute()) as unknown as VersionRow[]

export const readRows = (tx: Tx, orgId: string, processIds: readonly string[]) =>
  tx
    .selectFrom('process_reads')
    .select(['process_id', 'number', 'member_id', 'read_at'])
    .where('org_id', '=', orgId)
    .where('process_id', '=', sql<string>`any(${[...processIds]}::uuid[])`)
    .execute()

/** The first time counts. Whether it is the first. */
export async function putRead(
  tx: Tx,
  orgId: string,
  { id, number, memberId, at }: { id: string; number: number; memberId: string; at: Date },
): Promise<boolean> {
  const put = await tx
    .insertInto('process_reads')
    .values({ org_id: orgId, process_id: id, number, member_id: memberId, read_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(put.numInsertedOrUpdatedRows) > 0
}

interface Due {
  org_id: string
  id: string
  name: string
  owner_id: string
  deputy_id: string | null
  review_on: string
}

/** Whose day of review has come, told once for each day. Runs as the system. */
export async function markDue(tx: Tx, now: Date, limit: number): Promise<Due[]> {
  const found = await sql<Due>`
    update processes t set told_at = ${now} where (t.org_id, t.id) in
      (select p.org_id, p.id from processes p join organisations o on o.id = p.org_id where p.ended_at is null and p.told_at is null
        and p.review_on <= (${now}::timestamptz at time zone o.time_zone)::date order by p.review_on limit ${limit} for update of p skip locked)
      returning t.org_id, t.id, t.name, t.owner_id, t.deputy_id, t.review_on::text as review_on`.execute(tx)
  return found.rows
}
