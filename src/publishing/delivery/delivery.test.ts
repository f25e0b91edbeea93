// Delivery against a real database and a real HTTP network that breaks on demand: never twice, never silently nothing.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
import { closeAfter, closeBefore, rateLimited, status } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { resolveVariant } from '../resolve-variant.ts'
import { schedulePost } from '../schedule-post.ts'
import { cancelPost, holdPost, releasePost } from '../stop-post.ts'
import { wayOfPost } from '../way.ts'
import { createPost, savePost } from '../write-post.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDatabase
let services: PracticeServices
let network: FakeNetwork
let faults: FaultServer
let caller: Caller
let account: string
/** Moves the clock of Longrun without waiting. */
let ahead = 0
const workers: Worker[] = []

beforeAll(async () => {
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

function work(connector: Connector = createFakeConnector()): Worker {
  const worker = startWorker(
    { services, connectorOf: () => connector, media: () => Promise.reject(new Error('no files here')) },
    { pollMs: 20 },
  )
  workers.push(worker)
  return worker
}

let count = 0
async function aScheduledPost(more: Parameters<typeof aDraft>[1] = {}) {
  const text = `Post ${++count} of this run`
  const post = await createPost(services, caller, {
    content: aDraft(text, more),
    variants: [{ accountId: account, content: null }],
  })
  return { text, post: await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } }) }
}

async function stateOf(postId: string) {
  return asSystem(database.db, (tx) =>
    tx.selectFrom('variants').selectAll().where('post_id', '=', postId).executeTakeFirstOrThrow(),
  )
}

const untilState = (postId: string, ...states: string[]) =>
  expect
    .poll(async () => (await stateOf(postId)).state, { timeout: 10_000, interval: 20 })
    .toSatisfy((state: string) => states.includes(state))

const there = (text: string) => network.posts().filter((post) => post.text === text)
const posting: RequestMatch = (request) => request.method === 'POST' && request.path.startsWith('/api/posts')
const lookingUp: RequestMatch = (request) => request.method === 'GET' && request.path.startsWith('/api/posts')

/** Makes everything that waits due at once. */
async function hurry() {
  await asSystem(database.db, (tx) => tx.updateTable('accounts').set({ rest_until: null }).execute())
  await asSystem(database.db, (tx) =>
    tx.updateTable('variants').set({ wake_at: services.clock() }).where('wake_at', 'is not', null).execute(),
  )
}

