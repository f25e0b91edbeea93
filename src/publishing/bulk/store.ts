// What bulk changes ask about posts before they change them.

import type { Tx } from '../../db/tx.ts'
import type { VariantState } from '../types.ts'
import type { Assignable } from './types.ts'

export interface Plan {
  state: VariantState
  wall: string | null
  zone: string | null
  belonging: Assignable
}

/** Posts that are there, by id. */
export async function plansOf(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, Plan>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('posts')
    .select(['id', 'state', 'due_wall', 'due_zone', 'campaign_id', 'department_id', 'owner_id'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        state: row.state as VariantState,
        wall: row.due_wall?.slice(0, 16) ?? null,
        zone: row.due_zone,
        belonging: { campaignId: row.campaign_id, departmentId: row.department_id, ownerId: row.owner_id },
      },
    ]),
  )
}

/** Those that end last come first: who chooses one means a living one. */
export const campaignNames = (tx: Tx, orgId: string): Promise<{ id: string; name: string }[]> =>
  tx
    .selectFrom('campaigns')
    .select(['id', 'name'])
    .where('org_id', '=', orgId)
    .orderBy('ends_on', 'desc')
    .orderBy('id')
    .execute()
