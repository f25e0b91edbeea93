// What only an AppView knows, asked of a real one: mentions, a search, and who people are.

import { expect, test } from 'vitest'
import { type Bluesky, startBluesky } from '../../../../test/servers/bluesky.ts'
import { describeServer } from '../../../../test/servers/describe-server.ts'
import type { AuthMethod, Connection, Connector } from '../../contract.ts'
import { listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { accountOf, createTestSession } from '../../testing/session.ts'
import { createBluesky } from '../index.ts'

let network: Bluesky
let connector: Connector
let connection: Connection
let friend: { did: string; handle: string; token: string }
let me: { did: string; handle: string }

const hosts = () => [network.url, network.plcUrl, network.appViewUrl].map((url) => new URL(url).host)

async function call<T>(method: string, input: object, token = ''): Promise<T> {
  const response = await fetch(`${network.url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

async function begin(): Promise<void> {
  network = await startBluesky()
  connector = createBluesky({ directory: network.plcUrl, appView: network.appViewUrl })
  const [mine, other] = [await network.createAccount('tortoise'), await network.createAccount('hare')]
  me = mine
  const session = createTestSession({ allowPrivate: hosts() })
  const method = connector.auth[0] as Extract<AuthMethod, { kind: 'fields' }>
  const values = { service: network.url, identifier: mine.handle, password: mine.appPassword }
  connection = await method.connect(session, values)
  const input = { identifier: other.handle, password: other.password }
  const { accessJwt } = await call<{ accessJwt: string }>('com.atproto.server.createSession', input)
  friend = { did: other.did, handle: other.handle, token: accessJwt }
}

const source = (values: Record<string, string> = {}): SourceUnderTest => ({
  values,
  account: accountOf(connection.profile),
  credentials: connection.credentials,
  allowPrivate: hosts(),
  say: () => '',
  stop: async () => undefined,
})

function post(text: string, more: object = {}) {
  const record = { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), ...more }
  const input = { repo: friend.did, collection: 'app.bsky.feed.post', record }
  return call<{ uri: string; cid: string }>('com.atproto.repo.createRecord', input, friend.token)
}

describeServer('bluesky', () => {
  test('a mention comes with who said it, a search finds it, people are known', {
    timeout: 180_000,
  }, async () => {
    await begin()
    try {
      const kind = (key: string) => connector.hears!.find((each) => each.key === key)!
      const mentions = listenTo(kind('mentions'), source(), null)
      await expect.poll(() => mentions.failure ?? mentions.batches, { timeout: 30_000 }).not.toBe(0)
      const name = `@${me.handle}`
      const features = [{ $type: 'app.bsky.richtext.facet#mention', did: me.did }]
      const facets = [{ index: { byteStart: 0, byteEnd: name.length }, features }]
      const mention = await post(`${name} how does a marathon begin?`, { facets, langs: ['en'] })
      expect(await mentions.hears(mention.uri)).toMatchObject({
        kind: 'post',
        text: `${name} how does a marathon begin?`,
        languages: ['en'],
        author: { id: friend.did, handle: friend.handle },
      })
      await mentions.stop()
      const search = listenTo(kind('search'), source({ query: 'marathon' }), null)
      await search.hears(mention.uri)
      await search.stop()
      const session = createTestSession({ allowPrivate: hosts() })
      expect(await connector.people!(session, [friend.did, 'did:plc:nobody'])).toMatchObject([
        { id: friend.did, handle: friend.handle, followers: 0 },
      ])
    } finally {
      await network.stop()
    }
  })
})
