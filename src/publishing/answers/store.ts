// Every query of answers, except those of delivery.

import { sql } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import type { VariantRow } from '../store.ts'
import type { Answering } from './types.ts'

export interface NewAnswerRow extends Answering {
  variantId: string
  accountId: string
  content: Draft
  askedHash: string
  departmentId: string | null
  by: string
  at: Date
}

/** False: it is there already, planned by an earlier call, which this one waited for. */
export async function insertAnswer(tx: Tx, orgId: string, row: NewAnswerRow): Promise<boolean> {
  const added = await tx
    .insertInto('answers')
    .values({
      org_id: orgId,
      id: row.id,
      conversation_id: row.conversationId,
      content: JSON.stringify(row.content),
      asked_hash: row.askedHash,
      said_kind: row.kind,
      root: row.root && JSON.stringify(row.root),
      previous: JSON.stringify(row.previous),
      department_id: row.departmentId,
      created_at: row.at,
      created_by: row.by,
      updated_at: row.at,
      updated_by: row.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  await tx
    .insertInto('variants')
    .values({
      org_id: orgId,
      id: row.variantId,
      answer_id: row.id,
      account_id: row.accountId,
      state: 'draft',
      state_since: row.at,
    })
    .execute()
  return true
}

type VariantPart = Pick<
  VariantRow,
  | 'org_id'
  | 'account_id'
  | 'revision'
  | 'state'
  | 'reason'
  | 'state_since'
  | 'due_at'
  | 'wake_at'
  | 'worker_id'
  | 'needs_approval'
  | 'approved_hash'
  | 'content_hash'
  | 'published_at'
  | 'remote_id'
  | 'remote_url'
  | 'out'
  | 'doubt'
>

/** An answer with its variant; `id` is that of the variant, so that what moves variants takes it. */
export interface AnswerRow extends VariantPart {
  id: string
  answer_id: string
  conversation_id: string
  content: Draft
  /** Of the words with which it was asked for; null: nobody knows any more. */
  asked_hash: string | null
  said_kind: SaidKind
  created_at: Date
  created_by: string
}

const rowsWhere = (orgId: string, condition: ReturnType<typeof sql>, order = sql`w.id ${keepPlan}`) => sql<AnswerRow>`
  select w.conversation_id, w.content, w.asked_hash, w.said_kind, w.created_at, w.created_by, v.org_id, v.id, v.answer_id, v.account_id, v.revision, v.state,
    v.reason, v.state_since, v.due_at, v.wake_at, v.worker_id, v.needs_approval, v.approved_hash, v.content_hash, v.published_at, v.remote_id,
    v.remote_url, s.out, s.doubt
  from answers w join variants v on v.org_id = w.org_id and v.answer_id = w.id
    cross join lateral (
      select count(published_at)::int as out,
        coalesce(bool_or(published_at is null and (sent_at is not null or ref is not null)), false) as doubt
      from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.revision = v.revision) s
  where w.org_id = ${orgId} and ${condition} order by ${order}`

/** Nobody else, the sweep included, changes it until this transaction ends. */
export async function lockAnswer(tx: Tx, orgId: string, id: string): Promise<AnswerRow | null> {
  await sql`select from variants where org_id = ${orgId} and answer_id = ${id} for update`.execute(tx)
  const found = await rowsWhere(orgId, sql`w.id = ${id}`).execute(tx)
  return found.rows[0] ?? null
}

export async function findAnswers(tx: Tx, orgId: string, ids: string[]): Promise<AnswerRow[]> {
  if (ids.length === 0) return []
  return (await rowsWhere(orgId, sql`w.id = any(${ids}::uuid[])`).execute(tx)).rows
}

export async function answersIn(tx: Tx, orgId: string, conversationIds: string[]): Promise<AnswerRow[]> {
  if (conversationIds.length === 0) return []
  return (await rowsWhere(orgId, sql`w.conversation_id = any(${conversationIds}::uuid[])`).execute(tx)).rows
}

/** Longest first. */
export async function answersInReview(
  tx: Tx,
  orgId: string,
  { after, limit }: { after: [since: string, variantId: string] | null; limit: number },
): Promise<AnswerRow[]> {
  const beyond = after ? sql`and (v.state_since, v.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const order = sql`v.state_since, v.id limit ${limit}`
  return (await rowsWhere(orgId, sql`v.answer_id is not null and v.state = 'in-review' ${beyond}`, order).execute(tx))
    .rows
}

export async function setWords(
  tx: Tx,
  answer: Pick<AnswerRow, 'org_id' | 'answer_id'>,
  change: { content: Draft; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('answers')
    .set({ content: JSON.stringify(change.content), updated_at: change.at, updated_by: change.by })
    .where('org_id', '=', answer.org_id)
    .where('id', '=', answer.answer_id)
    .execute()
}
