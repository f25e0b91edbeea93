// Whoever makes sessions and dies in the middle leaves nothing of it; the next one makes all of them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { lines } from './shop.testing.ts'
import { keepSessions, makeSessions } from './upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  const path = '/orgs/{org}/programme'
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 200 })
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What one person can do', after: null })
})
afterAll(() => world.close())

const rows = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('id').execute(),
  )
const count = async (table: 'session_marks' | 'session_steps') =>
  (await inOrg(world.services.db, world.ours, (tx) => tx.selectFrom(table).select('id').execute())).length

/** Everything is written and nothing committed: it waits for the chain of events, which somebody else holds. */
async function dieAtTheEnd(): Promise<unknown> {
  const { owner: pool } = world.database
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from event_heads where org_id = $1 for update', [world.ours])
    const dying = makeSessions(world.services, world.ours).then(
      () => 'lived',
      (error: unknown) => error,
    )
    await expect
      .poll(async () => {
        const { rows: found } = await pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
             and query like '%event_heads%' and pid <> pg_backend_pid()`,
        )
        return found.length
      })
      .toBe(1)
    return await dying
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

test('killed before they are committed, none are there, and what asked for them is kept', async () => {
  expect(await dieAtTheEnd()).toBeInstanceOf(Error)
  expect(await rows()).toEqual([])
  expect(await count('session_marks')).toBeGreaterThan(0)
  await Promise.all([keepSessions(world.services), keepSessions(world.services)])
  expect((await rows()).filter(({ state }) => state === 'planned').length).toBeGreaterThan(0)
  expect(await count('session_marks')).toBe(0)
  expect(world.logged).toEqual([])
})

test('killed while what was missed is reckoned, nothing is missed yet; then once', async () => {
  now = new Date('2027-01-13T07:00:00Z')
  const before = await rows()
  expect(await dieAtTheEnd()).toBeInstanceOf(Error)
  expect(await rows()).toEqual(before)
  expect(await count('session_steps')).toBe(0)
  await Promise.all([keepSessions(world.services), keepSessions(world.services)])
  const missed = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('session_steps').select('session_id').where('what', '=', 'missed').execute(),
  )
  const due = before.filter(({ state, on_day }) => state === 'planned' && on_day! < '2027-01-13')
  expect(missed.map(({ session_id }) => session_id).sort()).toEqual(due.map(({ id }) => id).sort())
  expect(due.length).toBeGreaterThan(0)
})
