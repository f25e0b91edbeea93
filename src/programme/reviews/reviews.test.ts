// Keep, stop, shift on a real database: made each month and by hand, decided with a reason, undone, tried again, judged half a year later.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { connectAccount, publishItem } from '../worth/worth.testing.ts'
import { checkStops } from './check-stops.ts'
import { makeMonthlyReviews } from './make-review.ts'

let now = new Date('2027-05-03T06:00:00Z')
const path = '/orgs/{org}/programme'
let world: TestApp
let owner: TestSession
const accounts: Record<string, string> = {}
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  for (const name of ['Harbour', 'Workshop', 'Attic']) accounts[name] = await connectAccount(world, owner, name)
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-01-04' })
  for (let day = 40; day < 200; day += 5) {
    await publishItem(world, owner, { account: accounts.Harbour!, daysAgo: day, likes: 40 + (day % 7) })
    await publishItem(world, owner, { account: accounts.Workshop!, daysAgo: day + 1, likes: 36 + (day % 5) })
    await publishItem(world, owner, { account: accounts.Attic!, daysAgo: day + 2, likes: 2 })
  }
  const lines = ['Harbour', 'Workshop', 'Attic'].map((channel) => ({
    ...{ id: channel, channel, every: 1, unit: 'week' },
    slots: [1, 2, 3].map(() => ({ anyOf: [{ activity: 'short-post' }] })),
  }))
  await owner.call('POST', `${path}/plan`, { lines, reason: 'All three alike', after: null })
})
afterAll(() => world.close())

const read = async (by = owner) => (await by.call('GET', `${path}/reviews`)).body
const newest = async () => (await read()).reviews[0]
const verdictOf = async (name: string) =>
  (await newest()).verdicts.find((each: { channelName: string }) => each.channelName === name)
const decide = (id: string, more: object = {}, by = owner) =>
  by.call('POST', `${path}/reviews/verdicts/${id}/decide`, {
    decision: 'stop',
    reason: 'Nobody is there any more',
    ...more,
  })
const planNow = async () => (await owner.call('GET', `${path}/plan`)).body.plan
const weeklyOf = (plan: { lines: { channel: string; every: number; slots: unknown[] }[] }, channel: string) =>
  plan.lines.filter((line) => line.channel === channel).reduce((sum, { every, slots }) => sum + slots.length / every, 0)
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code],
]

describe('a review', () => {
  test('is made by Longrun once a month, on the first working day, whoever asks how often', async () => {
    expect(await read()).toMatchObject({ reviews: [], nextOn: '2027-05-03' })
    await Promise.all([makeMonthlyReviews(world.services), makeMonthlyReviews(world.services)])
    await makeMonthlyReviews(world.services)
    const { reviews, nextOn } = await read()
    expect(reviews.map(({ month, madeBy }: { month: string; madeBy: unknown }) => [month, madeBy])).toEqual([
      ['2027-05', null],
    ])
    expect(nextOn).toBe('2027-06-01')
    expect(await verdictOf('Attic')).toMatchObject({ proposal: 'shift', decision: null })
    expect(await verdictOf('Harbour')).toMatchObject({ proposal: 'keep' })
  })

  test('made by hand the next day says nothing of a second month', async () => {
    now = new Date('2027-05-04T10:00:00Z')
    await owner.call('POST', `${path}/reviews`)
    expect(await verdictOf('Attic')).toMatchObject({ proposal: 'shift' })
  })

  test('of the next month proposes to stop what was weak twice, tells who runs the organisation, with its evidence', async () => {
    now = new Date('2027-06-01T06:00:00Z')
    await makeMonthlyReviews(world.services)
    const { proposal, words, evidence } = await verdictOf('Attic')
    expect(proposal).toBe('stop')
    expect(words).toContain('a person decides')
    expect(evidence.probability).toBeGreaterThan(0.9)
    expect(evidence.trend.length).toBeGreaterThan(2)
    expect(evidence.moves.stop.length).toBe(2)
    expect(evidence.anHour.high).toBeLessThan(evidence.others)
    const told = await owner.call('GET', '/orgs/{org}/notifications')
    expect(JSON.stringify(told.body)).toContain('lines-reviewed')
  })
})

