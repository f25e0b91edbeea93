// The inbox of an account on a server of the Mastodon API: mentions, answers, direct messages, against the double.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { type FaultServer, startFaultServer } from '../../testing/fault-server.ts'
import { type InboxUnderTest, inboxSession, Reader, replyTo } from '../../testing/inbox-reader.ts'
import { inboxSuite } from '../../testing/inbox-suite.ts'
import { type MastodonDouble, startMastodonDouble } from '../double/server.ts'
import { mastodon } from '../index.ts'
import { sessionFor } from '../test-session.ts'

let double: MastodonDouble
let front: FaultServer
let connection: Connection

async function begin(): Promise<void> {
  const rateLimits = { requests: 100_000, uploads: 100, deletions: 100_000 }
  double = await startMastodonDouble({ accounts: ['me', 'kim', 'ada'], rateLimits })
  front = await startFaultServer(double.url)
  const { account, credentials } = sessionFor(double, { server: front.url })
  const profile = { ...account, displayName: 'Me', avatarUrl: null, url: `${double.url}/@me` }
  connection = { credentials, expiresAt: null, scopes: [], profile }
}

async function call(acct: string, path: string, body?: object, method = 'POST'): Promise<{ id: string }> {
  const headers = { authorization: `Bearer ${double.tokenFor(acct)}`, 'content-type': 'application/json' }
  const sent = body ? { body: JSON.stringify(body) } : {}
  const answer = await fetch(`${double.url}/api/v1/${path}`, { method, headers, ...sent })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string }
}

const idOf = ({ id }: { id: string }): string => `${front.host}/${id}`
const numberOf = (id: string): string => id.slice(id.indexOf('/') + 1)

async function post(acct: string, status: string, more: object = {}): Promise<string> {
  return idOf(await call(acct, 'statuses', { status, ...more }))
}

/** As a source on another server hears it: under an id that this one does not know. */
async function saysToNobody(text: string) {
  const { id } = await call('kim', 'statuses', { status: text })
  return { id: `elsewhere.example/${id}`, url: `${double.url}/@kim/${id}` }
}

const underTest = (visibility: 'public' | 'direct' = 'public'): InboxUnderTest => ({
  connector: mastodon,
  connection,
  faults: front,
  allowPrivate: [front.host],
  say: (text, { answers } = {}) =>
    post('kim', `@me ${text.toWellFormed().replaceAll('\0', '')}`, {
      visibility,
      ...(answers ? { in_reply_to_id: answers.ref.id } : {}),
    }),
  ...(visibility === 'public' ? { saysToNobody } : {}),
  edit: async (id, text) => void (await call('kim', `statuses/${numberOf(id)}`, { status: `@me ${text}` }, 'PUT')),
  remove: async (id) => void (await call('kim', `statuses/${numberOf(id)}`, undefined, 'DELETE')),
  saysElsewhere: (text, said) => post('me', `@kim ${text}`, { in_reply_to_id: said.ref.id, visibility }),
  copies: async (word) => double.state.statuses.filter(({ text }) => text.includes(word)).length,
  isWrite: ({ method, path }) => method === 'POST' && path === '/api/v1/statuses',
  stop: async () => undefined,
})

beforeAll(begin)
beforeEach(() => front.reset())
afterAll(async () => {
  await front.stop()
  await double.stop()
  expect(double.violations ?? []).toEqual([])
})

// A token without an end is not renewed: refused, it is revoked.
const kinds = { 401: 'auth-revoked' } as const
inboxSuite('Mastodon (in public)', async () => underTest(), { newestFirst: true, kinds })
inboxSuite('Mastodon (direct messages)', async () => underTest('direct'), { kind: 'message', newestFirst: true, kinds })

