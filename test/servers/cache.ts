// Where the installed servers lie, and which of them are missing on this machine.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export const cacheDir = resolve(process.env.LONGRUN_TEST_CACHE || join(homedir(), '.cache', 'longrun-test'))

/** Longrun's own Node 24: the servers run on it whatever Node runs the tests. */
export const nodeBinary = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node')

export const postgresBin = '/usr/lib/postgresql/15/bin'
export const wordpressSource = '/usr/share/wordpress'

export const partNames = ['atproto', 'tools', 'ghost', 'postgres15', 'sites'] as const
export type PartName = (typeof partNames)[number]

/** The folder of a part; it holds `stampFile` when, and only when, the part is complete. */
export const partDir = (part: PartName): string => join(cacheDir, part)
export const stampFile = '.complete'

export const preparedMariadb = join(partDir('sites'), 'mariadb')
export const preparedWordpress = join(partDir('sites'), 'wordpress')
export const preparedGhost = join(partDir('sites'), 'ghost')
/** A prepared site's credentials, written by its installation and read by its start. */
export const credentialsFile = 'longrun-credentials.json'

/** Environment that lets Node keep compiled code in the cache: it halves the start of the larger servers. */
export const compileCache = { NODE_COMPILE_CACHE: join(cacheDir, 'compiled') }

export type ServerName = 'bluesky' | 'imap' | 'pds' | 'ghost' | 'wordpress' | 'mariadb' | 'postgres15' | 'oidc'

const needs: Record<ServerName, string[]> = {
  bluesky: [
    ...[join(partDir('atproto'), stampFile), '/usr/bin/redis-server'],
    ...[join(postgresBin, 'postgres'), join(partDir('postgres15'), stampFile)],
  ],
  imap: ['/usr/sbin/dovecot', '/usr/lib/dovecot/imap'],
  pds: [join(partDir('atproto'), stampFile)],
  oidc: [join(partDir('tools'), stampFile)],
  postgres15: [join(postgresBin, 'postgres'), join(partDir('postgres15'), stampFile)],
  mariadb: ['/usr/sbin/mariadbd', join(partDir('sites'), stampFile)],
  wordpress: ['/usr/sbin/mariadbd', '/usr/bin/php', join(preparedWordpress, credentialsFile)],
  ghost: ['/usr/sbin/mariadbd', join(partDir('ghost'), stampFile), join(preparedGhost, credentialsFile)],
}

/** What a server lacks here, in words, or undefined when it can be started. */
export function missing(server: ServerName): string | undefined {
  const absent = needs[server].filter((path) => !existsSync(path))
  return absent.length === 0 ? undefined : `${absent.join(' and ')} missing; run bin/test-servers install`
}

/** The address from which a package of the `atproto` or `tools` part is imported; Longrun itself does not depend on it. */
export function moduleInPart(part: 'atproto' | 'tools', packageName: string): string {
  return pathToFileURL(createRequire(join(partDir(part), 'package.json')).resolve(packageName)).href
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
