// Every query of series and their occurrences.

import { type Selectable, sql } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type { Occurrences, Series } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { VariantContent } from '../store.ts'
import type { Belonging, VariantState } from '../types.ts'
import type { Occurrence, Schedule } from './recurrence.ts'

export interface Template {
  content: Draft
  variants: VariantContent[]
  belonging: Partial<Belonging>
}

export type SeriesRow = Omit<Selectable<Series>, keyof Template> & Template

const minutes = (wall: string): string => wall.slice(0, 16)

export const scheduleOf = (row: SeriesRow): Schedule => ({
  rule: row.rule,
  startWall: minutes(row.start_wall),
  zone: row.zone,
  endsBefore: row.ends_before === null ? null : minutes(row.ends_before),
})

export async function findSeries(tx: Tx, orgId: string, id: string): Promise<SeriesRow | null> {
  const row = await byId(tx, orgId, id).executeTakeFirst()
  return (row as unknown as SeriesRow) ?? null
}

/** Nobody else makes or changes its occurrences until this transaction ends. */
export async function lockSeries(tx: Tx, orgId: string, id: string): Promise<SeriesRow | null> {
  const row = await byId(tx, orgId, id).forNoKeyUpdate().executeTakeFirst()
  return (row as unknown as SeriesRow) ?? null
}

const byId = (tx: Tx, orgId: string, id: string) =>
  tx.selectFrom('series').selectAll().where('org_id', '=', orgId).where('id', '=', id)

export async function listSeriesRows(tx: Tx, orgId: string): Promise<SeriesRow[]> {
  const rows = await tx
    .selectFrom('series')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows as unknown as SeriesRow[]
}

export interface NewSeries extends Template {
  id: string
  summary: string
  schedule: Schedule
  scheduled: boolean
  firstPostId: string | null
  follows: string | null
  by: string
  at: Date
}

export async function insertSeries(tx: Tx, orgId: string, series: NewSeries): Promise<void> {
  await tx
    .insertInto('series')
    .values({
      org_id: orgId,
      id: series.id,
      content: JSON.stringify(series.content),
      summary: series.summary,
      variants: JSON.stringify(series.variants),
      belonging: JSON.stringify(series.belonging),
      rule: series.schedule.rule,
      start_wall: series.schedule.startWall,
      zone: series.schedule.zone,
      ends_before: series.schedule.endsBefore,
      follows_id: series.follows,
      scheduled: series.scheduled,
      first_post_id: series.firstPostId,
      by_member: series.by,
      created_at: series.at,
      updated_at: series.at,
      make_at: series.at,
    })
    .execute()
}

export async function updateSeries(
  tx: Tx,
  orgId: string,
  id: string,
  change: Partial<{
    template: Template & { summary: string }
    schedule: Schedule
    scheduled: boolean
    by: string
    at: Date
    paused: { at: Date; by: string } | null
    ended: { at: Date; by: string }
    makeAt: Date | null
  }>,
): Promise<void> {
  const { template, schedule, paused, ended } = change
  const set = {
    ...(template && {
      content: JSON.stringify(template.content),
      summary: template.summary,
      variants: JSON.stringify(template.variants),
      belonging: JSON.stringify(template.belonging),
    }),
    ...(schedule && {
      rule: schedule.rule,
      start_wall: schedule.startWall,
      zone: schedule.zone,
      ends_before: schedule.endsBefore,
    }),
    ...(change.scheduled !== undefined && { scheduled: change.scheduled }),
    ...(change.by && { by_member: change.by }),
    ...(change.at && { updated_at: change.at }),
    ...(paused !== undefined && { paused_at: paused?.at ?? null, paused_by: paused?.by ?? null }),
    ...(ended && { ended_at: ended.at, ended_by: ended.by }),
    ...(change.makeAt !== undefined && { make_at: change.makeAt }),
  }
  await tx.updateTable('series').set(set).where('org_id', '=', orgId).where('id', '=', id).execute()
}

// ── Occurrences ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type OccurrenceRow = Selectable<Occurrences> & {
  summary: string | null
  state: VariantState | null
  due_at: Date | null
  post_deleted: boolean
}

export async function occurrenceRows(
  tx: Tx,
  orgId: string,
  seriesId: string,
  fromWall: string | null = null,
): Promise<OccurrenceRow[]> {
  const found = await sql<OccurrenceRow>`
    select o.*, p.summary, p.state, p.due_at, p.deleted_at is not null as post_deleted
    from occurrences o left join posts p on p.org_id = o.org_id and p.id = o.post_id
    where o.org_id = ${orgId} and o.series_id = ${seriesId} ${fromWall ? sql`and o.wall >= ${fromWall}::timestamp` : sql``}
    order by o.wall`.execute(tx)
  return found.rows.map((row) => ({
    ...row,
    wall: minutes(row.wall),
    moved_to: row.moved_to === null ? null : minutes(row.moved_to),
  }))
}

