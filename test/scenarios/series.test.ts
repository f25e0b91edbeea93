// Recurring posts as people use them: begun, made ahead once, going out across a clock change, changed alone and together.

import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { makeDueOccurrences } from '../../src/publishing/series/make-occurrences.ts'
import { newPost, type Person, type Running, refusal, startRunning, textOf, there, untilState } from './world.ts'

let running: Running
let lead: Person
let account: { id: string }
let other: { id: string }

const zone = 'Europe/Berlin'
const day = 24 * 3600_000
const make = () => makeDueOccurrences(running.app.services)
const now = () => running.app.services.clock()
const wallAt = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
/** The same time of day, so many days from today. */
const inDays = (days: number, time = '09:00') => `${wallAt(now().getTime() + days * day).slice(0, 10)}T${time}`

beforeAll(async () => {
  running = await startRunning()
  lead = await running.as('manager')
  account = await running.connect(lead)
  other = await running.connect(lead)
}, 180_000)
afterAll(() => running?.close())
beforeEach(() => {
  running.moved.ms = 0
})

const text = (what: string) => `${what} ${crypto.randomUUID()}`

async function begin(words: string, rule: string, wall: string, more: object = {}, person = lead) {
  const post = await newPost(person, [account.id], textOf(words))
  const answer = await person.call('POST', '/orgs/{org}/series', {
    postId: post.id,
    rule,
    wall,
    zone,
    scheduled: true,
    ...more,
  })
  return { post, answer, id: answer.body.id as string }
}

