// One running Longrun for each data folder. The lock is a session of the database itself, so that no crash can leave it behind.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { type Config, SetupError } from '../config.ts'
import { locks } from '../db/locks.ts'
import type { Database } from '../db/open.ts'

const retryMs = 500

/**
 * Holds the lock until the answer is called, also across a restart of the database server.
 * @throws SetupError when another process has it. The database is left as it was found: the other one uses it.
 */
export async function takeInstallation(
  database: Database,
  config: Pick<Config, 'dataDir'>,
): Promise<() => Promise<void>> {
  const client = await tryToTake(database)
  if (client) return keep(database, client)
  database.leaveRunning()
  const address = join(config.dataDir, 'address')
  throw new SetupError(
    `Longrun is already running on ${config.dataDir}${existsSync(address) ? `: ${readFileSync(address, 'utf8').trim()}` : ''}.`,
  )
}

async function tryToTake({ owner }: Database): Promise<PoolClient | null> {
  const client = await owner.connect()
  const taken = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [locks.installation])
  if (taken.rows[0]!.ok) return client
  client.release()
  return null
}

/** A session that breaks takes the lock with it; a new one takes it up again. */
function keep(database: Database, first: PoolClient): () => Promise<void> {
  let held: PoolClient | null = null
  let over = false
  const hold = (client: PoolClient): void => {
    held = client
    // Stays for good: a server that stops may complain to a session that was given back already.
    client.on('error', () => {
      if (held !== client) return
      held = null
      client.release(true)
      void regain()
    })
  }
  async function regain(): Promise<void> {
    while (!over && !held) {
      await sleep(retryMs, undefined, { ref: false })
      const client = over ? null : await tryToTake(database).catch(() => null)
      if (client && over) client.release(true)
      else if (client) hold(client)
    }
  }
  hold(first)
  return async () => {
    over = true
    const last = held
    held = null
    last?.release(true)
  }
}
