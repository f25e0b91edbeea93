// The columns of a post that say what it belongs to.

import type { Tx } from '../db/tx.ts'
import type { Belonging } from './types.ts'

/** Columns of what is named; what is not named stays as it is. */
export function belongingColumns(change: Partial<Belonging>) {
  const columns = {
    campaign_id: change.campaignId,
    department_id: change.departmentId,
    brief_id: change.briefId,
    owner_id: change.ownerId,
    initiator: change.initiator,
    origin: change.origin,
    origin_post_id: change.originPostId,
    adapted_for: change.adaptedFor,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<
    typeof columns
  >
}

export async function setBelonging(tx: Tx, orgId: string, id: string, change: Partial<Belonging>): Promise<void> {
  const columns = belongingColumns(change)
  if (Object.keys(columns).length === 0) return
  await tx.updateTable('posts').set(columns).where('org_id', '=', orgId).where('id', '=', id).execute()
}
