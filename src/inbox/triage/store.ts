// Every query of what was thought of conversations.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Understood } from '../routing/subjects.ts'
import type { Triage } from './rules.ts'
import type { Consideration, PostKind, TriageAnswers, TriageQuestion } from './types.ts'

export interface TriageRow {
  conversation_id: string
  understood: Understood | null
  answers: Partial<TriageAnswers>
  answered_at: Date | null
  answered_by: string | null
  kind: PostKind | null
  by: Triage['by']
  reason: Triage['reason']
  considerations: Consideration[]
  open: TriageQuestion[]
  inform: boolean
  told_at: Date | null
  assessed_at: Date
}

export async function triageRows(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, TriageRow>> {
  if (ids.length === 0) return new Map()
  const found = await sql<TriageRow>`
    select * from conversation_triage where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
  return new Map(found.rows.map((row) => [row.conversation_id, row]))
}

export interface Judged {
  id: string
  triage: Triage
  understood: Understood | null
  /** Given when people say something of it. */
  answered?: { answers: Partial<TriageAnswers>; by: string }
  /** What was thought before is over: should it be danger again, it is told again. */
  isAnother?: boolean
}

/** Of these, those that nobody of ours has answered since. */
export async function unansweredDangers(
  tx: Tx,
  orgId: string,
  rows: readonly Pick<TriageRow, 'conversation_id' | 'assessed_at'>[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const found = await sql<{ id: string }>`
    select t.id from unnest(${rows.map((row) => row.conversation_id)}::uuid[], ${rows.map((row) => row.assessed_at)}::timestamptz[]) t (id, at)
      where not exists (select from messages m where m.org_id = ${orgId} and m.conversation_id = t.id and m.is_ours and m.at > t.at)`.execute(
    tx,
  )
  return new Set(found.rows.map(({ id }) => id))
}

/** And the verdict and the way on the conversations themselves, where lists show them. */
export async function writeTriage(tx: Tx, orgId: string, judged: readonly Judged[], now: Date): Promise<void> {
  if (judged.length === 0) return
  const rows = judged.map(({ id, triage, understood, answered }) => ({
    ...{ org_id: orgId, conversation_id: id, understood: understood && JSON.stringify(understood), kind: triage.kind },
    ...{ by: triage.by, reason: JSON.stringify(triage.reason), considerations: triage.considerations },
    ...{ open: triage.open, inform: triage.inform, assessed_at: now },
    ...{
      answers: JSON.stringify(answered?.answers ?? {}),
      answered_at: answered ? now : null,
      answered_by: answered?.by ?? null,
    },
  }))
  const others = judged.flatMap(({ id, isAnother }) => (isAnother ? [id] : []))
  await tx
    .insertInto('conversation_triage')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'conversation_id']).doUpdateSet(({ ref }) => ({
        ...{ understood: ref('excluded.understood'), kind: ref('excluded.kind'), by: ref('excluded.by') },
        ...{
          reason: ref('excluded.reason'),
          considerations: ref('excluded.considerations'),
          open: ref('excluded.open'),
        },
        ...{ inform: ref('excluded.inform'), assessed_at: ref('excluded.assessed_at') },
        // Another danger than the one that was told of is told again.
        told_at: sql<Date | null>`case when excluded.inform and (not conversation_triage.inform or conversation_triage.kind is distinct from excluded.kind
            or excluded.kind = 'danger' and conversation_triage.conversation_id = any(${others}::uuid[]))
          then null else conversation_triage.told_at end`,
        ...(judged[0]!.answered && {
          ...{ answers: ref('excluded.answers'), answered_at: ref('excluded.answered_at') },
          answered_by: ref('excluded.answered_by'),
        }),
      })),
    )
    .execute()
  const each = JSON.stringify(judged.map(({ id, triage: { verdict, way } }) => ({ id, verdict, way })))
  await sql`
    update conversations c set verdict = t.verdict, way = t.way from jsonb_to_recordset(${each}::jsonb) as t(id uuid, verdict text, way text)
      where c.org_id = ${orgId} and c.id = t.id`.execute(tx)
}

export interface Untold {
  id: string
  kind: PostKind | null
  preview: string
  department_id: string | null
}

/** Those of which somebody must know and does not yet. */
export async function takeUntold(tx: Tx, orgId: string, now: Date, limit: number): Promise<Untold[]> {
  const found = await sql<Untold>`
    with taken as (update conversation_triage set told_at = ${now} where (org_id, conversation_id) in
        (select org_id, conversation_id from conversation_triage where org_id = ${orgId} and inform and told_at is null limit ${limit} for update skip locked)
      returning conversation_id, kind)
    select c.id, t.kind, c.preview, c.department_id from taken t join conversations c on c.org_id = ${orgId} and c.id = t.conversation_id
      where c.state <> 'closed'`.execute(tx)
  return found.rows
}

/** What was thought of a conversation before something else took its place, and when that was thought. */
export interface TriageBefore {
  /** null: nothing was. */
  row: object | null
  verdict: string | null
  way: string | null
  replacedBy: string
}

/**
 * When conversations are put together: what was thought of the first holds for both where somebody must know of it, or where people said it
 * and said nothing of the second. Never in place of what somebody must know of the second. Answers what it took the place of.
 */
export async function carryTriage(
  tx: Tx,
  orgId: string,
  { from, into }: { from: string; into: string },
): Promise<TriageBefore | null> {
  const before = await sql<Omit<TriageBefore, 'replacedBy'>>`
    select to_jsonb(t) as row, c.verdict, c.way from conversations c
        left join conversation_triage t on t.org_id = c.org_id and t.conversation_id = c.id
      where c.org_id = ${orgId} and c.id = ${into}`.execute(tx)
  const carried = await sql<{ replacedBy: string }>`
    insert into conversation_triage as t (org_id, conversation_id, understood, answers, answered_at, answered_by, kind, by, reason, considerations,
        open, inform, told_at, assessed_at)
      select org_id, ${into}, understood, answers, answered_at, answered_by, kind, by, reason, considerations, open, inform, told_at, assessed_at
        from conversation_triage where org_id = ${orgId} and conversation_id = ${from}
      on conflict (org_id, conversation_id) do update set understood = excluded.understood, answers = excluded.answers || t.answers,
        answered_at = coalesce(t.answered_at, excluded.answered_at), answered_by = coalesce(t.answered_by, excluded.answered_by),
        kind = excluded.kind, by = excluded.by, reason = excluded.reason, considerations = excluded.considerations, open = excluded.open,
        inform = excluded.inform, told_at = excluded.told_at, assessed_at = excluded.assessed_at
        where not t.inform and (excluded.inform or t.answers = '{}' and excluded.answers <> '{}') returning assessed_at::text as "replacedBy"`.execute(
    tx,
  )
  const [was, taken] = [before.rows[0], carried.rows[0]]
  if (!was || !taken) return null
  await sql`
    update conversations c set verdict = f.verdict, way = f.way from conversations f
      where c.org_id = ${orgId} and c.id = ${into} and f.org_id = ${orgId} and f.id = ${from}`.execute(tx)
  return { ...was, ...taken }
}

/** Apart again: what was thought of the second stands again, where nothing else was thought of it since. */
export async function partTriage(tx: Tx, orgId: string, id: string, before: TriageBefore): Promise<void> {
  const gone = await sql`
    delete from conversation_triage where org_id = ${orgId} and conversation_id = ${id} and assessed_at = ${before.replacedBy}::timestamptz
      returning 1`.execute(tx)
  if (gone.rows.length === 0) return
  if (before.row)
    await sql`insert into conversation_triage select * from jsonb_populate_record(null::conversation_triage, ${JSON.stringify(before.row)}::jsonb)`.execute(
      tx,
    )
  await sql`
    update conversations set verdict = ${before.verdict}, way = ${before.way} where org_id = ${orgId} and id = ${id}`.execute(
    tx,
  )
}
