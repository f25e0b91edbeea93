// Alerts on the real database: raised once whatever dies, suspended while nobody listens, told within the budget, answered.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { watchSpikes } from './watch-spikes.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 9, 26)
const network = 'mastodon'

let world: TestApp
let owner: TestSession
let now = new Date(start + 28 * day)

beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
})
afterAll(() => world?.close())

interface Watched {
  id: string
  number: number
  readerId: string
}

/** A topic of an organisation of its own would be slow; so each test has its own topic, and they share the source. */
let readerId: string | null = null
async function makeTopic(name: string): Promise<Watched> {
  const made = await owner.call('POST', '/orgs/{org}/topics', {
    name,
    kind: 'brand',
    query: `"${name}"`,
    ownerId: owner.memberId,
  })
  expect(made.status).toBe(201)
  if (readerId === null) {
    readerId = newId()
    await asSystem(world.services.db, async (tx) => {
      const settings = JSON.stringify({ server: 'example.org', stream: 'public' })
      await sql`insert into readers (id, connector, kind, settings, answered_at, created_at)
        values (${readerId}, ${network}, 'stream', ${settings}::jsonb, ${now}, ${new Date(start)})`.execute(tx)
      await sql`insert into sources (org_id, id, connector, kind, name, settings, reader_id, created_at, created_by)
        values (${world.ours}, ${newId()}, ${network}, 'stream', 'Public', ${settings}::jsonb, ${readerId}, ${new Date(start)}, ${owner.memberId})`.execute(
        tx,
      )
    })
  }
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', made.body.id).executeTakeFirstOrThrow(),
  )
  return { id: made.body.id, number, readerId }
}

/** So many mentions in each minute; a fifth of them negative. */
const say = (topic: Watched, from: number, to: number, each: number, negative = 0.2) =>
  asSystem(world.services.db, (tx) =>
    sql`insert into topic_minutes (org_id, topic, network, at, total, negative, positive, judged)
      select ${world.ours}, ${topic.number}, ${network}, m, n, round(n * ${negative}::numeric), 0, n
        from (select m, (${each} + (extract(epoch from m)::bigint / 60 * 7919) % 3)::integer as n
          from generate_series(${new Date(from)}::timestamptz, ${new Date(to - minute)}::timestamptz, interval '1 minute') m) s
      on conflict (org_id, topic, network, at) do update set total = excluded.total, negative = excluded.negative, judged = excluded.judged`.execute(
      tx,
    ),
  )

/** The clock strikes, and the source has answered. */
async function at(moment: number, answered = moment): Promise<void> {
  now = new Date(moment)
  await asSystem(world.services.db, (tx) => sql`update readers set answered_at = ${new Date(answered)}`.execute(tx))
}

const alertsOf = async (topic: Watched) =>
  (await owner.call('GET', `/orgs/{org}/listening/alerts?topicId=${topic.id}`)).body.items
const detectorOf = async (topic: Watched) =>
  (await owner.call('GET', '/orgs/{org}/listening/detectors')).body.find(
    (each: { topicId: string }) => each.topicId === topic.id,
  )
const eventsOf = (topic: Watched) =>
  inOrg(world.services.db, world.ours, async (tx) =>
    (await tx.selectFrom('events').select(['verb', 'facts']).where('verb', 'like', 'alert.%').orderBy('seq').execute())
      .filter(({ facts }) => (facts as { topicId?: string }).topicId === topic.id)
      .map(({ verb }) => verb),
  )

const begins = start + 28 * day
let count = 0
let topic: Watched

/** Four weeks of the usual, looked at. */
beforeEach(async () => {
  count += 1
  topic = await makeTopic(`kettle ${count}`)
  await at(begins)
  await say(topic, start, begins, 1)
  await watchSpikes(world.services, world.ours)
})

