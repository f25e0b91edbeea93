// Every query of issues and their entries.

import { type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { IssueEntries, Issues } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Severity } from '../spikes/severity.ts'
import type { AlertKind, Trigger } from '../spikes/types.ts'
import type { Entry } from './rules.ts'
import type { CloseReason, EntryFacts, EntryKind, IssueState } from './types.ts'

export type IssueRow = Omit<Selectable<Issues>, 'state' | 'reason' | 'severity'> & {
  state: IssueState
  reason: CloseReason | null
  severity: Severity
}

export type ShownIssue = IssueRow & {
  topic_id: string
  topic_name: string
  alerts: number
  evidence: number
  notes: number
}

export interface IssueQuery {
  id?: string
  topicId?: string | undefined
  /** `live`: not closed. */
  state: IssueState | 'live' | 'all'
  after: [changedAt: string, id: string] | null
  limit: number
}

export async function issueRows(tx: Tx, orgId: string, { id, topicId, state, after, limit }: IssueQuery) {
  const conditions = [
    sql<SqlBool>`i.org_id = ${orgId}`,
    ...(id ? [sql<SqlBool>`i.id = ${id}`] : []),
    ...(topicId ? [sql<SqlBool>`t.id = ${topicId}`] : []),
    ...(state === 'live' ? [sql<SqlBool>`i.state <> 'closed'`] : []),
    ...(state === 'live' || state === 'all' ? [] : [sql<SqlBool>`i.state = ${state}`]),
    ...(after ? [sql<SqlBool>`(i.changed_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ]
  const found = await sql<ShownIssue>`
    select i.*, t.id as topic_id, t.name as topic_name, n.alerts, n.evidence, n.notes
      from issues i join topics t on t.org_id = i.org_id and t.number = i.topic
        cross join lateral (select count(distinct e.alert_id)::integer as alerts,
            count(*) filter (where e.mention_id is not null)::integer as evidence, count(*) filter (where e.kind = 'note')::integer as notes
          from issue_entries e where e.org_id = i.org_id and e.issue_id = i.id) n
      where ${sql.join(conditions, sql` and `)} order by i.changed_at desc, i.id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** Nobody else changes it until the transaction ends. */
export const lockIssue = async (tx: Tx, orgId: string, id: string): Promise<IssueRow | undefined> =>
  (await tx
    .selectFrom('issues')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as IssueRow | undefined

/** The one that is not closed, locked. */
export const lockLiveIssue = async (tx: Tx, orgId: string, topic: number): Promise<IssueRow | undefined> =>
  (await tx
    .selectFrom('issues')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('topic', '=', topic)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst()) as IssueRow | undefined

type NewIssue = Pick<IssueRow, 'topic' | 'title' | 'severity' | 'owner_id' | 'opened_at' | 'opened_by'>

/** undefined: another one was opened a moment ago. */
export async function insertIssue(tx: Tx, orgId: string, row: NewIssue): Promise<IssueRow | undefined> {
  const found = await sql<IssueRow>`
    insert into issues (org_id, id, topic, title, state, severity, owner_id, opened_at, opened_by, changed_at)
      values (${orgId}, ${newId()}, ${row.topic}, ${row.title}, 'open', ${row.severity}, ${row.owner_id}, ${row.opened_at}, ${row.opened_by}, ${row.opened_at})
      on conflict (org_id, topic) where state <> 'closed' do nothing returning *`.execute(tx)
  return found.rows[0]
}

export type IssueChange = Partial<
  Pick<
    Insertable<Issues>,
    'title' | 'state' | 'reason' | 'owner_id' | 'severity' | 'changed_at' | 'closed_at' | 'closed_by'
  >
>

export const updateIssue = (tx: Tx, orgId: string, id: string, change: IssueChange): Promise<unknown> =>
  tx.updateTable('issues').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export type EntryRow = Omit<Selectable<IssueEntries>, 'kind' | 'facts'> & { kind: EntryKind; facts: EntryFacts }

export interface NewEntry {
  kind: EntryKind
  at: Date
  by: string | null
  alertId?: string | null
  mentionId?: string | null
  note?: string
  facts?: EntryFacts
}

/** null: that mention is evidence already. */
export async function insertEntry(tx: Tx, orgId: string, issueId: string, entry: NewEntry): Promise<string | null> {
  const id = newId()
  const made = await sql`
    insert into issue_entries (org_id, issue_id, id, kind, at, by, alert_id, mention_id, note, facts)
      values (${orgId}, ${issueId}, ${id}, ${entry.kind}, ${entry.at}, ${entry.by}, ${entry.alertId ?? null}, ${entry.mentionId ?? null},
        ${entry.note ?? ''}, ${JSON.stringify(entry.facts ?? {})}::jsonb) on conflict do nothing`.execute(tx)
  return Number(made.numAffectedRows ?? 0) > 0 ? id : null
}

/** Whether there was one. Only evidence can be taken away; everything else happened. */
export async function deleteEvidence(tx: Tx, orgId: string, issueId: string, mentionId: string): Promise<boolean> {
  const gone = await sql`
    delete from issue_entries where org_id = ${orgId} and issue_id = ${issueId} and mention_id = ${mentionId} and kind = 'evidence'`.execute(
    tx,
  )
  return Number(gone.numAffectedRows ?? 0) > 0
}

/** Newest first. */
export async function entryRows(
  tx: Tx,
  orgId: string,
  { issueId, after, limit }: { issueId: string; after: [at: string, id: string] | null; limit: number },
): Promise<EntryRow[]> {
  const found = await sql<EntryRow>`
    select * from issue_entries where org_id = ${orgId} and issue_id = ${issueId}
      ${after ? sql`and (at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by at desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** What rules look at: the newest are enough. */
export const entriesOf = async (tx: Tx, orgId: string, issueId: string): Promise<Entry[]> =>
  (await entryRows(tx, orgId, { issueId, after: null, limit: 500 })).map(({ kind, by, alert_id, facts }) => ({
    kind,
    by,
    alertId: alert_id,
    facts,
  }))

export interface AlertBehind {
  id: string
  topic: number
  topic_name: string
  trigger: Trigger
  kind: AlertKind
  network: string
  severity: Severity
  why: unknown
  answer: string | null
  issue_id: string | null
}

export async function alertsBehind(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, AlertBehind>> {
  if (ids.length === 0) return new Map()
  const found = await sql<AlertBehind>`
    select a.id, a.topic, t.name as topic_name, a.trigger, a.kind, a.network, a.severity, a.why, a.answer, a.issue_id
      from alerts a join topics t on t.org_id = a.org_id and t.number = a.topic
      where a.org_id = ${orgId} and a.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, row]))
}

export const putAlertInIssue = (tx: Tx, orgId: string, alertId: string, issueId: string): Promise<unknown> =>
  tx.updateTable('alerts').set({ issue_id: issueId }).where('org_id', '=', orgId).where('id', '=', alertId).execute()
