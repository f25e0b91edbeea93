// Says what a post belongs to: campaign, department, owner, who began it, and what it was made from. Its words stay as they are.

import type { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { recordAll } from '../events/actions.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { reviewAgain } from './approvals/again.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { stopPermissions } from './delivery/ledger.ts'
import { holdWhatIsBound } from './holds/store.ts'
import { detachAssigned } from './series/detach.ts'
import { changePosts, findPost } from './store.ts'
import { setBelonging } from './store-belonging.ts'
import type { Belonging } from './types.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

export function assignPost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, ...change }: { id: string } & Partial<Belonging>,
): Promise<z.infer<typeof postView>> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    // A hold may bind where it goes: permissions that were asked for before must not be given afterwards.
    if (change.campaignId !== undefined || change.departmentId !== undefined) await stopPermissions(tx, caller.orgId)
    const { post } = await livePost(tx, caller.orgId, id)
    await mustBelong(tx, caller.orgId, change, '')
    await setBelonging(tx, caller.orgId, id, change)
    const now = services.clock()
    await detachAssigned(tx, post, now)
    await holdWhatIsBound(tx, caller.orgId, [id], now)
    // Another campaign or department may have lanes of its own.
    const reviewed = await reviewAgain(tx, (await findPost(tx, caller.orgId, id))!, { by: caller, now })
    await refreshPostStates(tx, [[caller.orgId, id]])
    await recordAll(tx, caller.orgId, caller.actor, now, [
      { verb: 'post.assigned', subject: { kind: 'post', id }, facts: change },
      ...reviewed,
    ])
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

/** What is named must be there, in this organisation. `path` comes before the field in the refusal. */
export async function mustBelong(tx: Tx, orgId: string, change: Partial<Belonging>, path: string): Promise<void> {
  const named = [
    ['campaigns', 'campaignId'],
    ['departments', 'departmentId'],
    ['members', 'ownerId'],
    ['posts', 'originPostId'],
    ['briefs', 'briefId'],
  ] as const
  for (const [table, field] of named) {
    const id = change[field]
    if (!id) continue
    const found = await tx
      .selectFrom(table)
      .select('id')
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!found) throw new Refusal('not-in-organisation', { field: `${path}${field}` })
  }
}
