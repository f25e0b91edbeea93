// Issues on the real database: opened by anger, one for each topic, written into by people, closed for a reason and opened again.

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { longrunItself } from '../../people/types.ts'
import { campaignSpans, ownPosts } from '../../publishing/own-moments.ts'
import { raise } from '../alerts/raise.ts'
import { openAlert, type WatchedPair } from '../alerts/store.ts'
import type { DatedSignal } from '../alerts/watch-spikes.ts'
import { mentionId } from '../mentions/identity.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'

const minute = 60_000
const now = new Date('2026-11-29T12:00:00Z')
const network = 'practice'

let world: TestApp
let owner: TestSession
let count = 0
let pair: WatchedPair

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world?.close())

beforeEach(async () => {
  count += 1
  const name = `kettle ${count}`
  const made = await owner.call('POST', '/orgs/{org}/topics', {
    name,
    kind: 'brand',
    query: `"${name}"`,
    ownerId: owner.memberId,
  })
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', made.body.id).executeTakeFirstOrThrow(),
  )
  const topic = { topic: number, topic_id: made.body.id, topic_name: name, topic_kind: 'brand', campaign_id: null }
  pair = { ...topic, owner_id: owner.memberId, network, profile: 'standard', seen_to: now }
})

const angry = (change: Partial<DatedSignal> = {}): DatedSignal => ({
  what: 'raised',
  trigger: 'volume',
  kind: 'potential-issue',
  late: false,
  planned: null,
  surprise: 6,
  why: {
    code: 'volume',
    count: 40,
    minutes: 30,
    band: { low: 4, expected: 8, high: 12 },
    surprise: 6,
    weekday: 6,
    hour: 12,
  },
  sentiment: { judged: 40, negative: 30, usual: 0.2, probability: 0.99 },
  at: now.getTime(),
  ...change,
})

const tell = (signal: DatedSignal, where = network) =>
  inOrg(world.services.db, world.ours, async (tx) => {
    const place = { orgId: world.ours, pair: { ...pair, network: where }, now }
    await recordAll(tx, world.ours, longrunItself, now, await raise(world.services, tx, place, [signal]))
  })
const issues = async (state = 'live') =>
  (await owner.call('GET', `/orgs/{org}/listening/issues?topicId=${pair.topic_id}&state=${state}`)).body.items
