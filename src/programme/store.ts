// Every query of programmes.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Programmes } from '../db/schema.gen.ts'
import type { Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import type { ProgrammeFacts } from './types.ts'

export type ProgrammeRow = Selectable<Programmes>

/** The one that goes on first, then those that ended, newest first. */
export const programmeRows = (tx: Tx, orgId: string): Promise<ProgrammeRow[]> =>
  tx
    .selectFrom('programmes')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const programmeColumns = [
  ...(['org_id', 'id', 'name', 'ambition', 'begins_on', 'version'] as const),
  ...(['begun_at', 'begun_by', 'ended_at', 'ended_by', 'end_reason'] as const),
] as const satisfies readonly (keyof ProgrammeRow)[]

export const findGoingOn = (tx: Tx, orgId: string): Promise<ProgrammeRow | undefined> =>
  tx
    .selectFrom('programmes')
    .select(programmeColumns)
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .modifyEnd(keepPlan)
    .executeTakeFirst()

/** Locked until the transaction ends. */
export const lockProgramme = (tx: Tx, orgId: string, id: string): Promise<ProgrammeRow | undefined> =>
  tx
    .selectFrom('programmes')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

export async function insertProgramme(
  tx: Tx,
  orgId: string,
  { name, ambition, beginsOn }: ProgrammeFacts,
  { by, at }: { by: string; at: Date },
): Promise<string> {
  const id = newId()
  const facts = { name, ambition, begins_on: beginsOn, version: 1 }
  await tx
    .insertInto('programmes')
    .values({ org_id: orgId, id, ...facts, begun_at: at, begun_by: by })
    .execute()
  return id
}

export const updateProgramme = (
  tx: Tx,
  orgId: string,
  id: string,
  values: Partial<Omit<ProgrammeRow, 'org_id' | 'id'>>,
) => tx.updateTable('programmes').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()

/** One is begun at a time, so that two people at once make one. */
export const lockBeginning = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`programme ${orgId}`}, 0))`.execute(tx)
