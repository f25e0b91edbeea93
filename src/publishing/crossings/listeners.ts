// Whom a crossing point tells: named members, roles, departments, and those who answer for the campaign. Who left is told nothing.

import type { Tx } from '../../db/tx.ts'
import type { CampaignRow } from '../campaigns/store.ts'
import type { Tell } from './types.ts'

export async function listenersOf(
  tx: Tx,
  orgId: string,
  { owner, memberIds, roles, departmentIds }: Tell,
  campaign: Pick<CampaignRow, 'owner_id' | 'deputy_id'> | undefined,
): Promise<string[]> {
  const answering = owner && campaign ? [campaign.owner_id, ...(campaign.deputy_id ? [campaign.deputy_id] : [])] : []
  const named = [...memberIds, ...answering]
  const rows = await tx
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .where((eb) =>
      eb.or([
        ...(named.length > 0 ? [eb('id', 'in', named)] : []),
        ...(roles.length > 0 ? [eb('role', 'in', roles)] : []),
        ...(departmentIds.length > 0 ? [eb('department_id', 'in', departmentIds)] : []),
      ]),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}
