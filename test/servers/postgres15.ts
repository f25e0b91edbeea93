// Starts Debian's PostgreSQL 15, the oldest version that Longrun accepts by DATABASE_URL, on a fresh database.
import { join } from 'node:path'
import { placeForDatabases } from '../world/memory.ts'
import { partDir, postgresBin } from './cache.ts'
import { copyFolder, execute, freePort, makeRunDir, type RunningServer, startServer, unprivileged } from './process.ts'

/** `url` names the superuser `postgres` and the empty database `postgres`. */
export type Postgres15 = RunningServer & { url: string; port: number }

/** A crash (`kill`) and a `restart` keep what was committed; only a power cut would not, since fsync is off. */
export async function startPostgres15(): Promise<Postgres15> {
  const account = await unprivileged('postgres')
  const dir = await makeRunDir('postgres15', account, placeForDatabases())
  const data = join(dir, 'data')
  await copyFolder(join(partDir('postgres15'), 'data'), data, account)
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'jit=off',
  ]
  const server = await startServer({
    name: 'PostgreSQL 15',
    command: join(postgresBin, 'postgres'),
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    dir,
    account,
    stopSignal: 'SIGINT', // "fast": SIGTERM would wait for every client to leave
    ready: () => execute(join(postgresBin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]),
  })
  return { ...server, url: `postgres://postgres@127.0.0.1:${port}/postgres`, port }
}
