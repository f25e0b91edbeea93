// Conversations put together and apart over HTTP on the real database, with what comes afterwards, and back.

import { describe, expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { statesTold } from '../promises/store.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { mergeFault, stateTogether } from './rules.ts'

const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const direct = { isPrivate: true, kind: 'message', thread: 'chat', root: null, replyTo: null, about: null } as const

useInbox(() =>
  keep([
    saying(saidOf('first', { at: at(0), text: 'Where is my kettle?' })),
    saying(saidOf('second', { at: at(1), text: 'And my lid?' })),
    saying(
      saidOf('other', { at: at(2), author: { id: 'ben', handle: 'ben', name: 'Ben', url: null, followers: null } }),
    ),
    saying(saidOf('chat1', { ...direct, at: at(3), text: 'Hello there' })),
    saying(saidOf('chat2', { ...direct, at: at(4), text: 'About the invoice' })),
    saying(saidOf('chat3', { ...direct, at: at(5), text: 'It is wrong' })),
  ]),
)

type One = { id: string; preview: string; messages: number; state: string; goesOnIn: string | null }
const list = async (): Promise<One[]> => (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body.items
const withWords = async (words: string) => (await list()).find(({ preview }) => preview.includes(words))!
const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body
const said = async (id: string): Promise<{ id: string; text: string }[]> =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items.toReversed()
const texts = async (id: string) => (await said(id)).map(({ text }) => text)
const merge = (id: string, from: string) => owner.call('POST', `/orgs/{org}/conversations/${id}/merge`, { from })
const split = (id: string, body: object) => owner.call('POST', `/orgs/{org}/conversations/${id}/split`, body)
const undo = (id: string) => owner.call('POST', `/orgs/{org}/conversation-joins/${id}/undo`)

test('two of one person become one; answers to either go on there; undone, each has its own again', async () => {
  const [first, second] = [await withWords('kettle'), await withWords('lid')]
  await owner.call('POST', `/orgs/{org}/conversations/${first.id}/state`, { to: 'closed', reason: 'answered' })
  const joined = await merge(first.id, second.id)
  expect(joined).toMatchObject({ status: 201, body: { kind: 'merged', messages: 1 } })
  expect(await texts(first.id)).toEqual(['Where is my kettle?', 'And my lid?'])
  // One of them waited: the whole does.
  expect(await read(first.id)).toMatchObject({ state: 'open', messages: 2, waitingSince: at(0).toISOString() })
  expect(await read(second.id)).toMatchObject({ messages: 0, goesOnIn: first.id })
  expect((await list()).map(({ id }) => id)).not.toContain(second.id)
  await keep([saying(saidOf('more', { at: at(10), text: 'The lid came', replyTo: 'second' }))])
  expect(await texts(first.id)).toEqual(['Where is my kettle?', 'And my lid?', 'The lid came'])
  const found = await owner.call('GET', '/orgs/{org}/conversations?q=kettle%20lid')
  expect(found.body.items).toMatchObject([{ id: first.id }])
  expect((await undo(joined.body.id)).body).toMatchObject({ undoneBy: { id: owner.memberId } })
  expect(await texts(second.id)).toEqual(['And my lid?'])
  expect(await read(second.id)).toMatchObject({ state: 'open', goesOnIn: null, contact: { name: 'Ann' } })
  // What came since stays where it was read.
  expect(await texts(first.id)).toEqual(['Where is my kettle?', 'The lid came'])
  expect((await undo(joined.body.id)).body.data).toMatchObject({ code: 'undone-already' })
  const history = await owner.call('GET', `/orgs/{org}/conversations/${second.id}/joins`)
  expect(history.body).toMatchObject([{ kind: 'merged', undoneAt: expect.any(String) }])
})

test('tags and priority of both hold for the whole; undone, what came goes back, and what was said of it since stays', async () => {
  const dora = { id: 'dora', handle: 'dora', name: 'Dora', url: null, followers: null }
  await keep([
    saying(saidOf('dora1', { at: at(11), author: dora, text: 'Dora asks' })),
    saying(saidOf('dora2', { at: at(12), author: dora, text: 'Dora wants more' })),
  ])
  const [into, from] = [await withWords('Dora asks'), await withWords('Dora wants')]
  const mark = (id: string, said: object) => owner.call('POST', `/orgs/{org}/conversations/${id}/marks`, said)
  expect((await mark(into.id, { tags: ['kettle'] })).status).toBe(200)
  expect((await mark(from.id, { tags: ['lid', 'kettle'], priority: 'high' })).status).toBe(200)
  const joined = await merge(into.id, from.id)
  expect(await read(into.id)).toMatchObject({ tags: ['kettle', 'lid'], priority: 'high' })
  await mark(into.id, { tags: ['kettle', 'lid', 'spare part'] })
  await undo(joined.body.id)
  expect(await read(into.id)).toMatchObject({ tags: ['kettle', 'spare part'], priority: 'normal' })
  expect(await read(from.id)).toMatchObject({ tags: ['lid', 'kettle'], priority: 'high' })
  // A priority that somebody gave since is theirs.
  const again = await merge(into.id, from.id)
  await mark(into.id, { priority: 'urgent' })
  await undo(again.body.id)
  expect(await read(into.id)).toMatchObject({ priority: 'urgent' })
})

test('notes and answers on a conversation that became part of another are refused with where it goes on', async () => {
  const emil = { id: 'emil', handle: 'emil', name: 'Emil', url: null, followers: null }
  await keep([
    saying(saidOf('emil1', { at: at(13), author: emil, text: 'Emil asks' })),
    saying(saidOf('emil2', { at: at(14), author: emil, text: 'Emil waits' })),
  ])
  const [into, from] = [await withWords('Emil asks'), await withWords('Emil waits')]
  const path = `/orgs/{org}/conversations/${from.id}`
  const joined = await merge(into.id, from.id)
  for (const [at, body, field] of [
    ['notes', { note: 'Look here' }, 'note'],
    ['answers', { text: 'Thank you' }, 'text'],
  ] as const)
    expect(await owner.call('POST', `${path}/${at}`, body)).toMatchObject({
      status: 409,
      body: { data: { code: 'goes-on-elsewhere', field, params: { id: into.id } } },
    })
  expect((await owner.call('POST', `/orgs/{org}/conversations/${into.id}/notes`, { note: 'Look here' })).status).toBe(
    201,
  )
  // Behind a wall by now: whoever does not see it is not told where it is.
  const { id: department } = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Legal' })).body
  await owner.call('POST', `/orgs/{org}/conversations/${into.id}/assign`, { departmentId: department, note: '' })
  await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: true })
  expect((await owner.call('POST', `${path}/notes`, { note: 'Look here' })).body.data).toMatchObject({
    ...{ code: 'goes-on-elsewhere', params: { id: null } },
  })
  await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: false })
  await undo(joined.body.id)
  expect((await owner.call('POST', `${path}/notes`, { note: 'Look here' })).status).toBe(201)
})

