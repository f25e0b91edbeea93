// Queries of staffing: what came under a promise by weekday and hour, and what of it is open.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface HourCount {
  /** Monday is 1. */
  weekday: number
  hour: number
  count: number
}

interface Of {
  orgId: string
  zone: string
  since: Date
  until: Date
}

/** Replies that were owed under any version of a promise. */
export async function owedByHour(tx: Tx, { orgId, zone, since, until }: Of, policyId: string): Promise<HourCount[]> {
  const found = await sql<HourCount>`
    select extract(isodow from p.started_at at time zone ${zone})::integer as weekday, extract(hour from p.started_at at time zone ${zone})::integer as hour,
        count(*)::integer as count
      from promise_clocks p join promise_versions v on v.org_id = p.org_id and v.id = p.version_id
        join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where p.org_id = ${orgId} and v.policy_id = ${policyId} and p.metric in ('first-reply', 'next-reply')
        and p.started_at >= ${since} and p.started_at < ${until} group by 1, 2`.execute(tx)
  return found.rows
}

export async function begunByHour(tx: Tx, { orgId, zone, since, until }: Of): Promise<HourCount[]> {
  const found = await sql<HourCount>`
    select extract(isodow from c.began_at at time zone ${zone})::integer as weekday, extract(hour from c.began_at at time zone ${zone})::integer as hour,
        count(*)::integer as count
      from conversations c where c.org_id = ${orgId} and c.contact_id is not null and c.began_at >= ${since} and c.began_at < ${until}
      group by 1, 2`.execute(tx)
  return found.rows
}

/** Since when there is anything to be counted. */
export async function firstHeard(tx: Tx, orgId: string, since: Date): Promise<Date | null> {
  const found = await sql<{ first: Date | null }>`
    select min(began_at) as first from conversations where org_id = ${orgId} and contact_id is not null and began_at >= ${since}`.execute(
    tx,
  )
  return found.rows[0]!.first
}

/** Since when each waits that is owed a reply under the promise, oldest first. */
export async function openUnder(tx: Tx, orgId: string, policyId: string, limit: number): Promise<Date[]> {
  const found = await sql<{ started_at: Date }>`
    select p.started_at from promise_clocks p join promise_versions v on v.org_id = p.org_id and v.id = p.version_id
        join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where p.org_id = ${orgId} and v.policy_id = ${policyId} and p.metric in ('first-reply', 'next-reply') and p.ended_at is null
        and c.state <> 'closed' order by p.started_at limit ${limit}`.execute(tx)
  return found.rows.map((row) => row.started_at)
}
