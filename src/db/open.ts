// Opens the database of the configuration, brings its schema up to date, and hands out connections that cannot leave the walls.

import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Config, SetupError } from '../config.ts'
import type { Log } from '../lib/log.ts'
import { startEmbedded } from './embedded.ts'
import { locks } from './locks.ts'
import { migrate } from './migrate.ts'
import { type Notices, openNotices } from './notices.ts'
import { eagerPool } from './pool.ts'
import type { DB } from './schema.gen.ts'
import type { Db } from './tx.ts'

export interface Database {
  db: Db
  /** For what is not organisation data: the queue's own tables, backup, migration. Runs as the owner of the schema. */
  owner: pg.Pool
  /** What other processes tell. */
  notices: Notices
  applied: string[]
  close(): Promise<void>
  /** After this, closing leaves the embedded server to the process that uses it. */
  leaveRunning(): void
}

const appRole = 'longrun_app'
const oldestServer = 150_000

// Counts and sequence numbers stay below 2^53; strings would only invite mistakes.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// Wall times have no zone: they stay text and are read with Temporal.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMP, (text) => text.replace(' ', 'T'))
// A day as a calendar has it is no instant.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, log: Log): Promise<Database> {
  const embedded = config.databaseUrl ? null : await startEmbedded(config.dataDir, log)
  try {
    const opened = await openAt(config.databaseUrl ? { connectionString: config.databaseUrl } : embedded!.connection)
    let stopsServer = true
    return {
      ...opened,
      leaveRunning: () => {
        stopsServer = false
      },
      close: async () => {
        try {
          await opened.close()
        } finally {
          await (stopsServer ? embedded?.stop() : embedded?.leave())
        }
      },
    }
  } catch (error) {
    await (embedded?.found ? embedded.leave() : embedded?.stop())
    throw error
  }
}

/** Opens a running server. @throws SetupError in one sentence when that is impossible. */
export async function openAt(connection: pg.ClientConfig): Promise<Database> {
  const { applied, role } = await setUp(connection)
  const settings = { application_name: 'longrun', connectionTimeoutMillis: 10_000, keepAlive: true }
  const { pool, forKysely } = eagerPool({
    ...(role ? actingAs(role, connection) : connection),
    ...settings,
    max: 16,
    // A process that was frozen in the middle of a transaction must not hold everybody else's rows until it wakes.
    idle_in_transaction_session_timeout: 10_000,
  })
  const owner = new pg.Pool({ ...connection, ...settings, max: 4 })
  // A broken connection is replaced by the pool, idle or in use; without listeners on both it would end the process.
  for (const each of [pool, owner]) {
    each.on('error', () => {})
    each.on('connect', (client) => void client.on('error', () => {}))
  }
  const notices = openNotices(connection)
  const close = async () => {
    await notices.close()
    await pool.end()
    await owner.end()
  }
  try {
    await mustBeWalled(pool, role)
  } catch (error) {
    await close()
    throw error
  }
  return {
    db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: forKysely }) }),
    owner,
    notices,
    applied,
    close,
    leaveRunning: () => {},
  }
}

/** pg prefers the options of an address to those beside it; so ours are joined to them, last, where they win. */
function actingAs(role: string, connection: pg.ClientConfig): pg.ClientConfig {
  const [address, query = ''] = connection.connectionString?.split(/\?(.*)/s) ?? []
  const params = new URLSearchParams(query)
  const options = [...params.getAll('options'), connection.options, `-c role=${role}`].filter(Boolean).join(' ')
  if (!params.has('options')) return { ...connection, options }
  params.delete('options')
  return { ...connection, connectionString: `${address}?${params}`, options }
}

/** Asked of the server itself: what stands between may drop options, and somebody may have given the role more rights. */
async function mustBeWalled(pool: pg.Pool, role: string | null): Promise<void> {
  const { rows } = await pool.query<{ name: string; free: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
  )
  const { name, free } = rows[0]!
  if (role && name !== role)
    throw new SetupError(
      `The database lets Longrun act as ${name} instead of ${role}, and the walls between organisations need that. What stands before the database must pass on the connection's options.`,
    )
  if (free)
    throw new SetupError(
      `The database user ${name} bypasses row-level security, the walls between organisations. Take SUPERUSER and BYPASSRLS from it.`,
    )
}

async function setUp(connection: pg.ClientConfig): Promise<{ applied: string[]; role: string | null }> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new SetupError(`The database cannot be reached: ${reason(error)}. Check DATABASE_URL.`)
  }
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num')
    if (Number(version.rows[0]!.server_version_num) < oldestServer)
      throw new SetupError('The database server is too old: Longrun needs PostgreSQL 15 or newer.')
    const applied = await migrate(client)
    return { applied, role: await applicationRole(client) }
  } finally {
    await client.end()
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  return code === 'ECONNREFUSED' ? 'nothing answers at its address' : message || String(code)
}

/** A role that owns nothing and cannot bypass row-level security; null where our own role is already such a one. */
async function applicationRole(client: pg.Client): Promise<string | null> {
  const self = (
    await client.query<{ rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean; known: boolean }>(
      `select rolsuper, rolbypassrls, rolcreaterole, exists (select from pg_roles where rolname = '${appRole}') as known from pg_roles where rolname = current_user`,
    )
  ).rows[0]!
  if (!self.known && (self.rolsuper || self.rolcreaterole)) {
    // Another installation in the same cluster may create it at the same moment.
    await client.query(
      `do $$ begin create role ${appRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    )
  }
  const usable =
    self.rolsuper ||
    (
      await client.query<{ ok: boolean }>(
        `select coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = '${appRole}'), false) as ok`,
      )
    ).rows[0]!.ok
  if (usable) {
    await grant(client)
    return appRole
  }
  if (self.rolbypassrls)
    throw new SetupError(
      'The database user bypasses row-level security and may not create roles. Give Longrun a user without BYPASSRLS, or one with CREATEROLE.',
    )
  return null
}

/** One transaction: whoever starts at the same moment waits, since the server refuses to grant the same twice at once. */
async function grant(client: pg.Client): Promise<void> {
  await client.query(`
    select pg_advisory_xact_lock(${locks.migration});
    grant usage on schema public to ${appRole};
    grant select, insert, update, delete on all tables in schema public to ${appRole};
    revoke update, delete on events from ${appRole};
    revoke insert, update, delete on migrations from ${appRole};
  `)
}
