// `longrun reseal`: seals every stored secret with the newest key, row by row while Longrun runs, so that older keys can go.

import { type RawBuilder, sql } from 'kysely'
import { attemptPurpose } from '../accounts/connect.ts'
import { credentialsPurpose } from '../accounts/session.ts'
import { type Config, SetupError } from '../config.ts'
import type { Database } from '../db/open.ts'
import { asSystem, type Tx } from '../db/tx.ts'
import { webhookSecretPurpose } from '../events/deliver.ts'
import { createSealer, type Sealer } from '../lib/seal.ts'
import { isNewestAuthSeal, resealAuth } from '../people/auth-secrets.ts'
import { answerPurpose } from '../people/idempotency.ts'
import { invitationMail, invitationPurpose, passwordResetMail, resetPurpose } from '../people/mails.ts'
import type { Invocation } from './index.ts'
import { withDatabase } from './with-database.ts'

export interface Resealed {
  /** Sealed anew, now. */
  done: number
  /** Sealed with an older key meanwhile, by a Longrun that still puts another key first. */
  left: number
  /** That no given key opens, by column. */
  closed: string[]
}

export async function reseal({ args, env }: Invocation): Promise<number> {
  if (args.length > 0) throw new SetupError('It takes nothing more: longrun reseal')
  const result = await withDatabase(env, ({ config, database }) => resealAll(database, config))
  process.stdout.write(`${summaryOf(result)}\n`)
  return result.left + result.closed.length === 0 ? 0 : 1
}

/** May be run again at any time: what the newest key has sealed stays as it is. */
export async function resealAll({ db }: Pick<Database, 'db'>, { secrets }: Pick<Config, 'secrets'>): Promise<Resealed> {
  const result: Resealed = { done: 0, left: 0, closed: [] }
  const places = placesOf(secrets)
  for (const place of places) {
    for (const key of await onOlderKeys(db, place)) {
      try {
        if (await asSystem(db, (tx) => resealOne(tx, place, key))) result.done += 1
      } catch (error) {
        if (!(error instanceof ClosedError)) throw error
        result.closed.push(`${place.table}.${place.column}`)
      }
    }
  }
  for (const place of places) result.left += (await onOlderKeys(db, place)).length
  return { ...result, left: result.left - result.closed.length }
}

type Row = Record<string, string>

/** A column that holds secrets, in whichever form. */
interface Place {
  table: string
  column: string
  key: string[]
  where?: RawBuilder<unknown>
  isNewest(value: never): boolean
  /** @throws when no key opens it. */
  sealAnew(value: never, row: Row): unknown
}

class ClosedError extends Error {}

async function onOlderKeys(db: Database['db'], place: Place): Promise<Row[]> {
  return asSystem(db, async (tx) => {
    const known = await sql<{ there: boolean }>`select to_regclass(${place.table}) is not null as there`.execute(tx)
    if (!known.rows[0]!.there) return []
    const { rows } = await sql<Row>`select ${columnsOf(place)} from ${sql.table(place.table)}
      where ${sql.ref(place.column)} is not null and ${place.where ?? sql`true`}`.execute(tx)
    return rows.filter((row) => !place.isNewest(row[place.column] as never)).map(({ [place.column]: _, ...key }) => key)
  })
}

/** One row, one transaction: whoever works with it waits a moment at most, and no two locks can wait for each other. */
async function resealOne(tx: Tx, place: Place, key: Row): Promise<boolean> {
  const [table, column] = [sql.table(place.table), sql.ref(place.column)]
  const same = sql.join(
    place.key.map((name) => sql`${sql.ref(name)} is not distinct from ${key[name]}`),
    sql` and `,
  )
  const found = await sql<Row>`select ${columnsOf(place)} from ${table} where ${same} for update`.execute(tx)
  const [row] = found.rows
  if (!row?.[place.column] || place.isNewest(row[place.column] as never)) return false
  const fresh = await Promise.try(() => place.sealAnew(row[place.column] as never, row)).catch(() => {
    throw new ClosedError()
  })
  await sql`update ${table} set ${column} = ${fresh} where ${same}`.execute(tx)
  return true
}

const columnsOf = (place: Place) => sql.join([...place.key, place.column].map((name) => sql.ref(name)))

function placesOf(secrets: string[]): Place[] {
  const sealer = createSealer(secrets)
  const bytes = { isNewest: (value: Buffer) => sealer.isNewest(value) }
  const anew = (purpose: (row: Row) => string) => (value: Buffer, row: Row) =>
    sealer.seal(sealer.open(value, purpose(row)), purpose(row))
  const signIn = {
    key: ['id'],
    isNewest: (value: string) => isNewestAuthSeal(secrets, value),
    sealAnew: (value: string) => resealAuth(secrets, value),
  }
  return [
    {
      table: 'accounts',
      column: 'credentials_sealed',
      key: ['org_id', 'id'],
      ...bytes,
      sealAnew: anew((row) => credentialsPurpose(row.org_id!, row.id!)),
    },
    {
      table: 'connection_attempts',
      column: 'pending_sealed',
      key: ['org_id', 'id'],
      ...bytes,
      sealAnew: anew((row) => attemptPurpose(row.id!)),
    },
    {
      table: 'webhooks',
      column: 'secret_sealed',
      key: ['org_id', 'id'],
      ...bytes,
      sealAnew: anew((row) => webhookSecretPurpose(row.id!)),
    },
    {
      table: 'idempotency_keys',
      column: 'answer_sealed',
      key: ['org_id', 'actor_id', 'key'],
      ...bytes,
      sealAnew: anew((row) => answerPurpose({ orgId: row.org_id ?? null, actorId: row.actor_id!, key: row.key! })),
    },
    { table: 'two_factors', column: 'secret', ...signIn },
    { table: 'two_factors', column: 'backup_codes', ...signIn },
    { table: 'credentials', column: 'access_token', ...signIn },
    { table: 'credentials', column: 'refresh_token', ...signIn },
    letters(sealer, invitationMail.name, 'sealedSecret', (payload) => invitationPurpose(payload.invitationId!)),
    letters(sealer, passwordResetMail.name, 'sealedToken', (payload) => resetPurpose(payload.userId!)),
  ]
}

/** Letters that wait in the queue, also one that is being sent and may have to be sent again. */
function letters(sealer: Sealer, name: string, field: string, purpose: (payload: Row) => string): Place {
  const bytesOf = (payload: Row): Buffer => Buffer.from(payload[field]!, 'base64')
  return {
    table: 'pgboss.job',
    column: 'data',
    key: ['name', 'id'],
    where: sql`name = ${name} and state in ('created', 'retry', 'active')`,
    isNewest: (payload: Row) => sealer.isNewest(bytesOf(payload)),
    sealAnew: (payload: Row) => {
      const opened = sealer.open(bytesOf(payload), purpose(payload))
      return JSON.stringify({ ...payload, [field]: sealer.seal(opened, purpose(payload)).toString('base64') })
    },
  }
}

function summaryOf({ done, left, closed }: Resealed): string {
  const lines = [`${done} secrets sealed anew, ${left} left on older keys.`]
  if (left > 0)
    lines.push(
      'A Longrun that runs puts another key first: restart it with these LONGRUN_SECRETS, then run this again.',
    )
  if (closed.length > 0)
    lines.push(`${closed.length} secrets open with none of these keys: ${[...new Set(closed)].join(', ')}.`)
  return lines.join('\n')
}
