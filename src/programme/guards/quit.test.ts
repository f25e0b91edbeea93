// Who has quit is told so until somebody answers, comes back or ends the programme, however long nobody looks.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { insertAccount } from '../account.testing.ts'
import { insertPublished } from '../worth/published.testing.ts'
import { watchOne } from './watch.ts'

/** The last day with a post. */
const last = '2027-03-31'
let now = new Date(`${last}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let account: string
beforeAll(async () => {
  world = await testApp({ clock: () => now })
})
afterAll(() => world.close())
beforeEach(async () => {
  owner = await world.as('owner', await world.found('Harbour'))
  now = new Date(`${last}T10:00:00Z`)
  account = await insertAccount(world, owner, new Date('2026-06-01T10:00:00Z'))
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-01-04' })
  for (let day = 0; day < 20; day++) await post(addDays(last, -2 * day))
})

const path = '/orgs/{org}/programme'

const post = (day: string) =>
  inOrg(world.services.db, owner.orgId, (tx) =>
    insertPublished(tx, owner, [
      {
        ...{ variantId: newId(), accountId: account, kind: 'post', likes: 1, halfLifeMinutes: 60, ages: [] },
        at: new Date(`${day}T09:00:00Z`),
      },
    ]),
  )

async function lookAfter(days: number) {
  now = new Date(`${addDays(last, days)}T10:00:00Z`)
  await watchOne(world.services, owner.orgId)
  const all = (await owner.call('GET', `${path}/guards/alarms?state=open`)).body
  return all.filter(({ cause }: { cause: string }) => cause === 'quit')
}

test('it stays open after twelve weeks and after a year, and says for how long it is silent', async () => {
  expect(await lookAfter(20)).toEqual([])
  const [first] = await lookAfter(21)
  expect(first).toMatchObject({ level: 'act', answer: null, says: expect.stringContaining('for 21 days') })
  for (const days of [60, 84, 100, 365]) {
    const open = await lookAfter(days)
    expect(open).toMatchObject([{ id: first.id, answer: null, says: expect.stringContaining(`for ${days} days`) }])
  }
  expect((await owner.call('GET', `${path}/guards`)).body).toMatchObject({ hasQuit: true })
})

test('it stays where the account was disconnected meanwhile, and an answer is kept', async () => {
  const [found] = await lookAfter(30)
  await inOrg(world.services.db, owner.orgId, (tx) =>
    tx.updateTable('accounts').set({ state: 'disconnected' }).where('id', '=', account).execute(),
  )
  const answer = { answer: 'no-problem', reason: 'The shop is closed until the summer.' }
  expect((await owner.call('POST', `${path}/guards/alarms/${found.id}/answer`, answer)).status).toBe(200)
  expect(await lookAfter(150)).toMatchObject([{ id: found.id, answer: 'no-problem', isMine: false }])
})

test('it ends when somebody comes back', async () => {
  expect(await lookAfter(120)).toHaveLength(1)
  await post(addDays(last, 121))
  expect(await lookAfter(122)).toEqual([])
  // One post is no new beginning of two weeks that could be quit, and what was before it is within the twelve weeks no more.
  expect(await lookAfter(200)).toEqual([])
})

test('weeks in which everybody is away by the rota are no silence', async () => {
  // The last post was on a Wednesday; two whole weeks after the next Monday.
  const span = { from: `${addDays(last, 5)}T00:00:00.000Z`, to: `${addDays(last, 19)}T00:00:00.000Z` }
  expect((await owner.call('POST', '/orgs/{org}/absences', { ...span, reason: 'Closed' })).status).toBe(201)
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 60 })
  expect(await lookAfter(21)).toEqual([])
  expect(await lookAfter(34)).toEqual([])
  expect(await lookAfter(35)).toMatchObject([{ says: expect.stringContaining('for 35 days') }])
})

test('it ends with the programme', async () => {
  expect(await lookAfter(120)).toHaveLength(1)
  const { id } = (await owner.call('GET', path)).body.programme
  expect((await owner.call('POST', `${path}/${id}/end`, { reason: 'Nobody has the time for it.' })).status).toBe(200)
  expect(await lookAfter(121)).toEqual([])
})

test('who was active on fewer days than two weeks has not begun, however long it is ago', async () => {
  await inOrg(world.services.db, owner.orgId, (tx) =>
    tx
      .deleteFrom('variants')
      .where('org_id', '=', owner.orgId)
      .where('published_at', '<', new Date(`${addDays(last, -20)}T00:00Z`))
      .execute(),
  )
  expect(await lookAfter(120)).toEqual([])
})
