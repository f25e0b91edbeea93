// The networks that the publishing benchmark writes to, each in a process of its own, with connected accounts.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sessionOf } from '../../src/accounts/session.ts'
import { createBluesky } from '../../src/connectors/bluesky/index.ts'
import type { Connection, Connector } from '../../src/connectors/contract.ts'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import type { Caller } from '../../src/people/types.ts'
import { moduleInPart } from '../../test/servers/cache.ts'
import { type PdsAccount, startPds } from '../../test/servers/pds.ts'
import { anAccount, type PracticeServices } from '../../test/world/practice.ts'
import type { FakeReport } from './fake-program.ts'

export interface Network {
  connector: Connector
  accountIds: string[]
  pid: number
  stop(): Promise<void>
}

const nobody = { id: '', remoteId: '', handle: '', server: '', instance: null }

// ── The real Bluesky server ─────────────────────────────────────────────────────────────────────────────────────────

export interface PdsNetwork extends Network {
  url: string
  people: PdsAccount[]
}

export async function openPds(services: PracticeServices, caller: Caller, accounts: number): Promise<PdsNetwork> {
  const pds = await startPds()
  const connector = createBluesky({ directory: pds.plcUrl })
  const people: PdsAccount[] = []
  const accountIds: string[] = []
  for (let index = 0; index < accounts; index++) {
    const person = await pds.createAccount(`runner${index}`)
    people.push(person)
    accountIds.push(await anAccount(services, caller, 'bluesky', await connect(services, connector, pds.url, person)))
  }
  return { connector, accountIds, url: pds.url, people, pid: pds.pid(), stop: () => pds.stop() }
}

function connect(
  services: PracticeServices,
  connector: Connector,
  service: string,
  person: PdsAccount,
): Promise<Connection> {
  const method = connector.auth[0]!
  if (method.kind !== 'fields') throw new Error('An app password is given in a form.')
  const session = sessionOf(services, {
    account: nobody,
    credentials: null,
    signal: AbortSignal.timeout(30_000),
    keep: async () => {},
  })
  return method.connect(session, { service, identifier: person.handle, password: person.appPassword })
}

// ── The network's own client, for the reference ─────────────────────────────────────────────────────────────────────

export interface AtpAgent {
  login(input: { identifier: string; password: string }): Promise<unknown>
  com: { atproto: { repo: { putRecord(input: object): Promise<{ data: { uri: string; cid: string } }> } } }
}

/** Signed in with the same app password as Longrun. */
export async function openAgents(network: PdsNetwork): Promise<AtpAgent[]> {
  const { AtpAgent } = (await import(moduleInPart('atproto', '@atproto/api'))) as {
    AtpAgent: new (options: { service: string }) => AtpAgent
  }
  return Promise.all(
    network.people.map(async ({ handle, appPassword }) => {
      const agent = new AtpAgent({ service: network.url })
      await agent.login({ identifier: handle, password: appPassword })
      return agent
    }),
  )
}

// ── The practice network ────────────────────────────────────────────────────────────────────────────────────────────

export interface FakeProcess extends Network {
  url: string
  /** Access tokens of the accounts. */
  tokens: string[]
  /** What is really there. */
  count(): Promise<{ posts: number; texts: number }>
}

export async function openFake(services: PracticeServices, caller: Caller, accounts: number): Promise<FakeProcess> {
  const child = fork(join(import.meta.dirname, 'fake-program.ts'), [String(accounts)], { execArgv: [] })
  const report = await answerOf<FakeReport>(child)
  const accountIds: string[] = []
  for (const account of report.accounts)
    accountIds.push(await anAccount(services, caller, 'fake', connectionOf(report.url, account)))
  return {
    connector: createFakeConnector(),
    accountIds,
    url: report.url,
    tokens: report.accounts.map((account) => account.access),
    pid: child.pid!,
    count() {
      child.send('count')
      return answerOf(child)
    },
    async stop() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

const answerOf = async <T>(child: ChildProcess): Promise<T> => (await once(child, 'message'))[0] as T

const limits = {
  ...{ text: 300, thread: 25, comment: 300, images: 4, imageBytes: 1_000_000, alt: 1_000 },
  imageTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
}

const connectionOf = (server: string, account: FakeReport['accounts'][number]): Connection => ({
  credentials: { access: account.access, refresh: account.refresh },
  expiresAt: new Date(account.expiresAt),
  profile: {
    ...{ remoteId: account.id, handle: account.handle, displayName: account.handle, avatarUrl: null },
    ...{ url: `${server}/@${account.handle}`, server, instance: { name: 'Practice network', limits } },
  },
  scopes: [],
})
