// The ground of tests of the inbox: an installation with an account that is read, and messages that come when a test says so.

import { afterAll, beforeAll } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { aPracticeAccount, practiceServices } from '../../test/world/practice.ts'
import type { InboxEvent, Said } from '../connectors/converse.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import type { Labels } from '../listening/mentions/types.ts'
import { mountFiles } from '../media/doors.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { keepBatch } from './reading/keep-batch.ts'
import { beginReadings, claimReadings, type Reading } from './reading/leases.ts'
import type { Understood } from './routing/subjects.ts'
import { batchOf, minute, start } from './said.testing.ts'

export let world: TestApp
export let owner: TestSession
export let network: FakeNetwork
let handle = ''

/** Of the account that is read, at its network. */
export const ownHandle = (): string => handle
let reading: Reading
let now: Date

export function setNow(at: Date): void {
  now = at
}
export const currentTime = (): Date => now

/** Call it at the top of a test file: processes that run several files evaluate this one once. */
export function useInbox(begin: () => Promise<unknown>, patienceMs?: number): void {
  beforeAll(async () => {
    now = new Date(start.getTime() + 60 * minute)
    world = await testApp({
      clock: () => now,
      config: { allowPrivate: ['127.0.0.1'] },
      mount: (hono, doors) =>
        mountFiles(hono, doors, new Proxy({} as Services, { get: (_, name) => Reflect.get(world.services, name) })),
    })
    owner = await world.as('owner')
    network = await startFakeNetwork()
    reading = await aReading()
    await begin()
  }, patienceMs)
  afterAll(async () => {
    await network.stop()
    await world?.close()
  })
}

async function aReading(): Promise<Reading> {
  const { db, sealer } = world.services
  const caller = { orgId: world.ours, memberId: owner.memberId } as Caller
  const id = await aPracticeAccount(practiceServices(db, { sealer }), caller, network)
  const row = await inOrg(db, world.ours, (tx) =>
    tx.selectFrom('accounts').select('handle').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  handle = row.handle.slice(1)
  const claimed = await asSystem(db, async (tx) => {
    await beginReadings(tx, ['fake'], now)
    return claimReadings(tx, now, 10)
  })
  return claimed.find(({ orgId }) => orgId === world.ours)!
}

/** As the network tells it. */
export const keep = (
  events: InboxEvent[],
  label: (said: Said) => Labels | null = () => null,
  understand: (said: Said) => Understood | null = () => null,
): Promise<number> =>
  keepBatch(world.services.db, reading, batchOf(events), { network: 'fake', now, label, understand })
