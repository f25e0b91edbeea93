// Series that change: one occurrence alone, this and the following, all; left out, paused, ended.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type SeriesWorld, seriesWords, startSeriesWorld, text, zone } from './series-world.ts'
import { newPost, type Person, type Running, refusal, textOf, there } from './world.ts'

let world: SeriesWorld
let running: Running
let lead: Person
let account: { id: string }
let other: { id: string }
const { begin, inDays, made, make, now, postOf } = seriesWords(() => world)

beforeAll(async () => {
  world = await startSeriesWorld()
  ;({ running, lead, account, other } = world)
}, 180_000)
afterAll(() => running?.close())
beforeEach(() => {
  running.moved.ms = 0
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
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
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

test('pausing while its posts are being made and scheduled takes them back all the same', async () => {
  for (const wait of [0, 150, 400, 900]) {
    const { id } = await begin(text('Hurried'), 'FREQ=DAILY', inDays(1))
    const making = make()
    await new Promise((resolve) => setTimeout(resolve, wait))
    const paused = await lead.call('POST', `/orgs/{org}/series/${id}/pause`, {})
    expect(paused.status, JSON.stringify([paused.body, running.app.logged.at(-1)?.facts])).toBe(200)
    await making
    await make()
    expect(await made(id)).toEqual([])
  }
  expect(running.app.logged.filter(({ message }) => message === 'Occurrences could not be made')).toEqual([])
})
