// Answers of people without a training wait for somebody's consent to exactly their words; nothing of them is lost on the way.

import { beforeAll, expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying, start } from '../said.testing.ts'
import { tellEndingTrainings } from '../trainings/actions.ts'

const people = ['ann', 'ben', 'cy', 'dee', 'eve', 'fay', 'gus', 'hal', 'ida', 'jo']
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
useInbox(() => keep(people.map((id) => saying(saidOf(id, { author: by(id) })))))

let newcomer: TestSession
let manager: TestSession
const day = start.toISOString().slice(0, 10)

beforeAll(async () => {
  ;[newcomer, manager] = [await world.as('contributor'), await world.as('manager')]
  await owner.call('PUT', '/orgs/{org}/answer-rules', { leastChanged: 1, approval: 'untrained' })
})

async function pathOf(name: string): Promise<string> {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body
  return `/orgs/{org}/conversations/${items.find((each: { contact: { name: string } }) => each.contact.name === name).id}`
}

async function waits(name: string, text: string): Promise<{ path: string; one: string; id: string }> {
  const path = await pathOf(name)
  const { body } = await newcomer.call('POST', `${path}/answers`, { text })
  expect(body).toMatchObject({ state: 'in-review', text })
  return { path, one: `${path}/answers/${body.id}`, id: body.id }
}

const aReply = async (): Promise<string> =>
  (await owner.call('POST', '/orgs/{org}/saved-replies', { title: 'Late', body: 'It is late' })).body.id

const toldTo = async (person: TestSession, kind: string) =>
  (await person.call('GET', '/orgs/{org}/notifications')).body.items.filter(
    (each: { kind: string }) => each.kind === kind,
  )

test('whoever is not trained has answers that wait, and those who may consent are told and find them', async () => {
  const { id } = await waits('ann', 'It burns in the rain')
  expect((await newcomer.call('GET', `${await pathOf('ann')}/answers`)).body).toMatchObject({ needsApproval: true })
  expect((await manager.call('GET', `${await pathOf('ann')}/answers`)).body).toMatchObject({ needsApproval: false })
  expect(await toldTo(manager, 'answer-waits')).toHaveLength(1)
  expect(await toldTo(newcomer, 'answer-waits')).toEqual([])
  const list = await manager.call('GET', '/orgs/{org}/answer-approvals')
  expect(list.body.items).toMatchObject([
    { answer: { id, by: { id: newcomer.memberId } }, conversation: { contact: { name: 'ann' } } },
  ])
  // Their own answers wait for nobody.
  const own = await manager.call('POST', `${await pathOf('fay')}/answers`, { text: 'Of course' })
  expect(own.body.state).toBe('scheduled')
})

test('consent is given to the words that were read, by those who may', async () => {
  const { one, id } = await waits('ben', 'First words')
  expect((await newcomer.call('POST', `${one}/approve`, { revision: 1 })).status).toBe(403)
  const stale = await manager.call('POST', `${one}/approve`, { revision: 2 })
  expect(stale.body.data).toMatchObject({ code: 'edited-elsewhere', params: { revision: 1 } })
  const elsewhere = `${await pathOf('ann')}/answers/${id}/approve`
  expect((await manager.call('POST', elsewhere, { revision: 1 })).status).toBe(404)
  const good = await manager.call('POST', `${one}/approve`, { revision: 1 })
  expect(good.body).toMatchObject({ state: 'scheduled', text: 'First words' })
  expect(await toldTo(newcomer, 'answer-approved')).toHaveLength(1)
  expect((await manager.call('POST', `${one}/approve`, { revision: 1 })).body.data.code).toBe('nothing-to-approve')
})

test('better words go out as those of whoever approved them, and what was agreed before does not count for them', async () => {
  const { one } = await waits('cy', 'It does burn')
  const better = await manager.call('POST', `${one}/approve`, { revision: 1, text: 'It does, Cy' })
  expect(better.body).toMatchObject({ state: 'scheduled', text: 'It does, Cy', revision: 2 })
  // Taken out and sent again by the newcomer in other words, it waits again.
  await manager.call('POST', `${one}/discard`, {})
  expect((await newcomer.call('POST', `${one}/retry`, { text: 'It burns' })).body.state).toBe('in-review')
  await manager.call('POST', `${one}/discard`, {})
  expect((await newcomer.call('POST', `${one}/retry`, {})).body.state).toBe('in-review')
})

