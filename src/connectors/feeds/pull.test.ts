// Pulling a feed again and again: nothing twice, nothing lost, nothing asked for in vain.

import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../contract.ts'
import { pageSize, pullFeed } from './pull.ts'
import { rss, rssItem, type Site, sessionFor, startSite } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site[Symbol.asyncDispose]())

const address = () => `${site.url}/feed`
const pull = (cursor: Json, from = address()) => pullFeed(sessionFor([site], from), cursor)
const ids = (items: { id: string }[]) => items.map((item) => item.id)
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
/** Newest first, as feeds are. */
const feedOf = (items: number[]) =>
  rss(
    items
      .toReversed()
      .map((each) => rssItem(each))
      .join(''),
  )

describe('conditional requests', () => {
  test('send back what the server gave, and take 304 for "nothing new"', async () => {
    site.routes['/feed'] = (request) =>
      request.headers['if-none-match'] === '"a1"' &&
      request.headers['if-modified-since'] === 'Mon, 02 Nov 2026 10:00:00 GMT'
        ? { status: 304 }
        : { body: feedOf([1, 2]), headers: { etag: '"a1"', 'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT' } }
    const first = await pull(null)
    expect(ids(first.items)).toEqual(['n-1', 'n-2'])
    expect(await pull(first.cursor)).toEqual({ items: [], cursor: null })
    expect(site.requests).toHaveLength(2)
  })

  test('an unchanged feed without validators has nothing new either', async () => {
    site.routes['/feed'] = { body: feedOf([1]) }
    const first = await pull(null)
    expect(await pull(first.cursor)).toEqual({ items: [], cursor: null })
  })

  test('the first request has no condition', async () => {
    site.routes['/feed'] = { body: feedOf([]) }
    await pull(null)
    expect(site.requests[0]?.headers['if-none-match']).toBeUndefined()
    expect(site.requests[0]?.headers.accept).toContain('application/atom+xml')
  })
})

describe('moves', () => {
  const moves: [number, boolean][] = [
    [301, true],
    [308, true],
    [302, false],
    [303, false],
    [307, false],
  ]
  test.each(moves)('%i is remembered: %s', async (status, remembered) => {
    site.routes['/feed'] = { status, headers: { location: '/new' } }
    site.routes['/new'] = { body: feedOf([1]) }
    const first = await pull(null)
    expect(ids(first.items)).toEqual(['n-1'])
    await pull(first.cursor)
    expect(site.requests[2]?.url).toBe(remembered ? '/new' : '/feed')
  })

  test('only the leading part of a way that is for good is remembered', async () => {
    site.routes['/feed'] = { status: 301, headers: { location: '/b' } }
    site.routes['/b'] = { status: 308, headers: { location: '/c' } }
    site.routes['/c'] = { status: 302, headers: { location: '/d' } }
    site.routes['/d'] = { body: feedOf([1]) }
    const { cursor } = await pull(null)
    expect(cursor).toMatchObject({ address: `${site.url}/c` })
  })

  test('a move is remembered although nothing is new', async () => {
    site.routes['/feed'] = { body: feedOf([1]), headers: { etag: '"x"' } }
    const first = await pull(null)
    site.routes['/feed'] = { status: 301, headers: { location: '/new' } }
    site.routes['/new'] = (request) => (request.headers['if-none-match'] ? { status: 304 } : { body: feedOf([1]) })
    const second = await pull(first.cursor)
    expect(second.items).toEqual([])
    expect(second.cursor).toMatchObject({ address: `${site.url}/new`, etag: '"x"' })
  })

  test('a move to something that is no feed is not believed', async () => {
    site.routes['/feed'] = { status: 301, headers: { location: '/' } }
    site.routes['/'] = { body: '<html>Home</html>' }
    await expect(pull(null)).rejects.toMatchObject({ kind: 'changed', code: 'not-a-feed' })
  })

  test('items keep their identity when the site moves to https', async () => {
    site.routes['/feed'] = { body: rss('<item><link>http://example.org/a/</link></item>') }
    const first = await pull(null)
    site.routes['/feed'] = { body: rss('<item><link>https://example.org/a</link></item>') }
    expect((await pull(first.cursor)).items).toEqual([])
  })

  test('another connected address begins anew', async () => {
    site.routes['/feed'] = { body: feedOf([1]), headers: { etag: '"x"' } }
    site.routes['/other'] = { body: feedOf([1]) }
    const first = await pull(null)
    expect(ids((await pull(first.cursor, `${site.url}/other`)).items)).toEqual(['n-1'])
    expect(site.requests[1]?.headers['if-none-match']).toBeUndefined()
  })
})

