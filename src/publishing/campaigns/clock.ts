// What the calendar does to campaigns: they come near, begin and are over on the day of their own zone; one whose owner has left falls to the deputy.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import type { NewNotification } from '../../events/types.ts'
import { dayIn, daysBetween } from '../../lib/days.ts'
import { linkTo } from '../../lib/links.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readAdminIds } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { hurryCrossings } from '../crossings/hurry.ts'
import { nearedBy } from './rules.ts'
import {
  askedNearings,
  type CampaignChange,
  type CampaignRow,
  campaignsForTheClock,
  lockCampaign,
  updateCampaign,
} from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

interface Step {
  change: CampaignChange
  event: Omit<NewEvent, 'subject'>
  news?: Pick<NewNotification, 'memberIds' | 'kind'> & { sentence: string }
}

/** Answers how many campaigns moved. What is told is marked in the same transaction, under a lock: two workers tell it once. */
export async function runCampaignClock(services: Deps): Promise<number> {
  const due = await asSystem(services.db, (tx) => campaignsForTheClock(tx, services.clock()))
  const orgs = new Set<string>()
  const moved = await oneByOne(services.log, 'A campaign could not be moved on', due, async ({ org_id: orgId, id }) => {
    const done = await inOrg(services.db, orgId, (tx) => moveCampaign(services, tx, orgId, id))
    if (done) orgs.add(orgId)
    return Number(done)
  })
  for (const orgId of orgs) await hurryCrossings(services, orgId)
  return moved
}

async function moveCampaign(services: Deps, tx: Tx, orgId: string, id: string): Promise<boolean> {
  const campaign = await lockCampaign(tx, orgId, id)
  if (!campaign || campaign.closed_at) return false
  const now = services.clock()
  const today = dayIn(now, campaign.time_zone)
  const handedOver = await afterLeaving(tx, campaign, now)
  const steps = [
    ...(handedOver ? [handedOver] : []),
    ...nearingSteps(campaign, await askedNearings(tx, orgId), today),
    // Whoever answers for it by now is told.
    ...daySteps({ ...campaign, ...handedOver?.change } as CampaignRow, today, now),
  ]
  if (steps.length === 0) return false
  await updateCampaign(tx, orgId, id, Object.assign({}, ...steps.map(({ change }) => change)))
  for (const { news } of steps) if (news) await tellOf(services, tx, campaign, news)
  await recordAll(
    tx,
    orgId,
    longrunItself,
    now,
    steps.map(({ event }) => ({ ...event, subject: { kind: 'campaign', id } })),
  )
  return true
}

function nearingSteps(campaign: CampaignRow, asked: number[], today: string): Step[] {
  const near = nearedBy(asked, campaign.neared, { beginsOn: campaign.begins_on }, today)
  const daysLeft = daysBetween(today, campaign.begins_on)
  return near.map((days) => ({
    change: { neared: [...campaign.neared, ...near] },
    event: { verb: 'campaign.neared', facts: { name: campaign.name, kind: campaign.kind, days, daysLeft } },
  }))
}

function daySteps(campaign: CampaignRow, today: string, now: Date): Step[] {
  const facts = { name: campaign.name, kind: campaign.kind }
  const people = [campaign.owner_id, ...(campaign.deputy_id ? [campaign.deputy_id] : [])]
  const steps: Step[] = []
  if (!campaign.begun_at && today >= campaign.begins_on)
    steps.push({
      change: { begun_at: now },
      event: { verb: 'campaign.begun', facts },
      news: { memberIds: people, kind: 'campaign-begun', sentence: `“${campaign.name}” begins today.` },
    })
  if (!campaign.over_told_at && today > campaign.ends_on)
    steps.push({
      change: { over_told_at: now },
      event: { verb: 'campaign.over', facts: { ...facts, endsOn: campaign.ends_on } },
      news: {
        memberIds: people,
        kind: 'campaign-over',
        sentence: `“${campaign.name}” was over on ${campaign.ends_on}. Close it with what was decided: its results are kept with it.`,
      },
    })
  return steps
}

/** The deputy becomes the owner. Without one the people who run the organisation are told, once. */
async function afterLeaving(tx: Tx, campaign: CampaignRow, now: Date): Promise<Step | null> {
  const here = await membersHere(tx, campaign)
  if (here.has(campaign.owner_id)) return null
  const facts = { name: campaign.name, from: campaign.owner_id }
  if (campaign.deputy_id && here.has(campaign.deputy_id))
    return {
      change: { owner_id: campaign.deputy_id, deputy_id: null, orphan_told_at: null },
      event: { verb: 'campaign.handed-over', facts: { ...facts, to: campaign.deputy_id } },
      news: {
        memberIds: [campaign.deputy_id],
        kind: 'campaign-handed-over',
        sentence: `The owner of “${campaign.name}” has left; as the deputy you answer for it now. Choose a new deputy.`,
      },
    }
  if (campaign.orphan_told_at) return null
  return {
    change: { orphan_told_at: now },
    event: { verb: 'campaign.orphaned', facts },
    news: {
      memberIds: await readAdminIds(tx, campaign.org_id),
      kind: 'campaign-orphaned',
      sentence: `The owner of “${campaign.name}” has left, and it has no deputy. Choose who answers for it.`,
    },
  }
}

async function membersHere(tx: Tx, { org_id, owner_id, deputy_id }: CampaignRow): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', org_id)
    .where('id', 'in', [owner_id, ...(deputy_id ? [deputy_id] : [])])
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}

const tellOf = (
  services: Deps,
  tx: Tx,
  { org_id: orgId, id, name }: CampaignRow,
  { memberIds, kind, sentence }: NonNullable<Step['news']>,
): Promise<void> =>
  notify(tx, services, orgId, {
    memberIds,
    kind,
    facts: { name },
    subject: { kind: 'campaign', id },
    mail: {
      subject: `Campaign: ${name}`,
      text: `${sentence}\n\n${linkTo(services.publicUrl, orgId, `campaigns/${id}`)}\n`,
    },
  })
