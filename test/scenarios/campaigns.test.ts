// Campaigns beside always-on, through HTTP: planned, begun and handed over by the clock; the two modes never mix.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/days.ts'
import { runCampaignClock } from '../../src/publishing/campaigns/clock.ts'
import { type Campaigns, startCampaigns } from './campaign-world.ts'
import { expectWell, refusal, textOf } from './world.ts'

let set: Campaigns
beforeAll(async () => {
  set = await startCampaigns()
})
afterAll(() => set.running.close())

describe('a campaign', () => {
  it('is planned with its whole brief, changed by the newest revision alone, and shows its state by its days', async () => {
    const { owner, today, aCampaign } = set
    const beginsOn = addDays(today(), 3)
    const campaign = await aCampaign({
      kind: 'trade-show',
      goal: 'Forty conversations',
      audience: 'Buyers of shops',
      beginsOn,
      endsOn: addDays(beginsOn, 4),
      phases: [{ name: 'Set up', beginsOn, endsOn: beginsOn }],
      budget: { amount: 1_250_000, currency: 'EUR' },
      links: [{ label: 'Stand', url: 'https://example.org/stand' }],
    })
    expect(campaign).toMatchObject({
      state: 'planned',
      timeZone: 'Europe/Berlin',
      ownerId: owner.memberId,
      revision: 1,
    })
    const path = `/orgs/{org}/campaigns/${campaign.id}`
    const changed = await owner.call('PATCH', path, { revision: 1, goal: 'Fifty conversations' })
    expect(changed).toMatchObject({
      status: 200,
      body: { goal: 'Fifty conversations', revision: 2, phases: campaign.phases },
    })
    const late = await owner.call('PATCH', path, { revision: 1, goal: 'Lost' })
    expect(refusal(late)).toEqual([409, 'campaign-changed-elsewhere', 'revision'])
    expect(refusal(await owner.call('PATCH', path, { revision: 2, endsOn: addDays(beginsOn, -1) }))).toEqual([
      422,
      'ends-before-begin',
      'endsOn',
    ])
    const phases = [{ name: 'Too late', beginsOn, endsOn: addDays(beginsOn, 40) }]
    expect(refusal(await owner.call('PATCH', path, { revision: 2, phases }))).toEqual([
      422,
      'phase-outside',
      'phases.0.endsOn',
    ])
  })

  it('names nothing of another organisation', async () => {
    const { running, owner, today, aCampaign, point } = set
    const stranger = await running.as('owner', running.app.theirs)
    const theirs = await aCampaign({}, stranger)
    for (const [field, value] of [
      ['ownerId', stranger.memberId],
      ['departmentId', crypto.randomUUID()],
      ['assetIds', [crypto.randomUUID()]],
      ['sourceItemId', crypto.randomUUID()],
    ] as const) {
      const body = { name: 'Wall', kind: 'other', beginsOn: today(), endsOn: today(), [field]: value }
      expect((await owner.call('POST', '/orgs/{org}/campaigns', body)).status, field).toBe(422)
    }
    expect((await owner.call('GET', `/orgs/{org}/campaigns/${theirs.id}`)).status).toBe(404)
    expect((await owner.call('POST', `/orgs/{org}/campaigns/${theirs.id}/close`, { note: 'Mine' })).status).toBe(404)
    const wall = await owner.call('POST', '/orgs/{org}/posts', {
      content: textOf('x'),
      belonging: { campaignId: theirs.id },
    })
    expect(refusal(wall)).toEqual([422, 'not-in-organisation', 'belonging.campaignId'])
    const names = (await owner.call('GET', '/orgs/{org}/campaigns?limit=200')).body.items.map(
      ({ id }: { id: string }) => id,
    )
    expect(names).not.toContain(theirs.id)
    const crisis = await point('crisis-pauses')
    expect((await stranger.call('POST', `/orgs/{org}/crossings/${crisis.id}/fire`, {})).status).toBe(404)
  })

  it('is found by state, kind and words, sorted and paged without a gap', async () => {
    const { owner, today, aCampaign } = set
    const word = crypto.randomUUID().slice(0, 8)
    for (const days of [1, 2, 3])
      await aCampaign({ name: `${word} ${days}`, kind: 'event', beginsOn: addDays(today(), days) })
    await aCampaign({ name: `${word} running`, kind: 'other' })
    const list = async (query: string) => (await owner.call('GET', `/orgs/{org}/campaigns?q=${word}&${query}`)).body
    expect((await list('state=planned&kind=event&order=name')).items.map(({ name }: { name: string }) => name)).toEqual(
      [1, 2, 3].map((days) => `${word} ${days}`),
    )
    const names: string[] = []
    let cursor = ''
    do {
      const page = await list(`limit=1&order=begin${cursor && `&cursor=${cursor}`}`)
      names.push(...page.items.map(({ name }: { name: string }) => name))
      cursor = page.nextCursor
    } while (cursor)
    expect(names).toEqual([`${word} 3`, `${word} 2`, `${word} 1`, `${word} running`])
  })

  it('begins on its first day in its own zone, once for two workers, and its owner is told', async () => {
    const { owner, services, today, aCampaign, told } = set
    // The day in Kiritimati is up to a day ahead of the one in Honolulu.
    const there = await aCampaign({
      timeZone: 'Pacific/Kiritimati',
      beginsOn: today('Pacific/Kiritimati'),
      endsOn: addDays(today(), 9),
    })
    const notThere = await aCampaign({
      timeZone: 'Pacific/Honolulu',
      beginsOn: addDays(today('Pacific/Honolulu'), 1),
      endsOn: addDays(today(), 9),
    })
    await Promise.all([runCampaignClock(services), runCampaignClock(services)])
    const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/campaigns/${id}`)).body
    expect((await read(there.id)).begunAt).not.toBeNull()
    expect(await read(notThere.id)).toMatchObject({ state: 'planned', begunAt: null })
    const events = (await owner.call('GET', `/orgs/{org}/events?subjectId=${there.id}&verb=campaign.begun`)).body.items
    expect(events).toHaveLength(1)
    expect(await told(owner)).toContain('campaign-begun')
  })

  it('falls to its deputy when its owner leaves, and says so', async () => {
    const { running, owner, services, aCampaign, told } = set
    const [leaving, deputy] = [await running.as('manager'), await running.as('manager')]
    const campaign = await aCampaign({ ownerId: leaving.memberId, deputyId: deputy.memberId })
    expect((await owner.call('DELETE', `/orgs/{org}/members/${leaving.memberId}`)).status).toBeLessThan(300)
    await runCampaignClock(services)
    expect((await owner.call('GET', `/orgs/{org}/campaigns/${campaign.id}`)).body).toMatchObject({
      ownerId: deputy.memberId,
      deputyId: null,
    })
    expect(await told(deputy)).toContain('campaign-handed-over')
    const alone = await running.as('manager')
    await aCampaign({ ownerId: alone.memberId })
    await owner.call('DELETE', `/orgs/{org}/members/${alone.memberId}`)
    await runCampaignClock(services)
    await runCampaignClock(services)
    expect((await told(owner)).filter((kind: string) => kind === 'campaign-orphaned')).toHaveLength(1)
  })
})

describe('two modes', () => {
  it('stay apart in lists, calendar and lanes', async () => {
    const { running, owner, account, today, aCampaign, aPost, schedule } = set
    const campaign = await aCampaign({ phases: [{ name: 'Teaser', beginsOn: today(), endsOn: today() }] })
    const wall = `${addDays(today(), 20)}T10:00`
    const [ours, always] = [await aPost('Of the campaign', campaign.id), await aPost('Of every day', null)]
    for (const { id } of [ours, always]) await schedule(id, { kind: 'at', wall, zone: 'Europe/Berlin' })
    const ids = async (query: string) =>
      (await owner.call('GET', `/orgs/{org}/posts?limit=200&${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await ids(`campaignId=${campaign.id}`)).toEqual([ours.id])
    const without = await ids('campaignId=none')
    expect([without.includes(always.id), without.includes(ours.id)]).toEqual([true, false])
    const from = new Date(`${addDays(today(), 19)}T00:00:00Z`).toISOString()
    const to = new Date(`${addDays(today(), 22)}T00:00:00Z`).toISOString()
    const lanes = (await owner.call('GET', `/orgs/{org}/campaign-lanes?from=${from}&to=${to}&zone=Europe/Berlin`)).body
    const first = (cells: { first: { id: string }[] }[]) => cells.flatMap((cell) => cell.first.map(({ id }) => id))
    expect(lanes.alwaysOn).toMatchObject([{ accountId: account.id }])
    expect(first(lanes.alwaysOn[0].cells)).toEqual([always.id])
    const mine = lanes.campaigns.find(({ id }: { id: string }) => id === campaign.id)
    expect(first(mine.lanes[0].cells)).toEqual([ours.id])
    expect(mine.lanes[0].cells[0].cell).toBe(addDays(today(), 20))
    await expectWell(running)
  })
})
