// A restore refuses what would lose or double something, asks people about what came due, and takes older backups.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillEveryTable, fingerprints } from '../../test/world/every-table.ts'
import {
  aDraft,
  anOrganisation,
  aPracticeAccount,
  practiceServices,
  startFakeNetwork,
} from '../../test/world/practice.ts'
import { readShape } from '../db/dump.ts'
import { applyMigration, migrationFiles } from '../db/migrate.ts'
import { asSystem } from '../db/tx.ts'
import { createArchive } from '../lib/archive.ts'
import { resolveVariant } from '../publishing/resolve-variant.ts'
import { schedulePost } from '../publishing/schedule-post.ts'
import { createPost } from '../publishing/write-post.ts'
import { verifyAll } from './audit.ts'
import { writeBackup } from './backup.ts'
import {
  aFile,
  anInstallation,
  closeInstallations,
  folder,
  type Installation,
  owning,
  restored,
} from './installations.testing.ts'

const dayMs = 86_400_000

afterAll(closeInstallations)

describe('what came due since the backup', () => {
  test('waits for a person and is not sent again; what lies ahead keeps its time', async () => {
    const source = await anInstallation()
    const services = practiceServices(source.database.db)
    const caller = await anOrganisation(source.database.db)
    const network = await startFakeNetwork()
    const account = await aPracticeAccount(services, caller, network).finally(() => network.stop())
    const scheduled = async (text: string, days: number) => {
      const segments = [text, `${text}, continued`].map((each) => ({ text: each, media: [] }))
      const post = await createPost(services, caller, {
        content: aDraft(text, { segments }),
        variants: [{ accountId: account, content: null }],
      })
      const wall = new Date(Date.now() + days * dayMs).toISOString().slice(0, 16)
      return schedulePost(services, caller, { id: post.id, when: { kind: 'at', wall, zone: 'UTC' } })
    }
    const [soon, later] = [await scheduled('soon', 1), await scheduled('later', 3)]
    const path = aFile()
    await writeBackup(path, { ...source, withKey: false })

    const target = await anInstallation()
    const { doubted } = await restored(path, target, { now: new Date(Date.now() + 2 * dayMs) })
    expect(doubted).toBe(1)
    const states = await asSystem(target.database.db, (tx) =>
      tx.selectFrom('variants').select(['post_id', 'state', 'wake_at']).execute(),
    )
    expect(states.find((row) => row.post_id === soon.id)).toMatchObject({ state: 'unconfirmed', wake_at: null })
    expect(states.find((row) => row.post_id === later.id)).toMatchObject({
      state: 'scheduled',
      wake_at: later.dueAt && new Date(later.dueAt),
    })
    expect((await verifyAll(target.database)).broken).toBe(0)

    const decision = {
      id: soon.id,
      variant: soon.variants[0]!.id,
      decision: 'published',
      url: 'http://127.0.0.1/1',
    } as const
    const decided = await resolveVariant(practiceServices(target.database.db), caller, decision)
    expect(decided.variants[0]).toMatchObject({ state: 'published', reason: null })
  })
})

describe('a restore refuses, before it writes anything,', () => {
  let path: string
  let source: Installation
  let empty: Installation

  beforeAll(async () => {
    source = await anInstallation()
    empty = await anInstallation()
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

  async function refused(file: string, words: RegExp, target = empty): Promise<void> {
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
    const future = aFile()
    await writeBackupOf(future, [...migrationFiles(), '9999-from-the-future.sql'])
    await refused(future, /newer version of Longrun \(9999-from-the-future.sql\). Update Longrun/)
  })
  test('a backup whose tables are not those of its version', async () => {
    const other = aFile()
    await writeBackupOf(other, migrationFiles())
    await refused(other, /its tables are not those of its version/)
  })
})

/** A complete archive without tables that says it was made after these migrations. */
async function writeBackupOf(path: string, migrations: string[]): Promise<void> {
  const archive = createArchive(path)
  const about = {
    what: 'Longrun backup',
    version: '99',
    madeAt: new Date().toISOString(),
    keys: [],
    migrations,
    tables: [],
  }
  await archive.add('about.json', Buffer.from(JSON.stringify(about)))
  await archive.finish({ rows: {}, mediaFiles: 0, mediaMissing: [] })
}

test('a backup of an older version is brought to this one', async () => {
  const older = await anInstallation()
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
  const { tables } = await owning(older, readShape)
  const before = await owning(older, fingerprints)
  const target = await anInstallation()
  await restored(path, target)
  // What has been added since has its own beginning; everything that was there is as it was.
  const after = await owning(target, (client) => fingerprints(client, tables))
  expect(after).toEqual(before)
  const applied = await target.database.owner.query<{ name: string }>('select name from migrations order by name')
  expect(applied.rows.map((row) => row.name)).toEqual(files)
})
