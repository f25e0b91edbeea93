// The rota over HTTP on the real database: what members can take on, absences, and who may say what of whom.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { readRota } from './read-rota.ts'
import { backAt, isAtWork } from './rules.ts'

let world: TestApp
let lead: TestSession
let ada: TestSession
let ben: TestSession
let now = new Date('2026-11-30T10:00:00Z')

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  lead = await world.as('manager')
  ada = await world.as('contributor')
  ben = await world.as('viewer')
})
afterAll(() => world.close())

const office = {
  ...{ zone: 'Europe/Berlin', holidays: [{ country: 'DE', state: null, region: null }], closed: [], extra: [] },
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
}
const workOf = async (id: string) =>
  (await lead.call('GET', '/orgs/{org}/work')).body.find((each: { member: { id: string } }) => each.member.id === id)
const read = (ids?: string[]) => inOrg(world.services.db, world.ours, (tx) => readRota(tx, world.ours, ids))

test('who never said anything works always, with the usual capacity', async () => {
  expect(await workOf(ada.memberId)).toMatchObject({
    ...{ hours: null, capacity: 10, inHand: 0, skills: [], deputy: null, manager: null },
    ...{ isAtWork: true, backAt: null, role: 'contributor', department: null },
  })
})

test('hours, capacity, skills, deputy and manager are said by those who lead, one thing at a time', async () => {
  const change = (body: object, by = lead) => by.call('PATCH', `/orgs/{org}/work/${ada.memberId}`, body)
  expect((await change({ hours: office, capacity: 4 })).body).toMatchObject({ capacity: 4, isAtWork: true })
  const more = await change({ skills: ['es', 'refunds', 'es'], deputyId: ben.memberId, managerId: lead.memberId })
  expect(more.body).toMatchObject({
    ...{ capacity: 4, skills: ['es', 'refunds'], hours: { zone: 'Europe/Berlin' } },
    ...{ deputy: { id: ben.memberId }, manager: { id: lead.memberId } },
  })
  expect((await change({ capacity: 5 }, ada)).status).toBe(403)
  const refused = async (body: object, id = ada.memberId) =>
    (await lead.call('PATCH', `/orgs/{org}/work/${id}`, body)).body.data
  expect(await refused({ deputyId: ada.memberId })).toMatchObject({ code: 'stands-in-for-self', field: 'deputyId' })
  expect(await refused({ managerId: newId() })).toMatchObject({ code: 'member-not-found', field: 'managerId' })
  const circle = await refused({ managerId: ada.memberId }, lead.memberId)
  expect(circle).toMatchObject({ code: 'managers-in-a-circle', field: 'managerId' })
  expect(await refused({ capacity: 1 }, newId())).toMatchObject({ code: 'not-found' })
})

test('everybody says when they are away; why is for them and those who lead', async () => {
  const span = { from: '2026-12-01T11:00:00.000Z', to: '2026-12-03T23:00:00.000Z' }
  const planned = await ada.call('POST', '/orgs/{org}/absences', { ...span, reason: 'A knee' })
  expect(planned).toMatchObject({ status: 201, body: { member: { id: ada.memberId }, ...span, reason: 'A knee' } })
  const seen = async (by: TestSession) => (await by.call('GET', '/orgs/{org}/absences')).body.items
  expect(await seen(lead)).toMatchObject([{ reason: 'A knee' }])
  expect(await seen(ben)).toMatchObject([{ reason: null, ...span }])
  const others = await ben.call('POST', '/orgs/{org}/absences', { ...span, memberId: ada.memberId })
  expect(others).toMatchObject({ status: 403, body: { data: { code: 'absence-of-others' } } })
  expect((await ben.call('DELETE', `/orgs/{org}/absences/${planned.body.id}`)).status).toBe(403)
  const backwards = await ada.call('POST', '/orgs/{org}/absences', { from: span.to, to: span.from })
  expect(backwards.body.data).toMatchObject({ code: 'absence-ends-before', field: 'to' })
  const moved = await lead.call('PATCH', `/orgs/{org}/absences/${planned.body.id}`, { to: '2026-12-02T23:00:00.000Z' })
  expect(moved.body).toMatchObject({ from: span.from, to: '2026-12-02T23:00:00.000Z', reason: 'A knee' })
  const work = (await read([ada.memberId])).get(ada.memberId)!
  expect(isAtWork(work, new Date('2026-12-01T10:59:00Z'))).toBe(true)
  expect(isAtWork(work, new Date(span.from))).toBe(false)
  expect(backAt(work, new Date(span.from))).toEqual(new Date('2026-12-03T08:00:00Z'))
  // A day off in the place that the hours name.
  expect(isAtWork(work, new Date('2026-12-25T10:00:00Z'))).toBe(false)
})

test('an absence that is called off ends then, and what was over stays true', async () => {
  now = new Date('2026-12-01T13:00:00Z')
  expect(await workOf(ada.memberId)).toMatchObject({ isAtWork: false, backAt: '2026-12-03T08:00:00.000Z' })
  const [{ id }] = (await ada.call('GET', '/orgs/{org}/absences')).body.items
  expect((await ada.call('DELETE', `/orgs/{org}/absences/${id}`)).body).toEqual({ calledOff: true })
  expect(await workOf(ada.memberId)).toMatchObject({ isAtWork: true })
  const work = (await read()).get(ada.memberId)!
  expect(isAtWork(work, new Date('2026-12-01T12:00:00Z'))).toBe(false)
  expect((await ada.call('DELETE', `/orgs/{org}/absences/${id}`)).status).toBe(404)
  expect((await ada.call('GET', '/orgs/{org}/absences')).body.items).toEqual([])
})

test('whoever left is in no rota, and another organisation sees nothing of it', async () => {
  const owner = await world.as('owner')
  await owner.call('DELETE', `/orgs/{org}/members/${ben.memberId}`)
  expect((await read()).has(ben.memberId)).toBe(false)
  const stranger = await world.as('owner', world.theirs)
  const ids = (await stranger.call('GET', '/orgs/{org}/work')).body.map(
    (each: { member: { id: string } }) => each.member.id,
  )
  expect(ids).toContain(stranger.memberId)
  expect(ids).not.toContain(ada.memberId)
})
