// People answer people: drafts are filled, kept and made personal; what nobody touched is not sent, and no program sends anything.

import type { AnyContractProcedure } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { sampleRequest } from '../../../test/world/sample-input.ts'
import { contract } from '../../contract.ts'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { isVerb, scopeNames } from '../../people/permissions.ts'
import { keep, network, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const by = (id: string, name = id) => ({ id, handle: id, name, url: null, followers: null })

useInbox(() =>
  keep(
    ['ann', 'ben', 'cy', 'dee', 'eve', 'fay', 'gus'].map((id) => saying(saidOf(id, { author: by(id, `${id} Bee`) }))),
  ),
)

async function talkWith(id: string): Promise<{ id: string; path: string }> {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body
  const found = items.find(({ contact }: { contact: { name: string } }) => contact.name === `${id} Bee`)
  return { id: found.id, path: `/orgs/{org}/conversations/${found.id}` }
}

const saved = async (body: string): Promise<string> =>
  (await owner.call('POST', '/orgs/{org}/saved-replies', { title: 'Late parcel', body })).body.id

const rules = (leastChanged: number) =>
  owner.call('PUT', '/orgs/{org}/answer-rules', { leastChanged, approval: 'nobody' })

test('a saved reply becomes a draft with its places filled, and what is not known is named', async () => {
  const { path } = await talkWith('ann')
  const replyId = await saved(
    'Dear {{contact.first-name}},\n\nthis is {{account.name}} about {{post}} of {{department.name}}. {{me.name}}',
  )
  const { body } = await owner.call('POST', `${path}/draft/insert`, { replyId, text: 'Hm.', at: 3 })
  expect(body.text).toMatch(
    /^Hm\.\n\nDear ann,\n\nthis is \S.* about Our post of \{\{department\.name\}\}\. A person, owner$/,
  )
  expect(body).toMatchObject({ empty: ['department.name'], note: '' })
  expect((await owner.call('GET', `${path}/draft`)).body.text).toBe(body.text)
  const tooEarly = await owner.call('POST', `${path}/answers`, { text: `${body.text} and you` })
  expect(tooEarly.body.data).toMatchObject({
    code: 'variable-left',
    field: 'text',
    params: { names: 'department.name' },
  })
})

test('as it is it is not sent; made personal it is, with how much and by whom on record, and the draft is gone', async () => {
  const { path } = await talkWith('ben')
  const replyId = await saved('Your parcel is late')
  await owner.call('POST', `${path}/draft/insert`, { replyId })
  for (const text of ['Your parcel is late', ' your parcel, is LATE!! '])
    expect((await owner.call('POST', `${path}/answers`, { text })).body.data).toMatchObject({
      ...{ code: 'reply-not-personal', field: 'text', params: { left: 1 } },
    })
  expect((await owner.call('GET', `${path}/draft`)).body.text).toBe('Your parcel is late')
  const answerId = newId()
  const text = 'Ben, your kettle is late'
  const sent = await owner.call('POST', `${path}/answers`, { answerId, text })
  const origin = { replies: ['Late parcel'], words: 4, changed: 2, isFromProgram: false }
  expect(sent).toMatchObject({ status: 201, body: { id: answerId, by: { id: owner.memberId }, origin } })
  expect((await owner.call('GET', `${path}/draft`)).body).toMatchObject({ text: '', given: [], updatedAt: null })
  // Its first answer was lost, say: nothing is refused, and nothing is sent again.
  expect((await owner.call('POST', `${path}/answers`, { answerId, text })).body).toMatchObject({ id: answerId, origin })
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  const told = items.find(({ verb }: { verb: string }) => verb === 'answer.planned')
  expect(told.facts).toMatchObject({ draftWords: 4, changedWords: 2, replyIds: [replyId] })
  // Sent again in other words it asks for no less.
  await owner.call('POST', `${path}/answers/${answerId}/discard`, {})
  const again = (words: string) => owner.call('POST', `${path}/answers/${answerId}/retry`, { text: words })
  expect((await again('Your parcel is late')).body.data).toMatchObject({ code: 'reply-not-personal' })
  expect((await again('Your dear parcel is late')).body.origin).toMatchObject({ words: 4, changed: 1 })
})

test('an organisation may ask for more, or for nothing', async () => {
  const { path } = await talkWith('cy')
  const replyId = await saved('We have your letter and look into it')
  await rules(3)
  await owner.call('POST', `${path}/draft/insert`, { replyId })
  const write = (text: string) => owner.call('POST', `${path}/answers`, { text })
  const short = await write('We have your letter and look into it, Cy')
  expect(short.body.data).toMatchObject({ code: 'reply-not-personal', params: { left: 2 } })
  await rules(0)
  expect((await write('We have your letter and look into it')).body).toMatchObject({ origin: { changed: 0 } })
  await rules(1)
})

test('words of one’s own have no origin, and a draft that was emptied is forgotten with what was put in', async () => {
  const { path } = await talkWith('dee')
  await owner.call('POST', `${path}/draft/insert`, { replyId: await saved('Thank you') })
  await owner.call('PUT', `${path}/draft`, { text: ' ' })
  const { body } = await owner.call('POST', `${path}/answers`, { text: 'Thank you' })
  expect(body).toMatchObject({ text: 'Thank you', origin: null })
})

test('what somebody began stands on every device of theirs, and is nobody else’s', async () => {
  const { path } = await talkWith('eve')
  const other = await world.as('contributor')
  await owner.call('PUT', `${path}/draft`, { text: 'I think' })
  await other.call('PUT', `${path}/draft`, { text: 'I know' })
  expect((await owner.call('GET', `${path}/draft`)).body.text).toBe('I think')
  expect((await other.call('GET', `${path}/draft`)).body.text).toBe('I know')
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', `${path}/draft`)).status).toBe(404)
})

test('drafts go along when two conversations turn out to be one', async () => {
  const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
  await keep([saying(saidOf('late', { author: by('hal', 'hal Bee'), replyTo: 'between', at: at(3) }))])
  await owner.call('PUT', `${(await talkWith('hal')).path}/draft`, { text: 'Which one?' })
  await keep([saying(saidOf('top', { author: by('ida', 'ida Bee'), at: at(1) }))])
  const { path } = await talkWith('ida')
  await owner.call('PUT', `${path}/draft`, { text: 'Hello' })
  await keep([saying(saidOf('between', { author: by('ida', 'ida Bee'), replyTo: 'top', at: at(2) }))])
  expect((await owner.call('GET', `${path}/draft`)).body.text).toBe('Hello\n\nWhich one?')
})

const routes: { name: string; procedure: AnyContractProcedure }[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  const { verb } = procedure['~orpc'].meta as { verb: string }
  // A hold would stop everything, and then nothing could be seen to go out.
  const isHold = path.join('.') === 'holds.begin'
  if (isVerb(verb) && !isHold && procedure['~orpc'].route.method !== 'GET')
    routes.push({ name: path.join('.'), procedure })
})