const timeline = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/listening/issues/${id}/timeline`)).body.items
const alerts = async () => (await owner.call('GET', `/orgs/{org}/listening/alerts?topicId=${pair.topic_id}`)).body.items
const answer = (id: string, said: string) =>
  owner.call('POST', `/orgs/{org}/listening/alerts/${id}/answer`, { answer: said })
const onIssue = (id: string, path: string, body: unknown, method = 'POST') =>
  owner.call(method, `/orgs/{org}/listening/issues/${id}${path}`, body)

/** So many mentions of the topic, `minutes` apart up to `until`. */
const say = (many: number, words: (at: number) => string, { until = now.getTime(), apart = 1, followers = 12 } = {}) =>
  inOrg(world.services.db, world.ours, (tx) =>
    storeMentions(
      tx,
      Array.from({ length: many }, (_, at) => {
        const id = `${count} ${until} ${at}`
        const author = { id: `author ${id}`, handle: null, name: `Somebody ${at}`, url: null, followers }
        const when = new Date(until - (at + 0.5) * apart * minute)
        return mentionOf(world.ours, { id, at: when, text: words(at), author }, { topics: [pair.topic] })
      }),
    ),
  )

describe('an alert of anger', () => {
  test('opens one issue for its topic; alerts of other networks join it; an opportunity opens none', async () => {
    await tell(angry({ kind: 'opportunity', at: now.getTime() - minute }))
    expect(await issues()).toEqual([])
    await tell(angry({ what: 'grew' }))
    await Promise.all([tell(angry(), 'one'), tell(angry({ surprise: 14 }), 'two')])
    const [issue, ...others] = await issues()
    expect(others).toEqual([])
    expect(issue).toMatchObject({
      title: `kettle ${count}: many angry mentions at once`,
      ...{ state: 'open', severity: 'act-now', alerts: 3, openedBy: null, owner: { id: owner.memberId } },
    })
    const entries = await timeline(issue.id)
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual(['alert', 'alert', 'opened'])
    expect(entries[0].alert.sentence).toMatch(/40 mentions in 30 minutes/)
    expect((await alerts()).map(({ issueId }: { issueId: string }) => issueId)).toEqual([issue.id, issue.id, issue.id])
  })

  test('that is answered false closes the issue that has nothing else, and another answer opens it again', async () => {
    await tell(angry())
    const [alert] = await alerts()
    await answer(alert.id, 'false')
    expect(await issues()).toEqual([])
    expect(await issues('closed')).toMatchObject([{ reason: 'false', closedBy: { id: owner.memberId } }])
    await answer(alert.id, 'real')
    expect(await issues()).toMatchObject([{ state: 'open', reason: null, closedAt: null }])
  })

  test('that is answered false leaves an issue alone that somebody wrote into', async () => {
    await tell(angry())
    const [issue] = await issues()
    expect((await onIssue(issue.id, '/notes', { note: 'The shop was asked.' })).status).toBe(201)
    const [alert] = await alerts()
    await answer(alert.id, 'false')
    expect(await issues()).toMatchObject([{ state: 'open', notes: 1 }])
  })

  test('during what was planned is told all the same; without anger nobody is called', async () => {
    const plan = { name: 'Launch', topicId: pair.topic_id, from: new Date(now.getTime() - minute), to: now }
    const { body } = await owner.call('POST', '/orgs/{org}/listening/planned-events', plan)
    await tell(angry({ kind: 'opportunity', planned: body.id, sentiment: angry().sentiment, surprise: 4 }))
    expect(await alerts()).toMatchObject([{ toldAt: null, plannedEvent: { kind: 'announced', name: 'Launch' } }])
    await tell(angry({ trigger: 'negative-share', planned: body.id }))
    expect(await alerts()).toMatchObject([{ kind: 'potential-issue', toldAt: now.toISOString() }])
    expect(await issues()).toMatchObject([{ state: 'open', alerts: 1 }])
  })

  test('says who is heard and which words are new', async () => {
    for (let day = 1; day <= 10; day++)
      await say(5, (at) => `The kettle boils, the lid shines ${at}`, {
        until: now.getTime() - day * 1440 * minute,
        apart: 60,
      })
    await say(20, (at) => `Kettle recall, the battery smoked ${at}`, { followers: 90 })
    await tell(angry({ why: { ...angry().why, count: 20 } as DatedSignal['why'] }))
    const [{ heard, parts }] = await alerts()
    expect(heard).toMatch(/^Its 20 authors carry it about \d+ times as far as usual; nobody counts for more than 1,000/)
    expect(heard).toMatch(/\d+ % of its telling words are new to the topic: .*battery/)
    expect(parts.reach).toBeGreaterThan(0.3)
    expect(parts.novelty).toBe(1)
  })
})

describe('people', () => {
  test('open one by hand from an alert and from a mention, and find the one that is open', async () => {
    await tell(angry({ kind: 'unclear' }))
    const [alert] = await alerts()
    const made = await owner.call('POST', '/orgs/{org}/listening/issues', { alertId: alert.id })
    expect(made.body).toMatchObject({ state: 'open', alerts: 1, openedBy: { id: owner.memberId } })
    await say(1, () => 'The lid burnt my hand')
    const said = mentionId(network, `${count} ${now.getTime()} 0`)
    const joined = await owner.call('POST', '/orgs/{org}/listening/issues', { mentionId: said })
    expect(joined.body).toMatchObject({ id: made.body.id, evidence: 1 })
    const again = await onIssue(made.body.id, `/evidence/${said}`, {}, 'PUT')
    expect(again.body).toMatchObject({ evidence: 1 })
    const entries = await timeline(made.body.id)
    expect(entries[0]).toMatchObject({ kind: 'evidence', mention: { text: 'The lid burnt my hand' } })
    const gone = await onIssue(made.body.id, `/evidence/${said}`, undefined, 'DELETE')
    expect(gone.body).toMatchObject({ evidence: 0 })
    expect((await onIssue(made.body.id, `/evidence/${said}`, undefined, 'DELETE')).status).toBe(404)
  })

  test('take it up, give it to somebody, close it with a reason, undo that', async () => {
    const { body } = await owner.call('POST', '/orgs/{org}/listening/issues', {
      topicId: pair.topic_id,
      title: 'A hot lid',
    })
    const colleague = await world.as('contributor')
    expect((await onIssue(body.id, '', { ownerId: colleague.memberId }, 'PATCH')).body.owner.id).toBe(
      colleague.memberId,
    )
    const told = await colleague.call('GET', '/orgs/{org}/notifications')
    expect(told.body.items[0]).toMatchObject({ kind: 'issue-assigned', subject: { kind: 'issue', id: body.id } })
    expect((await onIssue(body.id, '/state', { to: 'handled' })).body.state).toBe('handled')
    expect(await onIssue(body.id, '/state', { to: 'handled' })).toMatchObject({ status: 409 })
    expect((await onIssue(body.id, '/state', { to: 'closed' })).body.data.code).toBe('reason-missing')
    expect((await onIssue(body.id, '/state', { to: 'closed', reason: 'over' })).body).toMatchObject({ reason: 'over' })
    expect((await onIssue(body.id, '/reopen', {})).body).toMatchObject({ state: 'handled', reason: null })
    await onIssue(body.id, '/state', { to: 'closed', reason: 'real' })
    await tell(angry())
    expect((await onIssue(body.id, '/reopen', {})).body.data.code).toBe('issue-other-open')
    const kinds = (await timeline(body.id)).map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(['state', 'state', 'state', 'state', 'owner', 'opened'])
  })

  test('of another organisation see nothing, and a mention of no topic needs one', async () => {
    const { body } = await owner.call('POST', '/orgs/{org}/listening/issues', { topicId: pair.topic_id })
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `/orgs/{org}/listening/issues/${body.id}`)).status).toBe(404)
    expect((await owner.call('POST', '/orgs/{org}/listening/issues', {})).body.data.code).toBe('topic-missing')
  })
})

test('a slow rise that is over says why', async () => {
  const why = { code: 'slow-rise' as const, days: 9, ratio: 2.1, sum: 6, over: null }
  await tell(angry({ trigger: 'slow-rise', kind: 'opportunity', why }))
  expect(await alerts()).toMatchObject([{ endedAt: null, sentence: expect.stringMatching(/9 days in a row/) }])
  await tell(angry({ what: 'ended', trigger: 'slow-rise', why: { ...why, over: 'learnt' } }))
  expect(await alerts()).toMatchObject([
    { endedAt: now.toISOString(), sentence: expect.stringMatching(/by now it is the usual one/) },
  ])
  const open = await inOrg(world.services.db, world.ours, (tx) =>
    openAlert(tx, world.ours, { ...pair, trigger: 'slow-rise' }),
  )
  expect(open).toBeUndefined()
})

test('what we do ourselves is read as it stands: campaigns with the days of their zone until they are closed, posts that go out', async () => {
  const campaign = { name: 'Spring', kind: 'promotion', beginsOn: '2026-11-29', endsOn: '2026-11-30' }
  const { body } = await owner.call('POST', '/orgs/{org}/campaigns', { ...campaign, timeZone: 'Asia/Kolkata' })
  const [account, post] = [newId(), newId()]
  const [org, at] = [world.ours, new Date(now.getTime() - 60 * minute)]
  await inOrg(world.services.db, org, async (tx) => {
    await sql`insert into accounts (org_id, id, connector, remote_id, handle, display_name, url, server, instance, name, time_zone, auth_method,
        state, created_by) values (${org}, ${account}, ${network}, 'us', 'us', 'Us', '', '', '{}', 'Us', 'UTC', 'none', 'connected',
        ${owner.memberId})`.execute(tx)
    await sql`insert into posts (org_id, id, content, summary, created_by, updated_by, state, campaign_id)
      values (${org}, ${post}, '{}', 'Our new lid', ${owner.memberId}, ${owner.memberId}, 'published', ${body.id})`.execute(
      tx,
    )
    await sql`insert into variants (org_id, id, post_id, account_id, state, published_at)
      values (${org}, ${newId()}, ${post}, ${account}, 'published', ${at})`.execute(tx)
    const since = new Date(now.getTime() - 4 * 60 * minute)
    expect(await campaignSpans(tx, org, since, now)).toEqual([
      {
        id: body.id,
        name: 'Spring',
        beginsOn: '2026-11-29',
        from: new Date('2026-11-28T18:30:00Z'),
        to: new Date('2026-11-30T18:30:00Z'),
      },
    ])
    expect(await campaignSpans(tx, org, new Date('2026-11-30T18:30:00Z'), new Date('2026-12-01T00:00:00Z'))).toEqual([])
    expect(await ownPosts(tx, org, since, now)).toEqual([{ id: post, campaignId: body.id, network, at }])
    expect(await ownPosts(tx, org, since, at)).toEqual([])
  })
  await tell(angry({ kind: 'opportunity', surprise: 4, planned: `campaign:${body.id}` }))
  await tell(angry({ kind: 'opportunity', surprise: 4, planned: `post:${post}`, at: now.getTime() - minute }))
  const shown = (await alerts()).map(({ plannedEvent, toldAt }: { plannedEvent: object; toldAt: null }) => [
    plannedEvent,
    toldAt,
  ])
  expect(shown).toContainEqual([{ kind: 'campaign', id: body.id, name: 'Spring' }, null])
  expect(shown).toContainEqual([{ kind: 'post', id: post, name: 'Our new lid' }, null])
})
