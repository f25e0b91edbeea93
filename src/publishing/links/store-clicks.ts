// Every query that follows short links and counts clicks. They run for visitors, who belong to no organisation.

import { sql } from 'kysely'
import { alone } from '../../db/pool.ts'
import { asSystem, type Db } from '../../db/tx.ts'

export interface Destination {
  orgId: string
  id: string
  target: string
}

export async function destinationsOf(db: Db, codes: string[]): Promise<Map<string, Destination>> {
  const found = await asSystem(db, (tx) =>
    tx
      .selectFrom('links')
      .select(['code', 'org_id as orgId', 'id', 'target'])
      .where('code', 'in', codes)
      .where('removed_at', 'is', null)
      .execute(),
  )
  return new Map(found.map(({ code, ...destination }) => [code, destination]))
}

/** Those of these links that are not removed. */
export async function livingOf(db: Db, ids: string[]): Promise<Set<string>> {
  const found = await asSystem(db, (tx) =>
    sql<{ id: string }>`select id from links where id = any(${ids}::uuid[]) and removed_at is null`.execute(tx),
  )
  return new Set(found.rows.map(({ id }) => id))
}

/** Adds a counting process; forgets those that have not counted for a month. */
export async function registerCounter(db: Db, id: string, at: Date): Promise<void> {
  await db.insertInto('click_counters').values({ id, batch: 0, at }).execute()
  const monthAgo = new Date(at.getTime() - 30 * 86_400_000)
  await db.deleteFrom('click_counters').where('at', '<', monthAgo).execute()
}

/** Clicks of people, or of bots, in one organisation and one hour. `hour` and `at` (of the last one) in milliseconds. */
export interface ClickSums {
  orgId: string
  hour: number
  bot: boolean
  at: number
  /** By link. */
  clicks: Map<string, number>
}

export interface ClickBatch {
  counter: string
  /** One more than the number of the counter's batch before. */
  number: number
  sums: ClickSums[]
  at: Date
}

export interface Kept {
  /** The number of the counter's last batch: this one is kept when it is the same. null: the counter is not known. */
  last: number | null
  /** How many links were ever removed. */
  removals: number
}

/** Keeps a batch, unless a batch with this number was kept before. */
export async function keepBatch(db: Db, { counter, number, sums, at }: ClickBatch): Promise<Kept> {
  const rows = sums.map(
    (
      sum,
    ) => sql`(${sum.orgId}::uuid, ${new Date(sum.hour)}::timestamptz, ${sum.bot}::boolean, ${new Date(sum.at)}::timestamptz,
      ${arrayOf(sum.clicks.keys())}::uuid[], ${arrayOf(sum.clicks.values())}::integer[])`,
  )
  const { kept, removals } = await asSystem(db, async (tx) => {
    const found = await sql<{ kept: boolean; removals: number }>`${sql.raw(alone)}
      with mine as (
        update click_counters set batch = ${number}, at = ${at} where id = ${counter} and batch = ${number - 1} returning id),
      told as (select coalesce((select removals from link_removals), 0) as removals),
      kept as (
        insert into click_batches (org_id, counter, number, hour, bot, at, removals, link_ids, clicks)
        select org_id, mine.id, ${number}, hour, bot, at, told.removals, link_ids, clicks
        from mine, told, (values ${sql.join(rows)}) as given (org_id, hour, bot, at, link_ids, clicks))
      select exists (select from mine) as kept, removals from told`.execute(tx)
    return found.rows[0]!
  })
  if (kept) return { last: number, removals }
  // What another connection of ours has just committed is seen only now.
  const known = await db.selectFrom('click_counters').select('batch').where('id', '=', counter).executeTakeFirst()
  return { last: known?.batch ?? null, removals }
}

/** As PostgreSQL writes it. Ids and numbers need no quotes, and the driver would look for them in each. */
const arrayOf = (values: Iterable<string | number>): string => `{${[...values].join(',')}}`

/**
 * Adds kept batches to their links, and drops them in the same transaction. What came after a link was removed is not counted:
 * it was not answered either. Links are found once for all batches: the planner, who cannot know how many clicks there are, would
 * look them up for each. All processes write rows in the same order, so that they never wait for each other in a circle.
 * @returns how many batches were added.
 */
export async function addUp(db: Db, most = 1000): Promise<number> {
  const found = await asSystem(db, (tx) =>
    sql<{ batches: number }>`
      with due as (
        select ctid from click_batches order by org_id, counter, number limit ${most} for update skip locked),
      taken as (
        delete from click_batches where ctid = any(array(select ctid from due)) returning org_id, hour, bot, at, removals, link_ids, clicks),
      each as materialized (
        select t.org_id, u.link_id, t.hour, t.bot, t.at, t.removals, u.n from taken t cross join unnest(t.link_ids, t.clicks) as u (link_id, n)),
      there as materialized (select org_id, id, removal from links where id = any(array(select distinct link_id from each))),
      sums as (
        select e.org_id, e.link_id, e.hour, e.bot, sum(e.n) as clicks, max(e.at) as at
        from each e join there l on l.org_id = e.org_id and l.id = e.link_id and (l.removal is null or l.removal > e.removals)
        group by e.org_id, e.link_id, e.hour, e.bot),
      hours as (
        insert into link_clicks as c (org_id, link_id, hour, bot, clicks)
        select org_id, link_id, hour, bot, clicks from sums order by org_id, link_id, hour, bot
        on conflict (org_id, link_id, hour, bot) do update set clicks = c.clicks + excluded.clicks),
      totals as (
        insert into link_totals as t (org_id, link_id, people, bots, last_at)
        select org_id, link_id, coalesce(sum(clicks) filter (where not bot), 0), coalesce(sum(clicks) filter (where bot), 0), max(at)
        from sums group by org_id, link_id order by org_id, link_id
        on conflict (org_id, link_id) do update set people = t.people + excluded.people, bots = t.bots + excluded.bots,
          last_at = greatest(t.last_at, excluded.last_at))
      select count(*)::int as batches from taken`.execute(tx),
  )
  return found.rows[0]!.batches
}
