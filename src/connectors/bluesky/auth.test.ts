// Connecting with an app password to a real server, renewing it, and losing it.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { type Pds, type PdsAccount, startPds } from '../../../test/servers/pds.ts'
import type { AuthMethod, Json } from '../contract.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { htmlPage, rateLimited, status } from '../testing/faults.ts'
import { locate } from './identity.ts'
import { createBluesky } from './index.ts'
import { draftOf, partOf, settle, type TestSession, testSession } from './test-session.ts'
import type { AppPasswordCredentials } from './wire.ts'

describeServer('pds', () => {
  let pds: Pds
  let account: PdsAccount
  let bluesky: ReturnType<typeof createBluesky>
  let named = 0

  beforeAll(async () => {
    pds = await startPds()
    account = await pds.createAccount('tortoise')
    bluesky = createBluesky({ directory: pds.plcUrl })
  })
  afterAll(() => pds?.stop())

  const nobody = (...more: string[]) => testSession([pds.url, pds.plcUrl, ...more])

  function connect(session: TestSession, values: Record<string, string>) {
    const method = bluesky.auth.find(({ id }) => id === 'app-password') as Extract<AuthMethod, { kind: 'fields' }>
    return method.connect(session, { service: pds.url, ...values })
  }

  /** An account of its own, for tests that take something away from it. */
  async function connected(): Promise<{ session: TestSession; account: PdsAccount }> {
    const account = await pds.createAccount(`snail-${++named}`)
    const session = nobody()
    settle(session, await connect(session, { identifier: account.handle, password: account.appPassword }))
    return { session, account }
  }

  const kept = (session: TestSession) => session.credentials as AppPasswordCredentials

  async function call(method: string, token: string, input?: object): Promise<void> {
    const authorization = token.includes(' ') ? token : `Bearer ${token}`
    const response = await fetch(`${pds.url}/xrpc/${method}`, {
      method: 'POST',
      headers: { authorization, ...(input ? { 'content-type': 'application/json' } : {}) },
      body: input ? JSON.stringify(input) : undefined,
    })
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  }

  async function write(session: TestSession): Promise<void> {
    const prepared = await bluesky.publish!.prepare!(session, partOf(draftOf('hello')), 'key')
    await bluesky.publish!.submit(session, prepared, 'key')
  }

  it('connects, and knows whose account it is and where it lives', async () => {
    const session = nobody()
    const connection = await connect(session, {
      identifier: ` @${account.handle.toUpperCase()} `,
      password: account.appPassword,
    })
    expect(connection.profile).toEqual({
      remoteId: account.did,
      handle: account.handle,
      displayName: account.handle,
      avatarUrl: null,
      url: `https://bsky.app/profile/${account.handle}`,
      server: pds.url,
      instance: {},
    })
    expect(connection.scopes).toEqual(['com.atproto.appPass'])
    const minutes = (connection.expiresAt!.getTime() - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(100)
    expect(minutes).toBeLessThan(121)
    settle(session, connection)
    expect(await bluesky.identify(session)).toEqual(connection.profile)
  })

  it('shows the name and picture that the account has given itself', async () => {
    const { session } = await connected()
    const { access, did } = kept(session)
    const uploaded = await fetch(`${pds.url}/xrpc/com.atproto.repo.uploadBlob`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access}`, 'content-type': 'image/png' },
      body: onePixel,
    })
    const { blob } = (await uploaded.json()) as { blob: { ref: { $link: string } } }
    const collection = 'app.bsky.actor.profile'
    const record = { $type: collection, displayName: 'The Snail', avatar: blob }
    await call('com.atproto.repo.putRecord', access, { repo: did, collection, rkey: 'self', record })
    const profile = await bluesky.identify(session)
    expect(profile.displayName).toBe('The Snail')
    const picture = await fetch(profile.avatarUrl!)
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(onePixel)
  })

  it.each([
    [{ password: 'abcd-abcd-abcd-abcd' }, { kind: 'rejected', code: 'AuthenticationRequired', field: 'password' }],
    [{ identifier: 'nobody.test' }, { kind: 'rejected', code: 'AuthenticationRequired', field: 'password' }],
    [{ identifier: ' ' }, { kind: 'rejected', code: 'required', field: 'identifier' }],
    [{ password: '' }, { kind: 'rejected', code: 'required', field: 'password' }],
    [{ service: 'not an address' }, { kind: 'rejected', code: 'address-invalid', field: 'service' }],
  ])('refuses %j and names the field', async (wrong, refusal) => {
    const right = { identifier: account.handle, password: account.appPassword }
    await expect(connect(nobody(), { ...right, ...wrong })).rejects.toMatchObject(refusal)
  })

  it('says that an address is no server of this network', async () => {
    const blog = await startFaultServer((_, response) => response.end('<h1>A blog</h1>'))
    const values = { service: blog.url, identifier: account.handle, password: account.appPassword }
    await expect(connect(nobody(blog.url), values)).rejects.toMatchObject({
      kind: 'rejected',
      code: 'not-a-server',
      field: 'service',
    })
    await blog.stop()
  })

  it('uses a main password once and does not keep it', async () => {
    const { credentials } = await connect(nobody(), { identifier: account.handle, password: account.password })
    expect(JSON.stringify(credentials)).not.toContain(account.password)
    expect(credentials).toMatchObject({ kind: 'password', password: null })
  })

  it('finds the server of an account through the directory where the sign-in does not tell', async () => {
    const terse = await startFaultServer(pds.url)
    const { handle, did, appPassword } = account
    const signedIn = await fetch(`${pds.url}/xrpc/com.atproto.server.createSession`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: handle, password: appPassword }),
    })
    const { didDoc: _, ...answer } = (await signedIn.json()) as { [key: string]: Json }
    terse.inject(status(200, { body: JSON.stringify(answer) }))
    const connection = await connect(nobody(terse.url), {
      service: terse.url,
      identifier: handle,
      password: appPassword,
    })
    expect(connection.profile).toMatchObject({ remoteId: did, server: pds.url })
    expect(connection.credentials).toMatchObject({ pds: pds.url, service: terse.url })
    await terse.stop()
  })

  it('locates an account by handle and by DID', async () => {
    const at = { service: pds.url, directory: pds.plcUrl }
    const home = { did: account.did, server: pds.url }
    expect(await locate(nobody(), account.handle, at)).toEqual(home)
    expect(await locate(nobody(), account.did, at)).toEqual(home)
    const missing = locate(nobody(), 'nobody.test', at)
    await expect(missing).rejects.toMatchObject({ kind: 'rejected', code: 'handle-not-found', field: 'identifier' })
  })

  // ── Renewal ─────────────────────────────────────────────────────────────────────────────────────────────────────

  it('renews with new tokens that work', async () => {
    const { session } = await connected()
    const before = kept(session)
    await session.keep(await bluesky.refresh!(session))
    const after = kept(session)
    expect(after).toMatchObject({ did: before.did, pds: pds.url, password: before.password })
    // The access token only tells whose it is and until when, so two of one second are the same.
    expect(after.refresh).not.toBe(before.refresh)
    await write(session)
  })

  it('signs in anew when the session was ended on the server', async () => {
    const { session } = await connected()
    await call('com.atproto.server.deleteSession', kept(session).refresh)
    await session.keep(await bluesky.refresh!(session))
    expect(session.lines).toHaveLength(1)
    await write(session)
  })

  it('asks for a reconnection when the app password was taken back', async () => {
    const { session, account } = await connected()
    const main = await connect(nobody(), { identifier: account.handle, password: account.password })
    const { access } = main.credentials as AppPasswordCredentials
    await call('com.atproto.server.revokeAppPassword', access, { name: 'longrun' })
    await expect(bluesky.refresh!(session)).rejects.toMatchObject({ kind: 'auth-revoked' })
  })

  it('asks for a reconnection when the account was taken down', async () => {
    const { session, account } = await connected()
    const admin = `Basic ${Buffer.from('admin:admin-pass').toString('base64')}`
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did: account.did }
    await call('com.atproto.admin.updateSubjectStatus', admin, { subject, takedown: { applied: true, ref: 'test' } })
    await expect(write(session)).rejects.toMatchObject({ kind: 'auth-revoked', code: 'AccountTakedown' })
    await expect(bluesky.refresh!(session)).rejects.toMatchObject({ kind: 'auth-revoked' })
  })

  it('does not mistake a server in trouble for a lost connection', async () => {
    const { session } = await connected()
    const shaky = await startFaultServer(pds.url)
    const failing = {
      ...nobody(shaky.url),
      credentials: { ...kept(session), pds: shaky.url, service: shaky.url } as Json,
    }
    for (const fault of [status(503), htmlPage({ status: 502 })]) {
      shaky.inject(fault)
      await expect(bluesky.refresh!(failing)).rejects.toMatchObject({ kind: 'unavailable' })
    }
    shaky.inject(rateLimited(60))
    await expect(bluesky.refresh!(failing)).rejects.toMatchObject({ kind: 'rate-limited', retryAt: expect.any(Date) })
    shaky.inject(htmlPage())
    await expect(bluesky.refresh!(failing)).rejects.toMatchObject({ kind: 'changed' })
    expect(shaky.requests).toHaveLength(4)
    await shaky.stop()
  })

  it('reports an expired token as such, so that it is renewed', async () => {
    const { session } = await connected()
    const late = await startFaultServer(pds.url)
    late.inject(status(400, { body: '{"error":"ExpiredToken","message":"Token has expired"}' }))
    const stale = { ...nobody(late.url), credentials: { ...kept(session), pds: late.url } as Json }
    await expect(bluesky.identify(stale)).rejects.toMatchObject({ kind: 'auth-expired', code: 'ExpiredToken' })
    await late.stop()
  })

  it('asks for a reconnection when the stored credentials make no sense', async () => {
    await expect(bluesky.identify({ ...nobody(), credentials: { kind: 'none' } })).rejects.toMatchObject({
      kind: 'auth-revoked',
    })
  })
})

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
