// An answer that came before what it answers begins a conversation; what people do in it meanwhile is there when it turns out to be part of another.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { inOrg, seenBy } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { climbPromises } from '../promises/climb.ts'
import { clocks, connectedLongAgo, makePromise } from '../promises/promises-world.testing.ts'
import { expectSound, placesOfMessages } from '../races.testing.ts'
import { aColleague, aDepartment, considered, notificationsOf } from '../routing/desk.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
let service = ''
let product = ''
let ada: TestSession
let pia: TestSession

useInbox(async () => {
  await connectedLongAgo()
  setNow(at(-60))
  await makePromise({
    name: 'Within an hour',
    targets: ['first-reply', 'next-reply'].map((metric) => ({ metric, minutes: 60, hours: 'calendar' })),
  })
  service = await aDepartment('Service')
  product = await aDepartment('Product')
  ada = await aColleague(service)
  pia = await aColleague(product)
})

/** Told by the network now; answers the conversation in which it stands. */
async function say(id: string, author: string, minutes: number, replyTo = 'post'): Promise<string> {
  await keep([saying(saidOf(id, { author: by(author), at: at(minutes), replyTo }))])
  return (await placesOfMessages()).get(id)!
}

const post = (id: string, path: string, body: object, who = owner) =>
  who.call('POST', `/orgs/{org}/conversations/${id}/${path}`, body)
const read = async (id: string, path = '', who = owner) =>
  (await who.call('GET', `/orgs/{org}/conversations/${id}${path}`)).body
const climbAt = async (minutes: number) => {
  setNow(at(minutes))
  await climbPromises(world.services, world.ours)
}

test('all that was done with an early part is done with the whole', async () => {
  setNow(at(10))
  const early = await say('late', 'eli', 10, 'between')
  await post(early, 'assign', { departmentId: service, ownerId: ada.memberId })
  await post(early, 'questions', { departmentId: product, memberId: null, question: 'Is it the old lid?' }, ada)
  await post(early, 'marks', { priority: 'high', tags: ['lid'] })
  await post(early, 'notes', { note: 'Was at the fair' })
  await post(early, 'judgement', { answers: { badExperience: true } })
  await owner.call('PUT', `/orgs/{org}/conversations/${early}/draft`, { text: 'Which lid' })
  const file = newId()
  await inOrg(seenBy(world.services.db, 'all'), world.ours, (tx) =>
    sql`insert into media (org_id, id, kind, conversation_id, sha256, file_name, type, bytes, created_at, created_by)
      values (${world.ours}, ${file}, 'image', ${early}, ${'0'.repeat(64)}, 'lid.png', 'image/png', 1, ${at(11)}, ${ada.memberId})`.execute(
      tx,
    ),
  )
  // What people put together before stays as it can be undone.
  const other = await say('also', 'eli', 11)
  const joined = await post(early, 'merge', { from: other })
  const bulk = newId()
  await inOrg(seenBy(world.services.db, 'all'), world.ours, async (tx) => {
    await sql`insert into conversation_bulks (org_id, id, change, created_at, created_by, actor, total)
      values (${world.ours}, ${bulk}, '{}', ${at(12)}, ${owner.memberId}, '{}', 1)`.execute(tx)
    await sql`insert into conversation_bulk_items (org_id, bulk_id, conversation_id, position, state)
      values (${world.ours}, ${bulk}, ${early}, 1, 'changed')`.execute(tx)
  })
  await climbAt(56)
  expect(await notificationsOf(ada)).toContain('promise-due-soon')
  const standing = await clocks(early)

  const whole = await say('top', 'eve', 1)
  await post(whole, 'marks', { tags: ['kettle'] })
  await keep([saying(saidOf('ours', { author: by('we'), isOurs: true, at: at(3), replyTo: 'top' }))])
  expect(await say('between', 'eve', 2, 'top')).toBe(whole)
  expect((await owner.call('GET', `/orgs/{org}/conversations/${early}`)).status).toBe(404)
  expect(await read(whole)).toMatchObject({
    ...{ messages: 5, owner: { id: ada.memberId }, department: { name: 'Service' } },
    ...{ priority: 'high', tags: ['kettle', 'lid'], state: 'open' },
  })
  expect(await read(whole, '/questions')).toMatchObject([{ question: 'Is it the old lid?', answer: null }])
  expect((await pia.call('GET', '/orgs/{org}/questions')).body.items).toMatchObject([{ conversation: { id: whole } }])
  expect((await read(whole, '/history')).items.map(({ note }: { note: string }) => note)).toContain('Was at the fair')
  expect((await read(whole, '/draft')).text).toBe('Which lid')
  expect(await considered(whole)).toMatchObject({ triage: { answers: { badExperience: true } } })
  const { items } = (await ada.call('GET', '/orgs/{org}/notifications')).body
  expect(new Set(items.map(({ subject }: { subject: { id: string } }) => subject.id))).toEqual(new Set([whole]))
  const bulks = await inOrg(seenBy(world.services.db, 'all'), world.ours, (tx) =>
    tx.selectFrom('conversation_bulk_items').select(['conversation_id', 'state']).where('bulk_id', '=', bulk).execute(),
  )
  expect(bulks).toEqual([{ conversation_id: whole, state: 'changed' }])
  const files = await inOrg(seenBy(world.services.db, 'all'), world.ours, (tx) =>
    tx.selectFrom('media').select(['conversation_id', 'removed_at']).where('id', '=', file).execute(),
  )
  expect(files).toEqual([{ conversation_id: whole, removed_at: null }])
  // No first reply any more, and the same promise: whoever was told is not told again.
  expect((await clocks(whole))[0]).toMatchObject({ metric: 'next-reply', startedAt: at(10).toISOString() })
  expect((await clocks(whole))[0].steps[0]).toEqual(standing[0].steps[0])
  await climbAt(57)
  expect((await notificationsOf(ada)).filter((kind) => kind === 'promise-due-soon')).toHaveLength(1)

  expect((await read(whole, '/joins'))[0]).toMatchObject({ id: joined.body.id, into: { id: whole } })
  const undone = await owner.call('POST', `/orgs/{org}/conversation-joins/${joined.body.id}/undo`)
  expect(undone).toMatchObject({ status: 200 })
  expect((await placesOfMessages()).get('also')).toBe(other)
  expect(await read(whole)).toMatchObject({ messages: 4 })
  await expectSound()
})

