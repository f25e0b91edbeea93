// Reading from the practice network over real HTTP: two readers, answers that are lost, tokens that end, a network that asks for rest.

import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import {
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../../test/world/practice.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../../connectors/testing/fault-server.ts'
import { closeAfter, closeBefore, rateLimited, status, truncate } from '../../connectors/testing/faults.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { type InboxReader, startInboxReader } from './worker.ts'

let database: TestDatabase
let network: FakeNetwork
let faults: FaultServer
let services: PracticeServices
let caller: Caller
let account: string
let post: { id: string }
/** Minutes go by as a test says, so that what waits comes due. */
let ahead = 0
const readers: InboxReader[] = []

beforeAll(async () => {
  database = await testDatabase()
  network = await startFakeNetwork()
  faults = await startFaultServer(network.url)
  services = practiceServices(database.db, { clock: () => new Date(Date.now() + ahead) })
  caller = await anOrganisation(database.db)
  account = await aPracticeAccount(services, caller, network, faults.url)
  post = await postOf(account)
  for (const each of people) network.createAccount(each)
})
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.stop())))
afterAll(async () => {
  await faults.stop()
  await network.stop()
  await database.close()
})

async function postOf(id: string): Promise<{ id: string }> {
  const { handle } = await inOrg(database.db, caller.orgId, (tx) =>
    tx.selectFrom('accounts').select('handle').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  return network.say(handle.slice(1), 'The new shoe')
}

const people = ['ann', 'ben', 'cy', 'dee', 'eve']
const inbox = (path: string): boolean => path.startsWith('/api/inbox')

function read(): InboxReader {
  const reader = startInboxReader(services, { connectors: [createFakeConnector()], pollMs: 10 })
  readers.push(reader)
  return reader
}

const stored = (): Promise<string[]> =>
  inOrg(database.db, caller.orgId, async (tx) => {
    const found = await sql<{
      body: string
    }>`select body from messages where org_id = ${caller.orgId} order by at, id`.execute(tx)
    return found.rows.map(({ body }) => body)
  })

const state = () =>
  inOrg(database.db, caller.orgId, (tx) =>
    tx.selectFrom('inbox_readings').selectAll().where('account_id', '=', account).executeTakeFirst(),
  )

/** Like `expect`, for what comes true while everything is due again and again. */
const whileDue = <Value>(look: () => Promise<Value>) =>
  expect.poll(
    async () => {
      await asSystem(database.db, (tx) =>
        tx
          .updateTable('inbox_readings')
          .set({ due_at: new Date(0) })
          .execute(),
      )
      return look()
    },
    { timeout: 20_000 },
  )

let count = 0
const say = (): string => {
  const text = `message ${++count}`
  network.say(people[count % people.length]!, text, { replyTo: post.id })
  return text
}

test('what is said is stored once and in order, whoever reads it and whatever is lost on the way', async () => {
  const said = Array.from({ length: 130 }, say)
  for (const fault of [closeAfter, status(500), truncate, closeBefore])
    faults.inject(fault, { match: ({ path }) => inbox(path) })
  const first = read()
  read()
  await whileDue(async () => (await stored()).length).toBeGreaterThan(0)
  said.push(...Array.from({ length: 20 }, say))
  await first.stop()
  read()
  said.push(say())
  await whileDue(stored).toEqual(said)
})

test('a token that ends is renewed in the middle of it', async () => {
  network.expireTokens()
  const text = say()
  read()
  await whileDue(stored).toContain(text)
  expect((await state())!.failures).toBe(0)
})

test('a network that asks for rest gets it; the account is left alone until then', async () => {
  const text = say()
  faults.inject(rateLimited(600), { match: ({ path }) => inbox(path) })
  read()
  await whileDue(async () => (await state())!.failure_kind).toBe('rate-limited')
  faults.requests.length = 0
  // Another account is read meanwhile, so this one had its turn.
  const other = await postOf(await aPracticeAccount(services, caller, network))
  network.say('ann', 'to the other one', { replyTo: other.id })
  await whileDue(stored).toContain('to the other one')
  expect(faults.requests.filter(({ path }) => inbox(path))).toEqual([])
  ahead += 11 * 60_000
  await whileDue(stored).toContain(text)
})
