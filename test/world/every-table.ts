// Rows for every table that the migrations made, with values that are hard to carry, and a fingerprint of what a table holds.

import { createHash, randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import { listOf, quoted, readShape, sameText, type TableShape } from '../../src/db/dump.ts'
import { breaksReference } from '../../src/db/refusals.ts'
import { newId } from '../../src/lib/ids.ts'

interface Column {
  name: string
  type: string
  nullable: boolean
}

interface Reference {
  columns: string[]
  table: string
  targets: string[]
}

interface Facts {
  columns: Column[]
  references: Reference[]
  /** Whether a column that writes itself refers to another table. */
  namesByItself: boolean
  /** Columns of which exactly one has a value. */
  oneOf: string[][]
  /** Columns which take only certain words. */
  words: Map<string, string[]>
}

/** Texts that break a careless copy: the marks of the text format itself, ends of lines, quotes, other scripts. */
const texts = [
  '\\N',
  'a\tb\nc\r\nd',
  '\\.',
  '"quoted", \'single\'',
  'ünï ☕ 👩‍👩‍👧 שלום',
  '',
  '   ',
  'null',
  '\\\\x00',
  'e\u0301',
]

/** Fills each table with at least one row. Runs as the owner of the database. */
export async function fillEveryTable(client: ClientBase, perTable = 8): Promise<void> {
  await client.query('begin')
  await client.query(sameText)
  const { tables } = await readShape(client)
  for (const table of tables) {
    const facts = await factsOf(client, table)
    for (let number = 0; number < perTable; number++) await insertRow(client, table, facts, number)
  }
  await client.query('commit')
}

async function factsOf(client: ClientBase, { name: table, columns: written }: TableShape): Promise<Facts> {
  const columns = await client.query<Column>(
    `select column_name::text as name, udt_name::text as type, is_nullable = 'YES' as nullable
     from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  )
  const names = (keys: string, of: string) =>
    `(select array_agg(attname::text order by n) from unnest(${keys}) with ordinality k(key, n) join pg_attribute on attrelid = ${of} and attnum = key)`
  const references = await client.query<Reference>(
    `select ${names('conkey', 'conrelid')} as columns, confrelid::regclass::text as table, ${names('confkey', 'confrelid')} as targets
     from pg_constraint where contype = 'f' and conrelid = $1::regclass order by cardinality(conkey) desc`,
    [table],
  )
  const checks = await client.query<{ column: string; words: string }>(
    `select (select attname::text from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as column, pg_get_constraintdef(oid) as words
     from pg_constraint where contype = 'c' and conrelid = $1::regclass and cardinality(conkey) = 1`,
    [table],
  )
  const words = checks.rows.map(
    // Where a column takes a range of numbers, its ends are what it takes.
    ({ column, words: text }) =>
      [
        column,
        // A column that must be true says nothing else.
        text === `CHECK (${column})`
          ? ['true']
          : [...text.matchAll(/'([^']+)'::text|\b(\d+(?:\.\d+)?)\b/g)].map((match) => match[1] ?? match[2]!),
      ] as const,
  )
  const oneOf = await client.query<{ names: string[] }>(
    `select ${names('conkey', 'conrelid')} as names from pg_constraint
     where contype = 'c' and conrelid = $1::regclass and pg_get_constraintdef(oid) like 'CHECK ((num_nonnulls(%) = 1))'`,
    [table],
  )
  // Generated columns write themselves.
  const given = ({ columns: from }: Reference) => from.every((name) => written.includes(name))
  return {
    columns: columns.rows.filter(({ name }) => written.includes(name)),
    references: references.rows.filter(given),
    namesByItself: !references.rows.every(given),
    oneOf: oneOf.rows.map((row) => row.names),
    words: new Map(words),
  }
}

async function insertRow(client: ClientBase, table: TableShape, facts: Facts, number: number): Promise<void> {
  const row = await referred(client, facts, number)
  if (!row) return
  const ofOne = new Set(facts.oneOf.flat())
  for (const { name, type, nullable } of facts.columns) {
    if (name in row) continue
    const words = facts.words.get(name)
    if (words) row[name] = words[number % words.length]
    else row[name] = nullable && !ofOne.has(name) && number % 3 === 2 ? null : sampleOf(type, number)
  }
  for (const one of facts.oneOf)
    for (const [index, name] of one.entries()) if (index !== number % one.length) row[name] = null
  const names = table.columns.filter((name) => name in row)
  await client.query('savepoint row')
  const inserted = client.query(
    `insert into ${quoted(table.name)} (${names.map(quoted).join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')}) on conflict do nothing`,
    names.map((name) => row[name]),
  )
  await inserted.catch((error: unknown) => {
    // A column that writes itself may name a row that is not there; such a row is left out, others of the table are empty there.
    if (!facts.namesByItself || !breaksReference(error)) throw error
    return client.query('rollback to savepoint row')
  })
}

/** The part of a row that must name rows of other tables; null when there is none to name. */
async function referred(
  client: ClientBase,
  { references, columns }: Facts,
  number: number,
): Promise<Record<string, unknown> | null> {
  const row: Record<string, unknown> = {}
  for (const { columns: from, table, targets } of references) {
    const given = from.map((name, index) => ({ name, target: targets[index]! })).filter(({ name }) => name in row)
    const where = given.map(({ target }, index) => `${quoted(target)} = $${index + 1}`).join(' and ') || 'true'
    const values = given.map(({ name }) => row[name])
    const found = await client.query<Record<string, unknown>>(
      `select ${targets.map(quoted).join(', ')} from ${quoted(table)} where ${where} order by 1`,
      values,
    )
    const target = found.rows[number % Math.max(found.rows.length, 1)]
    for (const [index, name] of from.entries()) {
      if (name in row) continue
      if (!target && !columns.find((column) => column.name === name)!.nullable) return null
      row[name] = target ? target[targets[index]!] : null
    }
  }
  return row
}

function sampleOf(type: string, number: number): unknown {
  const text = texts[number % texts.length]!
  switch (type) {
    case 'uuid':
      return newId()
    case 'text':
      return `${text} ${newId()}`
    case '_text':
      return number % 2 === 0 ? [] : [text, 'a,b', '{"}', 'NULL']
    case '_uuid':
      return Array.from({ length: number % 3 }, newId)
    case 'jsonb':
      return JSON.stringify({ text, deep: [null, 1.5, -0, { '': text }], emoji: '👩‍👩‍👧' })
    case 'bytea':
      return randomBytes(number * 37)
    case 'bool':
      return number % 2 === 0
    case 'timestamptz':
      return number === 1 ? 'infinity' : new Date(Date.UTC(1969 + number * 11, 2, 29, 1, 30, 0, 123)).toISOString()
    case 'timestamp':
      return `2026-10-25T02:3${number % 10}:00`
    case 'date':
      return `20${10 + (number % 80)}-02-28`
    case 'float4':
      return [0.1, 1e-30, Number.NaN, -3.4028235e38][number % 4]
    case 'float8':
      return [0.1, 1e-300, Number.NaN, -1.7976931348623157e308][number % 4]
    case 'int2':
      return number === 0 ? -(2 ** 15) : number
    case 'int4':
      return number === 0 ? 2 ** 31 - 1 : number
    case '_timestamptz':
      return Array.from({ length: number % 3 }, (_, index) => new Date(Date.UTC(1999 + index, 1, 28)).toISOString())
    case '_int4':
      return Array.from({ length: number % 3 }, (_, index) => index - 1)
    case 'int8':
      return number === 0 ? Number.MAX_SAFE_INTEGER : number
    default:
      throw new Error(`No sample for the type ${type}: add one.`)
  }
}

/** Hash and number of rows of every table. */
export async function fingerprints(
  client: ClientBase,
  /** Only these columns of these tables, as an older version had them. */
  then?: TableShape[],
): Promise<Record<string, string>> {
  await client.query('begin')
  await client.query(sameText)
  const tables = then ?? (await readShape(client)).tables
  const result: Record<string, string> = {}
  for (const table of tables) {
    // It counts changes of other tables, and rows that come back are changes.
    if (table.name === 'listening_changes') continue
    const found = await client.query<{ row: string }>(
      `select row(${listOf(table)})::text as row from ${quoted(table.name)}`,
    )
    // Sorted here: servers differ in how they order text.
    const rows = found.rows.map(({ row }) => row).sort()
    result[table.name] = `${rows.length} rows ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
  }
  await client.query('rollback')
  return result
}
