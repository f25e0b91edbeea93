// Installations for the tests of backup and restore: each a database and a data folder of its own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { testDatabase } from '../../test/world/database.ts'
import type { Database } from '../db/open.ts'
import { adoptFile, newTemporaryPath } from '../media/files.ts'
import { type RestoreResult, readBackup } from './restore.ts'

export const folder = mkdtempSync(join(tmpdir(), 'longrun-backup-'))
export const secrets = ['a key for tests alone, long enough to be one']
let number = 0
const opened = new Set<Database>()

export interface Installation {
  config: { dataDir: string; secrets: string[] }
  database: Database
}

/** On a fresh database of the test cluster unless another one is given. */
export async function anInstallation(given: { database?: Database; secrets?: string[] } = {}): Promise<Installation> {
  const database = given.database ?? (await testDatabase())
  opened.add(database)
  return { config: { dataDir: join(folder, `data-${++number}`), secrets: given.secrets ?? secrets }, database }
}

export async function closeInstallation({ database }: Installation): Promise<void> {
  opened.delete(database)
  await database.close()
}

/** For afterAll. */
export async function closeInstallations(): Promise<void> {
  for (const database of opened) await database.close()
  opened.clear()
  rmSync(folder, { recursive: true, force: true })
  // The next file of this process puts its own into it.
  mkdirSync(folder)
}

/** A name under which no file lies yet. */
export const aFile = (): string => join(folder, `backup-${++number}.tar.gz`)

export async function owning<T>({ database }: Installation, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.owner.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

/** Content in the store, named by a row of the media table. */
export async function aMediaFile({ config, database }: Installation, content: Buffer): Promise<string> {
  const store = join(config.dataDir, 'media')
  const temporary = await newTemporaryPath(store)
  writeFileSync(temporary, content)
  const { sha256 } = await adoptFile(temporary, store)
  const change = 'update media set sha256 = $1 where id = (select id from media order by id limit 1)'
  await database.owner.query(change, [sha256])
  return sha256
}

/** At a time before anything was due, unless said otherwise. */
export const restored = (path: string, into: Installation, more: { now?: Date } = {}): Promise<RestoreResult> =>
  readBackup(path, { ...into, ownKeyFile: true, now: new Date(0), ...more })
