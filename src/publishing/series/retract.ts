// Takes occurrences of a series back that nobody touched and that are not on their way: they are made anew, or not at all.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { followChanges } from '../approvals/follow.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { lockPost, moveVariant, type PostWithVariants } from '../store.ts'
import { forgetFollowing, type OccurrenceRow } from './store.ts'

export interface Retraction {
  orgId: string
  seriesId: string
  by: string
  at: Date
}

/** Of these occurrences the ones that follow the series and lie ahead. Answers what is to be recorded: one deleted post each. */
export async function retract(tx: Tx, rows: OccurrenceRow[], given: Retraction): Promise<NewEvent[]> {
  const events: NewEvent[] = []
  for (const row of rows) {
    if (!row.post_id || !follows(row, given.at)) continue
    const found = await lockPost(tx, given.orgId, row.post_id)
    // A person deleted, cancelled or held this one alone: that stays their decision.
    if (!found || found.post.deleted_at || !mayBeTakenBack(found, given.at)) continue
    // Somebody may have changed it alone while its lock was waited for.
    if (await forgetFollowing(tx, given.orgId, given.seriesId, row.wall))
      events.push(...(await takeBack(tx, found, given)))
  }
  return events
}

/** By what is known without a lock: years of what went out are not locked to find that they stay. */
const follows = (row: OccurrenceRow, now: Date): boolean =>
  !row.detached_at && !row.left_out_at && !row.post_deleted && row.due_at !== null && row.due_at > now

const untouched = new Set(['draft', 'in-review', 'scheduled', 'parked'])

const mayBeTakenBack = ({ post, variants }: PostWithVariants, now: Date): boolean =>
  post.due_at !== null &&
  post.due_at > now &&
  variants.every(
    // What a hold over many stopped is not held alone.
    ({ state, hold_id, out, doubt }) => (untouched.has(state) || hold_id !== null) && out === 0 && !doubt,
  )

/** Under the lock of delivery: after this nothing of it goes out. Consent that was asked for is not needed any more. */
export async function takeBack(
  tx: Tx,
  found: PostWithVariants,
  { orgId, seriesId, by, at }: Retraction,
): Promise<NewEvent[]> {
  const { id } = found.post
  for (const variant of found.variants) {
    if (variant.state !== 'draft')
      await moveVariant(tx, variant, { state: 'draft', reason: null, dueAt: null, wakeAt: null }, at)
  }
  await tx
    .updateTable('posts')
    .set({ deleted_at: at, deleted_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
  await refreshPostStates(tx, [[orgId, id]])
  const followed = await followChanges(tx, orgId, id, { at, by, edited: false })
  return [{ verb: 'post.deleted', subject: { kind: 'post', id }, facts: { seriesId } }, ...followed]
}
