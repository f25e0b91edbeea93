// What happens to consent when a post changes: other words void it, and what is taken back needs no answer any more.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { findPost } from '../store.ts'
import { isLiving } from './standing.ts'
import { changeRequest, lockLiveRequest, renditionsOf, voidRenditions } from './store.ts'

/**
 * Called after a post was edited, taken back or cancelled, in the same transaction. Renditions that are not what was shown any more are
 * void; a request that is about nothing any more ends. Answers what is to be recorded.
 */
export async function followChanges(
  tx: Tx,
  orgId: string,
  postId: string,
  { at, by, edited }: { at: Date; by: string; edited: boolean },
): Promise<NewEvent[]> {
  const request = await lockLiveRequest(tx, orgId, postId)
  if (!request) return []
  const found = await findPost(tx, orgId, postId)
  const renditions = await renditionsOf(tx, orgId, [request.id])
  const living = renditions.filter((each) => isLiving(each, found?.variants ?? []))
  const gone = renditions.filter((each) => each.voided_at === null && !living.includes(each))
  if (gone.length === 0) return []
  await voidRenditions(
    tx,
    request,
    gone.map(({ variant_id }) => variant_id),
    at,
  )
  const over = living.length === 0
  const state = edited ? 'voided' : 'withdrawn'
  if (over) await changeRequest(tx, request, { state, ended_at: at, ended_by: by, look_at: at, reason: null })
  return [
    {
      verb: `approval.${over ? state : 'narrowed'}`,
      subject: { kind: 'post', id: postId },
      facts: { requestId: request.id, was: request.state, variantIds: gone.map(({ variant_id }) => variant_id) },
    },
  ]
}
