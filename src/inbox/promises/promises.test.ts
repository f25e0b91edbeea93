// Promises over HTTP on the real database: tried, made, changed and kept; due times of conversations; who is told, once.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inOrg } from '../../db/tx.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { climbPromises } from './climb.ts'
import {
  at,
  clocks,
  connectedLongAgo,
  goTo,
  makeHours,
  makePromise,
  policyOf,
  read,
  say,
} from './promises-world.testing.ts'

let hoursId = ''
let complaints = { id: '' }

useInbox(async () => {
  await connectedLongAgo()
  goTo(-7 * 24 * 60)
  hoursId = await makeHours()
  complaints = await makePromise({ name: 'Complaints', hoursId, conditions: { kinds: ['complaint'] } })
  await makePromise({
    name: 'Everything else',
    hoursId,
    targets: [
      { metric: 'first-reply', minutes: 240 },
      { metric: 'next-reply', minutes: 240 },
    ],
  })
})

const account = async (): Promise<string> => (await owner.call('GET', '/orgs/{org}/accounts')).body[0].id
const climb = () => climbPromises(world.services, world.ours)

interface Notified {
  member_id: string
  kind: string
}
const notified = (id: string): Promise<Notified[]> =>
  inOrg(world.services.db, world.ours, async (tx) => {
    const found = await sql<Notified>`
      select member_id, kind from notifications where subject_id = ${id} and kind like 'promise-%' order by created_at, id`.execute(
      tx,
    )
    return found.rows
  })

test('a complaint on Friday at 16:50 is due on Monday at 9:50, with an hour in opening hours', async () => {
  const accountId = await account()
  const tried = await owner.call('POST', '/orgs/{org}/promises/preview', {
    ...{ accountId, kind: 'complaint', saidAs: 'comment', at: '2027-01-15T15:50:00Z' },
  })
  expect(tried.body).toMatchObject({
    policy: 'Complaints',
    due: [{ metric: 'first-reply', dueAt: '2027-01-18T08:50:00.000Z', dueSoonAt: '2027-01-18T08:35:00.000Z' }],
  })
  const other = await owner.call('POST', '/orgs/{org}/promises/preview', {
    ...{ accountId, kind: 'question', saidAs: 'comment', at: '2027-01-15T15:50:00Z' },
    ...policyOf({ name: 'Questions', targets: [{ metric: 'first-reply', minutes: 30, hours: 'calendar' }] }),
    replaces: complaints.id,
  })
  expect(other.body).toMatchObject({ policy: 'Questions', due: [{ dueAt: '2027-01-15T16:20:00.000Z' }] })
})

test('an account says in public what it promises', async () => {
  const told = await owner.call('GET', `/orgs/{org}/accounts/${await account()}/availability`)
  expect(told.body.text).toBe(
    'We answer complaints within one opening hour, questions within 4 opening hours and everything else within 4 opening hours. Our opening hours: Monday to Friday 09:00–12:00 and 13:00–17:00 (Berlin), not on public holidays.',
  )
})

test('what somebody says is due by its kind, lists put it first, and an answer keeps the promise', async () => {
  goTo(0)
  const id = await say('angry', { intent: 'complaint' })
  const slow = await say('calm', { intent: 'question' })
  expect((await read(id)).due).toEqual({
    ...{ at: at(60).toISOString(), soonAt: at(45).toISOString(), metric: 'first-reply' },
  })
  // Noon to one is no opening time: four hours from ten end at three.
  expect((await read(slow)).due).toMatchObject({ at: at(300).toISOString() })
  const first = await owner.call('GET', '/orgs/{org}/conversations?order=due&state=all&limit=1')
  expect(first.body.items).toMatchObject([{ id }])
  const next = await owner.call('GET', `/orgs/{org}/conversations?order=due&state=all&cursor=${first.body.nextCursor}`)
  expect(next.body.items).toMatchObject([{ id: slow }])
  goTo(50)
  expect((await owner.call('GET', '/orgs/{org}/conversations?due=soon')).body.items).toMatchObject([{ id }])
  expect((await owner.call('GET', '/orgs/{org}/conversations/counts')).body.due).toBe(1)
  await say('ours', { author: 'angry', replyTo: 'angry', isOurs: true })
  expect((await read(id)).due).toBeNull()
  expect(await clocks(id)).toMatchObject([{ metric: 'first-reply', state: 'met', promise: 'Complaints', version: 1 }])
})

