// Signing in as people do: set-up, password, second factor, sessions, forgotten passwords, single sign-on.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeServer } from '../../test/servers/describe-server.ts'
import { type OidcProvider, startOidcProvider } from '../../test/servers/oidc.ts'
import { type TestApp, testApp } from '../../test/world/app.ts'
import { openBrowser } from '../../test/world/browser.ts'
import { totp } from '../../test/world/totp.ts'
import { sendPasswordResetMail } from './jobs.ts'

const password = 'a good long password'
const secretOf = (link: string): string => link.split('/').at(-1)!

async function newMember(world: TestApp, email: string): Promise<void> {
  const owner = await world.as('owner')
  const { body } = await owner.call('POST', '/orgs/{org}/invitations', { email, role: 'contributor' })
  const joined = await world.call('POST', `/invitations/${secretOf(body.link)}/accept`, { name: email, password })
  expect(joined.status, JSON.stringify(joined.body)).toBe(200)
}

describe('the first start', () => {
  let world: TestApp
  beforeAll(async () => {
    world = await testApp({ empty: true })
  })
  afterAll(() => world.close())

  it('makes one owner and one organisation, however many ask at once', async () => {
    expect((await world.call('GET', '/installation')).body).toMatchObject({
      hasOwner: false,
      oidcName: null,
      mail: false,
    })
    const wanted = {
      name: 'Owner',
      email: 'Owner@Example.org',
      password,
      organisation: 'First',
      timeZone: 'Europe/Paris',
    }
    const answers = await Promise.all([1, 2, 3].map(() => world.call('POST', '/installation', wanted)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const { body, headers } = answers.find(({ status }) => status === 201)!
    expect(headers.get('set-cookie')).toContain('HttpOnly')
    const me = await world.call('GET', '/me', undefined, { authorization: `Bearer ${body.token}` })
    expect(me.body).toMatchObject({
      user: { email: 'owner@example.org' },
      memberships: [{ role: 'owner', organisation: { slug: 'first' } }],
    })
    expect((await world.call('GET', '/installation')).body.hasOwner).toBe(true)
  })
})

describe('signing in', () => {
  let world: TestApp
  beforeAll(async () => {
    world = await testApp({ mail: true })
    await newMember(world, 'anna@example.org')
  })
  afterAll(() => world.close())

  // Each test comes from an address of its own: the limits count by address.
  let address = 0
  beforeEach(() => {
    address += 1
  })
  const signIn = (browser: ReturnType<typeof openBrowser>, email: string, words = password) =>
    browser.send(
      'POST',
      '/api/auth/sign-in/email',
      { email, password: words },
      { 'x-forwarded-for': `198.51.100.${address}` },
    )

  it('with a password gives a session that the person can see and end', async () => {
    const [laptop, phone] = [openBrowser(world), openBrowser(world)]
    expect((await signIn(laptop, 'Anna@example.org')).status).toBe(200)
    expect((await signIn(phone, 'anna@example.org')).status).toBe(200)
    const { body: sessions } = await laptop.send('GET', '/api/v1/me/sessions')
    expect(sessions.length).toBeGreaterThanOrEqual(2)
    expect(sessions.filter((each: { current: boolean }) => each.current)).toHaveLength(1)
    expect(sessions[0].ipAddress).toBe(`198.51.100.${address}`)
    for (const other of sessions.filter((each: { current: boolean }) => !each.current)) {
      expect((await laptop.send('DELETE', `/api/v1/me/sessions/${other.id}`)).status).toBe(200)
    }
    expect((await phone.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await laptop.send('GET', '/api/v1/me')).status).toBe(200)
    expect((await laptop.send('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect((await laptop.send('GET', '/api/v1/me')).status).toBe(401)
  })

  it('is not possible for strangers, and nobody can sign up', async () => {
    const browser = openBrowser(world)
    expect((await signIn(browser, 'anna@example.org', 'a wrong long password')).status).toBe(401)
    const signUp = await browser.send('POST', '/api/auth/sign-up/email', {
      email: 'new@example.org',
      password,
      name: 'New',
    })
    expect([400, 403, 404]).toContain(signUp.status)
    expect(
      await world.services.db.selectFrom('users').select('id').where('email', '=', 'new@example.org').execute(),
    ).toEqual([])
  })

  it('asks for the second factor, takes a code, and a backup code once', async () => {
    await newMember(world, 'totp@example.org')
    const browser = openBrowser(world)
    await signIn(browser, 'totp@example.org')
    const { body: enabled } = await browser.send('POST', '/api/auth/two-factor/enable', { password })
    expect(enabled.totpURI).toMatch(/^otpauth:\/\/totp\/Longrun/)
    expect(
      (await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: totp(enabled.totpURI, new Date()) }))
        .status,
    ).toBe(200)
    expect((await browser.send('GET', '/api/v1/me')).body.user.twoFactorEnabled).toBe(true)

    const other = openBrowser(world)
    expect((await signIn(other, 'totp@example.org')).body).toMatchObject({ twoFactorRedirect: true })
    expect((await other.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await other.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect(
      (await other.send('POST', '/api/auth/two-factor/verify-totp', { code: totp(enabled.totpURI, new Date()) }))
        .status,
    ).toBe(200)
    expect((await other.send('GET', '/api/v1/me')).status).toBe(200)

    const [spare] = enabled.backupCodes
    const withSpare = async () => {
      const third = openBrowser(world)
      await signIn(third, 'totp@example.org')
      return (await third.send('POST', '/api/auth/two-factor/verify-backup-code', { code: spare })).status
    }
    expect(await withSpare()).toBe(200)
    expect(await withSpare()).toBe(401)
    const stored = await world.services.db.selectFrom('two_factors').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain(spare)
    expect(JSON.stringify(stored)).not.toContain(new URL(enabled.totpURI).searchParams.get('secret'))
  })

  it('comes back by mail when the password is forgotten, and ends every other session', async () => {
    await newMember(world, 'forgetful@example.org')
    const old = openBrowser(world)
    await signIn(old, 'forgetful@example.org')
    expect(
      (await openBrowser(world).send('POST', '/api/auth/request-password-reset', { email: 'forgetful@example.org' }))
        .status,
    ).toBe(200)
    const jobs = await world.database.owner.query<{ data: never }>('select data from pgboss.job where name = $1', [
      sendPasswordResetMail.name,
    ])
    world.mails.length = 0
    await sendPasswordResetMail.run(world.services, sendPasswordResetMail.payload.parse(jobs.rows[0]!.data))
    const token = /token=(\S+)/.exec(world.mails[0]!.text)![1]!
    const stored = await world.services.db.selectFrom('verifications').selectAll().execute()
    expect(JSON.stringify([jobs.rows, stored])).not.toContain(token)
    const fresh = openBrowser(world)
    expect(
      (await fresh.send('POST', '/api/auth/reset-password', { token, newPassword: 'another long password' })).status,
    ).toBe(200)
    expect((await old.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await signIn(fresh, 'forgetful@example.org', 'another long password')).status).toBe(200)
    expect(
      (await fresh.send('POST', '/api/auth/reset-password', { token, newPassword: 'a third long password' })).status,
    ).toBe(400)
  })

  it('offers passkeys for the name of this server', async () => {
    const browser = openBrowser(world)
    await signIn(browser, 'anna@example.org')
    const { status, body } = await browser.send('GET', '/api/auth/passkey/generate-register-options')
    expect([status, body.rp]).toEqual([200, { name: 'Longrun', id: 'localhost' }])
  })

  it('is slowed down for one address, in all processes', async () => {
    const statuses: number[] = []
    for (let round = 0; round < 24; round += 1) {
      const { status } = await openBrowser(world).send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'anna@example.org', password: 'wrong again and again' },
        { 'x-forwarded-for': '203.0.113.9' },
      )
      statuses.push(status)
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401))
    expect(statuses.slice(20)).toEqual(Array(4).fill(429))
    expect((await signIn(openBrowser(world), 'anna@example.org')).status).not.toBe(429)
  })

  it('is no use to another site', async () => {
    const browser = openBrowser(world)
    await signIn(browser, 'anna@example.org')
    const change = (headers: Record<string, string>) => browser.send('PATCH', '/api/v1/me', { name: 'Anna' }, headers)
    expect((await change({})).status).toBe(200)
    expect((await change({ origin: 'https://evil.example' })).body.data).toEqual({ code: 'cross-site' })
    expect((await change({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await change({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await world.call('PATCH', '/me', { name: 'Anna' }, { cookie })).status).toBe(403)
  })
})

describeServer('oidc', () => {
  let provider: OidcProvider
  let world: TestApp
  beforeAll(async () => {
    provider = await startOidcProvider({
      redirectUris: ['http://localhost:4545/api/auth/callback/oidc'],
      claims: { unverified: { email_verified: false } },
    })
    const { issuer, clientId, clientSecret } = provider
    world = await testApp({ config: { oidc: { issuer, clientId, clientSecret, name: 'Our directory' } } })
  })
  afterAll(async () => {
    await world?.close()
    await provider?.stop()
  })

  async function signInAs(login: string) {
    const browser = openBrowser(world)
    const { body } = await browser.send('POST', '/api/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/',
      errorCallbackURL: '/sign-in',
    })
    const back = await provider.signIn(body.url, login)
    const { headers } = await browser.send('GET', back.pathname + back.search)
    return { browser, location: headers.get('location') ?? '' }
  }

  it('is offered by its name', async () => {
    expect((await world.call('GET', '/installation')).body.oidcName).toBe('Our directory')
  })

  it('makes a user and a member of somebody who was invited', async () => {
    const owner = await world.as('owner')
    await owner.call('POST', '/orgs/{org}/invitations', { email: 'invited@example.org', role: 'approver' })
    const { browser, location } = await signInAs('invited')
    expect(location, JSON.stringify(world.logged)).not.toContain('error')
    expect((await browser.send('GET', '/api/v1/me')).body).toMatchObject({
      user: { email: 'invited@example.org' },
      memberships: [{ role: 'approver' }],
    })
    const again = await signInAs('invited')
    expect((await again.browser.send('GET', '/api/v1/me')).status).toBe(200)
  })

  it('lets in no stranger and nobody for whose address the provider does not vouch', async () => {
    const owner = await world.as('owner')
    await owner.call('POST', '/orgs/{org}/invitations', { email: 'unverified@example.org', role: 'viewer' })
    expect((await signInAs('stranger')).location).toContain('error=not_invited')
    expect((await signInAs('unverified')).location).toContain('error=email_not_verified')
    const made = await world.services.db
      .selectFrom('users')
      .select('email')
      .where('email', 'in', ['stranger@example.org', 'unverified@example.org'])
      .execute()
    expect(made).toEqual([])
  })

  it('knows a user with a proven address again, and does not hand over an unproven one', async () => {
    await newMember(world, 'proven@example.org')
    await newMember(world, 'claimed@example.org')
    await world.services.db
      .updateTable('users')
      .set({ email_verified: true })
      .where('email', '=', 'proven@example.org')
      .execute()
    const { browser } = await signInAs('proven')
    expect((await browser.send('GET', '/api/v1/me')).body.memberships).toMatchObject([{ role: 'contributor' }])
    expect((await signInAs('claimed')).location).toContain('error=account_not_linked')
  })

  it('keeps the tokens of the provider sealed', async () => {
    const rows = await world.services.db
      .selectFrom('credentials')
      .select(['access_token'])
      .where('provider_id', '=', 'oidc')
      .execute()
    expect(rows.length).toBeGreaterThan(0)
    for (const { access_token: token } of rows) expect(token).toMatch(/^\$ba\$|^[0-9a-f]{64,}$/)
  })
})
