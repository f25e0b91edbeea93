// Every query of crossing points, of their firings, and of the place up to which the log has been read for them.

import { type Selectable, sql } from 'kysely'
import type { CrossingFirings, CrossingPoints } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { defaults, type PointPlan } from './rules.ts'
import type { Action, Cause, Condition, Options, Outcome, Tell, TriggerVerb } from './types.ts'

export type PointRow = Omit<
  Selectable<CrossingPoints>,
  'trigger_verb' | 'conditions' | 'action' | 'options' | 'tell'
> & {
  trigger: TriggerVerb
  conditions: Condition[]
  action: Action
  options: Options
  tell: Tell
}

export type FiringRow = Omit<Selectable<CrossingFirings>, 'cause' | 'state' | 'outcome'> & {
  cause: Cause
  state: 'pending' | 'done' | 'failed'
  outcome: Outcome | null
}

// ── Points ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const pointsOf = (tx: Tx, orgId: string) =>
  tx.selectFrom('crossing_points').selectAll().select('trigger_verb as trigger').where('org_id', '=', orgId)

/** The six that every organisation has are made when somebody first looks, or something first happens. */
export async function ensureDefaults(tx: Tx, orgId: string, at: Date): Promise<void> {
  const rows = Object.entries(defaults).map(([key, plan]) => ({
    ...columnsOf(plan),
    ...{ org_id: orgId, id: newId(), key, created_at: at },
  }))
  const known = await tx
    .selectFrom('crossing_points')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('org_id', '=', orgId)
    .where('key', 'is not', null)
    .executeTakeFirstOrThrow()
  if (Number(known.count) >= rows.length) return
  await tx
    .insertInto('crossing_points')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const columnsOf = (plan: PointPlan) => ({
  name: plan.name,
  trigger_verb: plan.trigger,
  conditions: JSON.stringify(plan.conditions),
  action: plan.action,
  options: JSON.stringify(plan.options),
  tell: JSON.stringify(plan.tell),
})

/** The shipped ones first, in their order; then their own, oldest first. */
export async function readPoints(tx: Tx, orgId: string): Promise<PointRow[]> {
  const rows = (await pointsOf(tx, orgId).orderBy('created_at').orderBy('id').execute()) as unknown as PointRow[]
  const order = Object.keys(defaults)
  const place = ({ key }: PointRow) => (key === null ? order.length : order.indexOf(key))
  return rows.toSorted((a, b) => place(a) - place(b))
}

export const findPoint = async (tx: Tx, orgId: string, id: string): Promise<PointRow | undefined> =>
  (await pointsOf(tx, orgId).where('id', '=', id).executeTakeFirst()) as unknown as PointRow | undefined

export const lockPoint = async (tx: Tx, orgId: string, id: string): Promise<PointRow | undefined> =>
  (await pointsOf(tx, orgId).where('id', '=', id).forUpdate().executeTakeFirst()) as unknown as PointRow | undefined

export const findPointByKey = async (tx: Tx, orgId: string, key: string): Promise<PointRow | undefined> =>
  (await pointsOf(tx, orgId).where('key', '=', key).executeTakeFirst()) as unknown as PointRow | undefined

export const insertPoint = (
  tx: Tx,
  row: ReturnType<typeof columnsOf> & { org_id: string; id: string; created_at: Date; created_by: string },
): Promise<unknown> => tx.insertInto('crossing_points').values(row).execute()

export const updatePoint = (
  tx: Tx,
  orgId: string,
  id: string,
  change: Partial<ReturnType<typeof columnsOf>> & {
    revision: number
    changed_at: Date
    changed_by: string
    disabled_at?: Date | null
    disabled_by?: string | null
  },
): Promise<unknown> =>
  tx.updateTable('crossing_points').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export const deletePoint = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx.deleteFrom('crossing_points').where('org_id', '=', orgId).where('id', '=', id).execute()

// ── Firings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NewFiring {
  org_id: string
  id: string
  point_id: string
  event_seq: number | null
  fired_by: string | null
  rehearsal: boolean
  cause: Cause
  campaign_id: string | null
  post_id: string | null
  at: Date
}