test('that one was closed is no answer to the other, with which it is put together', async () => {
  const cleo = { id: 'cleo', handle: 'cleo', name: 'Cleo', url: null, followers: null }
  await keep([
    saying(saidOf('waits', { at: at(20), author: cleo, text: 'Cleo waits' })),
    saying(saidOf('done', { at: at(21), author: cleo, text: 'Cleo is served' })),
  ])
  const [waits, done] = [await withWords('Cleo waits'), await withWords('Cleo is served')]
  await owner.call('POST', `/orgs/{org}/conversations/${done.id}/state`, { to: 'closed', reason: 'answered' })
  const states = async (id: string) =>
    (await asSystem(world.services.db, (tx) => statesTold(tx, world.ours, [id]))).map(({ to }) => to)
  expect(await states(done.id)).toEqual(['closed'])
  const joined = await merge(waits.id, done.id)
  expect(joined.status).toBe(201)
  expect(await states(waits.id)).toEqual([])
  await undo(joined.body.id)
  expect([await states(waits.id), await states(done.id)]).toEqual([[], ['closed']])
})

test('what is said in a thread that was divided goes on in its newer part', async () => {
  const chat = await withWords('It is wrong')
  const [hello, invoice] = await said(chat.id)
  const apart = await split(chat.id, { messageId: invoice!.id, what: 'onward' })
  expect(apart).toMatchObject({ status: 201, body: { kind: 'split', messages: 2 } })
  const into = apart.body.into.id
  expect(await texts(chat.id)).toEqual(['Hello there'])
  await keep([saying(saidOf('chat4', { ...direct, at: at(20), text: 'Please answer' }))])
  expect(await texts(into)).toEqual(['About the invoice', 'It is wrong', 'Please answer'])
  expect(await read(into)).toMatchObject({ isPrivate: true, messages: 3, waitingSince: at(4).toISOString() })
  expect((await split(chat.id, { messageId: hello!.id, what: 'one' })).body.data).toMatchObject({
    code: 'nothing-left',
  })
  await undo(apart.body.id)
  expect(await texts(chat.id)).toEqual(['Hello there', 'About the invoice', 'It is wrong', 'Please answer'])
  await keep([saying(saidOf('chat5', { ...direct, at: at(30), text: 'Thank you' }))])
  expect((await texts(chat.id)).at(-1)).toBe('Thank you')
  expect((await list()).map(({ id }) => id)).not.toContain(into)
})