export interface Standing {
  series_id: string
  /** Occurrences that lie ahead and are made; of them those that could not be scheduled. */
  ahead: number
  troubled: number
  /** Wall times ahead that are left out. */
  left_out: string[]
}

/** Of many series at once. */
export async function standingsOf(tx: Tx, orgId: string, ids: string[], now: Date): Promise<Map<string, Standing>> {
  const found = await sql<Standing>`
    select o.series_id, (count(*) filter (where p.id is not null))::int as ahead,
      (count(*) filter (where o.trouble is not null and p.state = 'draft'))::int as troubled,
      -- No zone is further than a day from UTC.
      coalesce(array_agg(to_char(o.wall, 'YYYY-MM-DD"T"HH24:MI')) filter (where o.left_out_at is not null
        and o.wall >= ${now}::timestamptz at time zone 'UTC' - interval '1 day'), '{}') as left_out
    from occurrences o left join posts p on p.org_id = o.org_id and p.id = o.post_id and p.deleted_at is null and o.left_out_at is null
      and p.due_at > ${now}
    where o.org_id = ${orgId} and o.series_id = any(${ids}::uuid[])
    group by o.series_id`.execute(tx)
  return new Map(found.rows.map((row) => [row.series_id, row]))
}

export interface NewOccurrence extends Pick<Occurrence, 'wall' | 'movedTo' | 'twice'> {
  postId: string | null
  at: Date
  settled: boolean
  leftOutBy?: string
}

/** Answers whether this call made it: the key lets each be made once. */
export async function insertOccurrence(
  tx: Tx,
  orgId: string,
  seriesId: string,
  given: NewOccurrence,
): Promise<boolean> {
  const row = await tx
    .insertInto('occurrences')
    .values({
      org_id: orgId,
      series_id: seriesId,
      wall: given.wall,
      post_id: given.postId,
      moved_to: given.movedTo,
      twice: given.twice,
      made_at: given.at,
      settled_at: given.settled ? given.at : null,
      left_out_at: given.leftOutBy ? given.at : null,
      left_out_by: given.leftOutBy ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('wall')
    .executeTakeFirst()
  return row !== undefined
}

export async function setOccurrence(
  tx: Tx,
  orgId: string,
  seriesId: string,
  wall: string,
  set: Partial<Pick<Selectable<Occurrences>, 'settled_at' | 'trouble' | 'left_out_at' | 'left_out_by' | 'post_id'>>,
): Promise<void> {
  await one(tx, orgId, seriesId, wall, set).execute()
}

const one = (tx: Tx, orgId: string, seriesId: string, wall: string, set: object) =>
  tx
    .updateTable('occurrences')
    .set(set)
    .where('org_id', '=', orgId)
    .where('series_id', '=', seriesId)
    .where('wall', '=', wall)

export async function deleteOccurrence(tx: Tx, orgId: string, seriesId: string, wall: string): Promise<void> {
  await tx
    .deleteFrom('occurrences')
    .where('org_id', '=', orgId)
    .where('series_id', '=', seriesId)
    .where('wall', '=', wall)
    .execute()
}

/** Unless it stands for itself by now. Answers whether it did follow. */
export async function forgetFollowing(tx: Tx, orgId: string, seriesId: string, wall: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('occurrences')
    .where('org_id', '=', orgId)
    .where('series_id', '=', seriesId)
    .where('wall', '=', wall)
    .where('detached_at', 'is', null)
    .returning('wall')
    .executeTakeFirst()
  return gone !== undefined
}

/** Those of a later part of a series belong to the series that follows it. */
export async function handOnOccurrences(tx: Tx, orgId: string, from: string, to: string, wall: string): Promise<void> {
  await tx
    .updateTable('occurrences')
    .set({ series_id: to })
    .where('org_id', '=', orgId)
    .where('series_id', '=', from)
    .where('wall', '>=', wall)
    .execute()
}

export async function occurrenceOfPost(tx: Tx, orgId: string, postId: string) {
  const row = await tx
    .selectFrom('occurrences')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row ? { ...row, wall: minutes(row.wall), moved_to: row.moved_to && minutes(row.moved_to) } : null
}

export const markDetached = (tx: Tx, orgId: string, postId: string, at: Date) =>
  tx
    .updateTable('occurrences')
    .set({ detached_at: at })
    .where('org_id', '=', orgId)
    .where('post_id', '=', postId)
    .where('detached_at', 'is', null)
    .execute()
