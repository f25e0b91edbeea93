// Pieces in parts, on a real database: a part that was missed stays open, and what was begun is finished under whatever plan comes.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { keepSessions } from './upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T06:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const line = (id: string, every: number, activity: string, slots = 1) => ({
  ...{ id, channel: null, every, unit: 'week' },
  slots: Array.from({ length: slots }, () => ({ anyOf: [{ activity }] })),
})
const adopt = async (lines: object[], after: number | null) =>
  expect((await owner.call('POST', `${path}/plan`, { lines, reason: 'What one can do', after })).status).toBe(201)
const rows = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('part').execute(),
  )
const onDay = async (day: string) => {
  now = new Date(`${day}T06:00:00Z`)
  await keepSessions(world.services)
  return (await rows()).filter((row) => row.state === 'planned' && row.on_day === day)
}
const done = async (id: string) => expect((await owner.call('POST', `${path}/sessions/${id}/done`)).status).toBe(200)

test('what was begun is finished, in the place of light work, though its days are over and the plan asks for it no more', {
  timeout: 120_000,
}, async () => {
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 120 })
  await adopt([line('blog', 2, 'blog-post'), line('short', 1, 'short-post', 2)], null)
  const day = monday
  await onDay(day)
  const first = (await rows()).find(({ activity, state }) => activity === 'blog-post' && state === 'planned')!
  const { item, parts } = first
  expect(parts).toBeGreaterThan(1)
  await done(first.id)

  // Nothing of it is done for more than two weeks: it stays open, and says why.
  for (const days of [2, 5, 9, 17]) await onDay(addDays(day, days))
  const open = (await rows()).filter((row) => row.item === item && row.state !== 'done')
  expect(open).toHaveLength(parts - 1)
  for (const { state, reason } of open) expect(state === 'planned' || reason !== null).toBe(true)

  // A plan without it comes in force, with more short posts than there is time for.
  await adopt([line('short', 1, 'short-post', 20)], 1)
  await onDay(addDays(day, 18))
  for (const { id, item: own, state } of await rows()) if (own === item && state === 'planned') await done(id)
  const all = await rows()
  expect(all.filter((row) => row.item === item).map(({ state }) => state)).toEqual(Array(parts).fill('done'))
  // Of what nobody had begun nothing is left.
  const others = all.filter((row) => row.activity === 'blog-post' && row.item !== item)
  const ahead = others.filter(({ state, to_day }) => state === 'planned' && to_day >= addDays(day, 18))
  expect(ahead).toEqual([])
})

test('whoever leaves a part of it out has decided: it comes back no more', { timeout: 120_000 }, async () => {
  await adopt([line('film', 4, 'short-video', 1), line('short', 1, 'short-post', 2)], 2)
  const day = now.toISOString().slice(0, 10)
  await onDay(day)
  const some = (await rows()).filter(({ activity, state }) => activity === 'short-video' && state === 'planned')
  const { item, parts } = some[0]!
  expect(parts).toBeGreaterThan(1)
  await done(some[0]!.id)
  const next = (await rows()).find((row) => row.item === item && row.state === 'planned')!
  const skipped = await owner.call('POST', `${path}/sessions/${next.id}/skip`, { reason: 'It was a poor idea' })
  expect(skipped.status).toBe(200)
  await adopt([line('short', 1, 'short-post', 20)], 3)
  await onDay(addDays(day, 1))
  expect((await rows()).filter((row) => row.item === item && row.state === 'planned')).toEqual([])
})