describe('a decision', () => {
  test('needs a reason, and the newest review', async () => {
    const { reviews } = await read()
    const { id } = await verdictOf('Attic')
    expect((await decide(id, { reason: 'no' })).status).toBe(422)
    const old = reviews[1].verdicts[0].id
    expect(refusalOf(await decide(old))).toEqual([409, 'review-outrun'])
  })

  test('to stop takes the line out of the plan by a new version, and moves its minutes where the evidence says', async () => {
    const { id, evidence } = await verdictOf('Attic')
    const { status } = await decide(id)
    expect(status).toBe(200)
    const plan = await planNow()
    expect([plan.number, plan.reason]).toEqual([2, 'Nobody is there any more'])
    expect(weeklyOf(plan, 'Attic')).toBe(0)
    for (const { channelName, items } of evidence.moves.stop)
      expect(weeklyOf(plan, channelName)).toBeCloseTo(3 + items / 4, 6)
    const { stops } = await read()
    expect(stops).toMatchObject([
      {
        channelName: 'Attic',
        retestOn: '2027-12-01',
        finding: null,
        endedAt: null,
        reason: 'Nobody is there any more',
      },
    ])
    const { lines } = (await owner.call('GET', `${path}/worth`)).body
    const attic = lines.find((line: { channelName: string }) => line.channelName === 'Attic')
    expect(attic).toMatchObject({ isStopped: true, plannedWeekly: 0 })
    expect(refusalOf(await decide(id))).toEqual([409, 'decided-already'])
  })

  test('is undone with the plan of before, once', async () => {
    const { id } = await verdictOf('Attic')
    const undo = () => owner.call('POST', `${path}/reviews/verdicts/${id}/undo`)
    expect((await undo()).status).toBe(200)
    const plan = await planNow()
    expect([plan.number, weeklyOf(plan, 'Attic'), weeklyOf(plan, 'Harbour')]).toEqual([3, 3, 3])
    expect((await read()).stops).toMatchObject([{ endedHow: 'undone' }])
    expect(await verdictOf('Attic')).toMatchObject({ decision: null, reason: null })
    await undo()
    expect((await planNow()).number).toBe(3)
  })

  test('of two people at once is one', async () => {
    const { id } = await verdictOf('Attic')
    const both = await Promise.all([decide(id), decide(id, { decision: 'shift' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await owner.call('POST', `${path}/reviews/verdicts/${id}/undo`)
    expect(weeklyOf(await planNow(), 'Attic')).toBe(3)
  })

  test('to shift leaves two thirds, and to keep leaves the plan as it is', async () => {
    const [attic, harbour] = [await verdictOf('Attic'), await verdictOf('Harbour')]
    const { number } = await planNow()
    await decide(harbour.id, { decision: 'keep', reason: 'It brings most of all' })
    expect((await planNow()).number).toBe(number)
    await decide(attic.id, { decision: 'shift', move: false })
    expect(weeklyOf(await planNow(), 'Attic')).toBe(2)
    expect(weeklyOf(await planNow(), 'Harbour')).toBe(3)
    await owner.call('POST', `${path}/reviews/verdicts/${attic.id}/undo`)
  })

  test('is not undone over what somebody planned since: the decision goes, their plan stays', async () => {
    const { id } = await verdictOf('Attic')
    await decide(id)
    const { number, lines } = await planNow()
    await owner.call('POST', `${path}/plan`, { lines: lines.slice(1), reason: 'Something else came up', after: number })
    await owner.call('POST', `${path}/reviews/verdicts/${id}/undo`)
    expect(await planNow()).toMatchObject({ number: number + 1, reason: 'Something else came up' })
    expect((await read()).stops.every(({ endedHow }: { endedHow: string }) => endedHow === 'undone')).toBe(true)
  })
})

describe('what was stopped', () => {
  test('is looked at after half a year, once, and may be tried again', async () => {
    const { id } = await verdictOf('Attic')
    await decide(id)
    now = new Date('2027-12-02T06:00:00Z')
    for (let day = 40; day < 120; day += 5)
      await publishItem(world, owner, { account: accounts.Workshop!, daysAgo: day, likes: 38 })
    await checkStops(world.services)
    await checkStops(world.services)
    const stop = (await read()).stops.find(({ endedAt }: { endedAt: string | null }) => endedAt === null)
    expect(stop).toMatchObject({ finding: 'right', findingWords: expect.stringContaining('It was right to stop') })
    const events = (await owner.call('GET', '/orgs/{org}/events?verb=stop.checked')).body.items
    expect(events.length).toBe(1)
    const again = await owner.call('POST', `${path}/reviews/stops/${stop.id}/try-again`)
    expect(again.body.stops.find((each: { id: string }) => each.id === stop.id)).toMatchObject({
      endedHow: 'tried-again',
    })
    const on = await owner.call('POST', `${path}/reviews/stops/${stop.id}/stop-on`)
    expect(on.body.stops.find((each: { id: string }) => each.id === stop.id)).toMatchObject({ endedAt: null })
    // One whose decision was undone is no stop any more.
    const undone = on.body.stops.find(({ endedHow }: { endedHow: string }) => endedHow === 'undone')
    expect(refusalOf(await owner.call('POST', `${path}/reviews/stops/${undone.id}/stop-on`))).toEqual([
      409,
      'decided-already',
    ])
  })
})

test('reviews are none of another organisation, and a viewer decides nothing', async () => {
  const [stranger, viewer] = [await world.as('owner', world.theirs), await world.as('viewer')]
  const { id } = await verdictOf('Workshop')
  const stop = (await read()).stops[0].id
  expect((await decide(id, {}, stranger)).status).toBe(404)
  expect((await stranger.call('POST', `${path}/reviews/verdicts/${id}/undo`)).status).toBe(404)
  expect((await stranger.call('POST', `${path}/reviews/stops/${stop}/try-again`)).status).toBe(404)
  expect(await read(stranger)).toMatchObject({ reviews: [], stops: [], nextOn: null })
  expect((await decide(id, {}, viewer)).status).toBe(403)
  expect((await read(viewer)).reviews.length).toBeGreaterThan(0)
})
