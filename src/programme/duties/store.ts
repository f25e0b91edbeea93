// Every query of duties.

import { type Selectable, sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Duties } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { DutyFacts } from './types.ts'

export type DutyRow = Selectable<Duties>

/** Whoever enters duties waits for the others: the rule looks at all days of a person. */
export const lockDuties = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.duties}, hashtext(${orgId}::uuid::text))`.execute(tx)

interface Days {
  from: string
  to: string
}

/** Those that hold, by day; of one person where one is named. */
export const dutyRows = (
  tx: Tx,
  orgId: string,
  { from, to, memberId }: Days & { memberId?: string | undefined },
): Promise<DutyRow[]> =>
  tx
    .selectFrom('duties')
    .select(['org_id', 'id', 'member_id', 'on_day', 'kind', 'note', 'made_at', 'made_by', 'removed_at'])
    .where('org_id', '=', orgId)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .where('removed_at', 'is', null)
    .$if(memberId !== undefined, (query) => query.where('member_id', '=', memberId!))
    .orderBy('on_day')
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()

/** Days of duty by person. */
export async function dutyDays(tx: Tx, orgId: string, days: Days): Promise<Map<string, string[]>> {
  const rows = await dutyRows(tx, orgId, days)
  return new Map(
    [...Map.groupBy(rows, ({ member_id }) => member_id)].map(([id, own]) => [
      id,
      [...new Set(own.map(({ on_day }) => on_day))],
    ]),
  )
}

export const findDuty = (tx: Tx, orgId: string, id: string): Promise<DutyRow | undefined> =>
  tx.selectFrom('duties').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

/** `by` null: Longrun itself. */
export async function insertDuty(
  tx: Tx,
  orgId: string,
  { memberId, day, kind, note, by, at }: DutyFacts & { by: string | null; at: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('duties')
    .values({ org_id: orgId, id, member_id: memberId, on_day: day, kind, note, made_at: at, made_by: by })
    .execute()
  return id
}

export const markDuty = (tx: Tx, orgId: string, id: string, removedAt: Date | null): Promise<unknown> =>
  tx.updateTable('duties').set({ removed_at: removedAt }).where('org_id', '=', orgId).where('id', '=', id).execute()
