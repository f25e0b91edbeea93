// Fires crossing points by hand, runs failed firings again, takes what was handed over, and lists what happened.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { readCursor, writeCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findCampaign } from '../campaigns/store.ts'
import type { ActServices } from './act.ts'
import { runFiring } from './fire.ts'
import { standingOf } from './rules.ts'
import {
  type FiringFilter,
  findFiring,
  findPoint,
  insertFirings,
  listFirings,
  lockFiring,
  updateFiring,
} from './store.ts'
import { type Firing, firingViews } from './views.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

export interface ByHand {
  id: string
  rehearsal: boolean
  campaignId?: string
  postId?: string
}

/** Also a point that is switched off, or whose trigger is not here yet, can be fired by a person. */
export async function firePoint(services: ActServices, caller: Caller, given: ByHand): Promise<Firing> {
  const { orgId } = caller
  const firingId = newId()
  await inOrg(services.db, orgId, async (tx) => {
    const point = await findPoint(tx, orgId, given.id)
    if (!point) throw notFound('crossing point')
    const { state, waitsFor } = standingOf(point)
    if (!given.rehearsal) {
      if (state === 'waits') throw new Refusal('crossing-waits', { status: 409, params: { for: waitsFor ?? '' } })
      if (point.action === 'quick-campaign') throw new Refusal('begun-from-feed', { status: 409 })
    }
    const campaignId = await campaignOf(tx, orgId, given)
    if (!given.rehearsal && !campaignId && (point.action === 'report' || point.action === 'hold-campaign'))
      throw new Refusal('campaign-needed', { field: 'campaignId' })
    const subject = given.postId
      ? { kind: 'post', id: given.postId }
      : { kind: campaignId ? 'campaign' : 'crossing', id: campaignId ?? point.id }
    await insertFirings(tx, [
      {
        ...{ org_id: orgId, id: firingId, point_id: point.id, event_seq: null, fired_by: caller.memberId },
        ...{ rehearsal: given.rehearsal, campaign_id: campaignId, post_id: given.postId ?? null, at: services.clock() },
        cause: { verb: 'by-hand', subject, facts: {} },
      },
    ])
  })
  await runFiring(services, orgId, firingId)
  return readFiring(services, orgId, firingId)
}

async function campaignOf(tx: Tx, orgId: string, { campaignId, postId }: ByHand): Promise<string | null> {
  if (campaignId) {
    if (!(await findCampaign(tx, orgId, campaignId))) throw new Refusal('not-in-organisation', { field: 'campaignId' })
    return campaignId
  }
  if (!postId) return null
  const post = await tx
    .selectFrom('posts')
    .select('campaign_id')
    .where('org_id', '=', orgId)
    .where('id', '=', postId)
    .executeTakeFirst()
  if (!post) throw new Refusal('not-in-organisation', { field: 'postId' })
  return post.campaign_id
}

export async function runAgain(services: ActServices, caller: Caller, id: string): Promise<Firing> {
  const { orgId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const firing = await lockFiring(tx, orgId, id)
    if (!firing) throw notFound('firing')
    if (firing.state !== 'failed') throw new Refusal('firing-not-failed', { status: 409 })
    await updateFiring(tx, orgId, id, { state: 'pending', error: null, ended_at: null })
    await record(tx, orgId, caller.actor, services.clock(), {
      verb: 'crossing.run-again',
      subject: { kind: 'crossing', id: firing.point_id },
      facts: { firingId: id },
    })
  })
  await runFiring(services, orgId, id)
  return readFiring(services, orgId, id)
}

/** The first who takes it has it; a second one is told. */
export function takeHandOver(services: Pick<Services, 'db' | 'clock'>, caller: Caller, id: string): Promise<Firing> {
  const { orgId } = caller
  return inOrg(services.db, orgId, async (tx) => {
    const firing = await lockFiring(tx, orgId, id)
    if (!firing) throw notFound('firing')
    if (firing.outcome?.did !== 'handed-over') throw new Refusal('nothing-handed-over', { status: 409 })
    if (firing.taken_at) throw new Refusal('taken-already', { status: 409 })
    const at = services.clock()
    await updateFiring(tx, orgId, id, { taken_at: at, taken_by: caller.memberId })
    await record(tx, orgId, caller.actor, at, {
      verb: 'crossing.taken',
      subject: { kind: 'crossing', id: firing.point_id },
      facts: { firingId: id, postId: firing.post_id },
    })
    return (await firingViews(tx, orgId, [(await findFiring(tx, orgId, id))!]))[0]!
  })
}

export function listFired(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: Omit<FiringFilter, 'after'> & { cursor?: string },
): Promise<{ items: Firing[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await listFirings(tx, caller.orgId, { ...given, after, limit: given.limit + 1 })
    const shown = rows.slice(0, given.limit)
    const last = shown.at(-1)
    return {
      items: await firingViews(tx, caller.orgId, shown),
      nextCursor: rows.length > given.limit && last ? writeCursor([last.at.toISOString(), last.id]) : null,
    }
  })
}

const readFiring = (services: Pick<Services, 'db'>, orgId: string, id: string): Promise<Firing> =>
  inOrg(services.db, orgId, async (tx) => (await firingViews(tx, orgId, [(await findFiring(tx, orgId, id))!]))[0]!)
