// `longrun backup FILE`: every table as it is at one moment and the media they name, in one file, while Longrun goes on.

import { hkdfSync } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import type { PoolClient } from 'pg'
import { type Config, SetupError } from '../config.ts'
import { copyOut, inSnapshot, type Shape } from '../db/dump.ts'
import type { Database } from '../db/open.ts'
import { type ArchiveWriter, createArchive } from '../lib/archive.ts'
import { Refusal } from '../lib/refusal.ts'
import { mediaFolder } from '../media/content.ts'
import { openFile } from '../media/files.ts'
import { productVersion } from '../people/installation.ts'
import type { Invocation } from './index.ts'
import { withDatabase } from './with-database.ts'

/** What the first entry says, before anything else of the file is read. */
export interface About extends Shape {
  what: 'Longrun backup'
  version: string
  madeAt: string
  /** Fingerprints of the keys that sealed the secrets in it, newest first. */
  keys: string[]
}

/** What the manifest says at the end. */
export interface BackupFacts {
  rows: Record<string, number>
  mediaFiles: number
  /** Named by a row, but not on the disk any more. */
  mediaMissing: string[]
}

export interface BackupResult extends BackupFacts {
  bytes: number
}

export const aboutName = 'about.json'
export const keyName = 'secret.key'

export async function backup({ args, env }: Invocation): Promise<number> {
  const options = { 'with-key': { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const withKey = values['with-key']
  const [file, ...rest] = positionals
  if (!file || rest.length > 0) throw new SetupError('Name one file: longrun backup FILE')
  await withDatabase(env, async ({ config, database }) => {
    const path = resolve(file)
    const result = await writeBackup(path, { config, database, withKey })
    const key = env.LONGRUN_SECRETS ? 'LONGRUN_SECRETS' : join(config.dataDir, keyName)
    process.stdout.write(`${summaryOf(path, result)}\n${withKey ? keyInside : keyOutside(key)}\n`)
  })
  return 0
}

export interface BackupOptions {
  config: Pick<Config, 'dataDir' | 'secrets'>
  database: Pick<Database, 'owner'>
  withKey: boolean
}

/** @throws SetupError when the file cannot be written. Another file of that name is replaced only by a complete one. */
export async function writeBackup(path: string, { config, database, withKey }: BackupOptions): Promise<BackupResult> {
  const client = await database.owner.connect()
  const archive = createArchive(path)
  try {
    const facts = await inSnapshot(client, (shape) => writeAll(archive, client, { shape, config, withKey }))
    const bytes = await archive.finish(facts)
    client.release()
    return { ...facts, bytes }
  } catch (error) {
    // A table may be half read: the connection is of no use to anybody.
    client.release(true)
    await archive.abandon()
    throw writingError(error, path)
  }
}

async function writeAll(
  archive: ArchiveWriter,
  client: PoolClient,
  { shape, config, withKey }: { shape: Shape; config: BackupOptions['config']; withKey: boolean },
): Promise<BackupFacts> {
  const about: About = {
    what: 'Longrun backup',
    version: productVersion,
    madeAt: new Date().toISOString(),
    keys: config.secrets.map(fingerprint),
    ...shape,
  }
  await archive.add(aboutName, Buffer.from(`${JSON.stringify(about, null, 2)}\n`))
  if (withKey) await archive.add(keyName, Buffer.from(`${config.secrets.join('\n')}\n`))
  const rows = await writeTables(archive, client, shape)
  const media = await writeMedia(archive, client, mediaFolder(config))
  return { rows, ...media }
}

async function writeTables(archive: ArchiveWriter, client: PoolClient, shape: Shape): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const table of shape.tables) {
    const pieces = copyOut(client, table)
    for (let number = 1; ; number++) {
      const piece = await pieces.next()
      if (piece.done) {
        rows[table.name] = piece.value
        break
      }
      await archive.add(`tables/${table.name}/${String(number).padStart(6, '0')}`, piece.value)
    }
  }
  return rows
}

/** Files are named by their content, so that one which was read under its name is the right one for ever. */
async function writeMedia(archive: ArchiveWriter, client: PoolClient, folder: string) {
  const found = await client.query<{ sha256: string }>(
    'select sha256 from media union select sha256 from renditions order by 1',
  )
  const mediaMissing: string[] = []
  for (const { sha256 } of found.rows) {
    const file = await openFile(folder, sha256).catch((error) => {
      if (error instanceof Refusal) return null
      throw error
    })
    if (!file) {
      mediaMissing.push(sha256)
      continue
    }
    const seen = await archive.addStream(
      join('media', sha256),
      file.bytes,
      Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]),
    )
    if (seen !== sha256)
      throw new SetupError(
        `The media file ${sha256} is damaged on the disk: its content does not fit its name. Nothing was written.`,
      )
  }
  return { mediaFiles: found.rows.length - mediaMissing.length, mediaMissing }
}

/** Tells keys apart and tells nothing about them. */
export const fingerprint = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, 'longrun', 'backup fingerprint', 6)).toString('hex')

function writingError(error: unknown, path: string): unknown {
  const { code } = error as { code?: string }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new SetupError(`The disk is full: ${path} could not be written, and nothing is left of it.`)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SetupError(`There is no folder for ${path}.`)
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EISDIR')
    return new SetupError(`${path} cannot be written (${code}).`)
  return error
}

function summaryOf(path: string, { rows, mediaFiles, mediaMissing, bytes }: BackupResult): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const missing =
    mediaMissing.length === 0
      ? ''
      : `\n${mediaMissing.length} media files were not on the disk; the manifest names them.`
  return `Backup written to ${path}: ${total} rows, ${mediaFiles} media files, ${(bytes / 1e6).toFixed(1)} MB.${missing}`
}

const keyInside = 'The key that opens the secrets is in it: keep the file where nobody else can read it.'
const keyOutside = (place: string): string =>
  `The secrets in it are sealed and need the key in ${place}: keep a copy of that key elsewhere, or add --with-key.`
