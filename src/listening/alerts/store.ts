// Every query of alerts, detectors and what is planned.

import { type Insertable, type Selectable, sql } from 'kysely'
import type { Alerts, PlannedEvents } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { AlertProfile } from './types.ts'

export type AlertRow = Selectable<Alerts>
export type PlannedRow = Selectable<PlannedEvents>

export interface WatchedPair {
  topic: number
  topic_id: string
  topic_name: string
  topic_kind: string
  campaign_id: string | null
  owner_id: string | null
  network: string
  profile: AlertProfile
  seen_to: Date | null
}

/**
 * Topics in networks that have something to look at: minutes with mentions that no detector knows, or a detector that has not
 * looked for a while. `seen`: mentions since then bring a new pair.
 */
export async function pairsToWatch(
  tx: Tx,
  orgId: string,
  { seen, stale }: { seen: Date; stale: Date },
): Promise<WatchedPair[]> {
  const found = await sql<WatchedPair>`
    with pairs as (
      select topic, network, seen_to from detectors where org_id = ${orgId}
      union all
      -- Looked for by topic and network, each a step in the index: the minutes of days are too many to go through every minute.
      select t.number, n.network, null from topics t cross join (select distinct connector as network from sources where org_id = ${orgId}) n
        where t.org_id = ${orgId} and t.paused_at is null and t.removed_at is null
          and not exists (select from detectors d where d.org_id = ${orgId} and d.topic = t.number and d.network = n.network)
          and exists (select from topic_minutes m where m.org_id = ${orgId} and m.topic = t.number and m.network = n.network and m.at >= ${seen}))
    select p.topic, p.network, p.seen_to, t.id as topic_id, t.name as topic_name, t.kind as topic_kind, t.campaign_id, t.owner_id, coalesce(s.profile, 'standard') as profile
      from pairs p join topics t on t.org_id = ${orgId} and t.number = p.topic
        left join topic_alert_settings s on s.org_id = t.org_id and s.topic_id = t.id
      where t.paused_at is null and t.removed_at is null and coalesce(s.profile, 'standard') <> 'off'
        and (p.seen_to is null or p.seen_to <= ${stale} or exists (
          select from topic_minutes m where m.org_id = ${orgId} and m.topic = p.topic and m.network = p.network and m.at >= p.seen_to))
      order by p.topic, p.network`.execute(tx)
  return found.rows
}

export const organisationsThatListen = async (tx: Tx): Promise<string[]> => {
  const found = await sql<{
    org_id: string
  }>`select distinct org_id from topics where paused_at is null and removed_at is null`.execute(tx)
  return found.rows.map(({ org_id }) => org_id)
}

/** false: this was told already. */
export async function insertAlert(tx: Tx, alert: Insertable<Alerts>): Promise<boolean> {
  const made = await tx
    .insertInto('alerts')
    .values(alert)
    .onConflict((conflict) => conflict.columns(['org_id', 'topic', 'network', 'trigger', 'at']).doNothing())
    .executeTakeFirst()
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0
}

export const openAlert = (
  tx: Tx,
  orgId: string,
  { topic, network, trigger }: { topic: number; network: string; trigger: string },
): Promise<AlertRow | undefined> =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('topic', '=', topic)
    .where('network', '=', network)
    .where('trigger', '=', trigger)
    .where('ended_at', 'is', null)
    .orderBy('raised_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

export async function updateAlert(
  tx: Tx,
  orgId: string,
  id: string,
  change: Partial<Insertable<Alerts>>,
): Promise<void> {
  await tx.updateTable('alerts').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** The daily budget; whoever reads it to spend it waits for others who do. */
export async function lockBudget(tx: Tx, orgId: string): Promise<number | null> {
  await sql`select pg_advisory_xact_lock(hashtext('longrun.alert-budget'), hashtext(${orgId}))`.execute(tx)
  const found = await tx.selectFrom('alert_rules').select('daily_budget').where('org_id', '=', orgId).executeTakeFirst()
  return found?.daily_budget ?? null
}

/** When alerts were told to the same people, and how many were held back since the last that was told. */
export async function toldTo(
  tx: Tx,
  orgId: string,
  memberIds: string[],
  since: Date,
): Promise<{ told: Date[]; heldBack: number }> {
  const found = await sql<{ told_at: Date | null }>`
    select told_at from alerts where org_id = ${orgId} and raised_at >= ${since} and told_to && ${memberIds}::uuid[]
      order by raised_at`.execute(tx)
  const told = found.rows.flatMap(({ told_at }) => (told_at ? [told_at] : []))
  const last = found.rows.findLastIndex(({ told_at }) => told_at !== null)
  return { told, heldBack: found.rows.length - 1 - last }
}

export const plannedRows = (tx: Tx, orgId: string, since: Date): Promise<PlannedRow[]> =>
  tx
    .selectFrom('planned_events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .where('to_at', '>=', since)
    .orderBy('from_at')
    .orderBy('id')
    .execute()
