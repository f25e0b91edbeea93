// Ends a campaign with a decision on record, and takes that back. Nothing of its posts, and nothing of always-on, expires by it.

import type { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { hurryCrossings } from '../crossings/hurry.ts'
import type { campaignView } from './contract.ts'
import { type CampaignChange, type CampaignRow, findCampaign, lockCampaign, updateCampaign } from './store.ts'
import { campaignViewOf } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue'>
type View = z.infer<typeof campaignView>

export const closeCampaign = (
  services: Deps,
  caller: Caller,
  { id, note }: { id: string; note: string },
): Promise<View> =>
  changeClosing(services, caller, id, (found, at) => {
    if (found.closed_at) throw new Refusal('campaign-closed', { status: 409 })
    return {
      verb: 'campaign.closed',
      facts: { name: found.name, note },
      change: { closed_at: at, closed_by: caller.memberId, closing_note: note },
    }
  })

/** The note of the closing stays in the log, and its report with the campaign. */
export const reopenCampaign = (services: Deps, caller: Caller, { id }: { id: string }): Promise<View> =>
  changeClosing(services, caller, id, (found) => {
    if (!found.closed_at) throw new Refusal('campaign-not-closed', { status: 409 })
    return {
      verb: 'campaign.reopened',
      facts: { name: found.name },
      change: { closed_at: null, closed_by: null, closing_note: null },
    }
  })

async function changeClosing(
  services: Deps,
  caller: Caller,
  id: string,
  decide: (found: CampaignRow, at: Date) => { verb: string; facts: Record<string, unknown>; change: CampaignChange },
): Promise<View> {
  const view = await inOrg(services.db, caller.orgId, async (tx) => {
    const found = await lockCampaign(tx, caller.orgId, id)
    if (!found) throw notFound('campaign')
    const at = services.clock()
    const { verb, facts, change } = decide(found, at)
    const saved = { revision: found.revision + 1, updated_at: at, updated_by: caller.memberId }
    await updateCampaign(tx, caller.orgId, id, { ...change, ...saved })
    await record(tx, caller.orgId, caller.actor, at, { verb, subject: { kind: 'campaign', id }, facts })
    return campaignViewOf(tx, (await findCampaign(tx, caller.orgId, id))!, at)
  })
  await hurryCrossings(services, caller.orgId)
  return view
}
