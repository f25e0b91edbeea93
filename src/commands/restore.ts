// `longrun restore FILE`: fills an empty installation from a backup, all of it or nothing.

import { createWriteStream } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Config, SetupError } from '../config.ts'
import { type Load, LoadError, loading } from '../db/load.ts'
import type { Database } from '../db/open.ts'
import { type ArchiveEntry, ArchiveError, readArchive } from '../lib/archive.ts'
import { mediaFolder } from '../media/content.ts'
import { adoptFile, newTemporaryPath } from '../media/files.ts'
import { doubtRestored } from '../publishing/doubt-restored.ts'
import { type About, aboutName, type BackupFacts, fingerprint, keyName } from './backup.ts'
import type { Invocation } from './index.ts'
import { withDatabase } from './with-database.ts'

const aboutShape = z.object({
  what: z.literal('Longrun backup'),
  version: z.string(),
  madeAt: z.string(),
  keys: z.array(z.string()),
  migrations: z.array(z.string()).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
}) satisfies z.ZodType<About>

export interface RestoreResult {
  about: About
  rows: number
  mediaFiles: number
  /** Posts that came due since the backup and now wait for a person. */
  doubted: number
  /** null: the secrets open with a key that this installation has. */
  keyWords: string | null
}

export async function restore({ args, env }: Invocation): Promise<number> {
  const [file, ...rest] = parseArgs({ args, allowPositionals: true }).positionals
  if (!file || rest.length > 0) throw new SetupError('Name one file: longrun restore FILE')
  const result = await withDatabase(env, ({ config, database }) =>
    readBackup(resolve(file), { config, database, ownKeyFile: !env.LONGRUN_SECRETS }),
  )
  // A second opening gives the application's role its rights on tables that an older backup brought.
  await withDatabase(env, async () => {})
  process.stdout.write(`${summaryOf(result)}\n`)
  return 0
}

export interface RestoreOptions {
  config: Pick<Config, 'dataDir' | 'secrets'>
  database: Pick<Database, 'owner'>
  /** Whether the key lies in the data folder and not in LONGRUN_SECRETS. */
  ownKeyFile: boolean
  now?: Date
}

/** Reads the file twice: once to see that it is whole, then to write. @throws SetupError in one sentence. */
export async function readBackup(path: string, options: RestoreOptions): Promise<RestoreResult> {
  const { about, facts } = await inspect(path)
  const client = await options.database.owner.connect()
  try {
    const written = await loading(client, about, (load) => writeAll(path, { load, about, facts, options }))
    client.release()
    const { key, ...result } = written
    return { about, ...result, keyWords: await keepKey(key, about, options) }
  } catch (error) {
    client.release(true)
    throw restoreError(error, path)
  }
}

async function inspect(path: string): Promise<{ about: About; facts: BackupFacts }> {
  let about: About | null = null
  try {
    const facts = (await readArchive(path, async (entry) => {
      if (entry.name === aboutName) about = aboutShape.parse(JSON.parse(await textOf(entry)))
    })) as BackupFacts
    if (!about) throw new ArchiveError('it does not say what it is')
    return { about, facts }
  } catch (error) {
    throw restoreError(error, path)
  }
}

interface Writing {
  load: Load
  about: About
  facts: BackupFacts
  options: RestoreOptions
}

async function writeAll(path: string, { load, facts, options }: Writing) {
  let key: string | null = null
  let mediaFiles = 0
  await readArchive(path, async (entry) => {
    const [kind, name] = entry.name.split('/')
    if (kind === 'tables') await load.write(name!, entry.content)
    if (kind === 'media') {
      await writeMedia(entry, name!, mediaFolder(options.config))
      mediaFiles += 1
    }
    if (kind === keyName) key = (await textOf(entry)).trim()
  })
  const { rows, tx } = await load.finish()
  const short = Object.keys(rows).find((table) => rows[table] !== facts.rows[table])
  if (short) throw new ArchiveError(`${short} in it is not complete`)
  const doubted = await doubtRestored(tx, options.now ?? new Date())
  return {
    key: key as string | null,
    mediaFiles,
    doubted,
    rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
  }
}

/** A file that is there already has the same content: its name says so. Left-overs of a failed restore harm nobody. */
async function writeMedia(entry: ArchiveEntry, sha256: string, folder: string): Promise<void> {
  const temporary = await newTemporaryPath(folder)
  await pipeline(entry.content, createWriteStream(temporary, { mode: 0o600 }))
  const stored = await adoptFile(temporary, folder)
  if (stored.sha256 !== sha256) throw new ArchiveError(`media/${sha256} in it is not what its name says`)
}

/** An empty installation has sealed nothing yet, so its own key may give way to the one that came with the backup. */
async function keepKey(
  key: string | null,
  about: About,
  { config, ownKeyFile }: RestoreOptions,
): Promise<string | null> {
  if (about.keys.every((each) => config.secrets.map(fingerprint).includes(each))) return null
  const place = ownKeyFile ? join(config.dataDir, keyName) : 'LONGRUN_SECRETS'
  if (key === null)
    return `The secrets in it were sealed with another key: put the key of the old installation into ${place} before anybody signs in.`
  if (ownKeyFile && !key.includes('\n')) {
    await replaceFile(place, `${key}\n`)
    return `Its key was put into ${place}; restart Longrun if it is running.`
  }
  const beside = join(config.dataDir, `${keyName}.restored`)
  await replaceFile(beside, `${key}\n`)
  return `Its keys were put into ${beside}: set LONGRUN_SECRETS to them, newest first, separated by commas, and remove that file.`
}

async function replaceFile(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}

async function textOf({ content }: ArchiveEntry): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function restoreError(error: unknown, path: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (error instanceof ArchiveError)
    return new SetupError(`${path} cannot be restored: ${message}. Nothing was changed.`)
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new SetupError(`${path} is not a backup of Longrun. Nothing was changed.`)
  if (error instanceof LoadError) return new SetupError(loadWords[error.code](path, error.message))
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new SetupError(`${path} cannot be read (${code}).`)
  if (code === 'ENOSPC' || code === '53100') return new SetupError('The disk is full. Nothing was changed.')
  return error
}

const loadWords: Record<LoadError['code'], (path: string, why: string) => string> = {
  'not-empty': (_, why) =>
    `Only an empty installation can be filled from a backup, and this one is in use: ${why}. Set LONGRUN_DATA to a new folder, or DATABASE_URL to an empty database.`,
  newer: (path, why) =>
    `${path} cannot be restored here: ${why}. Update Longrun to at least the version that made it. Nothing was changed.`,
  different: (path, why) => `${path} cannot be restored: ${why}. Nothing was changed.`,
}

function summaryOf({ about, rows, mediaFiles, doubted, keyWords }: RestoreResult): string {
  const lines = [
    `Restored ${rows} rows and ${mediaFiles} media files as of ${about.madeAt} (Longrun ${about.version}).`,
  ]
  if (doubted > 0)
    lines.push(`${doubted} posts came due since then and may be out already: each waits for a person to say so.`)
  if (keyWords) lines.push(keyWords)
  return lines.join('\n')
}
