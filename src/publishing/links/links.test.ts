// Links through HTTP: rules, short links by hand, redirects for people and machines, and what each organisation sees.

import { once } from 'node:events'
import { type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { webServer } from '../../http/server.ts'
import { addUpClicks } from './add-up.ts'
import { openShortLinks, type ShortLinks } from './doors.ts'
import { defaultRules } from './types.ts'

let app: TestApp
let owner: TestSession
let stranger: TestSession
let shortLinks: ShortLinks
let server: Server

beforeAll(async () => {
  app = await testApp({ config: { shortUrl: 'https://go.example.net' } })
  shortLinks = openShortLinks(app.services)
  server = webServer({ fetch: app.app.fetch, first: shortLinks.answers, hostname: '127.0.0.1' })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  owner = await app.as('owner')
  stranger = await app.as('owner', app.theirs)
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await shortLinks.stop()
  await app.close()
})

interface Answered {
  status: number
  header: (name: string) => string | null
  text: string
}

/** As a visitor's program sends it: `fetch` would set headers of its own, and hides where it is sent on to. */
async function visit(path: string, headers: Record<string, string> = browser, method = 'GET'): Promise<Answered> {
  const { port } = server.address() as AddressInfo
  const [answer] = (await once(request({ port, path, method, headers }).end(), 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  return { status: answer.statusCode!, header: (name) => String(answer.headers[name] ?? '') || null, text }
}

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

async function aLink(target = `https://example.org/${crypto.randomUUID()}`, of = owner) {
  const { status, body } = await of.call('POST', '/orgs/{org}/links', { target, name: 'A poster' })
  expect(status).toBe(201)
  return { ...body, code: body.shortUrl.split('/').at(-1) as string }
}
const follow = (code: string, headers: Record<string, string> = browser, method = 'GET') =>
  visit(`/l/${code}`, headers, method)
async function clicksOf(id: string, of = owner) {
  await addUpClicks(app.services)
  const { body } = await of.call('GET', '/orgs/{org}/links?limit=200')
  const { people, bots } = body.items.find((each: { id: string }) => each.id === id)
  return [people, bots]
}

describe('a short link', () => {
  test('leads on, and a person is counted', async () => {
    const { id, code, target, shortUrl } = await aLink()
    expect(shortUrl).toBe(`https://go.example.net/${code}`)
    const answer = await follow(code)
    expect([answer.status, answer.header('location')]).toEqual([302, target])
    expect(answer.header('cache-control')).toBe('no-store')
    expect(answer.header('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(answer.header('set-cookie')).toBeNull()
    expect(await clicksOf(id)).toEqual([1, 0])
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'a search engine',
      { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      'GET',
    ],
    ['a program without a name', {}, 'GET'],
    ['a browser that reads ahead', { ...browser, 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ['a question for headers alone', browser, 'HEAD'],
  ])('%s is led on, and counted apart', async (_, headers, method) => {
    const { id, code } = await aLink()
    expect((await follow(code, headers, method)).status).toBe(302)
    expect(await clicksOf(id)).toEqual([0, 1])
  })

  test('at the domain of their own they lie at the root, and nothing else does', async () => {
    const { code, target } = await aLink()
    const at = (path: string) => visit(path, { ...browser, host: 'go.example.net' })
    const answer = await at(`/${code.toUpperCase()}`)
    expect([answer.status, answer.header('location')]).toEqual([302, target])
    for (const path of ['/', '/healthz', '/api/v1/installation', `/${code}/x`])
      expect((await at(path)).status).toBe(404)
    expect((await visit(`/${code}`)).header('location')).toBeNull()
  })

  test('a code that was copied with the end of its sentence is found', async () => {
    const { code, target } = await aLink()
    for (const end of ['.', ',', '!?', ').']) expect((await follow(`${code}${end}`)).header('location')).toBe(target)
    expect((await follow(`${code}....`)).status).toBe(404)
  })

  test('an unknown code gets a page in plain words, in the colours of nobody', async () => {
    for (const code of ['bcdfgh22', 'x', '%3Cb%3E', 'bcdfgh2222222']) {
      const answer = await follow(code)
      expect([answer.status, answer.header('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      expect(answer.text).toContain('This link leads nowhere')
    }
  })

  test('that is taken away leads nowhere, and keeps its clicks', async () => {
    const { id, code } = await aLink()
    await follow(code)
    await addUpClicks(app.services)
    expect((await owner.call('DELETE', `/orgs/{org}/links/${id}`)).body.removedAt).not.toBeNull()
    expect((await follow(code)).status).toBe(404)
    expect((await follow(code)).status).toBe(404)
    expect(await clicksOf(id)).toEqual([1, 0])
  })

  test('that is brought back leads on again, and counts only what it answered', async () => {
    const { id, code } = await aLink()
    await follow(code)
    await owner.call('DELETE', `/orgs/{org}/links/${id}`)
    expect((await follow(code)).status).toBe(404)
    expect((await stranger.call('POST', `/orgs/{org}/links/${id}/restore`)).status).toBe(404)
    expect((await owner.call('POST', `/orgs/{org}/links/${id}/restore`)).body.removedAt).toBeNull()
    expect((await follow(code)).status).toBe(302)
    expect(await clicksOf(id)).toEqual([2, 0])
    const events = (await owner.call('GET', '/orgs/{org}/events?verb=link.restored')).body.items
    expect(events.map((event: { subject: { id: string } }) => event.subject.id)).toEqual([id])
  })

  test('its clicks by day: none before it was made, none where nobody came', async () => {
    const { id, code } = await aLink()
    await follow(code)
    await follow(code, { 'user-agent': 'Googlebot/2.1' })
    await addUpClicks(app.services)
    await inOrg(app.services.db, owner.orgId, (tx) =>
      tx
        .updateTable('links')
        .set({ created_at: new Date(Date.now() - 2 * 86_400_000) })
        .where('id', '=', id)
        .execute(),
    )
    const { body } = await owner.call('GET', `/orgs/{org}/links/clicks?linkId=${id}&days=5&zone=UTC`)
    const counts = body.map(({ people, bots }: { people: number | null; bots: number | null }) => [people, bots])
    expect(counts).toEqual([
      [null, null],
      [null, null],
      [0, 0],
      [0, 0],
      [1, 1],
    ])
    expect(body.at(-1).day).toBe(new Date().toISOString().slice(0, 10))
    const all = (await owner.call('GET', '/orgs/{org}/links/clicks?days=1')).body
    expect(all[0].people).toBeGreaterThanOrEqual(1)
    expect((await stranger.call('GET', `/orgs/{org}/links/clicks?linkId=${id}`)).status).toBe(404)
    expect((await stranger.call('GET', `/orgs/{org}/links/${id}`)).status).toBe(404)
    expect((await owner.call('GET', `/orgs/{org}/links/${id}`)).body).toMatchObject({ id, people: 1, bots: 1 })
  })

  test.each([
    [
      'an address in other letters',
      'https://bücher.example/straße?q=ß',
      'https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%9F',
    ],
    ['a very long address', `https://example.org/${'x'.repeat(7900)}`, `https://example.org/${'x'.repeat(7900)}`],
  ])('leads to %s', async (_, target, location) => {
    const { code } = await aLink(target)
    expect((await follow(code)).header('location')).toBe(location)
  })

  test.each([
    ['http://127.0.0.1/', 'link-private'],
    ['http://[::1]/', 'link-private'],
    ['http://router.local/', 'link-private'],
    ['javascript:alert(1)', 'link-not-web'],
    ['no address', 'link-not-web'],
    ['https://me:secret@example.org/', 'link-credentials'],
    ['https://go.example.net/bcdfgh22', 'link-own'],
    ['http://localhost:4545/l/bcdfgh22', 'link-own'],
  ])('to %s is refused', async (target, code) => {
    const { status, body } = await owner.call('POST', '/orgs/{org}/links', { target })
    expect([status, body.data.code, body.data.field]).toEqual([422, code, 'target'])
  })
})

describe('walls', () => {
  test('nobody sees or takes away the links of another organisation; visitors are led on all the same', async () => {
    const { id, code } = await aLink(undefined, stranger)
    expect(
      (await owner.call('GET', '/orgs/{org}/links?limit=200')).body.items.map((each: { id: string }) => each.id),
    ).not.toContain(id)
    expect((await owner.call('DELETE', `/orgs/{org}/links/${id}`)).status).toBe(404)
    expect((await follow(code)).status).toBe(302)
    expect(await clicksOf(id, stranger)).toEqual([1, 0])
  })
})

test('rules are read and changed, and the change is on record', async () => {
  expect((await owner.call('GET', '/orgs/{org}/links/rules')).body).toEqual({
    rules: defaultRules,
    base: 'https://go.example.net/',
  })
  const rules = { ...defaultRules, short: true, domains: ['example.org'], term: '{post}' }
  expect((await owner.call('PUT', '/orgs/{org}/links/rules', rules)).body.rules).toEqual(rules)
  expect((await owner.call('GET', '/orgs/{org}/links/rules')).body.rules).toEqual(rules)
  expect((await stranger.call('GET', '/orgs/{org}/links/rules')).body.rules).toEqual(defaultRules)
  expect((await owner.call('PUT', '/orgs/{org}/links/rules', { ...rules, term: '{nothing}' })).status).toBe(422)
  const events = (await owner.call('GET', '/orgs/{org}/events?verb=link-rules.changed')).body.items
  expect(events[0].facts).toMatchObject({ from: { short: false }, to: { short: true } })
})

test('the list pages through all links in both orders, and finds them by target or name', async () => {
  const session = await app.as('owner', app.theirs)
  const made = []
  for (let at = 0; at < 7; at++) made.push(await aLink(`https://example.org/list-${at}`, session))
  for (const [at, { code }] of made.entries()) for (let n = 0; n < at % 4; n++) await follow(code)
  await addUpClicks(app.services)
  const all = async (order: string) => {
    const found: { id: string; people: number }[] = []
    for (let cursor = ''; ; ) {
      const { body } = await session.call(
        'GET',
        `/orgs/{org}/links?q=LIST-&limit=3&order=${order}${cursor && `&cursor=${cursor}`}`,
      )
      found.push(...body.items)
      if (!body.nextCursor) return found
      cursor = body.nextCursor
    }
  }
  expect((await all('newest')).map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse())
  expect((await all('clicks')).map(({ people }) => people)).toEqual([3, 2, 2, 1, 1, 0, 0])
  const { body } = await session.call('GET', '/orgs/{org}/links?q=poster&limit=1')
  expect(body.items).toHaveLength(1)
  const wrong = await session.call('GET', `/orgs/{org}/links?order=clicks&cursor=${body.nextCursor}`)
  expect(wrong.body.data.code).toBe('cursor-not-known')
})
