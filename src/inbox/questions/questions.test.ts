// One department asks another inside a conversation: told, answered by those who were asked, counted, and never sent to anybody outside.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { network, owner, useInbox, world } from '../ground.testing.ts'
import { aColleague, aDepartment, conversationOf, notificationsOf, somebodySays } from '../routing/desk.testing.ts'

let product = ''
let ada: TestSession
let pia: TestSession
let path = ''

useInbox(async () => {
  const service = await aDepartment('Service')
  product = await aDepartment('Product')
  ada = await aColleague(service)
  pia = await aColleague(product)
  const { id } = await somebodySays('Ann', 'Does it burn in the rain?')
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: service, ownerId: ada.memberId })
  path = `/orgs/{org}/conversations/${id}/questions`
})

const counted = async (by: TestSession) => (await by.call('GET', '/orgs/{org}/questions/count')).body.ofMyDepartment

test('asked, told, answered by the department, and told back; the conversation stays where it is', async () => {
  const before = network.posts().length
  const asked = await ada.call('POST', path, { departmentId: product, question: 'Is the glass closed?' })
  expect(asked).toMatchObject({
    status: 201,
    body: { department: { name: 'Product' }, answer: null, askedBy: { id: ada.memberId } },
  })
  expect([await counted(pia), await counted(ada)]).toEqual([1, 0])
  expect(await notificationsOf(pia)).toContain('department-asked')
  const open = (await pia.call('GET', '/orgs/{org}/questions')).body.items
  expect(open).toMatchObject([{ question: 'Is the glass closed?', conversation: { with: 'Ann' } }])
  const answer = (by: TestSession) => by.call('POST', `${path}/${asked.body.id}/answer`, { answer: 'It is' })
  expect(await answer(ada)).toMatchObject({ status: 403, body: { data: { code: 'not-of-department' } } })
  expect(await answer(pia)).toMatchObject({ status: 200, body: { answer: 'It is', answeredBy: { id: pia.memberId } } })
  expect(await answer(pia)).toMatchObject({ status: 409, body: { data: { code: 'question-settled' } } })
  expect(await counted(pia)).toBe(0)
  expect(await notificationsOf(ada)).toContain('department-answered')
  expect((await ada.call('GET', path)).body).toMatchObject([{ question: 'Is the glass closed?', answer: 'It is' }])
  expect(await conversationOf('Ann')).toMatchObject({
    owner: { id: ada.memberId },
    department: { name: 'Service' },
    messages: 1,
  })
  expect(network.posts().length).toBe(before)
})

test('taken back by whoever asked; not asked of itself, nor of somebody who is elsewhere', async () => {
  const ask = (body: object) => ada.call('POST', path, { departmentId: product, question: 'And the wick?', ...body })
  expect((await ask({ memberId: ada.memberId })).body.data).toMatchObject({
    code: 'not-of-department',
    field: 'memberId',
  })
  const own = (await conversationOf('Ann')).department.id
  expect((await ask({ departmentId: own })).body.data).toMatchObject({ code: 'asks-itself', field: 'departmentId' })
  const made = await ask({ memberId: pia.memberId })
  expect(made.body.askedOf).toMatchObject({ id: pia.memberId })
  expect((await pia.call('DELETE', `${path}/${made.body.id}`)).body.data).toMatchObject({ code: 'question-of-others' })
  expect((await ada.call('DELETE', `${path}/${made.body.id}`)).body.withdrawnAt).not.toBeNull()
  expect(await counted(pia)).toBe(0)
})

test('another organisation finds none of it', async () => {
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', path)).status).toBe(404)
  expect((await stranger.call('GET', '/orgs/{org}/questions')).body.items).toEqual([])
})
