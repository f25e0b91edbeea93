// Every query of lanes, where they apply, and guardrails.

import type { Insertable, Selectable } from 'kysely'
import type { Guardrails, LaneAssignments } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { VariantState } from '../types.ts'
import type { Guardrail } from './guardrail-rules.ts'
import type { FastRule, GuardrailKind, GuardrailSettings, LaneScope, laneKinds, StepRule } from './types.ts'

/** States in which a post waits for its time, so that consent can still be asked for. */
export const plannedStates: VariantState[] = ['in-review', 'scheduled', 'held', 'parked']

export interface LaneRow {
  id: string
  name: string
  kind: (typeof laneKinds)[number]
  steps: StepRule[]
  fast: FastRule | null
  updated_at: Date
}

/** Those in use, by name. */
export async function readLanes(tx: Tx, orgId: string): Promise<LaneRow[]> {
  const rows = await tx
    .selectFrom('lanes')
    .select(['id', 'name', 'kind', 'steps', 'fast', 'updated_at'])
    .where('org_id', '=', orgId)
    .where('retired_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows as unknown as LaneRow[]
}

/** One in use, which nobody retires or changes until this transaction ends. */
export const keepLane = (tx: Tx, orgId: string, id: string): Promise<{ kind: string } | undefined> =>
  tx
    .selectFrom('lanes')
    .select('kind')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .forShare()
    .executeTakeFirst()

export interface AssignmentRow {
  lane_id: string
  scope: LaneScope['scope']
  scope_id: string | null
}

export async function readAssignments(tx: Tx, orgId: string): Promise<AssignmentRow[]> {
  const rows = await tx
    .selectFrom('lane_assignments')
    .select(['lane_id', 'scope', 'scope_id'])
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows as AssignmentRow[]
}

export interface LaneContent {
  name: string
  kind: LaneRow['kind']
  steps: StepRule[]
  fast: FastRule | null
}

const asColumns = ({ name, kind, steps, fast }: LaneContent) => ({
  ...{ name, kind, steps: JSON.stringify(steps) },
  fast: fast ? JSON.stringify(fast) : null,
})

export const insertLane = (
  tx: Tx,
  orgId: string,
  lane: LaneContent & { id: string; at: Date; by: string },
): Promise<unknown> =>
  tx
    .insertInto('lanes')
    .values({
      ...{ org_id: orgId, id: lane.id, ...asColumns(lane) },
      ...{ created_at: lane.at, created_by: lane.by, updated_at: lane.at },
    })
    .execute()

export async function updateLane(
  tx: Tx,
  orgId: string,
  lane: LaneContent & { id: string; at: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('lanes')
    .set({ ...asColumns(lane), updated_at: lane.at })
    .where('org_id', '=', orgId)
    .where('id', '=', lane.id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function retireLane(tx: Tx, orgId: string, id: string, by: { at: Date; by: string }) {
  await tx.deleteFrom('lane_assignments').where('org_id', '=', orgId).where('lane_id', '=', id).execute()
  return tx
    .updateTable('lanes')
    .set({ retired_at: by.at, retired_by: by.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
}

export async function assignLane(
  tx: Tx,
  orgId: string,
  laneId: string,
  scopes: LaneScope[],
  by: { at: Date; by: string },
): Promise<void> {
  await tx.deleteFrom('lane_assignments').where('org_id', '=', orgId).where('lane_id', '=', laneId).execute()
  if (scopes.length === 0) return
  const rows = scopes.map(
    ({ scope, id }): Insertable<LaneAssignments> => ({
      ...{ org_id: orgId, id: newId(), lane_id: laneId, scope, scope_id: scope === 'organisation' ? null : id },
      ...{ created_at: by.at, created_by: by.by },
    }),
  )
  await tx
    .insertInto('lane_assignments')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Posts that a change of lanes or guardrails may concern. */
export async function countPlanned(tx: Tx, orgId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('variants')
    .select(({ fn }) => fn.count<string>('post_id').distinct().as('count'))
    .where('org_id', '=', orgId)
    .where('state', 'in', plannedStates)
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

// ── Guardrails ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function readGuardrails(tx: Tx, orgId: string): Promise<Guardrail[]> {
  const rows = await tx
    .selectFrom('guardrails')
    .select(['id', 'name', 'kind', 'settings', 'account_ids', 'lane_id'])
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(guardrailOf)
}

type GuardrailRow = Pick<Selectable<Guardrails>, 'id' | 'name' | 'kind' | 'settings' | 'account_ids' | 'lane_id'>

const guardrailOf = (row: GuardrailRow): Guardrail => ({
  ...{ id: row.id, name: row.name, kind: row.kind as GuardrailKind },
  ...{ settings: row.settings as unknown as GuardrailSettings, accountIds: row.account_ids, laneId: row.lane_id },
})

export type GuardrailContent = Omit<Guardrail, 'id'>

const guardrailColumns = ({ name, kind, settings, accountIds, laneId }: GuardrailContent) => ({
  ...{ name, kind, settings: JSON.stringify(settings), account_ids: accountIds, lane_id: laneId },
})

export const insertGuardrail = (
  tx: Tx,
  orgId: string,
  { id, at, by, ...content }: GuardrailContent & { id: string; at: Date; by: string },
): Promise<unknown> => {
  const row: Insertable<Guardrails> = {
    ...{ org_id: orgId, id, ...guardrailColumns(content) },
    ...{ created_at: at, created_by: by },
  }
  return tx.insertInto('guardrails').values(row).execute()
}

export async function updateGuardrail(
  tx: Tx,
  orgId: string,
  { id, ...content }: GuardrailContent & { id: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('guardrails')
    .set(guardrailColumns(content))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function readRemovedGuardrail(tx: Tx, orgId: string, id: string): Promise<Guardrail | null> {
  const row = await tx
    .selectFrom('guardrails')
    .select(['id', 'name', 'kind', 'settings', 'account_ids', 'lane_id'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('removed_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  return row ? guardrailOf(row) : null
}

export const restoreGuardrailRow = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx
    .updateTable('guardrails')
    .set({ removed_at: null, removed_by: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const removeGuardrailRow = (tx: Tx, orgId: string, id: string, by: { at: Date; by: string }) =>
  tx
    .updateTable('guardrails')
    .set({ removed_at: by.at, removed_by: by.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
