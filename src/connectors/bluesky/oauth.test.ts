// The whole sign-in against a real server, with its own pages in a real browser: nothing of it is imitated.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/e2e/browser.ts'
import { describeJourney } from '../../../test/e2e/describe-journey.ts'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { type Pds, type PdsAccount, startPds } from '../../../test/servers/pds.ts'
import type { AuthMethod, Draft, Json } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { createBluesky } from './index.ts'
import { draftOf, fileOf, partOf, settle, type TestSession, testSession } from './test-session.ts'
import type { OAuthCredentials } from './wire.ts'

describeJourney('sign-in in a browser', () => {
  describeServer('pds', () => {
    /** Where people come back to; the network wants it by number, people type `localhost`. */
    const door = createServer((_, response) => response.end('back'))
    const redirect = { url: '', state: 'state-of-ours' }
    let back: RegExp
    let pds: Pds
    let browser: Browser
    let account: PdsAccount
    let bluesky: ReturnType<typeof createBluesky>
    let method: Extract<AuthMethod, { kind: 'oauth' }>

    beforeAll(async () => {
      await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
      const { port } = door.address() as AddressInfo
      redirect.url = `http://localhost:${port}/accounts/callback`
      back = new RegExp(`^http://127.0.0.1:${port}/accounts/callback`)
      pds = await startPds()
      browser = await launchBrowser()
      account = await pds.createAccount('tortoise')
      bluesky = createBluesky({ directory: pds.plcUrl })
      method = bluesky.auth.find(({ id }) => id === 'oauth') as typeof method
    })
    afterAll(async () => {
      await browser?.close()
      door.closeAllConnections()
      door.close()
      await pds?.stop()
    })

    /** As the person does it; gives the parameters with which the server sends them back. */
    async function visit(
      url: string,
      choice: 'Authorize' | 'Deny access',
      who?: PdsAccount,
    ): Promise<Record<string, string>> {
      const page = await browser.newPage()
      await page.goto(url)
      if (who) {
        const [name, password] = [page.locator('input[name=username]'), page.locator('input[name=password]')]
        const welcome = page.getByRole('button', { name: 'Sign in' })
        // A known handle opens the form at once; otherwise the server first asks whether one has an account.
        await welcome.or(password).first().waitFor()
        if (!(await password.isVisible())) await welcome.click()
        if (await name.isEditable()) await name.fill(who.handle)
        await password.fill(who.password)
        await page.locator('input[name=password]').press('Enter')
      }
      await page.getByRole('button', { name: choice }).click()
      await page.waitForURL(back)
      const params = Object.fromEntries(new URL(page.url()).searchParams)
      await page.close()
      return params
    }

    const fresh = () => {
      const files = [fileOf('image', 'image/png', new Uint8Array(onePixel), [1, 1])]
      return testSession([pds.url, pds.plcUrl], files)
    }

    function begin(session: TestSession, identifier = account.handle) {
      return method.begin(session, { identifier, service: pds.url }, redirect)
    }

    async function signedIn(): Promise<TestSession> {
      const session = fresh()
      const { url, pending } = await begin(session)
      const params = await visit(url, 'Authorize', account)
      settle(session, await method.finish(session, stored(pending), params, redirect))
      return session
    }

    const kept = (session: TestSession) => session.credentials as unknown as OAuthCredentials

    async function post(session: TestSession, draft: Draft): Promise<string> {
      const prepared = await bluesky.publish!.prepare!(session, partOf(draft), `key-${draft.segments[0]!.text}`)
      const submission = await bluesky.publish!.submit(session, prepared, `key-${draft.segments[0]!.text}`)
      if (submission.state !== 'published') throw new Error(submission.state)
      return submission.id
    }

    async function textOf(uri: string): Promise<string> {
      const [, , repo = '', collection = '', rkey = ''] = uri.split('/')
      const params = new URLSearchParams({ repo, collection, rkey })
      const response = await fetch(`${pds.url}/xrpc/com.atproto.repo.getRecord?${params}`)
      return ((await response.json()) as { value: { text: string } }).value.text
    }

    it('signs in, posts with a file, renews, and posts again', async () => {
      const session = fresh()
      const { url, pending } = await begin(session)
      expect(new URL(url).origin).toBe(pds.url)
      const connection = await method.finish(session, stored(pending), await visit(url, 'Authorize', account), redirect)
      expect(connection.profile).toMatchObject({ remoteId: account.did, handle: account.handle, server: pds.url })
      expect(connection.scopes).toEqual(['atproto', 'transition:generic', 'transition:chat.bsky'])
      expect(connection.expiresAt!.getTime()).toBeGreaterThan(Date.now())
      expect(connection.renewable).toBe(true)
      expect(connection.consentEndsAt!.getTime()).toBeCloseTo(Date.now() + 14 * 86_400_000, -5)
      settle(session, connection)

      const media = [{ ...image, id: 'image' }]
      expect(await textOf(await post(session, { segments: [{ text: 'with a file', media }] }))).toBe('with a file')

      const before = kept(session)
      await session.keep(await bluesky.refresh!(session))
      expect(kept(session).access).not.toBe(before.access)
      expect(kept(session).refresh).not.toBe(before.refresh)
      expect(kept(session).key).toEqual(before.key)
      expect(await textOf(await post(session, draftOf('after renewal')))).toBe('after renewal')
    })

    it('lets the person say who they are at the server', async () => {
      const session = fresh()
      const { url, pending } = await begin(session, '')
      const connection = await method.finish(session, stored(pending), await visit(url, 'Authorize', account), redirect)
      expect(connection.profile.remoteId).toBe(account.did)
    })

    it('learns the nonce that the server wants, without doing the work twice', async () => {
      const session = await signedIn()
      const asked: string[] = []
      const watched: TestSession = {
        ...session,
        http: async (request) => {
          const name = request.url.split('.').at(-1) ?? ''
          try {
            const answer = await session.http(request)
            asked.push(name)
            return answer
          } catch (error) {
            asked.push(`${name} ${error instanceof ConnectorError ? error.code : '?'}`)
            throw error
          }
        },
      }
      // An old nonce is refused just as a missing one is.
      const { learnNonce } = await import('./authorize.ts')
      learnNonce(pds.url, 'from-long-ago')
      await post(watched, { segments: [{ text: 'nonce', media: [{ ...image, id: 'image' }] }] })
      expect(asked).toEqual(['getSession use_dpop_nonce', 'getSession', 'uploadBlob', 'putRecord'])
    })

    it('takes no for an answer', async () => {
      const session = fresh()
      const { url, pending } = await begin(session)
      const params = await visit(url, 'Deny access', account)
      const finishing = method.finish(session, stored(pending), params, redirect)
      await expect(finishing).rejects.toMatchObject({ kind: 'rejected', code: 'access_denied' })
    })

    it.each([
      ['another state', { state: 'state-of-others' }],
      ['another issuer', { iss: 'https://elsewhere.example.org' }],
      ['no issuer', { iss: undefined }],
    ])('refuses an answer with %s', async (_, wrong) => {
      const session = fresh()
      const { url, pending } = await begin(session)
      const params = { ...(await visit(url, 'Authorize', account)), ...wrong }
      const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >
      await expect(method.finish(session, stored(pending), given, redirect)).rejects.toBeInstanceOf(ConnectorError)
    })

    it('refuses a code that was used before', async () => {
      const session = fresh()
      const { url, pending } = await begin(session)
      const params = await visit(url, 'Authorize', account)
      await method.finish(session, stored(pending), params, redirect)
      const again = method.finish(session, stored(pending), params, redirect)
      await expect(again).rejects.toMatchObject({ kind: 'auth-revoked', code: 'invalid_grant' })
    })

    it('asks for a reconnection when a spent refresh token shows up again', async () => {
      const session = await signedIn()
      await bluesky.refresh!(session)
      await expect(bluesky.refresh!(session)).rejects.toMatchObject({ kind: 'auth-revoked', code: 'invalid_grant' })
    })

    it('says which handle nobody has', async () => {
      await expect(begin(fresh(), 'nobody.test')).rejects.toMatchObject({ kind: 'rejected', field: 'identifier' })
    })
  })
})

/** As it comes out of the database. */
function stored(pending: Json): Json {
  return JSON.parse(JSON.stringify(pending)) as Json
}

const image = { kind: 'image' as const, type: 'image/png', bytes: 70, width: 1, height: 1, seconds: null, alt: 'a dot' }
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
