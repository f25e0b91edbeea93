// What a crossing point does when it fires: tells people, hands over to always-on, holds campaigns, makes a brief, writes the closing report.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { Refusal } from '../../lib/refusal.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { readResults } from '../campaigns/results.ts'
import { type CampaignRow, findCampaign, insertReport } from '../campaigns/store.ts'
import { holdCampaigns } from './hold.ts'
import { listenersOf } from './listeners.ts'
import { makeBrief } from './make-brief.ts'
import { standingOf } from './rules.ts'
import { type FiringRow, openHandOver, type PointRow, updateFiring } from './store.ts'
import type { Outcome } from './types.ts'

export type ActServices = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

interface Scene {
  services: ActServices
  tx: Tx
  point: PointRow
  firing: FiringRow
  campaign: CampaignRow | undefined
  summary: string | null
  now: Date
}

type Done = { outcome: Outcome }

/** Runs in the transaction that marks the firing as done: it happens once or not at all. @throws Refusal what stands against it. */
export async function carryOut(services: ActServices, tx: Tx, point: PointRow, firing: FiringRow): Promise<void> {
  const { org_id: orgId } = firing
  const now = services.clock()
  const campaign = firing.campaign_id ? await findCampaign(tx, orgId, firing.campaign_id) : undefined
  const summary = firing.post_id ? await summaryOf(tx, orgId, firing.post_id) : null
  const scene: Scene = { services, tx, point, firing, campaign, summary, now }
  const { outcome } = firing.rehearsal ? await rehearse(scene) : await act(scene)
  await updateFiring(tx, orgId, firing.id, {
    state: 'done',
    outcome,
    error: null,
    tries: firing.tries + 1,
    ended_at: now,
  })
  const fired: NewEvent = {
    verb: firing.rehearsal ? 'crossing.rehearsed' : 'crossing.fired',
    subject: { kind: 'crossing', id: point.id },
    facts: {
      name: point.name,
      cause: firing.cause.verb,
      campaignId: firing.campaign_id,
      postId: firing.post_id,
      ...outcome,
    },
  }
  const actor = firing.fired_by ? ({ kind: 'member', id: firing.fired_by } as const) : longrunItself
  await record(tx, orgId, actor, now, fired)
}

const act = (scene: Scene): Promise<Done> => {
  const { waitsFor, state } = standingOf(scene.point)
  if (state === 'waits') throw new Refusal('crossing-waits', { status: 409, params: { for: waitsFor ?? '' } })
  switch (scene.point.action) {
    case 'hand-over':
      return handOver(scene)
    case 'hold-campaign':
    case 'hold-campaigns':
      return hold(scene)
    case 'report':
      return report(scene)
    case 'make-brief':
      return brief(scene)
    case 'quick-campaign':
      throw new Refusal('begun-from-feed', { status: 409 })
    default:
      return tellOnly(scene)
  }
}

async function tellOnly(scene: Scene): Promise<Done> {
  const told = await tell(scene, 'crossing-fired')
  return { outcome: { did: 'told', told, id: null, count: null } }
}

async function rehearse(scene: Scene): Promise<Done> {
  const told = await tell(scene, 'crossing-rehearsed')
  return { outcome: { did: 'rehearsed', told, id: null, count: null } }
}

/** Further replies to the same post are added to what nobody has taken yet: one task, not one for each reading. */
async function handOver(scene: Scene): Promise<Done> {
  const { tx, firing } = scene
  const fresh = typeof firing.cause.facts.new === 'number' ? firing.cause.facts.new : null
  const open = firing.post_id ? await openHandOver(tx, firing) : undefined
  if (open?.outcome) {
    const count = (open.outcome.count ?? 0) + (fresh ?? 0)
    await updateFiring(tx, firing.org_id, open.id, { outcome: { ...open.outcome, count } })
    return { outcome: { did: 'joined', told: 0, id: open.id, count: fresh } }
  }
  const told = await tell(scene, 'crossing-handed-over')
  return { outcome: { did: 'handed-over', told, id: null, count: fresh } }
}

async function hold(scene: Scene): Promise<Done> {
  const { services, tx, point, firing, campaign } = scene
  if (point.action === 'hold-campaign' && !campaign) throw new Refusal('campaign-needed', { field: 'campaignId' })
  const held = await holdCampaigns(services, tx, {
    orgId: firing.org_id,
    campaignId: point.action === 'hold-campaign' ? campaign!.id : null,
    reason: point.options.text || point.name,
    by: firing.fired_by,
  })
  const told = held.before ? 0 : await tell(scene, 'crossing-held')
  const outcome: Outcome = { did: held.before ? 'was-held' : 'held', told, id: held.id, count: held.stopped }
  return { outcome }
}

async function report(scene: Scene): Promise<Done> {
  const { tx, firing, campaign, now } = scene
  if (!campaign) throw new Refusal('campaign-needed', { field: 'campaignId' })
  const id = newId()
  const row = { org_id: firing.org_id, id, campaign_id: campaign.id, made_at: now }
  await insertReport(tx, { ...row, report: await readResults(tx, campaign) })
  const told = await tell(scene, 'campaign-reported')
  return { outcome: { did: 'reported', told, id, count: null } }
}

async function brief(scene: Scene): Promise<Done> {
  const id = await makeBrief(scene.tx, scene)
  const told = await tell(scene, 'crossing-brief-made', { kind: 'brief', id })
  return { outcome: { did: 'brief-made', told, id, count: null } }
}

const paths = { brief: 'briefs', post: 'posts', campaign: 'campaigns', crossing: 'campaigns/crossings' }

/** What those who are told are led to, where nothing was made for them. */
function subjectOf({ point, firing, campaign }: Scene): { kind: keyof typeof paths; id: string } {
  if (firing.post_id) return { kind: 'post', id: firing.post_id }
  return campaign ? { kind: 'campaign', id: campaign.id } : { kind: 'crossing', id: point.id }
}

/** Answers how many were told. */
async function tell(scene: Scene, kind: string, subject = subjectOf(scene)): Promise<number> {
  const { services, tx, point, firing, campaign, summary } = scene
  const { org_id: orgId } = firing
  const memberIds = await listenersOf(tx, orgId, point.tell, campaign)
  const { text = '' } = point.options
  const lines = [
    ...(kind === 'crossing-rehearsed' ? ['This is a rehearsal: nothing else happened.'] : []),
    ...(text ? [text] : []),
    ...(campaign ? [`Campaign: ${campaign.name}`] : []),
    ...(summary ? [`“${summary}”`] : []),
    linkTo(services.publicUrl, orgId, `${paths[subject.kind]}/${subject.id}`),
  ]
  await notify(tx, services, orgId, {
    memberIds,
    kind,
    facts: {
      ...{ point: point.name, text, campaign: campaign?.name ?? null, summary },
      ...{ count: firing.cause.facts.new ?? null, daysLeft: firing.cause.facts.daysLeft ?? null },
    },
    subject,
    mail: { subject: point.name, text: `${lines.join('\n\n')}\n` },
  })
  return memberIds.length
}

async function summaryOf(tx: Tx, orgId: string, postId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('posts')
    .select('summary')
    .where('org_id', '=', orgId)
    .where('id', '=', postId)
    .executeTakeFirst()
  return row?.summary ?? null
}
