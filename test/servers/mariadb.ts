// Starts Debian's MariaDB, which holds the prepared databases of Ghost and WordPress.
import { connect } from 'node:net'
import { join } from 'node:path'
import { preparedMariadb } from './cache.ts'
import { copyFolder, freePort, makeRunDir, type RunningServer, startServer, unprivileged } from './process.ts'

/** The user is `root` without a password, over TCP on loopback. */
export type Mariadb = RunningServer & { url: string; host: string; port: number; user: string; dataDir: string }

/** MariaDB speaks first, so the first byte shows that it takes connections. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(2000, () => socket.destroy(new Error('no greeting')))
    socket.once('data', () => resolve(true)).once('data', () => socket.destroy())
    socket.once('error', reject)
  })
}

/** Starts on a copy of `template`: the prepared data with the sites in it, unless another is named. */
export async function startMariadb(template: string = preparedMariadb): Promise<Mariadb> {
  const account = await unprivileged('mysql')
  const dir = await makeRunDir('mariadb', account)
  const dataDir = join(dir, 'data')
  await copyFolder(template, dataDir, account)
  const port = await freePort()
  const settings = {
    datadir: dataDir,
    port,
    'bind-address': '127.0.0.1',
    socket: join(dir, 'mariadb.sock'),
    'pid-file': join(dir, 'mariadb.pid'),
    'innodb-log-file-size': '16M',
    'innodb-buffer-pool-size': '64M',
    'innodb-flush-log-at-trx-commit': 2, // a crash of the process loses nothing; a power cut may
    'performance-schema': 'OFF',
  }
  const server = await startServer({
    name: 'MariaDB',
    command: '/usr/sbin/mariadbd',
    args: ['--no-defaults', ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)],
    dir,
    account,
    ready: () => greets(port),
  })
  return { ...server, url: `mysql://root@127.0.0.1:${port}`, host: '127.0.0.1', port, user: 'root', dataDir }
}

/** Starts a site on `given`, which stays its owner's, or on a MariaDB of the site's own, which ends with it. */
export async function onMariadb<S extends { stop(): Promise<void> }>(
  given: Mariadb | undefined,
  startSite: (mariadb: Mariadb) => Promise<S>,
): Promise<S> {
  if (given) return startSite(given)
  const mariadb = await startMariadb()
  try {
    const site = await startSite(mariadb)
    const stop = async () => {
      await site.stop()
      await mariadb.stop()
    }
    return { ...site, stop }
  } catch (error) {
    await mariadb.stop()
    throw error
  }
}
