// Reading the past of accounts over real HTTP: once, whoever reads, whatever is lost, and whoever is killed in the middle of it.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import {
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../../test/world/practice.ts'
import type { Connector } from '../../connectors/contract.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import type { History, HistoryItem } from '../../connectors/history.ts'
import { type FaultServer, startFaultServer } from '../../connectors/testing/fault-server.ts'
import { closeAfter, delay, htmlPage, rateLimited, status, truncate } from '../../connectors/testing/faults.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { disconnectAccount } from '../actions.ts'
import { accountRow } from '../session.ts'
import { forgetOldHistory, readHistories } from './read-histories.ts'
import { mostItems } from './rules.ts'
import { hurryHistory } from './store.ts'

let database: TestDatabase
let network: FakeNetwork
let faults: FaultServer
let services: PracticeServices
let caller: Caller
/** Minutes go by as a test says, so that what waits comes due. */
let ahead = 0
/** Of the network, so that things were said long ago. */
let back = 0
const day = 86_400_000

beforeAll(async () => {
  database = await testDatabase()
  network = await startFakeNetwork({ now: () => new Date(Date.now() + ahead - back), tokenLifetime: 3_650 * 86_400 })
  faults = await startFaultServer(network.url)
  services = practiceServices(database.db, { clock: () => new Date(Date.now() + ahead) })
  network.createAccount('ann')
})
beforeEach(async () => {
  faults.reset()
  // Each test has its own organisation, and nothing of the one before is due.
  await asSystem(database.db, (tx) => tx.updateTable('accounts').set({ state: 'needs-reconnect' }).execute())
  caller = await anOrganisation(database.db)
})
afterAll(async () => {
  await faults.stop()
  await network.stop()
  await database.close()
})

/** An account that said something so many days ago each; answers its id, and the ids at the network. */
async function anOldAccount(days: readonly number[]): Promise<{ id: string; handle: string; said: string[] }> {
  const id = await aPracticeAccount(services, caller, network, faults.url)
  const { handle } = await inOrg(database.db, caller.orgId, (tx) => accountRow(tx, caller.orgId, id))
  const said = days
    .toSorted((a, b) => b - a)
    .map((ago) => {
      back = ago * day
      return network.say(handle.slice(1), `${ago} days ago`).id
    })
  back = 0
  return { id, handle: handle.slice(1), said }
}

const stored = (account: string): Promise<string[]> =>
  inOrg(database.db, caller.orgId, async (tx) => {
    const found = await sql<{ remote_id: string }>`
      select remote_id from history_items where account_id = ${account} order by at, remote_id`.execute(tx)
    return found.rows.map(({ remote_id: id }) => id)
  })
const reading = (account: string) =>
  inOrg(database.db, caller.orgId, (tx) =>
    tx.selectFrom('history_readings').selectAll().where('account_id', '=', account).executeTakeFirst(),
  )
const past = ({ path }: { path: string }): boolean => path.startsWith('/api/past')
const asked = (): string[] => faults.requests.filter(past).map(({ path }) => path)
const lots = (count: number): number[] => Array.from({ length: count }, (_, index) => (index % 80) + 1)

test('the last thirteen weeks are read once: what is older is not stored, and nothing is asked for again', async () => {
  const { id, handle, said } = await anOldAccount([200, 95, 90, 30, 1])
  const question = network.say('ann', 'When do you open?')
  const reply = network.say(handle, 'At nine', { replyTo: question.id })
  network.say(handle, 'And at ten on Sundays', { replyTo: reply.id })
  network.say(handle, 'Hush', { to: 'ann' })
  await readHistories(services)
  expect(await stored(id)).toEqual([...said.slice(2), reply.id])
  const rows = await inOrg(database.db, caller.orgId, (tx) =>
    tx.selectFrom('history_items').selectAll().where('account_id', '=', id).orderBy('at').execute(),
  )
  expect(rows.map(({ kind, written_by }) => [kind, written_by])).toEqual([
    ...[...Array(3)].map(() => ['post', null]),
    ['reply', null],
  ])
  expect(rows[0]!.url).toBe(`${network.url}/@${handle}/${said[2]}`)
  expect(await reading(id)).toMatchObject({ cursor: null, failures: 0, has_replies: true, ended_at: expect.any(Date) })
  faults.requests.length = 0
  network.say(handle, 'Later')
  await readHistories(services)
  expect(asked()).toEqual([])
})

