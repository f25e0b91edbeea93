// Gives a draft a place in the calendar without scheduling it: it stays a draft, and nothing of it goes out.

import type { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { postView } from './contract.ts'
import { changePosts, findPost, type Planning, planPost } from './store.ts'
import { instantOf, type WallTime } from './times.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

/** A time this far in the past is a slip of the hand; less is somebody who was slow to press the button. */
const pastToleranceMs = 5 * 60_000

export function placeDraft(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, ...when }: { id: string } & WallTime,
): Promise<z.infer<typeof postView>> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await livePost(tx, caller.orgId, id)
    const now = services.clock()
    if (found.post.state !== 'draft')
      throw new Refusal('changed-meanwhile', { status: 409, params: { state: found.post.state } })
    const planning = plannedFor(when, now)
    await setPlace(tx, caller.orgId, id, planning)
    // Calendar programs that read a feed believe what says that it changed.
    await tx
      .updateTable('posts')
      .set({ updated_at: now, updated_by: caller.memberId })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .execute()
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'post.placed',
      subject: { kind: 'post', id },
      facts: { dueAt: planning.dueAt, wall: when.wall, zone: when.zone },
    })
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

/** `path` comes before the field in the refusal. @throws Refusal for a time that the clocks skip, and for one that has passed. */
export function plannedFor({ wall, zone }: WallTime, now: Date, path = ''): Planning & { dueAt: Date } {
  const meaning = instantOf({ wall, zone })
  const field = `${path}wall`
  if (meaning.kind === 'never')
    throw new Refusal('time-does-not-exist', { field, params: { suggested: meaning.suggested } })
  if (meaning.at.getTime() < now.getTime() - pastToleranceMs) throw new Refusal('time-has-passed', { field })
  return { dueWall: wall, dueZone: zone, dueAt: meaning.at }
}

/** For drafts alone: nothing wakes the sweep. */
export async function setPlace(tx: Tx, orgId: string, id: string, planning: Planning): Promise<void> {
  await planPost(tx, orgId, id, planning)
  await tx
    .updateTable('variants')
    .set({ due_at: planning.dueAt, wake_at: null })
    .where('org_id', '=', orgId)
    .where('post_id', '=', id)
    .where('state', '=', 'draft')
    .execute()
}
