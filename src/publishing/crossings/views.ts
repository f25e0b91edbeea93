// Crossing points and their firings as the API shows them.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import type { firingView, pointView } from './contract.ts'
import { standingOf } from './rules.ts'
import { countFirings, type FiringRow, firingsById, type PointRow } from './store.ts'

type Point = z.infer<typeof pointView>
export type Firing = z.infer<typeof firingView>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function pointViews(tx: Tx, orgId: string, points: PointRow[]): Promise<Point[]> {
  const counts = await countFirings(tx, orgId)
  const newest = await firingsById(
    tx,
    orgId,
    points.flatMap(({ id }) => counts.get(id)?.last_id ?? []),
  )
  const shown = new Map((await firingViews(tx, orgId, newest)).map((firing) => [firing.pointId, firing]))
  const names = await memberNames(
    tx,
    orgId,
    points.flatMap((point) => [point.disabled_by, point.changed_by]).filter((id) => id !== null),
  )
  const person = whoIsIn(names)
  return points.map((point) => ({
    id: point.id,
    key: point.key,
    name: point.name,
    trigger: point.trigger,
    conditions: point.conditions,
    action: point.action,
    options: point.options,
    tell: point.tell,
    revision: point.revision,
    standing: standingOf(point),
    disabledAt: iso(point.disabled_at),
    disabledBy: person(point.disabled_by),
    changedAt: iso(point.changed_at),
    changedBy: person(point.changed_by),
    fired: counts.get(point.id)?.fired ?? 0,
    failed: counts.get(point.id)?.failed ?? 0,
    last: shown.get(point.id) ?? null,
  }))
}

export async function firingViews(tx: Tx, orgId: string, rows: FiringRow[]): Promise<Firing[]> {
  const of = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const names = await memberNames(tx, orgId, of(rows.flatMap((row) => [row.fired_by, row.taken_by])))
  const points = await namesIn(tx, 'crossing_points', 'name', orgId, of(rows.map((row) => row.point_id)))
  const campaigns = await namesIn(tx, 'campaigns', 'name', orgId, of(rows.map((row) => row.campaign_id)))
  const posts = await namesIn(tx, 'posts', 'summary', orgId, of(rows.map((row) => row.post_id)))
  const person = whoIsIn(names)
  return rows.map((row) => ({
    id: row.id,
    pointId: row.point_id,
    point: points.get(row.point_id) ?? '',
    at: row.at.toISOString(),
    state: row.state,
    cause: row.cause,
    firedBy: person(row.fired_by),
    rehearsal: row.rehearsal,
    campaign: row.campaign_id ? { id: row.campaign_id, name: campaigns.get(row.campaign_id) ?? '' } : null,
    post: row.post_id ? { id: row.post_id, summary: posts.get(row.post_id) ?? '' } : null,
    outcome: row.outcome,
    error: row.error,
    tries: row.tries,
    endedAt: iso(row.ended_at),
    takenAt: iso(row.taken_at),
    takenBy: person(row.taken_by),
  }))
}

async function namesIn(
  tx: Tx,
  table: 'crossing_points' | 'campaigns' | 'posts',
  column: 'name' | 'summary',
  orgId: string,
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom(table)
    .select(['id', (eb) => eb.ref(column as 'name').as('called')])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, String(row.called)]))
}
