// Every query of what people told of lines, and of the unit by which items are judged.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { ToldLines } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { type GoalUnit, type ToldFacts, usualUnit } from './types.ts'

export type ToldRow = Selectable<ToldLines>

export async function unitOf(tx: Tx, orgId: string): Promise<GoalUnit> {
  const row = await tx.selectFrom('worth_units').select('unit').where('org_id', '=', orgId).executeTakeFirst()
  return (row?.unit as GoalUnit | undefined) ?? usualUnit
}

export const putUnit = (
  tx: Tx,
  orgId: string,
  { unit, by, at }: { unit: GoalUnit; by: string; at: Date },
): Promise<unknown> =>
  tx
    .insertInto('worth_units')
    .values({ org_id: orgId, unit, set_at: at, set_by: by })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet({ unit, set_at: at, set_by: by }))
    .execute()

/** Those that count. */
export const toldRows = (tx: Tx, orgId: string): Promise<ToldRow[]> =>
  tx
    .selectFrom('told_lines')
    .select(['org_id', 'id', 'channel', 'activity', 'unit', 'value', 'minutes', 'decay', 'note'])
    .select(['most_weekly', 'least_weekly', 'least_kind', 'told_at', 'told_by', 'removed_at'])
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .orderBy('told_at')
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()

/** Locked until the transaction ends. */
export const lockTold = (tx: Tx, orgId: string, id: string): Promise<ToldRow | undefined> =>
  tx
    .selectFrom('told_lines')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** One is told at a time, so that of two people at once the later one counts. */
export const lockTelling = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`told lines ${orgId}`}, 0))`.execute(tx)

export const removeTold = (
  tx: Tx,
  orgId: string,
  { channel, activity }: { channel: string; activity: string },
  at: Date,
): Promise<unknown> =>
  tx
    .updateTable('told_lines')
    .set({ removed_at: at })
    .where('org_id', '=', orgId)
    .where('channel', '=', channel)
    .where('activity', '=', activity)
    .where('removed_at', 'is', null)
    .execute()

export const bringBack = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx.updateTable('told_lines').set({ removed_at: null }).where('org_id', '=', orgId).where('id', '=', id).execute()

export async function insertTold(
  tx: Tx,
  orgId: string,
  facts: ToldFacts,
  { by, at }: { by: string; at: Date },
): Promise<string> {
  const id = newId()
  const { channel, activity, unit, value, minutes, decay, note } = facts
  const weekly = { most_weekly: facts.mostWeekly, least_weekly: facts.leastWeekly, least_kind: facts.leastKind }
  await tx
    .insertInto('told_lines')
    .values({
      org_id: orgId,
      id,
      ...{ channel, activity, unit, value, minutes, decay, note },
      ...weekly,
      told_at: at,
      told_by: by,
    })
    .execute()
  return id
}

/** What somebody told that one takes, by activity; the newest where channels differ. */
export async function toldMinutes(tx: Tx, orgId: string): Promise<Map<string, number>> {
  const rows = await toldRows(tx, orgId)
  return new Map(rows.flatMap(({ activity, minutes }) => (minutes === null ? [] : [[activity, minutes] as const])))
}
