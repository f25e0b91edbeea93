// Days of duty: entered by those who lead, told, undone; the next working day has half of the usual at most, and one day of seven stays free.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { judgeSessions } from '../load/sessions/judge-sessions.ts'
import { planSessions } from '../load/sessions/plan-sessions.ts'
import { item, person, settings } from '../load/sessions/sessions.testing.ts'
import { settleSessions } from '../load/sessions/settle-sessions.ts'
import type { Session, WorkItem } from '../load/sessions/types.ts'
import { putOnDuty } from './for-protocols.ts'
import { dutiesInARow } from './rules.ts'

const monday = '2027-01-11'
const day = (index: number) => addDays(monday, index)
const now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let ada: TestSession
const path = '/orgs/{org}/programme'
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  ada = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  await ada.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  const slots = [{ anyOf: [{ activity: 'short-post' }] }, { anyOf: [{ activity: 'short-post' }] }]
  const lines = [{ id: 'post', channel: null, every: 1, unit: 'working-day', slots }]
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What one of us can do', after: null })
})
afterAll(() => world.close())

const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const enter = (on: string, more: object = {}, by = owner) =>
  by.call('POST', `${path}/duties`, { memberId: ada.memberId, day: on, kind: 'on-call', ...more })
interface Day {
  day: string
  planned: number
  isRecovery: boolean
  duties: { id: string; kind: string; note: string }[]
}
const weekOf = async (who: TestSession, week = monday) =>
  (await who.call('GET', `${path}/sessions/week?week=${week}`)).body as { planned: number; days: Day[] }
const on = async (date: string) => (await weekOf(ada, date)).days.find((each) => each.day === date)!

describe('a day of duty', () => {
  test('takes the load of the next working day down to half of the usual, sessions that stood there too', async () => {
    const before = await on(day(3))
    expect(before).toMatchObject({ isRecovery: false, duties: [] })
    expect((await enter(day(2), {}, ada)).status).toBe(403)
    expect(refusalOf(await enter(day(2), { memberId: newId() }))).toEqual([422, 'member-unknown', 'memberId'])
    const made = await enter(day(2), { note: 'The storm line' })
    expect([made.status, made.body.isRemoved]).toEqual([201, false])
    // The same again is the same.
    expect((await enter(day(2))).body.id).toBe(made.body.id)
    const { planned } = await weekOf(ada)
    expect((await on(day(2))).duties).toMatchObject([{ kind: 'on-call', note: 'The storm line' }])
    const after = await on(day(3))
    expect(after.isRecovery).toBe(true)
    expect(after.planned).toBeLessThanOrEqual((0.5 * planned) / 5 + 1e-6)
    expect(after.planned).toBeLessThan(before.planned)
    const all = (await owner.call('GET', `${path}/sessions/everybody?week=${monday}`)).body
    expect(all.people[0].days[2].duties).toMatchObject([{ kind: 'on-call' }])
    expect(all.people[0].days[3].isRecovery).toBe(true)
    const { items } = (await ada.call('GET', '/orgs/{org}/notifications')).body
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('duty-given')
    const events = JSON.stringify((await owner.call('GET', '/orgs/{org}/events')).body)
    expect(events).toContain('duty.given')
    expect(events).not.toContain('The storm line')
  })

  test('is taken away and put back', async () => {
    const { id } = (await on(day(2))).duties[0]!
    expect((await owner.call('DELETE', `${path}/duties/${id}`)).body.isRemoved).toBe(true)
    expect(await on(day(3))).toMatchObject({ isRecovery: false })
    expect((await owner.call('POST', `${path}/duties/${id}/restore`)).body.isRemoved).toBe(false)
    expect((await on(day(2))).duties).toHaveLength(1)
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('DELETE', `${path}/duties/${id}`)).status).toBe(404)
  })

  test('leaves one of seven free: the seventh in a row is refused, what was is written down as it was', async () => {
    for (const each of [7, 8, 9, 11, 12, 13]) expect((await enter(day(each), { kind: 'event' })).status).toBe(201)
    expect(refusalOf(await enter(day(10), { kind: 'event' }))).toEqual([422, 'no-free-day', 'day'])
    for (const each of [-1, -2, -3, -4, -5, -6, -7]) expect((await enter(day(each))).status).toBe(201)
    // Beside those of another kind on the same day nothing is in a row that was not.
    expect((await enter(day(7), { kind: 'drill' })).status).toBe(201)
  })

  test('is written by other parts of Longrun in their own transaction', async () => {
    const by = { orgId: world.ours, actor: { kind: 'system' as const, id: null }, memberId: null }
    const facts = { memberId: ada.memberId, day: day(20), kind: 'drill' as const, note: '' }
    const id = await inOrg(world.services.db, world.ours, (tx) => putOnDuty(world.services, tx, by, facts))
    expect((await on(day(20))).duties).toMatchObject([{ id, kind: 'drill' }])
  })
})

test('days of duty in a row are counted on both sides', () => {
  expect(dutiesInARow(day(3), [])).toBe(1)
  expect(dutiesInARow(day(3), [day(1), day(2), day(4), day(6)])).toBe(4)
})

/** Whatever stood before, duties that come later take what is too much off the day after them, and nothing is lost. */
test('for any sessions that stand and any days of duty entered since, no rule of rest is broken', () => {
  const zone = 'Europe/Berlin'
  const offset = fc.integer({ min: 0, max: 13 })
  const anyItem = fc.record({
    minutes: fc.integer({ min: 5, max: 120 }),
    begin: offset,
    length: fc.integer({ min: 0, max: 6 }),
  })
  fc.assert(
    fc.property(
      fc.array(anyItem, { maxLength: 25 }),
      fc.uniqueArray(offset, { maxLength: 5 }),
      fc.integer({ min: 60, max: 600 }),
      fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
      (drawn, duties, weekly, byHand) => {
        const hours = { zone, from: monday, to: day(13), week: [1, 2, 3, 4, 5, 6] }
        const items = drawn.map(({ minutes, begin, length }, index): WorkItem => {
          const kind = minutes > 30 ? ('key' as const) : ('light' as const)
          return item(`${index}`, { minutes, kind, from: day(begin), to: day(Math.min(13, begin + length)) })
        })
        const free = person('one', hours, { weekly })
        const stood = planSessions({ zone, from: monday, to: day(13), items, people: [free] }, settings)
        const standing = stood.map((each, index) => ({
          item: each.item,
          session: each.outcome === 'dropped' ? null : { ...each.session, byHand: byHand[index]! },
          ...{ isAsked: true, isOlder: false, isRecut: false, isTheirs: true },
        }))
        const onDuty = person('one', hours, { weekly, duties: duties.map(day) })
        const settled = settleSessions(
          {
            ...{ zone, now: new Date(`${monday}T00:00:00+01:00`), today: monday, until: day(13), done: [] },
            ...{ asked: items, standing, people: [onDuty] },
          },
          settings,
        )
        expect(settled.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
        const sessions = settled.flatMap((each): Session[] => {
          if (each.outcome === 'placed') return [each.session]
          const before = standing.find(({ item: its }) => its.id === each.id)?.session
          return each.outcome === 'stays' && before ? [before] : []
        })
        const faults = judgeSessions({ zone, people: [onDuty], sessions }, settings)
        expect(faults.filter(({ rule }) => ['recovery', 'rest-day', 'overlap'].includes(rule))).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})
