// Verbs of lanes: make, change and retire them. What waits is looked at again, since it may need more or less consent now.

import { z } from 'zod'
import { breaksReference } from '../../db/refusals.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type LaneGiven, laneFault } from './lane-rules.ts'
import {
  assignLane,
  countPlanned,
  insertLane,
  type LaneRow,
  readAssignments,
  readGuardrails,
  readLanes,
  retireLane,
  updateLane,
} from './store-lanes.ts'
import type { LaneScope } from './types.ts'

export type LaneShown = LaneRow & { scopes: LaneScope[] }

export type LaneWish = LaneGiven & { name: string }

/** Looks again at what waits in an organisation. */
export const reviewAgainJob = { name: 'approvals.review-again', payload: z.object({ orgId: z.uuid() }) }

/** Answers how many posts it is about. */
export async function hurryReview(tx: Tx, { queue }: Pick<Services, 'queue'>, orgId: string): Promise<number> {
  const count = await countPlanned(tx, orgId)
  if (count > 0) await queue.send(tx, reviewAgainJob, { orgId }, { key: orgId })
  return count
}

export const listLanes = ({ db }: Pick<Services, 'db'>, orgId: string): Promise<LaneShown[]> =>
  inOrg(db, orgId, (tx) => lanesShown(tx, orgId))

async function lanesShown(tx: Tx, orgId: string): Promise<LaneShown[]> {
  const lanes = await readLanes(tx, orgId)
  const assignments = await readAssignments(tx, orgId)
  return lanes.map((lane) => ({
    ...lane,
    scopes: assignments
      .filter(({ lane_id }) => lane_id === lane.id)
      .map(({ scope, scope_id }) => ({ scope, id: scope_id })),
  }))
}

export type LaneChanged = LaneShown & LookingAgain

/** How many planned posts are looked at again because of a change. */
export interface LookingAgain {
  lookingAgain: number
}

export function makeLane(services: Services, caller: Caller, wish: LaneWish): Promise<LaneChanged> {
  return writeLane(services, caller, wish, async (tx, id, at) => {
    await insertLane(tx, caller.orgId, { ...wish, id, at, by: caller.memberId })
    return 'lane.added'
  })
}

export function changeLane(
  services: Services,
  caller: Caller,
  { id, ...wish }: LaneWish & { id: string },
): Promise<LaneChanged> {
  return writeLane(
    services,
    caller,
    wish,
    async (tx, _, at) => {
      if (!(await updateLane(tx, caller.orgId, { ...wish, id, at }))) throw notFound('lane')
      if (wish.kind === 'fast') await mustBeFree(tx, caller.orgId, id)
      return 'lane.changed'
    },
    id,
  )
}

/** @throws Refusal for an account, a campaign or a department that is not there. */
async function writeLane(
  services: Services,
  caller: Caller,
  wish: LaneWish,
  write: (tx: Tx, id: string, at: Date) => Promise<string>,
  id = newId(),
): Promise<LaneChanged> {
  const fault = laneFault(wish)
  if (fault) throw new Refusal(fault.code, { field: fault.field })
  const written = inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const taken = (await readLanes(tx, caller.orgId)).find((lane) => lane.name === wish.name && lane.id !== id)
    if (taken) throw new Refusal('name-taken', { status: 409, field: 'name' })
    const verb = await write(tx, id, at)
    await assignLane(tx, caller.orgId, id, wish.scopes, { at, by: caller.memberId })
    const lookingAgain = await hurryReview(tx, services, caller.orgId)
    const shown = (await lanesShown(tx, caller.orgId)).find((lane) => lane.id === id)!
    await record(tx, caller.orgId, caller.actor, at, {
      verb,
      subject: { kind: 'lane', id },
      facts: { name: wish.name },
    })
    return { ...shown, lookingAgain }
  })
  return written.catch((error: unknown) => {
    throw breaksReference(error) ? new Refusal('scope-not-found', { field: 'scopes' }) : error
  })
}

export function retire(services: Services, caller: Caller, id: string): Promise<LookingAgain> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const lane = await retireLane(tx, caller.orgId, id, { at, by: caller.memberId })
    if (!lane) throw notFound('lane')
    // Only now: whoever gives it to a guardrail at this moment was waited for, or waits and finds it retired.
    await mustBeFree(tx, caller.orgId, id)
    const lookingAgain = await hurryReview(tx, services, caller.orgId)
    const facts = { name: lane.name }
    await record(tx, caller.orgId, caller.actor, at, { verb: 'lane.retired', subject: { kind: 'lane', id }, facts })
    return { lookingAgain }
  })
}

/** A guardrail without its lane would guard nothing, and nobody would notice. */
async function mustBeFree(tx: Tx, orgId: string, id: string): Promise<void> {
  const user = (await readGuardrails(tx, orgId)).find(({ laneId }) => laneId === id)
  if (user) throw new Refusal('lane-in-use', { status: 409, params: { guardrail: user.name } })
}
