// What a campaign needs of a network: accounts, the way through a fault server, refusals in its own words, and what is really there.

import { sessionOf } from '../../src/accounts/session.ts'
import type { Connection, Connector, Session } from '../../src/connectors/contract.ts'
import { connectorOf } from '../../src/connectors/registry.ts'
import { type FaultServer, startFaultServer } from '../../src/connectors/testing/fault-server.ts'
import { type Fault, status } from '../../src/connectors/testing/faults.ts'
import { guardedFetch } from '../../src/lib/guarded-fetch.ts'
import type { NetworkName } from './plan.ts'

export interface Found {
  id: string
  text: string
  /** Id of what it answers. */
  replyTo: string | null
  /** null: cannot be told here. */
  images: number | null
  /** Whether people can see it; drafts are not posts. */
  visible: boolean
  /** Whether the record that limits answers is there too. */
  gated?: boolean
}

export interface Network {
  name: NetworkName
  connector: Connector
  /** The network's own address. */
  url: string
  faults: FaultServer
  /** As connecting gives it; `account` counts from 0. Called again when consent was lost. */
  connect(account: number): Promise<Connection>
  /** Everything there, read without Longrun's connector. */
  list(): Promise<Found[]>
  /** How the network words that a token has ended, is void, or that the content is refused. */
  words: Record<'expired' | 'revoked' | 'refused', Fault>
  stop(): Promise<void>
}

type Given = Omit<Network, 'faults' | 'connector' | 'connect'> & {
  connectorId: string
  connect(account: number, session: Session): Promise<Connection>
}

/** Puts the fault server before a network that has started. */
export async function behindFaults({ connectorId, connect, ...given }: Given): Promise<Network> {
  const faults = await startFaultServer(given.url)
  return {
    ...given,
    faults,
    connector: connectorOf(connectorId),
    connect: (account) => connect(account, nobody()),
    async stop() {
      await faults.stop()
      await given.stop()
    },
  }
}

function nobody(): Session {
  return sessionOf(
    {
      clock: () => new Date(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      fetch: guardedFetch({ allowedPrivate: ['127.0.0.1', 'localhost'] }),
    },
    {
      account: { id: '', remoteId: '', handle: '', server: '', instance: null },
      credentials: null,
      signal: AbortSignal.timeout(60_000),
      keep: async () => {},
    },
  )
}

export function connectByForm(
  connector: Connector,
  session: Session,
  values: Record<string, string>,
): Promise<Connection> {
  const method = connector.auth.find(({ kind }) => kind === 'fields')
  if (method?.kind !== 'fields') throw new Error(`${connector.name} has no form`)
  return method.connect(session, values)
}

/** Several of Longrun's accounts may be one and the same there; only their rows must differ. */
export const asAnother = (connection: Connection, name: string): Connection => ({
  ...connection,
  profile: { ...connection.profile, remoteId: `${connection.profile.remoteId}#${name}` },
})

export const json = (code: number, body: object): Fault => status(code, { body: JSON.stringify(body) })
