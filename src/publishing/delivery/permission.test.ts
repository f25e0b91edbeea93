// What a worker may still do when something changed since its claim: it writes nothing, and moves nothing.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ConnectorError } from '../../connectors/errors.ts'
import { asSystem } from '../../db/tx.ts'
import { assignPost } from '../belonging.ts'
import { aCampaign, aGate, begin, end, gated, planned } from '../holds/ground.testing.ts'
import { holdPost } from '../stop-post.ts'
import { wayOfPost } from '../way.ts'
import {
  account,
  caller,
  database,
  hurry,
  services,
  stateOf,
  there,
  untilState,
  useGround,
  work,
} from './ground.testing.ts'

useGround()

/** A post in a worker's hands, with its files being prepared. */
async function claimed() {
  const gate = aGate()
  const { text, post } = await planned(0)
  const worker = work(gated('prepare', gate))
  await gate.reached
  return { text, post, worker, gate }
}

const setAccount = (state: string) =>
  asSystem(database.db, (tx) => sql`update accounts set state = ${state} where id = ${account}`.execute(tx))

test('an account that was disconnected meanwhile gets nothing', async () => {
  const { text, post, worker, gate } = await claimed()
  await setAccount('disconnected')
  gate.open()
  await worker.stop()
  expect(there(text)).toEqual([])
  await hurry()
  work()
  await untilState(post.id, 'parked')
  expect(there(text)).toEqual([])
  await setAccount('connected')
})

test('a worker whose lease is over writes nothing, though nobody else has taken the post yet', async () => {
  const { text, post, worker, gate } = await claimed()
  await asSystem(database.db, (tx) =>
    sql`update variants set lease_until = ${new Date(services.clock().getTime() - 1)} where post_id = ${post.id}`.execute(
      tx,
    ),
  )
  gate.open()
  await worker.stop()
  expect(there(text)).toEqual([])
  await hurry()
  work()
  await untilState(post.id, 'published')
  expect(there(text)).toHaveLength(1)
})

test('a post that is moved under a hold at that very moment is not sent', async () => {
  const campaignId = await aCampaign()
  const { hold } = await begin({ scope: 'campaign', scopeId: campaignId })
  const { text, post, worker, gate } = await claimed()
  const waiting = async () =>
    (
      await database.owner.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    ).rowCount
  // The last thing that the move needs: it is done by then, and not committed.
  const log = await database.owner.connect()
  await log.query('begin')
  await log.query('select from event_heads where org_id = $1 for update', [caller.orgId])
  const moving = assignPost(services, caller, { id: post.id, campaignId })
  await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBe(1)
  gate.open()
  await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBe(2)
  await log.query('commit')
  log.release()
  await moving
  await worker.stop()
  expect(there(text)).toEqual([])
  await hurry()
  work()
  await untilState(post.id, 'held')
  expect(await stateOf(post.id)).toMatchObject({ hold_id: hold.id })
  await end(hold.id)
  expect(there(text)).toEqual([])
})

test.each(['rejected', 'unavailable'] as const)(
  'what a worker says of a post that a person took from it changes nothing any more: %s',
  async (kind) => {
    const gate = aGate()
    const { text, post } = await planned(0)
    const connector = gated('prepare', gate)
    const failing = async () => {
      await gate.wait()
      throw new ConnectorError({ kind, code: 'no-more' })
    }
    const worker = work({ ...connector, publish: { ...connector.publish!, prepare: failing } })
    await gate.reached
    await holdPost(services, caller, { id: post.id, reason: 'Wait' })
    gate.open()
    await worker.stop()
    expect(await stateOf(post.id)).toMatchObject({
      ...{ state: 'held', reason: { code: 'held-by-person' }, wake_at: null },
    })
    const way = await wayOfPost(services, caller, { id: post.id })
    expect(way.map(({ code }) => code)).not.toContain('outcome.rejected')
    expect(there(text)).toEqual([])
  },
)
