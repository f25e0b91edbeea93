// Imports as the API shows them.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { memberNames } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { importLine } from './contract.ts'
import { type ImportRow, listImportRows } from './store.ts'
import type { importView } from './types.ts'

export type ImportView = z.infer<typeof importView>
type ImportLine = z.infer<typeof importLine>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

type LineColumns = Omit<ImportRow, 'cells' | 'columns' | 'settings' | 'problems' | 'kept'>

const shared = (row: LineColumns, names: Map<string, string>) => ({
  id: row.id,
  fileName: row.file_name,
  format: row.format,
  encoding: row.encoding,
  delimiter: row.delimiter,
  rowCount: row.row_count,
  state: row.state,
  createdAt: row.created_at.toISOString(),
  createdBy: { id: row.created_by, name: names.get(row.created_by) ?? '' },
  finishedAt: iso(row.finished_at),
  undoneAt: iso(row.undone_at),
  progress: row.progress,
  imported: row.imported,
  removed: row.removed,
})

export async function viewOf(tx: Tx, row: ImportRow): Promise<ImportView> {
  const names = await memberNames(tx, row.org_id, [row.created_by])
  const { columns, settings, problems, kept } = row
  return { ...shared(row, names), columns, settings, problems, kept }
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export function listImports(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: ImportLine[]; nextCursor: string | null }> {
  const after = readCursor(cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await listImportRows(tx, caller.orgId, { after, limit: limit + 1 })
    const names = await memberNames(
      tx,
      caller.orgId,
      rows.map((row) => row.created_by),
    )
    return pageFrom(
      rows,
      limit,
      (row) => [row.created_at.toISOString(), row.id],
      (row) => ({ ...shared(row, names), problemCount: row.problem_count, keptCount: row.kept_count }),
    )
  })
}
