// What an assessment makes of the past that accounts tell: over HTTP on a real database, with a practice network that has a past.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { aDraft } from '../../../test/world/practice.ts'
import { readHistories } from '../../accounts/history/read-histories.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../../connectors/testing/fault-server.ts'
import { status as statusFault } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
import { startInboxReader } from '../../inbox/reading/worker.ts'
import { startWorker } from '../../publishing/delivery/worker.ts'

/** A Wednesday: twelve whole weeks begin on 7 December and end on 28 February. */
const today = new Date('2027-03-03T10:00:00Z')
let now = today
let world: TestApp
let network: FakeNetwork
let faults: FaultServer
beforeAll(async () => {
  network = await startFakeNetwork({ now: () => now, tokenLifetime: 3_650 * 86_400 })
  faults = await startFaultServer(network.url)
  world = await testApp({ clock: () => now, config: { allowPrivate: [network.host, faults.host] } })
  network.createAccount('ann')
})
afterAll(async () => {
  await world.close()
  await faults.stop()
  await network.stop()
})

const at = <T>(day: string, work: () => T): T => {
  const before = now
  now = new Date(`${day}T09:00:00Z`)
  try {
    return work()
  } finally {
    now = before
  }
}

/** An organisation of its own for each test. */
const somebody = async (): Promise<TestSession> => world.as('owner', await world.found('Somebody'))

interface Account {
  id: string
  handle: string
}
async function connect(owner: TestSession, url = network.url): Promise<Account> {
  const { handle, token } = network.createAccount()
  const body = { connector: 'fake', method: 'token', values: { url, handle, token } }
  return { id: (await owner.call('POST', '/orgs/{org}/accounts', body)).body.id, handle }
}

const path = '/orgs/{org}/programme/assessments'
const opinions = { listening: 3, answering: 3, publishing: 3, sharing: 3, measuring: 3, lasting: 3 }
const look = async (owner: TestSession) => (await owner.call('POST', path, { opinions })).body
const sources = async (owner: TestSession) => (await owner.call('GET', `${path}/sources`)).body
const levels = (assessment: { findings: { area: string; level: number | null }[] }) =>
  Object.fromEntries(assessment.findings.map(({ area, level }) => [area, level]))
const set = (query: ReturnType<typeof sql>) => asSystem(world.services.db, (tx) => query.execute(tx))

