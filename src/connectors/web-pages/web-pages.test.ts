// Watched pages: what is added is heard, what moves or counts is not, and a site that wants no programs is left alone.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256Hex } from '../../lib/hash.ts'
import type { Json } from '../contract.ts'
import type { ListenSession } from '../listen.ts'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { listeningSuite } from '../testing/listening-suite.ts'
import { createTestSession } from '../testing/session.ts'
import { createTransport } from '../transport.ts'
import { readPage } from './read-page.ts'
import { mayRead } from './robots.ts'
import { pageKind } from './watch.ts'

const page = (...paragraphs: string[]) =>
  `<!doctype html><html lang="en"><head><title>News &amp; more</title><script>var x = "<p>no</p>"</script></head><body>
  <nav><p>Home and a long way through the whole site</p></nav><main><h1>What we say about running</h1>
  ${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</main><footer><p>All rights are reserved for ever and ever</p></footer></body></html>`

interface Served {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
}

let routes: Record<string, Served | ((headers: Record<string, string | string[] | undefined>) => Served)>
const startSite = () =>
  startFaultServer((request, response) => {
    const route = routes[request.url ?? '/'] ?? { status: 404 }
    const { status = 200, headers = {}, body = '' } = typeof route === 'function' ? route(request.headers) : route
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  })

listeningSuite(
  'A web page',
  pageKind,
  async () => {
    const said = ['This stood here from the beginning of all days.']
    let shown = said.length
    const front = await startFaultServer((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end()
      shown = said.length
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(...said))
    })
    return {
      values: { address: `${front.url}/news` },
      allowPrivate: [front.host],
      async say(text) {
        // Each look tells what was added since the last one: two additions between two looks are one.
        await expect.poll(() => shown).toBe(said.length)
        const clean = text.toWellFormed().replaceAll('\0', '')
        said.push(`${clean} and what else there is to say`)
        return `${front.url}/news#${sha256Hex(said.at(-1)!).slice(0, 32)}`
      },
      refuse: (status, headers) =>
        front.inject(faults.status(status, { headers }), { match: ({ path }) => path === '/news' }),
      stop: () => front.stop(),
    }
  },
  { kinds: { 401: 'forbidden' }, together: true },
)

let site: FaultServer
beforeEach(async () => {
  routes = {}
  site = await startSite()
})
afterEach(() => site.stop())

const now = new Date('2026-11-20T12:00:00Z')
function look(cursor: Json, at = now): ReturnType<NonNullable<typeof pageKind.poll>> {
  const session = createTestSession({ allowPrivate: [site.host], now: () => at })
  const transport = createTransport({ signal: session.signal })
  const listening: ListenSession = { ...session, settings: { address: `${site.url}/news` }, transport }
  return pageKind.poll!(listening, cursor)
}

