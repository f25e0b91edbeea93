// Walls while people and conversations go from one side to the other: members who are moved, walls put up and taken down, hand-overs, holds.

import { describe, expect, test } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { owner, world } from '../../src/inbox/ground.testing.ts'
import type { TestSession } from '../world/app.ts'
import { departments, hr, people, said, secret, streams, useWalls, walled, without } from './walls-ground.ts'

useWalls()

describe('people come and go', () => {
  const see = (session: TestSession) =>
    session.call('GET', `/orgs/{org}/conversations/${walled.get('hr')}`).then(({ status }) => status)
  const move = (session: TestSession, departmentId: string | null) =>
    owner.call('PATCH', `/orgs/{org}/members/${session.memberId}`, { departmentId })

  test('whoever joins the department sees it at once, whoever leaves does not, and both are recorded', async () => {
    const admin = people.get('admin of service')!
    expect([await see(admin), await see(hr)]).toEqual([404, 200])
    await move(admin, departments.hr)
    await move(hr, departments.service)
    expect([await see(admin), await see(hr)]).toEqual([200, 404])
    const { body } = await owner.call('GET', '/orgs/{org}/events?verb=member.changed&limit=2')
    expect(body.items.map(({ subject }: { subject: { id: string } }) => subject.id)).toEqual([
      hr.memberId,
      admin.memberId,
    ])
    const told = await people.get('leads HR')!.call('GET', '/orgs/{org}/notifications')
    expect(told.body.items[0]).toMatchObject({ kind: 'walled-department-joined', subject: { id: admin.memberId } })
    await move(admin, departments.service)
    await move(hr, departments.hr)
  })

  test('whoever leaves is shown nothing by plans that connections have kept since they were behind the wall', async () => {
    const parts = ['', '/messages', '/history', '/answers'].map((part) => `conversations/${walled.get('hr')}${part}`)
    const shown = (session: TestSession) =>
      Promise.all(
        parts.map(async (path) => {
          const { status, body } = await session.call('GET', `/orgs/{org}/${path}`)
          return status === 200 ? JSON.stringify(body) : status
        }),
      )
    // The database makes the first plans for their values, and from the sixth time on one for all.
    const before = await shown(hr)
    for (let turn = 0; turn < 8; turn++) {
      expect(await shown(hr)).toEqual(before)
      expect(await shown(owner)).toEqual([404, 404, 404, 404])
    }
    expect(before.every((each) => typeof each === 'string')).toBe(true)
    await move(hr, departments.service)
    expect(await shown(hr)).toEqual([404, 404, 404, 404])
    await move(hr, departments.hr)
    expect(await shown(hr)).toEqual(before)
  })
})

test('only the organisation’s owners and admins change walls, and everybody reads which there are', async () => {
  const lead = people.get('leads HR')!
  const path = `/orgs/{org}/departments/${departments.hr}/wall`
  expect((await lead.call('PUT', path, { walled: false })).status).toBe(403)
  const gone = await owner.call('DELETE', `/orgs/{org}/departments/${departments.hr}`)
  expect(gone).toMatchObject({ status: 409, body: { data: { code: 'department-walled' } } })
  const all = (await people.get('viewer')!.call('GET', '/orgs/{org}/departments')).body
  expect(all.find(({ id }: { id: string }) => id === departments.hr).walledAt).toEqual(expect.any(String))
  await owner.call('PUT', path, { walled: false })
  expect((await owner.call('GET', `/orgs/{org}/conversations/${walled.get('hr')}`)).status).toBe(200)
  await owner.call('PUT', path, { walled: true })
  expect((await owner.call('GET', `/orgs/{org}/conversations/${walled.get('hr')}`)).status).toBe(404)
  const told = (await lead.call('GET', '/orgs/{org}/notifications')).body.items.map(
    ({ kind }: { kind: string }) => kind,
  )
  expect(told.slice(0, 2)).toEqual(['department-walled', 'department-unwalled'])
})