test('before an account is read its past is not known, and afterwards it is judged by it', async () => {
  const owner = await somebody()
  const { id, handle } = await connect(owner)
  for (const day of ['2026-11-20', '2026-12-08', '2026-12-16', '2027-02-02', '2027-03-02'])
    at(day, () => network.say(handle, day))
  at('2027-02-03', () => network.say(handle, 'At nine', { replyTo: network.say('ann', 'When do you open?').id }))
  const none = { posts: null, replies: null, people: null, readOn: null, trouble: null }
  expect(await sources(owner)).toMatchObject([{ accountId: id, told: { state: 'reading', ...none } }])
  const before = await look(owner)
  expect(before.evidence.accounts).toMatchObject([{ posts: 0, knownFrom: '2027-03-03', told: { state: 'reading' } }])
  expect(before.evidence.weeks.every(({ posts }: { posts: number | null }) => posts === null)).toBe(true)
  expect(levels(before)).toMatchObject({ publishing: null, lasting: null, sharing: null })

  await readHistories(world.services)
  const after = await look(owner)
  const told = { state: 'read', posts: 3, replies: 1, people: null, readOn: '2027-03-03', trouble: null }
  // What was said in the present week is read, and counts when the week is over.
  expect(await sources(owner)).toMatchObject([{ accountId: id, told }])
  expect(after.evidence.accounts).toMatchObject([
    {
      posts: 3,
      replies: 1,
      activeDays: 4,
      longestGap: 47,
      lastOn: '2027-02-03',
      isYoung: false,
      isDormant: true,
      told,
    },
  ])
  expect(after.evidence.weeks.map(({ posts, replies }: never) => [posts, replies])).toEqual([
    ...[
      [1, 0],
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ])
  expect(levels(after)).toMatchObject({ publishing: 2, lasting: 1, sharing: null })
  expect(after.findings.find(({ area }: { area: string }) => area === 'sharing').facts).toEqual({
    people: 0,
    unsaid: 4,
  })
  // What was found before stays as it was.
  expect((await owner.call('GET', path)).body[1]).toEqual(before)
})

test('what Longrun published itself, and what is read back of conversations, is not counted twice', async () => {
  const owner = await somebody()
  now = new Date('2027-02-24T10:00:00Z')
  const { id, handle } = await connect(owner)
  for (const text of ['one', 'two']) {
    const post = await owner.call('POST', '/orgs/{org}/posts', { content: aDraft(text), variants: [{ accountId: id }] })
    await owner.call('POST', `/orgs/{org}/posts/${post.body.id}/schedule`, { when: { kind: 'now' } })
  }
  const media = () => Promise.reject(new Error('no files here'))
  const parts = { services: world.services, connectorOf: () => createFakeConnector(), media }
  const worker = startWorker(parts, { pollMs: 20 })
  const mine = () => network.posts().filter(({ author }) => author === handle)
  await expect.poll(() => mine().length, { timeout: 10_000 }).toBe(2)
  await worker.stop()
  network.say(handle, 'By hand')
  network.say(handle, 'At nine', { replyTo: network.say('ann', 'When?', { replyTo: mine()[0]!.id }).id })
  const reader = startInboxReader(world.services, { connectors: [createFakeConnector()], pollMs: 10 })
  const readBack = () =>
    asSystem(world.services.db, (tx) =>
      sql<{ n: number }>`select count(*)::integer as n from messages where org_id = ${owner.orgId} and is_ours`.execute(
        tx,
      ),
    )
  await expect.poll(async () => (await readBack()).rows[0]!.n, { timeout: 10_000 }).toBe(1)
  await reader.stop()
  now = today
  await readHistories(world.services)
  const { evidence } = await look(owner)
  expect(evidence.accounts).toMatchObject([{ posts: 3, replies: 1, told: { state: 'read', posts: 1, replies: 1 } }])
  expect(evidence.weeks.at(-1)).toEqual({ week: '2027-02-22', posts: 3, replies: 1 })
  // Of what Longrun sent it knows who wrote it.
  expect([evidence.people, evidence.peopleFrom]).toEqual([[{ items: 2 }], 'longrun'])
})

test('where the network says who wrote, it is known how work was shared; two accounts of one place count once', async () => {
  const owner = await somebody()
  const [first, second] = [await connect(owner), await connect(owner)]
  for (let day = 10; day < 20; day++) at(`2027-02-${day}`, () => network.say(first.handle, 'x'))
  await readHistories(world.services)
  const items = sql`(select remote_id, row_number() over (order by at) as n from history_items where account_id = ${first.id}) o`
  await set(sql`update history_items i set written_by = case when o.n <= 6 then 'kim' when o.n <= 9 then 'ben' else 'cy' end
    from ${items} where i.account_id = ${first.id} and i.remote_id = o.remote_id`)
  const { evidence, findings } = await look(owner)
  expect([evidence.people, evidence.peopleFrom]).toEqual([[{ items: 6 }, { items: 3 }, { items: 1 }], 'accounts'])
  expect(evidence.accounts.find(({ accountId }: never) => accountId === first.id).told.people).toBe(3)
  expect(findings.find(({ area }: { area: string }) => area === 'sharing')).toMatchObject({
    level: 3,
    facts: { people: 3, share: 60, told: 1 },
  })
  // Both sign in at one site, and each tells the whole of it.
  await set(sql`insert into history_items (org_id, account_id, kind, remote_id, at, url, written_by)
    select org_id, ${second.id}, kind, remote_id, at, url, written_by from history_items where account_id = ${first.id}`)
  await set(sql`update accounts set remote_id = 'ben' where id = ${second.id}`)
  const both = (await look(owner)).evidence
  const posts = (id: string) => both.accounts.find(({ accountId }: never) => accountId === id).posts
  expect([posts(first.id), posts(second.id)]).toEqual([7, 3])
  expect(both.weeks.reduce((sum: number, week: { posts: number | null }) => sum + (week.posts ?? 0), 0)).toBe(10)
})

test('replies that an account may not see are unknown, which is not none', async () => {
  const owner = await somebody()
  const { id, handle } = await connect(owner)
  at('2027-01-12', () => network.say(handle, 'x'))
  await readHistories(world.services)
  await set(sql`update history_readings set has_replies = false where account_id = ${id}`)
  const { evidence } = await look(owner)
  expect(evidence.accounts[0].told).toMatchObject({ posts: 1, replies: null })
  expect(evidence.weeks[5]).toEqual({ week: '2027-01-11', posts: 1, replies: null })
})

test('an account that tells nothing says why, and is judged from its connection on as before', async () => {
  const owner = await somebody()
  const told = async () => (await sources(owner)).map(({ told: one }: { told: object }) => one)
  const { id } = await connect(owner, faults.url)
  faults.inject(statusFault(403), { match: ({ path: asked }) => asked.startsWith('/api/past') })
  await readHistories(world.services)
  expect(await told()).toMatchObject([{ state: 'failed', posts: null, trouble: { kind: 'forbidden' } }])
  expect((await look(owner)).evidence.accounts).toMatchObject([{ knownFrom: '2027-03-03', told: { state: 'failed' } }])
  await set(sql`update accounts set state = 'needs-reconnect' where id = ${id}`)
  expect(await told()).toMatchObject([{ state: 'waiting' }])
  await set(sql`update accounts set connector = 'newsletter' where id = ${id}`)
  expect(await told()).toMatchObject([{ state: 'cannot', trouble: null }])
  await owner.call('DELETE', `/orgs/{org}/accounts/${id}`)
  expect(await told()).toEqual([])
})

test('where there was more than is read of one account, it is known from there on alone', async () => {
  const owner = await somebody()
  const { id, handle } = await connect(owner)
  for (const day of ['2026-12-20', '2027-01-12', '2027-02-09']) at(day, () => network.say(handle, day))
  await readHistories(world.services)
  await set(sql`update history_readings set known_from = '2027-01-12T00:00:00Z' where account_id = ${id}`)
  const { evidence } = await look(owner)
  expect(evidence.accounts).toMatchObject([{ posts: 2, knownFrom: '2027-01-12' }])
  expect(evidence.weeks.slice(0, 6).map(({ posts }: never) => posts)).toEqual([null, null, null, null, null, 1])
})

test('an assessment of an earlier version, which knows nothing of it, is shown as it was', async () => {
  const owner = await somebody()
  await connect(owner)
  const { id } = await look(owner)
  await set(sql`update programme_assessments set evidence = jsonb_set(evidence - 'peopleFrom', '{accounts,0}', (evidence #> '{accounts,0}') - 'told')
    where id = ${id}`)
  const { status, body } = await owner.call('GET', path)
  expect(status).toBe(200)
  expect(body[0].evidence.accounts[0]).not.toHaveProperty('told')
})

test('nobody sees what accounts of another organisation tell', async () => {
  const [owner, other] = [await somebody(), await somebody()]
  await connect(owner)
  expect(await sources(other)).toEqual([])
  expect((await other.call('GET', `/orgs/${owner.orgId}/programme/assessments/sources`)).status).toBe(404)
})
