// Every query of plans.

import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import type { Baseline, CompletedWeek } from '../load/weeks/types.ts'
import { type ProgrammeRow, programmeColumns } from '../store.ts'
import type { CadenceLines, StoredWeek } from './types.ts'

/** What people were used to, and the Monday from which weeks of the plan count. */
export interface PlanGround {
  from: string
  baseline: Baseline
  history: CompletedWeek[]
}

export interface PlanRow {
  number: number
  cadence: { from: string; lines: CadenceLines }
  ground: PlanGround
  weeks: StoredWeek[]
  reason: string
  made_at: Date
  made_by: string
}

/** Newest first. */
export async function planRows(tx: Tx, orgId: string, programmeId: string, most: number): Promise<PlanRow[]> {
  const rows = await tx
    .selectFrom('plan_versions')
    .select(['number', 'cadence', 'ground', 'weeks', 'reason', 'made_at', 'made_by'])
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('number', 'desc')
    .limit(most)
    .modifyEnd(keepPlan)
    .execute()
  return rows as unknown as PlanRow[]
}

export interface InForce {
  programme: ProgrammeRow
  /** Which version of its plan that is; null: it has none yet. */
  version: Pick<PlanRow, 'number' | 'made_at'> | null
}

/** The programme that goes on, and which plan is in force in it, without the plan. */
export async function readInForce(tx: Tx, orgId: string): Promise<InForce | null> {
  const row = await tx
    .selectFrom('programmes as p')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('plan_versions')
          .select(['number', 'made_at'])
          .whereRef('org_id', '=', 'p.org_id')
          .whereRef('programme_id', '=', 'p.id')
          .orderBy('number', 'desc')
          .limit(1)
          .as('v'),
      (join) => join.onTrue(),
    )
    .select(programmeColumns.map((column) => `p.${column}` as const))
    .select(['v.number', 'v.made_at'])
    .where('p.org_id', '=', orgId)
    .where('p.ended_at', 'is', null)
    .modifyEnd(keepPlan)
    .executeTakeFirst()
  if (!row) return null
  const { number, made_at, ...programme } = row
  return { programme, version: number === null ? null : { number, made_at: made_at! } }
}

export const insertPlan = (
  tx: Tx,
  orgId: string,
  programmeId: string,
  { number, cadence, ground, weeks, reason, made_at, made_by }: PlanRow,
): Promise<unknown> =>
  tx
    .insertInto('plan_versions')
    .values({
      ...{ org_id: orgId, programme_id: programmeId, number, reason, made_at, made_by },
      ...{ cadence: JSON.stringify(cadence), ground: JSON.stringify(ground), weeks: JSON.stringify(weeks) },
    })
    .execute()
