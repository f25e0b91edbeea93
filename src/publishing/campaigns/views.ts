// Campaigns as the API shows them.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import type { campaignLine, campaignView } from './contract.ts'
import { campaignState } from './rules.ts'
import type { CampaignLineRow, CampaignRow } from './store.ts'
import type { Budget, CampaignState } from './types.ts'

type Person = z.infer<typeof campaignView>['createdBy']

export const stateOf = (row: CampaignRow, now: Date): CampaignState =>
  campaignState(
    { beginsOn: row.begins_on, endsOn: row.ends_on, closed: row.closed_at !== null },
    dayIn(now, row.time_zone),
  )

export const budgetOf = (row: Pick<CampaignRow, 'budget' | 'currency'>): Budget | null =>
  row.budget === null || row.currency === null ? null : { amount: row.budget, currency: row.currency }

/** Names of members, and whether they are members still. */
export async function peopleOf(tx: Tx, orgId: string, ids: (string | null)[]): Promise<(id: string) => Person> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const rows =
    wanted.length === 0
      ? []
      : await tx
          .selectFrom('members')
          .innerJoin('users', 'users.id', 'members.user_id')
          .select(['members.id', 'users.name', 'members.ended_at'])
          .where('members.org_id', '=', orgId)
          .where('members.id', 'in', wanted)
          .execute()
  const people = new Map(rows.map((row) => [row.id, { id: row.id, name: row.name, left: row.ended_at !== null }]))
  return (id) => people.get(id) ?? { id, name: '', left: true }
}

export async function linesOf(tx: Tx, orgId: string, rows: CampaignLineRow[], now: Date) {
  const person = await peopleOf(
    tx,
    orgId,
    rows.map((row) => row.owner_id),
  )
  return rows.map(
    (row): z.infer<typeof campaignLine> => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      state: stateOf(row, now),
      beginsOn: row.begins_on,
      endsOn: row.ends_on,
      timeZone: row.time_zone,
      owner: person(row.owner_id),
      departmentId: row.department_id,
      budget: budgetOf(row),
      posts: row.posts,
      published: row.published,
      updatedAt: new Date(row.updated_at).toISOString(),
    }),
  )
}

export async function campaignViewOf(tx: Tx, row: CampaignRow, now: Date): Promise<z.infer<typeof campaignView>> {
  const person = await peopleOf(tx, row.org_id, [row.owner_id, row.deputy_id, row.created_by, row.closed_by])
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    goal: row.goal,
    audience: row.audience,
    beginsOn: row.begins_on,
    endsOn: row.ends_on,
    timeZone: row.time_zone,
    phases: row.phases,
    budget: budgetOf(row),
    links: row.links,
    assetIds: row.asset_ids,
    assets: await assetsOf(tx, row),
    ownerId: row.owner_id,
    deputyId: row.deputy_id,
    departmentId: row.department_id,
    sourceItemId: row.source_item_id,
    revision: row.revision,
    state: stateOf(row, now),
    owner: person(row.owner_id),
    deputy: row.deputy_id ? person(row.deputy_id) : null,
    createdAt: row.created_at.toISOString(),
    createdBy: person(row.created_by),
    updatedAt: row.updated_at.toISOString(),
    begunAt: row.begun_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    closedBy: row.closed_by ? person(row.closed_by) : null,
    closingNote: row.closing_note,
  }
}

/** Those that are still in the library, in the order of the campaign. */
async function assetsOf(tx: Tx, row: CampaignRow): Promise<z.infer<typeof campaignView>['assets']> {
  if (row.asset_ids.length === 0) return []
  const found = await tx
    .selectFrom('media')
    .select(['id', 'file_name', 'alt', 'kind'])
    .where('org_id', '=', row.org_id)
    .where('id', 'in', row.asset_ids)
    .where('removed_at', 'is', null)
    .execute()
  const known = new Map(found.map((each) => [each.id, each]))
  return row.asset_ids.flatMap((id) => {
    const media = known.get(id)
    if (!media) return []
    const thumbnailUrl = media.kind === 'image' ? `/files/${row.org_id}/${id}/thumbnail` : null
    return [{ id, fileName: media.file_name, alt: media.alt, thumbnailUrl }]
  })
}
