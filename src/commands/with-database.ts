// Opens the database for a command that may run beside Longrun, and afterwards leaves the server as it was found.

import { type Config, readConfig, SetupError } from '../config.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { log } from '../lib/log.ts'
import type { Invocation } from './index.ts'
import { takeInstallation } from './installation-lock.ts'

export interface Opened {
  config: Readonly<Config>
  database: Database
}

export async function withDatabase<T>(env: Invocation['env'], work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig(env)
  const database = await openDatabase(config, log)
  try {
    return await work({ config, database })
  } finally {
    if (!config.databaseUrl) await leaveToItsUser(database, config)
    await database.close()
  }
}

/** A Longrun that runs, or was started meanwhile, holds the installation and keeps its server. */
async function leaveToItsUser(database: Database, config: Config): Promise<void> {
  try {
    await (await takeInstallation(database, config))()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
  }
}
