// Statements of one transaction that need nothing of each other: they leave together, and the server is waited for once.

import { type DatabaseConnection, DummyDriver, PostgresDialect, Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'
import type { Tx } from './tx.ts'

/** Kysely asks for these to begin transactions and to look at the schema; inside of a transaction it does neither. */
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('This is inside of a transaction.')) })
const unused = { config: { dialect }, dialect, driver: new DummyDriver() }

/** Kysely waits for each answer before it sends the next statement of a transaction; this one does not. */
async function withoutWaiting(tx: Tx): Promise<Tx> {
  const executor = tx.getExecutor()
  const connection = await executor.provideConnection(async (own) => own)
  const provider = {
    provideConnection: <T>(consumer: (own: DatabaseConnection) => Promise<T>): Promise<T> => consumer(connection),
  }
  return new Transaction<DB>({ ...unused, executor: executor.withConnectionProvider(provider) })
}

/**
 * `[zone, settings] = await sideBySide(tx, (at) => [readZone(at), readSettings(at)])`. The server carries them out one after the other, in the order
 * in which they are sent, on the same connection and behind the same walls. All have ended when this ends, also when one failed: what failed first is thrown.
 */
export async function sideBySide<const Told extends readonly unknown[]>(
  tx: Tx,
  begin: (at: Tx) => { [Index in keyof Told]: Promise<Told[Index]> },
): Promise<{ -readonly [Index in keyof Told]: Told[Index] }> {
  let failure: { error: unknown } | null = null
  const answers = begin(await withoutWaiting(tx)).map((answer: Promise<unknown>) =>
    answer.catch((error: unknown) => {
      failure ??= { error }
    }),
  )
  const told = await Promise.all(answers)
  if (failure) throw (failure as { error: unknown }).error
  return told as { -readonly [Index in keyof Told]: Told[Index] }
}
