// Mastodon's streams and lists against the double: what is said, edited and deleted is told, and what was said meanwhile.

import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SourceKind } from '../../listen.ts'
import { startFaultServer } from '../../testing/fault-server.ts'
import * as faults from '../../testing/faults.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { reblog } from '../double/reactions.ts'
import { type MastodonDouble, startMastodonDouble } from '../double/server.ts'
import { findAccount } from '../double/state.ts'
import { write } from '../double/statuses.ts'
import { searchKind } from './search.ts'
import { statusId } from './statuses.ts'
import { hashtagKind, listKind, localKind, mentionsKind, publicKind } from './streams.ts'

const rateLimits = { requests: 10_000, uploads: 10, deletions: 10 }
const start = () =>
  startMastodonDouble({ accounts: ['me', 'you', 'far@remote.example'], rateLimits, maxCharacters: 500_000 })

const violations: string[] = []
afterAll(() => expect(violations).toEqual([]))

/** Has somebody post. */
function say(double: MastodonDouble, text: string, more: { from?: string; params?: object } = {}) {
  const account = findAccount(double.state, more.from ?? 'you')!
  return write({ status: text, ...more.params }, account, { application: null, state: double.state })
}

function sourceAt(double: MastodonDouble, server: string, values: Record<string, string> = {}): SourceUnderTest {
  const token = double.tokenFor('me', ['read'])
  return {
    values,
    account: { id: 'account', remoteId: double.account('me').id, handle: '@me', server, instance: null },
    credentials: { accessToken: token, application: null, scopes: [], renewal: null },
    allowPrivate: [new URL(server).host, double.host],
    say: (text) => statusId(server, say(double, text).id),
    cut: () => double.streaming.cut(),
    garbage: () => {
      for (const text of ['{', 'null', '{"event":"update","payload":"{"}', '{"event":"update","payload":"{}"}']) {
        double.streaming.send(text)
      }
    },
    refuse: () => undefined,
    async stop() {
      violations.push(...(double.violations ?? []))
      await double.stop()
    },
  }
}

function suite(name: string, kind: SourceKind, dress: (text: string) => string, values: Record<string, string> = {}) {
  listeningSuite(
    `Mastodon (${name})`,
    kind,
    async () => {
      const double = await start()
      const front = await startFaultServer(double.url)
      double.settings.streaming = front.url.replace('http', 'ws')
      double.state.lists.set('7', new Set([double.account('you').id]))
      const source = sourceAt(double, front.url, values)
      return {
        ...source,
        ...(kind.way === 'poll' ? { garbage: undefined } : {}),
        say: (text) => source.say(dress(text)),
        refuse: (status, headers) => {
          const match = kind.stream ? { match: ({ path = '' }) => path.startsWith('/api/v1/streaming') } : {}
          front.inject(faults.status(status, { headers }), match)
        },
        async stop() {
          await front.stop()
          await source.stop()
        },
      }
    },
    // A token that does not end is refused for good.
    { kinds: { 401: 'auth-revoked' } },
  )
}

suite('public', publicKind, (text) => text)
suite('hashtag', hashtagKind, (text) => `${text} #Marathon`, { tag: '#marathon' })
suite('list', listKind, (text) => text, { list: '7' })
suite('mentions', mentionsKind, (text) => `@me ${text}`)
suite('search', searchKind, (text) => `${text} tortoise`, { query: 'tortoise' })

