// Starts a real Bluesky PDS with its PLC directory, without an AppView, from the network's own development kit.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { compileCache, moduleInPart, nodeBinary } from './cache.ts'
import { answers, freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type PdsAccount = { did: string; handle: string; password: string; appPassword: string }

/** Without `restart`: the PLC directory lives in memory, so a restarted network would know none of its accounts. */
export type Pds = Omit<RunningServer, 'restart'> & {
  /** `http://localhost:…`, not 127.0.0.1: it is the PDS's own name for itself, in DID documents and as OAuth issuer. */
  url: string
  plcUrl: string
  /** A new account; handles end in `.test`, which is added where missing. */
  createAccount(handle: string): Promise<PdsAccount>
}

type Session = { did: string; handle: string; accessJwt: string }

async function call<T>(url: string, method: string, input: object, token?: string): Promise<T> {
  const response = await fetch(`${url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

export async function createAccount(url: string, name: string): Promise<PdsAccount> {
  const wanted = name.includes('.') ? name : `${name}.test`
  const password = randomBytes(12).toString('hex')
  const { did, handle, accessJwt } = await call<Session>(url, 'com.atproto.server.createAccount', {
    handle: wanted,
    email: `${wanted.replaceAll('.', '-')}@example.org`,
    password,
  })
  const app = await call<{ password: string }>(
    url,
    'com.atproto.server.createAppPassword',
    { name: 'longrun' },
    accessJwt,
  )
  return { did, handle, password, appPassword: app.password }
}

export async function startPds(): Promise<Pds> {
  const dir = await makeRunDir('pds')
  const [port, plcPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const plcUrl = `http://localhost:${plcPort}`
  const here = import.meta.dirname
  const program = [
    join(here, 'pds-program.ts'),
    moduleInPart('atproto', '@atproto/dev-env'),
    String(port),
    String(plcPort),
  ]
  const { restart: _, ...server } = await startServer({
    name: 'Bluesky PDS',
    command: nodeBinary,
    args: ['--import', join(here, 'loopback.ts'), ...program],
    dir,
    env: { LOG_ENABLED: 'false', ...compileCache },
    ready: async () => (await answers(`${url}/xrpc/_health`)) && answers(`${plcUrl}/_health`),
  })
  return { ...server, url, plcUrl, createAccount: (handle) => createAccount(url, handle) }
}
