// Every query of what topics hand to the inbox by themselves.

import { sql } from 'kysely'
import type { Tx } from '../../../db/tx.ts'
import type { HandOnRule } from './types.ts'

export interface HandingTopic {
  org_id: string
  id: string
  number: number
  name: string
  hands_on: HandOnRule
  hands_on_since: Date
}

/** Those that hand on. Runs as the system. */
export async function handingTopics(tx: Tx): Promise<HandingTopic[]> {
  const found = await sql<HandingTopic>`
    select org_id, id, number, name, hands_on, hands_on_since from topics
      where hands_on is not null and removed_at is null and paused_at is null order by org_id, id`.execute(tx)
  return found.rows
}

export const setRule = (
  tx: Tx,
  orgId: string,
  id: string,
  { rule, at, by }: { rule: HandOnRule | null; at: Date; by: string },
): Promise<unknown> =>
  tx
    .updateTable('topics')
    .set({
      hands_on: rule && JSON.stringify(rule),
      hands_on_since: rule && at,
      hands_on_by: rule && by,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** With what this day, or one some days later, begins in the zone of the organisation (`o`). */
const beginOf = (at: Date, later = 0) =>
  sql`date_trunc('day', (${at}::timestamptz at time zone o.time_zone) + ${later}::integer * interval '1 day') at time zone o.time_zone`

/** The organisation's day of this moment. */
export async function dayBegan(tx: Tx, orgId: string, now: Date): Promise<Date> {
  const found = await sql<{ began: Date }>`
    select ${beginOf(now)} as began from organisations o where o.id = ${orgId}`.execute(tx)
  return found.rows[0]!.began
}

/** In the organisation's day of this moment. */
export async function handedOnDay(tx: Tx, orgId: string, topicId: string, at: Date): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from hand_ons h join organisations o on o.id = h.org_id
      where h.org_id = ${orgId} and h.topic_id = ${topicId} and h.created_at >= ${beginOf(at)} and h.created_at < ${beginOf(at, 1)}`.execute(
    tx,
  )
  return found.rows[0]!.count
}

interface Asked {
  orgId: string
  number: number
  rule: HandOnRule
  since: Date
}

/**
 * Mentions of a topic for which its rule holds, of people who may be written to. What only repeats something, and what nobody is named
 * with, is left out.
 */
const matching = ({ orgId, number, rule, since }: Asked) => sql`
  topic_mentions t join mentions m on m.org_id = t.org_id and m.id = t.mention_id and m.at = t.at
    where t.org_id = ${orgId} and t.topic = ${number} and t.at >= ${since} and t.double_of is null and t.kind <> 'repost'
      and t.initiator = any(${rule.initiators}::text[]) and m.author_id is not null
      ${rule.intents.length > 0 ? sql`and t.intent = any(${rule.intents}::text[])` : sql``}
      ${rule.sentiments.length > 0 ? sql`and t.sentiment = any(${rule.sentiments}::smallint[])` : sql``}
      ${rule.danger === 'only' ? sql`and m.crisis >= 50` : sql``} ${rule.danger === 'never' ? sql`and coalesce(m.crisis, 0) < 50` : sql``}
      ${rule.leastFollowers > 0 ? sql`and m.author_followers >= ${rule.leastFollowers}` : sql``}
      and not exists (select from authors a where a.org_id = t.org_id and a.state = 'do-not-contact'
        and a.id in (m.author_id, objection_key(t.org_id, m.author_id)))`

/** Oldest first. What was handed to the inbox before is not handed on again, also where somebody took it back. */
export const handingOn = (asked: Asked & { heardSince: Date; limit: number }) => sql<{ id: string }>`
    select m.id from ${matching(asked)} and m.heard_at >= ${asked.heardSince}
      and not exists (select from hand_ons h where h.org_id = t.org_id and h.mention_id = m.id and h.kind = 'inbox')
      order by t.at, m.id limit ${asked.limit}`

export const toHandOn = async (tx: Tx, asked: Parameters<typeof handingOn>[0]): Promise<string[]> =>
  (await handingOn(asked).execute(tx)).rows.map(({ id }) => id)

/** Up to `most`. */
export async function countMatching(tx: Tx, asked: Asked & { most: number }): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from (select from ${matching(asked)} limit ${asked.most}) counted`.execute(tx)
  return found.rows[0]!.count
}
