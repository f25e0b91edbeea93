// Longrun as people meet it: a real HTTP server over a real database, with a delivery worker and a practice network that breaks on demand.

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { expect } from 'vitest'
import { mountConnections } from '../../src/accounts/doors.ts'
import { type FakeNetwork, startFakeNetwork } from '../../src/connectors/fake/server.ts'
import { connectorOf } from '../../src/connectors/registry.ts'
import { type FaultServer, startFaultServer } from '../../src/connectors/testing/fault-server.ts'
import { apiPath } from '../../src/contract.ts'
import { asSystem } from '../../src/db/tx.ts'
import { clientAddress } from '../../src/http/client-address.ts'
import type { Mailer } from '../../src/lib/mail.ts'
import { mediaFile } from '../../src/media/actions.ts'
import { mountFiles } from '../../src/media/doors.ts'
import type { Role } from '../../src/people/permissions.ts'
import { mountReviewFiles } from '../../src/publishing/approvals/doors.ts'
import { mountCalendarFeeds } from '../../src/publishing/calendar-feed/doors.ts'
import { startWorker, type Worker } from '../../src/publishing/delivery/worker.ts'
import { lettersOf } from '../../src/publishing/letters/begin-letter.ts'
import { mountLetters } from '../../src/publishing/letters/doors.ts'
import { type Answer, answerOf, type TestApp, type TestSession, testApp } from '../world/app.ts'

export interface Person extends TestSession {
  /** The raw request, for what is not JSON. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export interface Running {
  app: TestApp
  url: string
  network: FakeNetwork
  faults: FaultServer
  /** Milliseconds by which Longrun's clock runs ahead. */
  moved: { ms: number }
  as(role: Role, orgId?: string): Promise<Person>
  /** Anybody, signed in or not. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  work(): Worker
  stopWork(): Promise<void>
  /** Connects a new account of the practice network as this person. */
  connect(person: Person, through?: string): Promise<{ id: string; handle: string; token: string }>
  close(): Promise<void>
}

export interface RunningOptions {
  /** Further hosts that may be private. */
  allow?: string[]
  empty?: true
  mail?: boolean
  /** A real one. */
  mailer?: Mailer
}

export async function startRunning({ allow = [], ...more }: RunningOptions = {}): Promise<Running> {
  const network = await startFakeNetwork()
  const faults = await startFaultServer(network.url)
  const moved = { ms: 0 }
  const port = await freePort()
  const app = await testApp({
    publicUrl: `http://localhost:${port}`,
    clock: () => new Date(Date.now() + moved.ms),
    config: { allowPrivate: [network.host, faults.host, ...allow] },
    mount(hono, doors) {
      mountReviewFiles(hono, services(), clientAddress)
      mountFiles(hono, doors, services())
      mountConnections(hono, doors, services())
      mountCalendarFeeds(hono, services())
      mountLetters(hono, services())
    },
    ...more,
  })
  function services() {
    // The mounts are made while the app is; they look at the services only when somebody asks.
    return new Proxy({} as TestApp['services'], { get: (_, name) => Reflect.get(app.services, name) })
  }
  const server = serve({ fetch: app.app.fetch, hostname: '127.0.0.1', port }) as Server
  await once(server, 'listening')
  const url = `http://127.0.0.1:${port}`
  const workers: Worker[] = []
  const call: Running['call'] = async (method, path, body, headers) =>
    answerOf(await fetch(`${url}${apiPath}${path}`, requestOf(method, body, headers)))
  return {
    ...{ app, url, network, faults, moved, call },
    as: async (role, orgId) => personOver(url, await app.as(role, orgId)),
    work() {
      const delivery = { services: app.services, connectorOf }
      const media: Parameters<typeof startWorker>[0]['media'] = (org, id, wish) =>
        mediaFile(app.services, org, id, wish)
      const letters = (org: string, account: string) => lettersOf(app.services, org, account)
      workers.push(startWorker({ ...delivery, media, letters }, { pollMs: 20 }))
      return workers.at(-1)!
    },
    stopWork: async () => void (await Promise.all(workers.splice(0).map((worker) => worker.stop()))),
    connect: (person, through = network.url) => connectPractice(network, person, through),
    async close() {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()))
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await app.close()
      await faults.stop()
      await network.stop()
    },
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function requestOf(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  if (body === undefined) return { method, headers }
  if (body instanceof FormData) return { method, headers, body }
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

function personOver(url: string, session: TestSession): Person {
  const authorization = `Bearer ${session.token}`
  return {
    ...session,
    fetch: (path, init) => fetch(`${url}${path}`, { ...init, headers: { authorization, ...init?.headers } }),
    call: async (method, path, body, headers) =>
      answerOf(
        await fetch(
          `${url}${apiPath}${path.replace('{org}', session.orgId)}`,
          requestOf(method, body, { authorization, ...headers }),
        ),
      ),
  }
}

async function connectPractice(network: FakeNetwork, person: Person, through: string) {
  const { handle, token } = network.createAccount()
  const values = { url: through, handle, token }
  const answer = await person.call('POST', '/orgs/{org}/accounts', { connector: 'fake', method: 'token', values })
  expect(answer.status).toBe(201)
  return { id: answer.body.id as string, handle, token }
}

// ── What tests say often ────────────────────────────────────────────────────────────────────────────────────────────

export const textOf = (text: string, media: unknown[] = []) => ({ segments: [{ text, media }] })

/** Status, code and field of a refusal. */
export const refusal = ({ status, body }: Answer) => [status, body?.data?.code, body?.data?.field]

export async function newPost(person: Person, accountIds: string[], content: object): Promise<Answer['body']> {
  const variants = accountIds.map((accountId) => ({ accountId }))
  const answer = await person.call('POST', '/orgs/{org}/posts', { content, variants })
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.body
}

export async function scheduled(person: Person, accountId: string, text: string, when: object = { kind: 'now' }) {
  const post = await newPost(person, [accountId], textOf(text))
  const answer = await person.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when })
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  return answer.body
}

export const stateOf = async (person: Person, postId: string): Promise<string> =>
  (await person.call('GET', `/orgs/{org}/posts/${postId}`)).body.state

export const untilState = (person: Person, postId: string, ...states: string[]) =>
  expect
    .poll(() => stateOf(person, postId), { timeout: 15_000, interval: 30 })
    .toSatisfy((state: string) => states.includes(state))

export const there = (running: Running, text: string) => running.network.posts().filter((post) => post.text === text)

/** Nothing of ours failed, and the server still answers. */
export async function expectWell(running: Running): Promise<void> {
  expect(running.app.logged.filter(({ message }) => message === 'A request failed')).toEqual([])
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200)
}

export const countRows = (running: Running, table: 'posts' | 'media' | 'variants' | 'accounts' | 'source_items') =>
  asSystem(running.app.services.db, async (tx) => {
    const { count } = await tx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  })