/** Every route that changes something, with the conversation and one of its answers in its address. */
async function tryAll(token: string, id: string, answerId: string, some = routes): Promise<string[]> {
  const went: string[] = []
  for (const { name, procedure } of some) {
    const { body } = sampleRequest(procedure, owner.orgId)
    const path = procedure['~orpc'].route
      .path!.replace('{org}', owner.orgId)
      .replace('{id}', id)
      .replace('{answerId}', answerId)
      .replaceAll(/\{\w+\}/g, () => newId())
    const method = procedure['~orpc'].route.method ?? 'POST'
    const { status } = await world.call(method, path, body, { authorization: `Bearer ${token}` })
    if (status < 300) went.push(name)
  }
  return went
}

const goingOut = (): Promise<string[]> =>
  asSystem(world.services.db, async (tx) => {
    const rows = await tx
      .selectFrom('variants')
      .select(['answer_id', 'state'])
      .where('answer_id', 'is not', null)
      .execute()
    return rows
      .filter(({ state }) => !['cancelled', 'in-review', 'held'].includes(state))
      .map(({ answer_id }) => answer_id!)
      .sort()
  })

test('no route lets a program send: with every scope there is it prepares a draft, which a person has to make personal', async () => {
  const [{ id, path }, said] = [await talkWith('fay'), network.posts().length]
  const made = await owner.call('POST', '/orgs/{org}/tokens', { name: 'A program', scopes: scopeNames })
  const waiting: string[] = []
  for (const text of ['One', 'Two', 'Three']) {
    const { body } = await owner.call('POST', `${path}/answers`, { text })
    await owner.call('POST', `${path}/answers/${body.id}/discard`, {})
    waiting.push(body.id)
  }
  const state = (of: string, to: string) =>
    asSystem(world.services.db, (tx) =>
      tx.updateTable('variants').set({ state: to }).where('answer_id', '=', of).execute(),
    )
  await state(waiting[1]!, 'in-review')
  await state(waiting[2]!, 'held')
  const before = await goingOut()
  const went = new Set<string>()
  const { token } = made.body
  const ofAnswers = routes.filter(({ procedure }) => procedure['~orpc'].route.path?.includes('{answerId}'))
  expect(ofAnswers.length).toBeGreaterThan(4)
  for (const answerId of waiting) for (const name of await tryAll(token, id, answerId, ofAnswers)) went.add(name)
  for (const name of await tryAll(token, id, waiting[0]!)) went.add(name)
  expect([...went]).toEqual(expect.arrayContaining(['answerDrafts.keep', 'conversations.note', 'presence.attend']))
  expect((await goingOut()).filter((each) => !before.includes(each))).toEqual([])
  expect(network.posts()).toHaveLength(said)
  await expectPersonal(token, owner)
  // The same by the person goes out: the walk above could have failed.
  expect((await owner.call('POST', `${path}/answers/${waiting[0]}/retry`, {})).body.state).toBe('scheduled')
  expect(await goingOut()).not.toEqual(before)
}, 90_000)

async function expectPersonal(token: string, person: TestSession): Promise<void> {
  const { path } = await talkWith('gus')
  const asProgram = { authorization: `Bearer ${token}` }
  const text = 'We are sorry about the kettle'
  const kept = await person.call('PUT', `${path}/draft`, { text }, asProgram)
  expect(kept.body).toMatchObject({ text, given: [text] })
  expect((await person.call('POST', `${path}/answers`, { text })).body.data.code).toBe('reply-not-personal')
  const { body } = await person.call('POST', `${path}/answers`, { text: `Gus, ${text}` })
  expect(body.origin).toEqual({ replies: [], words: 6, changed: 1, isFromProgram: true })
}
