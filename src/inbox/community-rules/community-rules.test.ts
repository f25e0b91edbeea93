// Rules of communities over HTTP: said for an account, suggested with the reason to whoever moderates, and nothing is done by itself.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import type { Labels } from '../../listening/mentions/types.ts'
import { keep, network, owner, ownHandle, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

let account = ''
const rules = { mostLinks: 1, emptyPraise: true, promotion: true, own: [{ text: 'No politics', words: ['election'] }] }

useInbox(async () => {
  network.createAccount('ann')
  const [own] = (await owner.call('GET', '/orgs/{org}/accounts')).body
  account = own.id
  const post = network.say(ownHandle(), 'The new shoe')
  const { id } = network.say('ann', 'two links', { replyTo: post.id })
  const said = (name: string, text: string, more: object = {}) =>
    saying(saidOf(name, { text, replyTo: name === 'links' ? 'post' : 'links', ...more }))
  const label = ({ text }: { text: string }): Labels =>
    ({ language: 'en', sentiment: 1, intent: text === 'So nice' ? 'praise' : null }) as Labels
  await keep(
    [
      said('links', 'See https://a.example and https://b.example', { ref: { id, url: '' } }),
      said('praise', 'So nice'),
      said('fine', 'What is the sole made of?'),
      said('hidden', 'Who wins the election?', { marks: ['hidden'] }),
      said('ours', 'https://a.example https://b.example', { isOurs: true }),
    ],
    label,
  )
  const talk = { isPrivate: true, kind: 'message', thread: 'talk', root: null, replyTo: null, about: null } as const
  await keep([saying(saidOf('secret', { ...talk, text: 'Who wins the election?' }))])
})

const change = (session = owner, given: object = rules) =>
  session.call('PUT', `/orgs/{org}/accounts/${account}/community-rules`, { rules: given })

async function talk(isPrivate: boolean) {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations')).body
  const { id } = items.find((each: { isPrivate: boolean }) => each.isPrivate === isPrivate)
  const messages = (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items
  const idOf = (text: string) => messages.find((each: { text: string }) => each.text.startsWith(text)).id as string
  const suggestions = async () =>
    (await owner.call('GET', `/orgs/{org}/conversations/${id}/moderation/suggestions`)).body
  return { id, idOf, suggestions }
}

test('are said by those who lead, checked, and on record', async () => {
  expect((await (await talk(false)).suggestions()).rules).toBeNull()
  expect((await change(await world.as('contributor'))).status).toBe(403)
  const wrong = await change(owner, { ...rules, mostLinks: -1 })
  expect(wrong.body.data.field).toBe('rules.mostLinks')
  expect((await change()).status).toBe(204)
  expect((await owner.call('GET', '/orgs/{org}/community-rules')).body).toMatchObject([{ accountId: account, rules }])
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  expect(items[0]).toMatchObject({ verb: 'community-rules.changed', subject: { kind: 'account', id: account } })
  const stranger = await world.as('owner', world.theirs)
  expect((await change(stranger)).status).toBe(404)
})

test('name comments of others below our posts that stand there, with the reason, and touch nothing', async () => {
  await change()
  const { idOf, suggestions } = await talk(false)
  expect(new Set((await suggestions()).items.map((each: object) => JSON.stringify(each)))).toEqual(
    new Set(
      [
        { messageId: idOf('See'), broken: [{ rule: 'links', reason: '2 links; at most 1 is allowed' }] },
        {
          messageId: idOf('So nice'),
          broken: [{ rule: 'empty-praise', reason: 'Praise in 2 words, and nothing of what' }],
        },
      ].map((each) => JSON.stringify(each)),
    ),
  )
  // What is said in private is said in no community.
  expect((await (await talk(true)).suggestions()).items).toEqual([])
  expect(network.posts().find(({ text }) => text === 'two links')?.hidden ?? false).toBe(false)
})

test('whoever moderates lets it stand, looks again, or does what the network offers, with the rule on record', async () => {
  await change()
  const { id, idOf, suggestions } = await talk(false)
  const links = idOf('See')
  const stand = `/orgs/{org}/conversations/${id}/messages/${links}/let-stand`
  const named = async () => (await suggestions()).items.map(({ messageId }: { messageId: string }) => messageId)
  expect((await (await world.as('viewer')).call('PUT', stand)).status).toBe(403)
  expect((await owner.call('PUT', stand)).status).toBe(204)
  expect(await named()).not.toContain(links)
  expect((await owner.call('DELETE', stand)).status).toBe(204)
  expect(await named()).toContain(links)
  const unknown = stand.replace(links, newId())
  expect((await owner.call('PUT', unknown)).status).toBe(404)
  const ours = `/orgs/{org}/conversations/${id}/messages/${idOf('https')}/let-stand`
  expect((await owner.call('PUT', ours)).status).toBe(404)
  const acted = await owner.call('POST', `/orgs/{org}/conversations/${id}/messages/${links}/moderate`, {
    ...{ action: 'hide', rule: 'links' },
  })
  expect(acted.status).toBe(204)
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  const moderated = items.find(({ verb }: { verb: string }) => verb === 'message.moderated')
  expect(moderated.facts).toMatchObject({ action: 'hide', rule: 'links' })
})
