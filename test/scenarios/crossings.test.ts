// The six crossing points and those of one’s own, through HTTP, queue and a network: each fires once, or says what it waits for.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { addDays } from '../../src/lib/days.ts'
import { runCampaignClock } from '../../src/publishing/campaigns/clock.ts'
import { campaignJobs } from '../../src/publishing/campaigns/jobs.ts'
import { readNumbers } from '../../src/publishing/numbers.ts'
import { type Campaigns, startCampaigns } from './campaign-world.ts'
import { type Person, refusal, untilState } from './world.ts'

let set: Campaigns
beforeAll(async () => {
  set = await startCampaigns()
})
afterAll(() => set.running.close())

describe('crossing points', () => {
  it('are the six of every organisation, each with what it waits for', async () => {
    const { running, owner } = set
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
    const { owner, aCampaign, point, firingsOf, cross } = set
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
    const { running, owner, services, today, aCampaign, point, firingsOf, told, cross } = set
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
    await Promise.all([runCampaignClock(services), runCampaignClock(services)])
    await Promise.all([cross(), cross(), cross()])
    const fired = await firingsOf(launch.id)
    expect(fired.filter(({ campaign }: { campaign: { id: string } }) => campaign.id === near.id)).toMatchObject([
      { state: 'done', outcome: { did: 'told', told: 2 } },
    ])
    expect(fired.some(({ campaign }: { campaign: { id: string } }) => campaign.id === far.id)).toBe(false)
    expect(await told(colleague)).toContain('crossing-fired')
  })

  it('(c) new replies to a campaign’s post are handed to always-on, by the readings of the network, as one task', async () => {
    const { running, owner, services, aCampaign, aPost, schedule, point, firingsOf, answer, cross } = set
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
      await readNumbers(services)
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

  it('(c) replies that two workers meet at one moment are one task', async () => {
    const { owner, aCampaign, aPost, point, firingsOf } = set
    const { id } = await aPost(`Met twice ${crypto.randomUUID()}`, (await aCampaign()).id)
    const replies = await point('replies-to-always-on')
    const fire = () => owner.call('POST', `/orgs/{org}/crossings/${replies.id}/fire`, { postId: id })
    await Promise.all(Array.from({ length: 6 }, fire))
    const did = (await firingsOf(replies.id))
      .filter(({ post }: { post: { id: string } | null }) => post?.id === id)
      .map(({ outcome }: { outcome: { did: string } }) => outcome.did)
    expect(did.toSorted()).toEqual(['handed-over', ...Array.from({ length: 5 }, () => 'joined')])
  })

  it('(d) a trend waits for listening, and a person begins a quick campaign from a feed', async () => {
    const { owner, account, services, aCampaign, point } = set
    const source = crypto.randomUUID()
    await inOrg(services.db, owner.orgId, (tx) =>
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
    const { running, owner, services, aCampaign, aPost, schedule, point, told } = set
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
    await asSystem(services.db, (tx) => tx.updateTable('holds').set({ ended_at: new Date() }).execute())
    expect(await told(owner)).toContain('crossing-held')
  })

  it('(f) closing writes the report, through the queue, and nothing of always-on expires', async () => {
    const { owner, services, today, aCampaign, aPost, schedule, told } = set
    const campaign = await aCampaign()
    const [planned, always] = [
      await aPost('Last words', campaign.id, { initiator: 'customer' }),
      await aPost('Every Monday', null),
    ]
    const wall = `${addDays(today(), 30)}T09:00`
    for (const { id } of [planned, always]) await schedule(id, { kind: 'at', wall, zone: 'Europe/Berlin' })
    await services.queue.work(
      services,
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
    const { running, owner, aCampaign, firingsOf, told, cross } = set
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
    const { running, owner, aCampaign, firingsOf, told, cross } = set
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
