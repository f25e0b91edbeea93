// Backups carry everything from one server to another, while Longrun goes on writing, and refuse what would lose something.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeServer } from '../../test/servers/describe-server.ts'
import { startPostgres15 } from '../../test/servers/postgres15.ts'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { fillEveryTable, fingerprints } from '../../test/world/every-table.ts'
import { aDraft, anAccount, anOrganisation, practiceServices } from '../../test/world/practice.ts'
import { applyMigration, migrationFiles } from '../db/migrate.ts'
import { type Database, openAt } from '../db/open.ts'
import { asSystem } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { adoptFile, newTemporaryPath, openFile } from '../media/files.ts'
import { resolveVariant } from '../publishing/resolve-variant.ts'
import { schedulePost } from '../publishing/schedule-post.ts'
import { createPost } from '../publishing/write-post.ts'
import { verifyAll } from './audit.ts'
import { writeBackup } from './backup.ts'
import { readBackup } from './restore.ts'

const folder = mkdtempSync(join(tmpdir(), 'longrun-backup-'))
const secrets = ['a key for tests alone, long enough to be one']
let number = 0
const opened: Database[] = []

afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()))
  rmSync(folder, { recursive: true, force: true })
})

/** An installation: a database and a data folder. */
async function anInstallation(database?: Database, own = secrets) {
  const dataDir = join(folder, `data-${++number}`)
  const found = database ?? (await testDatabase())
  opened.push(found)
  return { config: { dataDir, secrets: own }, database: found }
}

type Installation = Awaited<ReturnType<typeof anInstallation>>

const aFile = () => join(folder, `backup-${++number}.tar.gz`)

async function owning<T>({ database }: Installation, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.owner.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

/** Content in the store, named by a row of the media table. */
async function aMediaFile({ config, database }: Installation, content: Buffer): Promise<string> {
  const temporary = await newTemporaryPath(join(config.dataDir, 'media'))
  writeFileSync(temporary, content)
  const { sha256 } = await adoptFile(temporary, join(config.dataDir, 'media'))
  await database.owner.query('update media set sha256 = $1 where id = (select id from media order by id limit 1)', [
    sha256,
  ])
  return sha256
}

const restored = (path: string, into: Installation, more: { now?: Date; ownKeyFile?: boolean } = {}) =>
  readBackup(path, { ...into, ownKeyFile: true, now: new Date(0), ...more })

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
      const there = await anInstallation(await openAt({ connectionString: server.url }))
      await roundTrip(source, there)
      await roundTrip(there, await anInstallation())
      await opened.splice(opened.indexOf(there.database), 1)[0]!.close()
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
      const one = await anInstallation(await at('one'))
      const two = await anInstallation(await at('two'))
      await roundTrip(source, one)
      await roundTrip(one, two)
      for (const each of [one, two]) await opened.splice(opened.indexOf(each.database), 1)[0]!.close()
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

describe('what came due since the backup', () => {
  test('waits for a person and is not sent again; what lies ahead keeps its time', async () => {
    const source = await anInstallation()
    const services = practiceServices(source.database.db)
    const caller = await anOrganisation(source.database.db)
    const profile = {
      remoteId: 'r',
      handle: 'h',
      displayName: 'Practice',
      avatarUrl: null,
      url: 'http://127.0.0.1/',
      server: 'http://127.0.0.1',
      instance: null,
    }
    const account = await anAccount(services, caller, 'fake', {
      credentials: null,
      expiresAt: null,
      scopes: [],
      profile,
    })
    const scheduled = async (text: string, days: number) => {
      const post = await createPost(services, caller, {
        content: aDraft(text, {
          segments: [
            { text, media: [] },
            { text: 'more', media: [] },
          ],
        }),
        variants: [{ accountId: account, content: null }],
      })
      const wall = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)
      return schedulePost(services, caller, { id: post.id, when: { kind: 'at', wall, zone: 'UTC' } })
    }
    const [soon, later] = [await scheduled('soon', 1), await scheduled('later', 3)]
    const path = aFile()
    await writeBackup(path, { ...source, withKey: false })

    const target = await anInstallation()
    const { doubted } = await restored(path, target, { now: new Date(Date.now() + 2 * 86_400_000) })
    expect(doubted).toBe(1)
    const states = await asSystem(target.database.db, (tx) =>
      tx.selectFrom('variants').select(['post_id', 'state', 'wake_at']).execute(),
    )
    expect(states.find((row) => row.post_id === soon.id)).toMatchObject({ state: 'unconfirmed', wake_at: null })
    expect(states.find((row) => row.post_id === later.id)).toMatchObject({
      state: 'scheduled',
      wake_at: expect.any(Date),
    })
    expect((await verifyAll(target.database)).broken).toBe(0)

    const there = practiceServices(target.database.db)
    const decided = await resolveVariant(there, caller, {
      id: soon.id,
      variant: soon.variants[0]!.id,
      decision: 'published',
      url: 'http://127.0.0.1/1',
    })
    expect(decided.variants[0]).toMatchObject({ state: 'published', reason: null })
  })
})

