// What a connector's test brings to the contract suite, and the verbs that the suite is written in.

import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type {
  Connection,
  Connector,
  Draft,
  ErrorKind,
  Json,
  Part,
  Publish,
  RemoteRef,
  Session,
  Submission,
} from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import type { FaultServer, RequestMatch } from './fault-server.ts'
import { accountOf, createTestSession, type SampleFile, type TestSession } from './session.ts'

export interface NetworkUnderTest {
  /** Stands in front of the network; every request of the connector goes through it. */
  faults: FaultServer
  /** Connects as a person would, with the address of the fault server. */
  connect(session: Session): Promise<Connection>
  /** What really exists on the network, read without the connector. */
  published(): Promise<PublishedPost[]>
  /** Tells the one write that `submit` makes from uploads and reads. */
  isWrite: RequestMatch
  /** The account answers somebody without Longrun; answers the id. Absent: nobody can show it here. */
  saysElsewhere?(text: string): Promise<string>
  /** Passwords and tokens that may occur in no error and no log line. Credentials are added by the suite. */
  secrets?: string[]
  /** Further `host:port` that the connector may reach. */
  allowPrivate?: string[]
  stop(): Promise<void>
}

export interface PublishedPost {
  id: string
  /** May be wrapped in markup; the suite looks for a unique word in it. */
  text: string
  /** Id of the post that this one answers. */
  replyTo?: string | null
  /** Alternative text of each image, in order. Absent: cannot be read back. */
  alts?: string[]
}

export type FaultName = '401' | '403' | '429' | '500' | 'html' | 'empty' | 'huge'

export interface SuiteOptions {
  /** Makes a draft that the network accepts around a text, for example with a title. */
  draft?(text: string): Draft
  /** Kinds by which the network differs from the defaults, each with its reason beside it. */
  kinds?: Partial<Record<FaultName, ErrorKind>>
  /** Names of cases that this network cannot pass, each with its reason beside it. */
  skip?: readonly string[]
}

export interface Stage {
  connector: Connector
  network: NetworkUnderTest
  connection: Connection
  options: SuiteOptions
  /** Every error and log line that the suite saw. */
  seen: string[]
}

/** A word that occurs nowhere else, to find a post by. */
export function mark(): string {
  return `mk${randomBytes(6).toString('hex')}`
}

export function draftOf(stage: Stage, text: string): Draft {
  return stage.options.draft?.(text) ?? { segments: [{ text, media: [] }] }
}

export function sessionOf(stage: Stage, options: { files?: SampleFile[]; signal?: AbortSignal } = {}): TestSession {
  const { network, connection } = stage
  const session = createTestSession({
    ...options,
    allowPrivate: [network.faults.host, ...(network.allowPrivate ?? [])],
    credentials: connection.credentials,
    profile: connection.profile,
  })
  // Networks that rotate credentials on use would otherwise lock the next test out.
  const keep: Session['keep'] = async (renewal) => {
    await session.keep(renewal)
    Object.assign(connection, renewal)
  }
  const log: Session['log'] = (message, facts) => void stage.seen.push(JSON.stringify({ message, facts }))
  return { ...session, keep, log }
}

export function limitsOf({ connector, connection }: Stage) {
  return connector.limits(accountOf(connection.profile))
}

export function publishOf({ connector }: Stage): Publish {
  if (!connector.publish) throw new Error('this connector does not publish')
  return connector.publish
}

export function partOf(draft: Draft, place: Partial<Part> = {}): Part {
  const segment = draft.segments[place.position ?? 0]
  if (!segment) throw new Error('no such segment')
  return { draft, position: 0, role: 'post', segment, root: null, previous: null, dueAt: new Date(), ...place }
}

export async function prepare(stage: Stage, part: Part, key: string, files: SampleFile[] = []): Promise<Json> {
  const publish = publishOf(stage)
  const prepared = publish.prepare ? await publish.prepare(sessionOf(stage, { files }), part, key) : part
  // Longrun stores what was prepared as JSON, so nothing else may survive.
  return JSON.parse(JSON.stringify(prepared)) as Json
}

export async function submit(stage: Stage, prepared: Json, key: string): Promise<RemoteRef> {
  return settled(stage, await publishOf(stage).submit(sessionOf(stage), prepared, key))
}

/** Asks until a post that is being processed has appeared. */
export async function settled(stage: Stage, submission: Submission): Promise<RemoteRef> {
  let now = submission
  for (const end = Date.now() + 60_000; now.state === 'processing'; ) {
    if (Date.now() > end) throw new Error('still processing after a minute')
    await wait(Math.min(1_000, Math.max(10, now.askAgainAt.getTime() - Date.now())))
    const poll = publishOf(stage).poll
    if (!poll) throw new Error('`submit` says processing, but there is no `poll`')
    now = await poll(sessionOf(stage), now.ref)
  }
  return now
}

export async function publishPart(stage: Stage, part: Part, files: SampleFile[] = []): Promise<RemoteRef> {
  const key = mark()
  return submit(stage, await prepare(stage, part, key, files), key)
}

/** The error of a call that has to fail, noted for the search for secrets. */
export async function errorOf(stage: Stage, call: Promise<unknown>): Promise<ConnectorError> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    stage.seen.push(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause ?? '')}`)
    return error
  }
  throw new Error('the call succeeded')
}

export async function publishedWith(stage: Stage, word: string): Promise<PublishedPost[]> {
  return (await stage.network.published()).filter(({ text }) => text.includes(word))
}

export function writes({ network }: Stage): number {
  return network.faults.requests.filter(network.isWrite).length
}

/** Looks a lost write up, as long as the network may need to show it. */
export async function findUntil(stage: Stage, prepared: Json, key: string, since: Date, state: 'published' | 'absent') {
  const { find, settle } = publishOf(stage)
  if (!find) throw new Error('this connector cannot look writes up')
  let found = await find(sessionOf(stage), prepared, key, since)
  for (const end = Date.now() + settle * 1_000 + 5_000; found.state !== state && Date.now() < end; await wait(100)) {
    found = await find(sessionOf(stage), prepared, key, since)
  }
  expect(found.state).toBe(state)
  return found
}