test('two workers at once read several accounts, each page once, and store everything once', async () => {
  const accounts = [await anOldAccount(lots(250)), await anOldAccount(lots(150)), await anOldAccount([])]
  faults.inject(delay(30), { match: past, times: Number.POSITIVE_INFINITY })
  await Promise.all([readHistories(services), readHistories(services), readHistories(services)])
  for (const { id, said } of accounts) {
    expect((await stored(id)).toSorted()).toEqual(said.toSorted())
    expect(await reading(id)).toMatchObject({ ended_at: expect.any(Date) })
  }
  expect(asked().length).toBe(3 + 2 + 1)
})

test('who was so slow that another took over stores nothing and asks no further', async () => {
  const { id, said } = await anOldAccount(lots(250))
  faults.inject(delay(1_000), { match: past })
  const slow = readHistories(services)
  await expect.poll(() => asked().length).toBe(1)
  ahead += 3 * 60_000
  await readHistories(services)
  expect(await reading(id)).toMatchObject({ pages: 3, ended_at: expect.any(Date) })
  await slow
  expect(await reading(id)).toMatchObject({ pages: 3, cursor: null })
  expect([asked().length, (await stored(id)).length]).toEqual([1 + 3, said.length])
})

test('what is lost on the way is asked for again from the same place', async () => {
  const { id, said } = await anOldAccount(lots(250))
  for (const fault of [closeAfter, truncate, status(500), htmlPage()]) {
    faults.inject(fault, { match: ({ path }) => past({ path }) && path.includes('before=') })
    await readHistories(services)
    expect(await reading(id)).toMatchObject({ pages: 1, ended_at: null, failure_code: expect.any(String) })
    ahead += 300 * 60_000
  }
  await readHistories(services)
  expect((await stored(id)).toSorted()).toEqual(said.toSorted())
  expect(asked().filter((path) => !path.includes('before=')).length).toBe(1)
  expect(await reading(id)).toMatchObject({ failures: 0, failure_code: null })
})

test('a token that ends is renewed in the middle of it', async () => {
  const { id, said } = await anOldAccount([3, 2, 1])
  network.expireTokens()
  await readHistories(services)
  expect(await stored(id)).toEqual(said)
})

test('a network that asks for rest gets it, and the account with it', async () => {
  const { id, said } = await anOldAccount([3, 2, 1])
  faults.inject(rateLimited(600), { match: past })
  await readHistories(services)
  expect(await reading(id)).toMatchObject({ failure_kind: 'rate-limited', ended_at: null })
  faults.requests.length = 0
  ahead += 5 * 60_000
  await readHistories(services)
  expect(asked()).toEqual([])
  ahead += 6 * 60_000
  await readHistories(services)
  expect(await stored(id)).toEqual(said)
})

test('what the network does not allow is tried again a day later, or as soon as somebody connects the account again', async () => {
  const { id, said } = await anOldAccount([2, 1])
  faults.inject(status(403), { match: past })
  await readHistories(services)
  expect(await reading(id)).toMatchObject({ failure_kind: 'forbidden', ended_at: null })
  // Posts of the account go out all the same: it is no trouble of the account.
  const account = await inOrg(database.db, caller.orgId, (tx) => accountRow(tx, caller.orgId, id))
  expect([account.state, account.last_failure]).toEqual(['connected', null])
  await readHistories(services)
  expect(await stored(id)).toEqual([])
  await inOrg(database.db, caller.orgId, (tx) => hurryHistory(tx, caller.orgId, id, services.clock()))
  await readHistories(services)
  expect(await stored(id)).toEqual(said)
})

test('an account whose access is gone waits for somebody to connect it', async () => {
  const { id, handle } = await anOldAccount([1])
  network.revoke(handle)
  await readHistories(services)
  const account = await inOrg(database.db, caller.orgId, (tx) => accountRow(tx, caller.orgId, id))
  expect(account.state).toBe('needs-reconnect')
})

