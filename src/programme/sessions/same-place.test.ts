// Another plan may ask for the same work in a longer period that began on the same day: what was done of it stays done, however long ago.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { makeSessions } from './upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const line = (every: number) => ({
  ...{ id: 'x', channel: 'blog', every, unit: 'week' },
  slots: [{ anyOf: [{ activity: 'status-update' }] }],
})
const adopt = (every: number, after: number | null) =>
  owner.call('POST', `${path}/plan`, { lines: [line(every)], reason: 'Less of it', after })
const rows = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('from_day').execute(),
  )

test('what was done in a short period is not asked for again in a longer one', async () => {
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 120 })
  expect((await adopt(1, null)).status).toBe(201)
  await makeSessions(world.services, world.ours)
  const [first] = (await owner.call('GET', `${path}/sessions/now?minutes=60`)).body.open
  expect((await owner.call('POST', `${path}/sessions/${first.id}/done`, {})).status).toBe(200)
  expect((await adopt(4, 1)).status).toBe(201)
  // Until the longer period is nearly over: what was done is long ago by then.
  for (const day of ['2027-01-12', '2027-01-19', '2027-01-27', '2027-02-05']) {
    now = new Date(`${day}T07:00:00Z`)
    await makeSessions(world.services, world.ours)
    const own = (await rows()).filter(({ from_day }) => from_day === monday)
    expect(own.map(({ id, state }) => [id, state])).toEqual([[first.id, 'done']])
  }
})
