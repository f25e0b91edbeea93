// Time that is for a campaign: written down, timed, or done in sessions of a line of the plan; and what it cost beside what was spent.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { newId } from '../../lib/ids.ts'

const monday = '2027-03-15'
let now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let manager: TestSession
let spring = ''
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  manager = await world.as('manager')
  const campaign = { name: 'Spring', kind: 'promotion', beginsOn: '2027-03-01', endsOn: '2027-04-30' }
  spring = (await owner.call('POST', '/orgs/{org}/campaigns', campaign)).body.id
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const log = (more: object, who = manager) =>
  who.call('POST', `${path}/time`, { activity: 'short-post', day: monday, minutes: 60, ...more })
const campaignOf = async (who: TestSession) =>
  (await who.call('GET', `${path}/budgets/2027`)).body.byCampaign.find(
    ({ campaignId }: { campaignId: string | null }) => campaignId === spring,
  )

describe('time of a campaign', () => {
  test('is written down for one that is there', async () => {
    expect(refusalOf(await log({ campaignId: newId() }))).toEqual([422, 'campaign-unknown', 'campaignId'])
    const theirs = await world.as('owner', world.theirs)
    expect(refusalOf(await log({ campaignId: spring }, theirs))).toEqual([422, 'campaign-unknown', 'campaignId'])
    const mine = await log({ campaignId: spring })
    expect(mine.body.entries).toMatchObject([{ minutes: 60, campaignId: spring }])
    expect((await log({})).body.entries).toMatchObject([{ campaignId: null }, { campaignId: spring }])
  })

  test('is timed for one', async () => {
    const start = (campaignId: string) =>
      manager.call('POST', `${path}/time/start`, { activity: 'blog-post', campaignId })
    expect(refusalOf(await start(newId()))).toEqual([422, 'campaign-unknown', 'campaignId'])
    expect((await start(spring)).body.timer).toMatchObject({ campaignId: spring })
    now = new Date(`${monday}T10:30:00Z`)
    const stopped = (await manager.call('POST', `${path}/time/stop`, { items: 1 })).body
    expect(stopped.entries[0]).toMatchObject({ activity: 'blog-post', minutes: 30, campaignId: spring })
  })

  test('costs what it costs beside what was spent, for those who may know; the others see its minutes', async () => {
    const months = (amount: number) => Array.from({ length: 12 }, () => amount)
    const line = { id: 'spring', name: 'Spring', kind: 'time', months: months(2000), campaignId: spring }
    const budget = { currency: 'EUR', lines: [line], reason: 'What the spring may cost', after: null }
    await manager.call('PUT', `${path}/budgets/2027`, budget)
    await manager.call('POST', `${path}/budgets/2027/versions/1/ask`)
    await owner.call('POST', `${path}/budgets/2027/versions/1/decide`, { decision: 'approved' })
    await owner.call('PUT', `${path}/rates`, { role: 'manager', perHour: 4000, currency: 'EUR', from: '2027-01-01' })
    const spent = { day: monday, amount: 500, what: 'Boosted post', kind: 'advertising', campaignId: spring }
    await manager.call('POST', `${path}/spend`, spent)
    // 90 minutes at 40.00 are 60.00.
    expect(await campaignOf(owner)).toMatchObject({ plan: 24_000, actual: 6500, timeCost: 6000, minutes: 90 })
    expect(await campaignOf(manager)).toMatchObject({ plan: 24_000, actual: 500, timeCost: null, minutes: 90 })
    const all = (await owner.call('GET', `${path}/budgets/2027`)).body
    expect(all.byCampaign.find(({ campaignId }: { campaignId: string | null }) => campaignId === null)).toMatchObject({
      ...{ plan: 0, actual: 4000, timeCost: 4000, minutes: 60 },
    })
    expect(all.total).toMatchObject({ plan: 24_000, actual: 10_500 })
  })

  test('comes of sessions of a line of the plan that is for it', async () => {
    // Somebody whose week is not used up by what was written down above.
    const helper = await world.as('manager')
    await helper.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
    const lines = (campaignId: string | null) => [
      {
        ...{ id: 'x', channel: null, every: 1, unit: 'week', slots: [{ anyOf: [{ activity: 'status-update' }] }] },
        ...(campaignId ? { campaignId } : {}),
      },
    ]
    const adopt = (given: object[], after: number | null) =>
      owner.call('POST', `${path}/plan`, { lines: given, reason: 'For the spring', after })
    expect(refusalOf(await adopt(lines(newId()), null))).toEqual([422, 'campaign-unknown', 'lines.0.campaignId'])
    await adopt(lines(null), null)
    const open = async () => (await helper.call('GET', `${path}/sessions/now?minutes=300`)).body.open
    expect(await open()).toMatchObject([{ campaignId: null }])
    // What stands already names it too.
    await adopt(lines(spring), 1)
    const [session] = await open()
    expect(session).toMatchObject({ activity: 'status-update', campaignId: spring })
    await helper.call('POST', `${path}/sessions/${session.id}/done`, { minutes: 15 })
    expect(await campaignOf(manager)).toMatchObject({ minutes: 105 })
    // The timer that runs for a session counts for it too.
    await helper.call('POST', `${path}/sessions/${session.id}/reopen`)
    await helper.call('POST', `${path}/sessions/${session.id}/start`)
    now = new Date(`${monday}T10:50:00Z`)
    await helper.call('POST', `${path}/time/stop`, { items: 1 })
    expect(await campaignOf(manager)).toMatchObject({ minutes: 110 })
  })
})
