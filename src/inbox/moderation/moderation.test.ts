// Moderation against the practice network over HTTP: what it offers is done there and recorded; what it does not offer is refused.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { keep, network, owner, ownHandle, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

useInbox(async () => {
  network.createAccount('ann')
  const ours = network.say(ownHandle(), 'The new shoe')
  const { id } = network.say('ann', 'rude words', { replyTo: ours.id })
  const ref = { id, url: '' }
  await keep([saying(saidOf('rude', { ref })), saying(saidOf('ours', { isOurs: true, replyTo: 'rude' }))])
})

async function parts() {
  const [conversation] = (await owner.call('GET', '/orgs/{org}/conversations')).body.items
  const path = `/orgs/{org}/conversations/${conversation.id}`
  const { items } = (await owner.call('GET', `${path}/messages`)).body
  const byText = (text: string) => items.find((each: { text: string }) => each.text === text).id as string
  return { path, rude: byText('This is rude'), ours: byText('This is ours') }
}

test('what the network offers is done there, recorded, and taken back', async () => {
  const { path, rude } = await parts()
  expect((await owner.call('GET', `${path}/moderation`)).body).toContain('hide')
  for (const [action, hidden] of [
    ['hide', true],
    ['hide', true],
    ['unhide', false],
  ] as const) {
    expect((await owner.call('POST', `${path}/messages/${rude}/moderate`, { action })).status).toBe(204)
    expect(network.posts().find(({ text }) => text === 'rude words')?.hidden ?? false).toBe(hidden)
  }
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  expect(items.filter(({ verb }: { verb: string }) => verb === 'message.moderated')).toHaveLength(3)
})

test('our own messages, unknown ones, unknown actions and other organisations are refused', async () => {
  const { path, rude, ours } = await parts()
  const act = (id: string, action: string) => owner.call('POST', `${path}/messages/${id}/moderate`, { action })
  expect((await act(ours, 'hide')).status).toBe(404)
  expect((await act(newId(), 'hide')).status).toBe(404)
  expect((await act(rude, 'hold')).body.data).toMatchObject({ code: 'not-offered', field: 'action' })
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('POST', `${path}/messages/${rude}/moderate`, { action: 'hide' })).status).toBe(404)
})
