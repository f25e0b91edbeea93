// Through the verbs, on a real database: whatever clocks, holidays, absences, plans and people do, no session is lost.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { createOrganisation } from '../../people/set-up.ts'
import { wallOf } from '../../publishing/times.ts'
import { planSettledFaults } from './nothing-lost.testing.ts'
import { weeksAhead } from './rules.ts'
import { keepSessions } from './upkeep.ts'

let now = new Date('2027-01-11T07:00:00Z')
let world: TestApp
beforeAll(async () => {
  world = await testApp({ clock: () => now })
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const line = (id: string, every: number, unit: string, activity: string) => ({
  ...{ id, channel: null, every, unit, slots: [{ anyOf: [{ activity }] }] },
})
const plans = [
  [
    line('daily', 1, 'day', 'short-post'),
    line('weekly', 1, 'week', 'status-update'),
    line('blog', 2, 'week', 'blog-post'),
  ],
  [line('daily', 1, 'day', 'group-reply'), line('weekly', 1, 'week', 'status-update')],
  [line('weekly', 1, 'week', 'short-video'), line('daily', 1, 'day', 'short-post')],
]

/** Clocks change there in different ways: by half an hour, at midnight, not at all. */
const places = [
  { zone: 'Europe/Berlin', monday: '2027-03-22', country: 'DE' },
  { zone: 'America/Santiago', monday: '2027-03-29', country: 'CL' },
  { zone: 'Australia/Lord_Howe', monday: '2027-03-29', country: 'AU' },
  { zone: 'Africa/Cairo', monday: '2027-04-19', country: 'EG' },
  { zone: 'Asia/Tokyo', monday: '2026-12-28', country: 'JP' },
]

type Deed =
  | { kind: 'days'; days: number }
  | { kind: 'hours'; hours: number }
  | { kind: 'absence'; who: number; from: number; hours: number }
  | { kind: 'call-off' }
  | { kind: 'work'; who: number; from: number; holidays: boolean }
  | { kind: 'gives'; who: number; minutes: number }
  | { kind: 'done' | 'skip'; who: number }
  | { kind: 'move'; who: number; by: number }
  | { kind: 'plan'; which: number; named: boolean }
  | { kind: 'duty'; who: number; by: number }
  | { kind: 'hand'; who: number }

const who = fc.integer({ min: 0, max: 1 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 11 }) }),
  fc.record({
    kind: fc.constant('absence' as const),
    who,
    from: fc.integer({ min: 0, max: 96 }),
    hours: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({ kind: fc.constant('call-off' as const) }),
  fc.record({ kind: fc.constant('work' as const), who, from: fc.integer({ min: 0, max: 20 }), holidays: fc.boolean() }),
  fc.record({ kind: fc.constant('gives' as const), who, minutes: fc.constantFrom(0, 30, 120, 400) }),
  fc.record({ kind: fc.constantFrom('done' as const, 'skip' as const), who }),
  fc.record({ kind: fc.constant('move' as const), who, by: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    kind: fc.constant('plan' as const),
    which: fc.integer({ min: 0, max: plans.length - 1 }),
    named: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('duty' as const), who, by: fc.integer({ min: -1, max: 9 }) }),
  fc.record({ kind: fc.constant('hand' as const), who }),
)

interface Shop {
  org: string
  zone: string
  country: string
  people: TestSession[]
}

async function open({ zone, monday, country }: (typeof places)[number]): Promise<Shop> {
  now = new Date(`${monday}T10:00:00Z`)
  const founder = await world.as('owner')
  const { id: org } = await createOrganisation(world.services, { name: zone, timeZone: zone, userId: founder.userId })
  const people = [await world.as('owner', org), await world.as('contributor', org)]
  const shop = { org, zone, country, people }
  await people[0]!.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: mondayOf(monday) })
  for (const each of people) await each.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 240 })
  await doIt(shop, { kind: 'plan', which: 0, named: false })
  return shop
}