async function read(id: string) {
  const answer = await lead.call('GET', `/orgs/{org}/series/${id}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

interface Shown {
  wall: string
  at: string
  movedTo: string | null
  postId: string | null
  state: string | null
  detached: boolean
  leftOut: boolean
  trouble: string | null
}
const made = async (id: string): Promise<Shown[]> =>
  (await read(id)).occurrences.filter((each: Shown) => each.postId !== null)
const postOf = async (id: string) => (await lead.call('GET', `/orgs/{org}/posts/${id}`)).body

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

describe('a change', () => {
  test('of one occurrence alone takes it out of the series for good', async () => {
    const { id } = await begin(text('Before'), 'FREQ=DAILY;COUNT=4', inDays(2))
    await make()
    const [, second, third] = await made(id)
    const post = await postOf(second!.postId!)
    const saved = await lead.call('PATCH', `/orgs/{org}/posts/${post.id}`, {
      revision: post.revision,
      content: textOf('Only this one'),
    })
    expect(saved.status).toBe(200)
    const moved = await lead.call('POST', `/orgs/{org}/posts/${third!.postId}/schedule`, {
      when: { kind: 'at', wall: third!.wall.replace('T09:00', 'T17:00'), zone },
    })
    expect(moved.status).toBe(200)
    expect((await made(id)).map(({ detached }) => detached)).toEqual([false, true, true, false])
    expect((await postOf(second!.postId!)).belonging.origin).toBe('adapted')
    expect((await lead.call('GET', `/orgs/{org}/posts/${second!.postId}/series`)).body).toMatchObject({
      series: { id },
      occurrence: { detached: true },
    })
    // All others follow the series; those two do not.
    const like = await newPost(lead, [account.id, other.id], textOf('After'))
    const changed = await lead.call('PATCH', `/orgs/{org}/series/${id}`, { likePostId: like.id })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    await make()
    const now = await Promise.all((await made(id)).map(async ({ postId }) => postOf(postId!)))
    expect(now.map(({ summary, variants }) => [summary, variants.length])).toEqual([
      ['After', 2],
      ['Only this one', 1],
      [expect.stringContaining('Before'), 1],
      ['After', 2],
    ])
  })

  test('of this and the following begins a series of its own, and counts on', async () => {
    const { id } = await begin(text('Counted'), 'FREQ=DAILY;COUNT=6', inDays(2))
    await make()
    const before = await made(id)
    const from = before[2]!.wall
    const split = await lead.call('PATCH', `/orgs/{org}/series/${id}`, { from, wall: from.replace('T09:00', 'T11:00') })
    expect(split.status, JSON.stringify(split.body)).toBe(200)
    expect(split.body.rule).toBe('FREQ=DAILY;COUNT=4')
    await make()
    expect((await made(id)).map(({ wall }) => wall)).toEqual(before.slice(0, 2).map(({ wall }) => wall))
    expect((await made(split.body.id)).map(({ wall }) => wall)).toEqual(
      before.slice(2).map(({ wall }) => wall.replace('T09:00', 'T11:00')),
    )
  })

  test('of the rule keeps the posts whose time stays', async () => {
    const { id } = await begin(text('Kept'), 'FREQ=DAILY;COUNT=6', inDays(2))
    await make()
    const before = await made(id)
    await lead.call('PATCH', `/orgs/{org}/series/${id}`, { rule: 'FREQ=DAILY;INTERVAL=2;COUNT=3' })
    await make()
    const after = await made(id)
    expect(after.map(({ postId }) => postId)).toEqual([0, 2, 4].map((index) => before[index]!.postId))
  })

  test('leaves one out, and takes it in again', async () => {
    const { id } = await begin(text('Left out'), 'FREQ=DAILY;COUNT=3', inDays(2))
    await make()
    const [, second] = await made(id)
    const out = await lead.call('POST', `/orgs/{org}/series/${id}/leave-out`, { wall: second!.wall })
    expect(out.status, JSON.stringify(out.body)).toBe(200)
    await make()
    expect((await made(id)).length).toBe(2)
    expect((await lead.call('GET', `/orgs/{org}/posts/${second!.postId}`)).status).toBe(404)
    await lead.call('POST', `/orgs/{org}/series/${id}/take-in`, { wall: second!.wall })
    await make()
    expect((await made(id)).map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled'])
    const never = await lead.call('POST', `/orgs/{org}/series/${id}/leave-out`, { wall: '2040-01-01T09:00' })
    expect(never.status).toBe(404)
  })

  test('pausing takes back what lies ahead and nothing goes out; resuming goes on from then', async () => {
    const words = text('Paused')
    const { id } = await begin(words, 'FREQ=WEEKLY', inDays(1))
    await make()
    expect((await made(id)).length).toBeGreaterThan(11)
    const paused = await lead.call('POST', `/orgs/{org}/series/${id}/pause`, {})
    expect(paused.body).toMatchObject({ state: 'paused', ahead: 0, next: null })
    running.moved.ms = 3 * day
    running.work()
    expect(await make()).toBe(0)
    await running.stopWork()
    expect(there(running, words)).toEqual([])
    await lead.call('POST', `/orgs/{org}/series/${id}/resume`, {})
    await make()
    const some = await made(id)
    expect(Date.parse(some[0]!.at)).toBeGreaterThan(now().getTime())
    expect((await lead.call('POST', `/orgs/{org}/series/${id}/end`, {})).body).toMatchObject({
      state: 'ended',
      ahead: 0,
    })
    expect(refusal(await lead.call('POST', `/orgs/{org}/series/${id}/resume`, {}))).toEqual([
      409,
      'series-ended',
      undefined,
    ])
  })

  test('what is held or cancelled alone stays so', async () => {
    const { id } = await begin(text('Held alone'), 'FREQ=DAILY;COUNT=3', inDays(2))
    await make()
    const [, second, third] = await made(id)
    await lead.call('POST', `/orgs/{org}/posts/${second!.postId}/hold`, { reason: 'wait' })
    await lead.call('POST', `/orgs/{org}/posts/${third!.postId}/cancel`, { reason: 'no' })
    const like = await newPost(lead, [account.id], textOf('Other words'))
    await lead.call('PATCH', `/orgs/{org}/series/${id}`, { likePostId: like.id })
    await make()
    expect((await made(id)).map(({ state }) => state)).toEqual(['scheduled', 'held', 'cancelled'])
  })
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
