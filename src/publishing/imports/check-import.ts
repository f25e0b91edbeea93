// The dry run: what would become of each row. The run itself reads rows by the same function, so that both say the same.

import { inOrg, type Tx } from '../../db/tx.ts'
import { keepMedia } from '../../media/actions.ts'
import { postableKinds } from '../../media/rules.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { issuesOf } from '../check-post.ts'
import { mediaOf } from '../references.ts'
import { sayAlreadyThere } from './already-there.ts'
import { type Directory, readDirectory } from './names.ts'
import { mustFind } from './open-import.ts'
import { likely, withMedia } from './pictures.ts'
import { type ReadRow, readRow } from './read-row.ts'
import { isBlank } from './sniff.ts'
import type { Cells, ImportRow } from './store.ts'
import type { DryRun, RowIssue } from './types.ts'
import { dayOrderOf } from './when.ts'

const mostIssues = 1000
const mostPreviews = 50

export function checkImport(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<DryRun> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id)
    const rows = await readRows(tx, found, services.clock())
    const good = rows.filter(isGood)
    const there = rows.filter(isThere)
    const dates = found.settings.mapping.indexOf('date')
    const written = dates < 0 ? [] : (found.cells?.rows ?? []).map((row) => row[dates] ?? '')
    return {
      rows: rows.length,
      good: good.length,
      ...{ there: there.length, bad: rows.length - good.length - there.length },
      pictures: new Set(good.flatMap(({ pictures }) => pictures)).size,
      warned: good.filter(({ issues }) => issues.length > 0).length,
      issues: thereLast(rows.flatMap(({ issues }) => issues)).slice(0, mostIssues),
      previews: rows.slice(0, mostPreviews).map(previewOf),
      unknownAccounts: [...new Set(rows.flatMap(({ unknownAccounts }) => unknownAccounts))].slice(0, 100),
      daysUnsure: !dayOrderOf(written).sure,
    }
  })
}

export const isGood = ({ issues, content }: ReadRow): boolean =>
  content !== null && !issues.some(({ level }) => level === 'error')

/** A whole file that is there already must not hide what is wrong with its other rows. */
const thereLast = (issues: RowIssue[]): RowIssue[] =>
  issues.toSorted((one, other) => Number(one.code === 'already-there') - Number(other.code === 'already-there'))

/** Left out for no other reason than that it is there. */
const isThere = ({ issues }: ReadRow): boolean =>
  issues.some(({ code, level }) => code === 'already-there' && level === 'error')

const previewOf = (row: ReadRow): DryRun['previews'][number] => ({
  row: row.row,
  text: (row.content?.segments[0]?.text || row.content?.title || '').slice(0, 200),
  wall: row.wall,
  zone: row.wall ? row.zone : null,
  accountIds: row.variants.map(({ accountId }) => accountId),
  campaignId: row.campaignId,
  good: isGood(row),
})

/** All rows that are not blank, with everything that stands against them. */
export async function readRows(tx: Tx, found: ImportRow, now: Date): Promise<ReadRow[]> {
  const { cells, settings, format, columns } = found
  const directory = await readDirectory(tx, found.org_id)
  const reading = { format, settings, columnCount: columns.length, names: directory.names, now }
  const rows = numbered(cells).map(({ row, cells: given }) => readRow(given, row, reading))
  for (const row of rows) row.issues.push(...networkIssues(row, directory, settings.as))
  sayTwins(rows)
  await sayMissingMedia(tx, found.org_id, rows)
  await sayAlreadyThere(tx, found, rows)
  return rows
}

/** Rows that are not blank, with the numbers that a spreadsheet shows. */
export const numbered = (cells: Cells | null): { row: number; cells: string[] }[] =>
  (cells?.rows ?? []).flatMap((row, at) => (isBlank(row) ? [] : [{ row: at + 1 + cells!.before, cells: row }]))

/** A draft may be too long; what is to be scheduled may not. */
function networkIssues(read: ReadRow, { accounts }: Directory, as: 'draft' | 'scheduled'): RowIssue[] {
  const { row, content, variants, isDraft } = read
  if (!content) return []
  const whole = withMedia(content, likely(read))
  return variants.flatMap(({ accountId, content: own }): RowIssue[] => {
    const account = accounts.get(accountId)
    if (!account)
      return [{ row, level: 'error', field: 'accounts', code: 'account-unknown', params: { name: accountId } }]
    return issuesOf(account, own ?? whole, own ?? whole).map(({ level, code, field, params = {} }) => ({
      row,
      level: as === 'scheduled' && !isDraft ? level : 'warning',
      field,
      code,
      params: { ...params, account: account.name },
    }))
  })
}

function sayTwins(rows: ReadRow[]): void {
  const seen = new Map<string, number>()
  for (const each of rows) {
    if (!isGood(each)) continue
    const { row, content, wall, variants, issues } = each
    if (!content) continue
    const key = JSON.stringify([
      content.segments.map(({ text }) => text),
      content.title,
      wall,
      variants.map(({ accountId }) => accountId),
    ])
    const first = seen.get(key)
    if (first === undefined) seen.set(key, row)
    else issues.push({ row, level: 'warning', field: 'text', code: 'same-as-row', params: { other: first } })
  }
}

async function sayMissingMedia(tx: Tx, orgId: string, rows: ReadRow[]): Promise<void> {
  const named = rows.map((row) => ({
    row,
    ids: [row.content, ...row.variants.map(({ content }) => content)].flatMap((content) =>
      content ? mediaOf(content, '').map(({ id }) => id) : [],
    ),
  }))
  const all = [...new Set(named.flatMap(({ ids }) => ids))]
  const faultOf = await keepMedia(tx, orgId, all, { kinds: postableKinds })
  for (const { row, ids } of named) {
    const [code] = ids.flatMap((id) => faultOf(id) ?? [])
    if (code) row.issues.push({ row: row.row, level: 'error', field: 'longrun', code, params: {} })
  }
}
