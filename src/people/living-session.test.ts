// What the short way finds is what better-auth finds; what it does not find, better-auth decides.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../test/world/app.ts'
import { type Browser, openBrowser } from '../../test/world/browser.ts'
import { sessionSeconds } from './auth.ts'
import { livingSession } from './living-session.ts'

const account = { email: 'owner@example.org', password: 'a good long password' }
let world: TestApp
let token: string
let browser: Browser
beforeAll(async () => {
  world = await testApp({ empty: true })
  const wanted = { ...account, name: 'Owner', organisation: 'First', timeZone: 'Europe/Paris' }
  token = (await world.call('POST', '/installation', wanted)).body.token
  browser = openBrowser(world)
  expect((await browser.send('POST', '/api/auth/sign-in/email', account)).status).toBe(200)
})
afterAll(() => world.close())

const cookieOf = () => [...browser.cookies].find(([name]) => name.endsWith('session_token'))!
const tokenOfCookie = () => decodeURIComponent(cookieOf()[1]).split('.')[0]!
const short = (headers: Record<string, string>) => livingSession(world.services, world.auth, new Headers(headers))
const whole = async (headers: Record<string, string>) =>
  (await world.auth.api.getSession({ headers: new Headers(headers) }))?.session

/** Leaves the session of this token so many seconds of its life. */
const leave = (of: string, seconds: number) =>
  world.services.db
    .updateTable('sessions')
    .set({ expires_at: new Date(Date.now() + seconds * 1000) })
    .where('token', '=', of)
    .execute()

test('a cookie and a bearer token are the sessions that better-auth knows by them', async () => {
  const [name, value] = cookieOf()
  for (const headers of [
    { cookie: `other=1; ${name}=${value}` },
    { authorization: `Bearer ${token}` },
    // The bearer counts, whatever travels beside it.
    { authorization: `Bearer ${token}`, cookie: `${name}=${value}` },
  ] as Record<string, string>[]) {
    const session = await whole(headers)
    expect(session).toBeTruthy()
    expect(await short(headers)).toEqual({ id: session!.id, userId: session!.userId, membership: null })
  }
})

test('what is not signed by us, or not there, is not found', async () => {
  const [name, value] = cookieOf()
  const [own, signature] = decodeURIComponent(value).split('.') as [string, string]
  const turned = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  for (const headers of [
    {},
    { cookie: `${name}=${own}` },
    { cookie: `${name}=${own}.` },
    { cookie: `${name}=${encodeURIComponent(`${own}.${turned}`)}` },
    { cookie: `${name}=${encodeURIComponent(`${token}.${signature}`)}` },
    { cookie: `${name}=%E0%A4%A.${signature}` },
    { cookie: `${name}x=${value}` },
    { authorization: `Bearer ${own}x` },
    { authorization: `Basic ${own}` },
    { authorization: 'Bearer' },
  ] as Record<string, string>[]) {
    expect(await short(headers)).toBeNull()
    if (!('authorization' in headers)) expect(await whole(headers)).toBeFalsy()
  }
  // Two of one name: which of them counts is for better-auth to say.
  expect(await short({ cookie: `${name}=${value}; ${name}=${value}` })).toBeNull()
})

test('a session that is due is renewed, and one that has expired ends', async () => {
  const due = sessionSeconds.lasts - sessionSeconds.renewedAfter
  const own = tokenOfCookie()
  await leave(own, due + 60)
  expect(await short({ authorization: `Bearer ${own}` })).not.toBeNull()
  await leave(own, due - 60)
  expect(await short({ authorization: `Bearer ${own}` })).toBeNull()
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
  expect(await short({ authorization: `Bearer ${own}` })).not.toBeNull()
  await leave(own, -1)
  expect(await short({ authorization: `Bearer ${own}` })).toBeNull()
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401)
})
