// Verbs of files of what was said: what would become of each row, store the good ones, take a file back.

import { z } from 'zod'
import { type Captured, mostCaptured, readCaptured } from '../../connectors/capture.ts'
import type { Heard } from '../../connectors/listen.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { firstOf, storable } from '../../lib/storable.ts'
import { readActorNames } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { decodeFile, delimiterOf, rowsOf } from '../../publishing/imports/sniff.ts'
import { instantOf } from '../../publishing/times.ts'
import type { Services } from '../../services.ts'
import { mentionId } from '../mentions/identity.ts'
import { takeBackMentions } from '../mentions/take-back.ts'
import { keepBrought } from './actions.ts'
import type { captureImportView } from './contract.ts'
import { ownTopics, topicsOf, understandBrought, withLanguages } from './match.ts'
import {
  capturedAmong,
  type ImportRow,
  importRows,
  insertCaptures,
  insertImport,
  markUndone,
  mentionsOfImport,
  noteStored,
  sourceOf,
  uncountKept,
} from './store.ts'
import { byHandNetwork, type Channel, mostFileBytes } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof captureImportView>

interface OneFile {
  file: File
  channel: Channel
  zone: string
}

const mostProblems = 1000
const mostPreviews = 20

type Row = Captured['rows'][number] & { id: string }

interface Read {
  rows: Row[]
  problems: Captured['problems']
  /** Lines with an error. */
  refused: number
  /** All that are not empty. */
  count: number
}

/** @throws Refusal for what is no table. */
async function readFile({ file, zone }: OneFile, now: Date): Promise<Read> {
  if (file.size > mostFileBytes) {
    const params = { megabytes: mostFileBytes / 1_000_000 }
    throw new Refusal('import.too-large', { status: 413, field: 'file', params })
  }
  const { text } = decodeFile(new Uint8Array(await file.arrayBuffer()))
  const table = rowsOf(text, delimiterOf(text), mostCaptured)
  const { rows, problems } = readCaptured(table, { now, momentOf: (wall) => momentIn(wall, zone) })
  const wrong = new Set(problems.flatMap(({ line, level }) => (level === 'error' && line !== null ? [line] : [])))
  // Of rows that say the same the first stands for all.
  const once = new Map(rows.toReversed().map((row) => [mentionId(byHandNetwork, row.heard.id), row]))
  const own = [...once].map(([id, row]) => ({ ...row, id })).sort((a, b) => a.line - b.line)
  const told = await withLanguages(own.map(({ heard }) => heard))
  return {
    rows: own.map((row, index) => ({ ...row, heard: told[index]! })),
    problems,
    refused: wrong.size,
    count: rows.length + wrong.size,
  }
}

function momentIn(wall: string, zone: string): Date | null {
  const meaning = instantOf({ wall, zone })
  return meaning.kind === 'never' ? null : meaning.at
}

export async function checkFile(services: Deps, { orgId }: Caller, given: OneFile) {
  const read = await readFile(given, services.clock())
  const topics = await ownTopics(services, orgId)
  const ids = read.rows.map(({ id }) => id)
  const known = await inOrg(services.db, orgId, (tx) => capturedAmong(tx, orgId, ids))
  const matches = new Map(read.rows.map(({ id, heard }) => [id, topicsOf(topics, heard, given.channel)]))
  const good = read.rows.filter(({ id }) => !known.has(id))
  return {
    rows: read.count,
    good: good.length,
    // A row that stands in the file twice is one thing.
    known: read.count - read.refused - good.length,
    refused: read.refused,
    matched: good.filter(({ id }) => matches.get(id)!.length > 0).length,
    problems: read.problems.slice(0, mostProblems),
    previews: read.rows.slice(0, mostPreviews).map(({ id, line, heard }) => ({
      line,
      at: heard.at.toISOString(),
      text: firstOf(heard.text, 300),
      author: heard.author?.name ?? heard.author?.handle ?? null,
      place: heard.place,
      topicIds: matches.get(id)!,
      known: known.has(id),
    })),
  }
}

