// Verbs of spending: write down, take away and back, bring a file after looking at it, take a file back.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { firstOf, storable } from '../../lib/storable.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import { decodeFile, delimiterOf, rowsOf } from '../../publishing/imports/sniff.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { currencyOf } from './actions.ts'
import type { spendCheck, spendImportView, spendView } from './contract-spend.ts'
import { type ReadSpend, readSpend } from './read-file.ts'
import {
  type ImportRow,
  insertSpend,
  insertSpendImport,
  knownReferences,
  lockSpend,
  lockSpendImport,
  markSpend,
  noteStoredSpend,
  type SpendRow,
  spendImportRows,
  spendRows,
  undoSpendImport,
} from './store-spend.ts'
import { type Kind, mostFileBytes, mostRows, type SpendFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof spendView>
type Import = z.infer<typeof spendImportView>

const yearOf = (day: string): number => Number(day.slice(0, 4))

export const listSpend = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { year, limit, cursor }: { year: number; limit: number; cursor?: string | undefined },
) =>
  readInOrg(db, orgId, async (tx) => {
    const after = readCursor(cursor, z.tuple([z.iso.date(), z.uuid()]))
    const rows = await spendRows(tx, orgId, { year, after, limit: limit + 1 })
    const shown = new Map((await show(tx, orgId, rows)).map((each) => [each.id, each]))
    return pageFrom(
      rows,
      limit,
      ({ on_day, id }) => [on_day, id],
      ({ id }) => shown.get(id)!,
    )
  })

/** @throws Refusal `no-budget`, `day-ahead`, `campaign-unknown`, `reference-there` with the field. */
export const noteSpend = ({ db, clock }: Deps, caller: Caller, facts: SpendFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    const currency = await currencyOf(tx, orgId, yearOf(facts.day), 'day')
    if (!facts.isCommitted && facts.day > (await todayOf(tx, orgId, at)))
      throw new Refusal('day-ahead', { field: 'day' })
    if (facts.campaignId !== null && !(await campaignNames(tx, orgId)).has(facts.campaignId))
      throw new Refusal('campaign-unknown', { field: 'campaignId' })
    const source = actor.kind === 'token' ? 'api' : 'typed'
    const [id] = await insertSpend(tx, orgId, [facts], { currency, source, importId: null, by: memberId, at })
    if (!id) throw new Refusal('reference-there', { field: 'reference' })
    await tell(tx, caller, 'spend.noted', { kind: 'spend', id }, { what: facts.what }, at)
    return showSpend(tx, orgId, id)
  })

export const removeSpend = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(services, caller, id, 'spend.removed')

/** @throws Refusal `reference-there` where the same was written down anew meanwhile. */
export const restoreSpend = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(services, caller, id, 'spend.restored')

const mark = (
  { db, clock }: Deps,
  caller: Caller,
  id: string,
  verb: 'spend.removed' | 'spend.restored',
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const at = clock()
    const row = await lockSpend(tx, orgId, id)
    if (!row) throw notFound('spend')
    const isRemoving = verb === 'spend.removed'
    if ((row.removed_at === null) === isRemoving) {
      const isThere = !isRemoving && row.reference && (await knownReferences(tx, orgId, [row.reference])).size > 0
      if (isThere) throw new Refusal('reference-there', { status: 409 })
      await markSpend(tx, orgId, id, isRemoving ? at : null)
      await tell(tx, caller, verb, { kind: 'spend', id }, { what: row.what }, at)
    }
    return showSpend(tx, orgId, id)
  })

interface OneFile {
  file: File
  year: number
}

const [mostProblems, mostPreviews] = [1000, 20]

interface Looked extends ReadSpend {
  currency: string
  /** Good lines that do not count yet. */
  fresh: ReadSpend['rows']
}

/** @throws Refusal `no-budget`, and for what is no table. */
async function look(tx: Tx, orgId: string, text: string, { year, now }: { year: number; now: Date }): Promise<Looked> {
  const currency = await currencyOf(tx, orgId, year, 'year')
  const campaigns = new Map<string, string[]>()
  for (const [id, name] of await campaignNames(tx, orgId)) {
    const key = name.trim().toLowerCase()
    campaigns.set(key, [...(campaigns.get(key) ?? []), id])
  }
  const table = rowsOf(text, delimiterOf(text), mostRows)
  const read = readSpend(table, { currency, campaigns, today: await todayOf(tx, orgId, now) })
  const others = read.rows.filter(({ facts }) => yearOf(facts.day) !== year)
  for (const { line } of others) read.problems.push({ line, field: 'date', code: 'another-year', level: 'error' })
  const rows = read.rows.filter(({ facts }) => yearOf(facts.day) === year)
  const known = await knownReferences(
    tx,
    orgId,
    rows.flatMap(({ facts }) => facts.reference ?? []),
  )
  const fresh = rows.filter(({ facts }) => facts.reference === null || !known.has(facts.reference))
  return { ...read, rows, problems: read.problems.toSorted((a, b) => a.line - b.line), currency, fresh }
}

