// Every query of stock and freshness.

import { sql } from 'kysely'
import type { ContentKind } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import type { ContentSettings } from './types.ts'
import { defaultSettings } from './types.ts'

/** What a variant is, by what it says. */
export const kindOf = sql<ContentKind>`case
  when jsonb_path_exists(coalesce(v.content, p.content), '$.segments[*].media[*] ? (@.kind == "video")') then 'video'
  when coalesce(coalesce(v.content, p.content)->>'title', '') <> '' then 'article'
  else 'post' end`

const ready = sql`(v.state = 'scheduled' and v.due_at > now_at.t
  or v.state = 'draft' and v.approved_hash is not null and v.approved_hash = v.content_hash)`

export interface StockAccount {
  id: string
  connector: string
  name: string
  owner_id: string | null
  deputy_id: string | null
  created_by: string
  slots: number
  created_at: Date
  ready: number
  last_ready_at: Date | null
  published_28: number
  last_published_at: Date | null
}

/** Accounts that are connected or wait to be, with what is ready and what went out lately. */
export async function stockAccounts(tx: Tx, orgId: string, now: Date): Promise<StockAccount[]> {
  const found = await sql<StockAccount>`
    with now_at as (select ${now}::timestamptz as t)
    select a.id, a.connector, a.name, a.owner_id, a.deputy_id, a.created_by, jsonb_array_length(a.slots) as slots, a.created_at,
      coalesce(r.ready, 0)::int as ready, r.last_ready_at, o.published_28, l.published_at as last_published_at
    from accounts a
      left join (
        select v.account_id, count(*) as ready, max(v.due_at) filter (where v.state = 'scheduled') as last_ready_at
        from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id and p.deleted_at is null, now_at
        where v.org_id = ${orgId} and ${ready} group by v.account_id) r on r.account_id = a.id
      cross join lateral (
        select count(*)::int as published_28 from variants v, now_at
        where v.org_id = ${orgId} and v.account_id = a.id and v.published_at > now_at.t - interval '28 days'
          and v.post_id is not null) o
      left join lateral (
        select v.published_at from variants v where v.org_id = ${orgId} and v.account_id = a.id and v.published_at is not null
          and v.post_id is not null
        order by v.published_at desc limit 1) l on true
    where a.org_id = ${orgId} and a.state <> 'disconnected'
    order by a.name, a.id`.execute(tx)
  return found.rows
}

export interface LifeRow {
  account_id: string
  kind: ContentKind
  /** Of what is planned: when it is due. */
  at: Date
  planned: boolean
}

/** Times and kinds of what went out since an instant, by account, and of what is scheduled. */
export async function livesSince(
  tx: Tx,
  orgId: string,
  since: { accountId: string; from: Date }[],
): Promise<LifeRow[]> {
  const found = await sql<LifeRow>`
    select v.account_id, ${kindOf} as kind, v.at, v.planned
    from unnest(${since.map((each) => each.accountId)}::uuid[], ${since.map((each) => each.from)}::timestamptz[]) s (account, since)
      -- Two walks along an index: what either condition may hold for is found only by looking at everything that was ever published.
      cross join lateral (
        select account_id, post_id, content, published_at as at, false as planned from variants
        where org_id = ${orgId} and account_id = s.account and state = 'published' and published_at >= s.since
        union all
        select account_id, post_id, content, due_at, true from variants
        where org_id = ${orgId} and account_id = s.account and state = 'scheduled' and due_at is not null) v
      join posts p on p.org_id = ${orgId} and p.id = v.post_id and p.deleted_at is null`.execute(tx)
  return found.rows
}

export interface RecycledRow {
  account_id: string
  recycled: number
  n: number
}

/** Of what went out since `from` and of what is scheduled: all of it, and what is recycled. */
export async function recycledByAccount(tx: Tx, orgId: string, from: Date): Promise<RecycledRow[]> {
  const found = await sql<RecycledRow>`
    select v.account_id, count(*)::int as n, (count(*) filter (where p.origin = 'recycled'))::int as recycled
    from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id and p.deleted_at is null
    where v.org_id = ${orgId} and v.state = 'published' and v.published_at >= ${from}
    group by v.account_id`.execute(tx)
  return found.rows
}

export interface PostsOut {
  recycled: number
  n: number
}

/** Posts, not variants: a post on three accounts is one. */
export async function recycledPosts(tx: Tx, orgId: string, from: Date): Promise<PostsOut> {
  const found = await sql<PostsOut>`
    select count(*)::int as n, (count(*) filter (where p.origin = 'recycled'))::int as recycled from posts p
    where p.org_id = ${orgId} and p.deleted_at is null
      and exists (select from variants v where v.org_id = p.org_id and v.post_id = p.id and v.state = 'published' and v.published_at >= ${from})`.execute(
    tx,
  )
  return found.rows[0]!
}

export interface ReuseRow {
  department_id: string | null
  original: number
  adapted: number
  recycled: number
  lent: number
}

