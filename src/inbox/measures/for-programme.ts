// What people said to us and we to them in some days, for the programme. Only conversations that the reader may see count.

import { sql } from 'kysely'
import { withinDays } from '../../db/day-span.ts'
import type { Tx } from '../../db/tx.ts'
import type { DaySpan } from '../../lib/days.ts'
import { isCounted } from './store.ts'

export interface TalkDay {
  accountId: string
  day: string
  heard: number
  /** Also what was answered outside of Longrun and read back. */
  answered: number
}

/** Days as calendars have them, both included, in a zone. */
export async function talkDays(tx: Tx, orgId: string, span: DaySpan): Promise<TalkDay[]> {
  const found = await sql<TalkDay>`
    select c.account_id as "accountId", (m.at at time zone ${span.zone})::date::text as day,
        count(*) filter (where not m.is_ours)::integer as heard, count(*) filter (where m.is_ours)::integer as answered
      from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${orgId} and ${withinDays(sql`m.at`, span)}
        and ${isCounted} and not m.marks && array['spam', 'automatic', 'bounce', 'gone'] and m.taken_at is null
      group by 1, 2`.execute(tx)
  return found.rows
}

/** Hours in which an account answered, each once: the moments at which they begin. */
export async function answeredHours(tx: Tx, orgId: string, span: DaySpan): Promise<{ accountId: string; at: Date }[]> {
  const found = await sql<{ accountId: string; at: Date }>`
    select distinct c.account_id as "accountId", date_trunc('hour', m.at) as at
      from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${orgId} and m.is_ours and ${withinDays(sql`m.at`, span)} and ${isCounted} and m.taken_at is null`.execute(
    tx,
  )
  return found.rows
}

/** When each of these accounts last answered, ever; one that never did is not there. */
export async function lastAnswers(tx: Tx, orgId: string, accountIds: readonly string[]): Promise<Map<string, Date>> {
  const found = await sql<{ accountId: string; at: Date }>`
    select m.account_id as "accountId", max(m.at) as at from messages m
      where m.org_id = ${orgId} and m.account_id = any(${[...accountIds]}::uuid[]) and m.is_ours group by 1`.execute(tx)
  return new Map(found.rows.map(({ accountId, at }) => [accountId, at]))
}
