// Every way by which something might still go out under a hold: claimed, half out, in doubt, put off, parked, restored from a backup.

import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { closeBefore, rateLimited } from '../../connectors/testing/faults.ts'
import { locks } from '../../db/locks.ts'
import { asSystem } from '../../db/tx.ts'
import {
  account,
  caller,
  database,
  faults,
  hurry,
  moveClock,
  network,
  posting,
  services,
  stateOf,
  there,
  untilState,
  useGround,
  work,
} from '../delivery/ground.testing.ts'
import { stopPermissions } from '../delivery/ledger.ts'
import { doubtRestored } from '../doubt-restored.ts'
import { holdPost, releasePost } from '../stop-post.ts'
import { unparkPosts } from '../unpark.ts'
import { decideMissed } from './decide-missed.ts'
import { aGate, begin, end, gated, planned } from './ground.testing.ts'

useGround()

afterEach(async () => {
  await asSystem(database.db, (tx) => sql`update holds set ended_at = now() where ended_at is null`.execute(tx))
  await asSystem(database.db, (tx) =>
    sql`update variants set state = 'cancelled', wake_at = null, hold_id = null, worker_id = null where state in ('held', 'scheduled', 'parked', 'sending', 'looking-up')`.execute(
      tx,
    ),
  )
})

const openAttempts = async (postId: string) => {
  const { id } = await stateOf(postId)
  return asSystem(database.db, (tx) =>
    tx.selectFrom('attempts').select('id').where('variant_id', '=', id).where('ended_at', 'is', null).execute(),
  )
}

describe('what is in a worker’s hands', () => {
  test('and not being written is taken out of them', async () => {
    const gate = aGate()
    const { text, post } = await planned(0)
    const worker = work(gated('prepare', gate))
    await gate.reached
    expect((await stateOf(post.id)).state).toBe('sending')
    const { hold, underWay } = await begin()
    expect([hold.stopped, underWay]).toEqual([1, []])
    gate.open()
    await worker.stop()
    expect(await stateOf(post.id)).toMatchObject({ state: 'held', hold_id: hold.id })
    expect(there(text)).toEqual([])
    expect(await openAttempts(post.id)).toEqual([])
  })

  test('is held by a person too, while its files are being prepared', async () => {
    const gate = aGate()
    const { text, post } = await planned(0)
    const worker = work(gated('prepare', gate))
    await gate.reached
    expect((await holdPost(services, caller, { id: post.id })).state).toBe('held')
    gate.open()
    await worker.stop()
    expect(there(text)).toEqual([])
    expect(await openAttempts(post.id)).toEqual([])
    await releasePost(services, caller, { id: post.id })
    work()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('and being written is named, and ends as the network says', async () => {
    const gate = aGate()
    const { text, post } = await planned(0)
    work(gated('submit', gate))
    await gate.reached
    const { hold, underWay } = await begin()
    expect(hold).toMatchObject({ stopped: 0, underWay: 1 })
    expect(underWay).toMatchObject([{ postId: post.id, state: 'sending' }])
    gate.open()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })
})

describe('a thread', () => {
  const segments = [1, 2, 3].map((part) => ({ text: `Part ${part} ${crypto.randomUUID()}`, media: [] }))
  const out = () => segments.filter(({ text }) => there(text).length > 0).length

  test('that is half out stops where it is, and its rest goes out when a person says so', async () => {
    const gate = aGate()
    const { post } = await planned(0, {}, { segments })
    const worker = work(gated('prepare', gate, 1))
    await gate.reached
    const { hold } = await begin()
    gate.open()
    await worker.stop()
    expect(out()).toBe(1)
    await end(hold.id)
    expect((await stateOf(post.id)).reason).toMatchObject({ code: 'missed-while-on-hold' })
    await decideMissed(services, caller, { id: hold.id, decision: 'send', from: null, spacingMinutes: 0 })
    work()
    await untilState(post.id, 'published')
    expect(segments.map(({ text }) => there(text).length)).toEqual([1, 1, 1])
  })

  test('whose first part was being written sends no second one', async () => {
    const gate = aGate()
    const parts = [1, 2].map((part) => ({ text: `Under way ${part} ${crypto.randomUUID()}`, media: [] }))
    const { post } = await planned(0, {}, { segments: parts })
    const worker = work(gated('submit', gate))
    await gate.reached
    const { underWay } = await begin()
    expect(underWay).toHaveLength(1)
    gate.open()
    await expect.poll(() => there(parts[0]!.text).length, { timeout: 10_000 }).toBe(1)
    await worker.stop()
    moveClock(31_000)
    work()
    await untilState(post.id, 'held')
    expect(there(parts[1]!.text)).toEqual([])
    expect(await openAttempts(post.id)).toEqual([])
  })
})

describe('what was tried before', () => {
  test('and may be out is looked up, but not sent again before the hold ends', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await planned(0)
    work()
    await untilState(post.id, 'looking-up')
    const { hold, underWay } = await begin()
    expect(underWay).toMatchObject([{ state: 'looking-up' }])
    await hurry()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'not-seen-yet' })
    expect(there(text)).toEqual([])
    await end(hold.id)
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('and was put off by the network stays put off', async () => {
    faults.inject(rateLimited(5), { match: posting })
    const { text, post } = await planned(0)
    work()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ kind: 'rate-limited' })
    const { hold } = await begin()
    expect(hold.stopped).toBe(1)
    await hurry()
    await work().idle()
    expect(there(text)).toEqual([])
  })

  test('and is put off after the hold began is held when it comes back', async () => {
    const gate = aGate()
    const { text, post } = await planned(0)
    faults.inject(rateLimited(5), { match: posting })
    work(gated('submit', gate))
    await gate.reached
    const { hold } = await begin()
    gate.open()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ kind: 'rate-limited' })
    await hurry()
    await untilState(post.id, 'held')
    expect(await stateOf(post.id)).toMatchObject({
      hold_id: hold.id,
      reason: { code: 'held', holdId: hold.id, text: 'A storm' },
    })
    expect(there(text)).toEqual([])
  })
})

