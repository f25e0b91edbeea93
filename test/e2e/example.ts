// A living example for journeys and pictures: a running Longrun, a practice network, an owner, accounts and a few weeks of posts.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { type FakeNetwork, startFakeNetwork } from '../../src/connectors/fake/server.ts'

export interface Example {
  address: string
  network: FakeNetwork
  org: { id: string; slug: string }
  owner: typeof exampleOwner
  /** Calls the API as the owner. Throws with the answer when it is a refusal. */
  call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
  stop(): Promise<void>
}

export const exampleOwner = {
  name: 'Owner',
  email: 'owner@example.org',
  password: 'a long and good password',
  organisation: 'Harbour Outdoor',
}

export interface ExampleOptions {
  /** Nothing but the installation, for the first start. */
  empty?: boolean
  env?: Record<string, string>
}

/** Starts the real command on a fresh data folder. */
export async function startExample(options: ExampleOptions = {}): Promise<Example> {
  const folder = mkdtempSync(join(tmpdir(), 'longrun-example-'))
  const network = await startFakeNetwork()
  const { address, stop } = await startLongrun(folder, { LONGRUN_ALLOW_PRIVATE: '127.0.0.1,localhost', ...options.env })
  const caller = { token: '' }
  const call = callAs(address, caller)
  const org = { id: '', slug: '' }
  if (!options.empty) {
    const first = await call<{ token: string; organisation: { id: string; slug: string } }>('POST', '/installation', {
      ...exampleOwner,
      timeZone: 'Europe/Berlin',
    })
    caller.token = first.token
    Object.assign(org, first.organisation)
  }
  return {
    address,
    network,
    org,
    owner: exampleOwner,
    call,
    async stop() {
      await stop()
      await network.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Calls the API as whoever has the token; as nobody while it is empty. Throws with the answer when it is a refusal. */
export const callAs =
  (address: string, caller: { token: string }): Example['call'] =>
  async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(caller.token ? { authorization: `Bearer ${caller.token}` } : {}),
      },
      body: body instanceof FormData ? body : body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as Answer
  }

function startLongrun(
  folder: string,
  env: Record<string, string>,
): Promise<{ address: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    env: { ...process.env, LONGRUN_DATA: folder, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  // Asked to stop rather than killed, so that its database stops with it.
  const ask = () => void child.kill('SIGTERM')
  const stop = async () => {
    process.off('exit', ask)
    ask()
    await ended
  }
  process.once('exit', ask)
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.stdout.on('data', (chunk) => {
      said += chunk
      const address = /Longrun is ready: (\S+)/.exec(said)?.[1]
      if (address) resolve({ address, stop })
    })
    child.once('exit', (code) => reject(new Error(`Longrun ended with ${code}: ${said}`)))
  })
}

/** Sockets are named in the query: they do not fit into the host of an address. */
export function addressOf({ host, port, user, password, database }: ClientConfig): string {
  const url = new URL('postgres://localhost')
  url.username = user ?? ''
  url.password = typeof password === 'string' ? password : ''
  url.pathname = database ?? ''
  url.searchParams.set('host', host ?? 'localhost')
  url.searchParams.set('port', String(port ?? 5432))
  return url.href
}

export interface Account {
  id: string
}

/** An account on the practice network, connected as a person does it. */
export function connectPractice(
  { call, org, network }: Pick<Example, 'call' | 'org' | 'network'>,
  handle?: string,
): Promise<Account> {
  const account = network.createAccount(handle)
  const values = { url: network.url, handle: account.handle, token: account.token }
  return call('POST', `/orgs/${org.id}/accounts`, { connector: 'fake', method: 'token', values })
}
