// Every query that reads an account's past: one worker at a time holds each reading, under a lease that fences what it stores.

import { sql } from 'kysely'
import type { Json } from '../../connectors/contract.ts'
import type { ConnectorErrorFacts } from '../../connectors/errors.ts'
import type { HistoryItem, HistoryPage } from '../../connectors/history.ts'
import type { Tx } from '../../db/tx.ts'
import { withoutAccount } from '../session.ts'
import { mostItems, mostPages, sinceOf } from './rules.ts'

/** Longer than any page may take. */
const leaseMs = 120_000

export interface HistoryReading {
  orgId: string
  accountId: string
  id: string
  /** Of the lease. */
  number: number
  since: Date
  cursor: Json
  failures: number
}

/** Connected accounts whose past nobody has read are read from now on. Runs as the system. */
export const beginHistories = (tx: Tx, connectors: readonly string[], now: Date): Promise<unknown> =>
  sql`insert into history_readings (org_id, account_id, id, since, began_at, due_at)
    select a.org_id, a.id, gen_random_uuid(), ${sinceOf(now)}, ${now}, ${now} from accounts a
      where a.connector = any(${connectors}::text[]) and a.state = 'connected' and a.auth_method <> ${withoutAccount}
        and not exists (select from history_readings r where r.org_id = a.org_id and r.account_id = a.id)
    on conflict do nothing`.execute(tx)

interface Row {
  org_id: string
  account_id: string
  id: string
  lease_number: string
  since: Date
  cursor: Json
  failures: number
}

/** Takes what is due at these networks and held by nobody; two workers never get the same. Runs as the system. */
export async function claimHistories(
  tx: Tx,
  connectors: readonly string[],
  { now, limit }: { now: Date; limit: number },
): Promise<HistoryReading[]> {
  const found = await sql<Row>`
    update history_readings r set lease_number = lease_number + 1, lease_until = ${leaseEnd(now)}
      where (org_id, account_id) in (select d.org_id, d.account_id from history_readings d join accounts a on a.org_id = d.org_id and a.id = d.account_id
        where d.ended_at is null and d.due_at <= ${now} and (d.lease_until is null or d.lease_until <= ${now}) and a.state = 'connected'
          and a.connector = any(${connectors}::text[]) and (a.rest_until is null or a.rest_until <= ${now})
        order by d.due_at limit ${limit} for update of d skip locked)
      returning org_id, account_id, id, lease_number, since, cursor, failures`.execute(tx)
  return found.rows.map((row) => ({
    ...{ orgId: row.org_id, accountId: row.account_id, id: row.id, number: Number(row.lease_number) },
    ...{ since: row.since, cursor: row.cursor, failures: row.failures },
  }))
}

const leaseEnd = (now: Date): Date => new Date(now.getTime() + leaseMs)

/** The row, while this lease holds. */
const held = ({ orgId, accountId, id, number }: HistoryReading) =>
  sql`org_id = ${orgId} and account_id = ${accountId} and id = ${id} and lease_number = ${number} and ended_at is null`

/** Stores a page and the place behind it together. `lost`: somebody else reads it now, or nobody may any more; nothing is stored. */
export async function keepPage(
  tx: Tx,
  reading: HistoryReading,
  page: HistoryPage,
  now: Date,
): Promise<'lost' | 'more' | 'ended'> {
  const moved = await sql<{ pages: number }>`
    update history_readings set cursor = ${JSON.stringify(page.next)}::jsonb, pages = pages + 1, lease_until = ${leaseEnd(now)},
        has_replies = has_replies and ${page.without !== 'replies'}, unreadable = unreadable + ${page.unreadable},
        failures = 0, failure_kind = null, failure_code = null
      where ${held(reading)} returning pages`.execute(tx)
  if (!moved.rows[0]) return 'lost'
  await insertItems(tx, reading, page.items)
  if (page.next === null) {
    await end(tx, reading, { now, isCut: false })
    return 'ended'
  }
  const isCut = moved.rows[0].pages >= mostPages || (await countItems(tx, reading)) >= mostItems
  if (!isCut) return 'more'
  await end(tx, reading, { now, isCut })
  return 'ended'
}

/** What pages tell twice, because lists move, is one. */
async function insertItems(
  tx: Tx,
  { orgId, accountId, since }: HistoryReading,
  items: readonly HistoryItem[],
): Promise<void> {
  const recent = items.filter(({ at }) => at >= since)
  if (recent.length === 0) return
  const rows = recent.map(({ id, kind, at, url, by }) => ({ kind, id, at, url, by }))
  await sql`
    insert into history_items (org_id, account_id, kind, remote_id, at, url, written_by)
      select ${orgId}, ${accountId}, i.kind, i.id, i.at, i.url, i.by
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(kind text, id text, at timestamptz, url text, by text)
      on conflict do nothing`.execute(tx)
}

async function countItems(tx: Tx, { orgId, accountId }: HistoryReading): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from history_items where org_id = ${orgId} and account_id = ${accountId}`.execute(
    tx,
  )
  return found.rows[0]!.count
}

/**
 * Where it was cut off, posts and replies are known back to the oldest of each, so both from the later of the two on. Of what was not
 * come to yet nothing is known.
 */
const end = (tx: Tx, reading: HistoryReading, { now, isCut }: { now: Date; isCut: boolean }): Promise<unknown> => {
  const own = sql`org_id = ${reading.orgId} and account_id = ${reading.accountId}`
  const knownFrom = sql`(select max(oldest) from (select min(at) as oldest from history_items where ${own} group by kind) o)`
  const anyReply = sql`exists (select from history_items where ${own} and kind = 'reply')`
  return sql`
    update history_readings set ended_at = ${now}, cursor = null, lease_until = null,
        known_from = ${isCut ? sql`coalesce(${knownFrom}, ${now})` : sql`since`},
        has_replies = has_replies and ${isCut ? anyReply : sql`true`}
      where ${held(reading)}`.execute(tx)
}

/** Gives it back, to be gone on with at `dueAt`. `failure`: why it broke off; null: others have their turn. */
export const releaseHistory = (
  tx: Tx,
  reading: HistoryReading,
  { now, dueAt, failure }: { now: Date; dueAt: Date; failure: Pick<ConnectorErrorFacts, 'kind' | 'code'> | null },
): Promise<unknown> =>
  sql`update history_readings set lease_until = null, due_at = ${dueAt}, failures = ${failure ? sql`failures + 1` : 0},
      failure_kind = ${failure?.kind ?? null}, failure_code = ${failure?.code ?? null}, failed_at = ${failure ? now : sql`failed_at`}
    where ${held(reading)}`.execute(tx)

/** Whoever connects it again may have mended what was in the way. */
export const hurryHistory = (tx: Tx, orgId: string, accountId: string, now: Date): Promise<unknown> =>
  sql`update history_readings set due_at = least(due_at, ${now}) where org_id = ${orgId} and account_id = ${accountId} and ended_at is null`.execute(
    tx,
  )

/** With everything that was read. */
export const forgetHistory = (tx: Tx, orgId: string, accountId: string): Promise<unknown> =>
  sql`delete from history_readings where org_id = ${orgId} and account_id = ${accountId}`.execute(tx)

/** What lies before everything that is looked at is of no use to anybody. Runs as the system. */
export const forgetOldItems = (tx: Tx, now: Date): Promise<unknown> =>
  sql`delete from history_items where at < ${sinceOf(now)}`.execute(tx)
