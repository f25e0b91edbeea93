// Taking a sent answer back over HTTP, at the practice network: away there, then here; said before where a network keeps what was sent.

import { expect, test } from 'vitest'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { newId } from '../../lib/ids.ts'
import { canTakeBack } from '../../publishing/answers/withdraw-answer.ts'
import { startWorker } from '../../publishing/delivery/worker.ts'
import { keep, network, owner, ownHandle, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

useInbox(async () => {
  network.createAccount('ann')
  const ours = network.say(ownHandle(), 'The new shoe')
  const { id } = network.say('ann', 'Does it fit?', { replyTo: ours.id })
  await keep([saying(saidOf('asked', { ref: { id, url: '' }, root: { id: ours.id, url: '' } }))])
})

const path = async () =>
  `/orgs/{org}/conversations/${(await owner.call('GET', '/orgs/{org}/conversations')).body.items[0].id}`

async function sent(text: string): Promise<string> {
  const answerId = newId()
  expect((await owner.call('POST', `${await path()}/answers`, { answerId, text })).status).toBe(201)
  const media = () => Promise.reject(new Error('no files here'))
  const worker = startWorker(
    { services: world.services, connectorOf: () => createFakeConnector(), media },
    { pollMs: 20 },
  )
  await expect.poll(async () => (await standing(answerId)).state, { timeout: 10_000 }).toBe('published')
  await worker.stop()
  return answerId
}

const standing = async (answerId: string) =>
  (await owner.call('GET', `${await path()}/answers`)).body.items.find(({ id }: { id: string }) => id === answerId)

const there = (text: string) => network.posts().filter((post) => post.text.includes(text))

test('it is away at the network and says so here, once, however often it is asked for', async () => {
  const answerId = await sent('It does fit')
  expect(await standing(answerId)).toMatchObject({ may: ['withdraw'] })
  expect((await owner.call('GET', `${await path()}/answers`)).body.takesBack).toBe(true)
  expect(there('It does fit')).toHaveLength(1)
  const one = `${await path()}/answers/${answerId}/withdraw`
  const both = await Promise.all([1, 2].map(() => owner.call('POST', one, {})))
  expect(both.map(({ status }) => status).sort()[0]).toBe(200)
  expect(there('It does fit')).toEqual([])
  expect(await standing(answerId)).toMatchObject({ state: 'removed', words: 'Deleted at the network', may: [] })
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  expect(items.filter(({ verb }: { verb: string }) => verb === 'answer.withdrawn')).toHaveLength(1)
  expect((await owner.call('POST', one, {})).body.data).toMatchObject({ code: 'nothing-to-withdraw' })
})

test('under another conversation, in another organisation or without the right it is not taken back', async () => {
  const answerId = await sent('Once more')
  const one = `${await path()}/answers/${answerId}/withdraw`
  const other = `/orgs/{org}/conversations/${newId()}/answers/${answerId}/withdraw`
  expect((await owner.call('POST', other, {})).status).toBe(404)
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('POST', one, {})).status).toBe(404)
  const viewer = await world.as('viewer')
  expect((await viewer.call('POST', one, {})).status).toBe(403)
  expect(there('Once more')).toHaveLength(1)
})

test('a network says which of its answers last', () => {
  expect(canTakeBack({ connector: 'fake' }, 'reply')).toBe(true)
  expect(canTakeBack({ connector: 'bluesky' }, 'reply')).toBe(true)
  expect(canTakeBack({ connector: 'bluesky' }, 'message')).toBe(false)
  expect(canTakeBack({ connector: 'mailbox' }, 'mail')).toBe(false)
})
