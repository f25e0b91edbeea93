// Whoever changes one occurrence alone takes it out of its series for good: later changes of the series leave it as it is.

import type { Tx } from '../../db/tx.ts'
import type { PostRow } from '../store.ts'
import { setBelonging } from '../store-belonging.ts'
import { markDetached, occurrenceOfPost } from './store.ts'

/** New words are no recycled ones any more: they are adapted from what it was. */
export async function detachEdited(tx: Tx, post: PostRow, at: Date): Promise<void> {
  const found = await occurrenceOfPost(tx, post.org_id, post.id)
  if (!found) return
  await markDetached(tx, post.org_id, post.id, at)
  if (post.origin === 'recycled') await setBelonging(tx, post.org_id, post.id, { origin: 'adapted' })
}

/** At the time that the series planned it stays what it was. */
export async function detachMoved(
  tx: Tx,
  post: PostRow,
  to: { dueWall: string | null; dueZone: string | null },
  at: Date,
): Promise<void> {
  const found = await occurrenceOfPost(tx, post.org_id, post.id)
  if (!found) return
  const planned = found.moved_to ?? found.wall
  if (to.dueWall?.slice(0, 16) === planned && to.dueZone === (await zoneOf(tx, found))) return
  await markDetached(tx, post.org_id, post.id, at)
}

export const detachAssigned = (tx: Tx, post: PostRow, at: Date) => markDetached(tx, post.org_id, post.id, at)

async function zoneOf(tx: Tx, { org_id, series_id }: { org_id: string; series_id: string }): Promise<string | null> {
  const row = await tx
    .selectFrom('series')
    .select('zone')
    .where('org_id', '=', org_id)
    .where('id', '=', series_id)
    .executeTakeFirst()
  return row?.zone ?? null
}
