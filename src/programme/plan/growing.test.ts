// A plan whose lines grow apart from each other: over HTTP on a real database, with the sessions that come of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { addDays } from '../../lib/days.ts'
import { makeSessions } from '../sessions/upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
const path = '/orgs/{org}/programme'

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 600 })
})
afterAll(() => world.close())

const slots = (times: number, activity: string) => Array.from({ length: times }, () => ({ anyOf: [{ activity }] }))
const line = (id: string, times: number, activity: string, more: object = {}) => ({
  ...{ id, channel: null, every: 1, unit: 'week', slots: slots(times, activity) },
  ...more,
})
const grows = (first: number, weeks: number) => ({ grows: { first, from: monday, weeks } })
const lines = [
  line('short', 3, 'short-post', grows(1, 4)),
  line('groups', 2, 'group-reply', grows(1, 2)),
  line('status', 1, 'status-update'),
]
const preview = (given: object[]) => owner.call('POST', `${path}/plan/preview`, { lines: given })
const asked = async (index: number, activity: string) => {
  const week = addDays(monday, 7 * index)
  const { days, withoutPlace } = (await owner.call('GET', `${path}/sessions/week?week=${week}`)).body
  const all: { activity: string }[] = [...days.flatMap((day: { sessions: object[] }) => day.sessions), ...withoutPlace]
  return all.filter((each) => each.activity === activity).length
}

describe('a plan whose lines grow', () => {
  test('is refused with rule, requirement and field where a line would jump', async () => {
    const steep = (await preview([lines[2]!, line('short', 12, 'short-post', grows(1, 2))])).body.data
    expect(steep).toMatchObject({
      ...{ code: 'cadence-faulty', field: 'lines.1.grows.weeks' },
      params: { rule: 'new-high', requirement: 'R1-08', reason: expect.stringContaining('too fast for a line') },
    })
    const none = (await preview([line('short', 2, 'short-post', grows(2, 2))])).body.data
    expect(none).toMatchObject({ field: 'lines.0.grows.first', params: { rule: 'growth', requirement: 'R1-18' } })
    expect((await preview([line('short', 2, 'short-post', grows(0, 2))])).status).toBe(422)
  })

  test('says what it begins with, each step of each line, and grows as a whole by its own rules', async () => {
    const { body } = await preview(lines)
    expect(Math.round(body.minutes.week)).toBe(3 * 8 + 2 * 10 + 15)
    expect(Math.round(body.minutes.first)).toBe(8 + 10 + 15)
    const at = (index: number) => addDays(monday, 7 * index)
    expect(body.grows).toMatchObject([
      {
        line: 'short',
        steps: [
          { monday, times: 1 },
          { monday: at(2), times: 2 },
          { monday: at(4), times: 3 },
        ],
      },
      {
        line: 'groups',
        steps: [
          { monday, times: 1 },
          { monday: at(2), times: 2 },
        ],
      },
    ])
    expect(body.findings.filter(({ severity }: { severity: string }) => severity === 'refused')).toEqual([])
    expect(body.weeks[0].minutes).toBeLessThan(body.weeks[5].minutes)
    const small = (await preview([line('blog', 4, 'blog-post', grows(1, 3))])).body
    expect(small.findings).toContainEqual(
      expect.objectContaining({ rule: 'growth', requirement: 'R1-18', severity: 'warning', week: at(1) }),
    )
  })

  test('asks for more of one channel week by week, and leaves the others as they are', async () => {
    const { status, body } = await owner.call('POST', `${path}/plan`, {
      lines,
      reason: 'Each grows on its own',
      after: null,
    })
    expect([status, body.lines[0].grows]).toEqual([201, { first: 1, from: monday, weeks: 4 }])
    await makeSessions(world.services, owner.orgId)
    for (const [activity, counts] of Object.entries({
      'short-post': [1, 1, 2, 2, 3],
      'group-reply': [1, 1, 2, 2, 2],
      'status-update': [1, 1, 1, 1, 1],
    }))
      expect(await Promise.all([0, 1, 2, 3, 4].map((index) => asked(index, activity))), activity).toEqual(counts)
  })

  test('goes on growing from where it stands when another line changes and when figures become stricter', async () => {
    now = new Date(`${addDays(monday, 14)}T07:00:00Z`)
    const changed = [lines[0]!, lines[1]!, line('status', 2, 'status-update')]
    expect(
      (await owner.call('POST', `${path}/plan`, { lines: changed, reason: 'One status more', after: 1 })).status,
    ).toBe(201)
    await makeSessions(world.services, owner.orgId)
    expect(await Promise.all([2, 3, 4, 5].map((index) => asked(index, 'short-post')))).toEqual([2, 2, 3, 3])
    const { outlook } = (await owner.call('GET', `${path}/plan`)).body
    expect(outlook.grows[0].steps.map(({ times }: { times: number }) => times)).toEqual([2, 3])
  })
})
