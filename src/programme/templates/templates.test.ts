// Plans to begin with: each may be put in force as it is, says for whom it is, and what it costs in weeks 1 and 12.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { cadenceMinutes } from '../load/cadence/minutes.ts'
import { loadSettings } from '../load/figures/settings.ts'
import { pricesOf } from '../plan/rules.ts'
import { templates } from './rules.ts'

let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => new Date('2027-01-11T10:00:00Z') })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'

test('say what they cost before anything is begun, and rise by rule', async () => {
  const { body } = await owner.call('GET', `${path}/templates`)
  expect(body.map(({ id }: { id: string }) => id)).toEqual(['novice', 'intermediate', 'maintain', 'b2b', 'agency'])
  for (const { id, weekOne, weekTwelve, isLighter, inFull, people, forWhom } of body) {
    expect(forWhom.length, id).toBeGreaterThan(20)
    expect(people, id).toBe(1)
    // Nobody who is new begins above 90 minutes, and nothing goes above what it asks for.
    expect(weekOne, id).toBeLessThanOrEqual(97)
    // Each third week is lighter, and says so; the others have a little more than the plan asks for, so that it is met in the mean.
    expect(weekTwelve, id).toBeGreaterThanOrEqual(isLighter ? 0.7 * weekOne : weekOne)
    expect(weekTwelve, id).toBeLessThanOrEqual((inFull * 3) / 2.8 + 1e-9)
  }
})

test('the one of business to business is the cadence of the source text, to the minute', () => {
  const settings = loadSettings()
  const { lines } = templates.find(({ id }) => id === 'b2b')!
  const { week, few } = cadenceMinutes(
    { lines } as Parameters<typeof cadenceMinutes>[0],
    pricesOf(new Map(), settings),
    settings,
  )
  expect(Math.round(week)).toBe(179)
  expect(few).toBe(false)
})

test('are put in force as they are', async () => {
  await owner.call('POST', path, { name: 'X', ambition: 'succeed', beginsOn: '2027-01-11' })
  for (const [index, { lines, id }] of templates.entries()) {
    const reason = `To see whether ${id} can be a plan.`
    const adopted = await owner.call('POST', `${path}/plan`, { lines, reason, after: index === 0 ? null : index })
    expect([id, adopted.status]).toEqual([id, 201])
  }
})