test('an approver does not take out again what makes a saved reply personal', async () => {
  const path = await pathOf('gus')
  const saved = await owner.call('POST', '/orgs/{org}/saved-replies', { title: 'Late', body: 'It is late' })
  await newcomer.call('POST', `${path}/draft/insert`, { replyId: saved.body.id })
  const { one } = await waits('gus', 'It is late, Gus')
  const approve = (text: string) => manager.call('POST', `${one}/approve`, { revision: 1, text })
  expect((await approve('It is late')).body.data).toMatchObject({ code: 'reply-not-personal', field: 'text' })
  expect((await approve('It is too late, Gus')).body).toMatchObject({
    ...{ state: 'scheduled', origin: { replies: ['Late'], words: 3, changed: 2 } },
  })
})

test('sent back it does not go out, and its writer has the words again with the reason', async () => {
  const { path, one } = await waits('dee', 'No.')
  await newcomer.call('PUT', `${path}/draft`, { text: 'By the way' })
  expect((await manager.call('POST', `${one}/send-back`, { note: ' ' })).status).toBe(422)
  const back = await manager.call('POST', `${one}/send-back`, { note: 'Say why' })
  expect(back.body).toMatchObject({ state: 'cancelled', text: 'No.', reason: { text: 'Say why' } })
  const draft = (await newcomer.call('GET', `${path}/draft`)).body
  expect(draft).toMatchObject({ text: 'By the way\n\nNo.', note: 'Say why', noteBy: { id: manager.memberId } })
  expect(await toldTo(newcomer, 'answer-sent-back')).toMatchObject([{ facts: { note: 'Say why' } }])
  const again = await newcomer.call('POST', `${path}/answers`, { text: 'No, for the glass is open.' })
  expect(again.body.state).toBe('in-review')
})

/** A file as forms name it; nothing is asked of it before it is sent. */
const aFile = (id: string) => ({
  ...{ id, kind: 'image', type: 'image/png', bytes: 1, width: 1, height: 1, seconds: null, alt: 'A lid' },
})

test('what came back is not overwritten by keys that were under way, nor are its files', async () => {
  const { path, id } = await waits('hal', 'Never.')
  const kept = (await newcomer.call('PUT', `${path}/draft`, { text: 'Hel', media: [aFile(newId())], basedOn: null }))
    .body
  const media = [aFile(newId())]
  // As if it had been sent with a file.
  await asSystem(world.services.db, (tx) =>
    tx
      .updateTable('answers')
      .set({ content: JSON.stringify({ segments: [{ text: 'Never.', media }] }) })
      .where('id', '=', id)
      .execute(),
  )
  await manager.call('POST', `${path}/answers/${id}/send-back`, { note: 'Say why' })
  const late = await newcomer.call('PUT', `${path}/draft`, { text: 'Hello', media: kept.media, basedOn: kept.revision })
  expect(late).toMatchObject({ status: 409, body: { data: { code: 'edited-elsewhere', field: 'basedOn' } } })
  const inserting = { replyId: await aReply(), text: 'Hello', basedOn: kept.revision }
  expect((await newcomer.call('POST', `${path}/draft/insert`, inserting)).body.data).toMatchObject({
    code: 'edited-elsewhere',
  })
  const emptied = await newcomer.call('PUT', `${path}/draft`, { text: '', basedOn: kept.revision })
  expect(emptied.body.data).toMatchObject({ code: 'edited-elsewhere' })
  const now = (await newcomer.call('GET', `${path}/draft`)).body
  expect(now).toMatchObject({ text: 'Hel\n\nNever.', note: 'Say why' })
  expect(now.media.map((each: { id: string }) => each.id)).toEqual([kept.media[0].id, media[0]!.id])
  const again = await newcomer.call('PUT', `${path}/draft`, {
    text: 'Hello\n\nNever.',
    media: now.media,
    basedOn: now.revision,
  })
  expect(again).toMatchObject({ status: 200, body: { note: 'Say why', text: 'Hello\n\nNever.' } })
})

