// The application's connections: what opens a transaction travels with its first statement instead of waiting for an answer each.

import type { Writable } from 'node:stream'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'

type Query = (text: string, values?: readonly unknown[]) => Promise<unknown>

/** For which organisation, and with whose eyes (tx.ts). */
export const speakForOrg = "select set_config('longrun.org', $1, true), set_config('longrun.eyes', $2, true)"
export const speakForSystem = "select set_config('longrun.scope', 'system', true)"

/** As Kysely opens a transaction that only reads. */
const beginReading = 'start transaction read only'
const beginnings = new Set(['begin', beginReading])

/**
 * These cannot fail by themselves, and nothing that follows them on the connection is carried out when they did: without
 * `begin` the walls have no organisation to show, after a failed `set_config` the server refuses the rest.
 */
const unawaited = new Set([...beginnings, speakForOrg, speakForSystem])

/**
 * A statement that begins with this is the only one of its transaction. Its commit travels with it, so that the server is asked
 * once, and its plan is kept. For the few that run many times a second, and whose text is nearly always the same.
 */
export const alone = '/* alone */'
const plannedNames = new Map<string, string>()
const mostPlanned = 100

/** The name of the plan of one that is alone. Undefined: it is planned each time. */
function planOf(text: string): string | undefined {
  if (!plannedNames.has(text) && plannedNames.size < mostPlanned) plannedNames.set(text, `longrun_${plannedNames.size}`)
  return plannedNames.get(text)
}

/** What a statement answers that nobody waits for. */
const nothing = { command: 'SELECT', rowCount: 0, rows: [] }

/** A pool for Kysely. With `pipeline`, pg sends a statement at once, also while the answer to the one before is on its way. */
export function eagerPool(settings: pg.PoolConfig): { pool: pg.Pool; forKysely: PostgresPool } {
  const pool = new pg.Pool({ ...settings, pipeline: true })
  // Kysely keeps one connection of its own for each client that it has seen.
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const connect = async () => {
    const client = await pool.connect()
    const seen = known.get(client) ?? eager(client)
    known.set(client, seen)
    return seen
  }
  return { pool, forKysely: { connect, end: () => pool.end(), options: pool.options } }
}

function eager(client: pg.PoolClient): PostgresPoolClient {
  let failed: unknown = null
  let committed: Promise<unknown> | null = null
  let reads = false
  const send = (client.query as Query).bind(client)
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  const uncork = () => {
    while (stream.writableCorked > 0) stream.uncork()
  }
  const query: Query = (text, values) => {
    if (committed && (text === 'commit' || text === 'rollback')) return committed
    // What only read has all of its answers: whoever comes next on this connection queues behind its end.
    if (reads && text === 'commit') {
      send(text).catch(() => {})
      uncork()
      return Promise.resolve(nothing)
    }
    if (!unawaited.has(text)) {
      const isAlone = text.startsWith(alone)
      const sent = isAlone
        ? client.query({ name: planOf(text), text, values: values as unknown[] })
        : send(text, values)
      const answer = sent.catch((error) => Promise.reject(failed ?? error))
      committed = isAlone ? send('commit') : null
      // Its failure is told to whoever commits.
      committed?.catch(() => {})
      // All that was sent since `begin` leaves in one piece: the server is woken once.
      uncork()
      return answer
    }
    if (beginnings.has(text)) {
      reads = text === beginReading
      failed = null
      // The one before is over: it must not answer for the end of this one.
      committed = null
      stream.cork()
    }
    // What went wrong first is told by the statement that follows.
    send(text, values).catch((error) => {
      failed ??= error
    })
    return Promise.resolve(nothing)
  }
  return {
    query: query as PostgresPoolClient['query'],
    release: (discard?: boolean | Error) => client.release(discard),
    get processID() {
      return (client as unknown as { processID: number }).processID
    },
  } as PostgresPoolClient
}
