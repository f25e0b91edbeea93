// Holds over many posts: what they stop, how they overlap and end, and what becomes of posts whose time passed meanwhile.

import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { asSystem, inOrg } from '../../db/tx.ts'
import { assignPost } from '../belonging.ts'
import {
  account,
  caller,
  database,
  moveClock,
  services,
  stateOf,
  there,
  untilState,
  useGround,
  work,
} from '../delivery/ground.testing.ts'
import { schedulePost } from '../schedule-post.ts'
import { holdPost, releasePost } from '../stop-post.ts'
import { wayOfPost } from '../way.ts'
import { previewHold } from './begin-hold.ts'
import { decideMissed } from './decide-missed.ts'
import { endOverdueHolds } from './end-hold.ts'
import { aCampaign, begin, end, holdServices, planned } from './ground.testing.ts'
import { listHeld, listHolds, readHold } from './read-holds.ts'

useGround()

const ids = { one: () => ({ spacingMinutes: 10, from: null }) }
const wallIn = (minutes: number) => new Date(services.clock().getTime() + minutes * 60_000).toISOString().slice(0, 19)

afterEach(async () => {
  // No hold of one test binds the next one.
  await asSystem(database.db, (tx) => sql`update holds set ended_at = now() where ended_at is null`.execute(tx))
  await asSystem(database.db, (tx) =>
    sql`update variants set state = 'cancelled', wake_at = null, hold_id = null where state in ('held', 'scheduled', 'parked')`.execute(
      tx,
    ),
  )
})

