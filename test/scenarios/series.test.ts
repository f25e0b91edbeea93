// Recurring posts as people use them: begun, made ahead once, going out across a clock change.

import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { day, type SeriesWorld, seriesWords, startSeriesWorld, text, zone } from './series-world.ts'
import { newPost, type Person, type Running, refusal, textOf, there, untilState } from './world.ts'

let world: SeriesWorld
let running: Running
let lead: Person
let other: { id: string }
const { begin, inDays, made, make, now, postOf } = seriesWords(() => world)

beforeAll(async () => {
  world = await startSeriesWorld()
  ;({ running, lead, other } = world)
}, 180_000)
afterAll(() => running?.close())
beforeEach(() => {
  running.moved.ms = 0
})

describe('a series', () => {
  test('makes real, scheduled posts ahead of their time, once, also when several make them', async () => {
    const words = text('Every Monday and Thursday')
    const { post, answer, id } = await begin(words, 'FREQ=WEEKLY;BYDAY=MO,TH', inDays(1))
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const counts = await Promise.all([make(), make(), make()])
    expect(counts.filter((count) => count > 0).length).toBe(1)
    expect(await make()).toBe(0)
    const some = await made(id)
    // 90 days have 12 or 13 of each.
    expect(some.length).toBeGreaterThanOrEqual(24)
    expect(some.length).toBeLessThanOrEqual(27)
    expect(new Set(some.map(({ state }) => state))).toEqual(new Set(['scheduled']))
    expect(some[0]!.postId).toBe(post.id)
    const second = await postOf(some[1]!.postId!)
    expect(second).toMatchObject({
      ...{ dueWall: some[1]!.wall, dueZone: zone, summary: words },
      belonging: { origin: 'recycled', originPostId: post.id },
    })
    expect((await postOf(post.id)).belonging.origin).toBe('original')
  })

  test('goes on where it broke off', async () => {
    const { id } = await begin(text('Broken off'), 'FREQ=DAILY;COUNT=5', inDays(1))
    await make()
    // As a crash leaves it: posts are made and not scheduled, and the worker holds a lease.
    await asSystem(running.app.services.db, async (tx) => {
      const [, second] = await tx
        .selectFrom('occurrences')
        .selectAll()
        .where('series_id', '=', id)
        .orderBy('wall')
        .execute()
      await tx.updateTable('occurrences').set({ settled_at: null }).where('post_id', '=', second!.post_id).execute()
      await tx
        .updateTable('variants')
        .set({ state: 'draft', wake_at: null, due_at: null })
        .where('post_id', '=', second!.post_id!)
        .execute()
      await tx
        .updateTable('series')
        .set({ make_at: now(), lease_until: new Date(now().getTime() + 60_000) })
        .where('id', '=', id)
        .execute()
    })
    expect(await make()).toBe(0)
    expect((await made(id)).length).toBe(5)
    running.moved.ms = 120_000
    await make()
    const some = await made(id)
    expect(await Promise.all(some.map(async ({ postId }) => (await postOf(postId!)).variants[0].state))).toEqual(
      Array.from({ length: 5 }, () => 'scheduled'),
    )
  })

  test('goes out across a clock change: at its wall time, and at the time after where there is none', async () => {
    const change = Temporal.Now.zonedDateTimeISO(zone).getTimeZoneTransition('next')!
    const spring =
      change.offsetNanoseconds > change.subtract({ milliseconds: 1 }).offsetNanoseconds
        ? change
        : change.getTimeZoneTransition('next')!
    const sunday = spring.toPlainDate()
    const start = sunday.subtract({ days: 1 }).toString()
    running.moved.ms = spring.epochMilliseconds - 2 * day - Date.now()
    const words = text('Early bird')
    const { id, answer } = await begin(words, 'FREQ=DAILY;COUNT=3', `${start}T02:30`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    await make()
    const some = await made(id)
    expect(some.map(({ wall, movedTo }) => [wall, movedTo])).toEqual([
      [`${start}T02:30`, null],
      [`${sunday}T02:30`, `${sunday}T03:30`],
      [`${sunday.add({ days: 1 })}T02:30`, null],
    ])
    running.work()
    for (const [index, { at, postId }] of some.entries()) {
      running.moved.ms = Date.parse(at) - 5_000 - Date.now()
      expect(there(running, words).length).toBe(index)
      running.moved.ms = Date.parse(at) + 1_000 - Date.now()
      await untilState(lead, postId!, 'published')
    }
    await running.stopWork()
    expect(there(running, words).length).toBe(3)
    const hours = some.map(({ at }, index) =>
      index === 0 ? 0 : (Date.parse(at) - Date.parse(some[index - 1]!.at)) / 3600_000,
    )
    expect(hours).toEqual([0, 24, 23])
  })

  test('makes drafts for whoever may not schedule, and says why where it cannot go on', async () => {
    const contributor = await running.as('contributor')
    const refused = await begin(text('Not allowed'), 'FREQ=DAILY', inDays(1), {}, contributor)
    expect(refusal(refused.answer)).toEqual([403, 'role-forbids', undefined])
    const { id } = await begin(text('As drafts'), 'FREQ=DAILY;COUNT=4', inDays(1), { scheduled: false }, contributor)
    await make()
    const some = await made(id)
    expect(some.map(({ state }) => state)).toEqual(['draft', 'draft', 'draft', 'draft'])
    expect((await postOf(some[2]!.postId!)).dueWall).toBe(some[2]!.wall)

    const manager = await running.as('manager')
    const left = await begin(text('Its owner left'), 'FREQ=DAILY;COUNT=3', inDays(1), {}, manager)
    const owner = await running.as('owner')
    expect((await owner.call('DELETE', `/orgs/{org}/members/${manager.memberId}`)).status).toBe(200)
    await make()
    const rest = (await made(left.id)).slice(1)
    expect(rest.map(({ state, trouble }) => [state, trouble])).toEqual([
      ['draft', 'may-not-schedule'],
      ['draft', 'may-not-schedule'],
    ])
  })

  test('refuses what cannot be repeated', async () => {
    const { post, answer } = await begin(text('Twice'), 'FREQ=DAILY;COUNT=2', inDays(1))
    expect(answer.status).toBe(201)
    const again = await lead.call('POST', '/orgs/{org}/series', {
      postId: post.id,
      rule: 'FREQ=DAILY',
      wall: inDays(1),
      zone,
      scheduled: true,
    })
    expect(refusal(again)).toEqual([409, 'already-repeats', 'postId'])
    expect(refusal((await begin(text('x'), 'FREQ=MINUTELY', inDays(1))).answer)).toEqual([
      422,
      'rule-too-often',
      'rule',
    ])
    expect(refusal((await begin(text('x'), 'FREQ=DAILY;COUNT=1', '2020-01-01T09:00')).answer)).toEqual([
      422,
      'time-has-passed',
      'wall',
    ])
    const tooLong = await begin('x'.repeat(5000), 'FREQ=DAILY', inDays(1))
    expect(tooLong.answer.status).toBe(422)
    expect((await lead.call('GET', `/orgs/{org}/posts/${tooLong.post.id}/series`)).body).toBeNull()
  })
})

test('occurrences do not warn of each other; others are told of them', async () => {
  const words = text('Every morning the ferry leaves at eight, rain or shine')
  const { id } = await begin(words, 'FREQ=DAILY;COUNT=5', inDays(1))
  await make()
  const [, second] = await made(id)
  const similar = async (postId: string) => (await lead.call('GET', `/orgs/{org}/posts/${postId}/similar`)).body
  expect(await similar(second!.postId!)).toEqual([])
  expect(await similar((await newPost(lead, [other.id], textOf(words))).id)).toHaveLength(5)
})

test('another organisation sees and changes nothing of it', async () => {
  const { id } = await begin(text('Ours'), 'FREQ=DAILY;COUNT=2', inDays(1))
  const stranger = await running.as('owner', running.app.theirs)
  expect((await stranger.call('GET', `/orgs/{org}/series/${id}`)).status).toBe(404)
  expect((await stranger.call('POST', `/orgs/{org}/series/${id}/end`, {})).status).toBe(404)
  expect((await stranger.call('GET', '/orgs/{org}/series')).body).toEqual([])
})

test('the next free slot is one that is kept for such posts', async () => {
  const slots = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
    { day: weekday, time: '08:00', for: 'campaign' },
    { day: weekday, time: '20:00', for: 'always-on' },
  ])
  const changed = await lead.call('PATCH', `/orgs/{org}/accounts/${other.id}`, { slots, timeZone: zone })
  expect(changed.body.slots).toEqual(slots)
  const next = async (kind: string) =>
    (await lead.call('GET', `/orgs/{org}/next-slot?accountId=${other.id}&kind=${kind}`)).body.wall.slice(11)
  expect([await next('campaign'), await next('always-on')]).toEqual(['08:00', '20:00'])
  const post = await newPost(lead, [other.id], textOf(text('In a slot')))
  const answer = await lead.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'slot' } })
  expect(answer.body.dueWall.slice(11)).toBe('20:00')
})
