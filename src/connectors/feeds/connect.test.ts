// From the address a person gives to the feed behind it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '../contract.ts'
import { feed } from './index.ts'
import { rss, rssItem, type Site, sessionFor, startSite } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site[Symbol.asyncDispose]())

const connect = (address: string, session: Session = sessionFor([site])) => {
  const method = feed.auth[0]
  if (method?.kind !== 'fields') throw new Error('a feed is connected by fields')
  return method.connect(session, { address })
}
const page = (head: string) => `<!doctype html><html><head>${head}</head><body>Hello</body></html>`
const atom = '<link rel="alternate" type="application/atom+xml" href="/atom">'

beforeEach(() => {
  site.routes['/atom'] = {
    body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes &amp; news</title><link href="/home?x=1"/><logo>/logo.png</logo></feed>`,
  }
  site.routes['/rss'] = { body: rss(rssItem(1)) }
})

test('a feed is connected by its own address', async () => {
  expect(await connect(`${site.url}/atom`)).toEqual({
    credentials: { address: `${site.url}/atom` },
    expiresAt: null,
    scopes: [],
    profile: {
      remoteId: expect.stringMatching(/^[0-9a-f]{64}$/),
      handle: `${site.host}/atom`,
      displayName: 'Notes & news',
      avatarUrl: `${site.url}/logo.png`,
      url: `${site.url}/home?x=1`,
      server: site.url,
      instance: { format: 'atom' },
    },
  })
})

describe('a page leads to its feed', () => {
  const cases: [string, string, string][] = [
    ['by its link', atom, '/atom'],
    ['by the first of several', `<link rel="alternate" type="application/rss+xml" href="/rss">${atom}`, '/rss'],
    [
      'not to its comments',
      `<link rel="alternate" type="application/rss+xml" title="Notes » Comments Feed" href="/rss">${atom}`,
      '/atom',
    ],
    [
      'not to its style or translation',
      `<link rel="stylesheet" type="text/css" href="/rss"><link rel="alternate" hreflang="de" href="/rss">${atom}`,
      '/atom',
    ],
    [
      'through its base',
      '<base href="/sub/"><link rel="alternate" type="application/atom+xml" href="../atom">',
      '/atom',
    ],
    [
      'past a link that leads nowhere',
      `<link rel="alternate" type="application/rss+xml" href="/missing">${atom}`,
      '/atom',
    ],
    ['in careless spelling', `<LINK REL='Alternate' TYPE='application/RSS+XML; charset=utf-8' HREF=/rss>`, '/rss'],
  ]
  test.each(cases)('%s', async (_name, head, path) => {
    site.routes['/blog'] = { body: page(head), headers: { 'content-type': 'text/html' } }
    expect((await connect(`${site.url}/blog`)).credentials).toEqual({ address: site.url + path })
  })

  test('at a usual place, when it names none', async () => {
    site.routes['/'] = { body: page('') }
    site.routes['/feed.xml'] = { body: rss(rssItem(1)) }
    expect((await connect(site.url)).credentials).toEqual({ address: `${site.url}/feed.xml` })
  })

  test('or says that it has none', async () => {
    site.routes['/'] = { body: page('') }
    await expect(connect(site.url)).rejects.toMatchObject({ kind: 'rejected', code: 'no-feed-found', field: 'address' })
  })

  test('and never into the own network', async () => {
    await using inside = await startSite({ '/feed': { body: rss(rssItem(1)) } })
    site.routes['/'] = { body: page(`<link rel="alternate" type="application/rss+xml" href="${inside.url}/feed">`) }
    await expect(connect(site.url)).rejects.toMatchObject({ code: 'no-feed-found' })
    expect(inside.requests).toHaveLength(0)
  })
})

describe('what people type', () => {
  test.each(['feed://', 'feed:http://', '  http://', 'HTTP://'])('"%s…" is understood', async (prefix) => {
    const session = sessionFor([site])
    const given = `${prefix}${site.host}/rss`
    // feed:// means https, which a test site does not speak: it is asked, and that is the point.
    if (prefix === 'feed://') await expect(connect(given, session)).rejects.toMatchObject({ kind: 'unavailable' })
    else expect((await connect(given, session)).credentials).toEqual({ address: `${site.url}/rss` })
  })

  test('an address without a scheme is tried with https first, then without', async () => {
    expect((await connect(`${site.host}/rss`)).credentials).toEqual({ address: `${site.url}/rss` })
  })

  test.each(['', '   ', 'ftp://example.org/feed', 'file:///etc/passwd', 'http://'])(
    '"%s" is refused',
    async (given) => {
      await expect(connect(given)).rejects.toMatchObject({
        kind: 'rejected',
        code: 'address-invalid',
        field: 'address',
      })
    },
  )
})

test('a feed that has moved for good is connected where it is now', async () => {
  site.routes['/old'] = { status: 301, headers: { location: '/rss' } }
  site.routes['/short'] = { status: 302, headers: { location: '/rss' } }
  expect((await connect(`${site.url}/old`)).credentials).toEqual({ address: `${site.url}/rss` })
  expect((await connect(`${site.url}/short`)).credentials).toEqual({ address: `${site.url}/short` })
})

test('the keys of a private feed stay in the credentials', async () => {
  site.routes['/rss?key=secret'] = site.routes['/rss']!
  const { credentials, profile } = await connect(`http://kim:secret@${site.host}/rss?key=secret`)
  expect(JSON.stringify(credentials)).toContain('kim:secret@')
  expect(JSON.stringify(profile)).not.toContain('secret')
})

test('who the feed is can be asked again', async () => {
  const session = sessionFor([site], `${site.url}/rss`)
  expect(await feed.identify(session)).toMatchObject({
    displayName: 'Notes',
    handle: `${site.host}/rss`,
    url: `${site.url}/`,
  })
  site.routes['/rss'] = { body: page('') }
  await expect(feed.identify(session)).rejects.toMatchObject({ kind: 'changed', code: 'not-a-feed' })
})

test('a feed only listens', () => {
  expect([feed.publish, feed.metrics, typeof feed.listen?.pull]).toEqual([undefined, undefined, 'function'])
})