describe('a due post', () => {
  test('goes out once and shows where it lives', async () => {
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    expect(await stateOf(post.id)).toMatchObject({ remote_id: there(text)[0]!.id, wake_at: null, reason: null })
    const codes = (await wayOfPost(services, caller, { id: post.id })).map((step) => step.code)
    expect(codes).toEqual(['post.created', 'post.scheduled', 'attempt.send', 'attempt.sent', 'part.accepted'])
  })

  test('with a thread and a first comment goes out in order, each part once', async () => {
    const segments = ['one', 'two', 'three'].map((word) => ({ text: `${word} of thread ${count}`, media: [] }))
    const { post } = await aScheduledPost({ segments, firstComment: `comment ${count}` })
    faults.inject(closeAfter, { match: (request) => posting(request) && request.body.includes('two of thread') })
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    const [one, two, three] = segments.map((segment) => there(segment.text))
    expect([one, two, three].map((each) => each!.length)).toEqual([1, 1, 1])
    expect(two![0]!.replyTo).toBe(one![0]!.id)
    expect(three![0]!.replyTo).toBe(two![0]!.id)
  })

  test('that the network takes its time with is asked after until it is out', async () => {
    network.setProcessing(1)
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'processing', 'published')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('is taken by one of two workers only', async () => {
    const posts = await Promise.all(Array.from({ length: 30 }, () => aScheduledPost()))
    work()
    work()
    for (const { post } of posts) await untilState(post.id, 'published')
    for (const { text } of posts) expect(there(text)).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  test('is looked up and found: nothing is sent again', async () => {
    faults.inject(closeAfter, { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    expect(faults.requests.filter(posting)).toHaveLength(1)
  })

  test('of a write that never arrived is looked up, then sent once', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('is kept open while the look-up fails, then a person is asked', async () => {
    faults.inject(closeAfter, { match: posting })
    faults.inject(status(500), { match: lookingUp, times: 50 })
    const { text, post } = await aScheduledPost()
    work()
    await expect
      .poll(
        async () => {
          await hurry()
          return (await stateOf(post.id)).state
        },
        { timeout: 15_000, interval: 50 },
      )
      .toBe('unconfirmed')
    expect(there(text)).toHaveLength(1)
    expect((await stateOf(post.id)).wake_at).toBeNull()
  })

  test('on a network without look-up or key waits for a person, and each of the three answers works', async () => {
    const blind = createFakeConnector({ idempotent: false, searchable: false })
    faults.inject(closeAfter, { match: posting, times: 2 })
    faults.inject(closeBefore, { match: posting, times: 1 })
    const posts = [await aScheduledPost(), await aScheduledPost(), await aScheduledPost()] as const
    work(blind)
    for (const { post } of posts)
      await expect
        .poll(
          async () => {
            await hurry()
            return (await stateOf(post.id)).state
          },
          { timeout: 15_000 },
        )
        .toBe('unconfirmed')
    const [isThere, notThere, forgotten] = [
      posts.find(({ text }) => there(text).length === 1)!,
      posts.find(({ text }) => there(text).length === 0)!,
      posts.findLast(({ text }) => there(text).length === 1)!,
    ]
    const answer = async (post: { id: string }, decision: 'published' | 'send' | 'forget', url?: string) =>
      resolveVariant(services, caller, { id: post.id, variant: (await stateOf(post.id)).id, decision, url })
    await expect(answer(isThere.post, 'published')).rejects.toThrow('address-needed')
    await answer(isThere.post, 'published', 'https://example.org/1')
    await answer(notThere.post, 'send')
    await answer(forgotten.post, 'forget')
    await untilState(notThere.post.id, 'published')
    expect(await stateOf(isThere.post.id)).toMatchObject({ state: 'published', remote_url: 'https://example.org/1' })
    expect((await stateOf(forgotten.post.id)).state).toBe('cancelled')
    for (const { text } of posts) expect(there(text)).toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  /** Leaves a variant exactly as a killed worker does: claimed, perhaps armed, its lease running out. */
  async function killedAfter(postId: string, sent: boolean) {
    const dying: Connector = createFakeConnector()
    const stuck = new Promise<never>(() => {})
    const frozen: Connector = {
      ...dying,
      publish: { ...dying.publish!, ...(sent ? { submit: () => stuck } : { prepare: () => stuck }) },
    }
    const worker = startWorker(
      { services, connectorOf: () => frozen, media: () => stuck },
      { pollMs: 20, stopWithinMs: 0 },
    )
    await untilState(postId, 'sending')
    if (sent)
      await expect
        .poll(
          async () =>
            (await asSystem(database.db, (tx) => tx.selectFrom('parts').select('sent_at').execute())).at(-1)?.sent_at ??
            null,
        )
        .not.toBeNull()
    void worker.stop()
    ahead += 31_000
  }

  test('before the write leaves a post that is simply sent', async () => {
    const { text, post } = await aScheduledPost()
    await killedAfter(post.id, false)
    work()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('after the write was permitted leaves a post that is looked up first', async () => {
    const { text, post } = await aScheduledPost()
    await killedAfter(post.id, true)
    work()
    await untilState(post.id, 'looking-up', 'published')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    const codes = (await wayOfPost(services, caller, { id: post.id })).map((step) => step.code)
    expect(codes).toContain('outcome.unknown')
    expect(codes).toContain('attempt.look-up')
  })
})

describe('a network that says no', () => {
  test('to the content ends the post with the reason', async () => {
    faults.inject(status(422, { body: JSON.stringify({ error: 'forbidden-word' }) }), { match: posting })
    const { post } = await aScheduledPost()
    work()
    await untilState(post.id, 'rejected')
    expect((await stateOf(post.id)).reason).toMatchObject({ kind: 'rejected' })
  })

  test('for now (429) rests the whole account and goes on afterwards', async () => {
    faults.inject(rateLimited(60), { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'scheduled')
    const other = await aScheduledPost()
    await expect
      .poll(async () => (await stateOf(other.post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'rate-limited' })
    await hurry()
    await untilState(post.id, 'published')
    await untilState(other.post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('to an expired token renews it once, also with many posts at a time', async () => {
    network.expireTokens()
    const posts = await Promise.all(Array.from({ length: 8 }, () => aScheduledPost()))
    work()
    for (const { text, post } of posts) {
      await untilState(post.id, 'published')
      expect(there(text)).toHaveLength(1)
    }
  })

  test('to the account parks what was due and asks for a new connection', async () => {
    const own = await aPracticeAccount(services, caller, network, faults.url)
    const handle = (
      await asSystem(database.db, (tx) =>
        tx.selectFrom('accounts').select('handle').where('id', '=', own).executeTakeFirstOrThrow(),
      )
    ).handle
    network.revoke(handle.replace('@', ''))
    const post = await createPost(services, caller, {
      content: aDraft('to a lost account'),
      variants: [{ accountId: own, content: null }],
    })
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    work()
    await untilState(post.id, 'parked')
    const lost = await asSystem(database.db, (tx) =>
      tx.selectFrom('accounts').select('state').where('id', '=', own).executeTakeFirstOrThrow(),
    )
    expect(lost.state).toBe('needs-reconnect')
  })
})

describe('a person', () => {
  test('holds a post: it stays, and goes out when released', async () => {
    const { text, post } = await aScheduledPost()
    await holdPost(services, caller, { id: post.id, reason: 'wait for legal' })
    await work().idle()
    expect(there(text)).toHaveLength(0)
    await releasePost(services, caller, { id: post.id })
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('who edits a scheduled post takes it back to a draft', async () => {
    const { post } = await aScheduledPost()
    const saved = await savePost(services, caller, {
      id: post.id,
      revision: post.revision,
      content: aDraft('other words'),
    })
    expect(saved.state).toBe('draft')
    await work().idle()
    expect(there('other words')).toHaveLength(0)
  })

  test('who cancels never sees it go out', async () => {
    const { text, post } = await aScheduledPost()
    await cancelPost(services, caller, { id: post.id })
    await work().idle()
    expect(there(text)).toHaveLength(0)
  })

  test('cannot rewrite what is out', async () => {
    const { post } = await aScheduledPost()
    work()
    await untilState(post.id, 'published')
    await expect(
      savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('too late') }),
    ).rejects.toThrow('too-late-to-edit')
  })

  test('who saves an older revision is told, and nothing is overwritten', async () => {
    const { post } = await aScheduledPost()
    await savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('first tab') })
    await expect(
      savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('second tab') }),
    ).rejects.toMatchObject({ code: 'edited-elsewhere', status: 409 })
  })
})
