// The parts that come from the npm registry: the Bluesky network, Ghost, and two small programs.
import { readdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { nodeBinary } from '../cache.ts'
import { type Part, run } from './build.ts'

const versions = {
  '@atproto/dev-env': '0.6.7',
  '@atproto/api': '0.21.0',
  masto: '8.0.0',
  'oidc-provider': '9.13.3',
  ghost: '6.65.0',
  pnpm: '12.21.0',
} as const
type PackageName = keyof typeof versions

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']

/** npm picks versions by the Node that runs it, so that has to be the one the servers run on. */
function npmEnvironment(headers?: string): NodeJS.ProcessEnv {
  const env = { ...process.env, PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH}` }
  if (headers === undefined) return env
  // From source: the ready-made binary would come from outside the registry, unpinned.
  return { ...env, npm_config_nodedir: headers, npm_config_build_from_source: 'true' }
}

const recipeOf = (...names: PackageName[]): string => names.map((name) => `${name}@${versions[name]}`).join(' ')

async function installInto(part: string, folder: string, ...names: PackageName[]): Promise<void> {
  const dependencies = Object.fromEntries(names.map((name) => [name, versions[name]]))
  const manifest = { private: true, dependencies, allowScripts: { 'better-sqlite3': true } }
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  // No install scripts: nothing but better-sqlite3 needs one, and that is rebuilt by name.
  await run(part, 'npm', ['install', '--ignore-scripts', ...quiet], { cwd: folder, env: npmEnvironment() })
}

/**
 * better-sqlite3 12 built against the headers of Node 24.19 or newer aborts the process at a garbage collection
 * (`RemoveEnvironmentCleanupHook`). The binary interface of all Node 24 is the same, so older headers make a sound one.
 */
const headersVersion = '24.18.0'

/** SQLite for the PDS. The headers to build against come in Node's platform package; those of another Node would not fit. */
async function compileSqlite(folder: string): Promise<void> {
  const work = join(folder, '.headers')
  const platform = `node-${process.platform}-${process.arch}`
  await mkdir(work)
  const fetchHeaders = ['install', '--prefix', work, '--ignore-scripts', '--no-bin-links', ...quiet]
  await run('atproto', 'npm', [...fetchHeaders, `${platform}@${headersVersion}`], {
    cwd: work,
    env: npmEnvironment(),
  })
  const env = npmEnvironment(join(work, 'node_modules', platform))
  await run('atproto', 'npm', ['rebuild', 'better-sqlite3', ...quiet], { cwd: folder, env })
  await run('atproto', nodeBinary, ['-e', 'new (require("better-sqlite3"))(":memory:")'], { cwd: folder })
  await rm(work, { recursive: true })
}

const atproto: Part = {
  name: 'atproto',
  what: 'the Bluesky PDS and PLC directory, and its client; compiles SQLite, about two minutes, 500 MB',
  // A native module fits one ABI of Node.
  recipe: async () =>
    `${recipeOf('@atproto/dev-env', '@atproto/api')} abi ${process.versions.modules} headers ${headersVersion}`,
  lacks: () => undefined,
  build: async (into) => {
    await installInto('atproto', into, '@atproto/dev-env', '@atproto/api')
    await compileSqlite(into)
  },
}

const tools: Part = {
  name: 'tools',
  what: 'masto, an independent client for our Mastodon double, and oidc-provider for sign-on; a few seconds',
  recipe: async () => recipeOf('masto', 'oidc-provider'),
  lacks: () => undefined,
  build: (into) => installInto('tools', into, 'masto', 'oidc-provider'),
}

/** `npm install ghost` fails on its own file: parts, so the tarball is unpacked and pnpm installs by the lock file inside. */
async function installGhost(into: string): Promise<void> {
  const work = join(into, '.work')
  const env = npmEnvironment()
  await installInto('ghost', work, 'pnpm')
  await run('ghost', 'npm', ['pack', `ghost@${versions.ghost}`, '--silent'], { cwd: work, env })
  await run('ghost', 'tar', ['xzf', `ghost-${versions.ghost}.tgz`], { cwd: work })
  const unpacked = join(work, 'package')
  const manifestFile = join(unpacked, 'package.json')
  // `packageManager` would make pnpm fetch exactly that pnpm and stop.
  const { packageManager: _, ...manifest } = JSON.parse(await readFile(manifestFile, 'utf8')) as Record<string, unknown>
  await writeFile(manifestFile, JSON.stringify(manifest))
  // Without scripts SQLite stays unbuilt, which Ghost on MariaDB never loads. The store lies in the draft so that it goes with it.
  const pnpm = [join(work, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs'), 'install', '--prod', '--frozen-lockfile']
  const options = ['--ignore-scripts', '--store-dir', join(work, 'store'), '--reporter=append-only']
  await run('ghost', nodeBinary, [...pnpm, ...options], { cwd: unpacked, env })
  for (const name of readdirSync(unpacked)) await rename(join(unpacked, name), join(into, name))
  await rm(work, { recursive: true, force: true })
}

const ghost: Part = {
  name: 'ghost',
  what: 'Ghost, a blog for the connector tests; about half a minute, 500 MB',
  recipe: async () => recipeOf('ghost'),
  lacks: () => undefined,
  build: installGhost,
}

export const npmParts: Part[] = [atproto, tools, ghost]
