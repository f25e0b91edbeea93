// Attendance over HTTP on a real database: presence is a duty of the rota, and what a person did is not for everybody's eyes.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { lines } from '../sessions/shop.testing.ts'
import { keepSessions } from '../sessions/upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let ada: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  ada = await world.as('contributor')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const read = async (who: TestSession) => (await who.call('GET', `${path}/attendance`)).body
const doFirst = async (who: TestSession) => {
  const { open } = (await who.call('GET', `${path}/sessions/now?minutes=60`)).body
  expect((await who.call('POST', `${path}/sessions/${open[0].id}/done`, {})).status).toBe(200)
}

test('without a programme nobody is expected', async () => {
  const found = await read(owner)
  expect(found).toMatchObject({ isGoingOn: false, organisation: { expected: 0, share: null, streak: 0 }, people: [] })
  expect(found.days).toHaveLength(78)
  expect(found.days.every(({ isExpected }: { isExpected: boolean }) => !isExpected)).toBe(true)
})

test('a day counts once anybody was there; today is not missed while it lasts', async () => {
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const who of [owner, ada]) await who.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after: null })
  await owner.call('GET', `${path}/sessions/now`)
  expect((await read(owner)).organisation).toMatchObject({ expected: 0, streak: 0 })
  await doFirst(owner)
  expect((await read(owner)).organisation).toMatchObject({ expected: 1, present: 1, streak: 1, share: 1 })
  now = new Date('2027-01-12T07:00:00Z')
  await doFirst(ada)
  // One of them each day is enough for the organisation.
  expect((await read(owner)).organisation).toMatchObject({ expected: 2, present: 2, streak: 2, gaps: [] })
  now = new Date('2027-01-14T07:00:00Z')
  await keepSessions(world.services)
  expect((await read(owner)).organisation).toMatchObject({
    ...{ expected: 3, present: 2, streak: 0, longest: 2 },
    gaps: [{ from: '2027-01-13', to: '2027-01-13', days: 1 }],
  })
})

test('a weekend breaks no streak, nor does a day on which all are away', async () => {
  now = new Date('2027-01-14T08:00:00Z')
  await doFirst(owner)
  now = new Date('2027-01-15T08:00:00Z')
  await doFirst(owner)
  for (const { memberId } of [owner, ada])
    await owner.call('PATCH', `/orgs/{org}/work/${memberId}`, {
      hours: {
        ...{ zone: 'Europe/Berlin', holidays: [], closed: [], extra: [] },
        week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
      },
    })
  for (const { memberId } of [owner, ada])
    await owner.call('POST', '/orgs/{org}/absences', {
      ...{ memberId, from: '2027-01-17T23:00:00.000Z', to: '2027-01-18T23:00:00.000Z' },
    })
  now = new Date('2027-01-19T08:00:00Z')
  await keepSessions(world.services)
  const { days, organisation } = await read(owner)
  const expected = days.filter(({ isExpected }: { isExpected: boolean }) => isExpected)
  expect(expected.map(({ day }: { day: string }) => day)).toEqual([
    ...['2027-01-11', '2027-01-12', '2027-01-13', '2027-01-14', '2027-01-15', '2027-01-19'],
  ])
  expect(organisation.streak).toBe(2)
})

test('of a person is for themselves and those who run the organisation', async () => {
  const own = await read(ada)
  expect(own.people).toBeNull()
  expect(own.mine.expected).toBeGreaterThan(0)
  expect(own.mine.present).toBeGreaterThan(0)
  expect(JSON.stringify(own)).not.toContain(owner.memberId)
  const lead = await world.as('manager')
  expect((await read(lead)).people).toBeNull()
  const { people } = await read(owner)
  expect(people.map(({ person }: { person: { id: string } }) => person.id).sort()).toEqual(
    [owner.memberId, ada.memberId].sort(),
  )
  const { person: _, ...theirs } = people.find(({ person }: { person: { id: string } }) => person.id === ada.memberId)
  expect(theirs).toEqual(own.mine)
  const stranger = await world.as('owner', world.theirs)
  expect(await read(stranger)).toMatchObject({ isGoingOn: false, people: [] })
})