test('a question that turns into a complaint is due sooner, and thanks make nothing later', async () => {
  goTo(0)
  const id = await say('turning', { intent: 'question' })
  goTo(10)
  await say('turning-2', { author: 'turning', replyTo: 'turning', intent: 'complaint' })
  // An hour in all from the first message.
  expect((await read(id)).due).toMatchObject({ at: at(60).toISOString() })
  goTo(12)
  await say('turning-3', { author: 'turning', replyTo: 'turning', intent: 'praise' })
  expect((await read(id)).due).toMatchObject({ at: at(60).toISOString() })
})

test('a changed promise holds for what begins afterwards, and what it said before can be read', async () => {
  goTo(1)
  const before = await say('before', { intent: 'complaint' })
  goTo(2)
  const shorter = policyOf({
    ...{ name: 'Complaints', hoursId, conditions: { kinds: ['complaint'] } },
    targets: [{ metric: 'first-reply', minutes: 30 }],
  })
  const changed = await owner.call('PUT', `/orgs/{org}/promises/${complaints.id}`, shorter)
  expect(changed.body).toMatchObject([{ id: complaints.id, number: 2, madeBy: { id: owner.memberId } }, { number: 1 }])
  goTo(3)
  await say('before-2', { author: 'before', replyTo: 'before', intent: 'complaint' })
  const after = await say('after', { intent: 'complaint' })
  expect((await read(before)).due).toMatchObject({ at: at(61).toISOString() })
  expect((await read(after)).due).toMatchObject({ at: at(33).toISOString() })
  const versions = await owner.call('GET', `/orgs/{org}/promises/${complaints.id}/versions`)
  expect(versions.body).toMatchObject([
    { number: 2, heldFrom: at(2).toISOString(), heldUntil: null, madeBy: { id: owner.memberId } },
    { number: 1, heldUntil: at(2).toISOString() },
  ])
  expect(versions.body[1].policy.targets[0].minutes).toBe(60)
})

test('a promise that was ended is listed with who ended it, and its history can be read', async () => {
  const made = await owner.call(
    'POST',
    '/orgs/{org}/promises',
    policyOf({ ...{ name: 'Press', hoursId }, targets: [{ metric: 'first-reply', minutes: 90 }] }),
  )
  const { id } = made.body.at(-1)
  expect((await owner.call('GET', '/orgs/{org}/promises/ended')).body).toEqual([])
  goTo(3.5)
  expect((await owner.call('DELETE', `/orgs/{org}/promises/${id}`)).status).toBe(200)
  const ended = await (await world.as('viewer')).call('GET', '/orgs/{org}/promises/ended')
  expect(ended.body).toMatchObject([
    { id, number: 1, policy: { name: 'Press' }, endedAt: at(3.5).toISOString(), endedBy: { id: owner.memberId } },
  ])
  const versions = await owner.call('GET', `/orgs/{org}/promises/${id}/versions`)
  expect(versions.body).toMatchObject([{ number: 1, heldFrom: at(3).toISOString(), heldUntil: at(3.5).toISOString() }])
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/promises/ended')).body).toEqual([])
})

test('changed hours make new versions of the promises in them', async () => {
  goTo(4)
  const list = await owner.call('GET', '/orgs/{org}/business-hours')
  const { hours } = list.body[0]
  const changed = await owner.call('PUT', `/orgs/{org}/business-hours/${hoursId}`, {
    ...{ name: 'Service', hours: { ...hours, closed: [{ day: '2027-01-13', name: 'Moving' }] } },
  })
  expect(changed.body.usedBy).toEqual(['Complaints', 'Everything else'])
  const numbers = (await owner.call('GET', '/orgs/{org}/promises')).body.map((each: { number: number }) => each.number)
  expect(numbers).toEqual([3, 2])
  const removed = await owner.call('DELETE', `/orgs/{org}/business-hours/${hoursId}`)
  expect(removed).toMatchObject({ status: 409, body: { data: { code: 'hours-in-use' } } })
})

