// Who reads what: one worker holds a reader at a time, and what it stores counts only while it holds it.

import { sql } from 'kysely'
import type { ErrorKind, Json } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'

export const leaseMs = 30_000

export interface Lease {
  readerId: string
  connector: string
  kind: string
  settings: Json
  /** Of the account with which it is read; null: none is needed. */
  account: { orgId: string; id: string } | null
  cursor: Json
  number: number
  failures: number
}

export interface Failure {
  kind: ErrorKind
  code: string
}

interface ReaderRow {
  id: string
  connector: string
  kind: string
  settings: Json
  only_org_id: string | null
  account_id: string | null
  cursor: Json
  lease_number: number
  failures: number
}

/** Takes readers that are due and that nobody holds. Two workers never get the same one. */
export async function claimReaders(tx: Tx, now: Date, limit: number): Promise<Lease[]> {
  const found = await sql<ReaderRow>`
    update readers set lease_number = lease_number + 1, lease_until = ${until(now)}
      where id in (select id from readers where due_at <= ${now} and (lease_until is null or lease_until <= ${now})
        order by due_at limit ${limit} for update skip locked)
      returning id, connector, kind, settings, only_org_id, account_id, cursor, lease_number, failures`.execute(tx)
  return found.rows.map((row) => ({
    readerId: row.id,
    connector: row.connector,
    kind: row.kind,
    settings: row.settings,
    account: row.only_org_id && row.account_id ? { orgId: row.only_org_id, id: row.account_id } : null,
    cursor: row.cursor,
    number: row.lease_number,
    failures: row.failures,
  }))
}

/**
 * Those of the leases that still hold. A reader that nobody wants any more is let go of by this, and what was given back a moment ago is
 * not taken again.
 */
export async function prolongLeases(tx: Tx, leases: readonly Lease[], now: Date): Promise<Set<string>> {
  const held = await sql<{ id: string }>`
    update readers r set lease_until = ${until(now)}
      from unnest(${leases.map(({ readerId }) => readerId)}::uuid[], ${leases.map(({ number }) => number)}::bigint[]) l (id, number)
      where r.id = l.id and r.lease_number = l.number and r.lease_until is not null and r.due_at is not null returning r.id`.execute(
    tx,
  )
  return new Set(held.rows.map(({ id }) => id))
}

export interface Progress {
  cursor: Json
  reachedAt: Date | null
  heard: number
}

/** Moves the cursor on, and locks the reader until the transaction ends. false: somebody else holds it, nothing may be stored. */
export async function advance(tx: Tx, lease: Lease, progress: Progress, now: Date): Promise<boolean> {
  const kept = await sql`
    update readers set cursor = ${JSON.stringify(progress.cursor)}::jsonb, reached_at = coalesce(${progress.reachedAt}, reached_at), answered_at = ${now},
        heard_at = case when ${progress.heard} > 0 then ${now} else heard_at end, failures = 0, failure_kind = null, failure_code = null, lease_until = ${until(now)}
      where id = ${lease.readerId} and lease_number = ${lease.number}`.execute(tx)
  return Number(kept.numAffectedRows ?? 0) > 0
}

/** Gives a reader back, to be read again at `dueAt`. `failure`: why it broke; null: it came to its end in peace. */
export async function release(
  tx: Tx,
  lease: Lease,
  { now, dueAt, failure }: { now: Date; dueAt: Date; failure: Failure | null },
): Promise<void> {
  await sql`
    update readers set lease_until = null, due_at = case when due_at is null then null else ${dueAt}::timestamptz end,
        failures = ${failure ? sql`failures + 1` : 0}, failure_kind = ${failure?.kind ?? null}, failure_code = ${failure?.code ?? null},
        failed_at = ${failure ? now : sql`failed_at`}
      where id = ${lease.readerId} and lease_number = ${lease.number}`.execute(tx)
}

/** A stream broke and is being opened again, under the same lease. */
export async function noteFailure(tx: Tx, lease: Lease, { kind, code }: Failure, now: Date): Promise<void> {
  await sql`
    update readers set failures = failures + 1, failure_kind = ${kind}, failure_code = ${code}, failed_at = ${now}
      where id = ${lease.readerId} and lease_number = ${lease.number}`.execute(tx)
}

const until = (now: Date): Date => new Date(now.getTime() + leaseMs)
