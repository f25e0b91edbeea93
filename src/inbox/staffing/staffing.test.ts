// Staffing over HTTP on the real database.

import { expect, test } from 'vitest'
import { owner, useInbox, world } from '../ground.testing.ts'
import { connectedLongAgo, goTo, makeHours, makePromise, say } from '../promises/promises-world.testing.ts'

const read = async (query = '') => (await owner.call('GET', `/orgs/{org}/inbox-staffing${query}`)).body

useInbox(async () => {
  await connectedLongAgo()
  goTo(-60)
})

test('without a promise there is nothing to say', async () => {
  expect(await read()).toBeNull()
})

test('what came in the last weeks by hour says how many people keep the promise, and what the rota keeps', async () => {
  const hoursId = await makeHours()
  await makePromise({ name: 'Four hours', hoursId, targets: [{ metric: 'first-reply', minutes: 240 }] })
  // On a Tuesday, all in one hour, half an hour of work each.
  goTo(0)
  for (let index = 0; index < 12; index++) await say(`asks-${index}`, { intent: 'question' })
  goTo(60)
  for (let index = 0; index < 12; index++)
    await say(`ours-${index}`, { author: `asks-${index}`, replyTo: `asks-${index}`, isOurs: true })
  goTo(24 * 60)
  const found = await read('?handlingMinutes=30')
  expect(found).toMatchObject({
    ...{ promise: { name: 'Four hours', minutes: 240 }, basis: 'promise', weeks: 1, counted: 12, openNow: 0 },
    peak: { perHour: 12, abandons: null },
  })
  // Six hours of work due within four: one person keeps too few, two keep all in most weeks.
  expect(found.needed).toMatchObject({ people: 2 })
  const kept = found.tried.map(({ people, kept: share }: { people: number; kept: { mean: number } }) => [
    people,
    share.mean,
  ])
  expect(kept.find(([people]: number[]) => people === 1)![1]).toBeLessThan(0.9)
  expect(kept.find(([people]: number[]) => people === 2)![1]).toBeGreaterThanOrEqual(0.9)
  expect(found.hours).toHaveLength(168)
  const busiest = found.hours.filter(({ perHour }: { perHour: number }) => perHour > 0)
  expect(busiest).toMatchObject([{ at: '2027-01-19T09:00:00.000Z', perHour: 12, needed: 2 }])
  // Longer work needs no fewer people, and the same question has the same answer.
  expect((await read('?handlingMinutes=120')).needed.people).toBeGreaterThan(2)
  expect(await read('?handlingMinutes=30')).toEqual(found)
})

test('people who lose patience are told of where it is asked for', async () => {
  const { peak } = await read('?handlingMinutes=30&patienceMinutes=60')
  expect(peak.abandons).toBeGreaterThan(0)
  expect(peak.abandons).toBeLessThan(1)
  const none = await world.as('owner', world.theirs)
  expect((await none.call('GET', '/orgs/{org}/inbox-staffing')).body).toBeNull()
})