export async function insertFirings(
  tx: Tx,
  rows: NewFiring[],
  done: { outcome: Outcome; at: Date } | null = null,
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('crossing_firings')
    .values(
      rows.map((row) => ({
        ...row,
        cause: JSON.stringify(row.cause),
        ...(done
          ? { state: 'done', outcome: JSON.stringify(done.outcome), ended_at: done.at, tries: 1 }
          : { state: 'pending' }),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const firingsOf = (tx: Tx, orgId: string) => tx.selectFrom('crossing_firings').selectAll().where('org_id', '=', orgId)

export const findFiring = async (tx: Tx, orgId: string, id: string): Promise<FiringRow | undefined> =>
  (await firingsOf(tx, orgId).where('id', '=', id).executeTakeFirst()) as unknown as FiringRow | undefined

/** undefined while another worker has it in hand. */
export const takeFiring = async (tx: Tx, orgId: string, id: string): Promise<FiringRow | undefined> =>
  (await firingsOf(tx, orgId).where('id', '=', id).forUpdate().skipLocked().executeTakeFirst()) as unknown as
    | FiringRow
    | undefined

export const lockFiring = async (tx: Tx, orgId: string, id: string): Promise<FiringRow | undefined> =>
  (await firingsOf(tx, orgId).where('id', '=', id).forUpdate().executeTakeFirst()) as unknown as FiringRow | undefined

export async function pendingFirings(tx: Tx, orgId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('crossing_firings')
    .select('id')
    .where('org_id', '=', orgId)
    .where('state', '=', 'pending')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map((row) => row.id)
}

export async function updateFiring(
  tx: Tx,
  orgId: string,
  id: string,
  {
    outcome,
    ...change
  }: Partial<Pick<FiringRow, 'state' | 'error' | 'tries' | 'ended_at' | 'taken_at' | 'taken_by'>> & {
    outcome?: Outcome
  },
): Promise<void> {
  await tx
    .updateTable('crossing_firings')
    .set({ ...change, ...(outcome ? { outcome: JSON.stringify(outcome) } : {}) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

/** A hand-over about this post that nobody has taken yet, locked. Two workers with replies to one post ask one after the other. */
export async function openHandOver(tx: Tx, firing: FiringRow): Promise<FiringRow | undefined> {
  const about = `hand-over ${firing.org_id} ${firing.point_id} ${firing.post_id}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${about}, 0))`.execute(tx)
  return (await firingsOf(tx, firing.org_id)
    .where('point_id', '=', firing.point_id)
    .where('post_id', '=', firing.post_id)
    .where('id', '!=', firing.id)
    .where('state', '=', 'done')
    .where('taken_at', 'is', null)
    .where(sql<boolean>`outcome->>'did' = 'handed-over'`)
    .orderBy('id')
    .forUpdate()
    .executeTakeFirst()) as unknown as FiringRow | undefined
}

export interface FiringFilter {
  pointId?: string
  campaignId?: string
  open?: boolean
  after: [at: string, id: string] | null
  limit: number
}

export const listFirings = async (tx: Tx, orgId: string, filter: FiringFilter): Promise<FiringRow[]> =>
  (await firingsOf(tx, orgId)
    .$if(filter.pointId !== undefined, (query) => query.where('point_id', '=', filter.pointId!))
    .$if(filter.campaignId !== undefined, (query) => query.where('campaign_id', '=', filter.campaignId!))
    .$if(filter.open === true, (query) =>
      query.where('taken_at', 'is', null).where(sql<boolean>`state = 'done' and outcome->>'did' = 'handed-over'`),
    )
    .$if(filter.after !== null, (query) =>
      query.where(sql<boolean>`(at, id) < (${new Date(filter.after![0])}, ${filter.after![1]}::uuid)`),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()) as unknown as FiringRow[]

export interface FiringCount {
  point_id: string
  fired: number
  failed: number
  last_id: string
}

/** How often each point fired, how often it failed, and its newest firing. */
export async function countFirings(tx: Tx, orgId: string): Promise<Map<string, FiringCount>> {
  const found =
    await sql<FiringCount>`select point_id, count(*)::int as fired, count(*) filter (where state = 'failed')::int as failed,
    (array_agg(id order by at desc, id desc))[1] as last_id from crossing_firings where org_id = ${orgId} group by point_id`.execute(
      tx,
    )
  return new Map(found.rows.map((row) => [row.point_id, row]))
}

export async function hasFired(tx: Tx, orgId: string, pointId: string): Promise<boolean> {
  const row = await firingsOf(tx, orgId).where('point_id', '=', pointId).limit(1).executeTakeFirst()
  return row !== undefined
}

export const firingsById = async (tx: Tx, orgId: string, ids: string[]): Promise<FiringRow[]> =>
  ids.length === 0 ? [] : ((await firingsOf(tx, orgId).where('id', 'in', ids).execute()) as unknown as FiringRow[])
