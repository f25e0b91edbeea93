// Plans a post for a time, moves it, and takes it back.

import { sql } from 'kysely'
import type { z } from 'zod'
import { accountsById } from '../accounts/session.ts'
import { locks } from '../db/locks.ts'
import { inOrg, type Tx } from '../db/tx.ts'
import { type NewEvent, recordAll } from '../events/actions.ts'
import { Refusal } from '../lib/refusal.ts'
import { callerMay } from '../people/permissions.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { inSpiteOf, mustBeAdvised } from './advice/actions.ts'
import { followChanges } from './approvals/follow.ts'
import { submitVariants } from './approvals/submit.ts'
import { issuesOf } from './check-post.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { type Frozen, freeze } from './freeze.ts'
import { holdWhatIsBound } from './holds/store.ts'
import { mustBePermitted } from './media-uses/permit.ts'
import { plannedFor } from './place-draft.ts'
import { mediaOf, mustBeMedia } from './references.ts'
import { allows } from './rules.ts'
import { detachMoved } from './series/detach.ts'
import { mustBeNew } from './similar/guard.ts'
import {
  changePosts,
  findPost,
  moveVariant,
  type Planning,
  type PostWithVariants,
  plannedTimes,
  planPost,
} from './store.ts'
import { nextFreeSlot, type Slot, type SlotKind, slotsFor, wallOf } from './times.ts'
import type { VariantState } from './types.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

type PostView = z.infer<typeof postView>
type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>

export type When = { kind: 'now' } | { kind: 'at'; wall: string; zone: string } | { kind: 'slot' }

export interface Scheduling {
  /** States that the person saw; in any other it is left alone. Absent: whatever allows it. */
  only?: readonly VariantState[]
  id: string
  when: When
  /** For those who approve. */
  note?: string
  /** The fast lane instead of ordinary ones. */
  fastLaneId?: string
  /** The same words may go to the same account again within a day. */
  sameTextAgain?: boolean
}

/** Plans it. Where a lane applies, or who plans it may not let it go, consent is asked for and it waits. */
export function schedulePost(services: Deps, caller: Caller, scheduling: Scheduling): Promise<PostView> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    // Whoever only asks for consent is not refused: somebody else decides, and sees the advice too.
    if (callerMay(caller, 'posts.schedule') && (await isDraft(tx, caller.orgId, scheduling.id)))
      await mustBeAdvised(tx, caller, now)
    const events = await scheduleWithin(tx, services, caller, { ...scheduling, now })
    await recordAll(tx, caller.orgId, caller.actor, now, events)
    return viewOf(tx, (await findPost(tx, caller.orgId, scheduling.id))!)
  })
}

/** What waits for its time already was let go before: it may be moved. */
async function isDraft(tx: Tx, orgId: string, id: string): Promise<boolean> {
  return (await findPost(tx, orgId, id))?.post.state === 'draft'
}

/** The same within a transaction that does more. Answers what the caller records, last of all. */
export async function scheduleWithin(
  tx: Tx,
  services: Pick<Services, 'linkBases'>,
  caller: Caller,
  { id, when, note, fastLaneId, only, sameTextAgain = false, now }: Scheduling & { now: Date },
): Promise<NewEvent[]> {
  const found = await livePost(tx, caller.orgId, id)
  // Who moves what waits does not mean to send what somebody made a draft meanwhile.
  if (only && !only.includes(found.post.state))
    throw new Refusal('changed-meanwhile', { status: 409, params: { state: found.post.state } })
  const movable = found.variants.filter((variant) => allows(variant, 'schedule'))
  if (found.variants.length === 0) throw new Refusal('no-account-chosen', { field: 'variants' })
  if (movable.length === 0)
    throw new Refusal('nothing-to-schedule', { status: 409, params: { state: found.post.state } })
  const frozen = await freeze(tx, services, { post: found.post, variants: movable }, now)
  await mustPass(tx, found, frozen)
  const planning = await planningOf(tx, found, when, now)
  const contents = frozen.map(({ content }) => content)
  await mustBePermitted(tx, caller.orgId, contents, planning.dueAt)
  const repeats = await mustBeNew(tx, found, movable, { at: planning.dueAt, now, allowed: sameTextAgain })
  await planPost(tx, caller.orgId, id, planning)
  await detachMoved(tx, found.post, planning, now)
  const events = await submitVariants(tx, {
    ...{ found, variants: frozen, dueAt: planning.dueAt },
    planned: { wall: planning.dueWall, zone: planning.dueZone },
    ...{
      atOnce: when.kind === 'now',
      note,
      fastLaneId,
      by: caller,
      mayLetGo: callerMay(caller, 'posts.schedule'),
      now,
    },
  })
  await holdWhatIsBound(tx, caller.orgId, [id], now)
  await refreshPostStates(tx, [[caller.orgId, id]])
  const told = { ...repeats, ...(await inSpiteOf(tx, caller)) }
  return events.map((event) => ({ ...event, facts: { ...event.facts, ...told } }))
}

