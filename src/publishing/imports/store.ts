// Every query of imports.

import { type Selectable, sql } from 'kysely'
import { type AccountRow, withoutAccount } from '../../accounts/session.ts'
import type { Imports } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { storable } from '../../lib/storable.ts'
import type { Caller } from '../../people/types.ts'
import type { ImportFormat, ImportSettings, ImportState, KeptPost, RowIssue } from './types.ts'

export type ImportRow = Omit<
  Selectable<Imports>,
  'columns' | 'cells' | 'settings' | 'problems' | 'kept' | 'run_by' | 'format' | 'state'
> & {
  format: ImportFormat
  state: ImportState
  columns: string[]
  cells: Cells | null
  settings: ImportSettings
  problems: RowIssue[]
  kept: KeptPost[]
  run_by: Caller | null
}

/** `before`: lines before the first row, so that rows keep the numbers that a spreadsheet shows. */
export interface Cells {
  before: number
  rows: string[][]
}

export interface NewImport {
  id: string
  fileName: string
  format: ImportFormat
  encoding: string
  delimiter: string | null
  columns: string[]
  cells: Cells
  settings: ImportSettings
  by: string
  at: Date
}

export async function insertImport(tx: Tx, orgId: string, given: NewImport): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      org_id: orgId,
      id: given.id,
      file_name: given.fileName,
      format: given.format,
      encoding: given.encoding,
      delimiter: given.delimiter,
      columns: JSON.stringify(given.columns),
      cells: JSON.stringify(given.cells),
      row_count: given.cells.rows.length,
      settings: JSON.stringify(given.settings),
      state: 'open',
      created_at: given.at,
      created_by: given.by,
    })
    .execute()
}

/** `locked`: nobody else changes it meanwhile. `alone`: nor is a row of it being made. */
export async function findImport(
  tx: Tx,
  orgId: string,
  id: string,
  lock?: 'locked' | 'alone',
): Promise<ImportRow | null> {
  const query = tx.selectFrom('imports').selectAll().where('org_id', '=', orgId).where('id', '=', id)
  const locked = lock === 'alone' ? query.forUpdate() : lock === 'locked' ? query.forNoKeyUpdate() : query
  return ((await locked.executeTakeFirst()) as unknown as ImportRow | undefined) ?? null
}

export interface ImportChange {
  state?: ImportRow['state']
  settings?: ImportSettings
  cells?: null
  progress?: number
  tries?: number
  imported?: number
  problems?: RowIssue[]
  removed?: number
  kept?: KeptPost[]
  started_at?: Date
  run_by?: Caller
  finished_at?: Date
  undone_at?: Date
  undone_by?: string
}

const jsonColumns = new Set(['settings', 'problems', 'kept', 'run_by'])

export async function updateImport(tx: Tx, orgId: string, id: string, change: ImportChange): Promise<void> {
  const columns = Object.entries(change).map(([name, value]) => [
    name,
    jsonColumns.has(name) && value !== null ? JSON.stringify(storable(value)) : value,
  ])
  await tx
    .updateTable('imports')
    .set(Object.fromEntries(columns))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

/** What is to be said about rows that have their post: kept with it, so that a try that was stopped does not forget it. */
export async function addProblems(tx: Tx, orgId: string, id: string, problems: RowIssue[]): Promise<void> {
  if (problems.length === 0) return
  await sql`update imports set problems = problems || ${JSON.stringify(storable(problems))}::jsonb
    where org_id = ${orgId} and id = ${id}`.execute(tx)
}

/** For a row that is being made: whoever ends the import waits for it. */
export async function isRunning(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('imports')
    .select('state')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst()
  return row?.state === 'running'
}

/** Two imports at a time could both find that a row is not there yet. */
export async function anotherRuns(tx: Tx, orgId: string, id: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${orgId}`}, 0))`.execute(tx)
  const other = await tx
    .selectFrom('imports')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '!=', id)
    .where('state', 'in', ['running', 'stopping'])
    .executeTakeFirst()
  return other !== undefined
}

export async function deleteImport(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.deleteFrom('imports').where('org_id', '=', orgId).where('id', '=', id).execute()
}

export async function listImportRows(
  tx: Tx,
  orgId: string,
  { after, limit }: { after: [at: string, id: string] | null; limit: number },
): Promise<
  (Omit<ImportRow, 'cells' | 'columns' | 'settings' | 'problems' | 'kept'> & {
    problem_count: number
    kept_count: number
  })[]
> {
  const found = await sql<never>`
    select org_id, id, file_name, format, encoding, delimiter, row_count, state, created_at, created_by, finished_at, undone_at, progress,
      imported, removed, jsonb_array_length(problems) as problem_count, jsonb_array_length(kept) as kept_count
    from imports where org_id = ${orgId}
      ${after ? sql`and (created_at, id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
    order by created_at desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function deleteStaleImports(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('imports').where('state', '=', 'open').where('created_at', '<', before).execute()
}

// ── Posts of an import ──────────────────────────────────────────────────────────────────────────────────────────────

export async function claimPost(
  tx: Tx,
  orgId: string,
  postId: string,
  { importId, row, mark }: { importId: string; row: number; mark: string },
): Promise<void> {
  await tx
    .updateTable('posts')
    .set({ import_id: importId, import_row: row, import_mark: mark })
    .where('org_id', '=', orgId)
    .where('id', '=', postId)
    .execute()
}

export interface ImportedPost {
  id: string
  row: number
  mark: string | null
  deleted: boolean
}

export async function postsOfImport(tx: Tx, orgId: string, importId: string): Promise<ImportedPost[]> {
  const rows = await tx
    .selectFrom('posts')
    .select(['id', 'import_row', 'import_mark', 'deleted_at'])
    .where('org_id', '=', orgId)
    .where('import_id', '=', importId)
    .orderBy('import_row')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    row: row.import_row ?? 0,
    mark: row.import_mark,
    deleted: row.deleted_at !== null,
  }))
}

// ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function accountRows(tx: Tx, orgId: string): Promise<AccountRow[]> {
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('auth_method', '<>', withoutAccount)
    .execute()
}

export interface Named {
  id: string
  name: string
}

export const campaignNames = (tx: Tx, orgId: string): Promise<Named[]> =>
  tx.selectFrom('campaigns').select(['id', 'name']).where('org_id', '=', orgId).execute()

export const departmentNames = (tx: Tx, orgId: string): Promise<Named[]> =>
  tx.selectFrom('departments').select(['id', 'name']).where('org_id', '=', orgId).execute()

/** Those who left too: what they own keeps its owner in an export. */
export const memberNameRows = (tx: Tx, orgId: string): Promise<Named[]> =>
  tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['members.id as id', 'users.name as name'])
    .where('members.org_id', '=', orgId)
    .execute()
