// The ground for tests of what follows publishing: a real database, the practice network behind a server of faults, a clock that moves.

import { expect } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import {
  aDraft,
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../test/world/practice.ts'
import { createFakeConnector } from '../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../connectors/testing/fault-server.ts'
import { asSystem } from '../db/tx.ts'
import type { Caller } from '../people/types.ts'
import { startWorker, type Worker } from './delivery/worker.ts'
import { schedulePost } from './schedule-post.ts'
import { createPost } from './write-post.ts'

export interface Ground {
  database: TestDatabase
  services: PracticeServices
  network: FakeNetwork
  faults: FaultServer
  caller: Caller
  account: string
  /** Milliseconds by which Longrun's clock and the network's run ahead. */
  moved: { ms: number }
  variantOf(postId: string): ReturnType<typeof readVariant>
  untilState(postId: string, state: string): Promise<void>
  /** A post that is due now, with a worker that sends it. */
  aPost(more?: Parameters<typeof aDraft>[1], connector?: ReturnType<typeof createFakeConnector>): Promise<string>
  published(more?: Parameters<typeof aDraft>[1]): Promise<{ id: string; variant: string; remoteId: string; at: Date }>
  /** As its author does it, in the network's own app. */
  deleteAtNetwork(remoteId: string): Promise<void>
  /** Between tests: no worker, no faults, no numbers left to read. */
  rest(): Promise<void>
  close(): Promise<void>
}

export async function prepareGround(): Promise<Ground> {
  const database = await testDatabase()
  const moved = { ms: 0 }
  const clock = () => new Date(Date.now() + moved.ms)
  const services = practiceServices(database.db, { clock })
  const network = await startFakeNetwork({ now: clock, tokenLifetime: 400 * 86_400 })
  const faults = await startFaultServer(network.url)
  const caller = await anOrganisation(database.db)
  const account = await aPracticeAccount(services, caller, network, faults.url)
  const variantOf: Ground['variantOf'] = (postId) => readVariant(database, postId)
  const untilState: Ground['untilState'] = (postId, state) =>
    expect.poll(async () => (await variantOf(postId)).state, { timeout: 10_000, interval: 20 }).toBe(state)
  const workers: Worker[] = []
  const aPost: Ground['aPost'] = async (more, connector = createFakeConnector()) => {
    const content = aDraft(`Post ${crypto.randomUUID()}`, more)
    const post = await createPost(services, caller, { content, variants: [{ accountId: account, content: null }] })
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    const media = () => Promise.reject(new Error('no files here'))
    if (workers.length === 0)
      workers.push(startWorker({ services, connectorOf: () => connector, media }, { pollMs: 20 }))
    return post.id
  }
  return {
    ...{ database, services, network, faults, caller, account, moved, variantOf, untilState, aPost },
    async published(more) {
      const id = await aPost(more)
      await untilState(id, 'published')
      const { published_at, id: variant, remote_id } = await variantOf(id)
      return { id, variant, remoteId: remote_id!, at: published_at! }
    },
    async deleteAtNetwork(remoteId) {
      const { author } = network.posts().find(({ id }) => id === remoteId)!
      const authorization = `Bearer ${network.signIn(author).access}`
      const answer = await fetch(`${network.url}/api/posts/${remoteId}`, {
        method: 'DELETE',
        headers: { authorization },
      })
      expect(answer.status).toBe(204)
    },
    async rest() {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()))
      faults.reset()
      await asSystem(database.db, (tx) => tx.updateTable('variants').set({ numbers_due_at: null }).execute())
    },
    async close() {
      await faults.stop()
      await network.stop()
      await database.close()
    },
  }
}

const readVariant = (database: TestDatabase, postId: string) =>
  asSystem(database.db, (tx) =>
    tx.selectFrom('variants').selectAll().where('post_id', '=', postId).executeTakeFirstOrThrow(),
  )