describe('a hold', () => {
  test('of everything stops what waits, shows it, and lets what lies ahead go on when it ends', async () => {
    const [soon, later] = [await planned(30), await planned(120)]
    const preview = await previewHold(services, caller, { scope: 'everything', scopeId: null })
    expect(preview).toMatchObject({ count: 2, underWay: [] })
    expect(preview.next.map(({ postId }) => postId)).toEqual([soon.post.id, later.post.id])
    const { hold, underWay } = await begin({ reason: 'A storm' })
    expect(underWay).toEqual([])
    expect(hold).toMatchObject({
      scope: 'everything',
      reason: 'A storm',
      stopped: 2,
      holding: 2,
      missed: 0,
      endedAt: null,
    })
    expect(await stateOf(soon.post.id)).toMatchObject({
      state: 'held',
      hold_id: hold.id,
      wake_at: null,
      reason: { code: 'held', holdId: hold.id, text: 'A storm', by: caller.memberId },
    })
    const list = await listHeld(services, caller, { id: hold.id, kind: 'stopped', limit: 50 })
    expect(list.items.map(({ postId }) => postId)).toEqual([soon.post.id, later.post.id])
    const ended = await end(hold.id)
    expect(ended).toMatchObject({ holding: 0, missed: 0, endedBy: { id: caller.memberId } })
    const variant = await stateOf(soon.post.id)
    expect(variant).toMatchObject({ state: 'scheduled', reason: null, hold_id: null })
    expect(variant.wake_at).toEqual(variant.due_at)
    await expect(end(hold.id)).rejects.toMatchObject({ code: 'hold-ended', status: 409 })
  })

  test('keeps a due post from going out, and leaves it to a person afterwards', async () => {
    const { hold } = await begin()
    const { text, post } = await planned(0)
    expect(await stateOf(post.id)).toMatchObject({ state: 'held', hold_id: hold.id })
    await work().idle()
    const ended = await end(hold.id)
    expect(ended.missed).toBe(1)
    expect(await stateOf(post.id)).toMatchObject({
      state: 'held',
      reason: { code: 'missed-while-on-hold' },
      hold_id: null,
    })
    expect(there(text)).toEqual([])
    expect((await wayOfPost(services, caller, { id: post.id })).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['hold.stopped', 'hold.missed']),
    )
    const decided = await decideMissed(services, caller, { id: hold.id, decision: 'send', ...ids.one() })
    expect(decided.count).toBe(1)
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('of a campaign leaves always-on and other campaigns alone; of an account, everything else', async () => {
    const [campaignId, other] = [await aCampaign(), await aCampaign()]
    const bound = await planned(60, { campaignId })
    const free = [await planned(60), await planned(60, { campaignId: other })]
    await begin({ scope: 'campaign', scopeId: campaignId })
    expect((await stateOf(bound.post.id)).state).toBe('held')
    for (const { post } of free) expect((await stateOf(post.id)).state).toBe('scheduled')
    await begin({ scope: 'campaigns' })
    expect((await stateOf(free[0]!.post.id)).state).toBe('scheduled')
    expect((await stateOf(free[1]!.post.id)).state).toBe('held')
    await begin({ scope: 'account', scopeId: account })
    expect((await stateOf(free[0]!.post.id)).state).toBe('held')
  })

  test('lets a post go only when no other binds it', async () => {
    const campaignId = await aCampaign()
    const { post } = await planned(60, { campaignId })
    const first = (await begin({ scope: 'campaign', scopeId: campaignId })).hold
    const second = (await begin({ reason: 'Everything' })).hold
    expect(second.stopped).toBe(0)
    await end(first.id)
    expect(await stateOf(post.id)).toMatchObject({ state: 'held', hold_id: second.id, reason: { text: 'Everything' } })
    expect((await readHold(services, caller, { id: second.id })).stopped).toBe(1)
    await end(second.id)
    expect((await stateOf(post.id)).state).toBe('scheduled')
  })

  test('leaves what a person held to that person', async () => {
    const { post } = await planned(60)
    await holdPost(services, caller, { id: post.id, reason: 'Wait' })
    const { hold } = await begin()
    expect(hold.stopped).toBe(0)
    await expect(releasePost(services, caller, { id: post.id })).rejects.toMatchObject({
      code: 'under-hold',
      status: 409,
      params: { reason: 'A storm' },
    })
    await end(hold.id)
    expect(await stateOf(post.id)).toMatchObject({ state: 'held', reason: { code: 'held-by-person' } })
    await releasePost(services, caller, { id: post.id })
    expect((await stateOf(post.id)).state).toBe('scheduled')
  })

  test('takes what is moved under it: scheduled anew, or assigned to what it binds', async () => {
    const campaignId = await aCampaign()
    const { hold } = await begin({ scope: 'campaign', scopeId: campaignId })
    const { post } = await planned(60)
    await assignPost(services, caller, { id: post.id, campaignId })
    expect(await stateOf(post.id)).toMatchObject({ state: 'held', hold_id: hold.id })
    const moved = await schedulePost(services, caller, {
      id: post.id,
      when: { kind: 'at', wall: wallIn(90), zone: 'UTC' },
    })
    expect(moved).toMatchObject({ state: 'held', variants: [{ reason: { code: 'held', holdId: hold.id } }] })
    await assignPost(services, caller, { id: post.id, campaignId: null })
    await releasePost(services, caller, { id: post.id })
    expect((await stateOf(post.id)).state).toBe('scheduled')
  })

  test('ends by its time, also when nobody was there at that moment', async () => {
    const [before, after] = [await planned(20), await planned(90)]
    const { hold } = await begin({ ends: { wall: wallIn(60), zone: 'UTC' } })
    expect(hold).toMatchObject({ endsZone: 'UTC' })
    expect(await endOverdueHolds(holdServices())).toBe(0)
    moveClock(61 * 60_000)
    expect(await endOverdueHolds(holdServices())).toBe(1)
    expect(await readHold(services, caller, { id: hold.id })).toMatchObject({ endedBy: null, missed: 1 })
    expect((await stateOf(before.post.id)).reason).toMatchObject({ code: 'missed-while-on-hold' })
    expect((await stateOf(after.post.id)).state).toBe('scheduled')
    const { items } = await listHolds(services, caller, { state: 'active', limit: 10 })
    expect(items).toEqual([])
  })

  test.each([
    ['without saying which campaign', { scope: 'campaign', scopeId: null }, 'field-needed', 'scopeId'],
    [
      'of something that is not there',
      { scope: 'account', scopeId: crypto.randomUUID() },
      'not-in-organisation',
      'scopeId',
    ],
    ['that ended yesterday', { ends: { wall: '2020-01-01T10:00', zone: 'UTC' } }, 'time-has-passed', 'ends.wall'],
    [
      'that ends in an hour the clock skips',
      { ends: { wall: '2027-03-28T02:30', zone: 'Europe/Berlin' } },
      'time-does-not-exist',
      'ends.wall',
    ],
  ] as const)('%s is refused', async (_what, given, code, field) => {
    await expect(begin(given)).rejects.toMatchObject({ code, field })
  })

  test('tells the people whose posts it stopped, and who runs the organisation', async () => {
    await planned(60)
    const { hold } = await begin({ reason: 'A product recall' })
    await end(hold.id)
    const rows = await inOrg(services.db, caller.orgId, (tx) =>
      tx
        .selectFrom('notifications')
        .select(['kind', 'member_id', 'facts'])
        .where('subject_id', '=', hold.id)
        .orderBy('created_at')
        .execute(),
    )
    expect(rows).toMatchObject([
      { kind: 'hold-begun', member_id: caller.memberId, facts: { reason: 'A product recall', count: 1 } },
      { kind: 'hold-ended', member_id: caller.memberId, facts: { missed: 0 } },
    ])
  })
})

describe('posts that were missed', () => {
  async function threeMissed() {
    const { hold } = await begin()
    const posts = [await planned(0), await planned(0), await planned(0)]
    await end(hold.id)
    return { hold, posts: posts.map(({ post }) => post.id) }
  }

  test('go out one after the other, in their order', async () => {
    const { hold, posts } = await threeMissed()
    const from = { wall: wallIn(120), zone: 'UTC' }
    const done = await decideMissed(services, caller, { id: hold.id, decision: 'send', from, spacingMinutes: 15 })
    expect(done.count).toBe(3)
    const times = await Promise.all(posts.map(async (id) => (await stateOf(id)).due_at!.getTime()))
    expect(times.map((time) => (time - times[0]!) / 60_000)).toEqual([0, 15, 30])
    expect(new Date(times[0]!).toISOString().slice(0, 19)).toBe(from.wall)
    expect(done.lastAt).toBe(new Date(times[2]!).toISOString())
    expect((await readHold(services, caller, { id: hold.id })).missed).toBe(0)
  })

  test('are chosen one by one, or cancelled', async () => {
    const { hold, posts } = await threeMissed()
    const one = await decideMissed(services, caller, {
      id: hold.id,
      decision: 'cancel',
      postIds: [posts[1]!],
      ...ids.one(),
    })
    expect(one.count).toBe(1)
    expect(await Promise.all(posts.map(async (id) => (await stateOf(id)).state))).toEqual(['held', 'cancelled', 'held'])
    const rest = await decideMissed(services, caller, { id: hold.id, decision: 'cancel', ...ids.one() })
    expect(rest.count).toBe(2)
  })

  test('under another hold by then stay where they are', async () => {
    const { hold } = await threeMissed()
    await begin({ reason: 'Another one' })
    expect((await decideMissed(services, caller, { id: hold.id, decision: 'send', ...ids.one() })).count).toBe(0)
  })

  test('can be sent by the word that ends the hold', async () => {
    const { hold } = await begin()
    const posts = [await planned(0), await planned(0)]
    const ended = await end(hold.id, 'send', 5)
    expect(ended.missed).toBe(0)
    const times = await Promise.all(posts.map(async ({ post }) => (await stateOf(post.id)).due_at!.getTime()))
    expect(times[1]! - times[0]!).toBe(5 * 60_000)
    expect((await stateOf(posts[1]!.post.id)).state).toBe('scheduled')
  })
})

test('ten thousand posts are stopped and let go in statements, not one by one', async () => {
  const { post } = await planned(600)
  await asSystem(database.db, async (tx) => {
    await sql`insert into posts (org_id, id, content, summary, created_by, updated_by, due_at, state, account_ids)
      select org_id, gen_random_uuid(), content, 'one of many', created_by, updated_by, due_at, 'scheduled', account_ids
      from posts, generate_series(1, 10000) where id = ${post.id}`.execute(tx)
    await sql`insert into variants (org_id, id, post_id, account_id, state, due_at, wake_at)
      select org_id, gen_random_uuid(), id, ${account}, 'scheduled', due_at, due_at from posts where summary = 'one of many'`.execute(
      tx,
    )
  })
  const began = performance.now()
  const { hold } = await begin()
  const stopped = performance.now()
  expect(hold.stopped).toBe(10_001)
  await end(hold.id)
  console.log(
    `10,001 posts: held in ${Math.round(stopped - began)} ms, let go in ${Math.round(performance.now() - stopped)} ms`,
  )
  const { rows } = await asSystem(database.db, (tx) =>
    sql<{
      states: string[]
    }>`select array_agg(distinct v.state || ' ' || p.state) as states from variants v join posts p on p.id = v.post_id
      where p.summary = 'one of many'`.execute(tx),
  )
  expect(rows[0]!.states).toEqual(['scheduled scheduled'])
}, 120_000)