describe('a page', () => {
  const first = 'We have been running for twenty years.'
  const second = 'Today a hundred people ran with us.'

  test('is known at the first look, and tells at the second what was added', async () => {
    routes['/news'] = { body: page(first) }
    const before = await look(null)
    expect(before.events).toEqual([])
    routes['/news'] = { body: page(second, first) }
    const { events } = await look(before.cursor)
    expect(events).toEqual([
      {
        type: 'heard',
        heard: expect.objectContaining({
          kind: 'article',
          title: 'News & more',
          text: second,
          url: `${site.url}/news`,
          languages: ['en'],
          at: now,
        }),
      },
    ])
  })

  test('that only moves, counts, or changes its frame tells nothing; one that comes back tells nothing again', async () => {
    routes['/news'] = { body: page(first, 'It is 12:01, and 17 people are reading this.', second) }
    let { cursor } = await look(null)
    for (const body of [
      page(second, first, 'It is 13:47, and 1,204 people are reading this.'),
      page(second, first).replace('All rights', 'Nearly all rights'),
      page(first),
      page(first, second),
    ]) {
      routes['/news'] = { body }
      const batch = await look(cursor)
      expect(batch.events).toEqual([])
      cursor = batch.cursor
    }
  })

  test('is asked whether it changed, and dates what it says by its server', async () => {
    const modified = 'Fri, 20 Nov 2026 09:30:00 GMT'
    routes['/news'] = { body: page(first), headers: { etag: '"1"' } }
    const before = await look(null)
    routes['/news'] = (headers) =>
      headers['if-none-match'] === '"1"' ? { status: 304 } : { body: page(first, second) }
    expect((await look(before.cursor)).events).toEqual([])
    routes['/news'] = { body: page(first, second), headers: { 'last-modified': modified } }
    const after = await look(before.cursor)
    expect(after.events[0]).toMatchObject({ heard: { at: new Date(modified) } })
    routes['/news'] = {
      body: page(first, second, 'From the future comes this line.'),
      headers: { 'last-modified': 'Fri, 20 Nov 2099 09:30:00 GMT' },
    }
    expect((await look(after.cursor)).events[0]).toMatchObject({ heard: { at: now } })
  })

  test.each([
    [{ headers: { 'content-type': 'application/pdf' }, body: '%PDF' }, 'not-a-page'],
    [{ body: '<html><body><script>app()</script></body></html>' }, 'not-a-page'],
    [{ body: 'x'.repeat(6_000_000) }, 'answer-too-large'],
  ])('that is none is refused', async (served, code) => {
    routes['/news'] = served
    await expect(look(null)).rejects.toMatchObject({ kind: 'changed', code })
  })

  test('in another charset is read as it is meant', async () => {
    const latin = Buffer.from('<meta charset="iso-8859-1"><p>Über die Straße läuft ein Läufer.</p>', 'latin1')
    routes['/news'] = {
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('<p>Nothing yet is to be seen here.</p>'),
    }
    const { cursor } = await look(null)
    routes['/news'] = { headers: { 'content-type': 'text/html' }, body: latin }
    expect((await look(cursor)).events[0]).toMatchObject({ heard: { text: 'Über die Straße läuft ein Läufer.' } })
  })

  test('nested without end is survived', () => {
    const { paragraphs } = readPage(`<main>${'<div>'.repeat(50_000)}Deep down there is a sentence to be read.`)
    expect(paragraphs.length).toBeLessThanOrEqual(1)
  })
})

describe('the wish of a site', () => {
  test('is asked first, kept for a day, and respected', async () => {
    routes['/news'] = { body: page('Something long enough to be a paragraph.') }
    routes['/robots.txt'] = { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /private' }
    let { cursor } = await look(null)
    cursor = (await look(cursor)).cursor
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/news', '/news'])
    routes['/robots.txt'] = { headers: { 'content-type': 'text/plain' }, body: 'User-agent: longrun\nDisallow: /' }
    await expect(look(cursor, new Date(now.getTime() + 25 * 3_600_000))).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'robots-refused',
    })
  })

  test('cannot be known while the site is down, so it is not read', async () => {
    routes['/news'] = { body: page('Something long enough to be a paragraph.') }
    routes['/robots.txt'] = { status: 503 }
    await expect(look(null)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt'])
  })

  const cases: [string, string, boolean][] = [
    ['', '/a', true],
    ['User-agent: *\nDisallow:', '/a', true],
    ['User-agent: *\nDisallow: /', '/a', false],
    ['User-agent: other\nDisallow: /', '/a', true],
    ['User-agent: other\nUser-agent: *\nDisallow: /a', '/a', false],
    ['User-agent: *\nDisallow: /\n\nUser-agent: Longrun\nAllow: /', '/a', true],
    ['User-agent: longrun\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['User-agent: longrun\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: /*.php$', '/x/y.php', false],
    ['User-agent: *\nDisallow: /*.php$', '/x/y.php?a', true],
    ['User-agent: *\nDisallow: /*?print', '/x?print=1', false],
    ['User-agent: *\r\nDisallow: /a # not this\r\n', '/a', false],
    ['User-agent: Longrun/1.0\nDisallow: /', '/a', false],
    [`User-agent: *\nDisallow: /${'*a'.repeat(900)}$`, `/${'a'.repeat(5_000)}b`, true],
  ]
  test.each(cases)('%j for %s: %s', (robots, path, allowed) => {
    expect(mayRead(robots, 'longrun', path)).toBe(allowed)
  })
})

test.each([
  ['example.org/news#top', { settings: { address: 'https://example.org/news' } }],
  ['ftp://example.org', { field: 'address', code: 'address-invalid' }],
  ['https://kim:secret@example.org', { field: 'address', code: 'address-with-password' }],
  ['two words', { field: 'address', code: 'address-invalid' }],
])('"%s" is understood or refused', (address, expected) => {
  expect(pageKind.normalise({ address })).toEqual(expected)
})
