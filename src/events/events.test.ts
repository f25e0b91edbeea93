// The event log through the API: lists, the chain, notifications.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { inOrg } from '../db/tx.ts'
import { readAdminIds } from '../people/directory.ts'
import { longrunItself } from '../people/types.ts'
import { recordAll } from './actions.ts'
import { mailNotification } from './jobs.ts'
import { notify } from './notify.ts'
import { verifyAllChains, verifyChain } from './verify.ts'

let world: TestApp
let owner: TestSession

beforeAll(async () => {
  world = await testApp({ mail: true })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const records = (orgId: string, count: number, verb = 'test.happened') =>
  inOrg(world.services.db, orgId, (tx) =>
    recordAll(
      tx,
      orgId,
      longrunItself,
      new Date(),
      Array.from({ length: count }, (_each, number) => ({
        verb,
        subject: { kind: 'test', id: null },
        facts: { number, nested: { b: [1, null], a: 'ü' } },
      })),
    ),
  )

describe('the list', () => {
  it('pages without gaps or repetitions while others write', async () => {
    await records(world.ours, 25)
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const { body } = await owner.call('GET', `/orgs/{org}/events?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...body.items.map((event: { seq: number }) => event.seq))
      cursor = body.nextCursor
      await records(world.ours, 1)
    } while (cursor)
    expect(seen).toEqual(Array.from({ length: seen[0]! }, (_each, index) => seen[0]! - index))
  })

  it('filters by verb, family, actor, subject and time', async () => {
    const made = await owner.call('POST', '/orgs/{org}/departments', { name: 'Filtered' })
    await owner.call('PATCH', `/orgs/{org}/departments/${made.body.id}`, { name: 'Renamed' })
    const verbs = async (filter: string) =>
      (await owner.call('GET', `/orgs/{org}/events?limit=3&${filter}`)).body.items.map(
        (event: { verb: string }) => event.verb,
      )
    expect(await verbs(`subjectId=${made.body.id}`)).toEqual(['department.renamed', 'department.added'])
    expect(await verbs('verb=department.added')).toEqual(['department.added'])
    expect(await verbs('verb=department.*')).toEqual(['department.renamed', 'department.added'])
    expect(await verbs(`actorId=${owner.memberId}&verb=test.happened`)).toEqual([])
    expect(await verbs(`after=${new Date(Date.now() + 1_000).toISOString()}`)).toEqual([])
    expect(await verbs(`before=${new Date(Date.now() - 3_600_000).toISOString()}`)).toEqual([])
  })

  it('knows its own cursors only', async () => {
    const { status, body } = await owner.call('GET', '/orgs/{org}/events?cursor=bm9uc2Vuc2U')
    expect([status, body.data]).toEqual([422, { code: 'cursor-not-known', field: 'cursor' }])
  })

  it('shows nothing of another organisation', async () => {
    await records(world.theirs, 1, 'test.secret')
    expect((await owner.call('GET', '/orgs/{org}/events?verb=test.secret')).body.items).toEqual([])
  })
})

describe('the chain', () => {
  /** As somebody with full power over the database could. */
  async function tamper(statement: string, verdict: (orgId: string) => Promise<void>): Promise<void> {
    const { body: organisation } = await owner.call('POST', '/orgs', { name: 'Tampered' })
    await records(organisation.id, 9)
    expect((await verifyChain(world.services.db, organisation.id)).ok).toBe(true)
    const client = await world.database.owner.connect()
    try {
      await client.query('alter table events disable trigger append_only')
      await client.query(statement.replaceAll(':org', `'${organisation.id}'`))
    } finally {
      await client.query('alter table events enable trigger append_only')
      client.release()
    }
    await verdict(organisation.id)
  }

  it('is unbroken after thousands of events, and says its fingerprint', async () => {
    for (let round = 0; round < 5; round += 1) await records(world.theirs, 500)
    const theirs = await world.as('viewer', world.theirs)
    const { body } = await theirs.call('GET', '/orgs/{org}/events/verification')
    expect(body).toMatchObject({ ok: true, brokenAt: null, headHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(body.count).toBeGreaterThan(2_500)
  })

  it.each([
    ['a changed fact', `update events set facts = '{"number": 99}' where org_id = :org and seq = 4`, 4],
    ['a changed time', `update events set at = at + interval '1 second' where org_id = :org and seq = 2`, 2],
    ['another actor', `update events set actor_kind = 'network' where org_id = :org and seq = 1`, 1],
    ['a removed event', 'delete from events where org_id = :org and seq = 5', 5],
    ['a removed end', 'delete from events where org_id = :org and seq > 7', 8],
    [
      'an added end',
      `insert into events select org_id, 11, at, verb, actor_kind, actor_id, subject_kind, subject_id, facts, hash from events where org_id = :org and seq = 10`,
      11,
    ],
    [
      'a head set back',
      `update event_heads set seq = 7, hash = (select hash from events where org_id = :org and seq = 7) where org_id = :org`,
      8,
    ],
    ['a wrong head', `update event_heads set hash = repeat('0', 64) where org_id = :org`, 10],
  ])('shows %s', async (_what, statement, brokenAt) => {
    await tamper(statement, async (orgId) => {
      expect(await verifyChain(world.services.db, orgId)).toMatchObject({ ok: false, brokenAt })
      const { body } = await owner.call('GET', `/orgs/${orgId}/events/verification`)
      expect(body).toMatchObject({ ok: false, brokenAt })
      const verdicts = []
      for await (const verdict of verifyAllChains(world.services.db)) verdicts.push(verdict)
      expect(verdicts.find((verdict) => verdict.orgId === orgId)?.ok).toBe(false)
      expect(verdicts.find((verdict) => verdict.orgId === world.theirs)?.ok).toBe(true)
    })
  })

  it('cannot be changed by Longrun itself', async () => {
    await expect(inOrg(world.services.db, world.ours, (tx) => tx.deleteFrom('events').execute())).rejects.toThrow(
      /permission denied/,
    )
    await expect(world.database.owner.query('delete from events')).rejects.toThrow(/append-only/)
  })

  it('is right about a log that grows meanwhile', async () => {
    const writing = Promise.all(Array.from({ length: 10 }, () => records(world.ours, 3)))
    for (let round = 0; round < 5; round += 1) expect((await verifyChain(world.services.db, world.ours)).ok).toBe(true)
    await writing
  })
})

describe('notifications', () => {
  it('reach each member once, are read one by one or together, and are nobody else’s', async () => {
    const [anna, ben] = [await world.as('manager'), await world.as('manager')]
    const tell = (number: number) =>
      inOrg(world.services.db, world.ours, (tx) =>
        notify(tx, world.services, world.ours, {
          memberIds: [anna.memberId, ben.memberId, anna.memberId],
          kind: 'test.told',
          facts: { number },
        }),
      )
    for (const number of [1, 2, 3]) await tell(number)
    const list = async (session: TestSession) => (await session.call('GET', '/orgs/{org}/notifications')).body
    const before = await list(anna)
    expect([before.unread, before.items.map((each: { facts: object }) => each.facts)]).toEqual([
      3,
      [{ number: 3 }, { number: 2 }, { number: 1 }],
    ])
    const bens = (await list(ben)).items[0].id
    expect(
      (await anna.call('POST', '/orgs/{org}/notifications/read', { ids: [before.items[0].id, bens] })).body,
    ).toEqual({ unread: 2 })
    expect((await anna.call('POST', '/orgs/{org}/notifications/read', {})).body).toEqual({ unread: 0 })
    expect((await list(ben)).unread).toBe(3)
  })

  it('go by mail to those who are still there', async () => {
    const [anna, left] = [await world.as('manager'), await world.as('manager')]
    const mail = { subject: 'Something happened', text: 'Look at it.' }
    await inOrg(world.services.db, world.ours, (tx) =>
      notify(tx, world.services, world.ours, { memberIds: [anna.memberId, left.memberId], kind: 'test.told', mail }),
    )
    await owner.call('DELETE', `/orgs/{org}/members/${left.memberId}`)
    const jobs = await world.database.owner.query<{ data: never }>('select data from pgboss.job where name = $1', [
      mailNotification.name,
    ])
    world.mails.length = 0
    for (const { data } of jobs.rows) await mailNotification.run(world.services, mailNotification.payload.parse(data))
    expect(world.mails).toEqual([{ to: anna.email, ...mail }])
  })

  it('for the whole organisation go to those who run it', async () => {
    const admin = await world.as('admin')
    const viewer = await world.as('viewer')
    const ids = await inOrg(world.services.db, world.ours, (tx) => readAdminIds(tx, world.ours))
    expect(ids).toContain(admin.memberId)
    expect(ids).not.toContain(viewer.memberId)
  })
})