test('four weeks are learned from at once, and nobody is called for what is history', async () => {
  expect(await alertsOf(topic)).toEqual([])
  expect(await detectorOf(topic)).toMatchObject({ watch: 'watching', knowsWeekdays: true, silentSince: null })
})

describe('a sudden rise', () => {
  beforeEach(async () => {
    await say(topic, begins, begins + 10 * minute, 14)
    await at(begins + 10 * minute + 30_000)
  })

  test('is told once within ten minutes: in the list, to its owner, by mail, in the log', async () => {
    const { queue } = world.services
    const mails: unknown[] = []
    const send: typeof queue.send = (db, job, payload, options) => {
      mails.push(payload)
      return queue.send(db, job, payload, options)
    }
    const services = { ...world.services, queue: { ...queue, send } }
    await Promise.all([watchSpikes(services, world.ours), watchSpikes(services, world.ours)])
    await watchSpikes(services, world.ours)
    const [alert, ...others] = await alertsOf(topic)
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      trigger: 'volume',
      kind: 'opportunity',
      late: false,
      answer: null,
      plannedEvent: null,
    })
    expect(Date.parse(alert.at) - begins).toBeLessThanOrEqual(10 * minute)
    expect(alert.sentence).toMatch(/mentions in \d+ minutes; .* are expected on a \w+ at \d+\. By chance/)
    expect(alert.toldAt).not.toBeNull()
    expect(await eventsOf(topic)).toEqual(['alert.raised'])
    const told = await owner.call('GET', '/orgs/{org}/notifications')
    expect(told.body.items.filter((each: { subject: { id: string } }) => each.subject?.id === alert.id).length).toBe(1)
    expect(mails).toMatchObject([{ memberId: owner.memberId, subject: `kettle ${count}: opportunity` }])
  })

  test('is told once by a worker that dies while it tells, and the next one', async () => {
    const dying = {
      ...world.services,
      queue: { ...world.services.queue, send: () => Promise.reject(new Error('killed')) },
    }
    await watchSpikes(dying, world.ours)
    expect(await alertsOf(topic)).toEqual([])
    expect(await eventsOf(topic)).toEqual([])
    await watchSpikes(world.services, world.ours)
    expect((await alertsOf(topic)).length).toBe(1)
    expect(await eventsOf(topic)).toEqual(['alert.raised'])
  })

  test('is told once when the worker is killed while it tells', async () => {
    const given = { connection: world.database.connection, org: world.ours, now: now.toISOString() }
    const worker = fork(join(import.meta.dirname, 'dying-worker.testing.ts'), [JSON.stringify(given)])
    expect((await once(worker, 'message'))[0]).toBe('telling')
    const gone = once(worker, 'exit')
    worker.kill('SIGKILL')
    await gone
    // The database learns of the death a moment later, and lets go of the detector.
    await expect
      .poll(async () => {
        await watchSpikes(world.services, world.ours)
        return (await alertsOf(topic)).length
      })
      .toBe(1)
    expect(await eventsOf(topic)).toEqual(['alert.raised'])
  })

  test('ends, and is answered: the false rate tells of it', async () => {
    await watchSpikes(world.services, world.ours)
    await say(topic, begins + 10 * minute, begins + 3 * hour, 1)
    await at(begins + 3 * hour + 30_000)
    await watchSpikes(world.services, world.ours)
    const [alert] = await alertsOf(topic)
    expect(alert.endedAt).not.toBeNull()
    expect(await eventsOf(topic)).toEqual(['alert.raised', 'alert.ended'])
    const answered = await owner.call('POST', `/orgs/{org}/listening/alerts/${alert.id}/answer`, {
      answer: 'false',
      note: 'a game',
    })
    expect(answered.body).toMatchObject({ answer: 'false', note: 'a game', answeredBy: { id: owner.memberId } })
    const { last90Days } = (await owner.call('GET', '/orgs/{org}/listening/alert-rules')).body
    expect(last90Days).toMatchObject({ answered: 1, false: 1, falseRate: 1 })
    expect(last90Days.low).toBeLessThan(0.3)
    const one = await owner.call('GET', `/orgs/{org}/listening/alerts/${alert.id}`)
    const peak = one.body.plot.reduce((a: { count: number }, b: { count: number }) => (b.count > a.count ? b : a))
    expect(peak.count).toBeGreaterThan(peak.high)
    expect(one.body.plot[0].expected).toBeGreaterThan(0)
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `/orgs/{org}/listening/alerts/${alert.id}`)).status).toBe(404)
  })

  test('that was announced is expected; of unknown size it is marked and nobody is called', async () => {
    const planned = (factor: number | null) => ({
      name: 'Launch',
      topicId: topic.id,
      from: new Date(begins - hour).toISOString(),
      to: new Date(begins + day).toISOString(),
      factor,
    })
    expect((await owner.call('POST', '/orgs/{org}/listening/planned-events', planned(null))).status).toBe(201)
    await watchSpikes(world.services, world.ours)
    const [alert] = await alertsOf(topic)
    expect(alert).toMatchObject({ plannedEvent: { name: 'Launch' }, toldAt: null })
  })

  test('of a topic whose alerts are off is not looked at', async () => {
    const changed = await owner.call('PUT', `/orgs/{org}/topics/${topic.id}/alert-profile`, { profile: 'off' })
    expect(changed.body).toEqual({ topicId: topic.id, profile: 'off' })
    await watchSpikes(world.services, world.ours)
    expect(await alertsOf(topic)).toEqual([])
  })

  test('beyond the budget is in the list, and nobody is called', async () => {
    await owner.call('PUT', '/orgs/{org}/listening/alert-rules', { dailyBudget: 1 })
    await watchSpikes(world.services, world.ours)
    const [alert] = await alertsOf(topic)
    expect(alert.toldAt).toBeNull()
    await owner.call('PUT', '/orgs/{org}/listening/alert-rules', { dailyBudget: 100 })
  })
})