describe('handing over', () => {
  test('whoever hands a conversation behind a wall has looked at it for the last time; back again it is everybody’s', async () => {
    const admin = people.get('admin of service')!
    const id = await said('olga', departments.service, 'May I speak with somebody of HR')
    const path = `/orgs/{org}/conversations/${id}`
    await owner.call('POST', `${path}/assign`, { ownerId: admin.memberId, note: 'Yours' })
    expect((await admin.call('GET', '/orgs/{org}/notifications')).body.items[0]).toMatchObject({ subject: { id } })
    const outside = await admin.call('POST', `${path}/assign`, {
      departmentId: departments.hr,
      ownerId: owner.memberId,
      note: 'For you',
    })
    expect(outside).toMatchObject({ status: 409, body: { data: { code: 'not-in-department', field: 'ownerId' } } })
    const handed = await admin.call('POST', `${path}/assign`, { departmentId: departments.hr, note: 'For you' })
    expect(handed.body).toMatchObject({ id, department: { name: 'HR', walled: true }, owner: null })
    expect((await admin.call('GET', path)).status).toBe(404)
    const all = JSON.stringify([
      (await admin.call('GET', '/orgs/{org}/notifications')).body,
      (await admin.call('GET', '/orgs/{org}/events?limit=200')).body,
      (await owner.call('GET', '/orgs/{org}/webhooks')).body,
    ])
    expect(all).not.toContain(id)
    for (const [table, at] of [
      ['events', 'events?limit=200'],
      ['notifications', 'notifications'],
    ] as const) {
      const leaked = await without(table, () => admin.call('GET', `/orgs/{org}/${at}`))
      expect(JSON.stringify(leaked.body), table).toContain(id)
    }
    const history = await hr.call('GET', `${path}/history`)
    expect(history.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['department', 'owner']),
    )
    await hr.call('POST', `${path}/assign`, { departmentId: departments.service, note: 'It was about a lantern' })
    expect((await admin.call('GET', path)).body).toMatchObject({ department: { name: 'Service', walled: false } })
  })

  test('many at once: somebody outside is told neither how many nor what was noted', async () => {
    const admin = people.get('admin of service')!
    const ids = [walled.get('hr')!]
    const change = { kind: 'assign', ownerId: admin.memberId, note: secret }
    const begun = await hr.call('POST', '/orgs/{org}/conversation-bulks', { ids, change })
    expect(begun.status, JSON.stringify(begun.body)).toBe(201)
    const told = JSON.stringify((await admin.call('GET', '/orgs/{org}/notifications')).body)
    expect(told).not.toContain('conversations-assigned')
    expect(told).not.toContain(secret)
  })

  test('a macro that leads it there is done to its end and on record, and shows the last look', async () => {
    const id = await said('quinn', departments.service, 'A macro sends me on')
    const steps = [{ kind: 'department', departmentId: departments.hr }]
    const macro = (await owner.call('POST', '/orgs/{org}/macros', { name: 'To HR', steps })).body
    const ran = await owner.call('POST', `/orgs/{org}/conversations/${id}/macros/${macro.id}/run`, { text: '' })
    expect(ran).toMatchObject({ status: 200, body: { conversation: { id }, steps: [{ effect: 'did' }] } })
    expect((await owner.call('GET', `/orgs/{org}/conversations/${id}`)).status).toBe(404)
    const recorded = async (who: TestSession) =>
      (await who.call('GET', '/orgs/{org}/events?verb=macro.run')).body.items.map(
        (each: { subject: { id: string } }) => each.subject.id,
      )
    expect(await recorded(hr)).toContain(id)
    expect(await recorded(owner)).not.toContain(id)
  })

  test('the page of whoever saw it is told once that it went', async () => {
    const name = 'viewer'
    const stream = streams.find((each) => each.name === name)!
    const id = await said('paul', departments.service, 'Another one for HR')
    await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, {
      departmentId: departments.hr,
      note: 'For you',
    })
    const { id: sentinel } = (await owner.call('GET', '/orgs/{org}/conversations')).body.items[0]
    const tellAll = async () => {
      const seen = stream.ids.length
      await owner.call('POST', `/orgs/{org}/conversations/${sentinel}/notes`, { note: 'for everybody' })
      await expect.poll(() => stream.ids.slice(seen)).toContain(sentinel)
    }
    await tellAll()
    expect(stream.ids).toContain(id)
    const told = stream.ids.filter((each) => each === id).length
    await hr.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: secret })
    await tellAll()
    expect(stream.ids.filter((each) => each === id)).toHaveLength(told)
  })
})

test('a hold over everything binds answers behind walls, and lets them go, whoever begins and ends it', async () => {
  const standing = () =>
    asSystem(world.services.db, (tx) =>
      tx
        .selectFrom('variants')
        .select(['state', 'reason'])
        .where('answer_id', 'is not', null)
        .where('state', '<>', 'published')
        .execute(),
    )
  const waiting = await standing()
  expect(waiting.map(({ state }) => state)).toContain('scheduled')
  const { body } = await owner.call('POST', '/orgs/{org}/holds', { scope: 'everything', reason: 'A drill' })
  const hold = body.hold ?? body
  // Of what it stops posts are counted.
  expect(hold).toMatchObject({ stopped: 0 })
  for (const { reason } of await standing()) expect(reason).toMatchObject({ code: 'held' })
  const ended = await owner.call('POST', `/orgs/{org}/holds/${hold.id}/end`, { missed: 'ask' })
  expect(ended.status, JSON.stringify(ended.body)).toBeLessThan(300)
  for (const { reason } of await standing()) expect(reason).not.toMatchObject({ code: 'held' })
})

test('who forgets to say for whom it looks sees nothing of it', async () => {
  const unsaid = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('conversations').select('id').where('wall_id', 'is not', null).execute(),
  )
  expect(unsaid).toEqual([])
})

test('what stands behind a wall is asked of no other department, and put together with nothing outside', async () => {
  const id = await said('rita', departments.service, 'A word on my pay')
  const open = await said('rita', departments.service, 'And on my lantern', 'second')
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: departments.hr, note: 'Yours' })
  const asked = { departmentId: departments.service, memberId: null, question: 'What do you know of it?' }
  const question = await hr.call('POST', `/orgs/{org}/conversations/${id}/questions`, asked)
  expect(question).toMatchObject({ status: 409, body: { data: { code: 'behind-wall' } } })
  const merged = await hr.call('POST', `/orgs/{org}/conversations/${open}/merge`, { from: id })
  expect(merged).toMatchObject({ status: 409, body: { data: { code: 'other-wall' } } })
})
