// Every query of plans.

import type { Tx } from '../../db/tx.ts'
import type { Baseline, CompletedWeek } from '../load/weeks/types.ts'
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
    .execute()
  return rows as unknown as PlanRow[]
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