/** All good rows in one transaction. @throws Refusal where the file has none. */
export async function importFile(services: Deps, caller: Caller, given: OneFile): Promise<Shown> {
  const { orgId, memberId: by, actor } = caller
  const at = services.clock()
  const read = await readFile(given, at)
  if (read.rows.length === 0) throw new Refusal('import.no-good-rows', { field: 'file' })
  const topics = await ownTopics(services, orgId)
  const [id, fileName] = [newId(), firstOf(storable(given.file.name), 200) || 'captured.csv']
  const sourceId = await asSystem(services.db, (tx) => sourceOf(tx, orgId, given.channel, { at, by }))
  const brought = { orgId, sourceId, channel: given.channel, heardAt: at }
  // Understanding thousands of texts takes seconds, in which nobody is to wait for a lock.
  const mentions = await understandBrought(topics, await freshOf(services, orgId, read), brought)
  await asSystem(services.db, async (tx) => {
    const problems = read.problems.slice(0, mostProblems)
    await insertImport(tx, orgId, { id, fileName, sourceId, rows: read.count, stored: 0, known: 0, problems, at, by })
    const stored = await keepBrought(tx, mentions, at)
    const news = stored.filter(({ isNew }) => isNew)
    const captures = news.map((each) => ({ mentionId: each.id, at: each.at, note: '' }))
    await insertCaptures(tx, orgId, captures, { sourceId, importId: id, at, by })
    await noteStored(tx, orgId, id, { stored: news.length, known: read.count - read.refused - news.length })
    const facts = { file: fileName, channel: given.channel, stored: news.length, refused: read.refused }
    await record(tx, orgId, actor, at, { verb: 'captures.imported', subject: { kind: 'capture-import', id }, facts })
  })
  return inOrg(services.db, orgId, (tx) => mustShow(tx, orgId, id))
}

/** The store finds out by itself what came lately; what came long ago is found by what was captured. */
const freshOf = ({ db }: Deps, orgId: string, { rows }: Read): Promise<Heard[]> =>
  inOrg(db, orgId, async (tx) => {
    const known = await capturedAmong(
      tx,
      orgId,
      rows.map(({ id }) => id),
    )
    return rows.filter(({ id }) => !known.has(id)).map(({ heard }) => heard)
  })

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const listImports = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { limit, cursor }: { limit: number; cursor?: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await importRows(tx, orgId, { limit: limit + 1, after: readCursor(cursor, place) })
    const names = await namesOf(tx, orgId, rows)
    return pageFrom(
      rows,
      limit,
      ({ created_at, id }) => [created_at.toISOString(), id],
      (row) => shownOf(row, names),
    )
  })

/** A second time changes nothing. */
export const undoImport = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  asSystem(db, async (tx) => {
    const { orgId, memberId: by, actor } = caller
    const [found] = await importRows(tx, orgId, { limit: 1, after: null, id })
    if (!found) throw notFound('capture-import')
    if (found.undone_at) return mustShow(tx, orgId, id)
    const at = clock()
    const removed = await takeBackMentions(tx, orgId, await mentionsOfImport(tx, orgId, id))
    await uncountKept(tx, orgId, found.source_id, found.created_at, removed)
    await markUndone(tx, orgId, id, { at, by, removed })
    const facts = { file: found.file_name, removed }
    await record(tx, orgId, actor, at, { verb: 'captures.taken-back', subject: { kind: 'capture-import', id }, facts })
    return mustShow(tx, orgId, id)
  })

async function mustShow(tx: Tx, orgId: string, id: string): Promise<Shown> {
  const rows = await importRows(tx, orgId, { limit: 1, after: null, id })
  if (!rows[0]) throw notFound('capture-import')
  return shownOf(rows[0], await namesOf(tx, orgId, rows))
}

const namesOf = (tx: Tx, orgId: string, rows: readonly ImportRow[]) =>
  readActorNames(
    tx,
    orgId,
    rows.map(({ created_by }) => created_by),
  )

function shownOf(row: ImportRow, names: Map<string, string>): Shown {
  return {
    id: row.id,
    fileName: row.file_name,
    channel: row.channel,
    rows: row.row_count,
    stored: row.stored,
    known: row.known,
    refused: row.row_count - row.stored - row.known,
    problems: row.problems as unknown as Shown['problems'],
    createdAt: row.created_at.toISOString(),
    createdBy: { id: row.created_by, name: names.get(row.created_by) ?? '' },
    undoneAt: row.undone_at?.toISOString() ?? null,
    removed: row.removed,
  }
}
