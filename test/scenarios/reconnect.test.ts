// An account that goes and comes back: what was due meanwhile is shown to a person, what lies ahead goes out.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { unparkPosts } from '../../src/publishing/unpark.ts'
import {
  expectWell,
  type Person,
  type Running,
  refusal,
  scheduled,
  startRunning,
  stateOf,
  there,
  untilState,
} from './world.ts'

let running: Running
let owner: Person
beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
})
afterEach(async () => {
  await running.stopWork()
  running.faults.reset()
  await expectWell(running)
})
afterAll(() => running.close())

const minutes = 60_000
const inMinutes = (count: number) => ({
  kind: 'at',
  wall: new Date(Date.now() + running.moved.ms + count * minutes).toISOString().slice(0, 19),
  zone: 'UTC',
})
const reconnect = (
  accountId: string,
  { handle, token }: { handle: string; token: string },
  url = running.network.url,
) =>
  owner.call('POST', '/orgs/{org}/accounts', {
    connector: 'fake',
    method: 'token',
    values: { url, handle, token },
    accountId,
  })

test('posts park while it is gone; after the return future ones go out and missed ones are held', async () => {
  const account = await running.connect(owner)
  const [missed, late, future] = ['missed', 'a little late', 'future'].map(
    (name) => `${name} ${crypto.randomUUID()}`,
  ) as [string, string, string]
  const posts = {
    missed: await scheduled(owner, account.id, missed, inMinutes(1)),
    late: await scheduled(owner, account.id, late, inMinutes(55)),
    future: await scheduled(owner, account.id, future, inMinutes(120)),
  }
  const gone = await owner.call('DELETE', `/orgs/{org}/accounts/${account.id}`)
  expect(gone.body).toMatchObject({ state: 'disconnected', scheduledCount: 3 })

  running.work()
  running.moved.ms += 60 * minutes
  for (const id of [posts.missed.id, posts.late.id]) await untilState(owner, id, 'parked')
  expect(await stateOf(owner, posts.future.id)).toBe('scheduled')
  const { body: parked } = await owner.call('GET', `/orgs/{org}/posts/${posts.missed.id}`)
  expect(parked.variants[0]).toMatchObject({ reason: { code: 'account-not-connected' }, wakeAt: null })
  expect(await unparkPosts(running.app.services)).toBe(0)

  const back = await reconnect(account.id, account)
  expect(back).toMatchObject({ status: 201, body: { id: account.id, state: 'connected', scheduledCount: 3 } })
  expect(await unparkPosts(running.app.services)).toBe(2)
  const { body: held } = await owner.call('GET', `/orgs/{org}/posts/${posts.missed.id}`)
  expect(held).toMatchObject({
    state: 'held',
    variants: [{ reason: { code: 'missed-while-disconnected' }, wakeAt: null }],
  })
  await untilState(owner, posts.late.id, 'published')
  expect(there(running, missed)).toEqual([])

  running.moved.ms += 60 * minutes
  await untilState(owner, posts.future.id, 'published')
  expect(there(running, future)).toHaveLength(1)

  expect((await owner.call('POST', `/orgs/{org}/posts/${posts.missed.id}/release`)).status).toBe(200)
  await untilState(owner, posts.missed.id, 'published')
  expect(there(running, missed)).toHaveLength(1)
})

test('a post in doubt is looked up after the return, however late that is', async () => {
  const account = await running.connect(owner, running.faults.url)
  const text = `in doubt ${crypto.randomUUID()}`
  running.faults.inject(
    { kind: 'close-after' },
    { match: ({ method, path }) => method === 'POST' && path === '/api/posts' },
  )
  const post = await scheduled(owner, account.id, text)
  running.work()
  await untilState(owner, post.id, 'looking-up')
  await owner.call('DELETE', `/orgs/{org}/accounts/${account.id}`)
  running.moved.ms += 1 * minutes
  await untilState(owner, post.id, 'parked')
  running.moved.ms += 300 * minutes
  await reconnect(account.id, account, running.faults.url)
  await unparkPosts(running.app.services)
  await untilState(owner, post.id, 'published')
  expect(there(running, text)).toHaveLength(1)
})

test('another account cannot take its place', async () => {
  const [one, two] = [await running.connect(owner), await running.connect(owner)]
  const answer = await reconnect(one.id, two)
  expect(refusal(answer).slice(0, 2)).toEqual([409, 'another-account'])
  expect((await owner.call('GET', `/orgs/{org}/accounts/${one.id}`)).body.handle).toBe(`@${one.handle}`)
})

test('a wrong key leaves the account as it is', async () => {
  const account = await running.connect(owner)
  await owner.call('DELETE', `/orgs/{org}/accounts/${account.id}`)
  const answer = await reconnect(account.id, { ...account, token: 'wrong' })
  expect(refusal(answer).slice(0, 2)).toEqual([422, 'network-refused'])
  expect((await owner.call('GET', `/orgs/{org}/accounts/${account.id}`)).body.state).toBe('disconnected')
})

test('a disconnected account keeps no credentials, and nothing can be scheduled for it', async () => {
  const account = await running.connect(owner)
  await owner.call('DELETE', `/orgs/{org}/accounts/${account.id}`)
  const row = await asSystem(running.app.services.db, (tx) =>
    tx.selectFrom('accounts').select('credentials_sealed').where('id', '=', account.id).executeTakeFirstOrThrow(),
  )
  expect(row.credentials_sealed).toBeNull()
  const post = await owner.call('POST', '/orgs/{org}/posts', {
    content: { segments: [{ text: 'x', media: [] }] },
    variants: [{ accountId: account.id }],
  })
  const answer = await owner.call('POST', `/orgs/{org}/posts/${post.body.id}/schedule`, { when: { kind: 'now' } })
  expect(refusal(answer)).toEqual([422, 'account-not-connected', 'accountId'])
})
