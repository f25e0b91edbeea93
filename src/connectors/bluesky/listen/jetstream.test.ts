// Jetstream in both versions, against a double that speaks them over real sockets.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { type JetstreamDouble, startJetstreamDouble } from '../double/jetstream.ts'
import { jetstreamKind } from './jetstream.ts'
import { recordId } from './records.ts'

const idOf = (event: { did: string; commit?: { collection: string; rkey: string } }) =>
  recordId({ did: event.did, collection: event.commit!.collection, rkey: event.commit!.rkey })

function underTest(double: JetstreamDouble, protocol: string): SourceUnderTest {
  return {
    values: { server: double.url, protocol, reposts: 'yes' },
    allowPrivate: [double.host],
    say: (text) => idOf(double.post(text)),
    cut: () => double.cut(),
    garbage: () => {
      for (const each of [
        '{',
        'null',
        '[]',
        '{"kind":"commit"}',
        '{"$type":"message"}',
        new Uint8Array([255, 254, 0]),
      ]) {
        double.send(each)
      }
      double.post('no text', { record: { text: 17 } })
    },
    refuse: (status, headers) => double.refuse(status, { headers }),
    stop: () => double.stop(),
  }
}

listeningSuite(
  'Jetstream (v2)',
  jetstreamKind,
  async () => {
    const double = await startJetstreamDouble()
    return { ...underTest(double, 'v2'), forget: () => double.forgetBefore(double.log.at(-1)!.seq + 1) }
  },
  { gap: 'cursor-too-old' },
)

listeningSuite('Jetstream (legacy)', jetstreamKind, async () => underTest(await startJetstreamDouble(), 'legacy'))

