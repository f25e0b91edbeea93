// A quick campaign that a person begins from an item of a feed: the crossing point for trends, fired by hand until listening is here.

import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Caller } from '../../people/types.ts'
import { ensureDefaults, findPointByKey, insertFirings } from './store.ts'

export async function recordQuickCampaign(
  tx: Tx,
  caller: Caller,
  { campaignId, sourceItemId, at }: { campaignId: string; sourceItemId: string; at: Date },
): Promise<void> {
  await ensureDefaults(tx, caller.orgId, at)
  const point = await findPointByKey(tx, caller.orgId, 'trend-campaign')
  if (!point) return
  const firing = {
    ...{ org_id: caller.orgId, id: newId(), point_id: point.id, event_seq: null, fired_by: caller.memberId },
    ...{ rehearsal: false, campaign_id: campaignId, post_id: null, at },
    cause: { verb: 'by-hand', subject: { kind: 'source-item', id: sourceItemId }, facts: {} },
  }
  await insertFirings(tx, [firing], { outcome: { did: 'begun', told: 0, id: campaignId, count: null }, at })
}
