// What each gate reads, on a real database: of a team its own people's work, of too little nothing, and never what is old.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { addDays, mondayOf } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { addKeptWeeks } from './ground.testing.ts'
import { readGates } from './read-evidence.ts'
import type { Gate, GateMeasure } from './types.ts'

const today = '2027-06-16'
let world: TestApp
let owner: TestSession
let ada: TestSession
let ben: TestSession
let service = ''
let account = ''
let programmeId = ''
const competencyId = newId()
beforeAll(async () => {
  world = await testApp({ clock: () => new Date(`${today}T10:00:00Z`) })
  owner = await world.as('owner')
  ada = await world.as('contributor')
  ben = await world.as('contributor')
  service = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })).body.id
  await sql('update members set department_id = $2 where id = $1', [ada.memberId, service])
  const begun = await owner.call('POST', '/orgs/{org}/programme', {
    ...{ name: 'X', ambition: 'presence', beginsOn: '2027-06-14' },
  })
  programmeId = begun.body.id
  account = newId()
  await sql(
    `insert into accounts (org_id, id, connector, server, remote_id, handle, display_name, name, url, time_zone, state, auth_method, instance, created_by, created_at)
      values ($1, $2, 'fake', 'x', 'r', 'harbour', 'Harbour', 'Harbour', 'https://example.org', 'UTC', 'connected', 'token', '{}', $3, '2027-01-01')`,
    [owner.orgId, account, owner.memberId],
  )
})
afterAll(() => world.close())

const sql = (text: string, values: unknown[]) => world.database.owner.query(text, values)

async function read(measure: GateMeasure, departmentId: string | null = null, activity: string | null = null) {
  const gate: Gate = { measure, bound: 1, activity }
  const asked = { programmeId, competencyId, departmentId, gates: [gate] }
  const [found] = [...(await readGates(world.services, owner.orgId, asked)).values()]
  return [found!.value, found!.of]
}

/** Out so many days ago. */
async function post(by: TestSession, ago: number, { state = 'published', sentBack = false } = {}): Promise<void> {
  const [id, at] = [newId(), `${addDays(today, -ago)}T09:00:00Z`]
  await sql(
    `insert into posts (org_id, id, content, summary, created_by, updated_by, owner_id, state) values ($1, $2, '{}', 's', $3, $3, $3, 'published')`,
    [owner.orgId, id, by.memberId],
  )
  await sql(
    `insert into variants (org_id, id, post_id, account_id, state, published_at) values ($1, $2, $3, $4, $5, $6)`,
    [owner.orgId, newId(), id, account, state, at],
  )
  if (sentBack)
    await sql(
      `insert into approval_requests (org_id, id, post_id, asked_by, asked_at, authors, due_at, state) values ($1, $2, $3, $4, $5, '{}', $5, 'rejected')`,
      [owner.orgId, newId(), id, by.memberId, at],
    )
}

const session = (by: TestSession, day: string, state: string) =>
  sql(
    `insert into plan_sessions (org_id, id, programme_id, item, part, parts, version, activity, kind, minutes, from_day, to_day, state, member_id, on_day, planned_day, made_up, by_hand, revision, made_at, changed_at)
      values ($1, $2, $3, $2::uuid::text, 1, 1, 1, 'short-post', 'light', 10, $5::date, $5::date, $6, $4, $5::date, $5::date, false, false, 1, now(), now())`,
    [owner.orgId, newId(), programmeId, by.memberId, day, state],
  )

test('posts are counted by team, over twelve weeks; a share of too few is none', async () => {
  for (let ago = 1; ago <= 6; ago++) await post(ada, ago)
  await post(ben, 2)
  await post(ben, 200)
  expect(await read('posts-out')).toEqual([7, null])
  expect(await read('posts-out', service)).toEqual([6, null])
  expect(await read('posts-by-the-rules')).toEqual([null, 7])
  await post(ada, 3, { state: 'removed' })
  await post(ada, 4, { sentBack: true })
  await post(ada, 5)
  expect(await read('posts-by-the-rules')).toEqual([80, 10])
  expect((await read('posts-by-the-rules', service))[0]).toBeCloseTo((7 / 9) * 100)
})

test('people and departments that take part are those whose work went out', async () => {
  expect(await read('people-out')).toEqual([2, null])
  expect(await read('departments-out')).toEqual([1, null])
  expect(await read('people-out', service)).toEqual([1, null])
})

