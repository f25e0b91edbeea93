// What a chosen plan keeps of the one before it, over HTTP on a real database: the campaigns of lines that it makes anew, and the growth of those it leaves.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { addDays } from '../../lib/days.ts'
import { makeChoice } from './work.ts'

const monday = '2027-01-11'
let world: TestApp
let owner: TestSession
const path = '/orgs/{org}/programme'

beforeAll(async () => {
  world = await testApp({ clock: () => new Date(`${monday}T10:00:00Z`) })
  owner = await world.as('owner')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
})
afterAll(() => world.close())

const tell = (facts: object) =>
  owner.call('POST', `${path}/worth/lines`, { channel: '', unit: 'reactions', decay: 0.95, ...facts })
const line = (id: string, times: number, activity: string, more: object = {}) => ({
  ...{ id, channel: null, every: 1, unit: 'week', ...more },
  slots: Array.from({ length: times }, () => ({ anyOf: [{ activity }] })),
})

interface Line {
  id: string
  every: number
  campaignId?: string
  grows?: object
  slots: { anyOf: { activity: string }[] }[]
}
const weeklyBy = (lines: Line[], activity: string) => {
  const counts = new Map<string | null, number>()
  for (const { slots, every, campaignId = null } of lines)
    for (const { anyOf } of slots)
      if (anyOf[0]!.activity === activity) counts.set(campaignId, (counts.get(campaignId) ?? 0) + 1 / every)
  return counts
}

test('a plan that was chosen is for the same campaigns, and what it leaves alone grows on', async () => {
  const campaign = async (name: string) => {
    const days = { beginsOn: addDays(monday, 70), endsOn: addDays(monday, 90) }
    return (await owner.call('POST', '/orgs/{org}/campaigns', { name, kind: 'promotion', ...days })).body.id as string
  }
  const [launch, fair] = [await campaign('Launch'), await campaign('Fair')]
  await tell({ activity: 'short-post', minutes: 10, value: 5, mostWeekly: 12 })
  await tell({ activity: 'status-update', minutes: 20, value: 30, mostWeekly: 9 })
  // As many as there are now, whatever it is worth.
  await tell({ activity: 'group-reply', minutes: 10, value: 1, mostWeekly: 1, leastWeekly: 1 })
  const grows = { first: 1, from: monday, weeks: 8 }
  const lines = [
    line('launch', 4, 'short-post', { campaignId: launch }),
    line('fair', 2, 'short-post', { campaignId: fair }),
    line('status', 2, 'status-update', { campaignId: fair }),
    line('groups', 2, 'group-reply', { grows }),
  ]
  const adopted = await owner.call('POST', `${path}/plan`, { lines, reason: 'What there is', after: null })
  expect(adopted.status, JSON.stringify(adopted.body)).toBe(201)
  const { id } = (await owner.call('POST', `${path}/choices`, { weeks: 4, time: 'given', explore: 0 })).body
  await makeChoice(world.services, { orgId: owner.orgId, choiceId: id })
  const reason = 'The planner found more for it'
  const put = await owner.call('POST', `${path}/choices/${id}/put`, { reason, anyway: true })
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  const chosen: Line[] = put.body.lines
  const posts = weeklyBy(chosen, 'short-post')
  const all = [...posts.values()].reduce((sum, each) => sum + each, 0)
  // What there was is changed, and two of three are for the launch still.
  expect(all).not.toBe(6)
  expect([...posts.keys()].sort()).toEqual([launch, fair].sort())
  expect(Math.abs(posts.get(launch)! - (all * 2) / 3)).toBeLessThanOrEqual(0.25)
  const updates = weeklyBy(chosen, 'status-update')
  expect([...updates.keys()]).toEqual([fair])
  expect(updates.get(fair)).toBeGreaterThan(2)
  expect(chosen.find((each) => each.id === 'groups')).toEqual(lines[3])
})
