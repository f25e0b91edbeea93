// The ladder while conversations are put together, divided and taken apart: nobody is told twice of one message, and no later one is passed over.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { placesOfMessages } from '../races.testing.ts'
import { aColleague, aDepartment } from '../routing/desk.testing.ts'
import { climbPromises } from './climb.ts'
import { clocks, connectedLongAgo, goTo, makePromise, say } from './promises-world.testing.ts'

let agent: TestSession
let boss: TestSession
let give = { ownerId: '', departmentId: '' }

useInbox(async () => {
  await connectedLongAgo()
  goTo(-60)
  const targets = ['first-reply', 'next-reply'].map((metric) => ({ metric, minutes: 60, hours: 'calendar' }))
  await makePromise({ name: 'Within an hour', targets })
  const departmentId = await aDepartment('Service')
  agent = await aColleague(departmentId)
  boss = await aColleague(departmentId, 'manager')
  give = { ownerId: agent.memberId, departmentId }
  await owner.call('PUT', '/orgs/{org}/promise-ladder', { minutes: [10, 10, 10], always: [owner.memberId] })
})

/** Somebody begins a conversation; answers its id. */
async function begin(id: string, author: string): Promise<string> {
  await say(id, { author, intent: 'question' })
  const made = (await placesOfMessages()).get(id)!
  await owner.call('POST', `/orgs/{org}/conversations/${made}/assign`, give)
  return made
}

async function climbAt(minutes: number): Promise<void> {
  goTo(minutes)
  await climbPromises(world.services, world.ours)
}

/** Who was told in which of these conversations, in order. */
const told = (...ids: string[]): Promise<string[]> =>
  inOrg(world.services.db, world.ours, async (tx) => {
    const found = await sql<{ who: string }>`
      select n.kind || ' ' || n.member_id as who from notifications n where n.subject_id = any(${ids}::uuid[]) and n.kind like 'promise-%'
        order by n.created_at, n.id`.execute(tx)
    const names = new Map(
      [agent, boss, owner].map(({ memberId }, index) => [memberId, ['agent', 'boss', 'owner'][index]]),
    )
    return found.rows.map(({ who }) => who.replace(/\S+$/, (id) => names.get(id) ?? id))
  })

const merge = (into: string, from: string) => owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })
const undo = (id: string) => owner.call('POST', `/orgs/{org}/conversation-joins/${id}/undo`)

const toTheTop = ['promise-due-soon agent', 'promise-broken boss', 'promise-not-acknowledged owner']

test('put together and taken apart, what was told of each is told, and each climbs on from where it stood', async () => {
  goTo(0)
  const older = await begin('mo-1', 'mo')
  goTo(30)
  const newer = await begin('mo-2', 'mo')
  await climbAt(46)
  await climbAt(60)
  await climbAt(76)
  expect(await told(older)).toEqual(toTheTop.slice(0, 3))
  expect(await told(newer)).toEqual(['promise-due-soon agent'])
  const joined = await merge(older, newer)
  await climbAt(95)
  // One promise now, that of the older message.
  expect(await told(older, newer)).toHaveLength(4)
  expect(await clocks(older)).toMatchObject([{ metric: 'first-reply', round: 1, state: 'overdue' }])
  expect((await undo(joined.body.id)).status).toBe(200)
  await climbAt(96)
  expect(await told(older)).toEqual(toTheTop)
  expect(await told(newer)).toEqual(toTheTop.slice(0, 2))
  await climbAt(107)
  expect(await told(newer)).toEqual(toTheTop)
  expect(await told(older)).toEqual(toTheTop)
})

