// Feeds as sources: each article once, the same in every feed of a site, and hubs that tell when something is new.

import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../contract.ts'
import type { ListenSession } from '../listen.ts'
import { listeningSuite } from '../testing/listening-suite.ts'
import { createTransport } from '../transport.ts'
import { connectedFeedKind, feedKind } from './listen.ts'
import { rss, rssItem, type Site, sessionFor, startSite } from './testing/site.ts'
import { tellerOf, told } from './websub.ts'

listeningSuite(
  'A feed',
  feedKind,
  async () => {
    const site = await startSite()
    const items: string[] = []
    let refusal: { status: number; headers?: Record<string, string> } | null = null
    site.routes['/feed'] = () => {
      const answer = refusal ?? { body: rss(items.toReversed().join('')) }
      refusal = null
      return answer
    }
    items.push('<item><link>https://example.org/first</link></item>')
    const escaped = (text: string) =>
      text.toWellFormed().replaceAll('\0', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    return {
      values: { address: `${site.url}/feed` },
      allowPrivate: [site.host],
      say(text) {
        const link = `https://example.org/${items.length}`
        const date = new Date().toUTCString()
        items.push(
          `<item><link>${link}</link><title>${escaped(text)}</title><pubDate>${date}</pubDate><description>${escaped(text)}</description></item>`,
        )
        return link
      },
      refuse: (status, headers) => {
        refusal = { status, ...(headers ? { headers } : {}) }
      },
      async stop() {
        await site[Symbol.asyncDispose]()
      },
    }
  },
  { kinds: { 401: 'forbidden' } },
)

let site: Site
let callback: ListenSession['callback']
beforeEach(async () => {
  site = await startSite()
  callback = undefined
})
afterEach(() => site[Symbol.asyncDispose]())

const poll = (cursor: Json, address = `${site.url}/feed`) => {
  const session = sessionFor([site])
  const transport = createTransport({ signal: session.signal })
  return feedKind.poll!({ ...session, settings: { address }, transport, ...(callback ? { callback } : {}) }, cursor)
}

describe('articles', () => {
  test('are told with everything that can be known of them', async () => {
    const item = `<item><title>Slow and steady</title><link>/a</link><guid>https://example.org/?p=7</guid>
      <pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><dc:creator>Kim</dc:creator>
      <description>&lt;p&gt;See &lt;a href="/b"&gt;this&lt;/a&gt; &lt;img src="/c.png"&gt;&lt;/p&gt;</description></item>`
    const head = '<language>en-GB</language>'
    site.routes['/feed'] = {
      body: rss(item, head).replace('<rss ', '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '),
    }
    const { events, bytes } = await poll(null)
    expect(bytes).toBeGreaterThan(100)
    expect(events).toEqual([
      {
        type: 'heard',
        heard: expect.objectContaining({
          id: 'https://example.org/?p=7',
          kind: 'article',
          at: new Date('2026-11-20T10:00:00Z'),
          title: 'Slow and steady',
          text: 'See this',
          url: `${site.url}/a`,
          author: expect.objectContaining({ name: 'Kim' }),
          languages: ['en-GB'],
          media: ['image'],
          links: [`${site.url}/b`],
        }),
      },
    ])
  })

  test('with names of the feed alone do not collide with those of another', async () => {
    site.routes['/feed'] = { body: rss(rssItem(1)) }
    site.routes['/other'] = { body: rss(rssItem(1)) }
    const [one, other] = [await poll(null), await poll(null, `${site.url}/other`)]
    const ids = [one, other].map(({ events }) => (events[0]?.type === 'heard' ? events[0].heard.id : ''))
    expect(ids).toEqual([`${site.host}/feed#n-1`, `${site.host}/other#n-1`])
  })

  test('of tomorrow and of 1970 were said when they were heard', async () => {
    const dated = (number: number, date: string) => rssItem(number, `<pubDate>${date}</pubDate>`)
    site.routes['/feed'] = {
      body: rss(dated(1, 'Sat, 21 Nov 2026 09:00:00 GMT') + dated(2, 'Thu, 01 Jan 1970 00:00:00 GMT')),
    }
    const { events } = await poll(null)
    for (const event of events)
      expect(event.type === 'heard' && event.heard.at).toEqual(new Date('2026-11-20T12:00:00Z'))
  })
})

test('a page leads to its feed, which is remembered', async () => {
  site.routes['/'] = { body: '<link rel="alternate" type="application/rss+xml" href="/feed">' }
  site.routes['/feed'] = { body: rss(rssItem(1)) }
  const first = await poll(null, `${site.url}/`)
  const second = await poll(first.cursor, `${site.url}/`)
  expect([first.events.length, second.events.length]).toEqual([1, 0])
  expect(site.requests.map(({ url }) => url)).toEqual(['/', '/feed', '/feed', '/feed'])
})

test('a feed that shows yesterday again and again stores nothing and is not cleaned again', async () => {
  site.routes['/feed'] = { body: rss(Array.from({ length: 900 }, (_, number) => rssItem(number)).join('')) }
  let cursor = (await poll(null)).cursor
  for (let again = 0; again < 3; again++) {
    const batch = await poll(cursor)
    expect(batch.events).toEqual([])
    cursor = batch.cursor
  }
})

test('an endless way of redirects ends', async () => {
  site.routes['/feed'] = { status: 302, headers: { location: '/feed' } }
  await expect(poll(null)).rejects.toMatchObject({ kind: 'unavailable', code: 'too-many-redirects' })
})

test.each([
  ['https://kim:secret@example.org/feed', 'address-with-password'],
  ['ftp://example.org', 'address-invalid'],
  ['', 'address-invalid'],
])('"%s" is refused', (address, code) => {
  expect(feedKind.normalise({ address })).toEqual({ field: 'address', code })
})

test('one address has one form', () => {
  for (const address of ['example.org/feed', 'https://EXAMPLE.org/feed#top', 'feed://example.org/feed'])
    expect(feedKind.normalise({ address })).toEqual({ settings: { address: 'https://example.org/feed' } })
  expect(connectedFeedKind.needsAccount).toBe(true)
})

describe('a hub', () => {
  const hubbed = () =>
    rss(
      rssItem(1),
      `<atom:link rel="hub" href="/hub"/><atom:link rel="self" href="https://example.org/feed"/>`,
    ).replace('<rss ', '<rss xmlns:atom="http://www.w3.org/2005/Atom" ')

  test('is found in the feed, in JSON, or in the header, which goes before', () => {
    const feed = { hub: 'https://hub.example/a', self: null }
    const header = '<https://hub.example/b>; rel="hub", </feed>; rel=self'
    expect(tellerOf(null, feed, 'https://example.org/f')).toEqual({
      hub: 'https://hub.example/a',
      topic: 'https://example.org/f',
    })
    expect(tellerOf(header, feed, 'https://example.org/f')).toEqual({
      hub: 'https://hub.example/b',
      topic: 'https://example.org/feed',
    })
    expect(tellerOf(null, { hub: null, self: null }, 'https://example.org/f')).toBeNull()
    expect(tellerOf(null, { hub: 'javascript:1', self: null }, 'https://example.org/f')).toBeNull()
  })

  test('is asked once its topic is on record, then daily, and never where nobody can reach us', async () => {
    const asked: URLSearchParams[] = []
    site.routes['/feed'] = { body: hubbed() }
    site.routes['/hub'] = (request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        asked.push(new URLSearchParams(body))
        response.writeHead(202).end()
      })
      return undefined
    }
    let { cursor } = await poll(null)
    cursor = (await poll(cursor)).cursor
    expect(asked).toEqual([])
    callback = { url: 'https://longrun.example/hooks/feeds/1', secret: 'shared' }
    for (let again = 0; again < 3; again++) cursor = (await poll(cursor)).cursor
    expect(asked.map((query) => Object.fromEntries(query))).toEqual([
      {
        'hub.mode': 'subscribe',
        'hub.topic': 'https://example.org/feed',
        'hub.callback': 'https://longrun.example/hooks/feeds/1',
        'hub.secret': 'shared',
        'hub.lease_seconds': '864000',
      },
    ])
    const query = (topic: string, mode = 'subscribe') =>
      new URLSearchParams({ 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': 'abc', 'hub.lease_seconds': '1' })
    expect(told.confirm(query('https://example.org/feed'), cursor)).toBe('abc')
    expect(told.confirm(query('https://evil.example/feed'), cursor)).toBeNull()
    expect(told.confirm(query('https://example.org/feed', 'unsubscribe'), cursor)).toBeNull()
    expect(told.confirm(query('https://example.org/feed'), null)).toBeNull()
  })

  test('that is broken does not keep the feed from being read', async () => {
    site.routes['/feed'] = { body: hubbed() }
    callback = { url: 'https://longrun.example/hooks/feeds/1', secret: 'shared' }
    const first = await poll(null)
    expect((await poll(first.cursor)).cursor).toMatchObject({ subscription: { askedAt: expect.any(Number) } })
  })

  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('is believed when it knows the secret: %s', (algorithm) => {
    const body = Buffer.from('<feed/>')
    const sign = (secret: string) => ({
      'x-hub-signature': `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`,
    })
    expect(told.isGenuine(new Headers(sign('shared')), body, 'shared')).toBe(true)
    expect(told.isGenuine(new Headers(sign('guessed')), body, 'shared')).toBe(false)
    expect(told.isGenuine(new Headers(), body, 'shared')).toBe(false)
    expect(told.isGenuine(new Headers({ 'x-hub-signature': 'md5=00' }), body, 'shared')).toBe(false)
    expect(told.isGenuine(new Headers(sign('shared')), Buffer.from('<other/>'), 'shared')).toBe(false)
  })
})
