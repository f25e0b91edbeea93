// The practice network passes the contract suite, with and without the strengths that real networks lack.

import { afterEach, describe, expect, test } from 'vitest'
import type { Connection, Session } from '../contract.ts'
import { connectorSuite, type NetworkUnderTest } from '../testing/contract-suite.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { createTestSession } from '../testing/session.ts'
import { createFakeConnector, fake } from './index.ts'
import { type FakeNetwork, type FakeOptions, startFakeNetwork } from './server.ts'

async function setUp(options: FakeOptions = {}): Promise<NetworkUnderTest> {
  const network = await startFakeNetwork(options)
  const faults = await startFaultServer(network.url)
  const { handle, token } = network.createAccount()
  return {
    faults,
    connect: (session) => connect(session, { url: faults.url, handle, token }),
    published: async () =>
      network
        .posts()
        .map(({ id, text, replyTo, images }) => ({ id, text, replyTo, alts: images.map(({ alt }) => alt) })),
    isWrite: ({ method, path }) => method === 'POST' && path === '/api/posts',
    async saysElsewhere(text) {
      const somebody = network.createAccount()
      return network.say(handle, text, { replyTo: network.say(somebody.handle, 'How?').id }).id
    },
    secrets: [token],
    async stop() {
      await faults.stop()
      await network.stop()
    },
  }
}

function connect(session: Session, values: Record<string, string>): Promise<Connection> {
  const [method] = fake.auth
  if (method?.kind !== 'fields') throw new Error('the practice network connects by a form')
  return method.connect(session, values)
}

connectorSuite(fake, setUp)
connectorSuite({ ...createFakeConnector({ idempotent: false }), name: 'A network without keys' }, () =>
  setUp({ idempotency: false }),
)
connectorSuite({ ...createFakeConnector({ searchable: false }), name: 'A network without a search' }, setUp)

describe('the practice network', () => {
  const running: FakeNetwork[] = []
  afterEach(() => Promise.all(running.splice(0).map((network) => network.stop())))

  async function start(options: FakeOptions = {}) {
    const network = await startFakeNetwork(options)
    running.push(network)
    const { handle, token } = network.createAccount()
    const allowPrivate = [network.host]
    const connection = await connect(createTestSession({ allowPrivate }), {
      url: network.url,
      handle: `@${handle}`,
      token,
    })
    const session = (credentials = connection.credentials) =>
      createTestSession({ allowPrivate, credentials, profile: connection.profile })
    return { network, handle, connection, session }
  }

  const post = { text: 'hello', images: [], replyTo: null, comment: false, language: null, key: 'k1' }
  const publish = fake.publish!

  test('a wrong token is refused for good', async () => {
    const { network, handle } = await start()
    const attempt = connect(createTestSession({ allowPrivate: [network.host] }), {
      url: network.url,
      handle,
      token: 'no',
    })
    await expect(attempt).rejects.toMatchObject({ kind: 'auth-revoked', code: 'wrong-token' })
  })

  test('an expired token can be refreshed, once each', async () => {
    const { network, session } = await start()
    network.expireTokens()
    await expect(fake.identify(session())).rejects.toMatchObject({ kind: 'auth-expired' })
    const renewed = await fake.refresh!(session())
    expect(renewed.expiresAt?.getTime()).toBeGreaterThan(Date.now())
    expect((await fake.identify(session(renewed.credentials))).handle).toBe('@runner1')
    await expect(fake.refresh!(session())).rejects.toMatchObject({ kind: 'auth-revoked' })
    await expect(fake.identify(session(renewed.credentials))).rejects.toMatchObject({ kind: 'auth-revoked' })
  })

  test('a revoked account needs a new connection', async () => {
    const { network, handle, session } = await start()
    network.revoke(handle)
    await expect(fake.identify(session())).rejects.toMatchObject({ kind: 'auth-revoked' })
    await expect(fake.refresh!(session())).rejects.toMatchObject({ kind: 'auth-revoked' })
  })

  test('limits follow the server', async () => {
    const { network, session } = await start()
    network.setLimits({ text: 5 })
    const { instance, ...profile } = await fake.identify(session())
    expect(fake.limits({ id: '', ...profile, instance }).text.max).toBe(5)
    await expect(publish.submit(session(), { ...post, text: '123456' }, 'k')).rejects.toMatchObject({
      kind: 'rejected',
      code: 'text-too-long',
      field: 'segments.0.text',
    })
  })

  test('a post may be processed first; its key gives the same work again, and a look-up cannot tell', async () => {
    const { network, session } = await start({ processingPolls: 2 })
    const first = await publish.submit(session(), post, 'k1')
    const again = await publish.submit(session(), post, 'k1')
    if (first.state !== 'processing' || again.state !== 'processing') throw new Error('expected processing')
    expect(again.ref).toBe(first.ref)
    expect((await publish.find!(session(), post, 'k1', new Date())).state).toBe('unproven')
    expect((await publish.poll!(session(), first.ref)).state).toBe('processing')
    const done = await publish.poll!(session(), first.ref)
    expect(done.state).toBe('published')
    expect(await publish.poll!(session(), first.ref)).toEqual(done)
    expect((await publish.find!(session(), post, 'k1', new Date())).state).toBe('published')
    expect(network.posts()).toHaveLength(1)
  })

  test('a key is forgotten after its lifetime', async () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const { network, session } = await start({ now: () => now, tokenLifetime: 1e6 })
    await publish.submit(session(), post, 'k1')
    now = new Date(now.getTime() + publish.keyLifetime! * 1000 - 1)
    await publish.submit(session(), post, 'k1')
    expect(network.posts()).toHaveLength(1)
    now = new Date(now.getTime() + 1)
    await publish.submit(session(), post, 'k1')
    expect(network.posts()).toHaveLength(2)
  })

  test('numbers grow, and the same time gives the same numbers', async () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const { session } = await start({ now: () => now, tokenLifetime: 1e6 })
    const submission = await publish.submit(session(), post, 'k1')
    if (submission.state !== 'published') throw new Error('expected published')
    const numbers = async () =>
      (await fake.metrics!.posts(session(), [submission.id, 'post-0-none'])).get(submission.id)
    expect(await numbers()).toEqual({ likes: 0, replies: 0, reposts: 0, quotes: null, views: null })
    now = new Date(now.getTime() + 24 * 3_600_000)
    const grown = await numbers()
    expect(grown?.likes).toBeGreaterThan(0)
    expect(await numbers()).toEqual(grown)
  })

  test('listening brings what others wrote, each thing once', async () => {
    const { network, session } = await start()
    const other = network.createAccount('ben')
    const { access, refresh } = network.signIn(other.handle)
    await publish.submit(session(), post, 'mine')
    for (const text of ['one', 'two'])
      await publish.submit(session({ access, refresh }), { ...post, text, key: null }, text)
    const first = await fake.listen!.pull(session(), null)
    expect(first.items.map(({ text, author }) => `${author}: ${text}`)).toEqual(['ben: one', 'ben: two'])
    expect(await fake.listen!.pull(session(), first.cursor)).toEqual({ items: [], cursor: null })
  })

  test('a person can open the address of a post', async () => {
    const { session } = await start()
    const submission = await publish.submit(session(), { ...post, text: '<b>& "bold"' }, 'k1')
    if (submission.state !== 'published') throw new Error('expected published')
    const page = await (await fetch(submission.url)).text()
    expect(page).toContain('&#60;b&#62;&#38; &#34;bold&#34;')
  })
})