test('what comes back while something else is sent stays as a draft', async () => {
  const { path, one } = await waits('ida', 'Never.')
  const kept = (await newcomer.call('PUT', `${path}/draft`, { text: 'And this' })).body
  await manager.call('POST', `${one}/send-back`, { note: 'Say why' })
  const sent = await newcomer.call('POST', `${path}/answers`, { text: 'And this', draft: kept.revision })
  expect(sent.body.state).toBe('in-review')
  expect((await newcomer.call('GET', `${path}/draft`)).body).toMatchObject({ text: 'Never.', note: 'Say why' })
})

test('keys and what comes back at the same moment: both stand there, in whatever order they come', async () => {
  for (let times = 0; times < 8; times++) {
    const { path, one } = await waits('jo', `Never ${times}.`)
    const save = () => newcomer.call('PUT', `${path}/draft`, { text: 'Hel', basedOn: null })
    const [saved] = await Promise.all([save(), manager.call('POST', `${one}/send-back`, { note: 'Say why' })])
    const { text, revision } = (await newcomer.call('GET', `${path}/draft`)).body
    expect(text).toContain(`Never ${times}.`)
    if (saved.status === 200) expect(text).toBe(`Hel\n\nNever ${times}.`)
    else expect(saved.body.data).toMatchObject({ code: 'edited-elsewhere' })
    expect((await newcomer.call('PUT', `${path}/draft`, { text: '', basedOn: revision })).body.revision).toBeNull()
  }
})

test('a training lets answers go out until its last day is over, and its end is told once, in time', async () => {
  const path = await pathOf('eve')
  const until = addDays(day, 20)
  const facts = { memberId: newcomer.memberId, topic: 'Upset people', trainer: 'Gil', givenOn: day, until }
  const record = (more: object) => manager.call('POST', '/orgs/{org}/trainings', { ...facts, ...more })
  expect((await record({ until: addDays(day, -1) })).body.data).toMatchObject({ code: 'ends-before-it-begins' })
  expect((await newcomer.call('POST', '/orgs/{org}/trainings', facts)).status).toBe(403)
  const training = (await record({})).body
  expect(training).toMatchObject({ state: 'counts', member: { id: newcomer.memberId }, until })
  const write = async (text: string) => (await newcomer.call('POST', `${path}/answers`, { text })).body.state
  expect(await write('Trained')).toBe('scheduled')
  await tellEndingTrainings(world.services)
  expect(await toldTo(newcomer, 'training-ending')).toEqual([])
  setNow(new Date(`${addDays(day, 7)}T10:00:00Z`))
  for (let times = 0; times < 2; times++) await tellEndingTrainings(world.services)
  expect(await toldTo(newcomer, 'training-ending')).toHaveLength(1)
  expect(await toldTo(manager, 'training-ending')).toHaveLength(1)
  setNow(new Date(`${until}T20:00:00Z`))
  expect(await write('On the last day')).toBe('scheduled')
  setNow(new Date(`${addDays(until, 1)}T10:00:00Z`))
  expect(await write('Too late')).toBe('in-review')
  const standing = (await manager.call('GET', '/orgs/{org}/trainings/standing')).body
  expect(standing).toContainEqual(
    expect.objectContaining({
      isTrained: false,
      needsApproval: true,
      member: expect.objectContaining({ id: newcomer.memberId }),
    }),
  )
  await record({ until: null })
  expect(await write('Trained again')).toBe('scheduled')
  const [latest] = (await manager.call('GET', '/orgs/{org}/trainings')).body.items
  await manager.call('POST', `/orgs/{org}/trainings/${latest.id}/end`, {})
  const still = (await manager.call('GET', '/orgs/{org}/trainings')).body.items
  expect(still.map(({ state }: { state: string }) => state).sort()).toEqual(['ended', 'over'])
  expect(await write('Taken back')).toBe('in-review')
})

test('another organisation sees nothing that waits', async () => {
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/answer-approvals')).body.items).toEqual([])
  expect((await stranger.call('GET', '/orgs/{org}/trainings')).body.items).toEqual([])
})