describe('a stream', () => {
  let double: MastodonDouble
  let listener: Listener
  const listen = async (kind: SourceKind, values: Record<string, string> = {}, cursor: Listener['cursor'] = null) => {
    listener = listenTo(kind, sourceAt(double, double.url, values), cursor)
    await expect.poll(() => listener.failure ?? listener.batches, { timeout: 10_000 }).not.toBe(0)
  }
  const idOf = ({ id }: { id: string }) => statusId(double.url, id)
  beforeEach(async () => {
    double = await start()
  })
  afterEach(async () => {
    await listener.stop()
    violations.push(...(double.violations ?? []))
    await double.stop()
  })

  test('tells a post with everything that can be known of it', async () => {
    await listen(publicKind)
    const text = 'Look at https://example.org/a/very/long/address/that/is/shortened?x=1&y=2 @me #Marathon'
    const first = say(double, text, { from: 'far@remote.example', params: { language: 'de', spoiler_text: 'Running' } })
    const heard = await listener.hears(idOf(first))
    expect(heard).toMatchObject({
      kind: 'post',
      title: 'Running',
      text: text,
      languages: ['de'],
      links: ['https://example.org/a/very/long/address/that/is/shortened?x=1&y=2'],
      author: { handle: '@far@remote.example', name: 'far', followers: 0 },
      replyTo: null,
    })
    const answer = say(double, 'an answer', { params: { in_reply_to_id: first.id } })
    expect(await listener.hears(idOf(answer))).toMatchObject({ kind: 'reply', replyTo: idOf(first) })
  })

  test('tells edits and removals, by the id under which the post was told', async () => {
    await listen(publicKind)
    const status = say(double, 'first words')
    await listener.hears(idOf(status))
    const ask = (method: string, body?: string) =>
      fetch(`${double.url}/api/v1/statuses/${status.id}`, {
        method,
        headers: { authorization: `Bearer ${double.tokenFor('you')}`, 'content-type': 'application/json' },
        ...(body ? { body } : {}),
      })
    await ask('PUT', JSON.stringify({ status: 'other words' }))
    await ask('DELETE')
    await expect.poll(() => listener.events.at(-1), { timeout: 5_000 }).toEqual({ type: 'removed', id: idOf(status) })
    expect(listener.events.at(-2)).toMatchObject({ type: 'changed', heard: { id: idOf(status), text: 'other words' } })
  })

  test('tells boosts of people on a list without words of their own', async () => {
    double.state.lists.set('7', new Set([double.account('me').id]))
    await listen(listKind, { list: 'https://example.social/lists/7' })
    const status = say(double, 'worth repeating')
    const boost = reblog(status, double.account('me'), double.state)
    expect(await listener.hears(idOf(boost))).toMatchObject({ kind: 'repost', text: '', repostOf: idOf(status) })
  })

  test('tells nothing that is not open to everybody', async () => {
    await listen(mentionsKind)
    say(double, '@me between us', { params: { visibility: 'direct' } })
    const open = say(double, '@me for everybody')
    await listener.hears(idOf(open))
    expect(listener.events).toHaveLength(1)
  })

  test('of this server leaves out the others', async () => {
    await listen(localKind)
    say(double, 'from afar', { from: 'far@remote.example' })
    const near = say(double, 'from here')
    await listener.hears(idOf(near))
    expect(listener.events).toHaveLength(1)
  })

  test('that was away for long brings thousands, and states what is more than the lists hold', {
    timeout: 120_000,
  }, async () => {
    await listen(publicKind)
    const known = say(double, 'known')
    await listener.hears(idOf(known))
    await listener.stop()
    const away = Array.from({ length: 2_100 }, (_, count) => say(double, `away ${count}`))
    await listen(publicKind, {}, listener.cursor)
    await expect.poll(() => listener.gaps.map(({ reason }) => reason), { timeout: 60_000 }).toEqual(['page-limit'])
    const ids = new Set(listener.events.map((event) => ('heard' in event ? event.heard.id : '')))
    for (const status of away.slice(0, 1_900)) expect(ids.has(idOf(status))).toBe(true)
    const now = say(double, 'now')
    await listener.hears(idOf(now))
  })

  test('survives bombs and posts of half a megabyte', async () => {
    await listen(publicKind)
    double.streaming.send('['.repeat(300_000))
    double.streaming.send(JSON.stringify({ event: 'update', payload: '{"a":'.repeat(100_000) }))
    const long = say(double, 'x'.repeat(400_000))
    expect((await listener.hears(idOf(long))).text).toHaveLength(100_000)
    expect([listener.unreadable, listener.cut, listener.lost]).toEqual([2, 1, []])
  })
})

test.each([
  [hashtagKind, { tag: 'two words' }, 'tag'],
  [hashtagKind, {}, 'tag'],
  [listKind, { list: '../7' }, 'list'],
  [searchKind, { query: '  ' }, 'query'],
])('settings that cannot work are refused by field', (kind, values, field) => {
  expect(kind.normalise(values)).toMatchObject({ field })
})
