// What each person has not read: from outside, since they opened it, wherever it stands; nobody else sees that, and walls hold for counts.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
const after = (minutes: number) => new Date(start.getTime() + minutes * minute)
useInbox(() => keep(['ann', 'ben', 'cy'].map((id) => saying(saidOf(id, { author: by(id) })))))

const later = (minutes: number) => setNow(new Date(currentTime().getTime() + minutes * minute))
type One = { id: string; isUnread: boolean; contact: { name: string } }
const list = async (person: TestSession): Promise<One[]> =>
  (await person.call('GET', '/orgs/{org}/conversations?state=all')).body.items
const unreadOf = async (person: TestSession): Promise<string[]> =>
  (await list(person))
    .filter(({ isUnread }) => isUnread)
    .map(({ contact }) => contact.name)
    .sort()
const idOf = async (name: string) => (await list(owner)).find(({ contact }) => contact.name === name)!.id
const counts = async (person: TestSession) => (await person.call('GET', '/orgs/{org}/conversations/counts')).body.unread
const mark = async (person: TestSession, name: string, isRead: boolean) =>
  person.call('PUT', `/orgs/{org}/conversations/${await idOf(name)}/read`, { isRead })

test('what somebody opened is read for them alone, until somebody outside speaks again', async () => {
  const colleague = await world.as('viewer')
  expect(await unreadOf(owner)).toEqual(['ann', 'ben', 'cy'])
  expect((await mark(owner, 'ann', true)).body).toEqual({ isUnread: false })
  expect(await unreadOf(owner)).toEqual(['ben', 'cy'])
  expect((await owner.call('GET', `/orgs/{org}/conversations/${await idOf('ann')}`)).body.isUnread).toBe(false)
  expect(await unreadOf(colleague)).toEqual(['ann', 'ben', 'cy'])
  later(1)
  // What we say ourselves is no news.
  await keep([saying(saidOf('ours', { isOurs: true, author: by('we'), replyTo: 'ann', at: after(2) }))])
  expect(await unreadOf(owner)).toEqual(['ben', 'cy'])
  later(1)
  await keep([saying(saidOf('ann-2', { author: by('ann'), replyTo: 'ann', at: after(3) }))])
  expect(await unreadOf(owner)).toEqual(['ann', 'ben', 'cy'])
  await mark(owner, 'ann', true)
  later(1)
  // What its network tells late was not read either.
  await keep([saying(saidOf('ann-0', { author: by('ann'), replyTo: 'ann', at: after(1) }))])
  expect(await unreadOf(owner)).toContain('ann')
})

test('it is put back, also where nothing new was said', async () => {
  for (const name of ['ann', 'ben', 'cy']) await mark(owner, name, true)
  expect(await unreadOf(owner)).toEqual([])
  expect((await mark(owner, 'ben', false)).body).toEqual({ isUnread: true })
  expect(await unreadOf(owner)).toEqual(['ben'])
  expect(await counts(owner)).toEqual({ open: 1, mine: 0, nobodys: 1 })
  await mark(owner, 'ben', true)
  expect(await counts(owner)).toEqual({ open: 0, mine: 0, nobodys: 0 })
})

test('counted where it stands: mine, nobody’s, and in kept views', async () => {
  for (const name of ['ann', 'ben', 'cy']) await mark(owner, name, false)
  await owner.call('POST', `/orgs/{org}/conversations/${await idOf('ann')}/assign`, { ownerId: owner.memberId })
  expect(await counts(owner)).toEqual({ open: 3, mine: 1, nobodys: 2 })
  await owner.call('POST', `/orgs/{org}/conversations/${await idOf('cy')}/state`, { to: 'closed', reason: 'answered' })
  expect(await counts(owner)).toEqual({ open: 2, mine: 1, nobodys: 1 })
  const view = await owner.call('POST', '/orgs/{org}/conversation-views', { name: 'All', list: { state: 'all' } })
  const counted = () => owner.call('GET', '/orgs/{org}/conversation-views/counts')
  expect((await counted()).body).toEqual([{ id: view.body.id, count: 3, unread: 3, isWhole: true }])
  await mark(owner, 'ben', true)
  expect((await counted()).body).toMatchObject([{ count: 3, unread: 2 }])
  await owner.call('POST', `/orgs/{org}/conversations/${await idOf('cy')}/state`, { to: 'open' })
})