test('anger in a spike makes it a potential issue, and it stays one alert', async () => {
  await say(topic, begins, begins + 40 * minute, 14, 0.8)
  await at(begins + 40 * minute + 30_000)
  await watchSpikes(world.services, world.ours)
  const alerts = await alertsOf(topic)
  expect(alerts.map(({ kind, trigger }: { kind: string; trigger: string }) => `${trigger} ${kind}`)).toEqual([
    'volume potential-issue',
  ])
})

test('a silent source suspends its detectors and says since when; then they go on without a false alert', async () => {
  await at(begins + 5 * hour, begins + hour)
  await watchSpikes(world.services, world.ours)
  const suspended = await detectorOf(topic)
  expect(suspended).toMatchObject({ watch: 'suspended', silentSince: new Date(begins + hour).toISOString() })
  await say(topic, begins + 4 * hour, begins + 6 * hour, 1)
  await at(begins + 6 * hour)
  await watchSpikes(world.services, world.ours)
  expect(await detectorOf(topic)).toMatchObject({ watch: 'watching', silentSince: null })
  expect(await alertsOf(topic)).toEqual([])
})

test('what comes late raises the alert afterwards, marked as late', async () => {
  await say(topic, begins, begins + 30 * minute, 1)
  await at(begins + 30 * minute + 30_000)
  await watchSpikes(world.services, world.ours)
  await say(topic, begins + 5 * minute, begins + 15 * minute, 16)
  await at(begins + 41 * minute + 30_000)
  await say(topic, begins + 30 * minute, begins + 41 * minute, 1)
  await watchSpikes(world.services, world.ours)
  expect(await alertsOf(topic)).toMatchObject([{ late: true }])
})

test('a topic that was removed has no detectors in the list', async () => {
  await owner.call('DELETE', `/orgs/{org}/topics/${topic.id}`)
  expect(await detectorOf(topic)).toBeUndefined()
})
