// A fresh, migrated database for a benchmark: Longrun's own server with its own settings, or Debian's PostgreSQL 15.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { startEmbedded } from '../src/db/embedded.ts'
import { type Database, openAt } from '../src/db/open.ts'
import { startPostgres15 } from '../test/servers/postgres15.ts'
import { placeForDatabases } from '../test/world/memory.ts'
import { quietLog } from '../test/world/practice.ts'

export interface BenchDatabase extends Database {
  name: string
}

/** With all its promises kept: fsync and synchronous_commit as a person's installation has them. */
export async function embeddedDatabase(): Promise<BenchDatabase & { connection: pg.ClientConfig }> {
  const folder = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
  const server = await startEmbedded(folder, quietLog)
  const database = await openAt(server.connection)
  return {
    ...database,
    connection: server.connection,
    name: await nameOf(database),
    async close() {
      await database.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A server for what nobody keeps: in memory, and it never waits for a disk. */
export async function throwAwayServer(): Promise<{ connection: pg.ClientConfig; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(placeForDatabases(), 'longrun-bench-'))
  const server = await startEmbedded(folder, quietLog)
  const { owner, close } = await openAt(server.connection)
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await owner.query(`alter system set ${setting} = off`)
  // Years go by in a minute here: what a table holds is counted as often as it would be then.
  await owner.query("alter system set autovacuum_naptime = '2s'")
  await owner.query('select pg_reload_conf()')
  await close()
  return {
    connection: server.connection,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** For reading benchmarks only: it runs without fsync. */
export async function debianDatabase(): Promise<BenchDatabase> {
  const server = await startPostgres15()
  const database = await openAt({ connectionString: server.url })
  return {
    ...database,
    name: await nameOf(database),
    async close() {
      await database.close()
      await server.stop()
    },
  }
}

async function nameOf({ owner }: Database): Promise<string> {
  const found = await owner.query<{ server_version: string }>('show server_version')
  return `PostgreSQL ${found.rows[0]!.server_version}`
}

/** @throws when a commit would not wait for the disk: durable figures would be a lie then. */
export async function mustBeDurable({ owner }: Database): Promise<string> {
  const found = await owner.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  )
  const off = found.rows.filter((row) => row.setting !== 'on')
  if (off.length > 0) throw new Error(`${off.map((row) => row.name).join(', ')} is off`)
  return found.rows.map((row) => `${row.name} ${row.setting}`).join(', ')
}
