// Every query of the tables of campaigns.

import { type Selectable, sql } from 'kysely'
import type { Campaigns } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import type { CampaignKind, CampaignLink, CampaignResults, CampaignState, Phase } from './types.ts'

export type CampaignRow = Omit<Selectable<Campaigns>, 'kind' | 'phases' | 'links'> & {
  kind: CampaignKind
  phases: Phase[]
  links: CampaignLink[]
}

const byId = (tx: Tx, orgId: string, id: string) =>
  tx.selectFrom('campaigns').selectAll().where('org_id', '=', orgId).where('id', '=', id)

export const findCampaign = async (tx: Tx, orgId: string, id: string): Promise<CampaignRow | undefined> =>
  (await byId(tx, orgId, id).executeTakeFirst()) as unknown as CampaignRow | undefined

/** Nobody else changes it until this transaction ends. */
export const lockCampaign = async (tx: Tx, orgId: string, id: string): Promise<CampaignRow | undefined> =>
  (await byId(tx, orgId, id).forUpdate().executeTakeFirst()) as unknown as CampaignRow | undefined

/** Columns that a person's brief fills. */
export interface BriefColumns {
  name: string
  kind: CampaignKind
  goal: string
  audience: string
  begins_on: string
  ends_on: string
  time_zone: string
  phases: string
  links: string
  asset_ids: string[]
  budget: number | null
  currency: string | null
  owner_id: string
  deputy_id: string | null
  department_id: string | null
}

export const insertCampaign = (
  tx: Tx,
  row: BriefColumns & { org_id: string; id: string; source_item_id: string | null; by: string; at: Date },
): Promise<unknown> => {
  const { by, at, ...columns } = row
  return tx
    .insertInto('campaigns')
    .values({ ...columns, created_at: at, created_by: by, updated_at: at, updated_by: by })
    .execute()
}

export type CampaignChange = Partial<
  BriefColumns &
    Pick<
      CampaignRow,
      | 'begun_at'
      | 'closed_at'
      | 'closed_by'
      | 'closing_note'
      | 'neared'
      | 'over_told_at'
      | 'orphan_told_at'
      | 'updated_at'
      | 'updated_by'
      | 'revision'
    >
>

export const updateCampaign = (tx: Tx, orgId: string, id: string, change: CampaignChange): Promise<unknown> =>
  tx.updateTable('campaigns').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export interface CampaignFilter {
  state?: CampaignState | 'open'
  kind?: CampaignKind
  ownerId?: string
  departmentId?: string
  q?: string
  order: 'begin' | 'end' | 'name' | 'changed'
  after: [key: string, id: string] | null
  limit: number
}

export interface CampaignLineRow extends CampaignRow {
  /** Of its order; goes into the cursor. */
  key: string
  posts: number
  published: number
}