test('a parked post whose account comes back under a hold is held', async () => {
  const { text, post } = await planned(0)
  await asSystem(database.db, (tx) =>
    tx.updateTable('accounts').set({ state: 'needs-reconnect' }).where('id', '=', account).execute(),
  )
  work()
  await untilState(post.id, 'parked')
  const { hold } = await begin()
  expect((await stateOf(post.id)).state).toBe('held')
  const other = await planned(0)
  await asSystem(database.db, (tx) =>
    tx.updateTable('variants').set({ state: 'parked', hold_id: null }).where('post_id', '=', other.post.id).execute(),
  )
  await asSystem(database.db, (tx) =>
    tx.updateTable('accounts').set({ state: 'connected' }).where('id', '=', account).execute(),
  )
  await unparkPosts(services)
  await untilState(other.post.id, 'held')
  expect(there(text)).toEqual([])
  expect(there(other.text)).toEqual([])
  expect((await end(hold.id)).missed).toBe(2)
})

test('after a restore nothing that a hold stopped goes out unasked: it may have gone out there', async () => {
  const { post } = await planned(0)
  const future = await planned(60)
  const { hold } = await begin()
  await asSystem(database.db, (tx) => doubtRestored(tx, services.clock()))
  expect(await stateOf(post.id)).toMatchObject({
    state: 'unconfirmed',
    hold_id: null,
    reason: { code: 'restored-from-backup' },
  })
  expect((await stateOf(future.post.id)).state).toBe('held')
  expect((await end(hold.id)).missed).toBe(0)
  await asSystem(database.db, (tx) =>
    sql`update variants set state = 'cancelled' where state = 'unconfirmed'`.execute(tx),
  )
})

test('an organisation named in capitals is the same one to the lock', async () => {
  const free = await asSystem(database.db, async (tx) => {
    await stopPermissions(tx, caller.orgId.toUpperCase())
    return asSystem(database.db, async (other) => {
      const { rows } = await sql<{
        free: boolean
      }>`select pg_try_advisory_xact_lock_shared(${locks.holds}, hashtext(${caller.orgId})) as free`.execute(other)
      return rows[0]!.free
    })
  })
  expect(free).toBe(false)
})

test('hundreds of posts while holds begin and end: none goes out between an answer and the end', async () => {
  network.setProcessing(0)
  work()
  work()
  for (let round = 0; round < 6; round++) {
    const posts = await Promise.all(Array.from({ length: 12 }, () => planned(0)))
    await new Promise((resolve) => setTimeout(resolve, (round * 23) % 60))
    const { hold, underWay } = await begin()
    const named = new Set(underWay.map(({ postId }) => postId))
    const before = new Set(posts.filter(({ text }) => there(text).length > 0).map(({ text }) => text))
    await Promise.all(
      posts.filter(({ post }) => named.has(post.id)).map(({ post }) => untilState(post.id, 'published')),
    )
    for (const { text, post } of posts) expect(there(text)).toHaveLength(before.has(text) || named.has(post.id) ? 1 : 0)
    await end(hold.id, 'send', 0)
    for (const { post } of posts) await untilState(post.id, 'published')
  }
})
