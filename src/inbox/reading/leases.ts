// Which accounts' conversations are due to be read: one worker at a time holds each, under a lease that fences what it stores.

import { sql } from 'kysely'
import type { ErrorKind, Json } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'

export const leaseMs = 90_000

export interface Reading {
  orgId: string
  accountId: string
  cursor: Json
  number: number
  failures: number
}

/** Connected accounts of networks with conversations are read from now on. Runs as the system. */
export const beginReadings = (tx: Tx, connectors: readonly string[], now: Date): Promise<unknown> =>
  sql`insert into inbox_readings (org_id, account_id, due_at)
    select a.org_id, a.id, ${now} from accounts a where a.connector = any(${connectors}::text[]) and a.state = 'connected'
      and not exists (select from inbox_readings r where r.org_id = a.org_id and r.account_id = a.id)
    on conflict do nothing`.execute(tx)

interface Row {
  org_id: string
  account_id: string
  cursor: Json
  lease_number: number
  failures: number
}

/** Takes what is due and held by nobody; two workers never get the same. Runs as the system. */
export async function claimReadings(tx: Tx, now: Date, limit: number): Promise<Reading[]> {
  const found = await sql<Row>`
    update inbox_readings r set lease_number = lease_number + 1, lease_until = ${until(now)}
      where (org_id, account_id) in (select d.org_id, d.account_id from inbox_readings d join accounts a on a.org_id = d.org_id and a.id = d.account_id
        where d.due_at <= ${now} and (d.lease_until is null or d.lease_until <= ${now}) and a.state = 'connected'
          and (a.rest_until is null or a.rest_until <= ${now})
        order by d.due_at limit ${limit} for update of d skip locked)
      returning org_id, account_id, cursor, lease_number, failures`.execute(tx)
  return found.rows.map((row) => ({
    ...{ orgId: row.org_id, accountId: row.account_id, cursor: row.cursor },
    ...{ number: Number(row.lease_number), failures: row.failures },
  }))
}

/** Moves the cursor on and locks the reading until the transaction ends. false: somebody else holds it, nothing may be stored. */
export async function advance(
  tx: Tx,
  { orgId, accountId, number }: Reading,
  { cursor, unreadable, now }: { cursor: Json; unreadable: number; now: Date },
): Promise<boolean> {
  const kept = await sql`
    update inbox_readings set cursor = ${JSON.stringify(cursor)}::jsonb, read_at = ${now}, lease_until = ${until(now)}, failures = 0,
        failure_kind = null, failure_code = null, unreadable = unreadable + ${unreadable}
      where org_id = ${orgId} and account_id = ${accountId} and lease_number = ${number}`.execute(tx)
  return Number(kept.numAffectedRows ?? 0) > 0
}

/** Gives it back, to be read again at `dueAt`. `failure`: why it broke off; null: it came to its end. */
export const release = (
  tx: Tx,
  { orgId, accountId, number }: Reading,
  { now, dueAt, failure }: { now: Date; dueAt: Date; failure: { kind: ErrorKind; code: string } | null },
): Promise<unknown> =>
  sql`update inbox_readings set lease_until = null, due_at = ${dueAt}, failures = ${failure ? sql`failures + 1` : 0},
      failure_kind = ${failure?.kind ?? null}, failure_code = ${failure?.code ?? null}, failed_at = ${failure ? now : sql`failed_at`}
    where org_id = ${orgId} and account_id = ${accountId} and lease_number = ${number}`.execute(tx)

const until = (now: Date): Date => new Date(now.getTime() + leaseMs)
