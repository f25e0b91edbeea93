// Choices and abilities, over HTTP on a real database: only those who may do a line are counted on for it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { makeChoice } from './work.ts'

const monday = '2027-01-11'
let own: TestApp
let lead: TestSession
let ada: TestSession
beforeAll(async () => {
  own = await testApp({ clock: () => new Date(`${monday}T10:00:00Z`) })
  lead = await own.as('owner')
  ada = await own.as('contributor')
})
afterAll(() => own.close())

const path = '/orgs/{org}/programme'
/** As an organisation says it of its own work. */
const work = [
  { activity: 'blog-post', minutes: 228, value: 40, decay: 0.75, mostWeekly: 2 },
  { activity: 'short-post', minutes: 8, value: 2.2, decay: 0.93, mostWeekly: 21 },
  { activity: 'status-update', minutes: 20, value: 9, decay: 0.85, mostWeekly: 7 },
]

test('only the minutes of those who can count; what nobody may do is left, and the choice says what to do', async () => {
  await lead.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const facts of work) await lead.call('POST', `${path}/worth/lines`, { channel: '', unit: 'reactions', ...facts })
  for (const who of [lead, ada]) await who.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  await lead.call('PUT', `${path}/needs/blog-post`, { key: 'insight' })
  const ladder = (await lead.call('GET', `${path}/ladder`)).body.rungs
  const chosen = async () => {
    const { id } = (await lead.call('POST', `${path}/choices`, { weeks: 1, time: 'given', explore: 0 })).body
    await makeChoice(own.services, { orgId: lead.orgId, choiceId: id })
    return (await lead.call('GET', `${path}/choices/${id}`)).body
  }
  const countOf = ({ plan }: { plan: { lines: { activity: string; weeks: number[] }[] } }, activity: string) =>
    plan.lines.find((line) => line.activity === activity)!.weeks[0]
  const without = await chosen()
  expect(countOf(without, 'blog-post')).toBe(0)
  expect(without.unable).toEqual([
    'Nobody who takes part may do a blog post yet: it needs “Insight”. Begin “Insight” on the ladder, or put on record who has it.',
  ])
  const training = { memberId: ada.memberId, topic: 'Writing', trainer: 'Kim', givenOn: '2027-01-04' }
  const { id: proofId } = (await lead.call('POST', '/orgs/{org}/trainings', training)).body
  const competencyId = ladder.find(({ key }: { key: string }) => key === 'insight').id
  await lead.call('POST', `${path}/certificates`, {
    competencyId,
    memberId: ada.memberId,
    how: 'training',
    proofId,
  })
  const within = await chosen()
  expect([countOf(within, 'blog-post'), within.unable]).toEqual([1, []])
  const used = within.people.find(({ memberId }: { memberId: string }) => memberId === ada.memberId).used[0]
  expect(used).toBeGreaterThanOrEqual(228)
}, 120_000)
