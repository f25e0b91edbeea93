// An access that nobody can renew: said a week ahead in the app and by mail, over at its end, and the posts wait for the person.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { announceTrouble, renewExpiring } from '../../src/accounts/upkeep.ts'
import { type MastodonDouble, startMastodonDouble } from '../../src/connectors/mastodon/double/server.ts'
import { asSystem } from '../../src/db/tx.ts'
import { notificationMail } from '../../src/events/types.ts'
import { unparkPosts } from '../../src/publishing/unpark.ts'
import { expectWell, type Person, type Running, scheduled, startRunning, untilState } from './world.ts'

const day = 86_400_000
const lifetime = 30 * day

let double: MastodonDouble
let running: Running
let owner: Person
let accountId: string
beforeAll(async () => {
  double = await startMastodonDouble({
    autoApprove: true,
    tokenLifetime: lifetime / 1000,
    refreshTokens: false,
    now: () => new Date(Date.now() + (running?.moved.ms ?? 0)),
  })
  running = await startRunning({ allow: [double.host], mail: true })
  owner = await running.as('owner')
  accountId = await connected()
})
afterEach(async () => {
  await running.stopWork()
  await expectWell(running)
})
afterAll(async () => {
  await running.close()
  await double.stop()
})

/** Away to the network, which approves by itself, and back. */
async function connected(again?: string): Promise<string> {
  const values = { server: double.url }
  const input = { connector: 'mastodon', method: 'oauth', values, ...(again ? { accountId: again } : {}) }
  const { body } = await owner.call('POST', '/orgs/{org}/accounts/authorisations', input)
  const left = await fetch(body.url, { redirect: 'manual' })
  const back = left.headers.get('location')!
  const headers = { authorization: `Bearer ${owner.token}` }
  const answer = await fetch(back, { redirect: 'manual', headers })
  const page = new URL(answer.headers.get('location')!, running.url)
  expect([answer.status, page.pathname]).toEqual([303, expect.stringContaining('/accounts/')])
  return page.pathname.split('/').at(-1)!
}

const account = async () => (await owner.call('GET', `/orgs/{org}/accounts/${accountId}`)).body
const notices = async () =>
  (await asSystem(running.app.services.db, (tx) =>
    tx
      .selectFrom('notifications')
      .select(['kind', 'facts'])
      .where('subject_id', '=', accountId)
      .orderBy('id')
      .execute(),
  )) as { kind: string; facts: { name: string; until: string } }[]
const letters = async (): Promise<{ subject: string; text: string }[]> => {
  const jobs = await running.app.database.owner.query(
    'select data from pgboss.job where name = $1 order by created_on',
    [notificationMail.name],
  )
  return jobs.rows.map(({ data }) => data)
}
/** What the minute brings, several times over. */
async function upkeepAt(ms: number): Promise<void> {
  running.moved.ms = ms
  for (let minute = 0; minute < 2; minute++) {
    await renewExpiring(running.app.services)
    await announceTrouble(running.app.services)
  }
}

test('earlier than a week ahead nobody is told', async () => {
  await upkeepAt(lifetime - 7 * day - 3_600_000)
  expect(await notices()).toEqual([])
  expect(await account()).toMatchObject({ state: 'connected', health: { renews: false } })
})

test('a week ahead there is one notice in the app and one letter, with the day', async () => {
  await upkeepAt(lifetime - 7 * day + 3_600_000)
  const { health } = await account()
  const until = health.accessEndsAt.slice(0, 10)
  expect(await notices()).toMatchObject([{ kind: 'account-expiring', facts: { until } }])
  expect(JSON.stringify(await letters())).toContain(`connect again before ${until}`)
  expect(await letters()).toHaveLength(1)
})

test('until the end it works, also in the last minutes', async () => {
  await upkeepAt(lifetime - 10 * 60_000)
  expect((await account()).state).toBe('connected')
  const post = await scheduled(owner, accountId, 'Just in time')
  running.work()
  await untilState(owner, post.id, 'published')
  expect(await notices()).toHaveLength(1)
})

test('after the end the account asks for a person, and its posts wait for the new access', async () => {
  const wall = new Date(Date.now() + lifetime + 10 * 60_000).toISOString().slice(0, 19)
  const text = `Planned for later ${crypto.randomUUID()}`
  const post = await scheduled(owner, accountId, text, { kind: 'at', wall, zone: 'UTC' })
  await upkeepAt(lifetime + 60_000)
  expect(await account()).toMatchObject({ state: 'needs-reconnect', stateReason: 'credentials-expired' })
  expect((await notices()).map(({ kind }) => kind)).toEqual(['account-expiring', 'account-lost'])
  expect(await letters()).toHaveLength(2)

  running.moved.ms = lifetime + 12 * 60_000
  running.work()
  await untilState(owner, post.id, 'parked')
  expect(await connected(accountId)).toBe(accountId)
  expect(await unparkPosts(running.app.services)).toBe(1)
  await untilState(owner, post.id, 'published')
  expect(double.state.statuses.filter((status) => status.text === text)).toHaveLength(1)
})

test('the next end is announced anew', async () => {
  await upkeepAt(2 * lifetime)
  expect((await notices()).map(({ kind }) => kind)).toEqual(['account-expiring', 'account-lost', 'account-expiring'])
})
