// Time written down beside the plan, over HTTP on a real database: it takes of what somebody gives, never of what the plan has for its own sessions.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { addDays } from '../../lib/days.ts'
import type { SessionView } from './types.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
const path = '/orgs/{org}/programme'

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await give(300)
  await owner.call('POST', `${path}/plan`, { lines, reason: 'Two posts a week', after: null })
})
afterAll(() => world.close())

const slot = { anyOf: [{ activity: 'short-post' }] }
const lines = [{ id: 'posts', channel: null, every: 1, unit: 'week', slots: [slot, slot] }]
const give = (minutesWeekly: number) => owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly })
const week = async (day = monday) => {
  const { body } = await owner.call('GET', `${path}/sessions/week?week=${day}`)
  const sessions: SessionView[] = body.days.flatMap((each: { sessions: SessionView[] }) => each.sessions)
  return {
    planned: sessions.filter(({ state }) => state === 'planned').length,
    without: body.withoutPlace.map(({ reason }: { reason: string }) => reason),
  }
}

test('150 minutes of other work leave a plan of 16 its two sessions, until what somebody gives is used up', async () => {
  const log = { activity: 'blog-post', minutes: 150, day: monday }
  expect((await owner.call('POST', `${path}/time`, log)).status).toBe(201)
  expect(await week()).toEqual({ planned: 2, without: [] })
  // Less given: the work beside it counts, and one of them has room still.
  await give(160)
  expect(await week()).toEqual({ planned: 1, without: ['ceiling'] })
  await give(150)
  expect(await week()).toEqual({ planned: 0, without: ['ceiling'] })
  // Of another week nothing is used up.
  expect((await week(addDays(monday, 7))).planned).toBe(2)
  await give(300)
  expect(await week()).toEqual({ planned: 2, without: [] })
})

test('work beside the plan on a later day moves nothing that stands as long as there is room', async () => {
  now = new Date(`${addDays(monday, 7)}T06:00:00Z`)
  const before = await owner.call('GET', `${path}/sessions/week?week=${addDays(monday, 7)}`)
  const log = { activity: 'short-video', minutes: 120, day: addDays(monday, 7) }
  await owner.call('POST', `${path}/time`, log)
  const after = await owner.call('GET', `${path}/sessions/week?week=${addDays(monday, 7)}`)
  const places = (body: { days: { sessions: SessionView[] }[] }) =>
    body.days.flatMap(({ sessions }) => sessions.map(({ id, at, state }) => [id, at, state]))
  expect(places(after.body)).toEqual(places(before.body))
  expect(places(after.body).filter(([, , state]) => state === 'planned')).toHaveLength(2)
})
