// Reads every table of Longrun as it was at one moment, while others go on writing.

import type { ClientBase } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { migrationFiles, migrationText } from './migrate.ts'

export interface TableShape {
  name: string
  columns: string[]
}

/** What a dump is of. Tables that others refer to come before those which refer to them. */
export interface Shape {
  /** The migrations that made the database what it is. */
  migrations: string[]
  tables: TableShape[]
}

/** Large enough to be quick, small enough for any memory. */
const chunkBytes = 4 * 1024 * 1024

/** Text of values must not depend on the settings of either server. */
export const sameText = `
  set local datestyle = 'ISO, MDY'; set local timezone = 'UTC'; set local intervalstyle = 'iso_8601';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local longrun.scope = 'system'`

/** `work` sees the state of this moment for as long as it takes, across all organisations, and cannot write. */
export async function inSnapshot<T>(client: ClientBase, work: (shape: Shape) => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only')
  try {
    await client.query(sameText)
    return await work(await readShape(client))
  } finally {
    await client.query('rollback')
  }
}

/** The rows of one table in PostgreSQL's own text format, in pieces that follow each other. Answers how many rows it gave. */
export async function* copyOut(client: ClientBase, table: TableShape): AsyncGenerator<Buffer, number> {
  // Selecting, unlike copying the table itself, also reads partitioned tables and obeys row-level security.
  const stream = client.query(copyTo(`copy (select ${listOf(table)} from ${quoted(table.name)}) to stdout`))
  let pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes < chunkBytes) continue
    yield Buffer.concat(pieces)
    pieces = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(pieces)
  return stream.rowCount
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const listOf = ({ columns }: TableShape): string => columns.map(quoted).join(', ')

export async function readShape(client: ClientBase): Promise<Shape> {
  const applied = await client.query<{ name: string }>('select name from migrations order by name')
  const migrations = applied.rows.map((row) => row.name)
  const names = ownNames(migrations).tables
  const found = await client.query<TableShape>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname = any($1)
     group by c.relname order by c.relname`,
    [names],
  )
  return { migrations, tables: await inOrderOfReference(client, found.rows) }
}

/** What migrations made, by name: a database may hold tables of others, the queue's among them. */
export function ownNames(migrations = migrationFiles()): { tables: string[]; functions: string[] } {
  const text = migrations.map(migrationText).join('\n')
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))]
  return {
    tables: named(/^(?:create table(?: if not exists)?|alter table \w+ rename to) (\w+)/gim),
    functions: named(/^create (?:or replace )?function (\w+)/gim),
  }
}

async function inOrderOfReference(client: ClientBase, tables: TableShape[]): Promise<TableShape[]> {
  const found = await client.query<{ from: string; to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
     where contype = 'f' and conrelid <> confrelid and connamespace = 'public'::regnamespace`,
  )
  const ordered: TableShape[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const names = new Set(waiting.map((table) => table.name))
    const held = new Set(found.rows.filter((row) => names.has(row.to)).map((row) => row.from))
    const free = waiting.filter((table) => !held.has(table.name))
    if (free.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...names].join(', ')}`)
    ordered.push(...free)
    waiting = waiting.filter((table) => held.has(table.name))
  }
  return ordered
}
