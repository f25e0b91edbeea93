// Answers that come when another worker has taken over: what they prove is kept, and they undo nothing of what came after them.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import {
  aDraft,
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../../test/world/practice.ts'
import type { Connector, Publish } from '../../connectors/contract.ts'
import { ConnectorError } from '../../connectors/errors.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import { asSystem } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { schedulePost } from '../schedule-post.ts'
import { createPost } from '../write-post.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDatabase
let services: PracticeServices
let network: FakeNetwork
let caller: Caller
let account: string
/** Moves the clock of Longrun without waiting. */
let ahead = 0
const workers: Worker[] = []

beforeAll(async () => {
  database = await testDatabase()
  services = practiceServices(database.db, { clock: () => new Date(Date.now() + ahead) })
  network = await startFakeNetwork({ idempotency: false })
  caller = await anOrganisation(database.db)
  account = await aPracticeAccount(services, caller, network)
})
afterEach(async () => void (await Promise.all(workers.splice(0).map((worker) => worker.stop()))))
afterAll(async () => {
  await network.stop()
  await database.close()
})

/** A network that can be asked, and makes a second post of a second request. */
const plain = createFakeConnector({ idempotent: false })

function work(submit: Publish['submit'] = plain.publish!.submit): void {
  const connector: Connector = { ...plain, publish: { ...plain.publish!, submit } }
  const media = () => Promise.reject(new Error('no files here'))
  workers.push(startWorker({ services, connectorOf: () => connector, media }, { pollMs: 20 }))
}

let count = 0
async function aDuePost() {
  const text = `Late answer ${++count}`
  const variants = [{ accountId: account, content: null }]
  const post = await createPost(services, caller, { content: aDraft(text), variants })
  await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
  return { text, id: post.id }
}

const variantOf = (postId: string) =>
  asSystem(database.db, (tx) =>
    tx.selectFrom('variants').selectAll().where('post_id', '=', postId).executeTakeFirstOrThrow(),
  )

const partOf = async (postId: string) => {
  const { id } = await variantOf(postId)
  return asSystem(database.db, (tx) =>
    tx.selectFrom('parts').selectAll().where('variant_id', '=', id).executeTakeFirst(),
  )
}

const untilState = (postId: string, state: string) =>
  expect.poll(async () => (await variantOf(postId)).state, { timeout: 10_000, interval: 20 }).toBe(state)

const there = (text: string) => network.posts().filter((post) => post.text === text)
const leaseOver = () => {
  ahead += 31_000
}

describe('an answer that comes after the lease', () => {
  test('and says that the post is out ends it as published, without another look', async () => {
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const post = await aDuePost()
    work(async (...given) => {
      const answer = await plain.publish!.submit(...given)
      reached.resolve()
      await released.promise
      return answer
    })
    await reached.promise
    leaseOver()
    // Another one finds the write in doubt and lets it rest for a moment before it looks.
    work()
    await untilState(post.id, 'looking-up')
    released.resolve()
    await expect.poll(async () => (await partOf(post.id))?.published_at).toBeTruthy()
    ahead += 5_000
    await untilState(post.id, 'published')
    expect(there(post.text)).toHaveLength(1)
    expect(await variantOf(post.id)).toMatchObject({ remote_id: there(post.text)[0]!.id, reason: null, wake_at: null })
  })

  test('and says that nothing was written does not clear the write that was permitted since', async () => {
    const [first, refusal] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [second, lost] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const post = await aDuePost()
    work(async () => {
      first.resolve()
      await refusal.promise
      throw new ConnectorError({ kind: 'unavailable', code: 'busy' })
    })
    await first.promise
    leaseOver()
    work(async (...given) => {
      await plain.publish!.submit(...given)
      second.resolve()
      await lost.promise
      throw new ConnectorError({ kind: 'unknown', code: 'connection-lost' })
    })
    await untilState(post.id, 'looking-up')
    ahead += 5_000
    await second.promise
    refusal.resolve()
    await expect
      .poll(async () => (await variantOf(post.id)).state === 'sending' && (await partOf(post.id))?.sent_at)
      .toBeTruthy()
    await workers.shift()!.stop()
    expect((await partOf(post.id))?.sent_at).not.toBeNull()
    lost.resolve()
    await untilState(post.id, 'looking-up')
    ahead += 5_000
    work()
    await untilState(post.id, 'published')
    expect(there(post.text)).toHaveLength(1)
  })
})

test('a post whose renewal fails after the network refused the token is not kept in doubt', async () => {
  const own = await aPracticeAccount(services, caller, network)
  const variants = [{ accountId: own, content: null }]
  const post = await createPost(services, caller, { content: aDraft('with an ended token'), variants })
  // Somebody else has just begun to renew and will not come back.
  await asSystem(database.db, (tx) =>
    tx.updateTable('accounts').set({ credentials_sealed: null }).where('id', '=', own).execute(),
  )
  const connector: Connector = {
    ...plain,
    publish: {
      ...plain.publish!,
      prepare: async () => ({}),
      submit: () => Promise.reject(new ConnectorError({ kind: 'auth-expired', code: 'expired' })),
    },
  }
  const media = () => Promise.reject(new Error('no files here'))
  await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
  workers.push(startWorker({ services, connectorOf: () => connector, media }, { pollMs: 20 }))
  await untilState(post.id, 'parked')
  expect((await partOf(post.id))?.sent_at).toBeNull()
})
