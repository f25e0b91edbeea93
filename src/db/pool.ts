// The application's connections: what opens a transaction travels with its first statement instead of waiting for an answer each.

import type { Writable } from 'node:stream'
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
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

const keptMark = '/* kept */'
/**
 * Put at the end of a statement: each connection keeps its plan, since planning takes several times as long as carrying it out. For those that find
 * few rows by ids, for which one plan is right whatever the ids are, and whose text is nearly always the same.
 */
export const keepPlan = sql.raw<never>(keptMark)

const plannedNames = new Map<string, string>()
const mostPlanned = 150
let planned = 0

const isPlanned = (text: string): boolean => text.startsWith(alone) || text.endsWith(keptMark) || text === speakForOrg

/** The name of the plan of one that keeps it. Undefined: it is planned each time. */
function planOf(text: string): string | undefined {
  if (!plannedNames.has(text) && plannedNames.size < mostPlanned) plannedNames.set(text, `longrun_${planned++}`)
  return plannedNames.get(text)
}

/**
 * A table got another column since a plan was made, by a newer version beside this one: the statement failed, and would each time on this connection. It has
 * another name from now on; whoever repeats their transaction gets their answer.
 */
export const isPlanOutdated = (error: unknown): boolean =>
  (error as { code?: string }).code === '0A000' && /cached plan/.test((error as Error).message)

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
  const dispatch: Query = (text, values) =>
    isPlanned(text) ? client.query({ name: planOf(text), text, values: values as unknown[] }) : send(text, values)
  const { hold, leaveSoon, leaveTogether } = departures(client)
  const query: Query = (text, values) => {
    if (committed && (text === 'commit' || text === 'rollback')) return committed
    // What only read has all of its answers: whoever comes next on this connection queues behind its end, and mostly takes it along.
    if (reads && text === 'commit') {
      leaveSoon()
      send(text).catch(() => {})
      return Promise.resolve(nothing)
    }
    if (!unawaited.has(text)) {
      leaveTogether()
      const answer = dispatch(text, values).catch((error) => {
        if (isPlanOutdated(error)) plannedNames.delete(text)
        throw failed ?? error
      })
      committed = text.startsWith(alone) ? send('commit') : null
      // Its failure is told to whoever commits.
      committed?.catch(() => {})
      return answer
    }
    if (beginnings.has(text)) {
      reads = text === beginReading
      failed = null
      // The one before is over: it must not answer for the end of this one.
      committed = null
      hold()
    }
    // What went wrong first is told by the statement that follows.
    dispatch(text, values).catch((error) => {
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

/** When what is sent leaves for the server. */
function departures(client: pg.PoolClient) {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  let isLeaving = false
  const leave = () => {
    while (stream.writableCorked > 0) stream.uncork()
  }
  return {
    hold: () => stream.cork(),
    /** With what comes next, or when nothing comes. */
    leaveSoon() {
      stream.cork()
      setImmediate(leave)
    },
    /** All that is sent in the same moment leaves in one piece: the server is woken once. */
    leaveTogether() {
      stream.cork()
      if (isLeaving) return
      isLeaving = true
      process.nextTick(() => {
        isLeaving = false
        leave()
      })
    },
  }
}
