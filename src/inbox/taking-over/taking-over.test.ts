// What was heard becomes a conversation: by hand and by the rule of a topic, once, answerable where we have an account, and never of people who
// are not to be contacted.

import { beforeEach, expect, test } from 'vitest'
import { inOrg, lookEverywhere } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { handOnByRules } from '../../listening/handing-on/by-topic/actions.ts'
import { mentionId } from '../../listening/mentions/identity.ts'
import { labelsOf } from '../../listening/mentions/test-mentions.ts'
import { currentTime, keep, network, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { makePromise, tuesday } from '../promises/promises-world.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'
import { takeOverWaiting } from './actions.ts'
import { followTaken } from './follow.ts'
import { hear } from './heard.testing.ts'

useInbox(async () => {
  for (const each of ['ann', 'ben', 'cy', 'dang']) network.createAccount(each)
})

beforeEach(async () => {
  await inOrg(world.services.db, world.ours, async (tx) => {
    await tx.deleteFrom('hand_ons').execute()
    await tx.deleteFrom('conversations').execute()
    await tx.deleteFrom('authors').execute()
    await tx.updateTable('accounts').set({ server: network.url }).where('connector', '=', 'fake').execute()
  })
})

const take = (id: string, more: object = {}) =>
  owner.call('POST', `/orgs/{org}/mentions/${id}/take-over`, { reason: 'She waits', ...more })

const conversations = async () => (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body.items
const messagesOf = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items
const work = () => takeOverWaiting(world.services)
const later = (minutes: number) => setNow(new Date(currentTime().getTime() + minutes * minute))
const accounts = (change: { server: string }) =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.updateTable('accounts').set(change).where('connector', '=', 'fake').execute(),
  )

test('by hand: a conversation that says who wanted it and why, judged as others are, and answered by the account', async () => {
  const { id, url } = await hear('ann', 'My kettle leaks, does nobody care?')
  const { status, body } = await take(id, { assigneeId: owner.memberId })
  expect({ status, body }).toMatchObject({ status: 200, body: { state: 'taken-over', failure: null } })
  const [conversation] = await conversations()
  expect(conversation).toMatchObject({
    ...{ id: body.conversationId, kind: 'mention', contact: { name: 'ann' }, owner: { id: owner.memberId } },
  })
  expect(conversation.verdict).not.toBeNull()
  expect(await messagesOf(conversation.id)).toMatchObject([{ url, heardOnly: true, isOurs: false }])
  const { items } = (await owner.call('GET', `/orgs/{org}/conversations/${conversation.id}/history`)).body
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: 'taken-over',
      note: 'She waits',
      by: expect.objectContaining({ id: owner.memberId }),
    }),
  )
  const taken = (await owner.call('GET', `/orgs/{org}/taken-over?mentions=${id},${newId()}`)).body
  expect(taken).toMatchObject([{ mentionId: id, conversationId: conversation.id, isClosed: false }])
  const answers = `/orgs/{org}/conversations/${conversation.id}/answers`
  expect((await owner.call('GET', answers)).body).toMatchObject({ canAnswer: true, whyNot: null })
  expect((await owner.call('POST', answers, { text: 'We do' })).status).toBe(201)
  const planned = await inOrg(world.services.db, world.ours, (tx) =>
    tx
      .selectFrom('answers')
      .select('previous')
      .where('conversation_id', '=', conversation.id)
      .executeTakeFirstOrThrow(),
  )
  expect(planned.previous).toMatchObject({ url, id: url.split('/').at(-1) })
})

test('asked by several at once, again, and told by the account itself, it is one conversation with one message', async () => {
  const { id, url } = await hear('ben', 'A question about lids')
  const all = await Promise.all([take(id), take(id), work(), take(id)])
  const [{ id: conversationId }, ...others] = await conversations()
  expect(others).toEqual([])
  for (const each of all) if (each) expect(each.body).toMatchObject({ state: 'taken-over', conversationId })
  expect((await take(id)).body).toMatchObject({ state: 'taken-over', conversationId })
  const told = saidOf(url, {
    ...{
      ref: { id: url.split('/').at(-1)!, url },
      thread: url,
      root: { id: url.split('/').at(-1)!, url },
      about: null,
    },
    ...{ kind: 'mention', replyTo: null, text: 'A question about lids', at: currentTime() },
    author: { id: `${network.url}/@ben`, handle: '@ben', name: 'ben', url: null, followers: null },
  })
  await keep([saying(told)])
  expect(await conversations()).toHaveLength(1)
  // It was said to us after all, and is owed an answer like everything else.
  expect(await messagesOf(conversationId)).toMatchObject([{ heardOnly: false }])
  const { items } = (await owner.call('GET', `/orgs/{org}/conversations/${conversationId}/history`)).body
  expect(items.filter(({ kind }: { kind: string }) => kind === 'taken-over')).toHaveLength(1)
})

