// Backlog and occupancy over HTTP on the real database, against an inbox that can be told by hand and counted at each step.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import type { Caller } from '../../people/types.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { connectedLongAgo, goTo, say } from '../promises/promises-world.testing.ts'
import { saidOf, saying } from '../said.testing.ts'
import { keepSpans } from './keep-spans.ts'
import { readLoad } from './load.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
let agent: TestSession
let service = ''
const ids: Record<string, string> = {}

const call = async (method: string, path: string, body?: object) => {
  const answer = await owner.call(method, `/orgs/{org}/${path}`, body)
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

interface Group {
  by: string
  id: string | null
  open: number[]
  waiting: number[]
}
const load = (query: string) => call('GET', `inbox-load?${query}`)
const hours = (more = '') => load(`from=2027-01-12&to=2027-01-12&step=hour${more}`)

/** Tuesday from 9 to noon of UTC: a question at 10:00 of Berlin, another at 10:30 that is handed to service; answers, closings. */
useInbox(async () => {
  await connectedLongAgo()
  agent = await world.as('contributor')
  goTo(-60)
  service = (await call('POST', 'departments', { name: 'Service' })).id
  await call('PATCH', `members/${agent.memberId}`, { departmentId: service })
  const week = [2].map((day) => ({ day, from: '10:00', to: '14:00' }))
  await call('PATCH', `work/${agent.memberId}`, { hours: { zone: 'Europe/Berlin', week } })
  goTo(0)
  ids.first = await say('first', { intent: 'question' })
  goTo(30)
  ids.second = await say('second', { intent: 'question' })
  await call('POST', `conversations/${ids.second}/assign`, { departmentId: service, ownerId: agent.memberId })
  goTo(90)
  await say('second-ours', { author: 'second', replyTo: 'second', isOurs: true })
  goTo(100)
  await call('POST', `conversations/${ids.first}/state`, { to: 'closed', reason: 'no-answer-needed' })
  goTo(150)
  await call('POST', `conversations/${ids.second}/state`, { to: 'closed', reason: 'answered' })
  goTo(170)
  await say('second-again', { author: 'second', replyTo: 'second' })
  goTo(200)
  await call('POST', `conversations/${ids.second}/state`, { to: 'snoozed', until: '2027-01-14T09:00:00Z' })
  goTo(300)
})

test('what stood at the end of each hour, and who had it then', async () => {
  const found = await hours()
  expect(found).toMatchObject({ zone: 'Europe/Berlin', step: 'hour', until: '2027-01-12T14:00:00.000Z' })
  // Ends at 14:00 of UTC, which is 15:00 of Berlin: fifteen hours since midnight.
  expect(found.points).toHaveLength(15)
  const of = (values: number[]) => values.slice(9)
  expect(found.points[10].at).toBe('2027-01-12T10:00:00.000Z')
  expect(of(found.points.map(({ open }: { open: number }) => open))).toEqual([1, 2, 1, 1, 1, 1])
  expect(of(found.points.map(({ waiting }: { waiting: number }) => waiting))).toEqual([1, 2, 0, 1, 1, 1])
  const group = (by: string, id: string | null): Group =>
    found.groups.find((each: Group) => each.by === by && each.id === id)
  expect(of(group('department', service).open)).toEqual([0, 1, 1, 1, 1, 1])
  expect(of(group('department', null).open)).toEqual([1, 1, 0, 0, 0, 0])
  expect(of(group('person', agent.memberId).waiting)).toEqual([0, 1, 0, 1, 1, 1])
  expect(found.groups.filter(({ by }: Group) => by === 'account')).toHaveLength(1)
})

test('now it is what the list counts', async () => {
  const { points, groups } = await load('from=2026-12-20&to=2027-01-12')
  const list = await call('GET', 'conversations?state=snoozed')
  expect(points.at(-1)).toMatchObject({ open: list.items.length, waiting: 1 })
  expect(points.at(-2)).toMatchObject({ at: '2027-01-11T23:00:00.000Z', open: 0 })
  expect(groups.map(({ by, open }: Group) => [by, open.at(-1)])).toContainEqual(['department', 1])
})

test('filters hold for what it was then', async () => {
  const own = await hours(`&departmentId=${service}`)
  expect(own.points.map(({ open }: { open: number }) => open).slice(9)).toEqual([0, 1, 1, 1, 1, 1])
  const nobody = await hours(`&memberId=${owner.memberId}`)
  expect(nobody.points.every(({ open }: { open: number }) => open === 0)).toBe(true)
})

test('busy is who has something in hand while at work', async () => {
  const { occupancy } = await hours()
  const person = occupancy.groups.find(({ id }: Group) => id === agent.memberId)
  // From 10:00 to 14:00 of Berlin; in hand from 10:30 to 11:30 and from 12:50 to 13:20, when it was put off.
  expect(person).toMatchObject({
    ...{ by: 'person', isAlways: false, staffedMs: 4 * hourMs, busyMs: 90 * minuteMs, share: 0.375 },
  })
  const department = occupancy.groups.find(({ by, id }: Group) => by === 'department' && id === service)
  expect(department).toMatchObject({ staffedMs: 4 * hourMs, busyMs: 90 * minuteMs })
  const always = occupancy.groups.find(({ id }: Group) => id === owner.memberId)
  expect(always).toMatchObject({ isAlways: true, busyMs: 0, staffedMs: 15 * hourMs, share: 0 })
  const people = occupancy.groups.filter(({ by }: Group) => by === 'person')
  const staffedMs = people.reduce((sum: number, each: { staffedMs: number }) => sum + each.staffedMs, 0)
  expect(occupancy.all).toEqual({ staffedMs, busyMs: 90 * minuteMs, share: (90 * minuteMs) / staffedMs })
  expect(occupancy.days).toMatchObject([{ day: '2027-01-12', busyMs: 90 * minuteMs }])
})

test('an absence is no time at work', async () => {
  await call('POST', 'absences', { memberId: agent.memberId, from: '2027-01-19T09:00:00Z', to: '2027-01-19T11:00:00Z' })
  goTo(7 * 24 * 60 + 300)
  const { occupancy } = await load(`from=2027-01-19&to=2027-01-19&memberId=${agent.memberId}`)
  expect(occupancy.groups).toMatchObject([
    { by: 'department', id: service },
    { by: 'person', staffedMs: 2 * hourMs },
  ])
  goTo(300)
})

test('what is put together counts once, as what it is part of', async () => {
  goTo(310)
  const author = { id: 'one', handle: 'one', name: 'one', url: null, followers: null }
  const root = { id: 'other', url: '' }
  await keep([
    saying(saidOf('one', { author, at: currentTime() })),
    saying(saidOf('two', { author, at: currentTime(), thread: 'other', root, replyTo: 'other' })),
  ])
  const { items } = await call('GET', 'conversations?state=open')
  const [one, two] = ['one', 'two'].map(
    (each) => items.find(({ preview }: { preview: string }) => preview === `This is ${each}`).id,
  )
  await call('POST', `conversations/${two}/assign`, { ownerId: agent.memberId })
  goTo(315)
  const before = (await hours()).points.at(-1)
  await call('POST', `conversations/${one}/merge`, { from: two })
  const after = await hours()
  expect(after.points.at(-1)).toMatchObject({ open: before.open - 1, waiting: before.waiting - 1 })
})

test('too many days, days that run backwards and steps that are none are refused by name', async () => {
  const refused = async (query: string) => (await owner.call('GET', `/orgs/{org}/inbox-load?${query}`)).body.data
  expect(await refused('from=2027-01-01&to=2027-01-20&step=hour')).toMatchObject({
    code: 'range-too-long',
    field: 'to',
  })
  expect(await refused('from=2027-01-13&to=2027-01-12')).toMatchObject({ code: 'range-backwards', field: 'to' })
  expect(await refused('from=2027-01-12&to=2027-01-12&step=year')).toMatchObject({ field: 'step' })
})

test('while more has to be told anew than can be at once, that is said instead of a wrong number', async () => {
  const caller = { orgId: world.ours } as Caller
  const wish = { from: '2027-01-12', to: '2027-01-12', step: 'hour' as const }
  const { points } = await readLoad(world.services, caller, wish)
  expect(points).toEqual((await hours()).points)
  await expect(readLoad(world.services, caller, wish, 1)).rejects.toMatchObject({ code: 'still-counting' })
  await keepSpans(world.services)
  expect((await readLoad(world.services, caller, wish, 1)).points).toEqual(points)
})

test('days that have not begun say nothing', async () => {
  expect(await load('from=2027-02-01&to=2027-02-02')).toMatchObject({ points: [], groups: [], occupancy: { days: [] } })
})
