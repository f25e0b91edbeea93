// Every query of saved replies.

import { type Selectable, type SqlBool, sql } from 'kysely'
import { containing } from '../../db/like.ts'
import { breaksUnique } from '../../db/refusals.ts'
import type { SavedReplies } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'

export type ReplyRow = Selectable<SavedReplies> & { department_name: string | null }

export interface ReplyFacts {
  title: string
  body: string
  language: string | null
  departmentId: string | null
  shortcut: string | null
}

export interface ReplyQuery {
  id?: string
  q?: string | undefined
  departmentId?: string | undefined
  language?: string | undefined
  retired: 'no' | 'only' | 'all'
  after: [title: string, id: string] | null
  limit: number
}

export async function replyRows(tx: Tx, orgId: string, query: ReplyQuery): Promise<ReplyRow[]> {
  const { id, q, departmentId, language, retired, after, limit } = query
  const like = q ? containing(q) : null
  const where = [
    sql<SqlBool>`r.org_id = ${orgId}`,
    ...(id ? [sql<SqlBool>`r.id = ${id}`] : []),
    ...(retired === 'all'
      ? []
      : [retired === 'no' ? sql<SqlBool>`r.retired_at is null` : sql<SqlBool>`r.retired_at is not null`]),
    ...(like ? [sql<SqlBool>`(r.title ilike ${like} or r.body ilike ${like} or r.shortcut ilike ${like})`] : []),
    ...(departmentId ? [sql<SqlBool>`(r.department_id is null or r.department_id = ${departmentId})`] : []),
    ...(language ? [sql<SqlBool>`(r.language is null or r.language = ${language})`] : []),
    ...(after ? [sql<SqlBool>`(r.title, r.id) > (${after[0]}, ${after[1]}::uuid)`] : []),
  ]
  const found = await sql<ReplyRow>`
    select r.*, d.name as department_name from saved_replies r left join departments d on d.org_id = r.org_id and d.id = r.department_id
      where ${sql.join(where, sql` and `)} order by r.title, r.id limit ${limit}`.execute(tx)
  return found.rows
}

export const findReply = async (tx: Tx, orgId: string, id: string): Promise<ReplyRow | undefined> =>
  (await replyRows(tx, orgId, { id, retired: 'all', after: null, limit: 1 }))[0]

interface Writing {
  by: string
  at: Date
}

const columns = ({ title, body, language, departmentId, shortcut }: ReplyFacts, { by, at }: Writing) => ({
  ...{ title, body, language, department_id: departmentId, shortcut, updated_at: at, updated_by: by },
})

/** @throws Refusal `shortcut-taken` */
export async function insertReply(tx: Tx, orgId: string, facts: ReplyFacts, writing: Writing): Promise<string> {
  const id = newId()
  await mustBeFree(tx, orgId, facts.shortcut, id)
  const row = { org_id: orgId, id, created_at: writing.at, created_by: writing.by, ...columns(facts, writing) }
  await taken(tx.insertInto('saved_replies').values(row).execute())
  return id
}

/** @throws Refusal `shortcut-taken` */
export async function updateReply(
  tx: Tx,
  orgId: string,
  id: string,
  { facts, ...writing }: Writing & { facts: ReplyFacts },
): Promise<void> {
  await mustBeFree(tx, orgId, facts.shortcut, id)
  const changed = tx.updateTable('saved_replies').set(columns(facts, writing)).where('org_id', '=', orgId)
  await taken(changed.where('id', '=', id).execute())
}

/** @throws Refusal `shortcut-taken` where it is offered again and another has its shortcut now. */
export async function setRetired(
  tx: Tx,
  orgId: string,
  id: string,
  { by, at, isRetired }: Writing & { isRetired: boolean },
): Promise<void> {
  if (!isRetired) await mustBeFree(tx, orgId, (await findReply(tx, orgId, id))?.shortcut ?? null, id)
  const values = isRetired ? { retired_at: at, retired_by: by } : { retired_at: null, retired_by: null }
  await taken(tx.updateTable('saved_replies').set(values).where('org_id', '=', orgId).where('id', '=', id).execute())
}

const shortcutTaken = () => new Refusal('shortcut-taken', { status: 409, field: 'shortcut' })

async function mustBeFree(tx: Tx, orgId: string, shortcut: string | null, except: string): Promise<void> {
  if (shortcut === null) return
  const found = await tx
    .selectFrom('saved_replies')
    .select('id')
    .where('org_id', '=', orgId)
    .where('shortcut', '=', shortcut)
    .where('retired_at', 'is', null)
    .where('id', '!=', except)
    .executeTakeFirst()
  if (found) throw shortcutTaken()
}

/** Two at the same moment: the index decides. */
const taken = (written: Promise<unknown>): Promise<unknown> =>
  written.catch((error: unknown) => {
    throw breaksUnique(error) ? shortcutTaken() : error
  })
