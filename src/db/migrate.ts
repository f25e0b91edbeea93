// Brings a database to this version's schema: plain numbered SQL files, forward only, one process at a time.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { SetupError } from '../config.ts'
import { locks } from './locks.ts'

const folder = join(import.meta.dirname, 'migrations')

export const migrationFiles = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()

/** @throws SetupError when the database was written by a newer Longrun. Returns the names that were applied. */
export async function migrate(client: Client): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [locks.migration])
  try {
    await client.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
    )
    const files = migrationFiles()
    const unknown = [...done].find((name) => !files.includes(name))
    if (unknown)
      throw new SetupError(
        `This database was written by a newer Longrun (it has ${unknown}). Start that version, or restore a backup made by this one.`,
      )
    const missing = files.filter((name) => !done.has(name))
    for (const name of missing) await apply(client, name)
    return missing
  } finally {
    await client.query('select pg_advisory_unlock($1)', [locks.migration])
  }
}

async function apply(client: Client, name: string): Promise<void> {
  await client.query('begin')
  try {
    await applyMigration(client, name)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** One step of the schema, inside the caller's transaction. */
export async function applyMigration(client: Pick<Client, 'query'>, name: string): Promise<void> {
  await client.query("select set_config('longrun.scope', 'system', true)")
  await client.query(migrationText(name))
  await client.query('insert into migrations (name) values ($1)', [name])
}

export const migrationText = (name: string): string => readFileSync(join(folder, name), 'utf8')
