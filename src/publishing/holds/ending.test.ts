// The moment at which a hold ends: what comes under it just then is not forgotten, and one that cannot end keeps no other.

import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { anOrganisation } from '../../../test/world/practice.ts'
import { asSystem } from '../../db/tx.ts'
import { claimDue } from '../delivery/claim.ts'
import { caller, database, moveClock, services, stateOf, useGround } from '../delivery/ground.testing.ts'
import { beginHold, type HoldServices } from './begin-hold.ts'
import { endHold, endOverdueHolds } from './end-hold.ts'
import { aGate, begin, type Gate, holdServices, planned } from './ground.testing.ts'

useGround()

afterEach(async () => {
  await asSystem(database.db, (tx) => sql`update holds set ended_at = now() where ended_at is null`.execute(tx))
  await asSystem(database.db, (tx) =>
    sql`update variants set state = 'cancelled', wake_at = null, hold_id = null where state in ('held', 'scheduled', 'parked')`.execute(
      tx,
    ),
  )
})

/** Services that tell by mail too. */
const withLetters = (send: HoldServices['queue']['send']): ReturnType<typeof holdServices> => {
  const quiet = holdServices()
  return { ...quiet, mailer: { ...quiet.mailer, available: true }, queue: { ...quiet.queue, send } }
}
/** Ends a hold; that it is told keeps the end from being committed until the gate opens. */
const endingSlowly = (id: string, gate: Gate) =>
  endHold(
    withLetters(() => gate.wait()),
    caller,
    { id, missed: 'ask', spacingMinutes: 10 },
  )

const untilSomebodyWaits = () =>
  expect
    .poll(
      async () =>
        (
          await database.owner.query(
            "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          )
        ).rowCount,
      { timeout: 10_000, interval: 20 },
    )
    .toBeGreaterThan(0)

const sweep = () =>
  asSystem(database.db, (tx) =>
    claimDue(tx, {
      ...{ workerId: crypto.randomUUID(), now: services.clock(), limit: 10, inHand: [] },
      settleSeconds: () => 1,
    }),
  )

test('what the sweep finds under a hold that is ending goes out instead of being forgotten', async () => {
  const { post } = await planned(1)
  const { hold } = await begin({ scope: 'campaigns' })
  // Scheduled at the very moment when it began, so that nobody has held it yet.
  await asSystem(database.db, (tx) => sql`update holds set scope = 'everything' where id = ${hold.id}`.execute(tx))
  moveClock(61_000)
  const gate = aGate()
  const ended = endingSlowly(hold.id, gate)
  await gate.reached
  const swept = sweep()
  await untilSomebodyWaits()
  gate.open()
  await Promise.all([ended, swept])
  await sweep()
  expect(await stateOf(post.id)).toMatchObject({ state: 'sending', hold_id: null })
})

test('what is scheduled while a hold is ending is not held by it', async () => {
  const { hold } = await begin()
  const gate = aGate()
  const ended = endingSlowly(hold.id, gate)
  await gate.reached
  const scheduling = planned(60)
  await untilSomebodyWaits()
  gate.open()
  const [, { post }] = await Promise.all([ended, scheduling])
  expect(await stateOf(post.id)).toMatchObject({ state: 'scheduled', hold_id: null })
})

test('a hold that cannot be ended keeps no other from ending', async () => {
  const other = await anOrganisation(database.db, 'Walkers')
  const ends = { wall: new Date(services.clock().getTime() + 3_600_000).toISOString().slice(0, 16), zone: 'UTC' }
  const hold = { scope: 'everything', scopeId: null, reason: 'A storm', ends } as const
  await beginHold(holdServices(), caller, hold)
  await beginHold(holdServices(), other, hold)
  moveClock(3_700_000)
  const told: unknown[] = []
  const broken = withLetters(async (_db, _job, payload) => {
    if (JSON.stringify(payload).includes(caller.orgId)) throw new Error('The letter cannot be queued')
  })
  const log = { ...services.log, error: (message: string) => void told.push(message) }
  expect(await endOverdueHolds({ ...broken, log })).toBe(1)
  expect(told).toEqual(['A hold could not be ended at its time'])
  expect(await endOverdueHolds(holdServices())).toBe(1)
})
