// The long view over HTTP on a real database: from the plan in force, with forecasts by readings, and results that wait.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'

const monday = '2027-01-11'
const now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const read = (query = '', who = owner) => who.call('GET', `${path}/long-view${query}`)

test('is there before anything is measured, and says what is assumed', async () => {
  const viewer = await world.as('viewer')
  const { status, body } = await read('?years=1', viewer)
  expect([status, body.weeks.length, body.target, body.baseline]).toEqual([200, 52, null, { minutes: 90, from: 'new' }])
  expect(body.goals).toEqual([])
  expect(body.results.map(({ result, state }: Record<string, string>) => [result, state])).toEqual([
    ['awareness', 'waiting'],
    ['leads', 'waiting'],
    ['revenue', 'waiting'],
  ])
  const fast = (await read('?years=1&fades=2')).body
  expect(fast.assumptions.find(({ name }: { name: string }) => name === 'fades').value).toBe(2)
  expect(fast.weeks.at(-1).sprint.built).toBeLessThan(body.weeks.at(-1).sprint.built)
  const refused = await read('?fades=0')
  expect([refused.status, refused.body.data.field]).toEqual([422, 'fades'])
})

test('goes by the plan in force, forecasts goals with a range, and takes mentions for awareness', async () => {
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  const slots = [{ anyOf: [{ activity: 'blog-post' }] }]
  const lines = [{ id: 'blog', channel: 'blog', every: 1, unit: 'week', slots }]
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after: null })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 150 })
  const goal = { unit: 'leads', baseline: 4, target: 8, dueOn: '2027-03-01' }
  const leads = (await owner.call('POST', `${path}/goals`, { title: 'More leads', measure: 'own', ...goal })).body
  const heard = await owner.call('POST', `${path}/goals`, { title: 'Heard', measure: 'mentions-weekly', ...goal })
  for (const [index, value] of [4, 4.5, 4.9, 5.6, 6, 6.4, 7.1, 7.4].entries())
    await owner.call('PUT', `${path}/goals/${leads.id}/readings/${addDays(monday, 7 * (index - 7))}`, { value })
  await owner.call('PUT', `${path}/goals/${heard.body.id}/readings/${monday}`, { value: 12 })

  const { body } = await read()
  expect(body).toMatchObject({ ceiling: 150, baseline: { minutes: 90 } })
  expect(Math.round(body.target)).toBe(228)
  expect(Math.max(...body.weeks.map(({ marathon }: { marathon: { minutes: number } }) => marathon.minutes))).toBe(150)
  const told = body.goals.find(({ id }: { id: string }) => id === leads.id).forecast
  expect(told).toMatchObject({ state: 'told', stepDays: 7, onDue: { day: '2027-03-01' } })
  expect(told.onDue.low).toBeLessThan(told.onDue.mean)
  expect(told.onDue.mean).toBeGreaterThan(9)
  expect(body.goals.find(({ id }: { id: string }) => id === heard.body.id).forecast).toMatchObject({
    ...{ state: 'too-few', there: 1 },
  })
  expect(body.results[0]).toMatchObject({ state: 'measured', readings: [{ day: monday, value: 12 }] })
  expect(body.results[1]).toMatchObject({ state: 'waiting', readings: [] })
  await owner.call('POST', `${path}/goals/${leads.id}/end`, {
    outcome: 'given-up',
    reason: 'Nobody counts them any more.',
  })
  expect((await read()).body.goals).toHaveLength(1)
  const stranger = await world.as('owner', world.theirs)
  expect((await read('', stranger)).body.goals).toEqual([])
  const rows = await inOrg(world.services.db, owner.orgId, (tx) =>
    tx.selectFrom('programme_goals').select('id').execute(),
  )
  expect(rows).toHaveLength(2)
})
