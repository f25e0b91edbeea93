// What an hour brings: read from numbers at one age and from measured minutes, on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { connectAccount, publishItem } from './worth.testing.ts'

const now = new Date('2027-06-14T10:00:00Z')
const path = '/orgs/{org}/programme/worth'
let world: TestApp
let owner: TestSession
let good: string
let poor: string
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  good = await connectAccount(world, owner, 'Harbour')
  poor = await connectAccount(world, owner, 'Workshop')
})
afterAll(() => world.close())

const read = async (query = '') => (await owner.call('GET', `${path}${query}`)).body
const lineOf = (body: Awaited<ReturnType<typeof read>>, channel: string, activity = 'short-post') =>
  body.lines.find(
    (line: { channel: string; activity: string }) => line.channel === channel && line.activity === activity,
  )

describe('what items are worth', () => {
  test('is nothing that anybody knows before something went out', async () => {
    expect(await read()).toMatchObject({ unit: 'reactions', lines: [] })
  })

  test('is read at one age, pooled over lines, with its range; what is too young or was not read is counted apart', async () => {
    for (let week = 2; week < 14; week++) {
      await publishItem(world, owner, { account: good, daysAgo: 7 * week, likes: 40 + week })
      await publishItem(world, owner, { account: poor, daysAgo: 7 * week + 1, likes: 2 })
    }
    await publishItem(world, owner, { account: good, daysAgo: 0, likes: 3, ages: [15] })
    await publishItem(world, owner, { account: good, daysAgo: 20, likes: null })
    const body = await read()
    const [best, worst] = [lineOf(body, good), lineOf(body, poor)]
    expect(body.lines[0]).toEqual(best)
    expect(best).toMatchObject({ items: 12, young: 1, unread: 1, known: 'measured', channelName: 'Harbour' })
    expect(best.value.low).toBeLessThan(best.value.likely)
    expect(best.value.high).toBeGreaterThan(best.value.likely)
    expect(best.value.likely).toBeGreaterThan(5 * worst.value.likely)
    // Pooled: what few items say is drawn towards all.
    expect(worst.value.likely).toBeGreaterThan(2)
    expect(best.trust).toBeGreaterThan(0.5)
    expect(best.anHour.likely).toBeCloseTo((best.value.likely * 60) / best.minutes.mean, 6)
    expect(best.trend.length).toBeGreaterThan(1)
    expect(best.signals).toEqual({ links: null, interactions: expect.any(Number) })
  })

  test('learns half-lives from readings, and judges at five of them', async () => {
    const fast = await connectAccount(world, owner, 'Fast')
    for (let week = 1; week < 9; week++)
      await publishItem(world, owner, { account: fast, daysAgo: 7 * week, likes: 60, halfLifeMinutes: 20 })
    const line = lineOf(await read(), fast)
    expect(line.halfLife.trust).toBeGreaterThan(0.5)
    expect(line.halfLife.minutes).toBeLessThan(60)
    expect(line.ageMinutes).toBeGreaterThanOrEqual(5 * line.halfLife.minutes)
    expect(line.ageMinutes).toBeLessThan(1440)
  })

  test('takes visits from our links, and of items without a link nobody knows', async () => {
    expect(lineOf(await read('?unit=visits'), good)).toMatchObject({
      items: 0,
      known: 'unknown',
      value: null,
      anHour: null,
    })
    for (let week = 2; week < 8; week++)
      await publishItem(world, owner, { account: good, daysAgo: 7 * week, likes: 5, visits: 9 })
    const line = lineOf(await read('?unit=visits'), good)
    expect(line).toMatchObject({ items: 6, known: 'measured', signals: { links: 54 } })
    expect(line.value.likely).toBeCloseTo(9, 0)
    expect((await owner.call('PUT', `${path}/unit`, { unit: 'visits' })).body.unit).toBe('visits')
    expect((await read()).unit).toBe('visits')
    await owner.call('PUT', `${path}/unit`, { unit: 'reactions' })
  })

  test('counts measured minutes, and what people told only until ten items were judged', async () => {
    await owner.call('POST', '/orgs/{org}/programme/time', {
      activity: 'short-post',
      minutes: 60,
      day: '2027-06-14',
      items: 2,
    })
    const told = await owner.call('POST', `${path}/lines`, {
      channel: poor,
      activity: 'short-post',
      unit: 'reactions',
      value: 500,
    })
    expect(lineOf(told.body, poor)).toMatchObject({ known: 'measured', minutes: { n: 1 }, told: { value: 500 } })
    const video = { channel: poor, activity: 'short-video', unit: 'reactions', value: 90, note: 'What an agency says' }
    const { body } = await owner.call('POST', `${path}/lines`, video)
    expect(lineOf(body, poor, 'short-video')).toMatchObject({ known: 'estimate', value: { likely: 90 }, items: 0 })
    const { id } = lineOf(body, poor, 'short-video').told
    const without = (await owner.call('DELETE', `${path}/lines/${id}`)).body
    expect(lineOf(without, poor, 'short-video')).toBe(undefined)
    const back = (await owner.call('POST', `${path}/lines/${id}/recall`)).body
    expect(lineOf(back, poor, 'short-video').told).toMatchObject({ id, note: 'What an agency says' })
  })

  test('counts minutes of a channel there alone, drawn towards those of all', async () => {
    const log = { activity: 'short-post', channel: 'workshop', minutes: 160, items: 8, day: '2027-06-14' }
    const before = lineOf(await read(), good).minutes.mean
    await owner.call('POST', '/orgs/{org}/programme/time', log)
    const body = await read()
    expect(lineOf(body, poor).minutes).toMatchObject({ n: 1 })
    expect(lineOf(body, poor).minutes.mean).not.toBe(lineOf(body, good).minutes.mean)
    // Wherever it was done, it says something of the activity.
    expect(lineOf(body, good).minutes.n).toBe(2)
    expect(lineOf(body, good).minutes.mean).not.toBe(before)
  })

  test('learns what a further item is worth from weeks planned with many and with few by turns alone', async () => {
    const turns = await connectAccount(world, owner, 'Turns')
    const begun = await owner.call('POST', '/orgs/{org}/programme', {
      ...{ name: 'The long run', ambition: 'succeed', beginsOn: '2027-01-04' },
    })
    const week = (back: number) => addDays('2027-06-14', -7 * back)
    const countOf = (back: number) => (back % 2 ? 6 : 2)
    for (let back = 2; back < 14; back++)
      for (let at = 0; at < countOf(back); at++)
        // The sixth is worth half of the first.
        await publishItem(world, owner, { account: turns, daysAgo: 7 * back - at, likes: Math.round(100 * 0.87 ** at) })
    expect(lineOf(await read(), turns).decayKnown).toMatchObject({ by: 'assumed', weeks: 0 })
    await inOrg(world.services.db, owner.orgId, (tx) =>
      tx
        .insertInto('plan_sessions')
        .values(
          Array.from({ length: 12 }, (_, at) => at + 2).flatMap((back) =>
            Array.from({ length: countOf(back) }, (_, at) => ({
              ...{
                org_id: owner.orgId,
                id: newId(),
                programme_id: begun.body.id,
                item: `x ${week(back)} ${at}`,
                part: 1,
              },
              ...{ parts: 1, version: 1, activity: 'short-post', channel: 'turns', kind: 'light', minutes: 10 },
              ...{ from_day: week(back), to_day: addDays(week(back), 6), planned_day: addDays(week(back), at) },
              ...{ state: 'done', made_up: false, by_hand: false, revision: 0, made_at: now, changed_at: now },
            })),
          ),
        )
        .execute(),
    )
    const line = lineOf(await read(), turns)
    expect(line.decayKnown).toMatchObject({ by: 'learned', weeks: 12 })
    // Between what is usual and what the weeks say.
    expect([line.decay < 0.93, line.decay > 0.8]).toEqual([true, true])
    expect([line.decayKnown.low < line.decay, line.decayKnown.high > line.decay]).toEqual([true, true])
    expect(lineOf(await read(), good).decayKnown.by).toBe('assumed')
    const told = { channel: turns, activity: 'short-post', unit: 'reactions', decay: 0.5 }
    const said = lineOf((await owner.call('POST', `${path}/lines`, told)).body, turns)
    expect(said).toMatchObject({ decay: 0.5, decayKnown: { by: 'told', low: 0.5, high: 0.5 } })
  })

  test('says nothing of work that is not counted anywhere', async () => {
    const facts = { channel: '', activity: 'inbox-reply', unit: 'reactions', mostWeekly: 30 }
    expect(lineOf((await owner.call('POST', `${path}/lines`, facts)).body, '', 'inbox-reply')).toMatchObject({
      ...{ known: 'unknown', value: null, most: 30 },
    })
  })

  test('of two people who tell at once the later one counts, and both stay on record', async () => {
    const tell = (value: number) =>
      owner.call('POST', `${path}/lines`, {
        channel: 'Shop window',
        activity: 'poster',
        unit: 'reactions',
        minutes: 30,
        value,
      })
    const both = await Promise.all([tell(3), tell(4)])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    const rows = await inOrg(world.services.db, owner.orgId, (tx) =>
      tx.selectFrom('told_lines').select('removed_at').where('activity', '=', 'poster').execute(),
    )
    expect(rows.filter(({ removed_at }) => removed_at === null).length).toBe(1)
    expect(rows.length).toBe(2)
  })

  test('names the channel that is unknown, and is none of another organisation', async () => {
    const stranger = await world.as('owner', world.theirs)
    const facts = { channel: newId(), activity: 'short-post', unit: 'reactions', value: 1 }
    const { status, body } = await owner.call('POST', `${path}/lines`, facts)
    expect([status, body.data.code, body.data.field]).toEqual([422, 'channel-unknown', 'channel'])
    expect((await stranger.call('GET', path)).body.lines).toEqual([])
    const { id } = lineOf(await read(), poor).told
    expect((await stranger.call('DELETE', `${path}/lines/${id}`)).status).toBe(404)
  })
})