describe('a restore refuses, before it writes anything,', () => {
  let path: string
  let source: Installation

  beforeAll(async () => {
    source = await anInstallation()
    await owning(source, (client) => fillEveryTable(client, 3))
    path = aFile()
    await writeBackup(path, { ...source, withKey: false })
  })

  /** Bytes of the good backup, changed. */
  function changed(change: (bytes: Buffer) => Buffer): string {
    const copy = aFile()
    writeFileSync(copy, change(readFileSync(path)))
    return copy
  }

  async function refused(file: string, words: RegExp, into?: Installation): Promise<void> {
    const target = into ?? (await anInstallation())
    const before = await owning(target, fingerprints)
    await expect(restored(file, target)).rejects.toThrow(words)
    expect(await owning(target, fingerprints)).toEqual(before)
  }

  test('an installation that is in use', () => refused(path, /Only an empty installation can be filled/, source))
  test('a file that is cut off', () =>
    refused(
      changed((bytes) => bytes.subarray(0, bytes.length - 5000)),
      /end is missing/,
    ))
  test('a file with one changed byte', () =>
    refused(
      changed((bytes) => {
        bytes[Math.floor(bytes.length / 2)]! ^= 0x55
        return bytes
      }),
      /cannot be restored: .*(damaged|missing|manifest)/,
    ))
  test('a file that is something else', () =>
    refused(
      changed(() => Buffer.from('hello')),
      /cannot be restored: it is damaged or not an archive/,
    ))
  test('a file that is not there', () => refused(join(folder, 'nowhere'), /cannot be read \(ENOENT\)/))
  test('a backup of a newer version', async () => {
    await source.database.owner.query("insert into migrations (name) values ('9999-from-the-future.sql')")
    // Its tables cannot be known here; the version alone must be enough to refuse it.
    const future = aFile()
    await writeBackupAs(future, ['9999-from-the-future.sql'])
    await source.database.owner.query("delete from migrations where name like '9999%'")
    await refused(future, /newer version of Longrun \(9999-from-the-future.sql\). Update Longrun/)
  })
})

/** A complete archive that says it comes from other migrations. */
async function writeBackupAs(path: string, migrations: string[]): Promise<void> {
  const { createArchive } = await import('../lib/archive.ts')
  const archive = createArchive(path)
  const about = {
    what: 'Longrun backup',
    version: '99',
    madeAt: new Date().toISOString(),
    keys: [],
    migrations: [...migrationFiles(), ...migrations],
    tables: [],
  }
  await archive.add('about.json', Buffer.from(JSON.stringify(about)))
  await archive.finish({ rows: {}, mediaFiles: 0, mediaMissing: [] })
}

test('a backup of an older version is brought to this one', async () => {
  const database = await testDatabase()
  const older = await anInstallation(database)
  const files = migrationFiles()
  const then = files.slice(0, -1)
  await owning(older, async (client) => {
    await client.query(
      'drop schema public cascade; create schema public; create table migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    for (const name of then) await applyMigration(client, name)
    await fillEveryTable(client)
  })
  const path = aFile()
  await writeBackup(path, { ...older, withKey: false })
  const before = await owning(older, fingerprints)
  const target = await anInstallation()
  await restored(path, target)
  const after = await owning(target, fingerprints)
  expect(after).toMatchObject(before)
  expect(Object.keys(after).length).toBeGreaterThanOrEqual(Object.keys(before).length)
  const applied = await target.database.owner.query<{ name: string }>('select name from migrations order by name')
  expect(applied.rows.map((row) => row.name)).toEqual(files)
})

describe('the sealing key', () => {
  test('stays out of the backup unless it is asked for; a restore elsewhere says what is needed', async () => {
    const source = await anInstallation()
    const path = aFile()
    await writeBackup(path, { ...source, withKey: false })
    const other = await anInstallation(undefined, ['another key for tests alone, long enough'])
    const { keyWords } = await restored(path, other)
    expect(keyWords).toMatch(/sealed with another key: put the key of the old installation into .*secret\.key/)
    expect((await restored(path, await anInstallation())).keyWords).toBeNull()
  })

  test('comes with the backup when asked for, and takes its place', async () => {
    const source = await anInstallation()
    const path = aFile()
    await writeBackup(path, { ...source, withKey: true })
    const other = await anInstallation(undefined, ['another key for tests alone, long enough'])
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
  const directory = join(folder, `directory-${++number}`)
  const handle = await open(await newTemporaryPath(directory), 'w')
  await handle.close()
  await expect(writeBackup(directory, { ...source, withKey: false })).rejects.toThrow(
    /cannot be written|EISDIR|ENOTEMPTY/,
  )
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})