test('handed to a department with a promise of its own, it is due by that one', async () => {
  goTo(5)
  const department = await owner.call('POST', '/orgs/{org}/departments', { name: 'Night desk' })
  const own = await makePromise({
    ...{ name: 'Night desk', conditions: { departmentIds: [department.body.id] } },
    targets: [{ metric: 'first-reply', minutes: 20, hours: 'calendar' }],
  })
  const ids = (await owner.call('GET', '/orgs/{org}/promises')).body.map((each: { id: string }) => each.id)
  const ordered = [own.id, ...ids.filter((id: string) => id !== own.id)]
  expect((await owner.call('PUT', '/orgs/{org}/promises/order', { ids: ordered })).body[0].id).toBe(own.id)
  expect((await owner.call('PUT', '/orgs/{org}/promises/order', { ids: [own.id] })).status).toBe(409)
  const id = await say('night', { intent: 'question' })
  goTo(15)
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: department.body.id })
  expect((await read(id)).due).toMatchObject({ at: at(25).toISOString() })
  expect((await clocks(id))[0]).toMatchObject({ promise: 'Night desk' })
})

test('closed without an answer nothing is owed; spam stays owed nothing whatever comes', async () => {
  goTo(20)
  const id = await say('seller', { intent: 'question' })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/state`, { to: 'closed', reason: 'spam' })
  expect((await read(id)).due).toBeNull()
  goTo(21)
  await say('seller-2', { author: 'seller', replyTo: 'seller', intent: 'question' })
  expect((await read(id)).due).toBeNull()
  expect(await clocks(id)).toMatchObject([{ state: 'waived', waivedFor: 'solved' }])
})

test('due soon, broken, not acknowledged: each level is told once, also by two workers at the same time', async () => {
  goTo(300)
  await owner.call('PUT', '/orgs/{org}/promise-ladder', { minutes: [10, 10, 10], always: [] })
  const service = await world.as('contributor')
  const boss = await world.as('manager')
  const department = await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })
  for (const { memberId } of [service, boss])
    await owner.call('PATCH', `/orgs/{org}/members/${memberId}`, { departmentId: department.body.id })
  const id = await say('waiting', { intent: 'complaint' })
  const give = { ownerId: service.memberId, departmentId: department.body.id }
  expect((await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, give)).status).toBe(200)
  const { due } = await read(id)
  const minutes = (instant: string) => (Date.parse(instant) - at(0).getTime()) / 60_000
  const kinds = async () => (await notified(id)).map(({ member_id, kind }) => [member_id, kind])
  goTo(minutes(due.soonAt))
  await Promise.all([climb(), climb()])
  expect(await kinds()).toEqual([[service.memberId, 'promise-due-soon']])
  goTo(minutes(due.at) - 1)
  await service.call('POST', `/orgs/{org}/conversations/${id}/acknowledge`, {})
  await climb()
  expect(await kinds()).toHaveLength(1)
  goTo(minutes(due.at))
  await Promise.all([climb(), climb(), climb()])
  // Nobody is deputy: the manager at once.
  expect(await kinds()).toEqual([
    [service.memberId, 'promise-due-soon'],
    [boss.memberId, 'promise-broken'],
  ])
  expect(
    (await owner.call('GET', '/orgs/{org}/conversations?due=overdue&order=due&state=all')).body.items,
  ).toContainEqual(expect.objectContaining({ id }))
  goTo(minutes(due.at) + 1)
  const acknowledged = await boss.call('POST', `/orgs/{org}/conversations/${id}/acknowledge`, {})
  expect(acknowledged.body[0]).toMatchObject({ state: 'overdue', acknowledgedBy: { id: boss.memberId } })
  goTo(minutes(due.at) + 500)
  await climb()
  expect(await kinds()).toHaveLength(2)
  const events = await owner.call('GET', '/orgs/{org}/events?limit=100')
  const verbs = events.body.items.filter((each: { subject: { id: string } }) => each.subject.id === id)
  expect(
    verbs.map((each: { verb: string }) => each.verb).filter((verb: string) => verb.startsWith('promise.')),
  ).toEqual([...['promise.acknowledged', 'promise.broken', 'promise.acknowledged', 'promise.due-soon']])
})

test('nobody sees or changes the promises of another organisation', async () => {
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/promises')).body).toEqual([])
  expect((await stranger.call('DELETE', `/orgs/{org}/promises/${complaints.id}`)).status).toBe(404)
})