test('put together it is unread for whoever has not read both; taken apart it is as it was', async () => {
  later(1)
  await keep([
    saying(saidOf('dee', { author: by('dee'), thread: 'one' })),
    saying(saidOf('dee-2', { author: by('dee'), thread: 'two', root: { id: 'two', url: '' }, replyTo: null })),
  ])
  const colleague = await world.as('contributor')
  const [from, into] = (await list(owner)).filter(({ contact }) => contact.name === 'dee')
  const read = (id: string) => owner.call('PUT', `/orgs/{org}/conversations/${id}/read`, { isRead: true })
  await read(into!.id)
  await colleague.call('PUT', `/orgs/{org}/conversations/${into!.id}/read`, { isRead: true })
  const merged = await owner.call('POST', `/orgs/{org}/conversations/${into!.id}/merge`, { from: from!.id })
  expect(merged.status).toBe(201)
  for (const person of [owner, colleague])
    expect((await list(person)).find(({ id }) => id === into!.id)?.isUnread).toBe(true)
  await read(into!.id)
  const { items } = (await owner.call('GET', `/orgs/{org}/conversations/${into!.id}/messages`)).body
  const split = await owner.call('POST', `/orgs/{org}/conversations/${into!.id}/split`, {
    messageId: items[0].id,
    what: 'one',
  })
  expect(split.status).toBe(201)
  expect((await list(owner)).filter(({ contact }) => contact.name === 'dee').map(({ isUnread }) => isUnread)).toEqual([
    false,
    false,
  ])
})

test('what was put together and is taken apart again is as read as before', async () => {
  later(1)
  await keep([
    saying(saidOf('gus', { author: by('gus'), thread: 'three' })),
    saying(saidOf('gus-2', { author: by('gus'), thread: 'four', root: { id: 'four', url: '' }, replyTo: null })),
  ])
  const [reader, putter, whole] = [owner, await world.as('contributor'), await world.as('contributor')]
  const [from, into] = (await list(owner)).filter(({ contact }) => contact.name === 'gus').map(({ id }) => id)
  const markBy = (person: TestSession, isRead: boolean) =>
    person.call('PUT', `/orgs/{org}/conversations/${into}/read`, { isRead })
  for (const person of [reader, putter, whole]) await markBy(person, true)
  const merged = await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })
  expect(merged.status).toBe(201)
  const isUnread = async (person: TestSession, id = into) =>
    (await list(person)).find((each) => each.id === id)?.isUnread
  for (const person of [reader, putter, whole]) expect(await isUnread(person)).toBe(true)
  await markBy(putter, false)
  await markBy(whole, true)
  expect((await owner.call('POST', `/orgs/{org}/conversation-joins/${merged.body.id}/undo`)).status).toBe(200)
  expect([await isUnread(reader), await isUnread(putter), await isUnread(whole)]).toEqual([false, true, false])
  expect(await isUnread(reader, from)).toBe(true)
})

test('behind a wall nothing of it is there: no mark, no count, no route', async () => {
  const [inside, outside] = [await world.as('contributor'), await world.as('contributor')]
  const before = await counts(outside)
  const hr = (await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })).body
  await owner.call('PATCH', `/orgs/{org}/members/${inside.memberId}`, { departmentId: hr.id })
  const id = await idOf('cy')
  await outside.call('PUT', `/orgs/{org}/conversations/${id}/read`, { isRead: false })
  await owner.call('PUT', `/orgs/{org}/departments/${hr.id}/wall`, { walled: true })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: hr.id, note: 'Yours' })
  expect((await counts(inside)).open).toBe(before.open)
  expect((await counts(outside)).open).toBe(before.open - 1)
  for (const isRead of [true, false])
    expect((await outside.call('PUT', `/orgs/{org}/conversations/${id}/read`, { isRead })).status).toBe(404)
  expect((await inside.call('PUT', `/orgs/{org}/conversations/${id}/read`, { isRead: true })).status).toBe(200)
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('PUT', `/orgs/{org}/conversations/${id}/read`, { isRead: true })).status).toBe(404)
})

test('what was there before it was kept is read, also when the conversation is told anew', async () => {
  later(1)
  const old = { author: by('eve'), at: after(5) }
  await keep([saying(saidOf('eve', old))])
  await asSystem(world.services.db, async (tx) => {
    await tx.updateTable('organisations').set({ unread_since: currentTime() }).where('id', '=', world.ours).execute()
    await tx
      .updateTable('conversations')
      .set({ heard_at: null })
      .where('id', '=', await idOf('eve'))
      .execute()
  })
  later(1)
  await keep([saying(saidOf('eve', { ...old, text: 'In other words' }))])
  expect(await unreadOf(owner)).not.toContain('eve')
  await keep([saying(saidOf('eve-2', { author: by('eve'), replyTo: 'eve', at: after(6) }))])
  expect(await unreadOf(owner)).toContain('eve')
})
