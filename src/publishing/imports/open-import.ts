// Opens a file: what it is, what its columns seem to mean. Changes that understanding, and forgets a file that nobody imported.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { firstOf, storable } from '../../lib/storable.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type Understood, understand, understandPostiz } from './formats.ts'
import { decodeFile, delimiterOf, isBlank, rowsOf } from './sniff.ts'
import { deleteImport, findImport, type ImportRow, insertImport, updateImport } from './store.ts'
import { type ImportSettings, mostBytes, mostRows } from './types.ts'
import { type ImportView, viewOf } from './views.ts'
import { dayOrderOf } from './when.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export async function openImport(services: Deps, caller: Caller, { file }: { file: File }): Promise<ImportView> {
  if (file.size > mostBytes)
    throw new Refusal('import.too-large', { status: 413, field: 'file', params: { megabytes: mostBytes / 1_000_000 } })
  const { text, encoding } = decodeFile(new Uint8Array(await file.arrayBuffer()))
  const { delimiter, ...understood } = tableOf(text)
  if (understood.rows.every(isBlank)) throw new Refusal('import.empty', { field: 'file' })
  if (understood.rows.length > mostRows)
    throw new Refusal('import.too-many-rows', { field: 'file', params: { most: mostRows } })
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    await insertImport(tx, caller.orgId, {
      ...{ id, at, encoding, delimiter, by: caller.memberId, format: understood.format },
      fileName: firstOf(storable(file.name), 200) || 'posts.csv',
      columns: understood.columns.map((name) => firstOf(name, 200)),
      cells: { before: understood.before, rows: understood.rows },
      settings: settingsFor(understood, await readOrganisationZone(tx, caller.orgId)),
    })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

function tableOf(text: string): Understood & { delimiter: string | null } {
  const postiz = understandPostiz(text)
  if (postiz) return { ...postiz, delimiter: null }
  const delimiter = delimiterOf(text)
  return { ...understand(rowsOf(text, delimiter)), delimiter }
}

function settingsFor({ mapping, rows, format }: Understood, zone: string): ImportSettings {
  const dates = mapping.indexOf('date')
  return {
    mapping,
    dayOrder: dates < 0 ? 'ymd' : dayOrderOf(rows.map((row) => row[dates] ?? '')).order,
    zone: format === 'postiz' ? 'UTC' : zone,
    ...{ accountIds: [], accountNames: {}, campaignId: null, departmentId: null, as: 'draft', again: false },
  }
}

export function changeImport(
  services: Deps,
  caller: Caller,
  { id, settings }: { id: string; settings: Partial<ImportSettings> },
): Promise<ImportView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, 'locked')
    mustBeOpen(found)
    const changed = { ...found.settings, ...settings }
    const fields = changed.mapping.filter(Boolean)
    if (changed.mapping.length !== found.columns.length)
      throw new Refusal('import.mapping-differs', { field: 'settings.mapping' })
    if (new Set(fields).size !== fields.length) throw new Refusal('import.field-twice', { field: 'settings.mapping' })
    await mustBeHere(tx, caller.orgId, changed)
    await updateImport(tx, caller.orgId, id, { settings: changed })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

export function discardImport(services: Deps, caller: Caller, { id }: { id: string }): Promise<{ discarded: true }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, 'locked')
    mustBeOpen(found)
    await deleteImport(tx, caller.orgId, id)
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'import.discarded',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name },
    })
    return { discarded: true }
  })
}

export async function mustFind(tx: Tx, orgId: string, id: string, lock?: 'locked'): Promise<ImportRow> {
  const found = await findImport(tx, orgId, id, lock)
  if (!found) throw notFound('import')
  return found
}

export function mustBeOpen({ state }: ImportRow): void {
  if (state !== 'open') throw new Refusal('import.not-open', { status: 409, params: { state } })
}

/** An id of another organisation is answered like one that never was. */
async function mustBeHere(tx: Tx, orgId: string, settings: ImportSettings): Promise<void> {
  const named = [
    ['accounts', 'accountIds', settings.accountIds],
    ['accounts', 'accountNames', Object.values(settings.accountNames)],
    ['campaigns', 'campaignId', settings.campaignId ? [settings.campaignId] : []],
    ['departments', 'departmentId', settings.departmentId ? [settings.departmentId] : []],
  ] as const
  for (const [table, field, given] of named) {
    const ids = [...new Set(given)]
    if (ids.length === 0) continue
    const found = await tx.selectFrom(table).select('id').where('org_id', '=', orgId).where('id', 'in', ids).execute()
    if (found.length !== ids.length) throw new Refusal('not-in-organisation', { field: `settings.${field}` })
  }
}
