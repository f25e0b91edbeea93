// What becomes of posts whose time passed while a hold stopped them: they go out one after the other, or never.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { reviewMoved } from '../approvals/again.ts'
import { followChanges } from '../approvals/follow.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { endWithWhatIsOut } from '../end-thread.ts'
import { changePosts, lockPost, moveVariant } from '../store.ts'
import { instantOf, type WallTime, wallOf } from '../times.ts'
import { spacedTimes } from './rules.ts'
import { findHold } from './store.ts'
import { lockMissed, replan } from './store-ending.ts'

export interface MissedDecision {
  id: string
  decision: 'send' | 'cancel'
  postIds?: string[]
  from: WallTime | null
  spacingMinutes: number
}

export interface Decided {
  count: number
  lastAt: string | null
}

export function decideMissed(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: MissedDecision,
): Promise<Decided> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    if (!(await findHold(tx, caller.orgId, given.id))) throw notFound('hold')
    const now = services.clock()
    const postIds = given.postIds ?? null
    const from = given.from ? firstTime(given.from, now) : now
    const { spacingMinutes } = given
    const { count, lastAt, ...done } =
      given.decision === 'cancel'
        ? await cancelMissed(tx, caller, given.id, { postIds, now })
        : await sendMissed(tx, caller.orgId, given.id, {
            ...{ from, now, postIds, spacingMinutes },
            zone: given.from?.zone ?? null,
          })
    await refreshPostStates(
      tx,
      done.postIds.map((id) => [caller.orgId, id]),
    )
    await recordAll(tx, caller.orgId, caller.actor, now, done.events)
    return { count, lastAt }
  })
}

interface Sending {
  from: Date
  now: Date
  postIds: string[] | null
  spacingMinutes: number
  zone: string | null
}

export interface Sent extends Decided {
  postIds: string[]
  events: NewEvent[]
}

/** Part of a verb, which shows the posts' states and records the events as its last steps. */
export async function sendMissed(tx: Tx, orgId: string, holdId: string, sending: Sending): Promise<Sent> {
  const { now, postIds } = sending
  const missed = await lockMissed(tx, orgId, holdId, { postIds, at: now })
  const times = spacedTimes(missed, sending)
  const planned = missed.map((post) => {
    const at = times.get(post.id)!
    const zone = sending.zone ?? post.zone ?? 'UTC'
    return {
      postId: post.id,
      variantIds: post.variantIds,
      accountIds: post.accountIds,
      at,
      wall: wallOf(at, zone),
      zone,
    }
  })
  await replan(tx, orgId, planned, now)
  const reviewed = await reviewMoved(tx, orgId, planned, { by: null, now })
  const last = planned.reduce<Date | null>((latest, { at }) => (latest && latest > at ? latest : at), null)
  return {
    count: missed.length,
    lastAt: last?.toISOString() ?? null,
    postIds: planned.map(({ postId }) => postId),
    events: [
      ...planned.map(({ postId, at, wall, zone, variantIds }) => ({
        verb: 'post.scheduled',
        subject: { kind: 'post', id: postId },
        facts: { dueAt: at, wall, zone, variantIds },
      })),
      ...reviewed,
    ],
  }
}

/** Of a thread that is partly out only the rest is cancelled. */
async function cancelMissed(
  tx: Tx,
  caller: Caller,
  holdId: string,
  { postIds, now }: { postIds: string[] | null; now: Date },
): Promise<Sent> {
  const missed = await lockMissed(tx, caller.orgId, holdId, { postIds, at: now })
  const followed: NewEvent[] = []
  for (const { id, variantIds } of missed) {
    const { variants } = (await lockPost(tx, caller.orgId, id))!
    for (const variant of variants.filter((each) => variantIds.includes(each.id))) {
      const reason = { code: 'cancelled-by-person', by: caller.memberId }
      if (variant.out > 0) await endWithWhatIsOut(tx, variant, caller, now)
      else await moveVariant(tx, variant, { state: 'cancelled', reason, dueAt: variant.due_at, wakeAt: null }, now)
    }
    followed.push(...(await followChanges(tx, caller.orgId, id, { at: now, by: caller.memberId, edited: false })))
  }
  return {
    count: missed.length,
    lastAt: null,
    postIds: missed.map(({ id }) => id),
    events: [
      ...missed.map(({ id, variantIds }) => ({
        verb: 'post.cancelled',
        subject: { kind: 'post', id },
        facts: { variantIds, reason: 'Missed while on hold' },
      })),
      ...followed,
    ],
  }
}

function firstTime(from: WallTime, now: Date): Date {
  const meaning = instantOf(from)
  if (meaning.kind === 'never')
    throw new Refusal('time-does-not-exist', { field: 'from.wall', params: { suggested: meaning.suggested } })
  return meaning.at > now ? meaning.at : now
}