/** Which departments made what of the posts since `from`, and whose posts others made something from. */
export async function reuseByDepartment(tx: Tx, orgId: string, from: Date): Promise<ReuseRow[]> {
  const found = await sql<ReuseRow>`
    with recent as (
      select p.department_id, p.origin, o.department_id as from_department, o.id is not null as has_origin from posts p
        left join posts o on o.org_id = p.org_id and o.id = p.origin_post_id
      where p.org_id = ${orgId} and p.deleted_at is null and p.created_at >= ${from} and p.state <> 'cancelled')
    select department_id, sum(original)::int as original, sum(adapted)::int as adapted, sum(recycled)::int as recycled, sum(lent)::int as lent
    from (
      select department_id, (origin = 'original')::int as original, (origin = 'adapted')::int as adapted,
        (origin = 'recycled')::int as recycled, 0 as lent from recent
      union all
      select from_department, 0, 0, 0, 1 from recent where has_origin and from_department is distinct from department_id) each
    group by department_id order by department_id nulls last`.execute(tx)
  return found.rows
}

export interface LivingRow {
  post_id: string
  variant_id: string
  account_id: string
  connector: string
  kind: ContentKind
  summary: string
  url: string | null
  published_at: Date
}

/** What went out on channels and in kinds that are asked for, while it lives; newest first. `long`: connector, kind, half-life in minutes. */
export async function livingLines(
  tx: Tx,
  orgId: string,
  given: {
    long: { connector: string; kind: ContentKind; minutes: number }[]
    now: Date
    after: [string, string] | null
    limit: number
  },
): Promise<LivingRow[]> {
  if (given.long.length === 0) return []
  const found = await sql<LivingRow>`
    select e.* from (
      select v.post_id, v.id as variant_id, v.account_id, a.connector, ${kindOf} as kind, p.summary, v.remote_url as url, v.published_at
      from accounts a join variants v on v.org_id = a.org_id and v.account_id = a.id and v.state = 'published'
        join posts p on p.org_id = v.org_id and p.id = v.post_id and p.deleted_at is null
      where a.org_id = ${orgId} and a.connector = any(${given.long.map((each) => each.connector)}::text[])
        ${given.after ? sql`and (v.published_at, v.id) < (${new Date(given.after[0])}, ${given.after[1]}::uuid)` : sql``}) e
      join unnest(${given.long.map((each) => each.connector)}::text[], ${given.long.map((each) => each.kind)}::text[],
        ${given.long.map((each) => each.minutes)}::float8[]) l (connector, kind, minutes) on l.connector = e.connector and l.kind = e.kind
    where e.published_at + make_interval(secs => l.minutes * 180) > ${given.now}
    order by e.published_at desc, e.variant_id desc limit ${given.limit}`.execute(tx)
  return found.rows
}

export type VariantLife = Pick<LivingRow, 'variant_id' | 'account_id' | 'connector' | 'kind' | 'published_at'>

/** Of one post: where it is out, and since when. */
export async function livesOfVariants(tx: Tx, orgId: string, postId: string): Promise<VariantLife[]> {
  const found = await sql<VariantLife>`
    select v.id as variant_id, v.account_id, a.connector, ${kindOf} as kind, v.published_at
    from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id join accounts a on a.org_id = v.org_id and a.id = v.account_id
    where v.org_id = ${orgId} and v.post_id = ${postId} and v.state = 'published' and v.published_at is not null
    order by v.published_at, v.id`.execute(tx)
  return found.rows
}

export async function settingsOf(tx: Tx, orgId: string): Promise<ContentSettings> {
  const row = await tx.selectFrom('content_settings').selectAll().where('org_id', '=', orgId).executeTakeFirst()
  if (!row) return defaultSettings
  return {
    recycledLimit: row.recycled_limit,
    stockDays: row.stock_days,
    materialDays: row.material_days,
    sectorFactor: row.sector_factor,
  }
}

/** What is not said stays as somebody else may just have set it. */
export async function keepSettings(tx: Tx, orgId: string, settings: Partial<ContentSettings>): Promise<void> {
  const columns = {
    recycled_limit: settings.recycledLimit,
    stock_days: settings.stockDays,
    material_days: settings.materialDays,
    sector_factor: settings.sectorFactor,
  }
  // Also where nothing is said: an update needs something to set.
  const said = {
    org_id: orgId,
    ...Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)),
  }
  await tx
    .insertInto('content_settings')
    .values(said)
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(said))
    .execute()
}

export interface OwnLife {
  connector: string
  kind: ContentKind
  half_life_minutes: number
}

export const ownLives = (tx: Tx, orgId: string): Promise<OwnLife[]> =>
  tx
    .selectFrom('shelf_lives')
    .select(['connector', 'kind', 'half_life_minutes'])
    .where('org_id', '=', orgId)
    .execute() as Promise<OwnLife[]>

export async function keepLife(
  tx: Tx,
  orgId: string,
  {
    connector,
    kind,
    minutes,
    by,
    at,
  }: { connector: string; kind: ContentKind; minutes: number | null; by: string; at: Date },
): Promise<void> {
  if (minutes === null) {
    await tx
      .deleteFrom('shelf_lives')
      .where('org_id', '=', orgId)
      .where('connector', '=', connector)
      .where('kind', '=', kind)
      .execute()
    return
  }
  const columns = { half_life_minutes: minutes, set_at: at, set_by: by }
  await tx
    .insertInto('shelf_lives')
    .values({ org_id: orgId, connector, kind, ...columns })
    .onConflict((conflict) => conflict.columns(['org_id', 'connector', 'kind']).doUpdateSet(columns))
    .execute()
}
