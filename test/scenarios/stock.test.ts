// Stock and freshness by HTTP: days of content, what is alive, gaps, the recycled share, half-lives of one's own, and the one warning.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { warnOfStock } from '../../src/publishing/stock/warn.ts'
import {
  expectWell,
  newPost,
  type Person,
  type Running,
  refusal,
  scheduled,
  startRunning,
  textOf,
  untilState,
} from './world.ts'

const hourMs = 3_600_000
let running: Running
let owner: Person
let account: { id: string }

beforeAll(async () => {
  running = await startRunning({ mail: true })
  owner = await running.as('owner')
  account = await running.connect(owner)
  running.work()
})
afterAll(() => running.close())

const now = () => Date.now() + running.moved.ms
const inHours = (hours: number) => ({
  kind: 'at',
  wall: new Date(now() + hours * hourMs).toISOString().slice(0, 19),
  zone: 'UTC',
})

async function stock(person = owner) {
  const { status, body } = await person.call('GET', '/orgs/{org}/stock')
  expect(status).toBe(200)
  return body
}
const lineOf = async (id = account.id) =>
  (await stock()).accounts.find((each: { accountId: string }) => each.accountId === id)

test('what nobody can tell is not zero', async () => {
  expect(await lineOf()).toMatchObject({
    ...{ ready: 0, pace: null, days: null, low: false, living: 0, lastEndsAt: null, nextGapAt: null },
    recycled: { n: 0, share: null, over: false },
  })
})

test('ready posts divided by the slots of a week are days of content', async () => {
  const slots = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, time: '08:30' }))
  await owner.call('PATCH', `/orgs/{org}/accounts/${account.id}`, { slots })
  for (const [index, text] of ['One for tomorrow', 'Two boats at noon', 'Three kinds of tea'].entries())
    await scheduled(owner, account.id, text, inHours(30 + index * 24))
  const idea = await newPost(owner, [account.id], textOf('A draft is not ready'))
  expect(await lineOf()).toMatchObject({ ready: 3, pace: { perDay: 1, from: 'slots' }, days: 3, low: true })
  expect(idea.state).toBe('draft')
})

test('what runs dry is told without reading everything else', async () => {
  const { accountId, ready, days } = await lineOf()
  expect((await owner.call('GET', '/orgs/{org}/stock/low')).body).toEqual([{ accountId, ready, days }])
})

test('two who set different things at one moment both have their way', async () => {
  const set = (change: object) => owner.call('PATCH', '/orgs/{org}/stock/settings', change)
  for (let round = 1; round <= 5; round++) {
    await Promise.all([set({ materialDays: round }), set({ recycledLimit: 20 + round }), set({})])
    expect((await stock()).settings).toMatchObject({ materialDays: round, recycledLimit: 20 + round })
  }
  await set({ materialDays: 7, recycledLimit: 20 })
})

test('who answers for the account is told once, and again when it runs dry again', async () => {
  const told = async () =>
    (await owner.call('GET', '/orgs/{org}/notifications')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'stock-low',
    ).length
  await owner.call('PATCH', `/orgs/{org}/accounts/${account.id}`, { ownerId: owner.memberId })
  expect(await warnOfStock(running.app.services)).toBe(1)
  expect(await warnOfStock(running.app.services)).toBe(0)
  expect(await told()).toBe(1)
  expect((await owner.call('PATCH', '/orgs/{org}/stock/settings', { stockDays: 2 })).body).toMatchObject({
    stockDays: 2,
  })
  expect(await warnOfStock(running.app.services)).toBe(0)
  await owner.call('PATCH', '/orgs/{org}/stock/settings', { stockDays: 5 })
  expect(await warnOfStock(running.app.services)).toBe(1)
  expect(await told()).toBe(2)
})

test('a published post is alive for three half-lives of its channel; then there is a gap', async () => {
  const post = await scheduled(owner, account.id, 'The harbour this minute')
  await untilState(owner, post.id, 'published')
  const alive = await lineOf()
  expect(alive).toMatchObject({ living: 1, gaps90: { count: expect.any(Number) } })
  expect(Date.parse(alive.nextGapAt) - now()).toBeCloseTo(4 * hourMs, -5)
  const lives = () => owner.call('GET', `/orgs/{org}/posts/${post.id}/lives`)
  const [life, ...others] = (await lives()).body
  expect(others).toEqual([])
  expect(life).toMatchObject({ accountId: account.id, kind: 'post', halfLifeMinutes: 80, shelfLifeMinutes: 240 })
  expect(life.livesUntil).toBe(alive.nextGapAt)
  expect((await owner.call('GET', '/orgs/{org}/stock/living')).body.items).toMatchObject([{ postId: post.id }])
  running.moved.ms += 5 * hourMs
  expect(await lineOf()).toMatchObject({ living: 0, nextGapAt: null, lastEndsAt: alive.nextGapAt })
  const [later] = (await lives()).body
  expect(later.ageMinutes - life.ageMinutes).toBeGreaterThanOrEqual(300)
  expect((await owner.call('GET', '/orgs/{org}/stock/living')).body.items).toEqual([])
})

