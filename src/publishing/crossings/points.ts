// Reads, adds, changes, switches and removes crossing points.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { pointView } from './contract.ts'
import { type PointPlan, planFault } from './rules.ts'
import {
  columnsOf,
  deletePoint,
  ensureDefaults,
  findPoint,
  hasFired,
  insertPoint,
  lockPoint,
  readPoints,
  updatePoint,
} from './store.ts'
import type { Tell } from './types.ts'
import { pointViews } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Point = z.infer<typeof pointView>

export function listPoints(services: Deps, caller: Caller): Promise<Point[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await ensureDefaults(tx, caller.orgId, services.clock())
    return pointViews(tx, caller.orgId, await readPoints(tx, caller.orgId))
  })
}

export const readPoint = (services: Deps, caller: Caller, id: string): Promise<Point> =>
  inOrg(services.db, caller.orgId, (tx) => viewOf(tx, caller.orgId, id))

export function createPoint(services: Deps, caller: Caller, plan: PointPlan): Promise<Point> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    await mustFit(tx, caller.orgId, plan, null)
    const row = { ...columnsOf(plan), org_id: caller.orgId, id, created_at: at, created_by: caller.memberId }
    await insertPoint(tx, row)
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'crossing.added',
      subject: { kind: 'crossing', id },
      facts: { name: plan.name, trigger: plan.trigger, action: plan.action },
    })
    return viewOf(tx, caller.orgId, id)
  })
}

export interface PointChange extends Partial<Pick<PointPlan, 'name' | 'conditions' | 'options' | 'tell'>> {
  id: string
  revision: number
  enabled?: boolean
}

export function changePoint(services: Deps, caller: Caller, change: PointChange): Promise<Point> {
  const { id, revision, enabled } = change
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await lockPoint(tx, caller.orgId, id)
    if (!found) throw notFound('crossing point')
    if (found.revision !== revision)
      throw new Refusal('crossing-changed-elsewhere', { status: 409, params: { revision: found.revision } })
    const plan: PointPlan = {
      name: change.name ?? found.name,
      trigger: found.trigger,
      conditions: change.conditions ?? found.conditions,
      action: found.action,
      options: change.options ?? found.options,
      tell: change.tell ?? found.tell,
    }
    await mustFit(tx, caller.orgId, plan, found.tell)
    const at = services.clock()
    const switched = enabled !== undefined && enabled !== (found.disabled_at === null)
    await updatePoint(tx, caller.orgId, id, {
      ...columnsOf(plan),
      ...{ revision: revision + 1, changed_at: at, changed_by: caller.memberId },
      ...(switched ? { disabled_at: enabled ? null : at, disabled_by: enabled ? null : caller.memberId } : {}),
    })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: switched ? (enabled ? 'crossing.enabled' : 'crossing.disabled') : 'crossing.changed',
      subject: { kind: 'crossing', id },
      facts: {
        name: plan.name,
        from: { tell: found.tell, options: found.options },
        to: { tell: plan.tell, options: plan.options },
      },
    })
    return viewOf(tx, caller.orgId, id)
  })
}

/** What fired stays on record; it can be switched off. */
export function removePoint(services: Deps, caller: Caller, id: string): Promise<{ removed: true }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await lockPoint(tx, caller.orgId, id)
    if (!found) throw notFound('crossing point')
    if (found.key !== null) throw new Refusal('crossing-is-shipped', { status: 409 })
    if (await hasFired(tx, caller.orgId, id)) throw new Refusal('crossing-has-fired', { status: 409 })
    await deletePoint(tx, caller.orgId, id)
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'crossing.removed',
      subject: { kind: 'crossing', id },
      facts: { name: found.name },
    })
    return { removed: true }
  })
}

async function viewOf(tx: Tx, orgId: string, id: string): Promise<Point> {
  const found = await findPoint(tx, orgId, id)
  if (!found) throw notFound('crossing point')
  return (await pointViews(tx, orgId, [found]))[0]!
}

async function mustFit(tx: Tx, orgId: string, plan: PointPlan, before: Tell | null): Promise<void> {
  const fault = planFault(plan)
  if (fault) throw new Refusal(fault.code, { field: fault.field })
  for (const [table, name] of [
    ['members', 'memberIds'],
    ['departments', 'departmentIds'],
  ] as const) {
    const ids = plan.tell[name].filter((id) => !before?.[name].includes(id))
    if (ids.length === 0) continue
    const found = await tx.selectFrom(table).select('id').where('org_id', '=', orgId).where('id', 'in', ids).execute()
    const missing = ids.find((id) => !found.some((row) => row.id === id))
    if (missing) throw new Refusal('not-in-organisation', { field: `tell.${name}.${plan.tell[name].indexOf(missing)}` })
  }
}
