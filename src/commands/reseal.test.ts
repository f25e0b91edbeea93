// A new key takes the place of an old one: after `longrun reseal` the old one can be taken away, and everything sealed still opens.

import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { openBrowser } from '../../test/world/browser.ts'
import { type Receiver, startReceiver } from '../../test/world/receiver.ts'
import { totp } from '../../test/world/totp.ts'
import { attemptPurpose } from '../accounts/connect.ts'
import { createApp } from '../app.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { inOrg } from '../db/tx.ts'
import { isGenuine } from '../events/webhooks.testing.ts'
import { newId } from '../lib/ids.ts'
import { createSealer } from '../lib/seal.ts'
import { createAuth } from '../people/auth.ts'
import { sendInvitation } from '../people/jobs.ts'
import { routes } from '../routes.ts'
import { resealAll } from './reseal.ts'

const [older, newer] = ['the key of the first installation, long', 'the key that takes its place, as long']
const password = 'a good long password'
const oneTime = { 'idempotency-key': 'made once' }

let world: TestApp
let owner: TestSession
let receiver: Receiver
let network: FakeNetwork
let made: Awaited<ReturnType<typeof makeSecrets>>

beforeAll(async () => {
  receiver = await startReceiver()
  network = await startFakeNetwork()
  const allowPrivate = [receiver.host, network.host]
  world = await testApp({ mail: true, config: { secrets: [older], allowPrivate } })
  owner = await world.as('owner')
  made = await makeSecrets()
})
afterAll(async () => {
  await world.close()
  await receiver.stop()
  await network.stop()
})

/** The same installation, started with these keys. */
function startedWith(secrets: string[]): TestApp {
  const config = { ...world.services.config, secrets }
  const services = { ...world.services, config, sealer: createSealer(secrets) }
  const app = createApp(services, routes, { webFolder: config.dataDir })
  return { ...world, services, app, request: async (path, init) => app.request(path, init) }
}

const asOwner = (at: TestApp, method: string, path: string, body?: unknown, headers = {}) =>
  openBrowser(at).send(method, `/api/v1/orgs/${world.ours}${path}`, body, {
    authorization: `Bearer ${owner.token}`,
    ...headers,
  })

