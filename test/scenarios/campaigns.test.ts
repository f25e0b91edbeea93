// Campaigns beside always-on, through HTTP, queue and a network: beginning, crossing points, closing; the two never mix.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { runCampaignClock } from '../../src/publishing/campaigns/clock.ts'
import { campaignJobs } from '../../src/publishing/campaigns/jobs.ts'
import { addDays, dayIn } from '../../src/publishing/campaigns/rules.ts'
import { fireCrossings } from '../../src/publishing/crossings/fire.ts'
import { readNumbers } from '../../src/publishing/numbers.ts'
import { expectWell, type Person, type Running, refusal, startRunning, textOf, untilState } from './world.ts'

let running: Running
let owner: Person
let account: { id: string; handle: string; token: string }

beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
  account = await running.connect(owner)
})
afterAll(() => running.close())

const today = (zone = 'Europe/Berlin') => dayIn(zone, running.app.services.clock())
const services = () => running.app.services

async function aCampaign(more: object = {}, by = owner) {
  const body = {
    name: `Autumn ${crypto.randomUUID()}`,
    kind: 'promotion',
    beginsOn: today(),
    endsOn: addDays(today(), 10),
    ...more,
  }
  const answer = await by.call('POST', '/orgs/{org}/campaigns', body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.body
}

async function aPost(text: string, campaignId: string | null, more: object = {}) {
  const belonging = { campaignId, ...more }
  const body = { content: textOf(text), variants: [{ accountId: account.id }], belonging }
  const answer = await owner.call('POST', '/orgs/{org}/posts', body)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body as { id: string }
}

const schedule = (id: string, when: object = { kind: 'now' }) =>
  owner.call('POST', `/orgs/{org}/posts/${id}/schedule`, { when })

async function point(key: string) {
  const points = (await owner.call('GET', '/orgs/{org}/crossings')).body as { key: string | null; id: string }[]
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, and a wrong look fails the test.
  return points.find((each) => each.key === key) as any
}

const firingsOf = async (pointId: string) =>
  (await owner.call('GET', `/orgs/{org}/crossing-firings?pointId=${pointId}`)).body.items

const told = async (person: Person) =>
  (await person.call('GET', '/orgs/{org}/notifications')).body.items.map(({ kind }: { kind: string }) => kind)

/** Replies of somebody else at the network itself. */
async function answer(remoteId: string, count: number) {
  const { handle } = running.network.createAccount()
  const authorization = `Bearer ${running.network.signIn(handle).access}`
  for (let number = 0; number < count; number++) {
    const body = JSON.stringify({ text: `Nice ${number}`, replyTo: remoteId })
    const init = { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body }
    expect((await fetch(`${running.network.url}/api/posts`, init)).status).toBe(201)
  }
}

const cross = () => fireCrossings(services())

describe('a campaign', () => {
  it('is planned with its whole brief, changed by the newest revision alone, and shows its state by its days', async () => {
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
    await Promise.all([runCampaignClock(services()), runCampaignClock(services())])
    const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/campaigns/${id}`)).body
    expect((await read(there.id)).begunAt).not.toBeNull()
    expect(await read(notThere.id)).toMatchObject({ state: 'planned', begunAt: null })
    const events = (await owner.call('GET', `/orgs/{org}/events?subjectId=${there.id}&verb=campaign.begun`)).body.items
    expect(events).toHaveLength(1)
    expect(await told(owner)).toContain('campaign-begun')
  })

  it('falls to its deputy when its owner leaves, and says so', async () => {
    const [leaving, deputy] = [await running.as('manager'), await running.as('manager')]
    const campaign = await aCampaign({ ownerId: leaving.memberId, deputyId: deputy.memberId })
    expect((await owner.call('DELETE', `/orgs/{org}/members/${leaving.memberId}`)).status).toBeLessThan(300)
    await runCampaignClock(services())
    expect((await owner.call('GET', `/orgs/{org}/campaigns/${campaign.id}`)).body).toMatchObject({
      ownerId: deputy.memberId,
      deputyId: null,
    })
    expect(await told(deputy)).toContain('campaign-handed-over')
    const alone = await running.as('manager')
    await aCampaign({ ownerId: alone.memberId })
    await owner.call('DELETE', `/orgs/{org}/members/${alone.memberId}`)
    await runCampaignClock(services())
    await runCampaignClock(services())
    expect((await told(owner)).filter((kind: string) => kind === 'campaign-orphaned')).toHaveLength(1)
  })
})

describe('crossing points', () => {
  it('are the six of every organisation, each with what it waits for', async () => {
    const points = (await owner.call('GET', '/orgs/{org}/crossings')).body
    const standing = Object.fromEntries(
      points
        .filter(({ key }: { key: string | null }) => key)
        .map(({ key, standing }: { key: string; standing: object }) => [key, standing]),
    )
    expect(standing).toEqual({
      'brief-listening': { state: 'waits', waitsFor: 'listening', moreWith: null },
      'launch-staffing': { state: 'works', waitsFor: null, moreWith: 'inbox' },
      'replies-to-always-on': { state: 'works', waitsFor: null, moreWith: null },
      'trend-campaign': { state: 'by-hand', waitsFor: 'listening', moreWith: null },
      'crisis-pauses': { state: 'by-hand', waitsFor: 'protocols', moreWith: null },
      'close-to-insights': { state: 'works', waitsFor: null, moreWith: 'insights' },
    })
    const stranger = await running.as('owner', running.app.theirs)
    expect((await stranger.call('GET', '/orgs/{org}/crossings')).body).toHaveLength(6)
  })

  it('(a) a brief that would use listening says that it waits, by hand too', async () => {
    const { id } = await point('brief-listening')
    const campaign = await aCampaign()
    await cross()
    expect(await firingsOf(id)).toEqual([])
    const answer = await owner.call('POST', `/orgs/{org}/crossings/${id}/fire`, { campaignId: campaign.id })
    expect(answer).toMatchObject({
      status: 409,
      body: { data: { code: 'crossing-waits', params: { for: 'listening' } } },
    })
  })

  it('(b) a launch tells the named department days before, once', async () => {
    const launch = await point('launch-staffing')
    const service = (await owner.call('POST', '/orgs/{org}/departments', { name: `Service ${crypto.randomUUID()}` }))
      .body
    const colleague = await running.as('viewer')
    await owner.call('PATCH', `/orgs/{org}/members/${colleague.memberId}`, { departmentId: service.id })
    const tell = { owner: true, memberIds: [], roles: [], departmentIds: [service.id] }
    const changed = await owner.call('PATCH', `/orgs/{org}/crossings/${launch.id}`, {
      revision: launch.revision,
      options: { daysBefore: 5, text: 'Plan the stand.' },
      tell,
    })
    expect(changed).toMatchObject({ status: 200, body: { options: { daysBefore: 5 }, tell } })
    const near = await aCampaign({ beginsOn: addDays(today(), 4), endsOn: addDays(today(), 9) })
    const far = await aCampaign({ beginsOn: addDays(today(), 6), endsOn: addDays(today(), 9) })
    await Promise.all([runCampaignClock(services()), runCampaignClock(services())])
    await Promise.all([cross(), cross(), cross()])
    const fired = await firingsOf(launch.id)
    expect(fired.filter(({ campaign }: { campaign: { id: string } }) => campaign.id === near.id)).toMatchObject([
      { state: 'done', outcome: { did: 'told', told: 2 } },
    ])
    expect(fired.some(({ campaign }: { campaign: { id: string } }) => campaign.id === far.id)).toBe(false)
    expect(await told(colleague)).toContain('crossing-fired')
  })

  it('(c) new replies to a campaign’s post are handed to always-on, by the readings of the network, as one task', async () => {
    const campaign = await aCampaign()
    const post = await aPost(`Loud ${crypto.randomUUID()}`, campaign.id)
    const quiet = await aPost(`Quiet ${crypto.randomUUID()}`, null)
    running.work()
    for (const { id } of [post, quiet]) {
      await schedule(id)
      await untilState(owner, id, 'published')
    }
    await running.stopWork()
    const replies = await point('replies-to-always-on')
    for (const [minutes, count] of [
      [16, 3],
      [31, 2],
    ] as const) {
      for (const each of running.network.posts().filter(({ text }) => /^(Loud|Quiet) /.test(text)))
        await answer(each.id, count)
      running.moved.ms = minutes * 60_000
      await readNumbers(services())
      await Promise.all([cross(), cross()])
    }
    running.moved.ms = 0
    const fired = await firingsOf(replies.id)
    expect(fired).toMatchObject([
      { post: { id: post.id }, outcome: { did: 'joined', count: 2 } },
      {
        post: { id: post.id },
        campaign: { id: campaign.id },
        outcome: { did: 'handed-over', count: 5 },
        takenAt: null,
      },
    ])
    const contributor = await running.as('contributor')
    const take = (person: Person) => person.call('POST', `/orgs/{org}/crossing-firings/${fired[1].id}/take`)
    const taken = await Promise.all([take(contributor), take(owner)])
    expect(taken.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await owner.call('GET', '/orgs/{org}/crossing-firings?open=true')).body.items).toEqual([])
  })

  it('(d) a trend waits for listening, and a person begins a quick campaign from a feed', async () => {
    const source = crypto.randomUUID()
    await inOrg(services().db, owner.orgId, (tx) =>
      tx
        .insertInto('source_items')
        .values({
          org_id: owner.orgId,
          id: source,
          account_id: account.id,
          remote_id: source,
          body: 'Everybody speaks of socks',
        })
        .execute(),
    )
    const campaign = await aCampaign({ sourceItemId: source })
    const trend = await point('trend-campaign')
    expect(trend.last).toMatchObject({
      firedBy: { id: owner.memberId },
      campaign: { id: campaign.id },
      outcome: { did: 'begun', id: campaign.id },
    })
    expect(refusal(await owner.call('POST', `/orgs/{org}/crossings/${trend.id}/fire`, {}))).toEqual([
      409,
      'begun-from-feed',
      undefined,
    ])
  })

  it('(e) a crisis, by hand until protocols are here, holds campaigns and lets always-on go on; a rehearsal holds nothing', async () => {
    const campaign = await aCampaign()
    const crisis = await point('crisis-pauses')
    const rehearsed = await owner.call('POST', `/orgs/{org}/crossings/${crisis.id}/fire`, { rehearsal: true })
    expect(rehearsed.body).toMatchObject({ state: 'done', rehearsal: true, outcome: { did: 'rehearsed' } })
    const calm = await aPost(`Calm ${crypto.randomUUID()}`, campaign.id)
    running.work()
    await schedule(calm.id)
    await untilState(owner, calm.id, 'published')
    const fired = await owner.call('POST', `/orgs/{org}/crossings/${crisis.id}/fire`, {})
    expect(fired.body).toMatchObject({ state: 'done', outcome: { did: 'held' } })
    const again = await owner.call('POST', `/orgs/{org}/crossings/${crisis.id}/fire`, {})
    expect(again.body.outcome).toMatchObject({ did: 'was-held', id: fired.body.outcome.id })
    const [stopped, going] = [await aPost('Buy now', campaign.id), await aPost('We are there for you', null)]
    await schedule(stopped.id)
    await schedule(going.id)
    await untilState(owner, going.id, 'published')
    await untilState(owner, stopped.id, 'held')
    expect(running.network.posts().some(({ text }) => text === 'Buy now')).toBe(false)
    await running.stopWork()
    await asSystem(services().db, (tx) => tx.updateTable('holds').set({ ended_at: new Date() }).execute())
    expect(await told(owner)).toContain('crossing-held')
  })

  it('(f) closing writes the report, through the queue, and nothing of always-on expires', async () => {
    const campaign = await aCampaign()
    const [planned, always] = [
      await aPost('Last words', campaign.id, { initiator: 'customer' }),
      await aPost('Every Monday', null),
    ]
    const wall = `${addDays(today(), 30)}T09:00`
    for (const { id } of [planned, always]) await schedule(id, { kind: 'at', wall, zone: 'Europe/Berlin' })
    await services().queue.work(
      services(),
      campaignJobs.filter(({ name }) => name === 'publishing.cross-events'),
    )
    const note = 'The stand paid for itself; next year again.'
    const closed = await owner.call('POST', `/orgs/{org}/campaigns/${campaign.id}/close`, { note })
    expect(closed).toMatchObject({
      status: 200,
      body: { state: 'closed', closingNote: note, closedBy: { id: owner.memberId } },
    })
    const reports = () => owner.call('GET', `/orgs/{org}/campaigns/${campaign.id}/reports`)
    await expect.poll(async () => (await reports()).body.length, { timeout: 30_000, interval: 100 }).toBe(1)
    expect((await reports()).body[0].report).toMatchObject({
      posts: 1,
      byState: [{ state: 'scheduled', count: 1 }],
      byInitiator: [{ initiator: 'customer', count: 1 }],
    })
    expect(await told(owner)).toContain('campaign-reported')
    for (const { id } of [planned, always])
      expect((await owner.call('GET', `/orgs/{org}/posts/${id}`)).body).toMatchObject({
        state: 'scheduled',
        dueWall: wall,
      })
    expect(
      refusal(await owner.call('PATCH', `/orgs/{org}/campaigns/${campaign.id}`, { revision: 2, goal: 'x' })),
    ).toEqual([409, 'campaign-closed', undefined])
    expect((await owner.call('POST', `/orgs/{org}/campaigns/${campaign.id}/reopen`)).body).toMatchObject({
      state: 'running',
      closedAt: null,
    })
    expect((await reports()).body).toHaveLength(1)
  })

  it('of one’s own fire on later events alone, fail visibly, and run again', async () => {
    const made = await owner.call('POST', '/orgs/{org}/crossings', {
      name: 'Hold what began too early',
      trigger: 'campaign.reopened',
      conditions: [{ fact: 'kind', is: 'equal', value: 'event' }],
      action: 'hold-campaign',
      tell: { owner: true, memberIds: [], roles: [], departmentIds: [] },
    })
    expect(made).toMatchObject({ status: 201, body: { standing: { state: 'works' } } })
    const reopened = async (kind: string) => {
      const campaign = await aCampaign({ kind })
      await owner.call('POST', `/orgs/{org}/campaigns/${campaign.id}/close`, { note: 'Too early' })
      await owner.call('POST', `/orgs/{org}/campaigns/${campaign.id}/reopen`)
      return campaign
    }
    const [event, other] = [await reopened('event'), await reopened('other')]
    // What it writes to is away for a moment.
    await running.app.database.owner.query('alter table holds rename to holds_away')
    await cross()
    await running.app.database.owner.query('alter table holds_away rename to holds')
    const failed = await firingsOf(made.body.id)
    expect(failed).toMatchObject([{ state: 'failed', error: 'unexpected', campaign: { id: event.id }, tries: 1 }])
    expect(failed).toHaveLength(1)
    expect(await told(owner)).toContain('crossing-failed')
    const again = () => owner.call('POST', `/orgs/{org}/crossing-firings/${failed[0].id}/again`)
    expect((await again()).body).toMatchObject({ state: 'done', outcome: { did: 'held' }, tries: 2 })
    expect(refusal(await again())).toEqual([409, 'firing-not-failed', undefined])
    expect(other.id).not.toBe(event.id)
    const path = `/orgs/{org}/crossings/${made.body.id}`
    expect((await owner.call('PATCH', path, { revision: 1, enabled: false })).body).toMatchObject({
      disabledBy: { id: owner.memberId },
    })
    await reopened('event')
    await cross()
    expect(await firingsOf(made.body.id)).toHaveLength(1)
    expect(refusal(await owner.call('DELETE', path))).toEqual([409, 'crossing-has-fired', undefined])
    running.app.logged.splice(0)
  })

  it('fire once for each event, with four workers that read at once', async () => {
    const listener = await running.as('viewer')
    const made = await owner.call('POST', '/orgs/{org}/crossings', {
      name: 'Say that something was planned',
      trigger: 'campaign.created',
      action: 'tell',
      tell: { owner: false, memberIds: [listener.memberId], roles: [], departmentIds: [] },
    })
    const many = await Promise.all(Array.from({ length: 12 }, () => aCampaign()))
    await Promise.all(Array.from({ length: 4 }, cross))
    await cross()
    const fired = await firingsOf(made.body.id)
    expect(fired.map(({ campaign }: { campaign: { id: string } }) => campaign.id).sort()).toEqual(
      many.map(({ id }) => id).sort(),
    )
    expect(fired.every(({ state, tries }: { state: string; tries: number }) => state === 'done' && tries === 1)).toBe(
      true,
    )
    expect(await told(listener)).toEqual(Array.from({ length: 12 }, () => 'crossing-fired'))
  })
})

describe('two modes', () => {
  it('stay apart in lists, calendar and lanes', async () => {
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
    const lanes = (await owner.call('GET', `/orgs/{org}/lanes?from=${from}&to=${to}&zone=Europe/Berlin`)).body
    const first = (cells: { first: { id: string }[] }[]) => cells.flatMap((cell) => cell.first.map(({ id }) => id))
    expect(lanes.alwaysOn).toMatchObject([{ accountId: account.id }])
    expect(first(lanes.alwaysOn[0].cells)).toEqual([always.id])
    const mine = lanes.campaigns.find(({ id }: { id: string }) => id === campaign.id)
    expect(first(mine.lanes[0].cells)).toEqual([ours.id])
    expect(mine.lanes[0].cells[0].cell).toBe(addDays(today(), 20))
    await expectWell(running)
  })
})