test('what was only handed on, as before there was an inbox, is worked off by the clock and goes to whom it was handed', async () => {
  const { id } = await hear('ann', 'It waits')
  const helper = await world.as('contributor')
  const given = { kind: 'inbox', reason: 'Yours', assigneeId: helper.memberId }
  expect((await owner.call('POST', `/orgs/{org}/mentions/${id}/hand-ons`, given)).status).toBe(201)
  expect(await conversations()).toEqual([])
  await work()
  expect(await conversations()).toMatchObject([{ owner: { id: helper.memberId }, contact: { name: 'ann' } }])
  expect((await owner.call('GET', '/orgs/{org}/hand-ons')).body.items).toEqual([])
})

test('what the account was told by itself before is not doubled', async () => {
  const { id, url } = await hear('cy', 'Said to you and heard')
  await keep([saying(saidOf(url, { replyTo: null, thread: url, about: null, kind: 'mention' }))])
  const before = await conversations()
  expect((await take(id)).body).toMatchObject({ state: 'taken-over', conversationId: before[0].id })
  expect(await messagesOf(before[0].id)).toMatchObject([{ heardOnly: false }])
})

test('a network that is away keeps it waiting, says so, and gets it done when it is back; taken back it rests', async () => {
  const [{ id }, other] = [await hear('ann', 'Anybody there?'), await hear('ben', 'Never mind')]
  await accounts({ server: 'http://127.0.0.1:59999' })
  for (const each of [id, other.id])
    expect((await take(each)).body).toEqual({ state: 'waiting', failure: 'network-away', conversationId: null })
  const list = async () => (await owner.call('GET', '/orgs/{org}/hand-ons?state=all')).body.items
  const waiting = (await list()).find(({ mentionId: of }: { mentionId: string }) => of === other.id)
  expect((await owner.call('POST', `/orgs/{org}/hand-ons/${waiting.id}/take-back`)).status).toBe(200)
  await accounts({ server: network.url })
  await work()
  expect(await conversations()).toEqual([])
  later(10)
  await work()
  expect(await conversations()).toMatchObject([{ contact: { name: 'ann' } }])
  expect((await list()).map(({ state }: { state: string }) => state).sort()).toEqual(['taken-back', 'taken-over'])
})

test('what is gone at its network is said to be, and not asked for again', async () => {
  const { id, url } = await hear('ann', 'I take this back')
  network.remove(url.split('/').at(-1)!)
  expect((await take(id)).body).toMatchObject({ state: 'waiting', failure: 'not-there-any-more' })
  const [handOn] = (await owner.call('GET', '/orgs/{org}/hand-ons')).body.items
  expect(handOn).toMatchObject({ failure: 'not-there-any-more', tryAgainAt: null })
})

test('what its author changes or takes back afterwards is followed', async () => {
  const { id, url } = await hear('ann', 'First words')
  const { conversationId } = (await take(id)).body
  const post = url.split('/').at(-1)!
  network.edit(post, 'Other words')
  await followTaken(world.services)
  expect(await messagesOf(conversationId)).toMatchObject([{ text: 'Other words', heardOnly: true, removedAt: null }])
  network.remove(post)
  await followTaken(world.services)
  expect(await messagesOf(conversationId)).toMatchObject([{ text: '', removedAt: expect.any(String) }])
})

test('where we have no account it can be read and says why it cannot be answered', async () => {
  const heard = await hear('dang', 'Show: a kettle', { network: 'hacker-news' })
  const { body } = await take(heard.id)
  expect(body.state).toBe('taken-over')
  expect(await conversations()).toMatchObject([{ accountName: 'Hacker News', contact: { name: 'dang' } }])
  const path = `/orgs/{org}/conversations/${body.conversationId}`
  expect((await owner.call('GET', `${path}/answers`)).body).toMatchObject({ canAnswer: false, whyNot: 'heard-only' })
  expect((await owner.call('GET', `${path}/moderation`)).body).toEqual([])
  const refused = await owner.call('POST', `${path}/answers`, { text: 'Nice' })
  expect(refused.body.data).toMatchObject({ code: 'cannot-answer', field: 'accountId' })
  const shown = (await owner.call('GET', '/orgs/{org}/accounts')).body
  expect(shown.map(({ connector }: { connector: string }) => connector)).toEqual(['fake'])
})

async function decide(author: string, facts: { objected_at?: Date } = {}): Promise<void> {
  const at = currentTime()
  const id = mentionId('fake', `${network.url}/@${author}`)
  await inOrg(world.services.db, world.ours, (tx) =>
    tx
      .insertInto('authors')
      .values({
        ...{ org_id: world.ours, id, network: 'fake', state: 'do-not-contact', purpose: 'research' },
        ...{ spotted_at: at, changed_at: at, last_spoke_at: at, ...facts },
      })
      .execute(),
  )
}

