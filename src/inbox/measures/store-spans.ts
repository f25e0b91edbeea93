// Every query of how conversations stood: stored spans, sums of them, and marks of those that have to be told anew.

import { sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import type { Tx } from '../../db/tx.ts'
import type { Change } from './levels.ts'
import type { MeasureFilter } from './types.ts'

// ── Kept ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** See migrations/0050-spans.sql. Times as ISO 8601, or `infinity`. */
export interface SpansRow {
  id: string
  account_id: string
  wall_id: string | null
  began_at: string
  ended_at: string
  /** Of the last change. */
  last_at: string
  since: string[]
  stands: number[]
  owner_ids: (string | null)[]
  department_ids: (string | null)[]
}

export interface Mark {
  id: string
  org_id: string
  conversation_id: string
}

export const lockSpans = (tx: Tx): Promise<unknown> => sql`select pg_advisory_xact_lock(${locks.spans})`.execute(tx)

export async function readMarks(tx: Tx, limit: number): Promise<Mark[]> {
  return (await sql<Mark>`select id, org_id, conversation_id from conversation_span_marks limit ${limit}`.execute(tx))
    .rows
}

/** Those that nobody changes at this moment, with the wall behind which each stands. Whoever wants to change one waits. */
export async function lockFree(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, string | null>> {
  const found = await sql<{ id: string; wall_id: string | null }>`
    select id, wall_id from conversations where org_id = ${orgId} and id = any(${[...new Set(ids)]}::uuid[])
      order by id for no key update skip locked`.execute(tx)
  return new Map(found.rows.map(({ id, wall_id }) => [id, wall_id]))
}

export async function writeSpans(tx: Tx, orgId: string, rows: readonly SpansRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into conversation_spans as known (org_id, conversation_id, account_id, wall_id, began_at, ended_at, last_at, since, stands, owner_ids, department_ids)
      select ${orgId}, id, account_id, wall_id, began_at, ended_at, last_at, since, stands, owner_ids, department_ids
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) t (id uuid, account_id uuid, wall_id uuid, began_at timestamptz, ended_at timestamptz,
          last_at timestamptz, since timestamptz[], stands integer[], owner_ids uuid[], department_ids uuid[])
      on conflict (org_id, conversation_id) do update set account_id = excluded.account_id, wall_id = excluded.wall_id, began_at = excluded.began_at,
        ended_at = excluded.ended_at, last_at = excluded.last_at, since = excluded.since, stands = excluded.stands, owner_ids = excluded.owner_ids,
        department_ids = excluded.department_ids`.execute(tx)
}

export async function deleteSpans(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from conversation_spans where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
}

export async function dropMarks(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from conversation_span_marks where id = any(${[...ids]}::uuid[])`.execute(tx)
}

// ── Read ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Conversations that are not as they are stored, as far as they are not more than `limit`. */
export async function markedIds(tx: Tx, orgId: string, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct conversation_id as id from conversation_span_marks where org_id = ${orgId} limit ${limit}`.execute(
    tx,
  )
  return found.rows.map(({ id }) => id)
}

export interface Summing {
  orgId: string
  filter: MeasureFilter
  from: Date
  until: Date
  /** At which levels are told, in order. */
  instants: readonly number[]
  /** These are left out. */
  marked: readonly string[]
}

/** A time in which a person had anything in hand. */
export interface InHand {
  ownerId: string
  from: number
  to: number
}

/** Sums are made where the spans are: of a large inbox there are more than anybody wants to carry. */
export async function sumSpans(tx: Tx, summing: Summing): Promise<{ changes: Change[]; inHand: InHand[] }> {
  const { orgId, filter, from, until, marked } = summing
  const instants = summing.instants.map((at) => new Date(at).toISOString())
  // An instant that a change falls on shows it: the place is the number of instants that are before.
  const placeOf = (at: 'since' | 'till') =>
    sql`width_bucket(${sql.raw(at)} - interval '1 microsecond', ${instants}::timestamptz[])`
  const isMeant = sql`org_id = ${orgId} and conversation_id <> all(${[...marked]}::uuid[])
    ${filter.accountId ? sql`and account_id = ${filter.accountId}` : sql``}`
  const isAsked = sql.join(
    [
      sql`true`,
      ...(filter.departmentId ? [sql`department_id = ${filter.departmentId}`] : []),
      ...(filter.memberId ? [sql`owner_id = ${filter.memberId}`] : []),
    ],
    sql` and `,
  )
  const found = await sql<{ changes: Change[] | null; inHand: InHand[] | null }>`
    with still as (
      -- Most of them stand as they stood before: these are counted by how they stand.
      select account_id, owner_ids[cardinality(since)] as owner_id, department_ids[cardinality(since)] as department_id,
          stands[cardinality(since)] as stands, ${from}::timestamptz as since, 'infinity'::timestamptz as till, count(*)::integer as n
        from conversation_spans where ended_at > ${from} and last_at <= ${from} and ${isMeant} group by 1, 2, 3, 4),
    moved as (
      select account_id, owner_ids, department_ids, stands, since, generate_subscripts(since, 1) as place
        from conversation_spans where ended_at > ${from} and last_at > ${from} and began_at <= ${until} and ${isMeant}),
    step as (
      select account_id, owner_ids[place] as owner_id, department_ids[place] as department_id, stands[place] as stands, since[place] as since,
          coalesce(since[place + 1], 'infinity') as till, 1 as n
        from moved where stands[place] > 0 and since[place] <= ${until} and coalesce(since[place + 1], 'infinity') > ${from}),
    span as materialized (
      select account_id, owner_id, department_id, (stands & 2)::boolean as waits, (stands & 4)::boolean as put_off, since, till, n
        from (select * from still union all select * from step) each),
    placed as (select *, ${placeOf('since')} as first, ${placeOf('till')} as last from span where ${isAsked}),
    change as (
      select account_id, department_id, owner_id, first as place, n, waits from placed where first <> last
      union all select account_id, department_id, owner_id, last, -n, waits from placed where first <> last and last < ${instants.length}),
    summed as (
      select case grouping(account_id, department_id, owner_id) when 3 then 'account' when 5 then 'department' when 6 then 'person' end as by,
          coalesce(account_id, department_id, owner_id) as id, place, sum(n) as open, coalesce(sum(n) filter (where waits), 0) as waiting
        from change group by grouping sets ((place), (place, account_id), (place, department_id), (place, owner_id))),
    held as (
      select owner_id, unnest(range_agg(tstzrange(greatest(since, ${from}), least(till, ${until})))) as times from span
        where owner_id is not null and waits and not put_off group by owner_id)
    select (select json_agg(s) from summed s) as changes,
      (select json_agg(json_build_object('ownerId', owner_id, 'from', floor(extract(epoch from lower(times)) * 1000),
        'to', floor(extract(epoch from upper(times)) * 1000))) from held) as "inHand"`.execute(tx)
  const { changes, inHand } = found.rows[0]!
  return { changes: changes ?? [], inHand: inHand ?? [] }
}
