// The brief that a crossing point makes: what it is called, what it is made from, who answers for it, and by when.

import type { Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import { longrunItself } from '../../people/types.ts'
import { noteBrief } from '../briefs/work-briefs.ts'
import type { CampaignRow } from '../campaigns/store.ts'
import { listenersOf } from './listeners.ts'
import { briefFor } from './rules.ts'
import type { FiringRow, PointRow } from './store.ts'
import type { Tell } from './types.ts'

interface Facts {
  point: PointRow
  firing: FiringRow
  campaign: CampaignRow | undefined
  /** First words of the post that it is about. */
  summary: string | null
  now: Date
}

const ownerAlone: Tell = { owner: true, memberIds: [], roles: [], departmentIds: [] }

/** Answers the id of the brief. Who left the organisation does not get it; then the deputy does. */
export async function makeBrief(tx: Tx, { point, firing, campaign, summary, now }: Facts): Promise<string> {
  const { org_id: orgId, fired_by: by } = firing
  const here = await listenersOf(tx, orgId, ownerAlone, campaign)
  const ownerId = [campaign?.owner_id, campaign?.deputy_id].find((id) => id && here.includes(id)) ?? null
  const url = typeof firing.cause.facts.url === 'string' ? firing.cause.facts.url : null
  const words = briefFor(point, {
    campaign: campaign && { id: campaign.id, name: campaign.name, beginsOn: campaign.begins_on },
    today: campaign ? dayIn(now, campaign.time_zone) : null,
    ...{ summary, url },
  })
  const actor = by ? ({ kind: 'member', id: by } as const) : longrunItself
  return noteBrief(tx, orgId, { actor, by, at: now, words: { ...words, ownerId } })
}
