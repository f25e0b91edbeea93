// Handing on over HTTP: why is said, skills of the department before stay there, and what goes back and forth is stopped and told to a lead.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { useInbox, world } from '../ground.testing.ts'
import {
  aColleague,
  aDepartment,
  aRule,
  considered,
  conversationOf,
  history,
  notificationsOf,
  putInForce,
  somebodySays,
} from './desk.testing.ts'
import { giveOwners } from './give.ts'

let service = ''
let product = ''
let ada: TestSession
let pia: TestSession
let lead: TestSession

useInbox(async () => {
  service = await aDepartment('Service')
  product = await aDepartment('Product')
  ada = await aColleague(service, 'contributor', { skills: ['billing'] })
  pia = await aColleague(product)
  lead = await aColleague(product, 'manager', { capacity: 0 })
  await putInForce([
    aRule({ name: 'Service', departmentId: service, actions: { departmentId: service, requiredSkills: ['billing'] } }),
  ])
})

const handOn = (by: TestSession, id: string, body: object) =>
  by.call('POST', `/orgs/{org}/conversations/${id}/assign`, body)

test('out of a department only with a reason; somebody there gets it, without the skills of the one before', async () => {
  const { id } = await somebodySays('Ann', 'The buckle broke')
  await giveOwners(world.services, world.ours)
  expect(await conversationOf('Ann')).toMatchObject({ owner: { id: ada.memberId } })
  expect((await handOn(ada, id, { departmentId: product })).body.data).toMatchObject({
    code: 'reason-missing',
    field: 'note',
  })
  const handed = await handOn(ada, id, { departmentId: product, note: 'The third broken buckle this week' })
  expect(handed.body).toMatchObject({ department: { id: product }, owner: null })
  await giveOwners(world.services, world.ours)
  expect(await conversationOf('Ann')).toMatchObject({ owner: { id: pia.memberId } })
  expect(await considered(id)).toMatchObject({ route: { requiredSkills: [] }, choice: { owner: { id: pia.memberId } } })
  const said = (await history(id)).map(({ kind, to, note }: Record<string, string>) => [kind, to, note])
  expect(said).toContainEqual(['department', 'Product', 'The third broken buckle this week'])
})

test('back with an answer is fine; the same way again before anybody spoke is stopped, told once, and a lead decides', async () => {
  const { id } = await conversationOf('Ann')
  expect((await handOn(pia, id, { departmentId: service, note: 'A new buckle is sent' })).status).toBe(200)
  await giveOwners(world.services, world.ours)
  expect(await conversationOf('Ann')).toMatchObject({ owner: { id: ada.memberId } })
  expect((await considered(id)).choice).toMatchObject({ code: 'sticky' })
  for (let times = 0; times < 2; times++) {
    const again = await handOn(ada, id, { departmentId: product, note: 'Yours' })
    expect(again).toMatchObject({
      status: 409,
      body: { data: { code: 'ping-pong', field: 'departmentId', params: { times: 1 } } },
    })
  }
  expect(await conversationOf('Ann')).toMatchObject({ department: { id: service } })
  const told = (await Promise.all([lead].map(notificationsOf)))
    .flat()
    .filter((kind) => kind === 'conversation-ping-pong')
  expect(told).toHaveLength(1)
  expect((await handOn(lead, id, { departmentId: product, note: 'It is ours' })).status).toBe(200)
})

test('the customer spoke: things are new, and it may go the same way', async () => {
  const { id } = await conversationOf('Ann')
  await handOn(lead, id, { departmentId: service, note: 'Please tell her' })
  const next = { replyTo: null, kind: 'message', isPrivate: true, thread: 'dm-bea' }
  await somebodySays('Bea', 'Broken', {}, next)
  const bea = (await conversationOf('Bea')).id
  await handOn(ada, bea, { departmentId: product, note: 'Yours' })
  await handOn(pia, bea, { departmentId: service, note: 'Yours' })
  expect((await handOn(ada, bea, { departmentId: product, note: 'Yours' })).status).toBe(409)
  await somebodySays('Bea', 'It broke again', {}, { ...next, at: new Date(Date.now() + 3_600_000) })
  expect((await handOn(ada, bea, { departmentId: product, note: 'Again' })).status).toBe(200)
})
