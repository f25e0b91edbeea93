// Hacker News against a server that answers as its API and its search are documented.

import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../testing/listening-suite.ts'
import { createHackerNews } from './index.ts'

interface Stored {
  id: number
  type: string
  by?: string
  time?: number
  text?: string
  title?: string
  url?: string
  parent?: number
  deleted?: boolean
  dead?: boolean
}

/** What the site holds; numbers rise by one. */
interface HackerNewsDouble {
  items: Map<number, Stored | null>
  updates: number[]
  add(item: Partial<Stored>): Stored
  front: FaultServer
}

async function startDouble(): Promise<HackerNewsDouble> {
  const items = new Map<number, Stored | null>([[1, { id: 1, type: 'story', title: 'The first' }]])
  const front = await startFaultServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x')
    const [, number] = /^\/v0\/item\/(\d+)\.json$/.exec(url.pathname) ?? []
    const answer = number
      ? (items.get(Number(number)) ?? null)
      : url.pathname === '/v0/maxitem.json'
        ? Math.max(...items.keys())
        : url.pathname === '/v0/updates.json'
          ? { items: double.updates, profiles: [] }
          : searched(url.searchParams)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  function searched(query: URLSearchParams) {
    const since = Number(/^created_at_i>(\d+)$/.exec(query.get('numericFilters') ?? '')?.[1] ?? 0)
    const found = [...items.values()]
      .filter((item): item is Stored => item !== null && (item.time ?? 0) > since)
      .filter(({ text = '', title = '' }) => `${title} ${text}`.includes(query.get('query')!))
      .toReversed()
    const [size, at] = [Number(query.get('hitsPerPage')), Number(query.get('page'))]
    const hits = found.slice(at * size, (at + 1) * size).map(({ id, type, by, time, title, url, text, parent }) => ({
      objectID: String(id),
      created_at_i: time,
      author: by,
      title: title ?? null,
      url: url ?? null,
      ...(type === 'comment' ? { comment_text: text, parent_id: parent, story_id: 1 } : { story_text: text ?? null }),
    }))
    return { hits, nbPages: Math.ceil(found.length / size), page: at }
  }
  const double: HackerNewsDouble = {
    items,
    updates: [],
    front,
    add(item) {
      const id = Math.max(...items.keys()) + 1
      const added = { id, type: 'comment', by: 'tortoise', time: Math.floor(Date.now() / 1000), parent: 1, ...item }
      items.set(id, added)
      return added
    },
  }
  return double
}

const escaped = (text: string) => text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function sourceOf(double: HackerNewsDouble, values: Record<string, string> = {}): SourceUnderTest {
  return {
    values,
    allowPrivate: [double.front.host],
    say: (text) => String(double.add({ text: escaped(`${text} marathon`) }).id),
    refuse: (status, headers) => double.front.inject(faults.status(status, { headers })),
    stop: () => double.front.stop(),
  }
}

// The connector's addresses are known once the double listens, so each suite makes its own.
const shared = await startDouble()
const kinds = createHackerNews({ api: `${shared.front.url}/v0`, search: `${shared.front.url}/api/v1` }).hears!
const [search, newItems] = [kinds.find(({ key }) => key === 'search')!, kinds.find(({ key }) => key === 'new')!]
listeningSuite('Hacker News (new)', newItems, async () => ({ ...sourceOf(shared), stop: async () => undefined }))
listeningSuite('Hacker News (search)', search, async () => sourceOf(shared, { query: 'marathon' }))

let double: HackerNewsDouble
let listener: Listener
beforeEach(async () => {
  double = await startDouble()
})
afterEach(async () => {
  await listener?.stop()
  await double.front.stop()
})

