// The parts that are prepared data: an empty PostgreSQL, and a MariaDB with WordPress and Ghost already set up in it.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { credentialsFile, partDir, postgresBin, stampFile, wordpressSource } from '../cache.ts'
import { type GhostCredentials, type GhostServer, runGhost } from '../ghost.ts'
import { type Mariadb, startMariadb } from '../mariadb.ts'
import { copyFolder, execute, makeRunDir, unprivileged } from '../process.ts'
import { wordpressEnvironment } from '../wordpress.ts'
import { type Part, run } from './build.ts'
import { installedVersions } from './debian.ts'

const postgres15: Part = {
  name: 'postgres15',
  what: 'an empty PostgreSQL 15 database',
  recipe: async () => `postgresql-15 ${(await installedVersions(['postgresql-15'])).get('postgresql-15')}`,
  lacks: () => (existsSync(join(postgresBin, 'initdb')) ? undefined : 'the Debian package postgresql-15'),
  build: async (into) => {
    const account = await unprivileged('postgres')
    const dir = await makeRunDir('initdb', account)
    try {
      const options = ['-D', join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']
      await execute(join(postgresBin, 'initdb'), options, { ...account, cwd: dir })
      await copyFolder(join(dir, 'data'), into)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  },
}

const sql = (mariadb: Mariadb, statement: string) =>
  execute('mariadb', [
    '--no-defaults',
    '-h',
    mariadb.host,
    '-P',
    String(mariadb.port),
    '-u',
    mariadb.user,
    '-e',
    statement,
  ])

async function prepareWordpress(mariadb: Mariadb, into: string): Promise<void> {
  const source = join(import.meta.dirname, '..', 'wordpress')
  // Debian links some files to /etc and /var; the links are followed.
  await run('sites', 'cp', ['-rL', wordpressSource, into])
  await cp(join(source, 'wp-config.php'), join(into, 'wp-config.php'))
  await sql(mariadb, 'CREATE DATABASE wordpress CHARACTER SET utf8mb4')
  const env = { PATH: process.env.PATH, ...wordpressEnvironment(mariadb, 'http://127.0.0.1:1') }
  const settings = ['-d', 'display_errors=0', '-d', 'sendmail_path=/bin/true']
  const { stdout } = await execute('php', [...settings, join(source, 'install.php'), into], { env })
  await writeFile(join(into, credentialsFile), stdout)
}

/** What a person does in the browser on first use: create the owner, sign in, add an integration, copy its key. */
async function setUpGhost(ghost: GhostServer): Promise<GhostCredentials> {
  const ownerEmail = 'owner@example.org'
  const ownerPassword = randomBytes(12).toString('hex')
  let cookie = ''
  async function post(path: string, body: object): Promise<{ response: Response; text: string }> {
    const headers = { 'content-type': 'application/json', origin: ghost.url, ...(cookie && { cookie }) }
    const response = await fetch(`${ghost.url}/ghost/api/admin/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    // Ghost saves the session between the headers and the end of the body: without reading to the end the next call may be refused.
    const text = await response.text()
    if (!response.ok) throw new Error(`Ghost ${path}: ${response.status} ${text}`)
    return { response, text }
  }
  const owner = { name: 'Owner', email: ownerEmail, password: ownerPassword, blogTitle: 'Longrun test blog' }
  await post('authentication/setup/', { setup: [owner] })
  const session = await post('session/', { username: ownerEmail, password: ownerPassword })
  cookie = session.response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const made = await post('integrations/?include=api_keys', { integrations: [{ name: 'Longrun' }] })
  type Integrations = { integrations: { api_keys: { type: string; secret: string }[] }[] }
  const keys = (JSON.parse(made.text) as Integrations).integrations[0]?.api_keys ?? []
  const adminKey = keys.find((key) => key.type === 'admin')?.secret
  if (adminKey === undefined) throw new Error('Ghost gave the integration no admin key')
  return { adminKey, ownerEmail, ownerPassword }
}

async function prepareGhost(mariadb: Mariadb, into: string): Promise<void> {
  await sql(mariadb, 'CREATE DATABASE ghost CHARACTER SET utf8mb4')
  const ghost = await runGhost(mariadb, join(partDir('ghost'), 'content'))
  try {
    const credentials = await setUpGhost(ghost)
    await ghost.kill('SIGTERM')
    await copyFolder(ghost.contentDir, into)
    await writeFile(join(into, credentialsFile), JSON.stringify(credentials))
  } finally {
    await ghost.stop()
  }
}

const hasWordpress = (): boolean => existsSync(wordpressSource) && existsSync('/usr/bin/php')
const hasGhost = (): boolean => existsSync(join(partDir('ghost'), stampFile))

async function prepareSites(into: string): Promise<void> {
  const account = await unprivileged('mysql')
  const dir = await makeRunDir('mariadb-install', account)
  const empty = join(dir, 'data')
  const user = account ? ['--user=mysql'] : []
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db', '--innodb-log-file-size=16M']
  await run('sites', 'mariadb-install-db', ['--no-defaults', ...user, `--datadir=${empty}`, ...options])
  const mariadb = await startMariadb(empty).finally(() => rm(dir, { recursive: true, force: true }))
  try {
    if (hasWordpress()) await prepareWordpress(mariadb, join(into, 'wordpress'))
    if (hasGhost()) await prepareGhost(mariadb, join(into, 'ghost'))
    await mariadb.kill('SIGTERM') // a clean end, so that no start from this copy has anything to recover
    await copyFolder(mariadb.dataDir, join(into, 'mariadb'))
  } finally {
    await mariadb.stop()
  }
}

const sites: Part = {
  name: 'sites',
  what: 'WordPress and Ghost, set up in one MariaDB and with their keys; about half a minute',
  recipe: async () => {
    const found = await installedVersions(['mariadb-server', 'wordpress', 'wordpress-theme-twentytwentythree'])
    const debian = [...found].map(([name, version]) => `${name} ${version}`)
    return [...debian.sort(), hasGhost() ? 'with ghost' : 'without ghost'].join(', ')
  },
  lacks: () => (existsSync('/usr/sbin/mariadbd') ? undefined : 'the Debian package mariadb-server'),
  build: prepareSites,
}

export const databaseParts: Part[] = [postgres15, sites]
