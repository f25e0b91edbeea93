// Numbers per post, against a server that answers as the network's AppView is documented to (app.bsky.feed.getPosts).

import { afterEach, expect, it } from 'vitest'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import { bluesky } from './index.ts'
import { testSession } from './test-session.ts'

const idOf = (index: number) => `at://did:plc:tortoise/app.bsky.feed.post/3kaaaaaaaa${100 + index}`
const existing = new Map<string, object>()
const asked: string[][] = []
let server: FaultServer | undefined

afterEach(async () => {
  existing.clear()
  asked.length = 0
  await server?.stop()
})

async function connected() {
  server = await startFaultServer((request, response) => {
    const uris = new URL(request.url ?? '', 'http://localhost').searchParams.getAll('uris')
    asked.push(uris)
    // The lexicon allows 25; a real AppView refuses more.
    const posts = uris.flatMap((uri) =>
      existing.has(uri) ? [{ uri, cid: 'c', record: {}, ...existing.get(uri) }] : [],
    )
    response.writeHead(uris.length > 25 ? 400 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(uris.length > 25 ? { error: 'InvalidRequest' } : { posts }))
  })
  const did = 'did:plc:tortoise'
  const tokens = { access: 'token', refresh: 'token', password: null }
  const credentials = { kind: 'password', did, pds: server.url, service: server.url, ...tokens }
  return { ...testSession([server.url]), credentials }
}

it('tells zero from not offered, and leaves out what is gone', async () => {
  existing.set(idOf(1), { likeCount: 3, replyCount: 0, repostCount: 2, quoteCount: 1, bookmarkCount: 9 })
  existing.set(idOf(2), { likeCount: 0 })
  const numbers = await bluesky.metrics!.posts(await connected(), [idOf(1), idOf(2), idOf(3)])
  expect(numbers).toEqual(
    new Map([
      [idOf(1), { likes: 3, replies: 0, reposts: 2, quotes: 1, views: null }],
      [idOf(2), { likes: 0, replies: null, reposts: null, quotes: null, views: null }],
    ]),
  )
})

it('asks for no more than 25 at once, and for nothing when there is nothing to ask', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => idOf(index))
  for (const id of ids) existing.set(id, { likeCount: 1 })
  const session = await connected()
  expect((await bluesky.metrics!.posts(session, ids)).size).toBe(60)
  expect(asked.map((uris) => uris.length)).toEqual([25, 25, 10])
  expect(await bluesky.metrics!.posts(session, [])).toEqual(new Map())
  expect(asked).toHaveLength(3)
})
