// Reads the event log behind its own place and fires crossing points: each event once, whatever dies, with two workers or ten.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readAdminIds } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import { changePosts } from '../store.ts'
import { type ActServices, carryOut } from './act.ts'
import { fires, liveTriggers, standingOf } from './rules.ts'
import {
  ensureDefaults,
  findPoint,
  insertFirings,
  lockFiring,
  type NewFiring,
  type PointRow,
  pendingFirings,
  readPoints,
  takeFiring,
  updateFiring,
} from './store.ts'
import {
  eventsBehind,
  type LoggedEvent,
  lockPlace,
  movePlace,
  organisationsBehind,
  type SubjectFacts,
  subjectsOf,
} from './store-places.ts'

const batchSize = 200

/**
 * First it notes what fires, in the transaction that moves the place; then it carries out what is noted, each in a transaction of
 * its own. A worker that dies in between leaves noted firings to the next one. Answers how many were carried out.
 */
export async function fireCrossings(services: ActServices, orgId?: string): Promise<number> {
  const behind = orgId ? [orgId] : await asSystem(services.db, organisationsBehind)
  return oneByOne(services.log, 'Crossing points could not be looked at', behind, (id) => fireIn(services, id))
}

async function fireIn(services: ActServices, orgId: string): Promise<number> {
  while (await inOrg(services.db, orgId, (tx) => noteFirings(tx, orgId, services.clock()))) {}
  let done = 0
  for (const firingId of await inOrg(services.db, orgId, (tx) => pendingFirings(tx, orgId)))
    if (await runFiring(services, orgId, firingId)) done += 1
  return done
}

/** Whether there may be more. */
async function noteFirings(tx: Tx, orgId: string, at: Date): Promise<boolean> {
  const from = await lockPlace(tx, orgId)
  if (from === undefined) return false
  await ensureDefaults(tx, orgId, at)
  const points = (await readPoints(tx, orgId)).filter((point) => point.disabled_at === null)
  const { events, head } = await eventsBehind(tx, orgId, { from, verbs: liveTriggers(points), limit: batchSize })
  const subjects = await subjectsOf(tx, orgId, events)
  await insertFirings(
    tx,
    events.flatMap((event) => firingsOf(orgId, points, event, subjects.get(event.subject_id ?? ''), at)),
  )
  const full = events.length === batchSize
  const to = full ? events.at(-1)!.seq : head
  if (to > from) await movePlace(tx, orgId, to)
  return full
}

function firingsOf(
  orgId: string,
  points: PointRow[],
  event: LoggedEvent,
  subject: SubjectFacts | undefined,
  at: Date,
): NewFiring[] {
  // What the event itself says weighs more than what its post is by now.
  const facts = { ...subject, ...event.facts }
  return points
    .filter((point) => standingOf(point).state === 'works' && fires(point, { verb: event.verb, facts }))
    .filter((point) => point.key !== null || event.at >= point.created_at)
    .map((point) => ({
      ...{ org_id: orgId, id: newId(), point_id: point.id, event_seq: event.seq, fired_by: null, rehearsal: false, at },
      cause: { verb: event.verb, subject: { kind: event.subject_kind, id: event.subject_id }, facts: event.facts },
      campaign_id: subject?.campaignId ?? null,
      post_id: event.subject_kind === 'post' && subject ? event.subject_id : null,
    }))
}

/** Whether this worker did it. What fails is rolled back whole, and noted as failed with the reason. */
export async function runFiring(services: ActServices, orgId: string, id: string): Promise<boolean> {
  try {
    return await changePosts(services.db, orgId, async (tx) => {
      const firing = await takeFiring(tx, orgId, id)
      const point = firing?.state === 'pending' ? await findPoint(tx, orgId, firing.point_id) : undefined
      if (!firing || !point) return false
      await carryOut(services, tx, point, firing)
      return true
    })
  } catch (error) {
    const expected = error instanceof Refusal
    if (!expected) services.log.error('A crossing point failed', { firing: id, error })
    await inOrg(services.db, orgId, (tx) =>
      noteFailure(services, tx, { orgId, id, code: expected ? error.code : 'unexpected' }),
    )
    return false
  }
}

async function noteFailure(
  services: ActServices,
  tx: Tx,
  { orgId, id, code }: { orgId: string; id: string; code: string },
): Promise<void> {
  const firing = await lockFiring(tx, orgId, id)
  if (firing?.state !== 'pending') return
  const now = services.clock()
  const point = await findPoint(tx, orgId, firing.point_id)
  await updateFiring(tx, orgId, id, { state: 'failed', error: code, tries: firing.tries + 1, ended_at: now })
  await notify(tx, services, orgId, {
    memberIds: firing.fired_by ? [firing.fired_by] : await readAdminIds(tx, orgId),
    kind: 'crossing-failed',
    facts: { point: point?.name ?? '', code },
    subject: { kind: 'crossing', id: firing.point_id },
  })
  await record(tx, orgId, longrunItself, now, {
    verb: 'crossing.failed',
    subject: { kind: 'crossing', id: firing.point_id },
    facts: { name: point?.name ?? '', code, firingId: id },
  })
}
