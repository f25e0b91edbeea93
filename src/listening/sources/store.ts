// Every query of sources and of the readers behind them.

import { sql } from 'kysely'
import type { ErrorKind, Json } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { SourceFacts } from './types.ts'

export interface SourceRow {
  id: string
  connector: string
  kind: string
  name: string
  settings: Json
  account_id: string | null
  reader_id: string | null
  keeps_all: boolean
  cost_per_thousand: number | null
  currency: string | null
  created_at: Date
  paused_at: Date | null
  removed_at: Date | null
  /** Of its reader; null where it has none. */
  reached_at: Date | null
  answered_at: Date | null
  heard_at: Date | null
  failures: number | null
  failure_kind: ErrorKind | null
  failure_code: string | null
  failed_at: Date | null
  heard: number
  kept: number
  gaps: GapRow[]
}

export interface GapRow {
  from: string | null
  to: string | null
  reason: string
  statedAt: string
  filledAt: string | null
}

/** Those that were not removed, by name; with `id` only that one, removed or not. */
export async function sourceRows(tx: Tx, orgId: string, now: Date, id?: string): Promise<SourceRow[]> {
  const rows = await sql<SourceRow>`
    select s.*, r.reached_at, r.answered_at, r.heard_at, r.failures, r.failure_kind, r.failure_code, r.failed_at, heard.heard, kept.kept, gaps.gaps
      from sources s left join readers r on r.id = s.reader_id,
      lateral (select coalesce(sum(m.heard), 0)::integer as heard from reader_minutes m
        where m.reader_id = s.reader_id and m.minute > ${now}::timestamptz - interval '1 day') heard,
      lateral (select coalesce(sum(d.kept), 0)::integer as kept from source_days d
        where d.org_id = s.org_id and d.source_id = s.id and d.day = (${now}::timestamptz at time zone 'UTC')::date) kept,
      lateral (select coalesce(jsonb_agg(jsonb_build_object('from', g.from_at, 'to', g.to_at, 'reason', g.reason, 'statedAt', g.stated_at,
          'filledAt', g.filled_at) order by g.stated_at desc), '[]') as gaps
        from (select * from reader_gaps g where g.reader_id = s.reader_id and g.stated_at >= s.created_at order by g.stated_at desc limit 10) g) gaps
      where s.org_id = ${orgId} and ${id === undefined ? sql`s.removed_at is null` : sql`s.id = ${id}`}
      order by lower(s.name), s.id`.execute(tx)
  return rows.rows
}

export async function insertSource(
  tx: Tx,
  orgId: string,
  source: SourceFacts & {
    connector: string
    kind: string
    settings: Json
    accountId: string | null
    readerId: string | null
    at: Date
    by: string
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('sources')
    .values({
      org_id: orgId,
      id,
      connector: source.connector,
      kind: source.kind,
      name: source.name,
      settings: JSON.stringify(source.settings),
      account_id: source.accountId,
      reader_id: source.readerId,
      keeps_all: source.keepsAll,
      cost_per_thousand: source.costPerThousand,
      currency: source.currency,
      created_at: source.at,
      created_by: source.by,
    })
    .execute()
  return id
}

export async function updateSource(tx: Tx, orgId: string, id: string, facts: SourceFacts): Promise<void> {
  await tx
    .updateTable('sources')
    .set({
      name: facts.name,
      keeps_all: facts.keepsAll,
      cost_per_thousand: facts.costPerThousand,
      currency: facts.currency,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

export async function markSource(
  tx: Tx,
  orgId: string,
  id: string,
  mark: { paused_at: Date | null; paused_by: string | null } | { removed_at: Date | null; removed_by: string | null },
): Promise<void> {
  await tx.updateTable('sources').set(mark).where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** One like it that is read already, in this organisation. */
export async function sameSource(tx: Tx, orgId: string, readerId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('sources')
    .select('id')
    .where('org_id', '=', orgId)
    .where('reader_id', '=', readerId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}

export interface ReaderWish {
  connector: string
  kind: string
  settings: Json
  /** null: the reader serves every organisation that wants the same. */
  only: { orgId: string; accountId: string | null } | null
}

/** The reader of exactly this, made where there is none yet. Readers belong to the installation: must run as the system. */
export async function readerFor(tx: Tx, { connector, kind, settings, only }: ReaderWish, now: Date): Promise<string> {
  const text = JSON.stringify(settings)
  const made = await sql<{ id: string }>`
    insert into readers (id, connector, kind, settings, only_org_id, account_id, created_at)
      values (${newId()}, ${connector}, ${kind}, ${text}::jsonb, ${only?.orgId ?? null}, ${only?.accountId ?? null}, ${now})
      on conflict (connector, kind, settings, only_org_id, account_id) do update set connector = excluded.connector returning id`.execute(
    tx,
  )
  return made.rows[0]!.id
}

/** Reads on at once while anybody wants it, and stops when nobody does. Must run as the system. */
export async function wakeReader(tx: Tx, readerId: string, now: Date): Promise<void> {
  await sql`
    update readers r set due_at = case when exists (select from sources s where s.reader_id = r.id and s.paused_at is null and s.removed_at is null)
      then ${now}::timestamptz end, failures = 0, failure_kind = null, failure_code = null
      where id = ${readerId}`.execute(tx)
}

export interface VolumeRow {
  at: Date
  heard: number
  unreadable: number
  bytes: number
  lag_ms: number | null
}

/** By hour, oldest first; hours without anything are missing. */
export async function volumeRows(tx: Tx, readerId: string, since: Date): Promise<VolumeRow[]> {
  const rows = await sql<VolumeRow>`
    select date_trunc('hour', minute) as at, sum(heard)::integer as heard, sum(unreadable)::integer as unreadable, sum(bytes)::bigint as bytes, max(lag_ms) as lag_ms
      from reader_minutes where reader_id = ${readerId} and minute >= ${since} group by 1 order by 1`.execute(tx)
  return rows.rows
}
