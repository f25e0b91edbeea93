// The rota in promises, on the real database: whoever is away is passed over, and before they go it is known what comes due and who covers.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { climbPromises } from './climb.ts'
import { at, connectedLongAgo, goTo, makeHours, makePromise, read, say } from './promises-world.testing.ts'

let [agent, second, boss] = [] as unknown as [TestSession, TestSession, TestSession]
let departmentId = ''
/** From Monday to Friday, 9 to 12 and 13 to 17. */
let hours: unknown

useInbox(async () => {
  await connectedLongAgo()
  goTo(-60)
  const hoursId = await makeHours()
  hours = (await owner.call('GET', '/orgs/{org}/business-hours')).body[0].hours
  await makePromise({ name: 'Four hours', hoursId, targets: [{ metric: 'first-reply', minutes: 240 }] })
  departmentId = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })).body.id
  const people = [await world.as('contributor'), await world.as('contributor'), await world.as('manager')] as const
  ;[agent, second, boss] = people
  for (const { memberId } of people) {
    await owner.call('PATCH', `/orgs/{org}/members/${memberId}`, { departmentId })
    await owner.call('PATCH', `/orgs/{org}/work/${memberId}`, { hours })
  }
  const above = { deputyId: second.memberId, managerId: boss.memberId }
  expect((await owner.call('PATCH', `/orgs/{org}/work/${agent.memberId}`, above)).status).toBe(200)
})

const given = async (author: string, ownerId: string | null = agent.memberId): Promise<string> => {
  const id = await say(author, { intent: 'question' })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId, ownerId, note: 'Yours' })
  return id
}
const steps = (id: string): Promise<{ told: string[]; because: string }[]> =>
  inOrg(world.services.db, world.ours, async (tx) => {
    const found = await sql<{ told: string[]; because: string }>`
      select told, because from promise_steps where conversation_id = ${id} order by level`.execute(tx)
    return found.rows
  })
const risks = async (query = '') => (await owner.call('GET', `/orgs/{org}/promises/at-risk${query}`)).body

test('before somebody is away it is listed what comes due meanwhile, and one step gives it to whoever covers', async () => {
  goTo(0)
  const id = await given('asks')
  const free = await given('free', second.memberId)
  // Due at three in the afternoon, when both are there.
  expect((await read(id)).due.at).toBe(at(300).toISOString())
  expect((await risks()).items).toEqual([])
  const away = `?memberId=${agent.memberId}&awayFrom=${at(30).toISOString()}&awayUntil=${at(24 * 60).toISOString()}`
  const found = await risks(away)
  expect(found.items).toMatchObject([
    { id, reason: 'owner-away', ownerUntil: at(30).toISOString(), owner: { id: agent.memberId } },
  ])
  const [cover] = found.items[0].cover
  expect([second.memberId, boss.memberId]).toContain(cover.id)
  expect(cover.minutes).toBe(240)
  const covered = await owner.call('POST', '/orgs/{org}/promises/cover', {
    items: [
      { id, ownerId: second.memberId },
      { id: free, ownerId: '00000000-0000-4000-8000-000000000009' },
    ],
    note: 'Covered',
  })
  expect(covered.body).toEqual({ done: [id], refused: [{ id: free, code: 'not-in-organisation' }] })
  expect((await risks(away)).items).toEqual([])
  expect((await read(id)).owner.id).toBe(second.memberId)
})

test('a planned absence counts by itself, and so do promised hours in which nobody is there', async () => {
  goTo(60)
  const id = await given('later')
  const absence = { memberId: agent.memberId, from: at(90).toISOString(), to: at(48 * 60).toISOString(), reason: '' }
  expect((await owner.call('POST', '/orgs/{org}/absences', absence)).status).toBe(201)
  const found = await risks()
  expect(found.items.map((each: { id: string }) => each.id)).toEqual([id])
  // Owner and founder have no hours and are always there.
  expect(found.gaps).toEqual([])
})

test('whoever is away is passed over: the deputy is told, then the manager', async () => {
  goTo(91)
  const id = await given('climbs')
  const { due } = await read(id)
  const minutes = (instant: string) => (Date.parse(instant) - at(0).getTime()) / 60_000
  goTo(minutes(due.soonAt))
  await climbPromises(world.services, world.ours)
  expect(await steps(id)).toEqual([
    { told: [], because: 'nobody-there' },
    { told: [second.memberId], because: 'due-soon' },
  ])
  goTo(minutes(due.at))
  await climbPromises(world.services, world.ours)
  expect((await steps(id)).slice(2)).toEqual([{ told: [boss.memberId], because: 'broken' }])
})
