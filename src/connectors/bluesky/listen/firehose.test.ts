// The firehose of a real server of the network: what people write there is heard, whatever happens to the connection.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pds, type PdsAccount, startPds } from '../../../../test/servers/pds.ts'
import { type FaultServer, startFaultServer } from '../../testing/fault-server.ts'
import * as faults from '../../testing/faults.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { firehoseKind } from './firehose.ts'

let pds: Pds
let front: FaultServer
let author: PdsAccount
let token: string
beforeAll(async () => {
  pds = await startPds()
  front = await startFaultServer(pds.url)
  author = await pds.createAccount('tortoise')
  token = await signIn(author)
}, 120_000)
afterAll(async () => {
  await front?.stop()
  await pds?.stop()
})

async function call<T = { uri: string }>(method: string, input: object, as = token): Promise<T> {
  const response = await fetch(`${pds.url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  const text = await response.text()
  return (text ? JSON.parse(text) : null) as T
}

async function signIn({ handle, password }: PdsAccount): Promise<string> {
  const input = { identifier: handle, password }
  return (await call<{ accessJwt: string }>('com.atproto.server.createSession', input, '')).accessJwt
}

const post = async (text: string, more: object = {}) => {
  const record = { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), ...more }
  return call('com.atproto.repo.createRecord', { repo: author.did, collection: 'app.bsky.feed.post', record })
}

const underTest = (): SourceUnderTest => ({
  values: { server: front.url },
  allowPrivate: [front.host],
  // A record holds no half of a surrogate pair: the server mends it before we see it.
  say: async (text) => (await post(text.toWellFormed())).uri,
  cut: () => front.cut(),
  refuse: (status, headers) => front.inject(faults.status(status, { headers })),
  stop: async () => undefined,
})

listeningSuite('The firehose of a PDS', firehoseKind, async () => underTest())

let listener: Listener
const listen = async (cursor: Listener['cursor'] = null) => {
  listener = listenTo(firehoseKind, underTest(), cursor)
  await expect.poll(() => listener.failure ?? listener.batches, { timeout: 10_000 }).not.toBe(0)
  return listener
}
afterAll(() => listener?.stop())

test('posts, replies, quotes, reposts, deletions, names and ended accounts are told', { timeout: 60_000 }, async () => {
  await listen()
  const text = 'Zürich 🎉 走る https://a.example/1'
  const facets = [
    {
      index: { byteStart: 20, byteEnd: 39 },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://a.example/1' }],
    },
  ]
  const first = await post(text, { langs: ['de'], facets })
  expect(await listener.hears(first.uri)).toMatchObject({
    kind: 'post',
    text,
    languages: ['de'],
    links: ['https://a.example/1'],
    author: { id: author.did },
  })
  const reply = await post('an answer', { reply: { parent: first, root: first } })
  expect(await listener.hears(reply.uri)).toMatchObject({ kind: 'reply', replyTo: first.uri, root: first.uri })
  const quote = await post('look', { embed: { $type: 'app.bsky.embed.record', record: first } })
  expect(await listener.hears(quote.uri)).toMatchObject({ kind: 'quote', quoteOf: first.uri })
  const record = { $type: 'app.bsky.feed.repost', subject: first, createdAt: new Date().toISOString() }
  const collection = 'app.bsky.feed.repost'
  const repost = await call('com.atproto.repo.createRecord', { repo: author.did, collection, record })
  expect(await listener.hears(repost.uri)).toMatchObject({ kind: 'repost', repostOf: first.uri })

  const rkey = first.uri.split('/').at(-1)
  await call('com.atproto.repo.deleteRecord', { repo: author.did, collection: 'app.bsky.feed.post', rkey })
  await expect.poll(() => listener.events).toContainEqual({ type: 'removed', id: first.uri })

  const friend = await pds.createAccount('hare')
  await expect
    .poll(() => listener.events.filter(({ type }) => type === 'author'))
    .toContainEqual({
      type: 'author',
      author: expect.objectContaining({ id: friend.did, handle: friend.handle }),
    })
  expect(listener.unreadable).toBe(0)
  await listener.stop()
})

test('a server that does not know our number is read from its beginning: what it still has is no gap, what it lacks is one', async () => {
  await listen()
  const before = await post('before')
  await listener.hears(before.uri)
  await listener.stop()
  const place = listener.cursor as { seq: number; at: number }
  const after = await post('after')
  await listen({ ...place, seq: 1_000_000 })
  await listener.hears(after.uri)
  expect([listener.gaps, listener.events.length]).toEqual([[], 2])
  expect(front.requests.at(-1)?.path).toMatch(/cursor=0$/)
  await listener.stop()

  const older = new Date(place.at - 3_600_000)
  await listen({ seq: 1_000_000, at: older.getTime() })
  await listener.hears(after.uri)
  expect(listener.gaps).toEqual([{ from: older, to: expect.any(Date), reason: 'server-restarted' }])
  await listener.stop()
})

test('many writes in one commit are all heard', { timeout: 60_000 }, async () => {
  await listen()
  const record = (count: number) => ({
    $type: 'app.bsky.feed.post',
    text: `of many ${count}`,
    createdAt: new Date().toISOString(),
  })
  const writes = Array.from({ length: 150 }, (_, count) => ({
    $type: 'com.atproto.repo.applyWrites#create',
    collection: 'app.bsky.feed.post',
    value: record(count),
  }))
  await call('com.atproto.repo.applyWrites', { repo: author.did, writes })
  const heard = () => listener.events.filter((event) => 'heard' in event && event.heard.text.startsWith('of many'))
  await expect.poll(() => heard().length, { timeout: 20_000 }).toBe(150)
  await listener.stop()
})
