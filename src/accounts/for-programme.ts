// Which accounts are ours and since when, for the programme that plans where who does how much.

import { sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'

export interface KnownAccount {
  id: string
  name: string
  network: string
  /** The day on which it was connected: before it only what the account itself tells is known. */
  knownFrom: string
}

/** Those that are connected and can publish; places that we only read are none of ours. */
export async function accountRows(tx: Tx, orgId: string, zone: string): Promise<KnownAccount[]> {
  const found = await sql<KnownAccount>`
    select id, coalesce(nullif(name, ''), nullif(display_name, ''), handle) as name, connector as network,
        (created_at at time zone ${zone})::date::text as "knownFrom"
      from accounts where org_id = ${orgId} and state <> 'disconnected' and auth_method <> 'none' and connector <> 'feed'
      order by lower(name), id`.execute(tx)
  return found.rows
}

/** Of all that ever were, whatever became of them. */
export async function accountIds(tx: Tx, orgId: string): Promise<string[]> {
  const rows = await tx.selectFrom('accounts').select('id').where('org_id', '=', orgId).execute()
  return rows.map(({ id }) => id)
}

/** The day on which the first account was there, whatever became of it; null: there never was one. */
export async function firstAccountDay(tx: Tx, orgId: string, zone: string): Promise<string | null> {
  const found = await sql<{ day: string | null }>`
    select (min(created_at) at time zone ${zone})::date::text as day from accounts where org_id = ${orgId} ${keepPlan}`.execute(
    tx,
  )
  return found.rows[0]!.day
}
