// Every query of placements.

import { type Selectable, sql } from 'kysely'
import type { Placements } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { PlacementFacts } from './types.ts'

export type PlacementRow = Selectable<Placements> & {
  target: string
  code: string
  link_removed_at: Date | null
  clicks: number
  bots: number
  named: number
  last_at: Date | null
}

export async function placementRows(tx: Tx, orgId: string, id?: string): Promise<PlacementRow[]> {
  const found = await sql<PlacementRow>`
    select p.*, l.target, l.code, l.removed_at as link_removed_at, coalesce(t.people, 0) as clicks, coalesce(t.bots, 0) as bots, coalesce(r.named, 0) as named,
      greatest(t.last_at, r.last_at) as last_at
    from placements p join links l on l.org_id = p.org_id and l.id = p.link_id
      left join link_totals t on t.org_id = p.org_id and t.link_id = p.link_id
      left join lateral (select sum(count)::int as named, max(at) as last_at from placement_references r
        where r.org_id = p.org_id and r.placement_id = p.id) r on true
    where p.org_id = ${orgId} ${id ? sql`and p.id = ${id}` : sql``}
    order by p.created_at desc, p.id desc`.execute(tx)
  return found.rows
}

const columnsOf = (facts: PlacementFacts) => ({
  medium: facts.medium,
  name: facts.name,
  place: facts.place,
  campaign_id: facts.campaignId,
  owner_id: facts.ownerId,
  word: facts.word,
  begins_on: facts.beginsOn,
  ends_on: facts.endsOn,
  cost: facts.cost,
  currency: facts.currency,
})

export async function insertPlacement(
  tx: Tx,
  orgId: string,
  facts: PlacementFacts,
  { linkId, by, at }: { linkId: string; by: string; at: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('placements')
    .values({ org_id: orgId, id, ...columnsOf(facts), link_id: linkId, created_at: at, created_by: by })
    .execute()
  return id
}

export const updatePlacement = (tx: Tx, orgId: string, id: string, facts: PlacementFacts) =>
  tx.updateTable('placements').set(columnsOf(facts)).where('org_id', '=', orgId).where('id', '=', id).execute()

export const markEnded = (
  tx: Tx,
  orgId: string,
  id: string,
  mark: { ended_at: Date | null; ended_by: string | null },
) => tx.updateTable('placements').set(mark).where('org_id', '=', orgId).where('id', '=', id).execute()

/** One change at a time: what is asked about words stays true until the transaction ends. */
export const lockPlacements = (tx: Tx, orgId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`placements ${orgId}`}, 0))`.execute(tx)

export async function wordIsTaken(tx: Tx, orgId: string, word: string, except: string | null): Promise<boolean> {
  const row = await tx
    .selectFrom('placements')
    .select('id')
    .where('org_id', '=', orgId)
    .where(sql<boolean>`lower(word) = lower(${word})`)
    .where('ended_at', 'is', null)
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst()
  return row !== undefined
}

export const insertReference = (
  tx: Tx,
  orgId: string,
  row: { placementId: string; count: number; note: string; by: string; at: Date },
) =>
  tx
    .insertInto('placement_references')
    .values({
      ...{ org_id: orgId, id: newId(), placement_id: row.placementId, at: row.at },
      ...{ count: row.count, note: row.note, counted_by: row.by },
    })
    .execute()

export interface ReferenceRow {
  id: string
  at: Date
  count: number
  note: string
  counted_by: string
}

export const referenceRows = (tx: Tx, orgId: string, placementId: string, limit: number): Promise<ReferenceRow[]> =>
  tx
    .selectFrom('placement_references')
    .select(['id', 'at', 'count', 'note', 'counted_by'])
    .where('org_id', '=', orgId)
    .where('placement_id', '=', placementId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** How many people it stood for; null: it is not there. */
export async function deleteReference(
  tx: Tx,
  orgId: string,
  { placementId, id }: { placementId: string; id: string },
): Promise<number | null> {
  const row = await tx
    .deleteFrom('placement_references')
    .where('org_id', '=', orgId)
    .where('placement_id', '=', placementId)
    .where('id', '=', id)
    .returning('count')
    .executeTakeFirst()
  return row?.count ?? null
}
