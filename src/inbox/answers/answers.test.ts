// Answers over HTTP on the real database: planned once, kept, told apart by conversation, refused where somebody answered meanwhile.

import { expect, test } from 'vitest'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const after = (minutes: number): Date => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })

useInbox(() => keep(['ann', 'ben', 'cy'].map((id) => saying(saidOf(id, { author: by(id) })))))

async function talkWith(name: string): Promise<{ id: string; path: string }> {
  const { body } = await owner.call('GET', '/orgs/{org}/conversations?state=all')
  const { id } = body.items.find(({ contact }: { contact: { name: string } }) => contact.name === name)
  return { id, path: `/orgs/{org}/conversations/${id}/answers` }
}

test('an answer is planned once, however often it is asked for, by whoever takes the conversation with it', async () => {
  const { id, path } = await talkWith('ann')
  const answerId = newId()
  const both = await Promise.all([1, 2].map(() => owner.call('POST', path, { answerId, text: 'It does' })))
  const again = await owner.call('POST', path, { answerId, text: 'It does' })
  for (const { status, body } of [...both, again])
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { id: answerId, text: 'It does', state: 'scheduled', isRead: false },
    })
  const list = await owner.call('GET', path)
  expect(list.body).toMatchObject({ canAnswer: true, items: [{ id: answerId, by: { id: owner.memberId } }] })
  expect(list.body.limit.max).toBeGreaterThan(0)
  expect((await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body.owner.id).toBe(owner.memberId)
  const elsewhere = await talkWith('ben')
  const taken = await owner.call('POST', elsewhere.path, { answerId, text: 'It does' })
  expect(taken).toMatchObject({ status: 409, body: { data: { code: 'id-taken' } } })
  const wrong = await owner.call('POST', `${elsewhere.path}/${answerId}/discard`, {})
  expect(wrong.status).toBe(404)
  expect((await owner.call('GET', path)).body.items[0].state).toBe('scheduled')
})

test('the same number with other words is no second try: it is refused, and the words are kept', async () => {
  await keep([saying(saidOf('gil', { author: by('gil') }))])
  const { id, path } = await talkWith('gil')
  const answerId = newId()
  const first = await owner.call('POST', path, { answerId, text: 'It does' })
  expect(first.status).toBe(201)
  await owner.call('PUT', `/orgs/{org}/conversations/${id}/draft`, { text: 'It does not' })
  const other = await owner.call('POST', path, { answerId, text: 'It does not' })
  expect(other).toMatchObject({ status: 409, body: { data: { code: 'answer-differs', field: 'text' } } })
  expect((await owner.call('GET', `/orgs/{org}/conversations/${id}/draft`)).body.text).toBe('It does not')
  expect((await owner.call('GET', path)).body.items).toMatchObject([{ id: answerId, text: 'It does' }])
  // Reworded by somebody since, it is still what it was asked for as.
  await owner.call('POST', `${path}/${answerId}/discard`, {})
  await owner.call('POST', `${path}/${answerId}/retry`, { text: 'It does, Gil' })
  expect((await owner.call('POST', path, { answerId, text: 'It does' })).body).toMatchObject({
    id: answerId,
    text: 'It does, Gil',
  })
  const both = await Promise.all(
    ['One', 'Two'].map((text) => owner.call('POST', path, { answerId: '0198f7a0-0000-7000-8000-000000000001', text })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('whoever writes while a colleague answers is told before anything goes out', async () => {
  const { id, path } = await talkWith('ben')
  const seen = (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items[0].id
  await keep([saying(saidOf('ours', { isOurs: true, author: by('we'), replyTo: 'ben', at: after(5) }))])
  const refused = await owner.call('POST', path, { text: 'Me too', seen })
  expect(refused).toMatchObject({ status: 409, body: { data: { code: 'answered-meanwhile', field: 'text' } } })
  expect((await owner.call('GET', path)).body.items).toEqual([])
  const now = (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items[0].id
  expect((await owner.call('POST', path, { text: 'And this', seen: now })).status).toBe(201)
})

test('whoever writes while the answer of a colleague is on its way is told as well', async () => {
  await keep([saying(saidOf('fay', { author: by('fay') }))])
  const { path } = await talkWith('fay')
  expect((await owner.call('POST', path, { text: 'First', answers: 0 })).status).toBe(201)
  const second = await world.as('contributor')
  const refused = await second.call('POST', path, { text: 'Second', answers: 0 })
  expect(refused.body.data).toMatchObject({ code: 'answered-meanwhile', field: 'text' })
  const both = await Promise.all([1, 2].map(() => second.call('POST', path, { text: 'Second', answers: 1 })))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('what goes out answers the newest message; sent again and discarded, its words stay', async () => {
  const { id, path } = await talkWith('cy')
  await keep([saying(saidOf('cy-2', { author: by('cy'), replyTo: 'cy', at: after(1) }))])
  const { body } = await owner.call('POST', path, { text: 'Soon' })
  const row = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('answers').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow(),
  )
  expect(row).toMatchObject({ conversation_id: id, previous: { id: 'cy-2' }, root: { id: 'post' } })
  const away = await owner.call('POST', `${path}/${body.id}/discard`, {})
  expect(away.body).toMatchObject({ state: 'cancelled', text: 'Soon', may: ['retry'] })
  const again = await owner.call('POST', `${path}/${body.id}/retry`, { text: 'Tomorrow' })
  expect(again.body).toMatchObject({ state: 'scheduled', text: 'Tomorrow' })
})

test('an answer to what came before what it answers goes along when both are put together', async () => {
  await keep([saying(saidOf('late', { author: by('dee'), replyTo: 'between', at: after(3) }))])
  const early = await talkWith('dee')
  const { body } = await owner.call('POST', early.path, { text: 'Which one?' })
  await keep([saying(saidOf('top', { author: by('eve'), at: after(1) }))])
  await keep([saying(saidOf('between', { author: by('eve'), replyTo: 'top', at: after(2) }))])
  expect((await owner.call('GET', `/orgs/{org}/conversations/${early.id}`)).status).toBe(404)
  const { path } = await talkWith('eve')
  expect((await owner.call('GET', path)).body.items).toMatchObject([{ id: body.id, text: 'Which one?' }])
})

test('what the network has brought back stands among the messages', async () => {
  const { path } = await talkWith('cy')
  const { body } = await owner.call('GET', path)
  await inOrg(world.services.db, world.ours, (tx) =>
    tx
      .updateTable('variants')
      .set({ state: 'published', remote_id: 'out' })
      .where('answer_id', '=', body.items[0].id)
      .execute(),
  )
  expect((await owner.call('GET', path)).body.items[0]).toMatchObject({ remoteId: 'out', isRead: false })
  await keep([saying(saidOf('out', { isOurs: true, author: by('we'), replyTo: 'cy-2', at: after(9) }))])
  expect((await owner.call('GET', path)).body.items[0]).toMatchObject({ remoteId: 'out', isRead: true })
})

test('nothing is answered where all was taken back, or in another organisation', async () => {
  const { path } = await talkWith('ann')
  await keep([{ type: 'removed', id: 'ann' }])
  expect((await owner.call('POST', path, { text: 'Hello?' })).body.data).toMatchObject({ code: 'nothing-to-answer' })
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', path)).status).toBe(404)
  expect((await stranger.call('POST', path, { text: 'Hello?' })).status).toBe(404)
})
