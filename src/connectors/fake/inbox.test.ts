// Conversations on the practice network: the inbox suite, and what each kind of message looks like.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../contract.ts'
import type { Said } from '../converse.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { type InboxUnderTest, inboxSession, Reader, replyTo } from '../testing/inbox-reader.ts'
import { inboxSuite } from '../testing/inbox-suite.ts'
import { createTestSession } from '../testing/session.ts'
import { fake } from './index.ts'
import { type FakeNetwork, startFakeNetwork } from './server.ts'

let network: FakeNetwork
let underTest: InboxUnderTest

async function setUp(): Promise<InboxUnderTest> {
  network = await startFakeNetwork()
  const faults = await startFaultServer(network.url)
  const mine = network.createAccount('brand')
  network.createAccount('kim')
  const [method] = fake.auth
  if (method?.kind !== 'fields') throw new Error('the practice network connects by a form')
  const session = createTestSession({ allowPrivate: [faults.host] })
  const values = { url: faults.url, handle: mine.handle, token: mine.token }
  const connection: Connection = await method.connect(session, values)
  const post = network.say('brand', 'Our new shoe')
  const urlOf = ({ author, id }: { author: string; id: string }) => `${network.url}/@${author}/${id}`
  const idOf = (url: string) => url.split('/').at(-1)!
  underTest = {
    connector: fake,
    connection,
    faults,
    allowPrivate: [faults.host],
    say: async (text, { answers } = {}) =>
      urlOf(network.say('kim', text.toWellFormed(), { replyTo: answers?.ref.id ?? post.id })),
    async saysToNobody(text) {
      const url = urlOf(network.say('kim', text))
      return { id: url, url }
    },
    edit: async (url, text) => network.edit(idOf(url), text),
    remove: async (url) => network.remove(idOf(url)),
    saysElsewhere: async (text, said) => urlOf(network.say('brand', text, { replyTo: said.ref.id })),
    copies: async (word) => network.posts().filter(({ text }) => text.includes(word)).length,
    isWrite: ({ method, path }) => method === 'POST' && path === '/api/posts',
    async stop() {
      await faults.stop()
      await network.stop()
    },
  }
  return underTest
}

inboxSuite('The practice network', setUp, { many: 260, kind: 'reply' })

describe('the practice network', () => {
  beforeAll(setUp)
  afterAll(() => underTest.stop())

  const heard = async (post: { author: string; id: string }): Promise<Said> =>
    new Reader({ network: underTest }).reads(`${network.url}/@${post.author}/${post.id}`)

  test('each kind of message is told as what it is', async () => {
    const mine = network.say('brand', 'Twenty kilometres')
    expect(await heard(network.say('kim', 'Nice', { replyTo: mine.id, comment: true }))).toMatchObject({
      kind: 'comment',
      about: { id: mine.id, title: 'Twenty kilometres' },
    })
    expect(await heard(network.say('kim', 'look, @brand!'))).toMatchObject({ kind: 'mention', about: null })
    expect(await heard(network.say('kim', 'too narrow', { to: 'brand', rating: 0.4 }))).toMatchObject({
      kind: 'review',
      rating: 0.4,
      isPrivate: false,
    })
    expect(await heard(network.say('kim', 'between us', { to: 'brand' }))).toMatchObject({
      kind: 'message',
      isPrivate: true,
    })
  })

  test('a direct message is answered where nobody else reads', async () => {
    network.createAccount('eve')
    const said = await heard(network.say('kim', 'my number is 7', { to: 'brand' }))
    const part = replyTo(said, 'thank you')
    const session = inboxSession(underTest)
    const prepared = await fake.inbox!.answer!.prepare!(session, part, 'k')
    await fake.inbox!.answer!.submit(session, prepared, 'k')
    const sent = network.posts().at(-1)!
    expect(sent).toMatchObject({ text: 'thank you', to: 'kim' })
    expect(await heard(sent)).toMatchObject({ isOurs: true, isPrivate: true, thread: said.thread })
    const { access } = network.signIn('eve')
    for (const path of ['inbox', 'feed', `posts/${sent.id}/thread`]) {
      const answer = await fetch(`${network.url}/api/${path}`, { headers: { authorization: `Bearer ${access}` } })
      expect(await answer.text()).not.toContain('thank you')
    }
  })

  test('what is hidden is marked so, and whoever is muted is not told', async () => {
    const mine = network.say('brand', 'Rules of the race')
    const said = await heard(network.say('kim', 'rude', { replyTo: mine.id }))
    const reader = await new Reader({ network: underTest }).drain()
    const { moderate } = fake.inbox!
    await moderate!.act(inboxSession(underTest), 'hide', said.ref)
    await reader.drain()
    expect(reader.find(said.id)?.marks).toEqual(['hidden'])
    await moderate!.act(inboxSession(underTest), 'mute-author', said.ref)
    const unheard = network.say('kim', '@brand again')
    await reader.drain()
    expect(reader.find(`${network.url}/@kim/${unheard.id}`)).toBeUndefined()
    await moderate!.act(inboxSession(underTest), 'unmute-author', said.ref)
  })
})