test('one’s own half-life counts instead of the public one, and the sector bends the public one alone', async () => {
  const half = (minutes: number | null) => owner.call('PUT', '/orgs/{org}/stock/shelf-lives/fake/post', { minutes })
  await owner.call('PATCH', '/orgs/{org}/stock/settings', { sectorFactor: 2 })
  expect((await lineOf()).living).toBe(1)
  const set = await half(60)
  expect(set.body.find(({ kind }: { kind: string }) => kind === 'post')).toMatchObject({
    ...{ defaultMinutes: 80, ownMinutes: 60, usedMinutes: 60 },
  })
  expect((await lineOf()).living).toBe(0)
  expect((await half(null)).body.find(({ kind }: { kind: string }) => kind === 'post')).toMatchObject({
    ...{ ownMinutes: null, usedMinutes: 160 },
  })
  expect(refusal(await owner.call('PUT', '/orgs/{org}/stock/shelf-lives/nowhere/post', { minutes: 60 }))[0]).toBe(404)
  await owner.call('PATCH', '/orgs/{org}/stock/settings', { sectorFactor: 1 })
})

test('evergreen is what lives long, page by page', async () => {
  const lasting = await owner.call('PUT', '/orgs/{org}/stock/shelf-lives/fake/post', { minutes: 60 * 24 * 40 })
  expect(lasting.status).toBe(200)
  const more = await scheduled(owner, account.id, 'How to dry boots without harm')
  await untilState(owner, more.id, 'published')
  const first = (await owner.call('GET', '/orgs/{org}/stock/evergreen?limit=1')).body
  expect(first.items).toEqual([expect.objectContaining({ postId: more.id, halfLifeMinutes: 57_600 })])
  const second = (await owner.call('GET', `/orgs/{org}/stock/evergreen?limit=1&cursor=${first.nextCursor}`)).body
  expect(second.items).toHaveLength(1)
  expect(second.items[0].postId).not.toBe(more.id)
  await owner.call('PUT', '/orgs/{org}/stock/shelf-lives/fake/post', { minutes: null })
  expect((await owner.call('GET', '/orgs/{org}/stock/evergreen')).body.items).toEqual([])
})

test('the recycled share is told with its n, and never judged from a few', async () => {
  const recycle = async (text: string) => {
    const post = await newPost(owner, [account.id], textOf(text))
    await owner.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { origin: 'recycled' })
    await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } })
    await untilState(owner, post.id, 'published')
  }
  await recycle('From last winter: gloves that dry')
  expect((await lineOf()).recycled).toMatchObject({ recycled: 1, n: 3, share: 1 / 3, over: false })
  await recycle('From two winters ago: how to wax skis')
  await recycle('From long ago: the first hut on the pass')
  expect((await lineOf()).recycled).toMatchObject({ recycled: 3, n: 5, over: true })
  expect((await stock()).recycled).toMatchObject({ recycled: 3, n: 5, over: true })
})

test('another organisation has its own stock, settings and half-lives', async () => {
  const stranger = await running.as('owner', running.app.theirs)
  expect(await stock(stranger)).toMatchObject({ accounts: [], recycled: { n: 0 }, settings: { stockDays: 5 } })
  expect(refusal(await stranger.call('GET', `/orgs/${owner.orgId}/stock`)).slice(0, 2)).toEqual([404, 'not-found'])
})

test('every change is on record', async () => {
  const verbs = await asSystem(running.app.services.db, (tx) =>
    tx.selectFrom('events').select('verb').where('org_id', '=', owner.orgId).execute(),
  )
  const all = verbs.map(({ verb }) => verb)
  expect(all.filter((verb) => verb === 'content-settings.changed')).toHaveLength(20)
  expect(all.filter((verb) => verb === 'shelf-life.set')).toHaveLength(4)
  await expectWell(running)
})
