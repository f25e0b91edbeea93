// What guards know of absences and of sessions: a week away is no zero, and what was made up was not missed.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { judgeGuards } from './judge.ts'
import { readGuardFacts } from './read-facts.ts'

/** A Monday. */
const today = '2027-03-01'
let now = new Date(`${today}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let programmeId: string
beforeAll(async () => {
  world = await testApp({ clock: () => now })
})
afterAll(() => world.close())
beforeEach(async () => {
  owner = await world.as('owner', await world.found('Harbour'))
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-01-04' })
  programmeId = (await owner.call('GET', path)).body.programme.id
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
})

const path = '/orgs/{org}/programme'

async function judged() {
  const { facts, settings } = await readGuardFacts(world.services, owner.orgId)
  return { facts, sprint: judgeGuards(facts, settings).sprint }
}

const work = (day: string, minutes: number) =>
  inOrg(world.services.db, owner.orgId, (tx) =>
    tx
      .insertInto('time_entries')
      .values({
        ...{ org_id: owner.orgId, id: newId(), member_id: owner.memberId, activity: 'short-post', on_day: day },
        ...{ minutes, how: 'typed', items: 1, note: '', noted_at: now },
      })
      .execute(),
  )

test('a week away that was announced makes no sprint of the week after it', async () => {
  for (const [index, minutes] of [100, 100, 100, 0, 140].entries())
    if (minutes > 0) await work(addDays(today, 7 * (index - 5) + 1), minutes)
  const reasons = async () => (await judged()).sprint.reasons.map(({ reason }) => reason)
  expect(await reasons()).toContain('ratio')
  const [from, to] = [addDays(today, -14), addDays(today, -7)]
  now = new Date(`${addDays(from, -3)}T10:00:00Z`)
  const span = { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z`, memberId: owner.memberId }
  expect((await owner.call('POST', '/orgs/{org}/absences', { ...span, reason: 'Away' })).status).toBe(201)
  now = new Date(`${today}T10:00:00Z`)
  expect((await judged()).facts.there.get(from)).toBe(0)
  expect(await reasons()).not.toContain('ratio')
  // Whoever works more than ever in a week in which they wanted to be away has not been away.
  await work(addDays(from, 2), 400)
  now = new Date(`${to}T10:00:00Z`)
  expect(await reasons()).toContain('ratio')
})

/** Planned for this day; missed on it, where that is said. */
async function session(day: string, state: string, { isMissed = false, doneOn = day } = {}): Promise<void> {
  const id = newId()
  const place = { member_id: owner.memberId, on_day: doneOn, planned_day: day, from_day: day, to_day: day }
  await inOrg(world.services.db, owner.orgId, async (tx) => {
    await tx
      .insertInto('plan_sessions')
      .values({
        ...{ org_id: owner.orgId, id, programme_id: programmeId, item: id, part: 1, parts: 1, version: 1, ...place },
        ...{ activity: 'short-post', kind: 'light', minutes: 10, state, made_up: false, by_hand: false },
        ...{ revision: 1, made_at: now, changed_at: now },
      })
      .execute()
    if (isMissed)
      await tx
        .insertInto('session_steps')
        .values({ org_id: owner.orgId, id: newId(), session_id: id, what: 'missed', from_day: day, at: now })
        .execute()
  })
}

test('each session counts once: one that was missed and made up was done', async () => {
  await session('2027-02-15', 'done')
  await session('2027-02-16', 'done', { isMissed: true, doneOn: '2027-02-18' })
  await session('2027-02-17', 'missed', { isMissed: true })
  await session('2027-02-18', 'planned', { isMissed: true, doneOn: today })
  await session('2027-02-23', 'taken-out')
  const { facts } = await judged()
  expect(facts.sessions.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toMatchObject([
    { day: '2027-02-15', done: true },
    { day: '2027-02-17', done: false },
    { day: '2027-02-18', done: expect.any(Boolean) },
    { day: '2027-02-18', done: expect.any(Boolean) },
  ])
  expect(facts.sessions.filter(({ done }) => done)).toHaveLength(2)
  expect([...facts.planned]).toEqual([['2027-02-15', 40]])
})
