// Mentions and searches of an account, against a server that answers as the lexicons say.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SourceKind } from '../../listen.ts'
import { type FaultServer, startFaultServer } from '../../testing/fault-server.ts'
import * as faults from '../../testing/faults.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { createTestSession } from '../../testing/session.ts'
import { createBluesky } from '../index.ts'
import { mentionsKind, searchKind } from './account-kinds.ts'

interface AppView {
  front: FaultServer
  views: object[]
  add(text: string, more?: { reason?: string; indexedAt?: string; record?: object }): string
}

const author = { did: 'did:plc:hare', handle: 'hare.example', displayName: 'The Hare' }

async function startAppView(): Promise<AppView> {
  const views: (object & { reason: string; uri: string })[] = []
  const front = await startFaultServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x')
    const query = url.searchParams
    const reasons = query.getAll('reasons')
    const wanted = views.filter(({ reason }) => reasons.length === 0 || reasons.includes(reason)).toReversed()
    const begin = Number(query.get('cursor') ?? 0)
    const end = begin + Number(query.get('limit') ?? 50)
    const more = end < wanted.length ? { cursor: String(end) } : {}
    const profiles = query.getAll('actors').includes(author.did) ? [{ ...author, followersCount: 12 }] : []
    const answer =
      url.pathname === '/xrpc/app.bsky.notification.listNotifications'
        ? { notifications: wanted.slice(begin, end), ...more }
        : url.pathname === '/xrpc/app.bsky.actor.getProfiles'
          ? { profiles }
          : { posts: wanted.slice(begin, end), ...more }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  return {
    front,
    views,
    add(text, { reason = 'mention', indexedAt = new Date().toISOString(), record = {} } = {}) {
      const uri = `at://${author.did}/app.bsky.feed.post/${views.length}`
      const written = { $type: 'app.bsky.feed.post', text, createdAt: indexedAt, ...record }
      views.push({ uri, cid: 'bafy', author, reason, record: written, indexedAt, isRead: false } as never)
      return uri
    },
  }
}

const sourceOf = (appView: AppView, values: Record<string, string> = {}): SourceUnderTest => ({
  values,
  allowPrivate: [appView.front.host],
  account: { id: 'a', remoteId: 'did:plc:me', handle: 'me.example', server: appView.front.url, instance: {} },
  credentials: {
    ...{ kind: 'password', did: 'did:plc:me', pds: appView.front.url, service: appView.front.url },
    ...{ access: 'access-token', refresh: 'refresh-token', password: null },
  },
  say: (text) => appView.add(text.toWellFormed()),
  refuse: (status, headers) => appView.front.inject(faults.status(status, { headers })),
  stop: () => appView.front.stop(),
})

listeningSuite('Bluesky (mentions)', mentionsKind, async () => sourceOf(await startAppView()))
listeningSuite('Bluesky (search)', searchKind, async () => sourceOf(await startAppView(), { query: 'marathon' }))

let appView: AppView
let listener: Listener | null
beforeEach(async () => {
  listener = null
  appView = await startAppView()
})
afterEach(async () => {
  await listener?.stop()
  await appView.front.stop()
})
async function listen(kind: SourceKind, values: Record<string, string> = {}, cursor: Listener['cursor'] = null) {
  const started = listenTo(kind, sourceOf(appView, values), cursor)
  listener = started
  await expect.poll(() => started.failure ?? started.batches, { timeout: 5_000 }).not.toBe(0)
  return started
}

test('a mention is told with who said it, likes are not told', async () => {
  const started = await listen(mentionsKind)
  appView.add('a like', { reason: 'like' })
  const id = appView.add('@me.example hello', { record: { langs: ['en'] } })
  expect(await started.hears(id)).toMatchObject({
    kind: 'post',
    languages: ['en'],
    author: { id: author.did, handle: 'hare.example', name: 'The Hare' },
  })
  expect(started.events.length).toBeGreaterThan(0)
  expect(started.events.every((event) => event.type === 'heard' && event.heard.text !== 'a like')).toBe(true)
  expect(appView.front.requests[0]?.headers.authorization).toBe('Bearer access-token')
})

test('a busy hour comes whole, over several pages, oldest first; more than that is stated', async () => {
  const before = await listen(searchKind, { query: 'a' })
  await before.stop()
  const ids = Array.from({ length: 180 }, (_, count) => appView.add(`post ${count}`))
  const started = await listen(searchKind, { query: 'a' }, before.cursor)
  const firstBatch = started.events.slice(0, 180).map((event) => ('heard' in event ? event.heard.id : ''))
  expect([firstBatch, started.gaps]).toEqual([ids, []])
  await started.stop()
  for (let count = 0; count < 600; count++) appView.add(`more ${count}`)
  const later = await listen(searchKind, { query: 'a' }, started.cursor)
  expect(later.gaps[0]?.reason).toBe('page-limit')
})

test('what cannot be read is counted, and a stranger cannot speak for somebody else', async () => {
  appView.views.push(
    { uri: 'at://did:plc:other/app.bsky.feed.post/1', author, record: {}, indexedAt: 'now' },
    {},
    { uri: 7 },
  )
  const started = await listen(searchKind, { query: 'a' })
  expect([started.events, started.unreadable >= 3]).toEqual([[], true])
})

test('people are looked up by their numbers', async () => {
  const bluesky = createBluesky({ appView: appView.front.url })
  const session = createTestSession({ allowPrivate: [appView.front.host] })
  const ids = [
    'did:plc:hare',
    'did:plc:nobody',
    'no number',
    ...Array.from({ length: 30 }, (_, at) => `did:plc:x${at}`),
  ]
  expect(await bluesky.people!(session, ids)).toEqual([
    {
      id: 'did:plc:hare',
      handle: 'hare.example',
      name: 'The Hare',
      url: 'https://bsky.app/profile/did:plc:hare',
      followers: 12,
    },
  ])
  expect(appView.front.requests).toHaveLength(2)
})
