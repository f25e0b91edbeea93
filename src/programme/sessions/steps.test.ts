// Sessions of many are written in steps: whoever dies between two of them leaves each session once, and what people change meanwhile is theirs.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { lookAt } from './look.ts'
import { readPlanNow } from './plan-now.ts'
import { lines } from './shop.testing.ts'
import { markIds } from './store-upkeep.ts'
import { keepSessions, makeSessions, workOut } from './upkeep.ts'
import { writeInSteps } from './write-in-steps.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  const ada = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const each of [owner, ada]) await each.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 200 })
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const adopt = (some: object[], after: number | null) =>
  owner.call('POST', `${path}/plan`, { lines: some, reason: 'What two people can do', after })
const rows = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('id').execute(),
  )
const marks = () => inOrg(world.services.db, world.ours, (tx) => markIds(tx, world.ours))
const factsOf = async (verb: string) =>
  (await owner.call('GET', `/orgs/{org}/events?limit=100`)).body.items
    .filter((event: { verb: string }) => event.verb === verb)
    .map(({ facts }: { facts: unknown }) => facts)

const stop = 777_001

/** Whoever writes more sessions than this waits for somebody who holds the lock of the test. */
async function stopAfter(most: number): Promise<void> {
  await world.database.owner.query(`
    create or replace function stop_here() returns trigger language plpgsql as $$
    begin
      if (select count(*) from plan_sessions) >= ${most} then perform pg_advisory_xact_lock(${stop}); end if;
      return new;
    end $$;
    create or replace trigger stop_here before insert on plan_sessions for each row execute function stop_here()`)
}

test('killed in the second step, the first one stays, what asked for them is kept, and two others make the rest once', async () => {
  await adopt(lines, null)
  await stopAfter(7)
  const { owner: pool } = world.database
  const holder = await pool.connect()
  try {
    await holder.query('select pg_advisory_lock($1)', [stop])
    const dying = makeSessions(world.services, world.ours, 5).then(
      () => 'lived',
      (error: unknown) => error,
    )
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and pid <> pg_backend_pid()`
    await expect.poll(async () => (await pool.query(kill)).rows.length).toBe(1)
    expect(await dying).toBeInstanceOf(Error)
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [stop])
    holder.release()
    await pool.query('drop trigger stop_here on plan_sessions')
  }
  const first = await rows()
  expect(first).toHaveLength(5)
  expect((await marks()).length).toBeGreaterThan(0)
  await Promise.all([makeSessions(world.services, world.ours, 5), makeSessions(world.services, world.ours, 7)])
  const all = await rows()
  for (const row of first) expect(all).toContainEqual(row)
  expect(new Set(all.map(({ item, part }) => `${item} ${part}`)).size).toBe(all.length)
  expect(all.filter(({ state }) => state === 'planned').length).toBeGreaterThan(20)
  expect(await marks()).toEqual([])
  // Each step told what it made: together as many as there are.
  const made = (await factsOf('sessions.made')) as { made: number }[]
  expect(made.length).toBeGreaterThan(3)
  expect(made.reduce((sum, each) => sum + each.made, 0)).toBe(all.length)
  await keepSessions(world.services)
  expect(await rows()).toEqual(all)
})

test('what somebody did while it was worked out stays as they want it, and the rest is made after it', async () => {
  expect((await adopt(lines.slice(1), 1)).status).toBe(201)
  const { db } = world.services
  const given = { orgId: world.ours, marks: await marks(), at: now, ...(await readPlanNow(world.services, world.ours)) }
  const looked = await inOrg(db, world.ours, (tx) => lookAt(tx, given))
  if (looked === null || looked === 'outrun') throw new Error('There is something to be made.')
  const writings = workOut(looked)
  const blog = (await rows()).find((row) => row.activity === 'blog-post' && row.member_id === owner.memberId)!
  expect((await owner.call('POST', `${path}/sessions/${blog.id}/done`, {})).status).toBe(200)
  expect(await writeInSteps(world.services, looked, writings)).toBe('partly')
  const stateOf = async (id: string) => (await rows()).find((row) => row.id === id)!.state
  expect(await stateOf(blog.id)).toBe('done')
  expect((await marks()).length).toBeGreaterThan(0)
  await makeSessions(world.services, world.ours)
  expect(await stateOf(blog.id)).toBe('done')
  expect(await marks()).toEqual([])
  const open = (await rows()).filter(({ activity, state }) => activity === 'blog-post' && state === 'planned')
  expect(open).toEqual([])
  const settled = await rows()
  await keepSessions(world.services)
  expect(await rows()).toEqual(settled)
})

test('another version that came in force while it was worked out is never written over', async () => {
  const { db } = world.services
  now = new Date('2027-01-12T07:00:00Z')
  const given = { orgId: world.ours, marks: await marks(), at: now, ...(await readPlanNow(world.services, world.ours)) }
  const looked = await inOrg(db, world.ours, (tx) => lookAt(tx, given))
  if (looked === null || looked === 'outrun') throw new Error('There is something to be made.')
  const writings = workOut(looked)
  expect((await adopt(lines, 2)).status).toBe(201)
  const before = await rows()
  expect(await writeInSteps(world.services, looked, writings)).toBe('outrun')
  expect(await rows()).toEqual(before)
})