describe('refusals', () => {
  test.each([
    [410, 'gone', 'feed-gone'],
    [404, 'unavailable', 'feed-not-found'],
    [401, 'forbidden', 'feed-needs-password'],
    [403, 'forbidden', 'status-403'],
    [429, 'rate-limited', 'status-429'],
    [503, 'unavailable', 'status-503'],
  ])('%i is %s', async (status, kind, code) => {
    site.routes['/feed'] = { status }
    await expect(pull(null)).rejects.toMatchObject({ kind, code })
  })

  test('a redirect into the own network is refused', async () => {
    await using inside = await startSite({ '/secret': { body: feedOf([1]) } })
    site.routes['/feed'] = { status: 302, headers: { location: `${inside.url}/secret` } }
    await expect(pull(null)).rejects.toMatchObject({ kind: 'rejected', code: 'address-refused' })
    expect(inside.requests).toHaveLength(0)
  })

  test('a feed of two gigabytes is cut at the limit', async () => {
    let sent = 0
    site.routes['/feed'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': 2_000_000_000 })
      const chunk = Buffer.alloc(100_000, ' ')
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on('drain', more).on('error', () => undefined)
      more()
      return undefined
    }
    await expect(pull(null)).rejects.toMatchObject({ kind: 'changed', code: 'feed-too-large' })
    expect(sent).toBeLessThan(40_000_000)
  })

  test('so is one that is small until it is unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(200_000_000, ' '))
    expect(packed.length).toBeLessThan(300_000)
    site.routes['/feed'] = { body: packed, headers: { 'content-encoding': 'gzip' } }
    await expect(pull(null)).rejects.toMatchObject({ kind: 'changed', code: 'feed-too-large' })
  })
})

describe('order and pages', () => {
  const dated = (day: number) => rssItem(day, `<pubDate>${String(day).padStart(2, '0')} Nov 2026 10:00 GMT</pubDate>`)
  const cases: [string, string, string[]][] = [
    ['newest first in the feed', dated(3) + dated(2) + dated(1), ['n-1', 'n-2', 'n-3']],
    ['oldest first in the feed', dated(1) + dated(2) + dated(3), ['n-1', 'n-2', 'n-3']],
    ['mixed', dated(2) + dated(3) + dated(1), ['n-1', 'n-2', 'n-3']],
    ['without dates', rssItem(3) + rssItem(2) + rssItem(1), ['n-1', 'n-2', 'n-3']],
    ['one without a date stays beside its neighbour', dated(3) + rssItem(2) + dated(1), ['n-1', 'n-2', 'n-3']],
  ]
  test.each(cases)('items come oldest first: %s', async (_name, items, expected) => {
    site.routes['/feed'] = { body: rss(items) }
    expect(ids((await pull(null)).items)).toEqual(expected)
  })

  test('a long feed comes in pages, although the server says that it is unchanged', async () => {
    const all = numbers(1, pageSize * 2 + 5)
    site.routes['/feed'] = (request) =>
      request.headers['if-none-match'] ? { status: 304 } : { body: feedOf(all), headers: { etag: '"x"' } }
    const found: string[] = []
    let cursor: Json = null
    for (let page = 0; page < 4; page++) {
      const got = await pull(cursor)
      expect(got.items.length).toBeLessThanOrEqual(pageSize)
      found.push(...ids(got.items))
      cursor = got.cursor ?? cursor
    }
    expect(found).toEqual(all.map((each) => `n-${each}`))
    expect(site.requests.at(-1)?.headers['if-none-match']).toBe('"x"')
  })

  test('however the feed rolls on, every item it shows comes exactly once, and the cursor stays small', async () => {
    const steps = fc.array(fc.record({ add: fc.integer({ min: 0, max: 30 }), show: fc.integer({ min: 1, max: 60 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    const run = fc.asyncProperty(steps, async (moves) => {
      let newest = 0
      let cursor: Json = null
      const found: string[] = []
      const shown = new Set<string>()
      for (const { add, show } of moves) {
        newest += add
        const visible = numbers(Math.max(1, newest - show + 1), newest)
        for (const each of visible) shown.add(`n-${each}`)
        site.routes['/feed'] = { body: feedOf(visible) }
        const got = await pull(cursor)
        found.push(...ids(got.items))
        cursor = got.cursor ?? cursor
      }
      expect(found.toSorted()).toEqual([...shown].toSorted())
      expect(JSON.stringify(cursor).length).toBeLessThan(100_000)
    })
    await fc.assert(run, { numRuns: 30 })
  })

  test('the cursor of the largest feed is bounded', async () => {
    site.routes['/feed'] = { body: feedOf(numbers(1, 7000)) }
    const { cursor } = await pull(null)
    site.routes['/feed'] = { body: feedOf(numbers(7001, 14_000)) }
    const second = await pull(cursor)
    expect(ids(second.items)[0]).toBe('n-9001')
    expect(JSON.stringify(second.cursor).length).toBeLessThan(100_000)
  })

  test('a cursor that cannot be read begins anew', async () => {
    site.routes['/feed'] = { body: feedOf([1]) }
    expect(ids((await pull({ from: 'another version' })).items)).toEqual(['n-1'])
  })
})
