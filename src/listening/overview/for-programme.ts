// How much was heard in some days, for the programme.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { DaySpan } from '../../lib/days.ts'

/** Mentions of all topics together; one that several topics find counts for each. Days both included, in a zone. */
export async function mentionsIn(tx: Tx, orgId: string, { zone, from, to }: DaySpan): Promise<number> {
  const found = await sql<{ total: number }>`
    select coalesce(sum(total), 0)::integer as total from topic_hours where org_id = ${orgId}
      and at >= (${from}::date::timestamp at time zone ${zone}) and at < ((${to}::date + 1)::timestamp at time zone ${zone})`.execute(
    tx,
  )
  return found.rows[0]!.total
}

/** Topics that are listened to now; briefs that were published and mentions that were coded in some days, both included, in a zone. */
export async function listeningFacts(
  tx: Tx,
  orgId: string,
  { zone, from, to }: DaySpan,
): Promise<{ topics: number; briefs: number; coded: number }> {
  const begins = sql`(${from}::date::timestamp at time zone ${zone})`
  const ends = sql`((${to}::date + 1)::timestamp at time zone ${zone})`
  const found = await sql<{ topics: number; briefs: number; coded: number }>`
    select (select count(*)::integer from topics where org_id = ${orgId} and removed_at is null and paused_at is null) as topics,
      (select count(*)::integer from listening_briefs where org_id = ${orgId} and state = 'published'
        and published_at >= ${begins} and published_at < ${ends}) as briefs,
      (select count(distinct (set_id, place))::integer from codes where org_id = ${orgId} and at >= ${begins} and at < ${ends}) as coded`.execute(
    tx,
  )
  return found.rows[0]!
}
