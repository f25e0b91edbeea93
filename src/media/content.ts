// Keeps the files on disk in step with their rows: a file stays while a row points to it, and one without a row is swept later.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { namedBetween, nameFile, removeFile, type UnnamedFile } from './files.ts'

type Deps = Pick<Services, 'db' | 'config'>

export const mediaFolder = (config: Pick<Services['config'], 'dataDir'>): string => join(config.dataDir, 'media')

/** Gives a file its name together with the row that points to it: whoever clears away this content waits, and then sees the row. */
export async function keepContent<T>(
  services: Deps,
  orgId: string,
  file: UnnamedFile,
  write: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await inOrg(services.db, orgId, async (tx) => {
      await lockContent(tx, file.sha256)
      await nameFile(mediaFolder(services.config), file)
      return write(tx)
    })
  } finally {
    // Gone already, unless the database failed first.
    await rm(file.temporary, { force: true })
  }
}

/** Removes the file unless a row of any organisation points to it. Returns whether a file was removed by this call. */
export function removeUnclaimed(services: Deps, sha256: string): Promise<boolean> {
  return asSystem(services.db, async (tx) => {
    await lockContent(tx, sha256)
    if ((await claimed(tx, [sha256])).size > 0) return false
    return removeFile(mediaFolder(services.config), sha256)
  })
}

const dayMs = 24 * 3600_000

/**
 * Removes files without a row: what a crash left between the file and the row, or between the row and the file. A file
 * older than the first organisation here is not touched: then the folder has served another database before.
 * Returns how many.
 */
export async function sweepFiles(services: Deps & Pick<Services, 'clock'>): Promise<number> {
  const { db, clock, config } = services
  const { began } = await asSystem(db, (tx) =>
    tx
      .selectFrom('organisations')
      .select(({ fn }) => fn.min('created_at').as('began'))
      .executeTakeFirstOrThrow(),
  )
  if (!began) return 0
  let removed = 0
  for await (const found of namedBetween(mediaFolder(config), began, new Date(clock().getTime() - dayMs))) {
    const known = await asSystem(db, (tx) => claimed(tx, found))
    for (const sha256 of found.filter((each) => !known.has(each)))
      if (await removeUnclaimed(services, sha256)) removed += 1
  }
  return removed
}

/** Held until the transaction ends. */
const lockContent = (tx: Tx, sha256: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`media ${sha256}`}, 0))`.execute(tx)

/** Those of these contents that a row of any organisation points to. */
async function claimed(tx: Tx, contents: string[]): Promise<Set<string>> {
  const found = await sql<{ sha256: string }>`
    select sha256 from media where sha256 = any(${contents})
    union select sha256 from renditions where sha256 = any(${contents})`.execute(tx)
  return new Set(found.rows.map(({ sha256 }) => sha256))
}
