// Backups carry everything from one server to another, while Longrun goes on writing.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeServer } from '../../test/servers/describe-server.ts'
import { startPostgres15 } from '../../test/servers/postgres15.ts'
import { fillEveryTable, fingerprints } from '../../test/world/every-table.ts'
import { anOrganisation } from '../../test/world/practice.ts'
import { openAt } from '../db/open.ts'
import { asSystem } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { newTemporaryPath, openFile } from '../media/files.ts'
import { verifyAll } from './audit.ts'
import { writeBackup } from './backup.ts'
import {
  aFile,
  aMediaFile,
  anInstallation,
  closeInstallation,
  closeInstallations,
  folder,
  type Installation,
  owning,
  restored,
  secrets,
} from './installations.testing.ts'

afterAll(closeInstallations)

async function roundTrip(from: Installation, to: Installation): Promise<void> {
  const path = aFile()
  const written = await writeBackup(path, { ...from, withKey: false })
  const read = await restored(path, to)
  expect(read.rows).toBe(Object.values(written.rows).reduce((sum, count) => sum + count, 0))
  const [before, after] = [await owning(from, fingerprints), await owning(to, fingerprints)]
  expect(after).toEqual(before)
}

describe('a round trip', () => {
  let source: Installation
  let sha256: string

  beforeAll(async () => {
    source = await anInstallation()
    await owning(source, (client) => fillEveryTable(client))
    sha256 = await aMediaFile(source, Buffer.from('a picture, as far as a backup is concerned'))
  })

  test('knows every table and has rows in each', async () => {
    const prints = await owning(source, fingerprints)
    expect(Object.keys(prints).length).toBeGreaterThan(25)
    expect(Object.entries(prints).filter(([, print]) => print.startsWith('0 rows'))).toEqual([])
  })

  test('brings back every row and every file', async () => {
    const target = await anInstallation()
    await roundTrip(source, target)
    const file = await openFile(join(target.config.dataDir, 'media'), sha256)
    expect(readFileSync(file.path, 'utf8')).toBe('a picture, as far as a backup is concerned')
  })

  test('leaves the walls as they are elsewhere', async () => {
    const target = await anInstallation()
    const path = aFile()
    await writeBackup(path, { ...source, withKey: false })
    await restored(path, target)
    const bare = await target.database.owner.query(
      'select relname from pg_class where relrowsecurity <> relforcerowsecurity',
    )
    expect(bare.rows).toEqual([])
    expect(await target.database.db.selectFrom('posts').selectAll().execute()).toEqual([])
  })

  test('writes a file that only its owner reads, and names what the disk has lost', async () => {
    const path = aFile()
    const { mediaMissing, mediaFiles } = await writeBackup(path, { ...source, withKey: false })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(mediaFiles).toBe(1)
    expect(mediaMissing.length).toBeGreaterThan(0)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describeServer('postgres15', () => {
  test('moves between the embedded server and PostgreSQL 15, there and back, row by row', async () => {
    const server = await startPostgres15()
    try {
      const source = await anInstallation()
      await owning(source, (client) => fillEveryTable(client))
      const there = await anInstallation({ database: await openAt({ connectionString: server.url }) })
      await roundTrip(source, there)
      await roundTrip(there, await anInstallation())
      await closeInstallation(there)
    } finally {
      await server.stop()
    }
  })

  test('works for a database user who is not a superuser and whom the walls bind', async () => {
    const server = await startPostgres15()
    try {
      const source = await anInstallation()
      await owning(source, (client) => fillEveryTable(client))
      const admin = new pg.Client({ connectionString: server.url })
      await admin.connect()
      await admin.query("create role plain login password 'plain'")
      for (const name of ['one', 'two']) await admin.query(`create database ${name} owner plain`)
      await admin.end()
      const at = (name: string) =>
        openAt({ connectionString: server.url.replace('postgres@', 'plain:plain@').replace(/postgres$/, name) })
      const one = await anInstallation({ database: await at('one') })
      const two = await anInstallation({ database: await at('two') })
      await roundTrip(source, one)
      await roundTrip(one, two)
      for (const each of [one, two]) await closeInstallation(each)
    } finally {
      await server.stop()
    }
  })
})

test('a backup made while Longrun writes shows one moment: the log in it is unbroken', async () => {
  const source = await anInstallation()
  const { db } = source.database
  const callers = [await anOrganisation(db, 'One'), await anOrganisation(db, 'Two')]
  let written = 0
  let stopped = false
  const writers = callers.map(async (caller) => {
    while (!stopped) {
      await asSystem(db, async (tx) => {
        await tx.insertInto('departments').values({ org_id: caller.orgId, id: newId(), name: newId() }).execute()
        await record(tx, caller.orgId, caller.actor, new Date(), {
          verb: 'department.added',
          subject: { kind: 'department', id: null },
          facts: { pad: 'x'.repeat(2000) },
        })
      })
      written += 1
    }
  })
  await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(50)
  const path = aFile()
  const before = written
  await writeBackup(path, { ...source, withKey: false })
  await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(before)
  stopped = true
  await Promise.all(writers)

  const target = await anInstallation()
  await restored(path, target)
  const { broken, lines } = await verifyAll(target.database)
  expect(lines.at(-1)).toMatch(/^2 organisations, \d+ events checked: unbroken\.$/)
  expect(broken).toBe(0)
  const counts = await target.database.owner.query(
    'select (select count(*) from events) as events, (select count(*) from departments) as departments',
  )
  expect(counts.rows[0].events).toBe(counts.rows[0].departments)
  expect(counts.rows[0].events).toBeLessThan(written)
})

describe('the sealing key', () => {
  test('stays out of the backup unless it is asked for; a restore elsewhere says what is needed', async () => {
    const source = await anInstallation()
    const path = aFile()
    await writeBackup(path, { ...source, withKey: false })
    const other = await anInstallation({ secrets: ['another key for tests alone, long enough'] })
    const { keyWords } = await restored(path, other)
    expect(keyWords).toMatch(/sealed with another key: put the key of the old installation into .*secret\.key/)
    expect((await restored(path, await anInstallation())).keyWords).toBeNull()
  })

  test('comes with the backup when asked for, and takes its place', async () => {
    const source = await anInstallation()
    const path = aFile()
    await writeBackup(path, { ...source, withKey: true })
    const other = await anInstallation({ secrets: ['another key for tests alone, long enough'] })
    await newTemporaryPath(other.config.dataDir)
    const { keyWords } = await restored(path, other)
    expect(keyWords).toMatch(/restart Longrun/)
    expect(readFileSync(join(other.config.dataDir, 'secret.key'), 'utf8')).toBe(`${secrets[0]}\n`)
  })
})

test('a backup that cannot be written leaves nothing behind', async () => {
  const source = await anInstallation()
  await expect(writeBackup(join(folder, 'nowhere', 'backup'), { ...source, withKey: false })).rejects.toThrow(
    /There is no folder/,
  )
  const directory = join(folder, 'in-the-way')
  const handle = await open(await newTemporaryPath(directory), 'w')
  await handle.close()
  await expect(writeBackup(directory, { ...source, withKey: false })).rejects.toThrow(
    /cannot be written|EISDIR|ENOTEMPTY/,
  )
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})
