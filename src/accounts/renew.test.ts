// Renewing credentials: one worker does it, the others use what it brought; lost consent is said once.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { anOrganisation, aPracticeAccount, type PracticeServices, practiceServices } from '../../test/world/practice.ts'
import { resealAll } from '../commands/reseal.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../connectors/testing/fault-server.ts'
import { closeAfter, delay, status } from '../connectors/testing/faults.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { createSealer } from '../lib/seal.ts'
import type { Caller } from '../people/types.ts'
import { checkAccount } from './actions.ts'
import { renewAccount } from './renew.ts'
import { type AccountRow, keepCredentials, openCredentials } from './session.ts'

let database: TestDatabase
/** Two processes on one database. */
let one: PracticeServices
let two: PracticeServices
let network: FakeNetwork
let faults: FaultServer
let caller: Caller
let ahead = 0

beforeAll(async () => {
  database = await testDatabase()
  const clock = () => new Date(Date.now() + ahead)
  one = practiceServices(database.db, { clock })
  two = practiceServices(database.db, { clock })
  network = await startFakeNetwork()
  faults = await startFaultServer(network.url)
  caller = await anOrganisation(database.db)
})
afterEach(() => faults.reset())
afterAll(async () => {
  await faults.stop()
  await network.stop()
  await database.close()
})

const rowOf = (id: string): Promise<AccountRow> =>
  asSystem(database.db, (tx) => tx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const eventsOf = (id: string, verb: string) =>
  asSystem(database.db, (tx) =>
    tx.selectFrom('events').select('facts').where('subject_id', '=', id).where('verb', '=', verb).execute(),
  )
const anAccountRow = async () => rowOf(await aPracticeAccount(one, caller, network, faults.url))
const renewals = () => faults.requests.filter(({ path }) => path === '/api/session/refresh')
const refreshing = { match: ({ path }: { path: string }) => path === '/api/session/refresh' }

describe('renewAccount', () => {
  test('by many at once in two processes asks the network once, and all get the new credentials', async () => {
    const stale = await anAccountRow()
    faults.inject(delay(300), refreshing)
    const rows = await Promise.all(Array.from({ length: 12 }, (_, index) => renewAccount(index % 2 ? one : two, stale)))
    expect(renewals()).toHaveLength(1)
    const fresh = openCredentials(one, rows[0]!)
    expect(fresh).not.toEqual(openCredentials(one, stale))
    for (const row of rows) expect(openCredentials(two, row)).toEqual(fresh)
    expect(await rowOf(stale.id)).toMatchObject({ renewing_until: null, state: 'connected' })
    expect(await eventsOf(stale.id, 'account.renewed')).toHaveLength(1)
  })

  test('with a row that was renewed meanwhile asks nobody', async () => {
    const stale = await anAccountRow()
    await renewAccount(one, stale)
    faults.reset()
    await renewAccount(two, stale)
    expect(renewals()).toHaveLength(0)
  })

  test('of credentials that were only sealed anew meanwhile is really made', async () => {
    const secrets = ['the key of the first installation, long', 'the key that takes its place, as long']
    const [before, after] = [secrets, secrets.toReversed()].map((keys) => ({ ...one, sealer: createSealer(keys) }))
    const stale = await rowOf(await aPracticeAccount(before!, caller, network, faults.url))
    expect(await resealAll(database, { secrets: secrets.toReversed() })).toMatchObject({ done: 1 })
    const fresh = await renewAccount(after!, stale)
    expect(renewals()).toHaveLength(1)
    expect(openCredentials(after!, fresh)).not.toEqual(openCredentials(before!, stale))
  })

  test('that lengthened the same token counts as made', async () => {
    const stale = await anAccountRow()
    const longer = { credentials: openCredentials(one, stale), expiresAt: new Date(one.clock().getTime() + 90_000_000) }
    await inOrg(database.db, stale.org_id, (tx) => keepCredentials(one, tx, stale.org_id, stale.id, longer))
    expect((await renewAccount(two, stale)).credentials_expire_at).toEqual(longer.expiresAt)
    expect(renewals()).toHaveLength(0)
  })

  test('that fails for now says so, lets go, and works the next time', async () => {
    const stale = await anAccountRow()
    faults.inject(status(503), refreshing)
    await expect(renewAccount(one, stale)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(await rowOf(stale.id)).toMatchObject({ renewing_until: null, state: 'connected' })
    expect((await renewAccount(one, stale)).state).toBe('connected')
  })

  test('of lost consent marks the account and records it once, however many ask', async () => {
    const stale = await anAccountRow()
    network.revoke(stale.handle.replace('@', ''))
    const answers = await Promise.allSettled([
      renewAccount(one, stale),
      renewAccount(two, stale),
      renewAccount(one, stale),
    ])
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { kind: 'auth-revoked' } })
    expect(await rowOf(stale.id)).toMatchObject({ state: 'needs-reconnect', state_reason: 'revoked' })
    expect(await eventsOf(stale.id, 'account.lost')).toHaveLength(1)
    expect(renewals()).toHaveLength(1)
  })

  test('whose answer was lost cannot be repeated where tokens rotate: a person is asked instead of a silence', async () => {
    const stale = await anAccountRow()
    faults.inject(closeAfter, refreshing)
    await expect(renewAccount(one, stale)).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(renewAccount(one, stale)).rejects.toMatchObject({ kind: 'auth-revoked' })
    expect((await rowOf(stale.id)).state).toBe('needs-reconnect')
  })

  test('left unfinished by a worker that died is taken over when its time is up', async () => {
    const stale = await anAccountRow()
    const until = new Date(one.clock().getTime() + 30_000)
    await asSystem(database.db, (tx) =>
      tx.updateTable('accounts').set({ renewing_until: until }).where('id', '=', stale.id).execute(),
    )
    const renewal = renewAccount(one, stale)
    ahead += 31_000
    expect((await renewal).state).toBe('connected')
    expect(renewals()).toHaveLength(1)
  })

  test('of a disconnected account is refused without asking', async () => {
    const stale = await anAccountRow()
    await asSystem(database.db, (tx) =>
      tx
        .updateTable('accounts')
        .set({ state: 'disconnected', credentials_sealed: null })
        .where('id', '=', stale.id)
        .execute(),
    )
    await expect(renewAccount(one, stale)).rejects.toMatchObject({
      kind: 'auth-revoked',
      code: 'account-not-connected',
    })
    expect(renewals()).toHaveLength(0)
  })
})

describe('checking an account', () => {
  test('reads the limits anew, and renews on the way', async () => {
    const { id } = await anAccountRow()
    network.setLimits({ text: 123 })
    network.expireTokens()
    const shown = await checkAccount(one, caller, { id })
    expect(shown).toMatchObject({ state: 'connected', limits: { text: { max: 123 } } })
  })

  test('of a network that does not answer notes the failure and keeps the account', async () => {
    const { id } = await anAccountRow()
    faults.inject(status(500))
    const shown = await checkAccount(one, caller, { id })
    expect(shown).toMatchObject({ state: 'connected', health: { lastFailure: 'status-500' } })
  })

  test('with lost consent asks for a person', async () => {
    const { id, handle } = await anAccountRow()
    network.revoke(handle.replace('@', ''))
    expect(await checkAccount(one, caller, { id })).toMatchObject({ state: 'needs-reconnect', stateReason: 'revoked' })
  })
})
