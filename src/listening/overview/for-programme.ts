// How much was heard in some days, for the programme.

import { sql } from 'kysely'
import { withinDays } from '../../db/day-span.ts'
import type { Tx } from '../../db/tx.ts'
import type { DaySpan } from '../../lib/days.ts'

/** Mentions of all topics together; one that several topics find counts for each. Days both included, in a zone. */
export async function mentionsIn(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ total: number }>`
    select coalesce(sum(total), 0)::integer as total from topic_hours where org_id = ${orgId} and ${withinDays(sql`at`, span)}`.execute(
    tx,
  )
  return found.rows[0]!.total
}

/** Topics that are listened to now; briefs that were published and mentions that were coded in some days, both included, in a zone. */
export async function listeningFacts(
  tx: Tx,
  orgId: string,
  span: DaySpan,
): Promise<{ topics: number; briefs: number; coded: number }> {
  const found = await sql<{ topics: number; briefs: number; coded: number }>`
    select (select count(*)::integer from topics where org_id = ${orgId} and removed_at is null and paused_at is null) as topics,
      (select count(*)::integer from listening_briefs where org_id = ${orgId} and state = 'published'
        and ${withinDays(sql`published_at`, span)}) as briefs,
      (select count(distinct (set_id, place))::integer from codes where org_id = ${orgId} and ${withinDays(sql`at`, span)}) as coded`.execute(
    tx,
  )
  return found.rows[0]!
}

/** Days on which something was heard under a topic. Both included, in a zone. */
export async function daysHeard(tx: Tx, orgId: string, span: DaySpan): Promise<number> {
  const found = await sql<{ days: number }>`
    select count(distinct (at at time zone ${span.zone})::date)::integer as days from topic_hours where org_id = ${orgId} and total > 0
      and ${withinDays(sql`at`, span)}`.execute(tx)
  return found.rows[0]!.days
}

/** Mentions that people did something with: kept, handed on, corrected or coded, each once. Of these members; null: of all. */
export async function mentionsWorked(
  tx: Tx,
  orgId: string,
  span: DaySpan,
  members: readonly string[] | null,
): Promise<number> {
  const within = (at: ReturnType<typeof sql>, by: ReturnType<typeof sql>) => sql`
    ${withinDays(at, span)} ${members ? sql`and ${by} = any(${[...members]}::uuid[])` : sql``}`
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select mention_id from saved_mentions where org_id = ${orgId} and ${within(sql`saved_at`, sql`saved_by`)}
      union select mention_id from hand_ons where org_id = ${orgId} and taken_back_at is null and ${within(sql`created_at`, sql`created_by`)}
      union select mention_id from label_corrections where org_id = ${orgId} and undone_at is null and ${within(sql`at`, sql`by`)}
      union select i.mention_id from codes c join coding_items i on i.org_id = c.org_id and i.set_id = c.set_id and i.place = c.place
        where c.org_id = ${orgId} and ${within(sql`c.at`, sql`c.member_id`)}) worked`.execute(tx)
  return found.rows[0]!.count
}

/** The day on which the first topic was there, whatever became of it; null: there never was one. */
export async function firstTopicDay(tx: Tx, orgId: string, zone: string): Promise<string | null> {
  const found = await sql<{ day: string | null }>`
    select (min(created_at) at time zone ${zone})::date::text as day from topics where org_id = ${orgId}`.execute(tx)
  return found.rows[0]!.day
}
