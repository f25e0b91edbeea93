// Transactions inside an organisation's walls. Every query of organisation data runs in one of these.

import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
import { speakForOrg, speakForSystem } from './pool.ts'
import type { DB } from './schema.gen.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>

/** Runs `work` in a transaction that sees and writes the rows of one organisation only: row-level security holds it. */
export function inOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw(speakForOrg, [orgId]))
    return work(tx)
  })
}

/** As `inOrg`, for what only reads: the database refuses to write, and nobody waits for the end of the transaction. */
export function readInOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await tx.executeQuery(CompiledQuery.raw(speakForOrg, [orgId]))
      return work(tx)
    })
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
