// Upkeep of accounts: renews in time what can be renewed, announces once what cannot, checks each account daily; and what sources bring.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { anAccount, aPracticeAccount } from '../../test/world/practice.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../connectors/testing/fault-server.ts'
import { asSystem } from '../db/tx.ts'
import { notificationMail } from '../events/types.ts'
import type { Caller } from '../people/types.ts'
import { renewAccount } from './renew.ts'
import type { AccountRow } from './session.ts'
import { pullDueSources } from './sources.ts'
import { announceTrouble, checkAccounts, renewExpiring } from './upkeep.ts'

let app: TestApp
let owner: TestSession
let caller: Caller
let network: FakeNetwork
let faults: FaultServer
let site: Server
let feed = ''
let asked = 0
let ahead = 0
const day = 86_400_000

beforeAll(async () => {
  network = await startFakeNetwork()
  faults = await startFaultServer(network.url)
  site = createServer((_, response) => {
    asked += 1
    response.end(feed)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const allowPrivate = [network.host, faults.host, `127.0.0.1:${(site.address() as AddressInfo).port}`]
  app = await testApp({ config: { allowPrivate }, mail: true, clock: () => new Date(Date.now() + ahead) })
  owner = await app.as('owner')
  caller = { ...owner, role: 'owner', actor: { kind: 'member', id: owner.memberId }, scopes: null }
})
afterEach(async () => {
  faults.reset()
  // Each test has its own accounts only.
  await asSystem(app.services.db, (tx) =>
    tx.updateTable('accounts').set({ state: 'disconnected', listen_due_at: null }).execute(),
  )
})
afterAll(async () => {
  site.closeAllConnections()
  site.close()
  await app.close()
  await faults.stop()
  await network.stop()
})

const rowOf = (id: string): Promise<AccountRow> =>
  asSystem(app.services.db, (tx) =>
    tx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
const set = (id: string, change: object) =>
  asSystem(app.services.db, (tx) => tx.updateTable('accounts').set(change).where('id', '=', id).execute())
const inTime = (ms: number) => new Date(app.services.clock().getTime() + ms)
const practice = () => aPracticeAccount(app.services, caller, network, faults.url)
const told = (accountId: string) =>
  asSystem(app.services.db, (tx) =>
    tx
      .selectFrom('notifications')
      .select(['kind', 'member_id', 'facts'])
      .where('subject_id', '=', accountId)
      .orderBy('id')
      .execute(),
  )
const lettersWaiting = async () =>
  (await app.database.owner.query('select 1 from pgboss.job where name = $1', [notificationMail.name])).rows.length

/** On a network whose connector renews nothing. */
async function unrenewable(expiresInMs: number) {
  const profile = {
    handle: 'blog',
    displayName: 'The blog',
    avatarUrl: null,
    url: 'https://example.org',
    server: 'https://example.org',
    instance: {},
  }
  const connection = {
    credentials: {},
    expiresAt: inTime(expiresInMs),
    scopes: [],
    profile: { ...profile, remoteId: crypto.randomUUID() },
  }
  return anAccount(app.services, caller, 'wordpress', connection)
}

describe('credentials that end soon', () => {
  test('are renewed ahead of time, the others left alone', async () => {
    const [soon, later] = [await practice(), await practice()]
    await set(soon, { credentials_expire_at: inTime(5 * 60_000) })
    await set(later, { credentials_expire_at: inTime(3_600_000) })
    const before = await rowOf(later)
    const ending = await unrenewable(5 * 60_000)
    await renewExpiring(app.services)
    expect(await rowOf(ending)).toMatchObject({ state: 'connected', last_failure: null })
    expect((await rowOf(soon)).credentials_expire_at!.getTime()).toBeGreaterThan(inTime(15 * 60_000).getTime())
    expect((await rowOf(later)).credentials_sealed).toEqual(before.credentials_sealed)
  })

  test('and cannot be renewed do not keep the others from it', async () => {
    const [lost, fine] = [await practice(), await practice()]
    await set(lost, { credentials_expire_at: inTime(0) })
    await set(fine, { credentials_expire_at: inTime(0) })
    network.revoke((await rowOf(lost)).handle.replace('@', ''))
    await renewExpiring(app.services)
    expect((await rowOf(lost)).state).toBe('needs-reconnect')
    expect((await rowOf(fine)).credentials_expire_at!.getTime()).toBeGreaterThan(inTime(15 * 60_000).getTime())
  })
})

describe('trouble that needs a person', () => {
  test('is announced a week ahead, once, to owner and deputy, in the app and by mail', async () => {
    const deputy = await app.as('manager')
    const id = await unrenewable(6.9 * day)
    const quiet = await unrenewable(7.1 * day)
    await set(id, { owner_id: owner.memberId, deputy_id: deputy.memberId })
    const letters = await lettersWaiting()
    await Promise.all([announceTrouble(app.services), announceTrouble(app.services)])
    await announceTrouble(app.services)
    const notes = await told(id)
    expect(notes.map(({ kind }) => kind)).toEqual(['account-expiring', 'account-expiring'])
    expect(notes.map(({ member_id }) => member_id).sort()).toEqual([owner.memberId, deputy.memberId].sort())
    expect(notes[0]!.facts).toMatchObject({ name: 'The blog', foreseen: false })
    expect((await lettersWaiting()) - letters).toBe(2)
    expect(await told(quiet)).toEqual([])
  })

  test('of a consent that ends is told once, however often its credentials are renewed until then', async () => {
    const id = await practice()
    await set(id, { access_ends_at: inTime(6.9 * day) })
    await announceTrouble(app.services)
    await renewAccount(app.services, await rowOf(id))
    await announceTrouble(app.services)
    expect(await told(id)).toMatchObject([{ kind: 'account-expiring', facts: { foreseen: true } }])
    expect((await rowOf(id)).access_ends_at).not.toBeNull()
    // Past an end that was only foreseen, the network decides.
    await set(id, { access_ends_at: inTime(-day) })
    await announceTrouble(app.services)
    expect((await rowOf(id)).state).toBe('connected')
  })

  test('that becomes worse is told once more, and again after the next connection', async () => {
    const id = await practice()
    const stale = await rowOf(id)
    const handle = stale.handle.replace('@', '')
    network.revoke(handle)
    await renewAccount(app.services, stale).catch(() => undefined)
    await announceTrouble(app.services)
    await announceTrouble(app.services)
    expect((await told(id)).map(({ kind }) => kind)).toEqual(['account-lost'])
    await set(id, { state: 'connected', announced: null })
    await announceTrouble(app.services)
    expect(await told(id)).toHaveLength(1)
    await set(id, { state: 'needs-reconnect' })
    await announceTrouble(app.services)
    expect((await told(id)).map(({ kind }) => kind)).toEqual(['account-lost', 'account-lost'])
  })
})

test('each account is checked once a day, and one that fails keeps no other waiting', async () => {
  const [broken, fine] = [await practice(), await practice()]
  network.setLimits({ text: 222 })
  await set(broken, { server: 'http://127.0.0.1:9' })
  await checkAccounts(app.services)
  expect(await rowOf(broken)).toMatchObject({ last_failure: expect.any(String), state: 'connected' })
  expect((await rowOf(fine)).instance).toMatchObject({ limits: { text: 222 } })
  faults.reset()
  await checkAccounts(app.services)
  expect(faults.requests).toEqual([])
  ahead += day + 60_000
  await checkAccounts(app.services)
  expect(faults.requests.length).toBeGreaterThan(0)
})

describe('a source', () => {
  const rss = (...items: string[]) =>
    `<rss version="2.0"><channel><title>News</title>${items.map((id) => `<item><title>${id}</title><guid>${id}</guid></item>`).join('')}</channel></rss>`
  async function source() {
    const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/${crypto.randomUUID()}`
    const answer = await owner.call('POST', '/orgs/{org}/accounts', {
      connector: 'feed',
      method: 'address',
      values: { address },
    })
    expect(answer.status).toBe(201)
    return answer.body.id as string
  }
  const items = async (id: string, more = '') =>
    (await owner.call('GET', `/orgs/{org}/source-items?accountId=${id}${more}`)).body.items

  test('is read when it is due, by one of two workers, and brings nothing twice', async () => {
    feed = rss('one', 'two')
    const id = await source()
    asked = 0
    await Promise.all([pullDueSources(app.services), pullDueSources(app.services)])
    expect(asked).toBe(1)
    feed = rss('one', 'two', 'three')
    await pullDueSources(app.services)
    expect(asked).toBe(1)
    ahead += 16 * 60_000
    await pullDueSources(app.services)
    expect(asked).toBe(2)
    expect((await items(id)).map(({ title }: { title: string }) => title).sort()).toEqual(['one', 'three', 'two'])
  })

  test('by hand tells how many were new', async () => {
    feed = rss('one')
    const id = await source()
    const pull = () => owner.call('POST', `/orgs/{org}/accounts/${id}/pull`)
    expect((await pull()).body).toEqual({ added: 1 })
    expect((await pull()).body).toEqual({ added: 0 })
  })

  test('that is broken keeps no other waiting and is tried again later', async () => {
    feed = rss('fine')
    const [broken, fine] = [await source(), await source()]
    await set(broken, { listen_cursor: null })
    await set(broken, { credentials_sealed: null })
    await pullDueSources(app.services)
    expect(await items(fine)).toHaveLength(1)
    const row = await rowOf(broken)
    expect(row.last_failure).not.toBeNull()
    expect(row.listen_due_at!.getTime()).toBeGreaterThan(app.services.clock().getTime())
  })

  test('that is disconnected is read no more; its items stay', async () => {
    feed = rss('one')
    const id = await source()
    await pullDueSources(app.services)
    await owner.call('DELETE', `/orgs/{org}/accounts/${id}`)
    asked = 0
    ahead += 60 * 60_000
    await pullDueSources(app.services)
    expect(asked).toBe(0)
    expect(await items(id)).toHaveLength(1)
  })

  test('whose items are put aside shows them only to who asks, and takes them back', async () => {
    feed = rss('one', 'two')
    const id = await source()
    await pullDueSources(app.services)
    const [first] = await items(id)
    expect(
      (await owner.call('POST', `/orgs/{org}/source-items/${first.id}/dismiss`, {})).body.dismissedAt,
    ).not.toBeNull()
    expect(await items(id)).toHaveLength(1)
    expect(await items(id, '&dismissed=false')).toHaveLength(1)
    expect((await items(id, '&dismissed=true')).map((item: { id: string }) => item.id)).toEqual([first.id])
    await owner.call('POST', `/orgs/{org}/source-items/${first.id}/dismiss`, { dismissed: false })
    expect(await items(id)).toHaveLength(2)
  })

  test('is paged without gap or double', async () => {
    feed = rss(...Array.from({ length: 45 }, (_, index) => `item ${index}`))
    const id = await source()
    await pullDueSources(app.services)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await owner.call('GET', `/orgs/{org}/source-items?accountId=${id}&limit=10${cursor}`)
      seen.push(...body.items.map((item: { id: string }) => item.id))
      if (!body.nextCursor) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45])
  })

  test('what is no source cannot be read', async () => {
    const id = await unlistenable()
    const answer = await owner.call('POST', `/orgs/{org}/accounts/${id}/pull`)
    expect([answer.status, answer.body.data.code]).toEqual([409, 'not-a-source'])
  })
})

const unlistenable = () =>
  anAccount(app.services, caller, 'bluesky', {
    credentials: {},
    expiresAt: null,
    scopes: [],
    profile: {
      remoteId: crypto.randomUUID(),
      handle: 'x',
      displayName: 'x',
      avatarUrl: null,
      url: 'https://x.example',
      server: 'https://x.example',
      instance: {},
    },
  })
