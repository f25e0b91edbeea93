// Conversations over HTTP on the real database: lists, who has one, states and their undo, notes, another organisation, live.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { followConversations } from './live.ts'
import { wakeConversations } from './wake.ts'

useInbox(() =>
  keep([
    saying(saidOf('1', { at: new Date(start.getTime() + minute) })),
    saying(saidOf('2', { author: { id: 'ben', handle: 'ben', name: 'Ben', url: null, followers: null } })),
    saying(saidOf('3', { replyTo: '1', isOurs: true, at: new Date(start.getTime() + 2 * minute) })),
  ]),
)

const list = async (query = '') => (await owner.call('GET', `/orgs/{org}/conversations${query}`)).body.items
const of = async (name: string) =>
  (await list('?state=all')).find((each: { contact: { name: string } }) => each.contact.name === name)

test('what has the newest words comes first; whoever waits longest comes first where that is asked', async () => {
  expect(await list()).toMatchObject([
    { contact: { name: 'Ann' }, messages: 2, lastIsOurs: true, waitingSince: null, preview: 'This is 3' },
    { contact: { name: 'Ben' }, messages: 1, waitingSince: start.toISOString(), state: 'open' },
  ])
  expect(await list('?order=waiting')).toMatchObject([{ contact: { name: 'Ben' } }])
  const counts = await owner.call('GET', '/orgs/{org}/conversations/counts')
  const unread = { open: 2, mine: 0, nobodys: 2 }
  expect(counts.body).toEqual({ open: 2, mine: 0, nobodys: 2, waiting: 1, snoozed: 0, due: 0, unread })
})

test('pages neither skip nor repeat', async () => {
  for (const order of ['newest', 'waiting']) {
    const all = (await list(`?order=${order}`)).map(({ id }: { id: string }) => id)
    const first = await owner.call('GET', `/orgs/{org}/conversations?limit=1&order=${order}`)
    const rest = first.body.nextCursor
      ? await owner.call('GET', `/orgs/{org}/conversations?limit=5&order=${order}&cursor=${first.body.nextCursor}`)
      : { body: { items: [] } }
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual(all)
  }
})

test('messages and history are read newest first, with what each answers', async () => {
  const { id } = await of('Ann')
  const said = await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)
  expect(said.body.items).toMatchObject([
    { text: 'This is 3', isOurs: true, replyTo: said.body.items[1].id },
    { text: 'This is 1', isOurs: false, author: { name: 'Ann' }, replyTo: null },
  ])
})

test('somebody takes one, a department gets it, and both are in its history', async () => {
  const { id } = await of('Ben')
  const department = await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })
  const given = await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, {
    ...{ ownerId: owner.memberId, departmentId: department.body.id, note: 'They know the kettle' },
  })
  expect(given.body).toMatchObject({ owner: { id: owner.memberId }, department: { name: 'Service' } })
  expect(await list('?holder=me')).toMatchObject([{ id }])
  const history = await owner.call('GET', `/orgs/{org}/conversations/${id}/history`)
  const kinds = history.body.items.map(({ kind, to, note }: Record<string, string>) => [kind, to, note])
  expect(kinds).toContainEqual(['department', 'Service', 'They know the kettle'])
  expect(kinds.map(([kind]: string[]) => kind).sort()).toEqual(['department', 'owner'])
  const nobody = await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { ownerId: newId() })
  expect(nobody).toMatchObject({ status: 422, body: { data: { code: 'not-in-organisation', field: 'ownerId' } } })
  const nowhere = await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: newId() })
  expect(nowhere.body.data).toMatchObject({ code: 'department-not-found', field: 'departmentId' })
})

test('closed with a reason, open again; put off until its time comes', async () => {
  const { id } = await of('Ann')
  const move = (body: object) => owner.call('POST', `/orgs/{org}/conversations/${id}/state`, body)
  expect((await move({ to: 'closed' })).body.data).toMatchObject({ code: 'reason-missing', field: 'reason' })
  expect((await move({ to: 'closed', reason: 'answered' })).body).toMatchObject({ state: 'closed', reason: 'answered' })
  expect((await move({ to: 'closed', reason: 'spam' })).body.data).toMatchObject({ code: 'conversation-there-already' })
  expect((await move({ to: 'open' })).body).toMatchObject({ state: 'open', reason: null, closedAt: null, reopened: 0 })
  expect((await move({ to: 'snoozed' })).body.data).toMatchObject({ code: 'until-missing', field: 'until' })
  expect((await move({ to: 'snoozed', until: start.toISOString() })).body.data).toMatchObject({ code: 'until-past' })
  const until = new Date(currentTime().getTime() + 60 * minute).toISOString()
  expect((await move({ to: 'snoozed', until })).body).toMatchObject({ state: 'snoozed', snoozedUntil: until })
  await wakeConversations(world.services)
  expect(await of('Ann')).toMatchObject({ state: 'snoozed' })
  setNow(new Date(until))
  await wakeConversations(world.services)
  expect(await of('Ann')).toMatchObject({ state: 'open', snoozedUntil: null })
})

test('a note is for colleagues and comes to pages that are open', async () => {
  const { id } = await of('Ben')
  const stop = new AbortController()
  const live = followConversations(world.services, { orgId: world.ours } as never, stop.signal)
  expect((await live.next()).value).toEqual({ ids: [] })
  const told = live.next()
  const made = await owner.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: 'Ask the workshop' })
  expect(made).toMatchObject({
    status: 201,
    body: { kind: 'note', note: 'Ask the workshop', by: { id: owner.memberId } },
  })
  expect((await told).value).toEqual({ ids: [id] })
  stop.abort()
  await live.return(undefined)
})

test('another organisation sees nothing of it', async () => {
  const { id } = await of('Ann')
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/conversations')).body.items).toEqual([])
  for (const path of ['', '/messages', '/history'])
    expect((await stranger.call('GET', `/orgs/{org}/conversations/${id}${path}`)).status).toBe(404)
  expect((await stranger.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: 'x' })).status).toBe(404)
})