test('with the account all of it is forgotten, also for whoever is reading just then; connected again it is read anew', async () => {
  const { id, said } = await anOldAccount(lots(150))
  const { credentials_sealed: sealed } = await inOrg(database.db, caller.orgId, (tx) =>
    accountRow(tx, caller.orgId, id),
  )
  faults.inject(delay(700), { match: ({ path }) => path.includes('before=') })
  const going = readHistories(services)
  await expect.poll(() => asked().length).toBe(2)
  expect((await stored(id)).length).toBe(100)
  await disconnectAccount(services, caller, { id })
  expect([await stored(id), await reading(id)]).toEqual([[], undefined])
  // As connecting it again does, while the old page is still on its way and the first new one takes longer.
  await inOrg(database.db, caller.orgId, (tx) =>
    tx.updateTable('accounts').set({ state: 'connected', credentials_sealed: sealed }).where('id', '=', id).execute(),
  )
  faults.inject(delay(1_500), { match: past })
  const anew = readHistories(services)
  await going
  expect(await stored(id)).toEqual([])
  await anew
  expect((await stored(id)).toSorted()).toEqual(said.toSorted())
})

/** A network at which everybody has said something each minute for ever, one in a hundred as a reply. */
function talkative({ posts, replies }: { posts: boolean; replies: boolean }): Connector {
  const page: History['page'] = async (session, { cursor, limit }) => {
    const from = typeof cursor === 'number' ? cursor : 0
    const items = Array.from({ length: limit }, (_, index): HistoryItem => {
      const number = from + index
      const kind = replies && (!posts || number % 100 === 0) ? 'reply' : 'post'
      return { id: `${number}`, kind, at: new Date(session.now().getTime() - number * 60_000), url: null, by: null }
    })
    return { items, next: from + limit, unreadable: 0 }
  }
  return { ...createFakeConnector(), history: { page } }
}

test.each([
  // The oldest of either lies about as far back, and the later one of them counts.
  ['posts and replies', { posts: true, replies: true }, 9_900, true],
  // Replies may come after them: nobody knows.
  ['posts alone', { posts: true, replies: false }, 9_999, false],
])(
  'of an account that said more than anybody counts, the newest are known: %s',
  async (_, kinds, oldest, hasReplies) => {
    const { id } = await anOldAccount([])
    const before = services.clock().getTime()
    for (let turns = 0; turns < 20 && !(await reading(id))?.ended_at; turns++)
      await readHistories(services, [talkative(kinds)])
    const after = services.clock().getTime()
    expect((await stored(id)).length).toBe(mostItems)
    const row = (await reading(id))!
    expect([row.has_replies, row.cursor]).toEqual([hasReplies, null])
    const knownFrom = row.known_from!.getTime()
    expect(knownFrom).toBeGreaterThanOrEqual(before - oldest * 60_000)
    expect(knownFrom).toBeLessThanOrEqual(after - oldest * 60_000)
  },
)

test('what is older than anybody looks at is forgotten, and not read again', async () => {
  const { id, said } = await anOldAccount([80, 1])
  await readHistories(services)
  expect(await stored(id)).toEqual(said)
  ahead += 20 * day
  await forgetOldHistory(services)
  expect(await stored(id)).toEqual(said.slice(1))
  faults.requests.length = 0
  await readHistories(services)
  expect(asked()).toEqual([])
})

test('a process that is killed between two pages is followed by another, which asks for the rest alone', async () => {
  const { id, said } = await anOldAccount(lots(250))
  // The second page never comes.
  faults.inject(delay(60_000), { match: ({ path }) => past({ path }) && path.includes('before=') })
  const child = fork(join(import.meta.dirname, 'reader.testing.ts'), [
    JSON.stringify({ connection: database.connection, ahead }),
  ])
  try {
    await expect.poll(() => asked().length, { timeout: 60_000 }).toBe(2)
  } finally {
    const gone = once(child, 'exit')
    if (child.kill('SIGKILL')) await gone
  }
  expect((await stored(id)).length).toBe(100)
  faults.requests.length = 0
  // Its lease holds for a while: nobody may know yet that it is dead.
  await readHistories(services)
  expect(asked()).toEqual([])
  ahead += 3 * 60_000
  await readHistories(services)
  expect((await stored(id)).toSorted()).toEqual(said.toSorted())
  expect(asked().every((path) => path.includes('before='))).toBe(true)
})