test('an acknowledged promise stays so where it is part of another conversation', async () => {
  goTo(200)
  const kept = await begin('al-1', 'al')
  await say('al-1-ours', { author: 'al', replyTo: 'al-1', isOurs: true })
  goTo(201)
  const moved = await begin('al-2', 'al')
  await climbAt(247)
  await climbAt(262)
  await boss.call('POST', `/orgs/{org}/conversations/${moved}/acknowledge`, {})
  const joined = await merge(kept, moved)
  // The first reply of a conversation of its own is a further one here; it is the same promise.
  const standing = await clocks(kept)
  expect(standing[0]).toMatchObject({ metric: 'next-reply', state: 'overdue', acknowledgedBy: { id: boss.memberId } })
  expect(standing[0].steps).toHaveLength(3)
  await climbAt(300)
  expect(await told(kept, moved)).toEqual(toTheTop.slice(0, 2))
  await undo(joined.body.id)
  await climbAt(310)
  expect(await told(kept, moved)).toEqual(toTheTop.slice(0, 2))
  expect((await clocks(moved))[0]).toMatchObject({ metric: 'first-reply', acknowledgedBy: { id: boss.memberId } })
})

test('what was climbed while two were one passes over nothing that comes later', async () => {
  goTo(400)
  const one = await begin('li-1', 'li')
  await say('li-1-ours', { author: 'li', replyTo: 'li-1', isOurs: true })
  goTo(401)
  const other = await begin('li-2', 'li')
  goTo(402)
  await say('li-2-ours', { author: 'li', replyTo: 'li-2', isOurs: true })
  goTo(403)
  await say('li-3', { author: 'li', replyTo: 'li-2', intent: 'question' })
  const joined = await merge(one, other)
  for (const minutes of [449, 463, 480]) await climbAt(minutes)
  expect(await told(one)).toEqual(toTheTop)
  await undo(joined.body.id)
  // As many rounds as there were in both.
  for (let round = 1; round <= 4; round++) {
    const begun = 500 + round * 200
    goTo(begun)
    await say(`li-more-${round}`, { author: 'li', replyTo: 'li-1', intent: 'question' })
    for (const minutes of [46, 60, 76]) await climbAt(begun + minutes)
    expect(await told(one)).toHaveLength(3 + 3 * round)
    goTo(begun + 80)
    await say(`li-ours-${round}`, { author: 'li', replyTo: 'li-1', isOurs: true })
  }
  await climbAt(1500)
  // The other one had its own told while it was part of the first.
  expect(await told(other)).toEqual([])
})

test('taken out into a conversation of its own, a message that was told of is not told of again', async () => {
  goTo(2000)
  const one = await begin('zo-1', 'zo')
  await say('zo-1-ours', { author: 'zo', replyTo: 'zo-1', isOurs: true })
  goTo(2001)
  await say('zo-2', { author: 'zo', replyTo: 'zo-1', intent: 'question' })
  for (const minutes of [2047, 2061]) await climbAt(minutes)
  const { items } = (await owner.call('GET', `/orgs/{org}/conversations/${one}/messages`)).body
  const split = { messageId: items[0].id, what: 'one' }
  const apart = await owner.call('POST', `/orgs/{org}/conversations/${one}/split`, split)
  await climbAt(2062)
  expect(await told(one, apart.body.into.id)).toEqual(toTheTop.slice(0, 2))
  await climbAt(2073)
  expect(await told(apart.body.into.id)).toEqual(toTheTop.slice(2))
  await undo(apart.body.id)
  await climbAt(2200)
  expect(await told(one, apart.body.into.id)).toEqual(toTheTop)
})

test('an older message that comes late takes over from the one that was told of', async () => {
  goTo(3002)
  const id = await begin('va-2', 'va')
  for (const minutes of [3048, 3062]) await climbAt(minutes)
  expect(await told(id)).toEqual(toTheTop.slice(0, 2))
  goTo(3063)
  await owner.call('GET', '/orgs/{org}/conversations')
  await say('va-1', { author: 'va', replyTo: 'va-2', intent: 'question' })
  await climbAt(3064)
  expect(await told(id)).toEqual(toTheTop.slice(0, 2))
})