export function unschedulePost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<PostView> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await livePost(tx, caller.orgId, id)
    const now = services.clock()
    const movable = found.variants.filter((variant) => allows(variant, 'unschedule'))
    if (movable.length === 0)
      throw new Refusal('nothing-scheduled', { status: 409, params: { state: found.post.state } })
    for (const variant of movable)
      await moveVariant(tx, variant, { state: 'draft', reason: null, dueAt: null, wakeAt: null }, now)
    if (movable.length === found.variants.length)
      await planPost(tx, caller.orgId, id, { dueWall: null, dueZone: null, dueAt: null })
    await refreshPostStates(tx, [[caller.orgId, id]])
    const ended = await followChanges(tx, caller.orgId, id, { at: now, by: caller.memberId, edited: false })
    await recordAll(tx, caller.orgId, caller.actor, now, [
      { verb: 'post.unscheduled', subject: { kind: 'post', id } },
      ...ended,
    ])
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

/** The next free queue slot of one account, for the composer to show before anybody commits to it. */
export function nextSlot(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { accountId, kind }: { accountId: string; kind: SlotKind },
): Promise<{ dueAt: string | null; wall: string | null; zone: string }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const slot = await slotOf(tx, caller.orgId, { accountId, kind, now: services.clock() })
    return { dueAt: slot.next?.at.toISOString() ?? null, wall: slot.next?.wall ?? null, zone: slot.zone }
  })
}

async function slotOf(
  tx: Tx,
  orgId: string,
  { accountId, kind, now }: { accountId: string; kind: SlotKind; now: Date },
) {
  const account = (await accountsById(tx, [[orgId, accountId]])).get(accountId)
  if (!account) throw new Refusal('account-not-found', { field: 'accountId' })
  const taken = await plannedTimes(tx, orgId, accountId, now)
  return {
    zone: account.time_zone,
    next: nextFreeSlot(slotsFor(account.slots as unknown as Slot[], kind), account.time_zone, now, taken),
  }
}

async function planningOf(
  tx: Tx,
  { post, variants }: PostWithVariants,
  when: When,
  now: Date,
): Promise<Planning & { dueAt: Date }> {
  if (when.kind === 'now') {
    const zone = post.due_zone ?? 'UTC'
    return { dueWall: wallOf(now, zone), dueZone: zone, dueAt: now }
  }
  if (when.kind === 'slot') {
    const kind = post.campaign_id ? 'campaign' : 'always-on'
    const accountId = variants[0]!.account_id
    await takeTurn(tx, accountId)
    const { next } = await slotOf(tx, post.org_id, { accountId, kind, now })
    if (!next) throw new Refusal('no-free-slot', { field: 'when' })
    return { dueWall: next.wall, dueZone: next.zone, dueAt: next.at }
  }
  return plannedFor(when, now, 'when.')
}

/** Two that look for a free slot of an account at the same moment find different ones. */
const takeTurn = (tx: Tx, accountId: string) =>
  sql`select pg_advisory_xact_lock(${locks.slots}, hashtext(${accountId}::uuid::text))`.execute(tx)

/** Nothing is scheduled that a network is sure to refuse, or whose files are gone. What goes out is looked at, not what was typed. */
async function mustPass(tx: Tx, { post }: PostWithVariants, frozen: Frozen[]): Promise<void> {
  await mustBeMedia(
    tx,
    post.org_id,
    frozen.flatMap(({ content }) => mediaOf(content, '')),
  )
  for (const { variant, account, content } of frozen) {
    const error = issuesOf(account, variant.content ?? post.content, content).find((issue) => issue.level === 'error')
    if (error)
      throw new Refusal(error.code, { field: error.field, params: { accountId: variant.account_id, ...error.params } })
  }
}
