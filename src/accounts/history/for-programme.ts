// How far each account has told its past, for the programme that judges by it.

import { sql } from 'kysely'
import type { ErrorKind } from '../../connectors/contract.ts'
import { findConnector } from '../../connectors/registry.ts'
import type { Tx } from '../../db/tx.ts'

export interface ToldPast {
  accountId: string
  /** `waiting`: for somebody to connect it again. `cannot`: its network does not tell. */
  state: 'read' | 'reading' | 'waiting' | 'failed' | 'cannot'
  /** When it was read to its end. */
  readAt: Date | null
  /** The day from which on all of it is known. */
  knownFrom: string | null
  hasReplies: boolean
  /** Why the last try failed; null where it goes on or is over. */
  trouble: { kind: ErrorKind; code: string } | null
}

interface Row {
  id: string
  connector: string
  state: string
  ended_at: Date | null
  known_from: string | null
  has_replies: boolean | null
  failure_kind: ErrorKind | null
  failure_code: string | null
}

/** Of those that are connected, by their ids. */
export async function toldPasts(tx: Tx, orgId: string, zone: string): Promise<Map<string, ToldPast>> {
  const found = await sql<Row>`
    select a.id, a.connector, a.state, r.ended_at, (r.known_from at time zone ${zone})::date::text as known_from, r.has_replies,
        r.failure_kind, r.failure_code
      from accounts a left join history_readings r on r.org_id = a.org_id and r.account_id = a.id
      where a.org_id = ${orgId} and a.state <> 'disconnected'`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, toldOf(row)]))
}

function toldOf(row: Row): ToldPast {
  const { failure_kind: kind, failure_code: code } = row
  const state = stateOf(row)
  return {
    accountId: row.id,
    state,
    readAt: row.ended_at,
    knownFrom: row.known_from,
    hasReplies: row.has_replies ?? true,
    trouble: state === 'failed' && kind && code ? { kind, code } : null,
  }
}

function stateOf({ connector, state, ended_at: endedAt, failure_code: failure }: Row): ToldPast['state'] {
  if (endedAt) return 'read'
  if (!findConnector(connector)?.history) return 'cannot'
  if (state !== 'connected') return 'waiting'
  return failure ? 'failed' : 'reading'
}
