// What a goal stands at, day by day: written down by people or read by Longrun, taken away and let count again.

import type { z } from 'zod'
import { asSystem, inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { mustBeOpen } from './actions.ts'
import type { goalView } from './contract.ts'
import { readMeasure } from './read-measure.ts'
import { goalsToRead, markReading, putReading, readingRows } from './store.ts'
import type { Measure } from './types.ts'
import { showGoal } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof goalView>

/** @throws Refusal `has-ended`, `programme-over`, `day-ahead`. */
export const noteReading = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, day, value, note }: { id: string; day: string; value: number; note: string },
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustBeOpen(tx, orgId, id)
    if (day > (await todayOf(tx, orgId, at))) throw new Refusal('day-ahead', { field: 'day' })
    await putReading(tx, orgId, { goal_id: id, on_day: day, value, read_at: at, read_by: memberId, note })
    const facts = { title: row.title, day, value }
    await record(tx, orgId, actor, at, { verb: 'goal.read', subject: { kind: 'goal', id }, facts })
    return showGoal(tx, orgId, id, at)
  })

interface OfDay {
  id: string
  day: string
}

export const removeReading = (services: Deps, caller: Caller, of: OfDay): Promise<Shown> =>
  mark(services, caller, of, 'goal.reading-removed')

export const restoreReading = (services: Deps, caller: Caller, of: OfDay): Promise<Shown> =>
  mark(services, caller, of, 'goal.reading-restored')

/** A second time changes nothing. */
const mark = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, day }: OfDay,
  verb: 'goal.reading-removed' | 'goal.reading-restored',
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustBeOpen(tx, orgId, id)
    const counted = (await readingRows(tx, orgId, [id])).some(({ on_day }) => on_day === day)
    const isRemoving = verb === 'goal.reading-removed'
    const isThere = await markReading(tx, orgId, { goalId: id, day }, isRemoving ? { at, by: memberId } : null)
    if (!isThere) throw notFound('reading')
    if (counted === isRemoving)
      await record(tx, orgId, actor, at, { verb, subject: { kind: 'goal', id }, facts: { title: row.title, day } })
    return showGoal(tx, orgId, id, at)
  })

/** Each day what Longrun can read of open goals; what a person said of a day stays. */
export async function readGoals(services: Deps & Pick<Services, 'log'>): Promise<void> {
  // One that fails does not keep the others waiting.
  for (const goal of await asSystem(services.db, goalsToRead))
    await readGoal(services, goal).catch((error: unknown) =>
      services.log.error('A goal could not be read', { error, goalId: goal.id }),
    )
}

async function readGoal(services: Deps, goal: Awaited<ReturnType<typeof goalsToRead>>[number]): Promise<void> {
  const value = await readMeasure(services, goal.org_id, goal.measure as Measure)
  if (value === null) return
  const at = services.clock()
  const reading = { goal_id: goal.id, value, read_at: at, read_by: null, note: '' }
  await inOrg(services.db, goal.org_id, async (tx) =>
    putReading(tx, goal.org_id, { ...reading, on_day: await todayOf(tx, goal.org_id, at) }),
  )
}
