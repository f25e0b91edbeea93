// Connecting at the double: registration, consent, tokens that last and tokens that end.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuthMethod, Connection, Json, Redirect, Session } from '../contract.ts'
import type { ConnectorError } from '../errors.ts'
import { type FaultServer, type RecordedRequest, startFaultServer } from '../testing/fault-server.ts'
import { htmlPage, status } from '../testing/faults.ts'
import { identify, oauth, refresh, token } from './auth.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { parseServer } from './server.ts'
import { sessionFor, strangerAt } from './test-session.ts'

const signIn = oauth as Extract<AuthMethod, { kind: 'oauth' }>
const paste = token as Extract<AuthMethod, { kind: 'fields' }>
const redirect: Redirect = { url: 'https://longrun.example/connect/callback', state: 'state-1' }

let double: MastodonDouble
beforeEach(async () => {
  double = await startMastodonDouble({ autoApprove: true })
})
afterEach(async () => {
  await double.stop()
  expect(double.violations ?? []).toEqual([])
})

/** What the browser of the person does: open the page, and come back with what the server adds to our address. */
async function visit(url: string): Promise<Record<string, string>> {
  const answer = await fetch(url, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe(redirect.url)
  return Object.fromEntries(back.searchParams)
}

const begin = (values = { server: double.url }) => signIn.begin(strangerAt(double.host), values, redirect)
const finish = (pending: Json, params: Record<string, string>) =>
  signIn.finish(strangerAt(double.host), pending, params, redirect)

const refused = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('was not refused'),
    (error: ConnectorError) => error,
  )

describe('signing in on the server', () => {
  test('asks for no more than is needed, with PKCE, and ends with the account', async () => {
    const { url, pending } = await begin()
    const asked = new URL(url).searchParams
    expect(asked.get('scope')).toBe(
      'read:accounts write:statuses write:media read:statuses read:notifications read:lists read:search write:favourites write:mutes write:blocks',
    )
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('state')).toBe('state-1')
    expect(double.state.applications).toMatchObject([{ name: 'Longrun', redirectUris: [redirect.url] }])
    const connection = await finish(pending, await visit(url))
    expect(connection).toMatchObject({
      expiresAt: null,
      scopes: [
        ...['read:accounts', 'write:statuses', 'write:media', 'read:statuses'],
        ...['read:notifications', 'read:lists', 'read:search'],
        ...['write:favourites', 'write:mutes', 'write:blocks'],
      ],
      profile: {
        remoteId: double.account('me').id,
        handle: '@me@example.social',
        displayName: 'me',
        server: double.url,
        url: `${double.url}/@me`,
        instance: { software: 'mastodon', version: '4.5.3', maxCharacters: 500 },
      },
    })
  })

  test('works without PKCE and with one address where the server is older than 4.3', async () => {
    Object.assign(double.settings, { oauthMetadata: false, version: '4.2.12', instanceV2: false })
    const { url, pending } = await begin()
    expect(new URL(url).searchParams.has('code_challenge')).toBe(false)
    expect((await finish(pending, await visit(url))).profile.handle).toBe('@me@example.social')
  })

  test('a code cannot be used without our verifier, nor twice', async () => {
    const { url, pending } = await begin()
    const params = await visit(url)
    const stolen = { ...(pending as Record<string, Json>), verifier: 'x'.repeat(43) }
    expect(await refused(finish(stolen, params))).toMatchObject({ kind: 'auth-revoked', code: 'sign-in-failed' })
    await finish(pending, params)
    expect(await refused(finish(pending, params))).toMatchObject({ code: 'sign-in-failed' })
  })

  test('a person who says no is told so', async () => {
    double.settings.autoApprove = false
    const { url, pending } = await begin()
    const page = await (await fetch(url)).text()
    expect(page).toContain('Longrun')
    const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    const form = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
    form.set('decision', 'deny')
    form.set('account', double.account('me').id)
    const answer = await fetch(`${double.url}/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' })
    const params = Object.fromEntries(new URL(answer.headers.get('location')!).searchParams)
    expect(params).toMatchObject({ error: 'access_denied', state: 'state-1' })
    expect(await refused(finish(pending, params))).toMatchObject({ kind: 'rejected', code: 'access-denied' })
    form.set('decision', 'authorize')
    const approved = await fetch(`${double.url}/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' })
    const agreed = Object.fromEntries(new URL(approved.headers.get('location')!).searchParams)
    expect((await finish(pending, agreed)).profile.handle).toBe('@me@example.social')
  })

  test('a server that is no Mastodon server is named as the mistake', async () => {
    const other: FaultServer = await startFaultServer((_, response) => void response.writeHead(404).end('nothing here'))
    const session = strangerAt(other.host)
    expect(await refused(signIn.begin(session, { server: other.url }, redirect))).toMatchObject({
      kind: 'rejected',
      code: 'not-this-network',
      field: 'server',
    })
    other.inject(htmlPage(), { times: 9 })
    expect(await refused(signIn.begin(session, { server: other.url }, redirect))).toMatchObject({
      code: 'not-this-network',
    })
    await other.stop()
  })
})

