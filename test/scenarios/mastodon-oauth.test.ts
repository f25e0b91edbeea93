// Connecting at the network itself, end to end over HTTP: away to the server's own page, back, and a post as proof.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type MastodonDouble, startMastodonDouble } from '../../src/connectors/mastodon/double/server.ts'
import { asSystem } from '../../src/db/tx.ts'
import { expectWell, type Person, type Running, refusal, scheduled, startRunning, untilState } from './world.ts'

let double: MastodonDouble
let running: Running
let owner: Person
beforeAll(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'you'], autoApprove: true })
  running = await startRunning({ allow: [double.host] })
  owner = await running.as('owner')
})
afterEach(async () => {
  await running.stopWork()
  await expectWell(running)
})
afterAll(async () => {
  await running.close()
  await double.stop()
})

const begin = (person = owner, more: object = {}) =>
  person.call('POST', '/orgs/{org}/accounts/authorisations', {
    connector: 'mastodon',
    method: 'oauth',
    values: { server: double.url },
    ...more,
  })

/** The person's browser at the network: it is sent back at once, since the network approves by itself. */
async function atTheNetwork(url: string): Promise<URL> {
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location')!)
}

async function back(address: URL, person: Person | null = owner): Promise<URL> {
  const headers: Record<string, string> = person ? { authorization: `Bearer ${person.token}` } : {}
  const answer = await fetch(address, { redirect: 'manual', headers })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location')!, running.url)
}

const accounts = async () => (await owner.call('GET', '/orgs/{org}/accounts')).body

test('away, back, connected; a post goes out under the new name', async () => {
  const { status, body } = await begin()
  expect(status).toBe(201)
  expect(new URL(body.url).origin).toBe(double.url)
  const returned = await atTheNetwork(body.url)
  expect(`${returned.origin}${returned.pathname}`).toBe(`${running.app.services.publicUrl}/connect/callback`)
  const page = await back(returned)
  const [account] = await accounts()
  expect(page.pathname).toMatch(new RegExp(`^/o/[^/]+/accounts/${account.id}$`))
  expect(account).toMatchObject({
    connector: 'mastodon',
    authMethod: 'oauth',
    state: 'connected',
    ownerId: owner.memberId,
    server: double.url,
  })
  expect(account.health.scopes).toContain('write:statuses')
  const text = `Written here ${crypto.randomUUID()}`
  const post = await scheduled(owner, account.id, text)
  running.work()
  await untilState(owner, post.id, 'published')
  expect(double.state.statuses.filter((status) => status.text === text)).toHaveLength(1)
  expect(double.violations ?? []).toEqual([])
})

test('the way back works once, for the one who left, and not for anybody without a session', async () => {
  const other = await running.as('owner')
  const returned = await atTheNetwork((await begin()).body.url)
  expect((await back(returned, null)).searchParams.get('code')).toBe('sign-in-needed')
  expect((await back(returned, other)).searchParams.get('code')).toBe('connection-not-yours')
  expect((await back(returned)).pathname).toMatch(/\/accounts\//)
  expect((await back(returned)).searchParams.get('code')).toBe('connection-not-known')
})

test('the way back is closed to who lost the right meanwhile, and to programs', async () => {
  const admin = await running.as('admin')
  const returned = await atTheNetwork((await begin(admin)).body.url)
  const { body: made } = await admin.call('POST', '/orgs/{org}/tokens', { name: 'Robot', scopes: ['accounts'] })
  expect((await back(returned, { ...admin, token: made.token })).searchParams.get('code')).toBe('session-needed')
  const before = await accounts()
  const demoted = await owner.call('PATCH', `/orgs/{org}/members/${admin.memberId}`, { role: 'contributor' })
  expect(demoted.status).toBe(200)
  expect((await back(returned, admin)).searchParams.get('code')).toBe('role-forbids')
  expect(await accounts()).toEqual(before)
})

test('the way back is forgotten after half an hour', async () => {
  const returned = await atTheNetwork((await begin()).body.url)
  running.moved.ms += 31 * 60_000
  expect((await back(returned)).searchParams.get('code')).toBe('connection-not-known')
  running.moved.ms = 0
})

test('who refuses at the network is told so, and nothing is connected', async () => {
  const before = await accounts()
  const returned = await atTheNetwork((await begin()).body.url)
  const refused = new URL(returned)
  refused.searchParams.delete('code')
  refused.searchParams.set('error', 'access_denied')
  const page = await back(refused)
  expect([page.pathname, page.searchParams.get('code'), page.searchParams.get('param-code')]).toEqual([
    '/connect/refused',
    'network-refused',
    'access_denied',
  ])
  expect(await accounts()).toEqual(before)
})

test('a made-up way back connects nothing', async () => {
  for (const query of [
    '',
    '?state=',
    '?state=made-up&code=x',
    `?state=${'x'.repeat(5000)}`,
    '?code=x&error=%00',
    '?state[]=a&state[]=b',
  ]) {
    const page = await back(new URL(`${running.app.services.publicUrl}/connect/callback${query}`))
    expect(page.searchParams.get('code')).toBe('connection-not-known')
  }
})

test('a code that the network does not know is refused by the network', async () => {
  const returned = await atTheNetwork((await begin()).body.url)
  returned.searchParams.set('code', 'made-up')
  expect((await back(returned)).searchParams.get('code')).toBe('network-refused')
})

test('reconnecting keeps the account; as somebody else it is refused', async () => {
  const [account] = await accounts()
  await owner.call('DELETE', `/orgs/{org}/accounts/${account.id}`)
  const again = await begin(owner, { accountId: account.id })
  expect((await back(await atTheNetwork(again.body.url))).pathname).toMatch(new RegExp(`/accounts/${account.id}$`))
  expect((await accounts())[0]).toMatchObject({ id: account.id, state: 'connected' })
  // The same button, and another person is signed in at the network.
  const second = await begin(owner, { accountId: account.id })
  const [me] = double.state.accounts.splice(0, 1)
  const page = await back(await atTheNetwork(second.body.url))
  double.state.accounts.unshift(me!)
  expect(page.searchParams.get('code')).toBe('another-account')
  expect(await accounts()).toHaveLength(1)
})

test('only those who may connect accounts begin, and what is kept meanwhile is sealed', async () => {
  const contributor = await running.as('contributor')
  expect(refusal(await begin(contributor)).slice(0, 2)).toEqual([403, 'role-forbids'])
  await begin()
  const rows = await asSystem(running.app.services.db, (tx) =>
    tx.selectFrom('connection_attempts').select('pending_sealed').execute(),
  )
  const { clientSecret } = double.state.applications.at(-1)!
  expect(rows.length).toBeGreaterThan(0)
  for (const { pending_sealed } of rows) expect(pending_sealed.includes(clientSecret)).toBe(false)
})
