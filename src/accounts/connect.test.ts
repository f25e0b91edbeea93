// Connecting over HTTP: what is asked, what the network says beside its field, what is kept and shown, and a network that lies.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { aDraft } from '../../test/world/practice.ts'
import type { Profile } from '../connectors/contract.ts'
import { createFakeConnector } from '../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { connectorOf } from '../connectors/registry.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import type { Caller } from '../people/types.ts'
import { startWorker } from '../publishing/delivery/worker.ts'
import { keepConnection } from './keep-connection.ts'

let app: TestApp
let owner: TestSession
let network: FakeNetwork
let liar: Server
let liarUrl: string

/** Speaks like the practice network, with characters that no table can hold in everything it says. */
const lies: Record<string, unknown> = {
  '/api/session': { access: 'a', refresh: 'r\u0000', expiresAt: '2099-01-01T00:00:00.000Z' },
  '/api/me': { id: 'id\u0000', handle: 'h\ud83d', name: '\u0000\ud83d', url: 'https://example.org/\u0000' },
  '/api/instance': {
    name: '\u0000',
    limits: { text: 300, thread: 1, comment: 1, images: 1, imageBytes: 1, imageTypes: ['\u0000'], alt: 1 },
  },
  '/api/posts': { id: 'post\u0000', url: 'https://example.org/post\ud83d' },
}

