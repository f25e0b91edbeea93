// Plans and changes campaigns. A second tab that saved first is told, never overwritten; what a campaign names must be there.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { keepMedia } from '../../media/actions.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { hurryCrossings } from '../crossings/hurry.ts'
import { recordQuickCampaign } from '../crossings/quick.ts'
import type { campaignsContract, campaignView } from './contract.ts'
import { termFault } from './rules.ts'
import {
  type BriefColumns,
  type CampaignRow,
  findCampaign,
  insertCampaign,
  lockCampaign,
  updateCampaign,
} from './store.ts'
import { campaignViewOf } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue'>
type View = z.infer<typeof campaignView>
type Input<Name extends 'create' | 'change'> = z.output<
  NonNullable<(typeof campaignsContract)['campaigns'][Name]['~orpc']['inputSchema']>
>
type Brief = Omit<Input<'create'>, 'org' | 'sourceItemId'>

export async function createCampaign(
  services: Deps,
  caller: Caller,
  { org: _, sourceItemId, ...brief }: Input<'create'>,
): Promise<View> {
  const view = await inOrg(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    const timeZone = brief.timeZone ?? (await readOrganisationZone(tx, caller.orgId))
    const columns = columnsOf({ ...brief, timeZone, ownerId: brief.ownerId ?? caller.memberId })
    await mustFit(tx, caller.orgId, columns as BriefColumns, null)
    if (sourceItemId) await mustBeThere(tx, 'source_items', caller.orgId, { id: sourceItemId, field: 'sourceItemId' })
    const row = { ...(columns as BriefColumns), org_id: caller.orgId, id, source_item_id: sourceItemId ?? null }
    await insertCampaign(tx, { ...row, by: caller.memberId, at })
    const facts = { name: brief.name, kind: brief.kind, beginsOn: brief.beginsOn, endsOn: brief.endsOn }
    if (sourceItemId) await recordQuickCampaign(tx, caller, { campaignId: id, sourceItemId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'campaign.created',
      subject: { kind: 'campaign', id },
      facts: sourceItemId ? { ...facts, sourceItemId } : facts,
    })
    return campaignViewOf(tx, (await findCampaign(tx, caller.orgId, id))!, at)
  })
  await hurryCrossings(services, caller.orgId)
  return view
}

/** A closed campaign is history: it is reopened before it changes. */
export async function changeCampaign(
  services: Deps,
  caller: Caller,
  { org: _, id, revision, ...change }: Input<'change'>,
): Promise<View> {
  const view = await inOrg(services.db, caller.orgId, async (tx) => {
    const found = await lockCampaign(tx, caller.orgId, id)
    if (!found) throw notFound('campaign')
    if (found.revision !== revision)
      throw new Refusal('campaign-changed-elsewhere', {
        status: 409,
        field: 'revision',
        params: { revision: found.revision },
      })
    if (found.closed_at) throw new Refusal('campaign-closed', { status: 409 })
    const columns = columnsOf(change)
    await mustFit(tx, caller.orgId, { ...columnsOfRow(found), ...columns }, found)
    const at = services.clock()
    const to = { ...columns, ...afterNewDays(found, columns, at) }
    await updateCampaign(tx, caller.orgId, id, {
      ...to,
      ...(columns.owner_id && columns.owner_id !== found.owner_id ? { orphan_told_at: null } : {}),
      revision: found.revision + 1,
      updated_at: at,
      updated_by: caller.memberId,
    })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'campaign.changed',
      subject: { kind: 'campaign', id },
      facts: { name: columns.name ?? found.name, changed: Object.keys(change).sort(), revision: found.revision + 1 },
    })
    return campaignViewOf(tx, (await findCampaign(tx, caller.orgId, id))!, at)
  })
  await hurryCrossings(services, caller.orgId)
  return view
}

/** New days are told anew: a beginning that lies ahead again begins again, a longer campaign is over another time. */
function afterNewDays(found: CampaignRow, columns: Partial<BriefColumns>, now: Date) {
  const today = dayIn(now, columns.time_zone ?? found.time_zone)
  const begins = columns.begins_on ?? found.begins_on
  const ends = columns.ends_on ?? found.ends_on
  return {
    ...(begins > today ? { begun_at: null } : {}),
    ...(begins > found.begins_on ? { neared: [] } : {}),
    ...(ends >= today ? { over_told_at: null } : {}),
  }
}

function columnsOf(given: Partial<Brief>): Partial<BriefColumns> {
  const columns = {
    name: given.name,
    kind: given.kind,
    goal: given.goal,
    audience: given.audience,
    begins_on: given.beginsOn,
    ends_on: given.endsOn,
    time_zone: given.timeZone,
    phases: given.phases && JSON.stringify(given.phases),
    links: given.links && JSON.stringify(given.links),
    asset_ids: given.assetIds && [...new Set(given.assetIds)],
    owner_id: given.ownerId,
    deputy_id: given.deputyId,
    department_id: given.departmentId,
    ...(given.budget === undefined
      ? {}
      : { budget: given.budget?.amount ?? null, currency: given.budget?.currency ?? null }),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

const columnsOfRow = (row: CampaignRow): BriefColumns => ({
  ...row,
  phases: JSON.stringify(row.phases),
  links: JSON.stringify(row.links),
})

/** `before`: what stands there already is not asked for again, so that a colleague who left keeps no brief from being saved. */
async function mustFit(tx: Tx, orgId: string, columns: BriefColumns, before: CampaignRow | null): Promise<void> {
  const fault = termFault({
    beginsOn: columns.begins_on,
    endsOn: columns.ends_on,
    phases: JSON.parse(columns.phases),
  })
  if (fault) throw new Refusal(fault.code, { field: fault.field })
  // A slip of the year would make lists and time lines of centuries.
  if (columns.ends_on > addDays(columns.begins_on, 3660)) throw new Refusal('campaign-too-long', { field: 'endsOn' })
  if (columns.deputy_id && columns.deputy_id === columns.owner_id)
    throw new Refusal('deputy-is-owner', { field: 'deputyId' })
  for (const [column, field] of [
    ['owner_id', 'ownerId'],
    ['deputy_id', 'deputyId'],
  ] as const) {
    const id = columns[column]
    if (id && id !== before?.[column]) await mustBeMember(tx, orgId, { id, field })
  }
  if (columns.department_id && columns.department_id !== before?.department_id)
    await mustBeThere(tx, 'departments', orgId, { id: columns.department_id, field: 'departmentId' })
  const added = columns.asset_ids.filter((id) => !before?.asset_ids.includes(id))
  const faultOf = await keepMedia(tx, orgId, added)
  for (const id of added) {
    const fault = faultOf(id)
    if (fault) throw new Refusal(fault, { field: `assetIds.${columns.asset_ids.indexOf(id)}` })
  }
}

interface Named {
  id: string
  field: string
}

async function mustBeMember(tx: Tx, orgId: string, { id, field }: Named): Promise<void> {
  const found = await tx
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!found) throw new Refusal('member-not-found', { field })
}

async function mustBeThere(
  tx: Tx,
  table: 'departments' | 'source_items',
  orgId: string,
  { id, field }: Named,
): Promise<void> {
  const found = await tx
    .selectFrom(table)
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw new Refusal('not-in-organisation', { field })
}
