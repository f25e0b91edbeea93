// Sessions as calendar programs read them: parsed back, private, at the same wall time through a change of clocks, and not sent twice.

import { Hono } from 'hono'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { wallOf } from '../../publishing/times.ts'
import { lines } from '../sessions/shop.testing.ts'
import type { SessionView } from '../sessions/types.ts'
import { mountSessionFeeds } from './doors.ts'

/** Clocks are set forward in Berlin on 28 March 2027. */
const monday = '2027-03-22'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let ada: TestSession
const path = '/orgs/{org}/programme'
const doors = new Hono()

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  mountSessionFeeds(doors, world.services)
  doors.onError((error, c) => c.body(null, (error as Refusal).status as 404))
  owner = await world.as('owner')
  ada = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const who of [owner, ada]) await who.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 200 })
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after: null })
})
afterAll(() => world.close())

async function feed(who: TestSession): Promise<string> {
  const { status, body } = await who.call('POST', `${path}/session-feed`)
  expect(status).toBe(201)
  return new URL(body.url).pathname
}

async function eventsOf(address: string) {
  const answer = await doors.request(address)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
  return calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
}

const idsOf = async (who: TestSession): Promise<string[]> => {
  const weeks = await Promise.all(
    [0, 7, 14, 21, 28].map((days) => {
      const week = new Date(Date.parse(monday) + days * 86_400_000).toISOString().slice(0, 10)
      return who.call('GET', `${path}/sessions/week?week=${week}`)
    }),
  )
  return weeks
    .flatMap(({ body }) => body.days.flatMap(({ sessions }: { sessions: SessionView[] }) => sessions))
    .map(({ id }) => `${id}@longrun`)
    .sort()
}

describe('a feed of sessions', () => {
  test('has one’s own sessions and no others, at the same wall time before and after clocks change', async () => {
    const events = await eventsOf(await feed(owner))
    expect(events.map(({ uid }) => uid).sort()).toEqual(await idsOf(owner))
    const theirs = new Set(await idsOf(ada))
    expect(events.some(({ uid }) => theirs.has(uid))).toBe(false)
    const [before, after] = [false, true].map((isAfter) =>
      events.filter(({ startDate }) => startDate.toJSDate() > new Date('2027-03-28') === isAfter),
    )
    expect(Math.min(before!.length, after!.length)).toBeGreaterThan(0)
    for (const { startDate } of events) {
      expect(startDate.zone.tzid).toBe('UTC')
      const wall = wallOf(startDate.toJSDate(), 'Europe/Berlin').slice(11)
      expect(wall >= '09:00' && wall < '17:00').toBe(true)
    }
    const utcHours = (some: typeof events) => Math.min(...some.map(({ startDate }) => startDate.hour))
    expect([utcHours(before!), utcHours(after!)]).toEqual([8, 7])
  })

  test('keeps the name of what moves and says that it changed; done ones say so', async () => {
    const address = await feed(owner)
    const [first, ...rest] = (await owner.call('GET', `${path}/sessions/now?minutes=60`)).body.open as SessionView[]
    const moved = rest.find(({ kind }) => kind === 'light') ?? rest[0]!
    const before = (await eventsOf(address)).find(({ uid }) => uid === `${moved.id}@longrun`)!
    const days = ['2027-03-23', '2027-03-24', '2027-03-25', '2027-03-26'].filter((day) => day !== moved.day)
    let isMoved = false
    for (const day of days)
      isMoved ||= (await owner.call('POST', `${path}/sessions/${moved.id}/move`, { day })).status === 200
    expect(isMoved).toBe(true)
    await owner.call('POST', `${path}/sessions/${first!.id}/done`, {})
    const events = await eventsOf(address)
    const after = events.find(({ uid }) => uid === `${moved.id}@longrun`)!
    expect(after.sequence).toBeGreaterThan(before.sequence)
    expect(after.startDate.toJSDate()).not.toEqual(before.startDate.toJSDate())
    expect(events.find(({ uid }) => uid === `${first!.id}@longrun`)!.summary).toMatch(/^Done: /)
  })

  test('is not sent again while nothing changed', async () => {
    const address = await feed(ada)
    const first = await doors.request(address)
    const tag = first.headers.get('etag')!
    const again = () => doors.request(address, { headers: { 'if-none-match': `W/${tag}` } })
    expect((await again()).status).toBe(304)
    const [own] = (await ada.call('GET', `${path}/sessions/now?minutes=60`)).body.open
    await ada.call('POST', `${path}/sessions/${own.id}/skip`, { reason: 'Nothing to say' })
    expect((await again()).status).toBe(200)
  })

  test('ends with a new address, by its person, and when they leave', async () => {
    const first = await feed(ada)
    const second = await feed(ada)
    expect([(await doors.request(first)).status, (await doors.request(second)).status]).toEqual([404, 200])
    expect((await ada.call('GET', `${path}/session-feed`)).body.feed.lastReadAt).toBe(now.toISOString())
    expect((await ada.call('DELETE', `${path}/session-feed`)).status).toBe(200)
    expect((await ada.call('DELETE', `${path}/session-feed`)).status).toBe(404)
    expect((await doors.request(second)).status).toBe(404)
    const third = await feed(ada)
    expect((await owner.call('DELETE', `/orgs/{org}/members/${ada.memberId}`)).status).toBe(200)
    expect((await doors.request(third)).status).toBe(404)
    expect((await doors.request(`/calendar/sessions/${'a'.repeat(43)}.ics`)).status).toBe(404)
    now = new Date(now.getTime() + 60_000)
    expect(await idsOf(owner)).not.toEqual([])
  })
})