test('an early part that waits opens the whole that was closed; what was closed early stays closed in a whole that begins now', async () => {
  setNow(at(100))
  const whole = await say('t2', 'ida', 80)
  await post(whole, 'state', { to: 'closed', reason: 'answered' })
  await say('l2', 'hal', 95, 'b2')
  expect(await say('b2', 'ida', 90, 't2')).toBe(whole)
  expect(await read(whole)).toMatchObject({ state: 'open', messages: 3 })

  const early = await say('l3', 'hans', 96, 'b3')
  await post(early, 'state', { to: 'closed', reason: 'answered', note: 'By telephone' })
  setNow(at(101))
  const begun = await say('b3', 'ines', 95, 'b0')
  expect(begun).not.toBe(early)
  expect(await read(begun)).toMatchObject({ state: 'closed', messages: 2 })
  expect(await clocks(begun)).toMatchObject([{ state: 'waived', waivedFor: 'solved' }])
  await expectSound()
})

test('what comes to the place of an early part that was put into another goes on there', async () => {
  setNow(at(200))
  const [early, other] = [await say('l4', 'jan', 190, 'b4'), await say('o4', 'jan', 191)]
  const third = await say('o5', 'jan', 192)
  await post(other, 'merge', { from: early })
  await post(third, 'merge', { from: other })
  const whole = await say('t4', 'kim', 184)
  expect(await say('b4', 'kim', 185, 't4')).toBe(whole)
  // Its parts came along, with all that people had put to them.
  expect((await placesOfMessages()).get('l4')).toBe(whole)
  expect(await read(other)).toMatchObject({ goesOnIn: whole })
  expect(await say('l5', 'jan', 199, 'o4')).toBe(whole)
  await expectSound()
})