describe('a server that is not simply there', () => {
  test('is found by WebFinger where people have another host in their names', async () => {
    const people = await startFaultServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://people.example')
      if (pathname !== '/.well-known/webfinger') return void response.writeHead(404).end()
      expect(searchParams.get('resource')).toMatch(/^acct:me@127\.0\.0\.1:\d+$/)
      response.end(JSON.stringify({ links: [{ rel: 'self', href: `${double.url}/users/me` }] }))
    })
    const session = strangerAt(double.host, people.host)
    const { url } = await signIn.begin(session, { server: `@me@${people.host}` }, redirect)
    expect(new URL(url).origin).toBe(double.url)
    await people.stop()
  })

  test('may tell nothing about itself before the sign-in', async () => {
    const front = await startFaultServer(double.url)
    const closed = status(401, { body: '{"error":"This method requires an authenticated user"}' })
    const match = ({ path, headers }: RecordedRequest) => path.endsWith('/instance') && !headers.authorization
    front.inject(closed, { match, times: 9 })
    const session = strangerAt(front.host, double.host)
    const { url, pending } = await signIn.begin(session, { server: front.url }, redirect)
    const { profile } = await signIn.finish(session, pending, await visit(url), redirect)
    expect(profile).toMatchObject({ server: front.url, instance: { version: '4.5.3', maxCharacters: 500 } })
    await front.stop()
  })
})

describe('a token that ends', () => {
  test('is renewed with its refresh token, which works once', async () => {
    double.settings.tokenLifetime = 3600
    const { url, pending } = await begin()
    const connection: Connection = await finish(pending, await visit(url))
    const left = connection.expiresAt!.getTime() - Date.now()
    expect(left).toBeGreaterThan(3_590_000)
    expect(left).toBeLessThanOrEqual(3_600_000)
    const session: Session = sessionFor(double, { credentials: connection.credentials })
    double.settings.now = () => new Date(Date.now() + 3_700_000)
    expect(await refused(identify(session))).toMatchObject({ kind: 'auth-expired' })
    const renewed = await refresh(session)
    const again = sessionFor(double, { credentials: renewed.credentials })
    expect((await identify(again)).handle).toBe('@me@example.social')
    expect(await refused(refresh(session))).toMatchObject({ kind: 'auth-revoked' })
  })

  test.each([true, false])('can be renewed where the server gave another one for it: %s', async (refreshTokens) => {
    Object.assign(double.settings, { tokenLifetime: 3600, refreshTokens })
    const { url, pending } = await begin()
    const connection = await finish(pending, await visit(url))
    expect(connection).toMatchObject({ expiresAt: expect.any(Date), renewable: refreshTokens })
    if (!refreshTokens) return
    expect(await refresh(sessionFor(double, { credentials: connection.credentials }))).toMatchObject({
      renewable: true,
    })
  })

  test('and cannot be renewed asks for a new sign-in', async () => {
    expect(await refused(refresh(sessionFor(double)))).toMatchObject({ kind: 'auth-revoked', code: 'token-refused' })
  })
})

describe('an access token', () => {
  test('connects, and tells under which name it posts', async () => {
    const accessToken = double.tokenFor('me', ['read', 'write'], 'My script')
    const connection = await paste.connect(strangerAt(double.host), {
      server: `${double.url}/`,
      accessToken: ` ${accessToken}\n`,
    })
    expect(connection).toMatchObject({
      expiresAt: null,
      credentials: { accessToken, application: 'My script', renewal: null },
    })
    expect(connection.profile.handle).toBe('@me@example.social')
  })

  test.each(['', 'two words', 'ümlaut'])('that cannot be one is not sent: %j', async (accessToken) => {
    const error = await refused(paste.connect(strangerAt(double.host), { server: double.url, accessToken }))
    expect(error).toMatchObject({ kind: 'rejected', field: 'accessToken' })
  })

  test('that the server does not know is refused', async () => {
    const error = await refused(paste.connect(strangerAt(double.host), { server: double.url, accessToken: 'unknown' }))
    expect(error).toMatchObject({ kind: 'auth-revoked' })
  })
})

test.each([
  ['example.social', 'https://example.social', null],
  [' Example.Social/ ', 'https://example.social', null],
  ['@me@example.social', 'https://example.social', 'me'],
  ['me@example.social', 'https://example.social', 'me'],
  ['acct:me@example.social', 'https://example.social', 'me'],
  ['https://example.social/@me', 'https://example.social', null],
  ['http://example.social', 'https://example.social', null],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000', null],
  ['localhost:3000', 'http://localhost:3000', null],
  ['me@127.0.0.1:3000', 'http://127.0.0.1:3000', 'me'],
  ['bücher.example', 'https://xn--bcher-kva.example', null],
])('%s means the server %s', (typed, server, user) => {
  expect(parseServer(typed)).toEqual({ server, user })
})

test.each([
  '',
  'me',
  '@me',
  'two words.example',
  'https://user:pass@example.social',
  'ftp://example.social',
  'javascript:alert(1)',
])('%j is no server', (typed) => expect(parseServer(typed)).toBeNull())