async function textOf(file: File): Promise<string> {
  if (file.size > mostFileBytes)
    throw new Refusal('import.too-large', { status: 413, field: 'file', params: { megabytes: mostFileBytes / 1e6 } })
  return decodeFile(new Uint8Array(await file.arrayBuffer())).text
}

export async function checkSpendFile(
  { db, clock }: Deps,
  { orgId }: Caller,
  { file, year }: OneFile,
): Promise<z.infer<typeof spendCheck>> {
  const text = await textOf(file)
  return readInOrg(db, orgId, async (tx) => {
    const { rows, fresh, count, problems, currency } = await look(tx, orgId, text, { year, now: clock() })
    return {
      ...{ rows: count, good: fresh.length, known: rows.length - fresh.length, refused: count - rows.length },
      total: fresh.reduce((sum, { facts }) => sum + facts.amount, 0),
      currency: fresh.length > 0 ? currency : null,
      problems: problems.slice(0, mostProblems),
      previews: fresh.slice(0, mostPreviews).map(({ line, facts }) => ({ line, ...facts })),
    }
  })
}

/** All good lines in one transaction. @throws Refusal `import.no-good-rows`. */
export async function bringSpendFile({ db, clock }: Deps, caller: Caller, { file, year }: OneFile): Promise<Import> {
  const { orgId, memberId: by } = caller
  const text = await textOf(file)
  return inOrg(db, orgId, async (tx) => {
    const at = clock()
    const { rows, fresh, count, currency } = await look(tx, orgId, text, { year, now: at })
    if (fresh.length === 0) throw new Refusal('import.no-good-rows', { field: 'file' })
    const [id, fileName] = [newId(), firstOf(storable(file.name), 200) || 'spending.csv']
    const counts = { rows: count, stored: 0, known: 0, refused: count - rows.length }
    const facts = { org_id: orgId, id, file_name: fileName, imported_at: at, imported_by: by }
    await insertSpendImport(tx, { ...facts, ...counts })
    const how = { currency, source: 'file' as const, importId: id, by, at }
    const stored = await insertSpend(
      tx,
      orgId,
      fresh.map((row) => row.facts),
      how,
    )
    await noteStoredSpend(tx, orgId, id, { stored: stored.length, known: rows.length - stored.length })
    await tell(
      tx,
      caller,
      'spend.imported',
      { kind: 'spend-import', id },
      { file: fileName, stored: stored.length },
      at,
    )
    return showImport(tx, orgId, id)
  })
}

const mostImports = 50

export const listSpendImports = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<Import[]> =>
  readInOrg(db, orgId, async (tx) => importsShown(tx, orgId, await spendImportRows(tx, orgId, mostImports)))

/** Twice is as once. */
export const undoSpendFile = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Import> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const at = clock()
    const row = await lockSpendImport(tx, orgId, id)
    if (!row) throw notFound('spend-import')
    if (!row.undone_at) {
      await undoSpendImport(tx, orgId, id, at)
      await tell(tx, caller, 'spend.import-undone', { kind: 'spend-import', id }, { file: row.file_name }, at)
    }
    return showImport(tx, orgId, id)
  })

/** What it was for, and not how much: the log is read by everybody. */
const tell = (
  tx: Tx,
  { orgId, actor }: Caller,
  verb: string,
  subject: { kind: string; id: string },
  facts: Record<string, unknown>,
  at: Date,
) => record(tx, orgId, actor, at, { verb, subject, facts })

export const showSpend = async (tx: Tx, orgId: string, id: string): Promise<Shown> =>
  (await show(tx, orgId, [(await lockSpend(tx, orgId, id))!]))[0]!

async function show(tx: Tx, orgId: string, rows: readonly SpendRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ noted_by }) => noted_by),
  )
  const campaigns = await campaignNames(tx, orgId)
  return rows.map((row) => ({
    ...{ id: row.id, day: row.on_day, amount: row.amount, currency: row.currency, kind: row.kind as Kind },
    ...{ channel: row.channel, campaignId: row.campaign_id, what: row.what, reference: row.reference },
    ...{ isCommitted: isCommitted(row), committedFor: row.committed_for },
    campaign: row.campaign_id === null ? null : (campaigns.get(row.campaign_id) ?? null),
    ...{ source: row.source as Shown['source'], notedAt: row.noted_at.toISOString(), notedBy: who(row.noted_by) },
  }))
}

/** Ordered, and nobody said yet that it was paid. */
export const isCommitted = ({ committed_for, settled_at }: SpendRow): boolean =>
  committed_for !== null && settled_at === null

const showImport = async (tx: Tx, orgId: string, id: string): Promise<Import> =>
  (await importsShown(tx, orgId, [(await lockSpendImport(tx, orgId, id))!]))[0]!

async function importsShown(tx: Tx, orgId: string, rows: readonly ImportRow[]): Promise<Import[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ imported_by }) => imported_by),
  )
  return rows.map((row) => ({
    ...{ id: row.id, fileName: row.file_name, rows: row.rows, stored: row.stored, known: row.known },
    ...{ refused: row.refused, importedAt: row.imported_at.toISOString(), importedBy: who(row.imported_by) },
    undoneAt: row.undone_at?.toISOString() ?? null,
  }))
}
