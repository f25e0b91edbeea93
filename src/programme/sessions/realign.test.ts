// Going on with less: proposed again only for what came after the last answer; what is declined changes no plan.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { lines } from './shop.testing.ts'
import { keepSessions } from './upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const list = async () => (await owner.call('GET', `${path}/sessions/realignments`)).body
const onDay = async (day: string) => {
  now = new Date(`${day}T07:00:00Z`)
  await keepSessions(world.services)
}

test('three missed sessions of one person ask; declined, only what is missed later asks again', async () => {
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 200 })
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What one person can do', after: null })
  await keepSessions(world.services)
  expect(await list()).toEqual([])
  for (const day of ['2027-01-12', '2027-01-13', '2027-01-14', '2027-01-15', '2027-01-16']) await onDay(day)
  const [first] = await list()
  expect(first).toMatchObject({ because: 'missed', answeredAt: null, gapDays: null })
  expect(first.missed).toBeGreaterThanOrEqual(3)

  const body = { isAccepted: false, reason: 'It was a single bad week' }
  const declined = await owner.call('POST', `${path}/sessions/realignments/${first.id}`, body)
  expect(declined.body).toMatchObject({ isAccepted: false, version: null, reason: body.reason })
  expect((await owner.call('GET', `${path}/plan`)).body.plan.number).toBe(1)
  await keepSessions(world.services)
  await onDay('2027-01-17')
  expect(await list()).toHaveLength(1)

  for (const day of ['2027-01-19', '2027-01-21', '2027-01-23']) await onDay(day)
  const both = await list()
  expect(both.map(({ answeredAt }: { answeredAt: string | null }) => answeredAt === null)).toEqual([true, false])
  const stranger = await world.as('owner', world.theirs)
  const theirs = await stranger.call('POST', `${path}/sessions/realignments/${both[0].id}`, body)
  expect(theirs.status).toBe(409)
})
