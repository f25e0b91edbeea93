// Addresses that reach for the inside: feeds that redirect to it, feeds without an end, webhooks that point to it.

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startReceiver } from '../world/receiver.ts'
import { countRows, expectWell, type Person, type Running, refusal, startRunning } from './world.ts'

let running: Running
let owner: Person
let site: string
const servers: Server[] = []
const pages: Record<string, RequestListener> = {}
/** What the inside was asked. */
const insideAsked: string[] = []
let inside: string

async function listening(handler: RequestListener): Promise<string> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  site = await listening((request, response) => {
    const page = pages[request.url ?? '/']
    if (page) page(request, response)
    else response.writeHead(404).end()
  })
  inside = await listening((request, response) => {
    insideAsked.push(request.url ?? '')
    response.end('secret')
  })
  running = await startRunning({ allow: [new URL(site).host] })
  owner = await running.as('owner')
})
afterEach(() => expectWell(running))
afterAll(async () => {
  await running.close()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

const rss = (item: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${item}</channel></rss>`
const redirectTo =
  (target: string, status = 302): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { location: target }).end()
const connect = (address: string) =>
  owner.call('POST', '/orgs/{org}/accounts', { connector: 'feed', method: 'address', values: { address } })
const pull = (id: string) => owner.call('POST', `/orgs/{org}/accounts/${id}/pull`)

describe('a feed', () => {
  test.each<[string, () => string]>([
    ['127.0.0.1', () => `${inside}/feed`],
    ['localhost', () => `${inside.replace('127.0.0.1', 'localhost')}/feed`],
    ['IPv6 loopback', () => `${inside.replace('127.0.0.1', '[::1]')}/feed`],
    ['IPv4 dressed as IPv6', () => `${inside.replace('127.0.0.1', '[::ffff:127.0.0.1]')}/feed`],
    ['127.0.0.1 as one number', () => `${inside.replace('127.0.0.1', '2130706433')}/feed`],
    ['link-local, where clouds keep their secrets', () => 'http://169.254.169.254/latest/meta-data/'],
    ['IPv6 link-local', () => 'http://[fe80::1]/'],
    ['a network of the house', () => 'http://10.0.0.1/'],
    ['everywhere', () => 'http://0.0.0.0/'],
  ])('that redirects to %s is refused before anything is asked there', async (_, target) => {
    pages['/away'] = redirectTo(target())
    const answer = await connect(`${site}/away`)
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'network-refused'])
    expect(answer.body.data.params.code).toBe('address-refused')
    expect((await connect(target())).body.data.params.code).toBe('address-refused')
    expect(insideAsked).toEqual([])
  })

  test.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1/',
    'javascript:alert(1)',
    'data:text/xml,<rss/>',
  ])('that redirects to %s is refused', async (target) => {
    pages['/away'] = redirectTo(target)
    expect((await connect(`${site}/away`)).body.data.params.code).toBe('redirect-refused')
  })

  test('that turns inside later is refused then, and its account stays', async () => {
    pages['/good'] = (_, response) => void response.end(rss('<item><title>One</title><guid>1</guid></item>'))
    const { body } = await connect(`${site}/good`)
    expect((await pull(body.id)).body).toEqual({ added: 1 })
    for (const status of [301, 302, 303, 307, 308]) {
      pages['/good'] = redirectTo(`${inside}/feed`, status)
      const answer = await pull(body.id)
      expect(refusal(answer).slice(0, 2)).toEqual([422, 'network-refused'])
    }
    expect(insideAsked).toEqual([])
    expect((await owner.call('GET', `/orgs/{org}/accounts/${body.id}`)).body.state).toBe('connected')
    pages['/good'] = (_, response) => void response.end(rss('<item><title>Two</title><guid>2</guid></item>'))
    expect((await pull(body.id)).body).toEqual({ added: 1 })
  })

  test('that goes round in circles is left', async () => {
    pages['/round'] = redirectTo('/round')
    expect((await connect(`${site}/round`)).body.data.params.code).toBe('too-many-redirects')
  })

  test.each<[string, Record<string, string>]>([
    ['without a length', {}],
    ['with its length', { 'content-length': String(2_000_000_000) }],
  ])('of 2 GB, %s, is left after a few megabytes', async (_, headers) => {
    let sent = 0
    const gone = Promise.withResolvers<void>()
    pages['/huge'] = (_, response) => {
      const chunk = Buffer.alloc(256_000, ' ')
      response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers })
      response.on('close', gone.resolve)
      const pour = () => {
        while (sent < 2_000_000_000 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', pour)
        }
        response.end()
      }
      pour()
    }
    const before = process.memoryUsage.rss()
    const answer = await connect(`${site}/huge`)
    expect(answer.body.data).toMatchObject({ code: 'network-refused', params: { code: 'feed-too-large' } })
    await gone.promise
    expect(sent).toBeLessThan(50_000_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
  })

  test('of 2 GB that arrives as a few kilobytes of gzip is left as well', async () => {
    const { createGzip } = await import('node:zlib')
    pages['/zipped'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' })
      const zip = createGzip()
      zip.pipe(response)
      const chunk = Buffer.alloc(1_000_000, ' ')
      let left = 2000
      const pour = () => {
        while (left-- > 0 && !response.destroyed) if (!zip.write(chunk)) return void zip.once('drain', pour)
        zip.end()
      }
      response.on('close', () => zip.destroy())
      pour()
    }
    expect((await connect(`${site}/zipped`)).body.data.params.code).toBe('feed-too-large')
  })

  test('with characters that no table holds brings its items all the same', async () => {
    const items = [
      { id: 'a\u0000', title: 'NUL \u0000 in a title', content_text: 'half \ud83d of a pair' },
      { id: 'b', title: 'fine', content_html: '<p>&#0; &#xD83D; fine</p>', author: { name: '\u0000' } },
    ]
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Odd \u0000 feed', items }
    pages['/odd.json'] = (_, response) =>
      void response.writeHead(200, { 'content-type': 'application/feed+json' }).end(JSON.stringify(feed))
    const { status, body } = await connect(`${site}/odd.json`)
    expect(status).toBe(201)
    expect((await pull(body.id)).body).toEqual({ added: 2 })
    const { items: kept } = (await owner.call('GET', `/orgs/{org}/source-items?accountId=${body.id}`)).body
    expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud83d/)
  })

  test('with a script in it shows none', async () => {
    const html =
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&lt;a href="javascript:alert(1)"&gt;here&lt;/a&gt;'
    pages['/script'] = (_, response) =>
      void response.end(
        rss(
          `<item><title>S</title><guid>s</guid><link>javascript:alert(1)</link><description>${html}</description></item>`,
        ),
      )
    const { body } = await connect(`${site}/script`)
    await pull(body.id)
    const { items } = (await owner.call('GET', `/orgs/{org}/source-items?accountId=${body.id}`)).body
    expect(JSON.stringify(items)).not.toMatch(/<script|onerror|javascript:/)
  })

  test('that was refused leaves no account', async () => {
    const before = await countRows(running, 'accounts')
    await connect(`${site}/nothing-there`)
    expect(await countRows(running, 'accounts')).toBe(before)
  })
})

describe('a webhook', () => {
  const add = (url: string) => owner.call('POST', '/orgs/{org}/webhooks', { url, verbs: [] })

  test.each([
    'http://10.0.0.1/',
    'http://127.0.0.1/',
    'http://127.9.9.9:9/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://localhost/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/',
    'http://[fc00::1]/',
    'http://0/',
    'http://0x7f.1/',
  ])('to %s is refused by its field', async (url) => {
    expect(refusal(await add(url))).toEqual([422, 'private-address', 'url'])
  })

  test.each([
    'ftp://example.org/',
    'javascript:alert(1)',
    '//example.org',
    'not an address',
    `https://example.org/${'x'.repeat(2000)}`,
  ])('to %s is no address', async (url) => {
    expect(refusal(await add(url))).toEqual([422, 'invalid-input', 'url'])
  })

  test('that redirects inside is not followed there', async () => {
    pages['/hook'] = redirectTo(`${inside}/hook`, 307)
    const { status, body } = await add(`${site}/hook`)
    expect(status).toBe(201)
    const delivered = await owner.call('POST', `/orgs/{org}/webhooks/${body.id}/test`)
    expect(delivered.body).toMatchObject({ deliveredAt: null, lastStatus: null })
    expect(insideAsked).toEqual([])
  })

  test('that moved inside by a change is refused as well', async () => {
    const receiver = await startReceiver()
    const { body } = await add(`${site}/hook`)
    const change = await owner.call('PATCH', `/orgs/{org}/webhooks/${body.id}`, { url: receiver.url })
    expect(refusal(change)).toEqual([422, 'private-address', 'url'])
    await receiver.stop()
  })
})

test('a server that is to be connected cannot lie inside', async () => {
  for (const [connector, method, values] of [
    ['fake', 'token', { url: inside, handle: 'x', token: 'y' }],
    ['mastodon', 'token', { server: inside, accessToken: 'x' }],
    ['bluesky', 'app-password', { service: inside, identifier: 'a.example.org', password: 'x' }],
    [
      'wordpress',
      'application-password',
      { url: inside, site: inside, address: inside, user: 'x', username: 'x', password: 'y' },
    ],
  ] as const) {
    const answer = await owner.call('POST', '/orgs/{org}/accounts', { connector, method, values })
    expect(answer.status).toBe(422)
  }
  expect(insideAsked).toEqual([])
})
