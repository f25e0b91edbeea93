// Bluesky in the contract suite, against a real server of the network.

import { buffer } from 'node:stream/consumers'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { type Pds, type PdsAccount, startPds } from '../../../test/servers/pds.ts'
import type { AuthMethod } from '../contract.ts'
import { connectorSuite, type PublishedPost } from '../testing/contract-suite.ts'
import { type Handler, startFaultServer } from '../testing/fault-server.ts'
import { bluesky } from './index.ts'

const method = bluesky.auth.find(({ kind }) => kind === 'fields') as Extract<AuthMethod, { kind: 'fields' }>
// Counting is the work of an AppView, which this server is without; metrics.test.ts has the numbers.
const skip = ['numbers are null or counted, and of posts that exist']

describeServer('pds', () => {
  connectorSuite(
    bluesky,
    async () => {
      const pds = await startPds()
      const me = await pds.createAccount('tortoise')
      const { handle, did, appPassword, password } = me
      const friend = await pds.createAccount('hare')
      const faults = await startFaultServer(renamed(pds, () => faults.url))
      return {
        faults,
        isWrite: ({ path }) => path === '/xrpc/com.atproto.repo.putRecord',
        connect: (session) =>
          method.connect(session, { service: faults.url, identifier: handle, password: appPassword }),
        published: () => postsOf(pds, did),
        async saysElsewhere(text) {
          const asked = await postBy(pds, friend, { text: 'How?' })
          return (await postBy(pds, me, { text, reply: { root: asked, parent: asked } })).uri
        },
        secrets: [appPassword, password],
        stop: async () => {
          await faults.stop()
          await pds.stop()
        },
      }
    },
    { skip },
  )
})

/** The account's document names its server; here that has to be the one in front, which breaks answers. */
function renamed(pds: Pds, name: () => string): Handler {
  return async (request, response) => {
    const { method = 'GET', headers, url } = request
    const given = ['authorization', 'content-type'].flatMap((one) =>
      headers[one] ? [[one, String(headers[one])]] : [],
    )
    const body = method === 'GET' ? undefined : new Uint8Array(await buffer(request))
    const answer = await fetch(pds.url + url, { method, headers: given as [string, string][], body })
    const text = (await answer.text()).replaceAll(pds.url, name())
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
  }
}

type Ref = { uri: string; cid: string }

/** In the network's own app. */
async function postBy(pds: Pds, by: PdsAccount, more: object): Promise<Ref> {
  const call = async <T>(method: string, input: object, token = ''): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const answer = await fetch(`${pds.url}/xrpc/${method}`, { method: 'POST', headers, body: JSON.stringify(input) })
    if (!answer.ok) throw new Error(`${method}: ${answer.status}`)
    return (await answer.json()) as T
  }
  const input = { identifier: by.handle, password: by.password }
  const { accessJwt } = await call<{ accessJwt: string }>('com.atproto.server.createSession', input)
  const record = { $type: 'app.bsky.feed.post', createdAt: new Date().toISOString(), ...more }
  return call('com.atproto.repo.createRecord', { repo: by.did, collection: 'app.bsky.feed.post', record }, accessJwt)
}

interface Listed {
  records: {
    uri: string
    value: { text: string; reply?: { parent: { uri: string } }; embed?: { images?: Image[]; items?: Image[] } }
  }[]
  cursor?: string
}
interface Image {
  alt: string
}

async function postsOf(pds: Pds, repo: string, cursor = ''): Promise<PublishedPost[]> {
  const params = new URLSearchParams({ repo, collection: 'app.bsky.feed.post', limit: '100', cursor })
  if (cursor === '') params.delete('cursor')
  const page = (await (await fetch(`${pds.url}/xrpc/com.atproto.repo.listRecords?${params}`)).json()) as Listed
  const posts = page.records.map(({ uri, value: { text, reply, embed } }) => {
    const alts = (embed?.images ?? embed?.items ?? []).map(({ alt }) => alt)
    return { id: uri, text, replyTo: reply?.parent.uri ?? null, alts }
  })
  return page.cursor ? [...posts, ...(await postsOf(pds, repo, page.cursor))] : posts
}