describe('an account', () => {
  const read = async (id: string): Promise<Said> => new Reader({ network: underTest() }).reads(id)

  async function answer(said: Said, text: string): Promise<Record<string, unknown>> {
    const session = inboxSession(underTest())
    const key = `answer ${text}`
    const prepared = await mastodon.inbox!.answer!.prepare!(session, replyTo(said, text), key)
    await mastodon.inbox!.answer!.submit(session, prepared, key)
    const { text: written, visibility, spoiler, replyTo: answered } = double.state.statuses.at(-1)!
    return { text: written, visibility, spoiler, answers: answered }
  }

  test('is told under which of its posts something was said', async () => {
    const mine = await post('me', 'A new race in spring')
    const said = await read(await post('kim', '@me where?', { in_reply_to_id: numberOf(mine) }))
    expect(said).toMatchObject({
      kind: 'reply',
      thread: mine,
      root: { id: numberOf(mine) },
      about: { id: numberOf(mine), title: 'A new race in spring' },
      author: { handle: `@kim@${front.host}` },
    })
  })

  test('is told of answers that do not name it, once, and of what is said below them', async () => {
    const mine = await post('me', 'What do you eat before a race?')
    const reader = await new Reader({ network: underTest() }).drain()
    const unnamed = await post('kim', 'Bananas', { in_reply_to_id: numberOf(mine) })
    const below = await post('ada', 'Me too', { in_reply_to_id: numberOf(unnamed) })
    const named = await post('ada', '@me Bread', { in_reply_to_id: numberOf(mine) })
    for (const id of [unnamed, named, below]) await reader.reads(id)
    await reader.drain()
    expect([unnamed, named, below].map((id) => reader.told(id))).toEqual([1, 1, 1])
    expect([unnamed, below].map((id) => reader.find(id)?.thread)).toEqual([mine, mine])
    front.reset()
    await reader.drain()
    expect(front.requests.filter(({ path }) => path.endsWith('/context'))).toEqual([])
  })

  test('finds the beginning of a thread of others that names it late, once for all of it', async () => {
    const first = await post('kim', 'Who runs?')
    const second = await post('ada', 'I do', { in_reply_to_id: numberOf(first) })
    const reader = await new Reader({ network: underTest() }).drain()
    front.reset()
    const named = [
      await post('kim', '@me and you?', { in_reply_to_id: numberOf(second) }),
      await post('kim', '@me today?', { in_reply_to_id: numberOf(second) }),
    ]
    for (const id of named)
      expect(await reader.reads(id)).toMatchObject({ thread: first, kind: 'mention', about: null })
    const climbs = front.requests.filter(({ path }) => path.endsWith('/context'))
    expect(climbs).toHaveLength(1)
  })

  test('answers whom it answers, as openly as it was asked, under the same warning', async () => {
    const secret = await read(await post('kim', '@me between us', { visibility: 'direct' }))
    expect(secret).toMatchObject({ kind: 'message', isPrivate: true })
    expect(await answer(secret, 'thank you')).toEqual({
      text: '@kim thank you',
      visibility: 'direct',
      spoiler: '',
      answers: secret.ref.id,
    })
    const warned = await read(await post('kim', '@me hurts', { visibility: 'unlisted', spoiler_text: 'injuries' }))
    expect(await answer(warned, 'get well, @kim')).toMatchObject({
      text: 'get well, @kim',
      visibility: 'unlisted',
      spoiler: 'injuries',
    })
  })

  test('mutes and blocks at the server, and nobody who is muted is taken for gone', async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    const said = await reader.reads(await post('ada', '@me buy this'))
    const { moderate } = mastodon.inbox!
    const act = (action: 'mute-author' | 'unmute-author' | 'like') =>
      moderate!.act(inboxSession(underTest()), action, said.ref)
    await act('mute-author')
    expect([...double.state.spared]).toEqual([`mute ${double.account('me').id} ${double.account('ada').id}`])
    await reader.drain()
    await post('ada', '@me again')
    await reader.drain()
    expect(reader.events.filter(({ type }) => type === 'removed')).toEqual([])
    await act('unmute-author')
    await act('like')
    expect(double.state.statuses.find(({ id }) => id === said.ref.id)!.favouritedBy.size).toBe(1)
  })
})