test('what does not belong together is refused, and another organisation finds nothing', async () => {
  const [ann, ben, chat] = [await withWords('lid?'), await withWords('This is other'), await withWords('Thank you')]
  expect((await merge(ann.id, ben.id)).body.data).toMatchObject({ code: 'other-contact', field: 'from' })
  expect((await merge(ann.id, chat.id)).body.data).toMatchObject({ code: 'other-privacy' })
  expect((await merge(ann.id, ann.id)).body.data).toMatchObject({ code: 'same-conversation' })
  const stranger = await world.as('owner', world.theirs)
  const theirs = (path: string, body: object) =>
    stranger.call('POST', `/orgs/{org}/conversations/${ann.id}/${path}`, body)
  expect((await theirs('merge', { from: ben.id })).status).toBe(404)
  expect((await theirs('split', { messageId: ben.id, what: 'one' })).status).toBe(404)
})

test('answers go with what they answer', async () => {
  const chat = await withWords('Thank you')
  const written = await owner.call('POST', `/orgs/{org}/conversations/${chat.id}/answers`, { text: 'You are welcome' })
  expect(written.status).toBe(201)
  const last = (await said(chat.id)).at(-1)!
  const apart = await split(chat.id, { messageId: last.id, what: 'one' })
  const answers = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}/answers`)).body.items
  expect(await answers(apart.body.into.id)).toMatchObject([{ text: 'You are welcome' }])
  expect(await answers(chat.id)).toEqual([])
  await undo(apart.body.id)
  expect(await answers(chat.id)).toMatchObject([{ text: 'You are welcome' }])
})

describe('may they be put together', () => {
  const one = {
    id: 'a',
    account_id: 'x',
    contact_id: 'p',
    is_private: false,
    message_count: 1,
    wall_id: null as string | null,
  }
  const other = { ...one, id: 'b' }
  test.each([
    [other, null],
    [one, 'same-conversation'],
    [{ ...other, account_id: 'y' }, 'other-account'],
    [{ ...other, contact_id: null }, 'other-contact'],
    [{ ...other, is_private: true }, 'other-privacy'],
    [{ ...other, wall_id: 'w' }, 'other-wall'],
    [{ ...other, message_count: 0 }, 'nothing-there'],
  ])('%o: %s', (into, fault) => {
    expect(mergeFault(one, into)).toBe(fault)
  })
  test.each([
    ['open', 'closed', 'open'],
    ['closed', 'open', 'open'],
    ['closed', 'closed', 'closed'],
    ['snoozed', 'closed', 'open'],
    ['closed', 'snoozed', 'snoozed'],
  ] as const)('%s into %s is %s', (from, into, state) => {
    expect(stateTogether(from, into)).toBe(state)
  })
})
