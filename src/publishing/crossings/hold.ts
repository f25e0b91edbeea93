// Begins a hold for a crossing point: over one campaign or over all of them. Always-on goes on.

import type { Tx } from '../../db/tx.ts'
import { longrunItself } from '../../people/types.ts'
import { beginHoldIn, type HoldServices } from '../holds/begin-hold.ts'

export interface PointHold {
  orgId: string
  /** null: all campaigns. */
  campaignId: string | null
  reason: string
  /** A member; null: Longrun by a rule. */
  by: string | null
}

export interface Held {
  id: string
  /** Whether such a hold was there already. */
  before: boolean
  stopped: number
}

/** After the commit nothing of what it binds is sent. In a transaction of `changePosts`. */
export async function holdCampaigns(
  services: Omit<HoldServices, 'db'>,
  tx: Tx,
  { orgId, campaignId, reason, by }: PointHold,
): Promise<Held> {
  const scope = campaignId ? 'campaign' : 'campaigns'
  const at = services.clock()
  const known = await tx
    .selectFrom('holds')
    .select('id')
    .where('org_id', '=', orgId)
    .where('scope', '=', scope)
    .where('scope_id', campaignId ? '=' : 'is', campaignId)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', at)]))
    .executeTakeFirst()
  if (known) return { id: known.id, before: true, stopped: 0 }
  const actor = by ? ({ kind: 'member', id: by } as const) : longrunItself
  const beginner = { orgId, memberId: by, actor }
  const { hold } = await beginHoldIn(services, tx, beginner, { scope, scopeId: campaignId, reason, ends: null })
  return { id: hold.id, before: false, stopped: hold.stopped }
}