const keys = {
  begin: sql<string>`c.begins_on::text`,
  end: sql<string>`c.ends_on::text`,
  name: sql<string>`lower(c.name) collate "C"`,
  changed: sql<string>`to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
}

/** `now` decides what day each zone has. Names upwards, times from the newest on. */
export async function listRows(tx: Tx, orgId: string, filter: CampaignFilter, now: Date): Promise<CampaignLineRow[]> {
  const key = keys[filter.order]
  const upwards = filter.order === 'name'
  const after = filter.after
  const found = await sql<CampaignLineRow>`
    with todays as (select * from jsonb_to_recordset(${JSON.stringify(await todays(tx, orgId, now))}::jsonb) as t(zone text, today date)),
    listed as (
      select c.*, ${key} as key from campaigns c join todays t on t.zone = c.time_zone
      where c.org_id = ${orgId} ${stateIs(filter.state)}
        ${filter.kind ? sql`and c.kind = ${filter.kind}` : sql``}
        ${filter.ownerId ? sql`and c.owner_id = ${filter.ownerId}` : sql``}
        ${filter.departmentId ? sql`and c.department_id = ${filter.departmentId}` : sql``}
        ${sql.join(
          wordsOf(filter.q).map((word) => sql`and strpos(lower(c.name || ' ' || c.goal), ${word}) > 0`),
          sql` `,
        )}
        ${after ? (upwards ? sql`and (${key}, c.id) > (${after[0]}, ${after[1]}::uuid)` : sql`and (${key}, c.id) < (${after[0]}, ${after[1]}::uuid)`) : sql``}
      order by key ${upwards ? sql`asc, c.id asc` : sql`desc, c.id desc`} limit ${filter.limit})
    select l.*, n.posts, n.published from listed l
    cross join lateral (select count(*)::int as posts, count(*) filter (where p.state = 'published')::int as published from posts p
      where p.org_id = l.org_id and p.campaign_id = l.id and p.deleted_at is null) n
    order by l.key ${upwards ? sql`asc, l.id asc` : sql`desc, l.id desc`}`.execute(tx)
  return found.rows
}

const wordsOf = (q: string | undefined): string[] => (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)

const stateIs = (state: CampaignFilter['state']) =>
  ({
    none: sql``,
    open: sql`and c.closed_at is null`,
    closed: sql`and c.closed_at is not null`,
    planned: sql`and c.closed_at is null and t.today < c.begins_on`,
    running: sql`and c.closed_at is null and t.today between c.begins_on and c.ends_on`,
    over: sql`and c.closed_at is null and t.today > c.ends_on`,
  })[state ?? 'none']

/** What day it is in each zone that a campaign has: asked of the calendar that Longrun itself uses. */
async function todays(tx: Tx, orgId: string, now: Date): Promise<{ zone: string; today: string }[]> {
  const rows = await tx.selectFrom('campaigns').select('time_zone').distinct().where('org_id', '=', orgId).execute()
  return rows.map(({ time_zone: zone }) => ({ zone, today: dayIn(now, zone) }))
}

/** Campaigns that touch these days, in the order of their beginning. */
export const campaignsBetween = async (tx: Tx, orgId: string, from: string, to: string): Promise<CampaignRow[]> =>
  (await tx
    .selectFrom('campaigns')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('begins_on', '<=', to)
    .where('ends_on', '>=', from)
    .orderBy('begins_on')
    .orderBy('id')
    .limit(200)
    .execute()) as unknown as CampaignRow[]

export const campaignsById = async (tx: Tx, orgId: string, ids: string[]): Promise<CampaignRow[]> =>
  ids.length === 0
    ? []
    : ((await tx
        .selectFrom('campaigns')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', 'in', ids)
        .orderBy('begins_on')
        .orderBy('id')
        .execute()) as unknown as CampaignRow[])

/** Open campaigns with something for the clock: a beginning or an end to tell, or an owner who left. System transaction. */
export async function campaignsForTheClock(tx: Tx, now: Date): Promise<{ org_id: string; id: string }[]> {
  // A zone is at most a day from UTC; the exact day is asked under the lock.
  const found = await sql<{ org_id: string; id: string }>`
    select c.org_id, c.id from campaigns c join members m on m.org_id = c.org_id and m.id = c.owner_id
    where c.closed_at is null and (
      c.begun_at is null and c.begins_on <= (${now}::timestamptz at time zone 'UTC')::date + 1
      or c.over_told_at is null and c.ends_on <= (${now}::timestamptz at time zone 'UTC')::date
      or m.ended_at is not null and c.orphan_told_at is null
      or exists (select from crossing_points p where p.org_id = c.org_id and p.disabled_at is null and p.trigger_verb = 'campaign.neared'
        and c.begins_on - (p.options->>'daysBefore')::int <= (${now}::timestamptz at time zone 'UTC')::date + 1
        and c.begins_on >= (${now}::timestamptz at time zone 'UTC')::date - 1
        and not (p.options->>'daysBefore')::int = any(c.neared)))
    order by c.org_id, c.id`.execute(tx)
  return found.rows
}

/** Days before a beginning for which some enabled crossing point waits. */
export async function askedNearings(tx: Tx, orgId: string): Promise<number[]> {
  const found = await sql<{ days: number }>`select distinct (options->>'daysBefore')::int as days from crossing_points
    where org_id = ${orgId} and disabled_at is null and trigger_verb = 'campaign.neared'`.execute(tx)
  return found.rows.map((row) => row.days)
}

export const insertReport = (
  tx: Tx,
  row: { org_id: string; id: string; campaign_id: string; made_at: Date; report: CampaignResults },
): Promise<unknown> =>
  tx
    .insertInto('campaign_reports')
    .values({ ...row, report: JSON.stringify(row.report) })
    .execute()

export async function readReports(
  tx: Tx,
  orgId: string,
  campaignId: string,
): Promise<{ id: string; made_at: Date; report: CampaignResults }[]> {
  const rows = await tx
    .selectFrom('campaign_reports')
    .select(['id', 'made_at', 'report'])
    .where('org_id', '=', orgId)
    .where('campaign_id', '=', campaignId)
    .orderBy('made_at', 'desc')
    .limit(50)
    .execute()
  return rows as unknown as { id: string; made_at: Date; report: CampaignResults }[]
}
