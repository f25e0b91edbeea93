// Longrun itself as a process, started as bin/start starts it, with an owner who is signed in.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { nodeBinary } from '../test/servers/cache.ts'

export const root = join(import.meta.dirname, '..')

export interface Product {
  url: string
  process: ChildProcess
  pid: number
  /** Milliseconds from the start of the process to the line that says it is ready. */
  readyMs: number
  stop(): Promise<void>
}

export interface ProductOptions {
  dataDir: string
  databaseUrl?: string
  /** Further variables of its environment. */
  env?: Record<string, string>
  /** Absent: Node runs src/main.ts directly. */
  command?: string[]
}

export async function startProduct({ dataDir, databaseUrl, command, env }: ProductOptions): Promise<Product> {
  const [program, ...args] = command ?? [nodeBinary, '--max-semi-space-size=8', join(root, 'src/main.ts'), 'start']
  const start = performance.now()
  const child = spawn(program!, args, {
    cwd: root,
    env: {
      // A command of its own may have to install packages, for which npm needs what it is told of proxies and certificates.
      ...(command ? process.env : { PATH: process.env.PATH, HOME: process.env.HOME }),
      ...{ LANG: 'C.UTF-8', HOST: '127.0.0.1', PORT: '0' },
      LONGRUN_DATA: dataDir,
      // As in bin/start.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
      // To look into it: BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=/tmp/profile" npm run bench:api
      NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS ?? '',
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const url = await readyLine(child, () => said.join('').slice(-2000))
  return {
    url,
    process: child,
    pid: child.pid!,
    readyMs: performance.now() - start,
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

function readyLine(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (chunk) => {
      text += String(chunk)
      const found = /Longrun is ready: (\S+)/.exec(text)?.[1]
      if (found) resolve(found.replace(/\/$/, ''))
    })
    child.once('exit', (code) => reject(new Error(`Longrun ended with ${code} before it was ready:\n${said()}`)))
  })
}

export const owner = { name: 'Owner', email: 'owner@example.org', password: 'a password for the benchmark' }

export interface Owner {
  orgId: string
  slug: string
  /** Bearer token of a session, as a person has one. */
  token: string
}

/** Creates the owner by the route of the first start. */
export async function setUp(url: string): Promise<Owner> {
  const response = await fetch(`${url}/api/v1/installation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ ...owner, organisation: 'Runners', timeZone: 'Europe/Berlin' }),
  })
  if (!response.ok) throw new Error(`set-up: ${response.status} ${await response.text()}`)
  const { organisation, token } = (await response.json()) as {
    organisation: { id: string; slug: string }
    token: string
  }
  return { orgId: organisation.id, slug: organisation.slug, token }
}

/** The product's own database, as its only superuser reaches it. */
export const databaseIn = (dataDir: string) => ({
  host: join(dataDir, 'postgres/socket'),
  user: 'longrun',
  database: 'longrun',
  port: 5432,
})