test('trained are those who may answer and have a training that counts', async () => {
  const record = (memberId: string, more: object = {}) =>
    owner.call('POST', '/orgs/{org}/trainings', {
      ...{ memberId, topic: 'Tone', trainer: 'Kim', givenOn: '2027-06-01', ...more },
    })
  expect(await read('trained', service)).toEqual([0, 1])
  await record(ada.memberId, { drill: { exercises: 3, pass: 2 } })
  expect(await read('trained', service)).toEqual([0, 1])
  await record(ada.memberId)
  expect(await read('trained', service)).toEqual([100, 1])
})

test('weeks of the plan are kept in a row, and the spread of times needs eight', async () => {
  await addKeptWeeks({ query: sql, orgId: owner.orgId, memberId: owner.memberId, today }, programmeId, 5)
  expect(await read('weeks-kept')).toEqual([5, null])
  await sql('delete from time_entries where on_day between $1 and $2', [
    addDays(mondayOf(today), -21),
    addDays(mondayOf(today), -15),
  ])
  expect(await read('weeks-kept')).toEqual([2, null])
  // Sessions say more than minutes, and whose they are.
  expect(await read('weeks-kept', service)).toEqual([0, null])
  for (let back = 1; back <= 3; back++)
    for (let n = 0; n < 5; n++)
      await session(ada, addDays(mondayOf(today), -7 * back + n), back === 1 || n > 0 ? 'done' : 'missed')
  expect(await read('weeks-kept', service)).toEqual([3, null])
  await session(ada, addDays(mondayOf(today), -14), 'skipped')
  expect(await read('weeks-kept', service)).toEqual([1, null])
  await session(ada, addDays(mondayOf(today), -7), 'taken-out')
  expect(await read('weeks-kept', service)).toEqual([1, null])
  for (let n = 0; n < 4; n++)
    await sql(
      `insert into time_entries (org_id, id, member_id, activity, on_day, minutes, how, items, note, noted_at) values ($1, $2, $3, 'inbox-reply', $4, 6, 'timer', 1, '', now())`,
      [owner.orgId, newId(), ada.memberId, addDays(today, -n - 1)],
    )
  expect(await read('time-spread', null, 'inbox-reply')).toEqual([null, 4])
  for (let n = 4; n < 9; n++)
    await sql(
      `insert into time_entries (org_id, id, member_id, activity, on_day, minutes, how, items, note, noted_at) values ($1, $2, $3, 'inbox-reply', $4, 6, 'timer', 1, '', now())`,
      [owner.orgId, newId(), ada.memberId, addDays(today, -n - 1)],
    )
  expect(await read('time-spread', null, 'inbox-reply')).toEqual([0, 8])
})

test('events count when they are closed, goals when they are read', async () => {
  expect(await read('events-closed')).toEqual([0, null])
  const campaign = (kind: string, closed: string | null) =>
    sql(
      `insert into campaigns (org_id, id, name, kind, begins_on, ends_on, time_zone, owner_id, created_by, closed_at) values ($1, $2, 'Fair', $3, '2027-05-01', '2027-05-03', 'UTC', $4, $4, $5)`,
      [owner.orgId, newId(), kind, owner.memberId, closed],
    )
  await campaign('trade-show', '2027-05-10T10:00:00Z')
  await campaign('event', null)
  await campaign('promotion', '2027-05-10T10:00:00Z')
  await campaign('event', '2026-05-10T10:00:00Z')
  expect(await read('events-closed')).toEqual([1, null])

  expect(await read('goals-read')).toEqual([0, null])
  const goal = { title: 'Leads', measure: 'own', unit: 'leads', baseline: 4, target: 8, dueOn: '2027-12-06' }
  const { id } = (await owner.call('POST', '/orgs/{org}/programme/goals', goal)).body
  await owner.call('PUT', `/orgs/{org}/programme/goals/${id}/readings/${today}`, { value: 5 })
  expect(await read('goals-read')).toEqual([1, null])
})

test('without promises, coders, briefs or visits nothing is judged, and nothing opens', async () => {
  expect(await read('replies-in-time')).toEqual([null, 0])
  expect(await read('coding-agreement')).toEqual([null, 0])
  for (const measure of ['briefs-read', 'visits', 'replies-out', 'days-listened', 'observed'] as const)
    expect([measure, ...(await read(measure))]).toEqual([measure, 0, null])
})
