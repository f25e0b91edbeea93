// Fills an empty database with the rows of a dump, all of them or none, and brings an older dump to this version's schema.

import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { Kysely, PostgresDialect } from 'kysely'
import type { ClientBase, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { listOf, ownNames, quoted, readShape, type Shape, sameText, type TableShape } from './dump.ts'
import { applyMigration, migrationFiles } from './migrate.ts'
import type { DB } from './schema.gen.ts'
import type { Tx } from './tx.ts'

/** Why a dump cannot be loaded here. */
export class LoadError extends Error {
  readonly code: 'not-empty' | 'newer' | 'different'

  constructor(code: LoadError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export interface Load {
  /** The next piece of a table; tables come one after the other in the order of the dump. */
  write(table: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Ends the last table and brings the schema up to date. Answers the rows of each table, and the transaction it all lies in. */
  finish(): Promise<{ rows: Record<string, number>; tx: Tx }>
}

/**
 * Runs `work` in the one transaction that holds everything: what it throws undoes it all. A Longrun that runs on this
 * database waits meanwhile.
 * @throws LoadError before anything is written when the database is in use or the dump does not fit.
 */
export async function loading<T>(client: ClientBase, shape: Shape, work: (load: Load) => Promise<T>): Promise<T> {
  mustKnow(shape)
  await client.query('begin')
  try {
    await client.query(sameText)
    await client.query("set local lock_timeout = '60s'")
    await lockAndEmpty(client)
    if (shape.migrations.length < migrationFiles().length) await rebuild(client, shape.migrations)
    await mustFit(client, shape)
    const load = await loadOf(client, shape)
    const result = await work(load).catch(async (error) => {
      await load.abandon()
      throw error
    })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

function mustKnow({ migrations }: Shape): void {
  const known = migrationFiles()
  const unknown = migrations.find((name, index) => known[index] !== name)
  if (unknown) throw new LoadError('newer', `it was made by another or newer version of Longrun (${unknown})`)
}

/** Rows that come before anybody uses Longrun, such as counted sign-ins, may go; people and what they did may not. */
const inUse = ['users', 'organisations', 'events']

async function lockAndEmpty(client: ClientBase): Promise<void> {
  const { tables } = await readShape(client)
  await client.query(`lock table ${tables.map((table) => quoted(table.name)).join(', ')} in access exclusive mode`)
  for (const { name } of tables) {
    const found = await client.query(`select from ${quoted(name)} limit 1`)
    if (found.rowCount === 0) continue
    if (inUse.includes(name)) throw new LoadError('not-empty', `there are ${name} in it`)
    await client.query(`delete from ${quoted(name)}`)
  }
}

/** Makes the schema anew as it was when the dump was made: rows fit only the tables they came from. */
async function rebuild(client: ClientBase, migrations: string[]): Promise<void> {
  const { tables, functions } = ownNames()
  await client.query(`drop table if exists ${tables.map(quoted).join(', ')} cascade`)
  for (const name of functions) await client.query(`drop function if exists ${quoted(name)} cascade`)
  await client.query('delete from migrations')
  for (const name of migrations) await applyMigration(client, name)
}

async function mustFit(client: ClientBase, shape: Shape): Promise<void> {
  const here = await readShape(client)
  const text = ({ tables }: Shape) =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns.toSorted()]).sort())
  if (text(here) !== text(shape)) throw new LoadError('different', 'its tables are not those of its version')
}

interface OpenTable {
  name: string
  stream: ReturnType<typeof copyFrom>
  ended: Promise<void>
}

/** `abandon` takes back a table that is half written: nothing else can be said to the server before. */
async function loadOf(client: ClientBase, shape: Shape): Promise<Load & { abandon(): Promise<void> }> {
  const rows: Record<string, number> = Object.fromEntries(shape.tables.map(({ name }) => [name, 0]))
  const walled = await openWalls(client)
  const triggered = await silenceTriggers(client)
  let current: OpenTable | null = null

  async function close(): Promise<void> {
    if (!current) return
    current.stream.end()
    await current.ended
    rows[current.name] = current.stream.rowCount
    current = null
  }

  return {
    async write(name, content) {
      if (current?.name !== name) {
        await close()
        current = openTable(client, shape.tables.find((table) => table.name === name)!)
      }
      const { stream, ended } = current
      for await (const chunk of content) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended])
      }
    },
    async finish() {
      await close()
      for (const name of walled) await client.query(`alter table ${quoted(name)} force row level security`)
      for (const name of triggered) await client.query(`alter table ${quoted(name)} enable trigger user`)
      for (const name of migrationFiles().slice(shape.migrations.length)) await applyMigration(client, name)
      return { rows, tx: transactionOn(client) }
    },
    async abandon() {
      current?.stream.destroy(new Error('given up'))
      await current?.ended.catch(() => {})
    },
  }
}

/** What triggers would write is in the dump: until `finish` they are silent. References are held all the same. */
async function silenceTriggers(client: ClientBase): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select distinct relname::text as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where relnamespace = 'public'::regnamespace and relname = any($1) and not tgisinternal`,
    [ownNames().tables],
  )
  const names = found.rows.map((row) => row.name)
  for (const name of names) await client.query(`alter table ${quoted(name)} disable trigger user`)
  return names
}

function openTable(client: ClientBase, table: TableShape): OpenTable {
  const stream = client.query(copyFrom(`copy ${quoted(table.name)} (${listOf(table)}) from stdin`))
  const ended = finished(stream)
  ended.catch(() => {})
  return { name: table.name, stream, ended }
}

/** PostgreSQL copies into no table whose walls bind the role that copies: until `finish` they bind only others. */
async function openWalls(client: ClientBase): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity and relname = any($1)`,
    [ownNames().tables],
  )
  const names = found.rows.map((row) => row.name)
  for (const name of names) await client.query(`alter table ${quoted(name)} no force row level security`)
  return names
}

/** The same transaction for verbs. It is begun and ended by `loading`. */
function transactionOn(client: ClientBase): Tx {
  // Kysely gives its connection back after each statement; this one stays where it is.
  const only = { query: client.query.bind(client), release: () => {} } as unknown as PoolClient
  const pool = { options: {}, connect: async () => only, end: async () => {} }
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }) as unknown as Tx
}