beforeAll(async () => {
  network = await startFakeNetwork()
  liar = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json').end(JSON.stringify(lies[request.url ?? '']))
  })
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve))
  liarUrl = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`
  app = await testApp({ config: { allowPrivate: [network.host, new URL(liarUrl).host] } })
  owner = await app.as('owner')
})
afterAll(async () => {
  liar.closeAllConnections()
  liar.close()
  await app.close()
  await network.stop()
})

const connect = (body: object, person = owner) =>
  person.call('POST', '/orgs/{org}/accounts', { connector: 'fake', method: 'token', ...body })
const values = () => {
  const { handle, token } = network.createAccount()
  return { url: network.url, handle, token }
}

describe('what is asked', () => {
  test.each<[string, object, string, string]>([
    ['a network nobody knows', { connector: 'myspace', values: {} }, 'network-not-known', 'connector'],
    [
      'a network that is a word of the language',
      { connector: '__proto__', values: {} },
      'network-not-known',
      'connector',
    ],
    ['a way nobody offers', { method: 'magic', values: {} }, 'method-not-known', 'method'],
    ['a way of another kind', { connector: 'mastodon', method: 'oauth', values: {} }, 'method-not-known', 'method'],
    ['nothing filled in', { values: {} }, 'field-needed', 'values.url'],
    ['only spaces', { values: { url: 'x', handle: ' ', token: 'x' } }, 'field-needed', 'values.handle'],
    ['no values at all', {}, 'invalid-input', 'values'],
  ])('%s is refused by its field', async (_, body, code, field) => {
    const answer = await connect(body)
    expect([answer.status, answer.body.data.code, answer.body.data.field]).toEqual([422, code, field])
  })

  test('what the network says stands beside the field it speaks of', async () => {
    const answer = await connect({ values: { ...values(), url: 'http://[broken' } })
    expect(answer.body.data).toMatchObject({
      code: 'network-refused',
      field: 'values.url',
      params: { kind: 'rejected', code: 'bad-address' },
    })
    const wrong = await connect({ values: { ...values(), token: 'wrong' } })
    expect(wrong.body.data).toMatchObject({
      code: 'network-refused',
      params: { kind: 'auth-revoked', code: 'wrong-token' },
    })
  })

  test('a contributor may not', async () => {
    expect((await connect({ values: values() }, await app.as('contributor'))).status).toBe(403)
  })
})

describe('what is kept', () => {
  test('belongs to who connected it, in the zone of the organisation, and its secrets are sealed and never shown', async () => {
    const given = values()
    const { status, body } = await connect({ values: given })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ownerId: owner.memberId,
      timeZone: 'Europe/Berlin',
      handle: `@${given.handle}`,
      health: { renews: true },
    })
    const row = await asSystem(app.services.db, (tx) =>
      tx.selectFrom('accounts').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow(),
    )
    const list = await owner.call('GET', '/orgs/{org}/accounts')
    const events = await owner.call('GET', `/orgs/{org}/events?subjectId=${body.id}`)
    for (const secret of [given.token, 'access-', 'refresh-'])
      expect(
        JSON.stringify([row, row.credentials_sealed?.toString('latin1'), body, list.body, events.body]),
      ).not.toContain(secret)
  })

  test('twice is one account, and the second time a reconnection', async () => {
    const given = values()
    const [one, two] = [await connect({ values: given }), await connect({ values: given })]
    expect(two.body.id).toBe(one.body.id)
    const { body } = await owner.call('GET', `/orgs/{org}/events?subjectId=${one.body.id}`)
    expect(body.items.map(({ verb }: { verb: string }) => verb)).toEqual(['account.reconnected', 'account.connected'])
  })

  test('at the same moment from two tabs is one account', async () => {
    const given = values()
    const answers = await Promise.all([
      connect({ values: given }),
      connect({ values: given }),
      connect({ values: given }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })

  test('in another organisation is another account', async () => {
    const given = values()
    const other = await app.as('owner', app.theirs)
    const [ours, theirs] = [await connect({ values: given }), await connect({ values: given }, other)]
    expect([ours.status, theirs.status]).toEqual([201, 201])
    expect(theirs.body.id).not.toBe(ours.body.id)
  })
})

test('a network that says what no table can hold is connected, and a post to it still comes to an end', async () => {
  const { status, body } = await connect({ values: { url: liarUrl, handle: 'x', token: 'y' } })
  expect(status).toBe(201)
  expect([body.remoteId, body.displayName]).toEqual(['id\ufffd', '\ufffd\ufffd'])
  const post = await owner.call('POST', '/orgs/{org}/posts', {
    content: aDraft('to a liar'),
    variants: [{ accountId: body.id }],
  })
  await owner.call('POST', `/orgs/{org}/posts/${post.body.id}/schedule`, { when: { kind: 'now' } })
  const media = () => Promise.reject(new Error('no files here'))
  const worker = startWorker(
    { services: app.services, connectorOf: () => createFakeConnector(), media },
    { pollMs: 20 },
  )
  const read = async () => (await owner.call('GET', `/orgs/{org}/posts/${post.body.id}`)).body
  await expect.poll(async () => (await read()).state, { timeout: 10_000 }).toBe('published')
  expect((await read()).variants[0].remoteUrl).toBe('https://example.org/post\ufffd')
  await worker.stop()
})

describe('the same id at the network', () => {
  const callerOf = ({ orgId, userId, memberId }: TestSession): Caller => ({
    ...{ orgId, userId, memberId, role: 'owner', actor: { kind: 'member', id: memberId }, scopes: null },
  })
  const profile = (server: string, remoteId = '1'): Profile => ({
    ...{ remoteId, handle: `ada@${server}`, displayName: server, avatarUrl: null, url: server, server, instance: {} },
  })
  const keep = (
    connector: string,
    method: string,
    server: string,
    more: { accountId?: string; remoteId?: string } = {},
  ) =>
    inOrg(app.services.db, owner.orgId, (tx) =>
      keepConnection(app.services, tx, {
        ...{ caller: callerOf(owner), connector, method, ...(more.accountId && { accountId: more.accountId }) },
        connection: {
          credentials: { of: server },
          profile: profile(server, more.remoteId),
          scopes: [],
          expiresAt: null,
        },
      }),
    )

  test.each(['wordpress', 'mastodon'])(
    'on another server of %s is another account, with credentials of its own',
    async (connector) => {
      const method = connectorOf(connector).auth[0]!.id
      const first = await keep(connector, method, 'https://one.example')
      const second = await keep(connector, method, 'https://two.example')
      expect(second.id).not.toBe(first.id)
      expect([first.server, second.server]).toEqual(['https://one.example', 'https://two.example'])
      // What belongs to the one is never given to the other.
      await expect(keep(connector, method, 'https://two.example', { accountId: first.id })).rejects.toMatchObject({
        code: 'another-account',
      })
      expect((await keep(connector, method, 'https://one.example', { accountId: first.id })).id).toBe(first.id)
    },
  )

  test('is the same account where a site is encrypted since, and where an account moved that is known everywhere', async () => {
    const method = connectorOf('wordpress').auth[0]!.id
    const plain = await keep('wordpress', method, 'http://old.example/blog', { remoteId: '7' })
    const secure = await keep('wordpress', method, 'https://old.example/blog', { remoteId: '7' })
    expect(secure).toMatchObject({ id: plain.id, server: 'https://old.example/blog' })
    const remoteId = 'did:plc:abcdefghijklmnopqrstuvwx'
    const home = await keep('bluesky', 'app-password', 'https://one.example', { remoteId })
    expect((await keep('bluesky', 'app-password', 'https://two.example', { remoteId })).id).toBe(home.id)
  })
})
