// Conversations that we begin: told apart by who spoke first, counted by the week beside what was planned, and no part of reply times.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { currentTime, keep, network, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { makePromise, tuesday } from '../promises/promises-world.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'
import { hear, personAt } from '../taking-over/heard.testing.ts'

useInbox(async () => {
  for (const each of ['ann', 'ben', 'cy']) network.createAccount(each)
  setNow(tuesday)
  await makePromise({ name: 'Everybody' })
})

const later = (minutes: number) => setNow(new Date(currentTime().getTime() + minutes * minute))
const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body
const begun = async (query = '') => (await owner.call('GET', `/orgs/{org}/begun-conversations?weeks=2${query}`)).body
const measures = async () => (await owner.call('GET', '/orgs/{org}/inbox-measures?from=2027-01-11&to=2027-01-13')).body

/** In the thread of what was heard. */
async function inThread(url: string, id: string, { isOurs, author }: { isOurs: boolean; author: string }) {
  later(1)
  const root = { id: url.split('/').at(-1)!, url }
  const facts = { thread: url, root, replyTo: url, about: null, at: currentTime(), isOurs }
  await keep([saying(saidOf(id, { ...facts, author: personAt(author) }))])
}

test('with somebody who speaks: theirs to be counted once we spoke, and no reply time', async () => {
  const { authorId, url } = await hear('ann', 'Who makes good kettles?')
  const path = `/orgs/{org}/listening/people/${authorId}/conversation`
  const { body } = await owner.call('POST', path, { reason: 'She asks the field' })
  expect(body).toMatchObject({ state: 'taken-over' })
  expect(await read(body.conversationId)).toMatchObject({
    ...{ initiator: 'we', begunByUsAt: null, owner: { id: owner.memberId }, due: null },
  })
  expect((await begun()).thisWeek).toEqual([{ department: null, begun: 0, answered: 0, goal: null }])
  await inThread(url, 'ours', { isOurs: true, author: 'we' })
  expect((await begun()).thisWeek).toMatchObject([{ begun: 1, answered: 0 }])
  expect((await read(body.conversationId)).begunByUsAt).toBe(currentTime().toISOString())
  await inThread(url, 'theirs', { isOurs: false, author: 'ann' })
  expect((await begun()).weeks).toMatchObject([
    { week: '2027-01-04', begun: 0 },
    { week: '2027-01-11', begun: 1, answered: 1 },
  ])
  // What they say to us now is owed an answer, as a part of what we began.
  expect(await read(body.conversationId)).toMatchObject({ initiator: 'we', due: { metric: 'first-reply' } })
  expect(await measures()).toMatchObject({ heard: 1, answered: 1, conversations: 1, promises: [] })
})

test('who speaks to us first began it, whatever was heard of them before', async () => {
  const first = saidOf('ben-1', { author: personAt('ben'), at: currentTime() })
  await keep([saying(first)])
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations')).body
  const theirs = items.find(({ contact }: { contact: { name: string } }) => contact.name === 'ben')
  expect(theirs.initiator).toBe('them')
  expect((await measures()).promises).toMatchObject([{ metric: 'first-reply', running: 1 }])
})

test('a private talk that we open is ours, one that they open is theirs', async () => {
  const talk = (thread: string) =>
    ({ isPrivate: true, kind: 'message', thread, root: null, replyTo: null, about: null }) as const
  const at = (minutes: number) => new Date(currentTime().getTime() + minutes * minute)
  const [open, later] = [currentTime(), at(1)]
  await keep([
    saying(saidOf('a1', { ...talk('a'), at: open, isOurs: true, author: personAt('we') })),
    saying(saidOf('a2', { ...talk('a'), at: later, author: personAt('cy') })),
    saying(saidOf('b1', { ...talk('b'), at: open, author: personAt('dee') })),
    saying(saidOf('b2', { ...talk('b'), at: later, isOurs: true, author: personAt('we') })),
  ])
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations')).body
  const of = (name: string) =>
    items.find(({ contact }: { contact: { name: string } }) => contact.name === name).initiator
  expect([of('cy'), of('dee')]).toEqual(['we', 'them'])
})

test('with a contact, by what they said last where we listen', async () => {
  const { items } = (await owner.call('GET', '/orgs/{org}/contacts?q=ben')).body
  const path = `/orgs/{org}/contacts/${items[0].id}/conversation`
  const reason = 'He knows kettles'
  expect((await owner.call('POST', path, { reason })).body.data).toMatchObject({ code: 'nothing-heard', field: 'id' })
  await hear('ben', 'An old word')
  later(10)
  const { url } = await hear('ben', 'The newest word')
  const { body } = await owner.call('POST', path, { reason })
  expect(
    (await owner.call('GET', `/orgs/{org}/conversations/${body.conversationId}/messages`)).body.items,
  ).toMatchObject([{ url }])
  for (const unknown of [`/orgs/{org}/contacts/${newId()}`, `/orgs/{org}/listening/people/${newId()}`])
    expect((await owner.call('POST', `${unknown}/conversation`, { reason })).status).toBe(404)
})

test('goals hold from their week on, for everybody and for a department, and what held before stays', async () => {
  const set = (weekly: number, departmentId: string | null = null) =>
    owner.call('PUT', '/orgs/{org}/begun-conversations/goal', { weekly, departmentId })
  const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Makers' })).body
  expect((await set(5)).status).toBe(204)
  expect((await set(2, department.id)).status).toBe(204)
  expect((await begun()).thisWeek).toMatchObject([
    { department: null, goal: 5 },
    { department: { name: 'Makers' }, begun: 0, goal: 2 },
  ])
  later(7 * 24 * 60)
  await set(8)
  await set(0, department.id)
  expect((await begun()).weeks.map(({ goal }: { goal: number }) => goal)).toEqual([5, 8])
  expect((await begun()).thisWeek).toHaveLength(1)
  const own = (await begun(`&departmentId=${department.id}`)).weeks
  expect(own.map(({ goal }: { goal: number | null }) => goal)).toEqual([2, null])
  expect((await set(3, newId())).body.data).toMatchObject({ code: 'department-not-found', field: 'departmentId' })
  const contributor = await world.as('contributor')
  const refused = await contributor.call('PUT', '/orgs/{org}/begun-conversations/goal', {
    weekly: 1,
    departmentId: null,
  })
  expect(refused.status).toBe(403)
})

test('what a walled department plans is there for its members alone', async () => {
  const hr = (await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })).body
  await owner.call('PUT', `/orgs/{org}/departments/${hr.id}/wall`, { walled: true })
  const inside = await world.as('manager')
  await owner.call('PATCH', `/orgs/{org}/members/${inside.memberId}`, { departmentId: hr.id })
  const goal = { weekly: 77, departmentId: hr.id }
  expect((await owner.call('PUT', '/orgs/{org}/begun-conversations/goal', goal)).status).toBe(404)
  expect((await inside.call('PUT', '/orgs/{org}/begun-conversations/goal', goal)).status).toBe(204)
  const seenBy = async ({ call }: typeof owner) => {
    const read = await call('GET', `/orgs/{org}/begun-conversations?weeks=1&departmentId=${hr.id}`)
    const told = await call('GET', '/orgs/{org}/events?verb=conversation-goal.set')
    return [read.body.weeks[0].goal, told.body.items.some(({ facts }: { facts: typeof goal }) => facts.weekly === 77)]
  }
  expect(await seenBy(inside)).toEqual([77, true])
  expect(await seenBy(owner)).toEqual([null, false])
})
