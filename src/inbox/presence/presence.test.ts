// Who reads and who writes, over HTTP and through the notices of the database: the lock, taking it over, its end, and sending under it.

import { beforeAll, expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { followConversations } from '../conversations/live.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'
import { forgetPresence } from './actions.ts'
import { goneMs, lockMs } from './rules.ts'

useInbox(() => keep([saying(saidOf('1'))]))

let ada: TestSession
let ben: TestSession
let viewer: TestSession
let path: string
let id: string

beforeAll(async () => {
  ;[ada, ben, viewer] = [await world.as('contributor'), await world.as('contributor'), await world.as('viewer')]
  id = (await owner.call('GET', '/orgs/{org}/conversations')).body.items[0].id
  path = `/orgs/{org}/conversations/${id}`
})

const attend = async (who: TestSession, writing = false) =>
  (await who.call('POST', `${path}/presence`, { writing })).body
const later = (ms: number) => setNow(new Date(currentTime().getTime() + ms))

test('others are seen by name, until they go or are not heard of', async () => {
  expect(await attend(ada)).toEqual({ others: [], writer: null })
  expect((await attend(ben)).others).toEqual([{ id: ada.memberId, name: 'A person, contributor' }])
  expect((await attend(viewer)).others).toHaveLength(2)
  expect((await viewer.call('DELETE', `${path}/presence`)).status).toBe(204)
  expect((await attend(ada)).others.map((each: { id: string }) => each.id)).toEqual([ben.memberId])
  later(goneMs + 1)
  expect((await attend(ada)).others).toEqual([])
})

test('whoever writes first has the lock while keys are pressed; others may take it over, and it ends by itself', async () => {
  const first = await attend(ada, true)
  expect(first.writer).toMatchObject({ isMe: true, person: { id: ada.memberId } })
  expect((await attend(ben, true)).writer).toMatchObject({ isMe: false, person: { id: ada.memberId } })
  later(lockMs - 1_000)
  const { since } = (await attend(ada, true)).writer
  expect(since).toBe(first.writer.since)
  later(lockMs - 1_000)
  expect((await attend(ben, true)).writer.isMe).toBe(false)
  later(2_000)
  expect((await attend(ben, true)).writer).toMatchObject({ isMe: true })
  expect((await ada.call('POST', `${path}/presence/take-over`, {})).body.writer).toMatchObject({ isMe: true })
  expect((await attend(ben, true)).writer).toMatchObject({ person: { id: ada.memberId } })
  // Who may not answer writes none.
  await ada.call('DELETE', `${path}/presence`)
  expect((await attend(viewer, true)).writer).toBeNull()
  expect((await viewer.call('POST', `${path}/presence/take-over`, {})).status).toBe(403)
})

test('of many who begin at the same moment one has the lock', async () => {
  later(lockMs + 1)
  const told = await Promise.all([ada, ben, ada, ben, owner].map((who) => attend(who, true)))
  const writer = (await owner.call('GET', `${path}/presence`)).body.writer.person.id
  expect(new Set(told.filter((each) => each.writer.isMe).map((each) => each.writer.person.id))).toEqual(
    new Set([writer]),
  )
  later(lockMs + 1)
})

test('sending while somebody else writes asks first, and ends one’s own writing', async () => {
  await attend(ada, true)
  const refused = await ben.call('POST', `${path}/answers`, { text: 'Me too' })
  expect(refused).toMatchObject({
    ...{
      status: 409,
      body: { data: { code: 'somebody-writes', field: 'text', params: { name: 'A person, contributor' } } },
    },
  })
  expect((await ben.call('POST', `${path}/answers`, { text: 'Me too', anyway: true })).status).toBe(201)
  expect((await attend(ben)).writer).toMatchObject({ person: { id: ada.memberId } })
  expect((await ada.call('POST', `${path}/answers`, { text: 'And I' })).status).toBe(201)
  expect((await attend(ben)).writer).toBeNull()
})

test('open pages hear of who comes, writes and leaves, and not of who merely stays', async () => {
  later(goneMs + lockMs)
  const stop = new AbortController()
  const live = followConversations(world.services, { orgId: world.ours } as never, stop.signal)
  // Until it is open: what is told before that nobody hears, and it is told once.
  await live.next()
  const heard: (string[] | undefined)[] = []
  const heardOf = (count: number) => expect.poll(() => heard.length, { timeout: 10_000 }).toBe(count)
  const listening = (async () => {
    for await (const { present } of live) if (present) heard.push(present)
  })()
  await attend(ada)
  await heardOf(1)
  for (let times = 0; times < 3; times++) await attend(ada)
  await attend(ada, true)
  await heardOf(2)
  await attend(ada, true)
  await ada.call('DELETE', `${path}/presence`)
  await heardOf(3)
  expect(heard.flat()).toEqual([id, id, id])
  stop.abort()
  await listening
})

test('what is over is forgotten, and another organisation sees nobody', async () => {
  await attend(ada, true)
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', `${path}/presence`)).status).toBe(404)
  expect((await stranger.call('POST', `${path}/presence`, {})).status).toBe(404)
  later(2 * 3_600_000)
  await forgetPresence(world.services)
  const left = await asSystem(world.services.db, (tx) => tx.selectFrom('conversation_readers').selectAll().execute())
  expect(left).toEqual([])
})
