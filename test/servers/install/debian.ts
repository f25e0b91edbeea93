// Installs the servers that Debian packages: databases, PHP, WordPress and a browser.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execute } from '../process.ts'
import { type Outcome, run, say, withHeartbeat } from './build.ts'

const packages: Record<string, string> = {
  // Chromium without windows: the same engine and a quarter less work.
  'chromium-headless-shell': 'drives the web app and the sign-in pages of real servers',
  'dovecot-imapd': 'a mailbox for the connector tests',
  'mariadb-server': 'database of WordPress and Ghost',
  'php-cli': 'runs WordPress',
  'php-mysql': 'runs WordPress',
  'php-gd': 'WordPress image sizes',
  'php-xml': 'runs WordPress',
  'php-mbstring': 'runs WordPress',
  'php-curl': 'runs WordPress',
  'php-intl': 'runs WordPress',
  wordpress: 'a blog for the connector tests',
  'wordpress-theme-twentytwentythree': 'without a theme its pages are empty',
  'postgresql-15': 'the oldest database server that Longrun accepts; the index of the Bluesky AppView',
  'redis-server': 'the Bluesky AppView keeps notes there',
}
/** Compilers for the one native module (SQLite in the Bluesky PDS); any that is on the path will do. */
const tools: Record<string, string> = { 'g++': 'g++', make: 'make', python3: 'python3' }

// Debian starts a server as soon as it is installed. The tests start their own, so this says no for the time being;
// the file is void once this script has ended, even if it was killed.
const script = `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nkill -0 %s 2>/dev/null && exit 101\\nexit 0\\n' $$ > $policy
  chmod 755 $policy
  trap 'rm -f $policy' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
have=
for package in "$@"; do
  if apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then have="$have $package"; fi
done
apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $have
`

const onPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))

/** Package → version of everything wanted that is installed. */
export async function installedVersions(names: string[]): Promise<Map<string, string>> {
  const format = '$' + '{Package} $' + '{Version} $' + '{db:Status-Status}\n'
  // dpkg-query fails when one name is unknown, and prints the others all the same.
  const output = await execute('dpkg-query', ['-W', '-f', format, ...names]).then(
    (result) => result.stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const rows = output.split('\n').map((line) => line.split(' '))
  return new Map(rows.filter((row) => row[2] === 'installed').map(([name, version]) => [name ?? '', version ?? '']))
}

async function absentPackages(): Promise<string[]> {
  const names = Object.keys(packages)
  const installed = await installedVersions(names)
  const absentTools = Object.entries(tools).filter(([, command]) => !onPath(command))
  return [...names.filter((name) => !installed.has(name)), ...absentTools.map(([name]) => name)]
}

async function asRoot(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return []
  const allowed = await execute('sudo', ['-n', 'true']).then(
    () => true,
    () => false,
  )
  return allowed ? ['sudo', '-n'] : undefined
}

export async function ensureDebianPackages(): Promise<Outcome> {
  const started = Date.now()
  const outcome = (result: Outcome['result'], note: string): Outcome => {
    return { name: 'debian', result, seconds: (Date.now() - started) / 1000, note }
  }
  if (!onPath('apt-get')) return outcome('skipped', `no apt-get here, so no ${Object.keys(packages).join(', ')}`)
  const absent = await absentPackages()
  if (absent.length === 0) return outcome('present', `${Object.keys(packages).length} packages`)
  const prefix = await asRoot()
  if (!prefix)
    return outcome('skipped', `neither root nor sudo without a password; not installed: ${absent.join(', ')}`)
  say('    debian: installing')
  for (const name of absent) say(`      ${name}: ${packages[name] ?? 'builds a native module'}`)
  const [command = 'sh', ...rest] = [...prefix, 'sh', '-c', script, 'test-servers', ...absent]
  try {
    await withHeartbeat('debian', () => run('debian', command, rest))
  } catch (error) {
    return outcome('failed', String(error))
  }
  const still = await absentPackages()
  if (still.length > 0) return outcome('skipped', `this system does not offer: ${still.join(', ')}`)
  return outcome('installed', absent.join(', '))
}
