// Listening as the worker does it, from the bytes of a stream to rows in the embedded database: how fast, and whether its memory stays where it was.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { StreamBatch } from '../../src/connectors/listen.ts'
import { type Database, openDatabase } from '../../src/db/open.ts'
import { asSystem } from '../../src/db/tx.ts'
import { log } from '../../src/lib/log.ts'
import { type Catalogue, keepCatalogue } from '../../src/listening/pipeline/catalogue.ts'
import { keepBatch, type Understood } from '../../src/listening/pipeline/keep-batch.ts'
import { claimReaders, type Lease } from '../../src/listening/pipeline/leases.ts'
import { readStream } from '../../src/listening/pipeline/read-stream.ts'
import { understand } from '../../src/listening/pipeline/understand.ts'
import { usedByServer } from '../processor-time.ts'
import { addTopics } from './organisation.ts'
import { wiresAgain } from './wires.ts'

export interface Listening {
  database: Database
  catalogue: Catalogue
  lease: Lease
  close(): Promise<void>
}

/** An embedded database of its own with one organisation, its topics and one source. */
export async function setUpListening(queries: readonly string[]): Promise<Listening> {
  const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
  const database = await openDatabase({ dataDir, databaseUrl: null }, log)
  await addTopics(database.owner, queries)
  const catalogue = keepCatalogue(database.db)
  await catalogue.refresh()
  const [lease] = await asSystem(database.db, (tx) => claimReaders(tx, new Date(), 1))
  return {
    database,
    catalogue: catalogue.current,
    lease: lease!,
    async close() {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const circumstances = ({ lease }: Listening) => ({
  network: lease.connector,
  readerId: lease.readerId,
  heardAt: new Date(),
  // Nothing was published by Longrun here; in the product this is one statement a batch.
  ownPosts: async () => new Map<string, Set<string>>(),
})

export interface WholeRates {
  posts: number
  stored: number
  /** Posts a second of processor time of this process: reading, matching, understanding, and its part of storing. */
  whole: number
  /** Of the process and the database together. */
  withDatabase: number
  /** Posts a second on the wall clock. */
  wall: number
  /** Megabytes in use after each tenth of the posts: by the whole process, and by objects alone. */
  resident: number[]
  heap: number[]
}

/** `count` posts in batches as a stream brings them. */
export async function rateWhole(listening: Listening, wires: readonly Buffer[], count: number): Promise<WholeRates> {
  const { database, catalogue, lease } = listening
  const usedByDatabase = await usedByServer({ owner: database.owner })
  const memory: NodeJS.MemoryUsage[] = []
  let stored = 0
  let seen = 0
  const [began, cpu, databaseBegan] = [performance.now(), process.cpuUsage(), usedByDatabase()]
  await readStream(batchesOf(wires, count), {
    understand: (batch) => understand(catalogue, batch, circumstances(listening)),
    async keep(lot) {
      stored += (await keepBatch(database.db, lease, lot, new Date())).length
      seen += lot.heard
      if (seen < ((memory.length + 1) * count) / 10) return
      globalThis.gc?.()
      memory.push(process.memoryUsage())
    },
  })
  const { user, system } = process.cpuUsage(cpu)
  const own = (user + system) / 1e6
  const databaseSeconds = (usedByDatabase() - databaseBegan) / 1000
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
  return {
    posts: seen,
    stored,
    whole: seen / own,
    withDatabase: seen / (own + databaseSeconds),
    wall: (seen * 1000) / (performance.now() - began),
    resident: memory.map(({ rss }) => megabytes(rss)),
    heap: memory.map(({ heapUsed }) => megabytes(heapUsed)),
  }
}

/** Frames come a hundred together at that speed. */
async function* batchesOf(wires: readonly Buffer[], count: number): AsyncGenerator<StreamBatch> {
  for (let from = 0; from < count; from += 100) {
    yield wiresAgain(wires, from, Math.min(100, count - from))
    // As between two frames of a socket: what waits for the database gets its turn.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

export interface WriteRates {
  mentions: number
  /** Rows of all tables that stand there afterwards for each mention: itself, under its topics, its counts, who said it. */
  rowsEach: number
  /** Mentions a second on the wall clock, the database on the same machine included. */
  wall: number
  /** A second of processor time of this process, and of the database. */
  own: number
  database: number
}

/** Stores mentions that are ready, in the lots in which a stream that runs ahead of the database brings them. */
export async function rateWriting(listening: Listening, lots: readonly Understood[]): Promise<WriteRates> {
  const { database, lease } = listening
  const usedByDatabase = await usedByServer({ owner: database.owner })
  const rowsBefore = await countRows(database)
  const [began, cpu, databaseBegan] = [performance.now(), process.cpuUsage(), usedByDatabase()]
  let mentions = 0
  for (const lot of lots)
    mentions += (await keepBatch(database.db, lease, lot, new Date())).filter(({ isNew }) => isNew).length
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  const databaseMs = usedByDatabase() - databaseBegan
  return {
    mentions,
    rowsEach: ((await countRows(database)) - rowsBefore) / mentions,
    wall: (mentions * 1000) / ms,
    own: (mentions * 1e6) / (user + system),
    database: (mentions * 1000) / databaseMs,
  }
}

const written = [
  'mentions',
  'topic_mentions',
  'topic_minutes',
  'topic_hours',
  'topic_days',
  'heard_authors',
  'source_days',
]

const countRows = ({ db }: Database): Promise<number> =>
  asSystem(db, async (tx) => {
    const counts = written.map((table) => sql`(select count(*) from ${sql.table(table)})`)
    const found = await sql<{ rows: number }>`select ${sql.join(counts, sql` + `)} as rows`.execute(tx)
    return found.rows[0]!.rows
  })

const lotSize = 2_000

/** Mentions ready to be stored, at least `rows`, from the posts `first` and later. */
export async function readyLots(
  listening: Listening,
  wires: readonly Buffer[],
  rows: number,
  first = 200_000_000,
): Promise<Understood[]> {
  const lots: Understood[] = []
  let ready = 0
  let gathered: Understood | null = null
  for (let from = first; ready < rows; from += 5_000) {
    const batch = wiresAgain(wires, from, 5_000)
    const lot = await understand(listening.catalogue, batch, circumstances(listening))
    gathered = gathered ? { ...lot, mentions: [...gathered.mentions, ...lot.mentions] } : lot
    if (gathered.mentions.length < lotSize) continue
    ready += gathered.mentions.length
    // What did not match is not part of writing.
    const events = gathered.mentions.map(({ heard }) => ({ type: 'heard' as const, heard }))
    lots.push({ ...gathered, batch: { ...gathered.batch, events } })
    gathered = null
  }
  return lots
}
