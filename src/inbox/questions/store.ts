// Every query of questions between departments. They are reached through their conversations alone: who may not see one sees no question of it.

import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { unmarkEmptied } from '../retention/empty.ts'

export interface QuestionRow {
  id: string
  conversation_id: string
  department_id: string
  department_name: string
  with: string
  preview: string
  owner_id: string | null
  asked_of: string | null
  question: string
  asked_at: Date
  asked_by: string
  answer: string | null
  answered_at: Date | null
  answered_by: string | null
  withdrawn_at: Date | null
}

interface QuestionQuery {
  id?: string
  conversationId?: string
  departmentId?: string
  isOpen?: true
  after?: [at: string, id: string] | null
  limit: number
}

/** The oldest first. */
export async function questionRows(tx: Tx, orgId: string, query: QuestionQuery): Promise<QuestionRow[]> {
  const { id, conversationId, departmentId, isOpen, after, limit } = query
  const conditions = [
    sql<SqlBool>`q.org_id = ${orgId}`,
    ...(id ? [sql<SqlBool>`q.id = ${id}`] : []),
    ...(conversationId ? [sql<SqlBool>`q.conversation_id = ${conversationId}`] : []),
    ...(departmentId ? [sql<SqlBool>`q.department_id = ${departmentId}`] : []),
    ...(isOpen ? [sql<SqlBool>`q.answered_at is null and q.withdrawn_at is null`] : []),
    ...(after ? [sql<SqlBool>`(q.asked_at, q.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ]
  const found = await sql<QuestionRow>`
    select q.*, d.name as department_name, coalesce(p.name, '') as with, c.preview, c.owner_id
      from department_questions q join conversations c on c.org_id = q.org_id and c.id = q.conversation_id
        join departments d on d.org_id = q.org_id and d.id = q.department_id
        left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      where ${sql.join(conditions, sql` and `)} order by q.asked_at, q.id limit ${limit}`.execute(tx)
  return found.rows
}

/** As far as they are counted; more is more than anybody looks at. */
export const mostCounted = 1_000

export async function countOpen(tx: Tx, orgId: string, departmentId: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from (select 1 from department_questions q join conversations c on c.org_id = q.org_id and c.id = q.conversation_id
      where q.org_id = ${orgId} and q.department_id = ${departmentId} and q.answered_at is null and q.withdrawn_at is null limit ${mostCounted}) q`.execute(
    tx,
  )
  return found.rows[0]!.count
}

export interface NewQuestion {
  id: string
  conversation_id: string
  department_id: string
  asked_of: string | null
  question: string
  asked_at: Date
  asked_by: string
}

export async function insertQuestion(tx: Tx, orgId: string, row: NewQuestion): Promise<void> {
  await tx
    .insertInto('department_questions')
    .values({ org_id: orgId, ...row })
    .execute()
  await unmarkEmptied(tx, orgId, [row.conversation_id])
}

export const updateQuestion = (
  tx: Tx,
  orgId: string,
  id: string,
  change: { answer: string; answered_at: Date; answered_by: string } | { withdrawn_at: Date },
): Promise<unknown> =>
  tx.updateTable('department_questions').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()