async function doIt({ people, zone, country }: Shop, each: Deed): Promise<void> {
  const lead = people[0]!
  const one = 'who' in each ? people[each.who]! : lead
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  const openOf = async () => (await one.call('GET', `${path}/sessions/now?minutes=60`)).body.open as { id: string }[]
  switch (each.kind) {
    case 'days':
      now = later(24 * each.days)
      return keepSessions(world.services)
    case 'hours':
      now = later(each.hours)
      return
    case 'absence': {
      const span = { from: later(each.from).toISOString(), to: later(each.from + each.hours).toISOString() }
      return void (await lead.call('POST', '/orgs/{org}/absences', { ...span, memberId: one.memberId }))
    }
    case 'call-off': {
      const [first] = (await lead.call('GET', '/orgs/{org}/absences')).body.items
      return first && void (await lead.call('DELETE', `/orgs/{org}/absences/${first.id}`))
    }
    case 'work': {
      const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`
      const week = [1, 2, 3, 4, 5, 7].map((day) => ({ day, from: time(each.from), to: time(each.from + 3) }))
      const holidays = each.holidays ? [{ country, state: null, region: null }] : []
      return void (await lead.call('PATCH', `/orgs/{org}/work/${one.memberId}`, {
        hours: { zone, week, holidays, closed: [], extra: [] },
      }))
    }
    case 'gives':
      return void (await one.call('PUT', `${path}/time/ceiling`, { minutesWeekly: each.minutes }))
    case 'done':
    case 'skip': {
      const [first] = await openOf()
      const body = each.kind === 'skip' ? { reason: 'Nothing to say' } : {}
      if (first) expect((await one.call('POST', `${path}/sessions/${first.id}/${each.kind}`, body)).status).toBe(200)
      return
    }
    case 'move': {
      const [first] = await openOf()
      const day = addDays(dayIn(now, zone), each.by)
      if (first)
        expect([200, 422]).toContain((await one.call('POST', `${path}/sessions/${first.id}/move`, { day })).status)
      return
    }
    case 'duty': {
      const body = { memberId: one.memberId, day: addDays(dayIn(now, zone), each.by), kind: 'on-call' }
      return void expect([201, 422]).toContain((await lead.call('POST', `${path}/duties`, body)).status)
    }
    case 'hand': {
      const [first] = await openOf()
      const body = { memberId: people[1 - each.who]!.memberId, reason: 'The other one can' }
      if (!first) return
      const given = await lead.call('POST', `${path}/sessions/${first.id}/lead/hand-over`, body)
      expect([200, 422]).toContain(given.status)
      if (given.status === 200)
        expect((await lead.call('POST', `${path}/sessions/${first.id}/lead/undo`)).status).toBe(200)
      return
    }
    case 'plan': {
      const after = (await lead.call('GET', `${path}/plan`)).body.plan?.number ?? null
      const named = each.named ? { people: [people[1]!.memberId] } : {}
      const lines = plans[each.which]!.map((some) => ({ ...some, ...named }))
      expect((await lead.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after })).status).toBe(
        201,
      )
    }
  }
}

const read = ({ org }: Shop) =>
  inOrg(world.services.db, org, async (tx) => ({
    rows: await tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', org).orderBy('id').execute(),
    absences: await tx.selectFrom('absences').selectAll().where('org_id', '=', org).execute(),
    plan: (await tx
      .selectFrom('plan_versions')
      .selectAll()
      .where('org_id', '=', org)
      .orderBy('number', 'desc')
      .executeTakeFirst())!,
  }))

test('each that was asked for is there: on a day with time for it, done, or with the reason why not', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.array(deed, { minLength: 4, maxLength: 10 }),
      async (place, deeds) => {
        const shop = await open(place)
        let before = new Map<string, string>()
        for (const each of [{ kind: 'hours', hours: 1 } as Deed, ...deeds]) {
          await doIt(shop, each)
          await shop.people[0]!.call('GET', `${path}/sessions/now`)
          const { rows, absences, plan } = await read(shop)
          const today = dayIn(now, shop.zone)
          const until = addDays(mondayOf(today), 7 * (weeksAhead + 1) - 1)
          expect(planSettledFaults({ rows, absences, plan, today, until, wallOf })).toEqual([])
          const states = new Map(rows.map((row) => [row.id, row.state]))
          for (const [id, state] of before) {
            expect(states.has(id)).toBe(true)
            // What was done stays done, whatever comes after.
            if (state === 'done') expect(states.get(id)).toBe('done')
          }
          before = states
        }
        const settled = (await read(shop)).rows
        await Promise.all([keepSessions(world.services), keepSessions(world.services)])
        expect((await read(shop)).rows).toEqual(settled)
      },
    ),
    { numRuns: 14, endOnFailure: true },
  )
})
