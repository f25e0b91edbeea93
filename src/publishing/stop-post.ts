// Holds, releases, cancels, deletes and restores posts: everything that keeps words from going out.

import type { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { type NewEvent, record, recordAll } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { reviewMoved } from './approvals/again.ts'
import { followChanges } from './approvals/follow.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { endWithWhatIsOut } from './end-thread.ts'
import { boundOf } from './holds/store.ts'
import { allows, type Change, isDeletable } from './rules.ts'
import {
  changePosts,
  findPost,
  lockPost,
  moveVariant,
  type PostWithVariants,
  type VariantMove,
  type VariantRow,
} from './store.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

type PostView = z.infer<typeof postView>
type Deps = Pick<Services, 'db' | 'clock'>
interface Stop {
  id: string
  reason?: string
}

/** Takes effect under the same lock as delivery: after the answer nothing of what was held goes out. */
export const holdPost = (services: Deps, caller: Caller, stop: Stop): Promise<PostView> =>
  changeVariants(services, caller, stop, {
    ...{ change: 'hold', verb: 'post.held' },
    moveOf: (variant) => ({
      state: 'held',
      reason: { code: 'held-by-person', by: caller.memberId, ...(stop.reason ? { text: stop.reason } : {}) },
      dueAt: variant.due_at,
      wakeAt: null,
    }),
  })

/** What was due in the meantime goes out now; what lies ahead keeps its time. What a hold over many posts binds stays held. */
export const releasePost = (services: Deps, caller: Caller, stop: Stop): Promise<PostView> =>
  changeVariants(services, caller, stop, {
    ...{ change: 'release', verb: 'post.released', only: notBound, after: reviewReleased },
    moveOf(variant, now) {
      const due = variant.due_at && variant.due_at > now ? variant.due_at : now
      return { state: 'scheduled', reason: null, dueAt: variant.due_at ?? now, wakeAt: due }
    },
  })

async function notBound(tx: Tx, variants: VariantRow[], now: Date): Promise<VariantRow[]> {
  const ids = variants.map((variant) => variant.id)
  const bound = await boundOf(tx, variants[0]!.org_id, ids, now)
  const free = variants.filter((variant) => !bound.has(variant.id))
  if (free.length === 0) throw new Refusal('under-hold', { status: 409, params: { reason: [...bound.values()][0]! } })
  return free
}

/** What goes out now instead of at its time may do so in a quiet period. */
async function reviewReleased(tx: Tx, variants: VariantRow[], caller: Caller, now: Date): Promise<NewEvent[]> {
  const late = variants.filter(({ due_at }) => !due_at || due_at <= now)
  if (late.length === 0) return []
  const moved = { postId: late[0]!.post_id, accountIds: late.map(({ account_id }) => account_id), at: now }
  return reviewMoved(tx, caller.orgId, [moved], { by: caller, now })
}

/** Of a thread that is partly out only the rest is cancelled: what is out stays, and stays shown. */
export const cancelPost = (services: Deps, caller: Caller, stop: Stop): Promise<PostView> =>
  changeVariants(services, caller, stop, {
    ...{ change: 'cancel', verb: 'post.cancelled' },
    moveOf: (variant) =>
      variant.out > 0
        ? 'end-with-what-is-out'
        : {
            state: 'cancelled',
            reason: { code: 'cancelled-by-person', by: caller.memberId, ...(stop.reason ? { text: stop.reason } : {}) },
            dueAt: variant.due_at,
            wakeAt: null,
          },
  })

interface Stopping {
  change: Change
  verb: string
  moveOf(variant: VariantRow, now: Date): VariantMove | 'end-with-what-is-out'
  /** Those that may be moved now. Refuses where there are none. */
  only?(tx: Tx, variants: VariantRow[], now: Date): Promise<VariantRow[]>
  /** What follows from it. Answers what is to be recorded too. */
  after?(tx: Tx, variants: VariantRow[], caller: Caller, now: Date): Promise<NewEvent[]>
}

function changeVariants(
  services: Deps,
  caller: Caller,
  stop: Stop,
  { change, verb, moveOf, only, after }: Stopping,
): Promise<PostView> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await livePost(tx, caller.orgId, stop.id)
    const now = services.clock()
    const allowed = found.variants.filter((variant) => allows(variant, change))
    if (allowed.length === 0)
      throw new Refusal(`nothing-to-${change}`, { status: 409, params: { state: found.post.state } })
    const movable = only ? await only(tx, allowed, now) : allowed
    for (const variant of movable) {
      const move = moveOf(variant, now)
      if (move === 'end-with-what-is-out') await endWithWhatIsOut(tx, variant, caller, now)
      else await moveVariant(tx, variant, move, now)
    }
    const followed = after ? await after(tx, movable, caller, now) : []
    await refreshPostStates(tx, [[caller.orgId, stop.id]])
    const facts = { variantIds: movable.map(({ id }) => id), ...(stop.reason ? { reason: stop.reason } : {}) }
    const ended = await followChanges(tx, caller.orgId, stop.id, { at: now, by: caller.memberId, edited: false })
    await recordAll(tx, caller.orgId, caller.actor, now, [
      { verb, subject: { kind: 'post', id: stop.id }, facts },
      ...[...followed, ...ended],
    ])
    return viewOf(tx, (await findPost(tx, caller.orgId, stop.id))!)
  })
}

/** Deletes what never went out. Published posts stay on record; scheduled ones are cancelled first, by a person who sees it. */
export function removePost(services: Deps, caller: Caller, { id }: { id: string }): Promise<{ removed: true }> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await livePost(tx, caller.orgId, id)
    if (!found.variants.every(isDeletable))
      throw new Refusal('not-deletable', { status: 409, params: { state: found.post.state } })
    await markDeleted(tx, found, { deleted_at: services.clock(), deleted_by: caller.memberId })
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'post.deleted',
      subject: { kind: 'post', id },
    })
    return { removed: true }
  })
}

export function restorePost(services: Deps, caller: Caller, { id }: { id: string }): Promise<PostView> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await lockPost(tx, caller.orgId, id)
    if (!found) throw notFound('post')
    if (found.post.deleted_at) {
      await markDeleted(tx, found, { deleted_at: null, deleted_by: null })
      await record(tx, caller.orgId, caller.actor, services.clock(), {
        verb: 'post.restored',
        subject: { kind: 'post', id },
      })
    }
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

async function markDeleted(
  tx: Tx,
  { post }: PostWithVariants,
  mark: { deleted_at: Date | null; deleted_by: string | null },
): Promise<void> {
  await tx.updateTable('posts').set(mark).where('org_id', '=', post.org_id).where('id', '=', post.id).execute()
}
