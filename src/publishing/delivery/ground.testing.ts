// The ground of delivery tests: a real database, a practice network that breaks on demand, and a clock that can be moved.

import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import {
  aDraft,
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../../test/world/practice.ts'
import type { Connector } from '../../connectors/contract.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import { type FaultServer, type RequestMatch, startFaultServer } from '../../connectors/testing/fault-server.ts'
import { asSystem } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { schedulePost } from '../schedule-post.ts'
import { createPost } from '../write-post.ts'
import { startWorker, type Worker } from './worker.ts'

export let database: TestDatabase
export let services: PracticeServices
export let network: FakeNetwork
export let faults: FaultServer
export let caller: Caller
export let account: string
let ahead = 0
const workers: Worker[] = []

/** Call it at the top of a test file: processes that run several files evaluate this one once. */
export function useGround(): void {
  beforeAll(async () => {
    ahead = 0
    database = await testDatabase()
    services = practiceServices(database.db, { clock: () => new Date(Date.now() + ahead) })
    network = await startFakeNetwork()
    faults = await startFaultServer(network.url)
    caller = await anOrganisation(database.db)
    account = await aPracticeAccount(services, caller, network, faults.url)
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    faults.reset()
    network.setProcessing(0)
    await asSystem(database.db, (tx) => tx.updateTable('accounts').set({ rest_until: null }).execute())
  })
  afterAll(async () => {
    await faults.stop()
    await network.stop()
    await database.close()
  })
}

export function work(connector: Connector = createFakeConnector(), unknown: string[] = []): Worker {
  const connectorOf = (id: string) => (unknown.includes(id) ? null : connector)
  const worker = startWorker(
    { services, connectorOf, media: () => Promise.reject(new Error('no files here')) },
    { pollMs: 20 },
  )
  workers.push(worker)
  return worker
}

let count = 0
export async function aScheduledPost(more: Parameters<typeof aDraft>[1] = {}) {
  const text = `Post ${++count} of this run`
  const post = await createPost(services, caller, {
    content: aDraft(text, more),
    variants: [{ accountId: account, content: null }],
  })
  return { text, post: await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } }) }
}

export async function stateOf(postId: string) {
  return asSystem(database.db, (tx) =>
    tx.selectFrom('variants').selectAll().where('post_id', '=', postId).executeTakeFirstOrThrow(),
  )
}

export const untilState = (postId: string, ...states: string[]) =>
  expect
    .poll(async () => (await stateOf(postId)).state, { timeout: 10_000, interval: 20 })
    .toSatisfy((state: string) => states.includes(state))

export const there = (text: string) => network.posts().filter((post) => post.text === text)
export const posting: RequestMatch = (request) => request.method === 'POST' && request.path.startsWith('/api/posts')
export const lookingUp: RequestMatch = (request) => request.method === 'GET' && request.path.startsWith('/api/posts')

/** Makes everything that waits due at once. */
export async function hurry() {
  await asSystem(database.db, (tx) => tx.updateTable('accounts').set({ rest_until: null }).execute())
  await asSystem(database.db, (tx) =>
    tx.updateTable('variants').set({ wake_at: services.clock() }).where('wake_at', 'is not', null).execute(),
  )
}

/** Moves Longrun's clock without waiting. */
export function moveClock(milliseconds: number): void {
  ahead += milliseconds
}

/** Words that no other post of this run has. */
export const freshWords = (word: string): string => `${word} ${++count}`
