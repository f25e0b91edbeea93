// Every query of topics and their versions.

import { type Selectable, sql } from 'kysely'
import type { Topics, TopicVersions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { notFound } from '../../lib/refusal.ts'

export type TopicRow = Selectable<Topics>
export type VersionRow = Selectable<TopicVersions>

/** Those that were not removed, by name. */
export const topicRows = (tx: Tx, orgId: string): Promise<TopicRow[]> =>
  tx
    .selectFrom('topics')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()

export const findTopic = (tx: Tx, orgId: string, id: string): Promise<TopicRow | undefined> =>
  tx.selectFrom('topics').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

/** @throws Refusal `not-found`. Also of removed ones: what was heard under them is still there. */
export async function topicNumber(tx: Tx, orgId: string, id: string): Promise<number> {
  const row = await findTopic(tx, orgId, id)
  if (!row) throw notFound('topic')
  return row.number
}

/** Of those that were not removed. */
export async function topicIdsByNumber(tx: Tx, orgId: string): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('topics')
    .select(['number', 'id'])
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map(({ number, id }) => [number, id]))
}

/** The same, and the zone in which the days of the organisation begin. */
export async function topicIdsAndZone(tx: Tx, orgId: string): Promise<{ zone: string; ids: Map<number, string> }> {
  const found = await sql<{ zone: string; number: number | null; id: string }>`
    select o.time_zone as zone, t.number, t.id from organisations o
      left join topics t on t.org_id = o.id and t.removed_at is null where o.id = ${orgId}`.execute(tx)
  const ids = found.rows.flatMap(({ number, id }): [number, string][] => (number === null ? [] : [[number, id]]))
  return { zone: found.rows[0]!.zone, ids: new Map(ids) }
}

export interface TopicValues {
  name: string
  kind: string
  query: string
  form: string | null
  owner_id: string | null
  campaign_id: string | null
}

/** Its number is the next that the organisation never gave; whoever adds at the same moment waits, and nobody who only refers to the organisation. */
export async function insertTopic(
  tx: Tx,
  orgId: string,
  values: TopicValues,
  { by, at }: { by: string; at: Date },
): Promise<string> {
  const id = newId()
  await sql`select from organisations where id = ${orgId} for no key update`.execute(tx)
  await sql`
    insert into topics (org_id, id, number, version, name, kind, query, form, owner_id, campaign_id, created_at, created_by)
      select ${orgId}, ${id}, coalesce(max(number), 0) + 1, 1, ${values.name}, ${values.kind}, ${values.query}, ${values.form}::jsonb,
        ${values.owner_id}::uuid, ${values.campaign_id}::uuid, ${at}, ${by} from topics where org_id = ${orgId}`.execute(
    tx,
  )
  return id
}

export async function insertVersion(
  tx: Tx,
  orgId: string,
  version: Omit<VersionRow, 'org_id' | 'form'> & { form: string | null },
): Promise<void> {
  await tx
    .insertInto('topic_versions')
    .values({ ...version, org_id: orgId })
    .execute()
}

export async function updateTopic(
  tx: Tx,
  orgId: string,
  id: string,
  values: Partial<TopicValues> & { version?: number },
): Promise<void> {
  await tx.updateTable('topics').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()
}

export async function markTopic(
  tx: Tx,
  orgId: string,
  id: string,
  mark: { paused_at: Date | null; paused_by: string | null } | { removed_at: Date | null; removed_by: string | null },
): Promise<void> {
  await tx.updateTable('topics').set(mark).where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** The one in force, locked until the transaction ends. */
export const lockTopic = (tx: Tx, orgId: string, id: string): Promise<TopicRow | undefined> =>
  tx.selectFrom('topics').selectAll().where('org_id', '=', orgId).where('id', '=', id).forUpdate().executeTakeFirst()

/** Newest first. */
export const versionRows = (tx: Tx, orgId: string, topicId: string): Promise<VersionRow[]> =>
  tx
    .selectFrom('topic_versions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('topic_id', '=', topicId)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()

export async function nameIsTaken(tx: Tx, orgId: string, name: string, except: string | null): Promise<boolean> {
  const found =
    await sql`select from topics where org_id = ${orgId} and lower(name) = lower(${name}) and removed_at is null
    and id is distinct from ${except}::uuid limit 1`.execute(tx)
  return found.rows.length > 0
}

export interface TopicTotal {
  topic: number
  total: number
  negative: number
  positive: number
  judged: number
}

/** What was heard under each topic from `from` on, by hours. */
export async function topicTotals(tx: Tx, orgId: string, from: Date): Promise<TopicTotal[]> {
  const found = await sql<TopicTotal>`
    select topic, sum(total)::integer as total, sum(negative)::integer as negative, sum(positive)::integer as positive, sum(judged)::integer as judged
      from topic_hours where org_id = ${orgId} and at >= ${from} group by topic`.execute(tx)
  return found.rows
}