function listen(key: string, values: Record<string, string> = {}, cursor: Listener['cursor'] = null) {
  const hn = createHackerNews({ api: `${double.front.url}/v0`, search: `${double.front.url}/api/v1` })
  listener = listenTo(hn.hears!.find((kind) => kind.key === key)!, sourceOf(double, values), cursor)
  return expect.poll(() => listener.failure ?? listener.batches, { timeout: 5_000 }).not.toBe(0)
}

test('stories and comments are told with their links, jobs are not', async () => {
  await listen('new')
  const story = double.add({
    type: 'story',
    title: 'Slow &amp; steady',
    url: 'https://example.org/a',
    parent: undefined,
  })
  double.add({ type: 'job', title: 'We hire' })
  const text = 'I ran it.<p>See <a href="https:&#x2F;&#x2F;example.org&#x2F;b?x=1&amp;y=2" rel="nofollow">this</a>.'
  const comment = double.add({ text, parent: story.id })
  expect(await listener.hears(String(comment.id))).toMatchObject({
    kind: 'comment',
    text: 'I ran it.\n\nSee this.',
    url: `https://news.ycombinator.com/item?id=${comment.id}`,
    links: ['https://example.org/b?x=1&y=2'],
    author: { id: 'tortoise', url: 'https://news.ycombinator.com/user?id=tortoise' },
    replyTo: String(story.id),
  })
  expect(await listener.hears(String(story.id))).toMatchObject({ kind: 'post', links: ['https://example.org/a'] })
  expect(listener.events.map((event) => event.type)).toEqual(['heard', 'heard'])
})

test('an item that is late, an edit and a deletion are told', async () => {
  await listen('new')
  const late = double.add({ text: 'late' })
  double.items.set(late.id, null)
  const next = double.add({ text: 'in time' })
  await listener.hears(String(next.id))
  double.items.set(late.id, late)
  await listener.hears(String(late.id))
  double.items.set(next.id, { ...next, text: 'edited' })
  double.updates = [next.id]
  await expect.poll(() => listener.events.at(-1)).toMatchObject({ type: 'changed', heard: { text: 'edited' } })
  double.items.set(next.id, { id: next.id, type: 'comment', deleted: true })
  await expect.poll(() => listener.events.at(-1)).toEqual({ type: 'removed', id: String(next.id) })
})

test('more than one reading holds is stated as a gap', async () => {
  await listen('new')
  await listener.stop()
  const last = (listener.cursor as { last: number }).last
  for (let count = 0; count < 1_010; count++) double.items.set(last + 1 + count, { id: last + 1 + count, type: 'job' })
  await listen('new', {}, listener.cursor)
  expect(listener.gaps.map(({ reason }) => reason)).toEqual(['page-limit'])
})

test('a search brings only what matches, comments with the story they belong to', async () => {
  const before = double.add({ text: 'a marathon of the past', time: Math.floor(Date.now() / 1000) - 86_400 })
  await listen('search', { query: 'marathon' })
  expect(await listener.hears(String(before.id))).toMatchObject({ kind: 'comment', root: '1', replyTo: '1' })
  double.add({ text: 'something else' })
  const match = double.add({ text: 'another marathon' })
  await listener.hears(String(match.id))
  expect(new Set(listener.events.map((event) => ('heard' in event ? event.heard.id : '')))).toEqual(
    new Set([String(before.id), String(match.id)]),
  )
})

test('what a search cannot read is counted', async () => {
  const broken = createServer((_request, response) => response.end('{"hits":[{"objectID":"x"},7],"nbPages":1}'))
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
  const { port } = broken.address() as { port: number }
  const hn = createHackerNews({ search: `http://127.0.0.1:${port}` })
  const source = { ...sourceOf(double, { query: 'a' }), allowPrivate: [`127.0.0.1:${port}`] }
  listener = listenTo(hn.hears!.find((kind) => kind.key === 'search')!, source, null)
  await expect.poll(() => listener.unreadable, { timeout: 5_000 }).toBeGreaterThanOrEqual(2)
  await listener.stop()
  await new Promise((resolve) => broken.close(resolve))
})
