// Measures over HTTP on the real database, against conversations whose figures can be told by hand.

import { expect, test } from 'vitest'
import { owner, useInbox } from '../ground.testing.ts'
import { connectedLongAgo, goTo, makePromise, say } from '../promises/promises-world.testing.ts'

const minuteMs = 60_000

useInbox(async () => {
  await connectedLongAgo()
  goTo(-60)
  await makePromise({ name: 'Hour', targets: [{ metric: 'first-reply', minutes: 60, hours: 'calendar' }] })
  // Answered after 10, 20, 30 and 90 minutes; one never, one closed without an answer.
  for (const [index, minutes] of [10, 20, 30, 90].entries()) {
    goTo(0)
    await say(`asks-${index}`, { intent: 'question' })
    goTo(minutes)
    await say(`ours-${index}`, { author: `asks-${index}`, replyTo: `asks-${index}`, isOurs: true })
  }
  goTo(0)
  await say('never', { intent: 'question' })
  const id = await say('thanks', { intent: 'praise' })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/state`, { to: 'closed', reason: 'no-answer-needed' })
  goTo(30)
  await say('thanks-2', { author: 'thanks', replyTo: 'thanks' })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/state`, { to: 'closed', reason: 'answered' })
  goTo(300)
})

const measured = async (query = '') =>
  (await owner.call('GET', `/orgs/{org}/inbox-measures?from=2027-01-12&to=2027-01-13${query}`)).body

test('replies, promises and closings add up', async () => {
  const found = await measured()
  expect(found).toMatchObject({ zone: 'Europe/Berlin', heard: 7, answered: 4, conversations: 6 })
  const [first] = found.promises
  expect(first).toMatchObject({ metric: 'first-reply', met: 3, broken: 1, overdue: 1, waived: 2, running: 0 })
  expect(first.kept).toMatchObject({ n: 5, share: 0.6 })
  expect(first.kept.low).toBeLessThan(0.6)
  // Of 10, 20, 30 and 90 minutes.
  expect(first.wall).toEqual({ n: 4, median: 25 * minuteMs, p90: 72 * minuteMs })
  expect(first.promised).toEqual(first.wall)
  expect(found.reopened).toMatchObject({ n: 2, share: 0.5 })
  expect(found.backlog).toMatchObject({ waiting: 1, overdue: 1, oldest: '2027-01-12T09:00:00.000Z' })
})

test('days stand apart, and days without anything are there', async () => {
  const { days } = await measured()
  expect(days).toMatchObject([
    { day: '2027-01-12', heard: 7, answered: 4, firstReply: 25 * minuteMs, kept: { n: 5 } },
    { day: '2027-01-13', heard: 0, answered: 0, firstReply: null, kept: null, negative: null },
  ])
})

test('one person’s are told apart from everybody’s, and filters hold for all figures', async () => {
  const list = (await owner.call('GET', '/orgs/{org}/conversations?state=all&order=due')).body.items
  await owner.call('POST', `/orgs/{org}/conversations/${list[0].id}/assign`, { ownerId: owner.memberId })
  const found = await measured()
  const people = found.groups.filter(({ by }: { by: string }) => by === 'person')
  expect(people).toMatchObject([
    { id: owner.memberId, promises: [{ overdue: 1, met: 0 }] },
    { id: null, promises: [{ met: 3, broken: 1 }] },
  ])
  const own = await measured(`&memberId=${owner.memberId}`)
  expect(own).toMatchObject({ heard: 1, answered: 0, backlog: { waiting: 1 }, promises: [{ overdue: 1, met: 0 }] })
})

test('days that run backwards and too many of them are refused', async () => {
  const refused = async (query: string) =>
    (await owner.call('GET', `/orgs/{org}/inbox-measures?${query}`)).body.data.code
  expect(await refused('from=2027-01-13&to=2027-01-12')).toBe('range-backwards')
  expect(await refused('from=2020-01-13&to=2027-01-12')).toBe('range-too-long')
})
