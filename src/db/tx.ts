// Transactions inside an organisation's walls. Every query of organisation data runs in one of these.

import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely'
import { isPlanOutdated, speakForOrg, speakForSystem } from './pool.ts'
import type { DB } from './schema.gen.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>

/**
 * For whom a transaction looks at what stands behind the walls of departments: a member sees their own department's, work without a
 * person everything, nobody (null) nothing of it. A database that was never given to anybody is seen by nobody: nothing walled is there (migrations/0035-walls.sql).
 */
export type Eyes = 'all' | { memberId: string } | null

const eyesOf = new WeakMap<Db, string>()

/** The same database, looked at for somebody: handed down to whatever serves them, so that no query has to think of it. */
export function seenBy(db: Db, eyes: Eyes): Db {
  const seen = db.withoutPlugins()
  eyesOf.set(seen, eyes === 'all' ? 'all' : (eyes?.memberId ?? ''))
  return seen
}

const speaking = (db: Db, orgId: string) => CompiledQuery.raw(speakForOrg, [orgId, eyesOf.get(db) ?? ''])

/**
 * From here on the transaction sees everything: for what a person does to things that they need not see, such as a hold over all that goes
 * out, or handing a conversation to a department that is a wall. Nothing read after this may be shown to them.
 */
export const lookEverywhere = (tx: Tx): Promise<unknown> =>
  sql`select set_config('longrun.eyes', 'all', true)`.execute(tx)

/** Runs `work` in a transaction that sees and writes the rows of one organisation only: row-level security holds it. */
export function inOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(speaking(db, orgId))
    return work(tx)
  })
}

/**
 * As `inOrg`, for what only reads: the database refuses to write, and nobody waits for the end of the transaction. `work` is done once more where a
 * newer version has changed a table under a plan that was kept.
 */
export async function readInOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const read = () =>
    db
      .transaction()
      .setAccessMode('read only')
      .execute(async (tx) => {
        await tx.executeQuery(speaking(db, orgId))
        return work(tx)
      })
  try {
    return await read()
  } catch (error) {
    if (!isPlanOutdated(error)) throw error
    return read()
  }
}

/**
 * Runs `work` across all organisations: for sweeps, sign-in and installation-wide upkeep alone. Whatever serves a person's
 * request uses `inOrg`.
 */
export function asSystem<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw(speakForSystem))
    return work(tx)
  })
}
