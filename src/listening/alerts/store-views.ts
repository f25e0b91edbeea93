// Queries of alerts for lists and settings.

import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { SpikeState } from '../spikes/detector.ts'
import type { Watch } from '../spikes/types.ts'
import type { AlertRow } from './store.ts'
import type { AlertProfile, Answer } from './types.ts'

export type ShownAlert = AlertRow & {
  topic_id: string
  topic_name: string
  planned_name: string | null
  campaign_name: string | null
  post_summary: string | null
}

export interface AlertQuery {
  limit: number
  after: [raisedAt: string, id: string] | null
  topicId?: string | undefined
  state: 'all' | 'waiting' | 'answered'
  id?: string
}

export async function alertRows(
  tx: Tx,
  orgId: string,
  { limit, after, topicId, state, id }: AlertQuery,
): Promise<ShownAlert[]> {
  const conditions = [
    sql<SqlBool>`a.org_id = ${orgId}`,
    ...(id ? [sql<SqlBool>`a.id = ${id}`] : []),
    ...(topicId ? [sql<SqlBool>`t.id = ${topicId}`] : []),
    ...(state === 'waiting' ? [sql<SqlBool>`a.answer is null`] : []),
    ...(state === 'answered' ? [sql<SqlBool>`a.answer is not null`] : []),
    ...(after ? [sql<SqlBool>`(a.raised_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ]
  const found = await sql<ShownAlert>`
    select a.*, t.id as topic_id, t.name as topic_name, p.name as planned_name, c.name as campaign_name, o.summary as post_summary
      from alerts a join topics t on t.org_id = a.org_id and t.number = a.topic
        left join planned_events p on p.org_id = a.org_id and p.id = a.planned_event_id
        left join campaigns c on c.org_id = a.org_id and c.id = a.planned_campaign_id
        left join posts o on o.org_id = a.org_id and o.id = a.planned_post_id
      where ${sql.join(conditions, sql` and `)} order by a.raised_at desc, a.id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function answeredSince(tx: Tx, orgId: string, since: Date) {
  const found = await sql<{ raised: number; told: number; answers: Answer[] | null; daily_budget: number | null }>`
    select count(*)::integer as raised, count(told_at)::integer as told, array_agg(answer) filter (where answer is not null) as answers,
        (select daily_budget from alert_rules where org_id = ${orgId}) as daily_budget
      from alerts where org_id = ${orgId} and raised_at >= ${since}`.execute(tx)
  const { raised, told, answers, daily_budget } = found.rows[0]!
  return { raised, told, answers: answers ?? [], dailyBudget: daily_budget }
}

export async function putDailyBudget(
  tx: Tx,
  orgId: string,
  { dailyBudget, at, by }: { dailyBudget: number; at: Date; by: string },
): Promise<void> {
  const values = { daily_budget: dailyBudget, changed_at: at, changed_by: by }
  await tx
    .insertInto('alert_rules')
    .values({ org_id: orgId, ...values })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(values))
    .execute()
}

export async function profileOf(tx: Tx, orgId: string, topicId: string): Promise<AlertProfile> {
  const found = await tx
    .selectFrom('topic_alert_settings')
    .select('profile')
    .where('org_id', '=', orgId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  return (found?.profile as AlertProfile | undefined) ?? 'standard'
}

export async function putProfile(
  tx: Tx,
  orgId: string,
  { topicId, profile, at, by }: { topicId: string; profile: AlertProfile; at: Date; by: string },
): Promise<void> {
  const values = { profile, changed_at: at, changed_by: by }
  await tx
    .insertInto('topic_alert_settings')
    .values({ org_id: orgId, topic_id: topicId, ...values })
    .onConflict((conflict) => conflict.columns(['org_id', 'topic_id']).doUpdateSet(values))
    .execute()
}

export interface ShownDetector {
  topic_id: string
  topic_name: string
  network: string
  watch: Watch
  silent_since: Date | null
  seen_to: Date
  state: SpikeState
}

export async function detectorRows(tx: Tx, orgId: string): Promise<ShownDetector[]> {
  const found = await sql<ShownDetector>`
    select t.id as topic_id, t.name as topic_name, d.network, d.watch, d.silent_since, d.seen_to, d.state
      from detectors d join topics t on t.org_id = d.org_id and t.number = d.topic
      where d.org_id = ${orgId} and t.removed_at is null order by lower(t.name), d.network limit 2000`.execute(tx)
  return found.rows
}

export async function detectorState(
  tx: Tx,
  orgId: string,
  { topic, network }: { topic: number; network: string },
): Promise<SpikeState | null> {
  const found = await sql<{ state: SpikeState }>`
    select state from detectors where org_id = ${orgId} and topic = ${topic} and network = ${network}`.execute(tx)
  return found.rows[0]?.state ?? null
}

interface NewPlannedRow {
  id: string
  name: string
  topicId: string | null
  from: Date
  to: Date
  factor: number | null
  at: Date
  by: string
}

export async function insertPlanned(tx: Tx, orgId: string, event: NewPlannedRow): Promise<void> {
  await tx
    .insertInto('planned_events')
    .values({
      org_id: orgId,
      id: event.id,
      name: event.name,
      topic_id: event.topicId,
      from_at: event.from,
      to_at: event.to,
      factor: event.factor,
      created_at: event.at,
      created_by: event.by,
    })
    .execute()
}

/** Its name; null where there is none that was not removed before. */
export async function removePlanned(
  tx: Tx,
  orgId: string,
  { id, at, by }: { id: string; at: Date; by: string },
): Promise<string | null> {
  const removed = await tx
    .updateTable('planned_events')
    .set({ removed_at: at, removed_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  return removed?.name ?? null
}