describe('Jetstream', () => {
  let double: JetstreamDouble
  let listener: Listener
  const listen = async (values: Record<string, string> = {}, cursor: Listener['cursor'] = null) => {
    const source = underTest(double, 'auto')
    listener = listenTo(jetstreamKind, { ...source, values: { ...source.values, ...values } }, cursor)
    await expect.poll(() => double.connections(), { timeout: 10_000 }).toBe(1)
    return listener
  }
  beforeEach(async () => {
    double = await startJetstreamDouble()
  })
  afterEach(async () => {
    await listener?.stop()
    await double.stop()
  })

  test('asks a newer server by the newer method, and an older one by the older', async () => {
    await listen()
    expect(double.asked.map(({ pathname }) => pathname)).toEqual(['/xrpc/network.bsky.jetstream.subscribeEvents'])
    await listener.stop()
    await expect.poll(() => double.connections()).toBe(0)
    double.v2 = false
    await listen()
    expect(double.asked.at(-1)?.pathname).toBe('/subscribe')
    await listener.hears(idOf(double.post('by the older method')))
    expect(listener.cursor).toMatchObject({ protocol: 'legacy' })
  })

  test('asks for posts and reposts alone, in the words of each version', async () => {
    await listen()
    expect(double.asked.at(-1)?.searchParams.getAll('collections')).toEqual([
      'app.bsky.feed.post',
      'app.bsky.feed.repost',
    ])
    expect(double.asked.at(-1)?.searchParams.getAll('kinds')).toEqual(['commit', 'account', 'identity'])
    await listener.stop()
    await expect.poll(() => double.connections()).toBe(0)
    await listen({ protocol: 'legacy', reposts: 'no' })
    expect(double.asked.at(-1)?.searchParams.getAll('wantedCollections')).toEqual(['app.bsky.feed.post'])
  })

  for (const protocol of ['v2', 'legacy']) {
    test(`deletions, edits, names and ended accounts are told (${protocol})`, async () => {
      await listen({ protocol })
      const post = double.post('first words', { rkey: 'a' })
      await listener.hears(idOf(post))
      const record = { $type: 'app.bsky.feed.post', text: 'other words', createdAt: new Date().toISOString() }
      const collection = 'app.bsky.feed.post'
      double.add({ did: post.did, kind: 'commit', commit: { operation: 'update', collection, rkey: 'a', record } })
      double.add({ did: post.did, kind: 'commit', commit: { operation: 'delete', collection, rkey: 'a' } })
      double.add({ did: post.did, kind: 'identity', identity: { handle: 'tortoise.example' } })
      double.add({ did: post.did, kind: 'account', account: { active: false, status: 'deactivated' } })
      double.add({ did: post.did, kind: 'account', account: { active: false, status: 'deleted' } })
      await expect
        .poll(() => listener.events.at(-1), { timeout: 5_000 })
        .toEqual({ type: 'author-removed', id: post.did })
      expect(listener.events.slice(1)).toEqual([
        { type: 'changed', heard: expect.objectContaining({ id: idOf(post), text: 'other words' }) },
        { type: 'removed', id: idOf(post) },
        { type: 'author', author: expect.objectContaining({ id: post.did, handle: 'tortoise.example' }) },
        { type: 'author-removed', id: post.did },
      ])
    })
  }

  test('the older protocol begins late in silence; the gap is stated all the same', async () => {
    const longAgo = (Date.now() - 40 * 3_600_000) * 1000
    double.forgetBefore(2)
    double.post('forgotten', { us: longAgo })
    const first = double.post('the oldest that is kept')
    await listen({ protocol: 'legacy' }, { protocol: 'legacy', seq: null, us: longAgo })
    await listener.hears(idOf(first))
    expect(listener.gaps).toEqual([
      { from: new Date(longAgo / 1000), to: new Date(first.us / 1000), reason: 'replay-limit' },
    ])
  })

  test('a server that was set up anew is read by time, and nothing is missed or doubled', async () => {
    await listen()
    const posts = [double.post('one'), double.post('two'), double.post('three')]
    for (const post of posts) await listener.hears(idOf(post))
    await listener.stop()
    const cursor = { ...(listener.cursor as object), seq: 900 } as Listener['cursor']
    const away = double.post('while away')
    await listen({}, cursor)
    await listener.hears(idOf(away))
    expect(listener.gaps).toEqual([])
    expect(double.asked.at(-1)?.searchParams.get('cursor')).toMatch(/^\d{16}$/)
  })

  test('an inclusive cursor doubles nothing', async () => {
    await listen()
    const post = double.post('once')
    await listener.hears(idOf(post))
    double.cut()
    await expect.poll(() => listener.lost.length, { timeout: 5_000 }).toBe(1)
    const next = double.post('next')
    await listener.hears(idOf(next))
    expect(listener.events.map((event) => ('heard' in event ? event.heard.text : event.type))).toEqual(['once', 'next'])
  })

  test('a message that is too long is counted and passed over; one that is far too long does not end the listening', async () => {
    await listen()
    const huge = double.post('x'.repeat(1_100_000))
    await listener.hears(idOf(double.post('right behind it')))
    expect([listener.unreadable, listener.lost]).toEqual([1, []])
    expect(listener.events).toHaveLength(1)
    expect(huge.seq).toBe(1)
    double.send(`{"padding":"${'x'.repeat(16_100_000)}"}`)
    await expect.poll(() => listener.lost.map(({ code }) => code), { timeout: 10_000 }).toEqual(['answer-too-large'])
    await expect.poll(() => double.connections(), { timeout: 5_000 }).toBe(1)
    await listener.hears(idOf(double.post('still here')))
  })

  test('a bomb of brackets and a post of a megabyte are survived; the long text is cut and counted', async () => {
    await listen()
    double.send('['.repeat(400_000))
    double.send(`${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`)
    const long = double.post('x'.repeat(900_000))
    expect((await listener.hears(idOf(long))).text).toHaveLength(100_000)
    expect([listener.cut, listener.unreadable]).toEqual([1, 2])
    expect(listener.lost).toEqual([])
  })

  test('times that cannot be true give way to when it was heard', async () => {
    await listen()
    for (const createdAt of ['1970-01-01T00:00:00Z', '2999-01-01T00:00:00Z', 'yesterday', 17, undefined]) {
      const post = double.post('when', { record: { createdAt } })
      const { at } = await listener.hears(idOf(post))
      expect(Math.abs(at.getTime() - post.us / 1000)).toBeLessThan(1_001)
    }
    const old = double.post('an old post brought along', { record: { createdAt: '2019-05-01T10:00:00Z' } })
    expect((await listener.hears(idOf(old))).at).toEqual(new Date('2019-05-01T10:00:00Z'))
  })

  test.each([
    ['jetstream.example.org', 'https://jetstream.example.org'],
    ['ws://127.0.0.1:6008/subscribe', 'http://127.0.0.1:6008'],
    ['wss://jetstream.example.org', 'https://jetstream.example.org'],
  ])('"%s" is understood as an address', (server, expected) => {
    expect(jetstreamKind.normalise({ server })).toEqual({
      settings: { server: expected, protocol: 'auto', reposts: true },
    })
  })

  test('settings that cannot work are refused by field', () => {
    expect(jetstreamKind.normalise({ server: 'not an address' })).toEqual({ field: 'server', code: 'address-invalid' })
    expect(jetstreamKind.normalise({ server: 'a.example', protocol: 'v9' })).toEqual({
      field: 'protocol',
      code: 'choice-unknown',
    })
  })
})