test('people who are not to be contacted are warned of; over their own objection nobody goes', async () => {
  const [{ id }, objector] = [await hear('ann', 'Leave me alone'), await hear('ben', 'And me')]
  await decide('ann')
  await decide('ben', { objected_at: currentTime() })
  expect((await take(id)).body.data).toMatchObject({ code: 'author-not-to-be-contacted', field: 'anyway' })
  const anyway = await take(objector.id, { anyway: true })
  expect({ status: anyway.status, code: anyway.body.data.code }).toEqual({ status: 409, code: 'author-objected' })
  expect(await conversations()).toEqual([])
  expect((await take(id, { anyway: true })).body.state).toBe('taken-over')
})

test('a chosen account must be one of that network, of this organisation', async () => {
  const { id } = await hear('ann', 'By whom?')
  const refused = await take(id, { accountId: newId() })
  expect(refused.body.data).toMatchObject({ code: 'account-not-found', field: 'accountId' })
  const stranger = await world.as('owner', world.theirs)
  const theirs = await stranger.call('POST', `/orgs/{org}/mentions/${id}/take-over`, { reason: 'x' })
  expect(theirs.status).toBe(404)
})

test('where it went is told to nobody from whom a wall keeps it', async () => {
  const { id } = await hear('ann', 'About my pay')
  const { conversationId } = (await take(id)).body
  await inOrg(world.services.db, world.ours, async (tx) => {
    await lookEverywhere(tx)
    const department = newId()
    const walled = { walled_at: currentTime(), walled_by: owner.memberId }
    await tx
      .insertInto('departments')
      .values({ org_id: world.ours, id: department, name: 'Pay', ...walled })
      .execute()
    await tx.updateTable('conversations').set({ department_id: department }).where('id', '=', conversationId).execute()
  })
  expect((await owner.call('GET', `/orgs/{org}/taken-over?mentions=${id}`)).body).toEqual([])
  expect((await take(id)).body).toEqual({ state: 'taken-over', failure: null, conversationId: null })
})

test('by the rule of a topic: what matches, up to its number a day, with the reason, and nobody who is left alone', async () => {
  const topic = (await owner.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle' }))
    .body
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', topic.id).executeTakeFirstOrThrow(),
  )
  const path = `/orgs/{org}/topics/${topic.id}/hand-on`
  const rule = { intents: ['complaint'], initiators: ['customer'], leastFollowers: 10, dailyMost: 2 }
  expect((await owner.call('GET', path)).body).toEqual({ rule: null, since: null, today: 0 })
  const wrong = await owner.call('PUT', path, { rule: { ...rule, dailyMost: 0 } })
  expect(wrong.body.data.field).toBe('rule.dailyMost')
  expect((await owner.call('PUT', path, { rule })).body).toMatchObject({ rule, today: 0 })
  await decide('cy')
  later(1)
  const under = { topics: [number] }
  const first = await hear('ann', 'The kettle leaks', under)
  await hear('cy', 'My kettle too', under)
  await hear('ann', 'A fine kettle', { ...under, labels: labelsOf({ intent: 'praise' }) })
  await hear('ann', 'We sell kettles', { ...under, initiator: 'brand' })
  const sweep = async () => {
    await handOnByRules(world.services)
    await work()
  }
  expect((await owner.call('POST', `${path}/try`, { rule })).body).toEqual({ lastWeek: 1 })
  await sweep()
  await sweep()
  const [conversation, ...others] = await conversations()
  expect(others).toEqual([])
  expect(await messagesOf(conversation.id)).toMatchObject([{ url: first.url }])
  const { items } = (await owner.call('GET', `/orgs/{org}/conversations/${conversation.id}/history`)).body
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: 'taken-over',
      by: null,
      note: 'Heard under “Kettles”: complaint, at least 10 followers',
    }),
  )
  for (const text of ['One more kettle', 'And one more kettle', 'Kettle the fourth']) await hear('ben', text, under)
  await sweep()
  expect(await conversations()).toHaveLength(2)
  expect((await owner.call('GET', path)).body.today).toBe(2)
  later(24 * 60)
  await hear('ben', 'A kettle on another day', under)
  expect((await owner.call('DELETE', path)).body.rule).toBeNull()
  await sweep()
  expect(await conversations()).toHaveLength(2)
})

test('no promise counts for what was not said to us, until its author speaks to us', async () => {
  setNow(tuesday)
  await makePromise({ name: 'Everybody' })
  const { id, url } = await hear('ben', 'Kettles, anyone?')
  const { conversationId } = (await take(id)).body
  const read = async () => (await owner.call('GET', `/orgs/{org}/conversations/${conversationId}`)).body
  expect(await read()).toMatchObject({ due: null })
  const remote = { id: url.split('/').at(-1)!, url }
  await keep([
    saying(
      saidOf('thanks', {
        ...{ thread: url, root: remote, replyTo: url, about: null, at: currentTime() },
        author: { id: `${network.url}/@ben`, handle: '@ben', name: 'ben', url: null, followers: null },
      }),
    ),
  ])
  expect(await read()).toMatchObject({ messages: 2, due: { metric: 'first-reply' } })
})
