// Starts Ghost on MariaDB (its SQLite driver aborts under Node 24), already set up and with an Admin API key.
import { join } from 'node:path'
import { compileCache, credentialsFile, nodeBinary, partDir, preparedGhost, readJson } from './cache.ts'
import { type Mariadb, onMariadb } from './mariadb.ts'
import { answers, copyFolder, freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type GhostCredentials = { adminKey: string; ownerEmail: string; ownerPassword: string }
export type GhostServer = RunningServer & { url: string; contentDir: string }
/** `adminKey` is `id:secret` as Ghost shows it; a JWT (HS256, `kid` = id, `aud` = /admin/) is signed with the hex-decoded secret. */
export type Ghost = GhostServer & GhostCredentials

/** Ghost's settings as environment: it reads its settings file from its own folder, which all instances share. */
function configuration(url: string, port: number, mariadb: Mariadb, contentPath: string): Record<string, string> {
  return {
    url,
    server__host: '127.0.0.1',
    server__port: String(port),
    database__client: 'mysql',
    database__connection__host: mariadb.host,
    database__connection__port: String(mariadb.port),
    database__connection__user: mariadb.user,
    database__connection__database: 'ghost',
    mail__transport: 'stub',
    logging__transports: '["stdout"]',
    paths__contentPath: contentPath,
    privacy__useUpdateCheck: 'false',
    privacy__useGravatar: 'false',
    privacy__useIndexNow: 'false',
    security__staffDeviceVerification: 'false', // else signing in wants a code sent by mail
  }
}

/** Runs Ghost on the database `ghost` and on a copy of the folder `content`. */
export async function runGhost(mariadb: Mariadb, content: string): Promise<GhostServer> {
  const dir = await makeRunDir('ghost')
  const contentDir = join(dir, 'content')
  await copyFolder(content, contentDir)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServer({
    name: 'Ghost',
    command: nodeBinary,
    args: ['--import', join(import.meta.dirname, 'loopback.ts'), join(partDir('ghost'), 'index.js')],
    dir,
    cwd: partDir('ghost'), // it looks for its own version there
    env: { NODE_ENV: 'development', ...configuration(url, port, mariadb, contentDir), ...compileCache },
    ready: () => answers(`${url}/ghost/api/admin/site/`),
    limitMs: 180_000, // an empty database is migrated first
  })
  return { ...server, url, contentDir }
}

/** A site that shares `options.mariadb` must be the only Ghost there: the database is the site. */
export function startGhost(options: { mariadb?: Mariadb } = {}): Promise<Ghost> {
  const credentials = readJson<GhostCredentials>(join(preparedGhost, credentialsFile))
  return onMariadb(options.mariadb, async (mariadb) => ({
    ...(await runGhost(mariadb, preparedGhost)),
    ...credentials,
  }))
}
