// Starts Debian's WordPress under PHP's own web server, already installed and with an application password.
import { join } from 'node:path'
import { credentialsFile, preparedWordpress, readJson } from './cache.ts'
import { type Mariadb, onMariadb } from './mariadb.ts'
import { answers, copyFolder, freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type WordpressCredentials = { username: string; applicationPassword: string }
/** `www` is the folder it serves: a test may put a plugin into `wp-content/mu-plugins` there. */
export type Wordpress = RunningServer & WordpressCredentials & { url: string; www: string }

/** What wp-config.php reads: where the site and its database are. */
export function wordpressEnvironment(mariadb: Mariadb, url: string): Record<string, string> {
  return { WORDPRESS_DB_HOST: `${mariadb.host}:${mariadb.port}`, WORDPRESS_URL: url }
}

async function runWordpress(mariadb: Mariadb): Promise<Wordpress> {
  const dir = await makeRunDir('wordpress')
  const www = join(dir, 'www')
  await copyFolder(preparedWordpress, www)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = ['display_errors=0', 'upload_max_filesize=64M', 'post_max_size=64M', 'sendmail_path=/bin/true']
  const server = await startServer({
    name: 'WordPress',
    command: '/usr/bin/php',
    args: [...settings.flatMap((setting) => ['-d', setting]), '-S', `127.0.0.1:${port}`, '-t', www],
    dir,
    // WordPress may call itself while it answers, which a single worker would wait for without end.
    env: { ...wordpressEnvironment(mariadb, url), PHP_CLI_SERVER_WORKERS: '4' },
    ready: () => answers(`${url}/wp-json/`),
  })
  return { ...server, ...readJson<WordpressCredentials>(join(preparedWordpress, credentialsFile)), url, www }
}

/**
 * The API is at `/wp-json/` under `url`, with Basic auth. A site that shares `options.mariadb` must be the only
 * WordPress there: the database is the site.
 */
export function startWordpress(options: { mariadb?: Mariadb } = {}): Promise<Wordpress> {
  return onMariadb(options.mariadb, runWordpress)
}