async function made201(path: string, body: unknown, headers = {}) {
  const answer = await asOwner(world, 'POST', path, body, headers)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

/** One of each kind that is stored sealed. */
async function makeSecrets() {
  const there = network.createAccount()
  const values = { url: network.url, handle: there.handle, token: there.token }
  const account = await made201('/accounts', { connector: 'fake', method: 'token', values })
  const webhook = await made201('/webhooks', { url: receiver.url, verbs: ['test.*'] })
  const token = await made201('/tokens', { name: 'Robot', scopes: ['posts'] }, oneTime)
  await made201('/invitations', { email: 'waiting@example.org', role: 'viewer' })
  const attempt = newId()
  await inOrg(world.services.db, world.ours, (tx) =>
    tx
      .insertInto('connection_attempts')
      .values({
        org_id: world.ours,
        id: attempt,
        state_hash: 'state',
        connector: 'fake',
        auth_method: 'oauth',
        member_id: owner.memberId,
        created_at: new Date(),
        pending_sealed: world.services.sealer.seal('pending', attemptPurpose(attempt)),
      })
      .execute(),
  )
  const sealed = await symmetricEncrypt({ key: (await world.auth.$context).secretConfig, data: 'of the provider' })
  const identity = { id: newId(), user_id: owner.userId, account_id: 'me', provider_id: 'oidc', access_token: sealed }
  await world.services.db.insertInto('credentials').values(identity).execute()
  return { account, webhook, token, attempt, ...(await makeSecondFactor()) }
}

async function makeSecondFactor(): Promise<{ totpURI: string; backupCodes: string[] }> {
  const { link } = await made201('/invitations', { email: 'careful@example.org', role: 'viewer' })
  const joined = { name: 'Careful', password }
  expect((await world.call('POST', `/invitations/${link.split('/').at(-1)}/accept`, joined)).status).toBe(200)
  const browser = openBrowser(world)
  await browser.send('POST', '/api/auth/sign-in/email', { email: 'careful@example.org', password })
  const { body } = await browser.send('POST', '/api/auth/two-factor/enable', { password })
  const code = totp(body.totpURI, new Date())
  expect((await browser.send('POST', '/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
  return body
}

/** Each comes from an address of its own, or they would share what one address may try. */
let visitors = 0

/** How the server greets somebody who has given their password and this second factor: 401 is a stranger. */
async function withSecondFactor(at: TestApp, way: 'totp' | 'backup-code'): Promise<number> {
  const browser = openBrowser(at)
  const headers = { 'x-forwarded-for': `198.51.100.${++visitors}` }
  const signIn = { email: 'careful@example.org', password }
  const { body } = await browser.send('POST', '/api/auth/sign-in/email', signIn, headers)
  expect(body).toMatchObject({ twoFactorRedirect: true })
  const code = way === 'totp' ? totp(made.totpURI, new Date()) : made.backupCodes.shift()
  await browser.send('POST', `/api/auth/two-factor/verify-${way}`, { code }, headers)
  return (await browser.send('GET', '/api/v1/me', undefined, headers)).status
}

const waitingLetters = async () => {
  const text = `select data from pgboss.job where name = $1 and data->>'invitationId' = any($2)`
  const open = await asOwner(world, 'GET', '/invitations')
  const ids = open.body.map(({ id }: { id: string }) => id)
  return (await world.database.owner.query<{ data: never }>(text, [sendInvitation.name, ids])).rows
}

test('keys that open nothing change nothing, and it is said', async () => {
  const result = await resealAll(world.database, { secrets: [newer] })
  expect(result).toMatchObject({ done: 0, left: 0 })
  expect([...new Set(result.closed)].sort()).toEqual([
    'accounts.credentials_sealed',
    'connection_attempts.pending_sealed',
    'credentials.access_token',
    'idempotency_keys.answer_sealed',
    'pgboss.job.data',
    'two_factors.backup_codes',
    'two_factors.secret',
    'webhooks.secret_sealed',
  ])
  expect(await withSecondFactor(startedWith([newer]), 'totp')).toBe(401)
})

test('with a new key in front both open, also second factors whose versions were still counted', async () => {
  await world.database.owner.query(
    `update two_factors set secret = regexp_replace(secret, '^\\$ba\\$\\d+\\$', '$ba$1$')`,
  )
  expect(await withSecondFactor(startedWith([newer, older]), 'totp')).toBe(200)
})

test('afterwards the old key can go, and everything still opens', async () => {
  const first = await resealAll(world.database, { secrets: [newer, older] })
  expect(first).toMatchObject({ left: 0, closed: [] })
  expect(first.done).toBeGreaterThanOrEqual(8)
  expect(await resealAll(world.database, { secrets: [newer, older] })).toEqual({ done: 0, left: 0, closed: [] })

  const after = startedWith([newer])
  expect(await withSecondFactor(after, 'totp')).toBe(200)
  expect(await withSecondFactor(after, 'backup-code')).toBe(200)
  const again = await asOwner(after, 'POST', '/tokens', { name: 'Robot', scopes: ['posts'] }, oneTime)
  expect(again.body.token).toBe(made.token.token)
  expect((await asOwner(after, 'POST', `/webhooks/${made.webhook.id}/test`, {})).status).toBeLessThan(300)
  expect(isGenuine(receiver.received.at(-1)!, made.webhook.secret, new Date())).toBe(true)
  const checked = await asOwner(after, 'POST', `/accounts/${made.account.id}/check`, {})
  expect([checked.status, checked.body.health?.state ?? checked.body.state]).toEqual([200, 'connected'])
  const { pending_sealed: sealed } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('connection_attempts').selectAll().executeTakeFirstOrThrow(),
  )
  expect(after.services.sealer.open(sealed, attemptPurpose(made.attempt))).toBe('pending')
  const { access_token: data } = await world.services.db
    .selectFrom('credentials')
    .select('access_token')
    .where('provider_id', '=', 'oidc')
    .executeTakeFirstOrThrow()
  const { secretConfig: key } = await createAuth(after.services).$context
  expect(await symmetricDecrypt({ key, data: data! })).toBe('of the provider')
  const letters = await waitingLetters()
  for (const { data } of letters) await sendInvitation.run(after.services, data)
  expect(world.mails.map(({ to }) => to)).toContain('waiting@example.org')
})

test('what is sealed with the old key meanwhile is sealed anew the next time', async () => {
  const behind = startedWith([older])
  expect((await asOwner(behind, 'POST', '/webhooks', { url: receiver.url, verbs: [] })).status).toBe(201)
  expect(await resealAll(world.database, { secrets: [newer, older] })).toEqual({ done: 1, left: 0, closed: [] })
})
