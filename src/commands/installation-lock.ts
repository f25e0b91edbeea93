// One running Longrun for each data folder. The lock is a session of the database itself, so that no crash can leave it behind.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { type Config, SetupError } from '../config.ts'
import { locks } from '../db/locks.ts'
import type { Database } from '../db/open.ts'

/** @throws SetupError when another process has it. The database is left as it was found: the other one uses it. */
export async function takeInstallation(
  database: Database,
  config: Pick<Config, 'dataDir'>,
): Promise<() => Promise<void>> {
  const client: PoolClient = await database.owner.connect()
  client.on('error', () => {})
  const taken = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [locks.installation])
  if (!taken.rows[0]!.ok) {
    client.release()
    database.leaveRunning()
    const address = join(config.dataDir, 'address')
    throw new SetupError(
      `Longrun is already running on ${config.dataDir}${existsSync(address) ? `: ${readFileSync(address, 'utf8').trim()}` : ''}.`,
    )
  }
  return async () => client.release(true)
}
