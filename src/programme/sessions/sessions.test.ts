// Sessions over HTTP on a real database: made from the plan, done, left out, moved, missed and made up; nothing that was asked for is lost.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { lines } from './shop.testing.ts'
import type { SessionView } from './types.ts'
import { keepSessions, makeSessions } from './upkeep.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let ada: TestSession
let viewer: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  ada = await world.as('contributor')
  viewer = await world.as('viewer')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const at = (text: string) => {
  now = new Date(`${text}:00Z`)
}

const adopt = (some: object[], after: number | null) =>
  owner.call('POST', `${path}/plan`, { lines: some, reason: 'What two people can do', after })
const weekOf = async (who: TestSession, week = monday) =>
  (await who.call('GET', `${path}/sessions/week?week=${week}`)).body
const sessionsOf = async (who: TestSession, week = monday): Promise<SessionView[]> =>
  (await weekOf(who, week)).days.flatMap(({ sessions }: { sessions: SessionView[] }) => sessions)
const nowOf = async (who: TestSession, minutes: number) =>
  (await who.call('GET', `${path}/sessions/now?minutes=${minutes}`)).body
const act = (who: TestSession, id: string, what: string, body: object = {}) =>
  who.call('POST', `${path}/sessions/${id}/${what}`, body)
const rows = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('id').execute(),
  )
const give = (who: TestSession, minutesWeekly: number) => who.call('PUT', `${path}/time/ceiling`, { minutesWeekly })

describe('sessions', () => {
  test('are none without a plan, and say so', async () => {
    expect(await nowOf(owner, 15)).toMatchObject({ hasPlan: false, takesPart: false, open: [], next: null })
    await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
    expect(await nowOf(owner, 15)).toMatchObject({ hasPlan: false, open: [] })
  })

  test('are made for everybody who gives minutes, in their hours, and nobody has more than their part', async () => {
    await give(owner, 120)
    await give(ada, 120)
    expect((await adopt(lines, null)).status).toBe(201)
    const both = [await weekOf(owner), await weekOf(ada)]
    for (const week of both) {
      expect(week.planned).toBeGreaterThan(60)
      expect(week.planned).toBeLessThanOrEqual(120)
      const sum = week.days.reduce((all: number, { planned }: { planned: number }) => all + planned, 0)
      expect(sum).toBeGreaterThan(0)
      expect(sum).toBeLessThanOrEqual(week.planned + 1e-6)
      for (const { at: from } of week.days.flatMap(({ sessions }: never) => sessions))
        expect(new Date(from).getUTCHours()).toBeGreaterThanOrEqual(8)
    }
    const all = await rows()
    // This week and four more: five short posts, two others; a blog post each other week, in parts that fit.
    const asked = (activity: string) =>
      new Set(all.filter((row) => row.activity === activity).map(({ item }) => item)).size
    expect([asked('short-post'), asked('status-update'), asked('group-reply'), asked('blog-post')]).toEqual([
      25, 5, 5, 3,
    ])
    const [first] = all.filter(({ activity }) => activity === 'blog-post')
    expect(first!.parts).toBeGreaterThan(1)
    for (const row of all) expect(row.state === 'planned' || row.reason !== null).toBe(true)
    expect(await nowOf(viewer, 15)).toMatchObject({ hasPlan: true, takesPart: false, open: [] })
  })

  test('are the same when they are made again, by two workers at once too', async () => {
    const before = await rows()
    await Promise.all([1, 2, 3].map(() => makeSessions(world.services, world.ours)))
    await keepSessions(world.services)
    expect(await rows()).toEqual(before)
  })

  test('fit into the minutes that there are, key work first', async () => {
    const five = await nowOf(owner, 5)
    expect(five.fits).toEqual([])
    expect(five.least).toBeGreaterThan(5)
    const sixty = await nowOf(owner, 60)
    const fits: SessionView[] = sixty.fits.map((id: string) => sixty.open.find((each: SessionView) => each.id === id))
    expect(fits.length).toBeGreaterThan(0)
    expect(fits.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(60)
    const due = fits.filter(({ day }) => day === monday).map(({ kind }) => kind)
    expect(due).toEqual(due.toSorted())
    expect(refusalOf(await owner.call('GET', `${path}/sessions/now?minutes=0`))).toEqual([
      422,
      'invalid-input',
      'minutes',
    ])
  })

  test('are done by one tap with the minutes that were planned, marked as estimated, and not done after all', async () => {
    const [first] = (await nowOf(owner, 60)).open
    const done = await act(owner, first.id, 'done')
    expect(done.body.session).toMatchObject({ state: 'done', spent: first.minutes, day: monday })
    expect((await act(owner, first.id, 'done')).status).toBe(200)
    const { entries, minutes } = (await owner.call('GET', `${path}/time`)).body
    expect(entries).toMatchObject([{ activity: first.activity, minutes: first.minutes, how: 'estimated' }])
    expect(minutes).toBe(first.minutes)
    expect((await nowOf(owner, 60)).done.map(({ id }: SessionView) => id)).toEqual([first.id])
    expect((await act(owner, first.id, 'reopen')).body.session).toMatchObject({ state: 'planned', spent: null })
    expect((await owner.call('GET', `${path}/time`)).body.minutes).toBe(0)
    expect(refusalOf(await act(owner, first.id, 'reopen'))).toEqual([409, 'session-not-closed', undefined])
    expect((await act(owner, first.id, 'done', { minutes: 12 })).body.session).toMatchObject({
      state: 'done',
      spent: 12,
    })
  })

  test('are done by the timer that ran for them, with what it really took', async () => {
    const next = (await nowOf(owner, 60)).open[0] as SessionView
    await act(owner, next.id, 'start')
    expect((await owner.call('GET', `${path}/time`)).body.timer).toMatchObject({ sessionId: next.id })
    now = new Date(now.getTime() + 7 * 60_000)
    await owner.call('POST', `${path}/time/stop`, {})
    const own = (await sessionsOf(owner)).find(({ id }) => id === next.id)
    expect(own).toMatchObject({ state: 'done', spent: 7 })
    const [entry] = (await owner.call('GET', `${path}/time`)).body.entries
    expect(entry).toMatchObject({ how: 'timer', minutes: 7, items: next.parts > 1 ? 0 : 1 })
  })

  test('of others are nobody else’s, and closed ones are not done again', async () => {
    const [theirs] = await sessionsOf(ada)
    for (const what of ['done', 'start', 'reopen', 'move-back'])
      expect((await act(owner, theirs!.id, what)).status).toBe(404)
    expect((await act(owner, theirs!.id, 'skip', { reason: 'Not mine' })).status).toBe(404)
    expect((await act(viewer, theirs!.id, 'done')).status).toBe(403)
    const left = await act(ada, theirs!.id, 'skip', { reason: 'Nothing to say' })
    expect(left.body.session).toMatchObject({ state: 'skipped', reason: 'Nothing to say' })
    expect(refusalOf(await act(ada, theirs!.id, 'done'))).toEqual([409, 'session-closed', undefined])
    expect((await act(ada, theirs!.id, 'reopen')).body.session).toMatchObject({ state: 'planned', reason: null })
    const stranger = await world.as('owner', world.theirs)
    expect((await act(stranger, theirs!.id, 'done')).status).toBe(404)
  })

  test('move to another day where the rules let them, and back', async () => {
    const open = (await sessionsOf(ada)).filter(({ state }) => state === 'planned')
    const light = open.find(({ kind, day }) => kind === 'light' && day > monday)!
    expect(refusalOf(await act(ada, light.id, 'move', { day: '2027-01-10' }))).toEqual([422, 'session-day-over', 'day'])
    const saturday = await act(ada, light.id, 'move', { day: addDays(monday, 5) })
    expect(refusalOf(saturday)).toEqual([422, 'session-day-refused', 'day'])
    expect(saturday.body.data.params.reason).toBe('Nobody who may do it is at work then')
    expect(refusalOf(await act(ada, light.id, 'move', { day: '2028-01-10' }))).toEqual([
      422,
      'session-day-too-far',
      'day',
    ])
    const days = [0, 1, 2, 3, 4].map((each) => addDays(monday, each)).filter((day) => day !== light.day)
    const tried = []
    for (const day of days) {
      tried.push(await act(ada, light.id, 'move', { day }))
      if (tried.at(-1)!.status === 200) break
    }
    expect(tried.at(-1)!.body.session).toMatchObject({ isByHand: true, state: 'planned' })
    // Made again, it stays there.
    await makeSessions(world.services, world.ours)
    expect((await sessionsOf(ada)).find(({ id }) => id === light.id)!.day).toBe(tried.at(-1)!.body.session.day)
    expect((await act(ada, light.id, 'move-back')).body.session).toMatchObject({
      day: light.day,
      wall: light.wall,
      at: light.at,
    })
    expect(refusalOf(await act(ada, light.id, 'move-back'))).toEqual([409, 'session-not-moved', undefined])
  })
})

describe('an absence', () => {
  test('makes what lies ahead anew, says what changed, and leaves what was done', async () => {
    at('2027-01-13T06:00')
    const before = await sessionsOf(ada)
    const done = (await sessionsOf(owner)).filter(({ state }) => state === 'done').map(({ id }) => id)
    const lead = await world.as('manager')
    const span = { from: '2027-01-13T06:00:00.000Z', to: '2027-01-16T00:00:00.000Z', memberId: ada.memberId }
    expect((await lead.call('POST', '/orgs/{org}/absences', { ...span, reason: 'A knee' })).status).toBe(201)
    const week = await weekOf(ada)
    const days = week.days.filter(({ day }: { day: string }) => day >= '2027-01-13' && day <= '2027-01-15')
    expect(days.map(({ off, planned }: never) => [off, planned])).toEqual(Array(3).fill(['absence', 0]))
    const all = await rows()
    const left = before.filter(({ day, state }) => day >= '2027-01-13' && state === 'planned')
    expect(left.length).toBeGreaterThan(0)
    for (const { id } of left) {
      const row = all.find((each) => each.id === id)!
      expect(
        row.state === 'planned' ? row.on_day! > '2027-01-15' || row.member_id !== ada.memberId : row.reason,
      ).toBeTruthy()
    }
    const own = (await sessionsOf(owner)).filter(({ state }) => state === 'done').map(({ id }) => id)
    expect(own).toEqual(done)
    const everybody = (await lead.call('GET', `${path}/sessions/everybody?week=${monday}`)).body
    expect(everybody.people.map(({ person }: never) => (person as { id: string }).id).sort()).toEqual(
      [owner.memberId, ada.memberId].sort(),
    )
    expect(everybody.changes.some(({ reason }: { reason: string }) => reason === 'Whoever may do it is away')).toBe(
      true,
    )
    expect((await ada.call('GET', `${path}/sessions/everybody`)).status).toBe(403)
    const { items } = (await ada.call('GET', '/orgs/{org}/notifications')).body
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('sessions-changed')
  })
})

describe('a day that is over', () => {
  test('has its missed sessions made up or dropped with the reason, once', async () => {
    at('2027-01-19T06:00')
    await keepSessions(world.services)
    const first = await rows()
    for (const row of first) {
      if (row.state === 'planned') expect(row.on_day! >= '2027-01-19').toBe(true)
      else if (row.state !== 'done') expect(row.reason).not.toBeNull()
    }
    const missed = await inOrg(world.services.db, world.ours, (tx) =>
      tx.selectFrom('session_steps').select(['session_id', 'from_day']).where('what', '=', 'missed').execute(),
    )
    expect(missed.length).toBeGreaterThan(0)
    // Nobody misses anything while they are away.
    const ofAda = first.filter(({ member_id }) => member_id === ada.memberId).map(({ id }) => id)
    const away = missed.filter(
      ({ session_id, from_day }) =>
        ofAda.includes(session_id) && from_day! >= '2027-01-13' && from_day! <= '2027-01-15',
    )
    expect(away).toEqual([])
    await Promise.all([keepSessions(world.services), keepSessions(world.services)])
    expect(await rows()).toEqual(first)
  })

  test('after too many of them asks whether to go on with less, once; a person decides', async () => {
    const lead = await world.as('manager')
    const list = async () => (await lead.call('GET', `${path}/sessions/realignments`)).body
    at('2027-01-27T06:00')
    await keepSessions(world.services)
    const [proposed] = await list()
    expect(proposed).toMatchObject({ answeredAt: null, isAccepted: null })
    expect(proposed.minutes).toBeLessThan(proposed.before)
    at('2027-01-28T06:00')
    await keepSessions(world.services)
    expect(await list()).toHaveLength(1)
    const answer = (who: TestSession, body: object) =>
      who.call('POST', `${path}/sessions/realignments/${proposed.id}`, body)
    expect((await answer(ada, { isAccepted: true, reason: 'We were ill for long' })).status).toBe(403)
    expect(refusalOf(await answer(lead, { isAccepted: true, reason: '' }))).toEqual([422, 'invalid-input', 'reason'])
    const accepted = await answer(lead, { isAccepted: true, reason: 'We were ill for long' })
    expect(accepted.body).toMatchObject({ isAccepted: true, version: 2, answeredBy: { id: lead.memberId } })
    expect(refusalOf(await answer(lead, { isAccepted: false, reason: 'We were ill for long' }))).toEqual([
      ...[409, 'already-answered', undefined],
    ])
    const plan = (await lead.call('GET', `${path}/plan`)).body
    expect(plan.plan).toMatchObject({ number: 2, reason: 'We were ill for long' })
    expect(plan.outlook.weeks[0].minutes).toBeCloseTo(proposed.minutes, 6)
    const week = await weekOf(owner, '2027-01-25')
    const sum = week.days.reduce((all: number, { planned }: { planned: number }) => all + planned, 0)
    expect(sum).toBeLessThanOrEqual(week.planned + 1e-6)
  })
})

describe('another plan', () => {
  test('makes anew only what lies ahead; what it does not ask for is taken out with that reason', async () => {
    const before = await rows()
    expect((await adopt(lines.slice(1), 2)).status).toBe(201)
    await nowOf(owner, 15)
    const after = new Map((await rows()).map((row) => [row.id, row]))
    for (const row of before) {
      const is = after.get(row.id)!
      if (!['planned', 'dropped'].includes(row.state)) expect(is).toEqual(row)
      else if (row.activity === 'blog-post' && row.to_day >= '2027-01-28')
        expect([is.state, is.reason]).toEqual(['taken-out', 'plan-changed'])
    }
    expect((await adopt(lines, 3)).status).toBe(201)
    await nowOf(owner, 15)
    const again = (await rows()).filter(({ activity, state }) => activity === 'blog-post' && state === 'taken-out')
    expect(again.every(({ from_day }) => from_day !== '2027-02-08')).toBe(true)
  })

  test('and the end of the programme leave nobody with work that nobody wants', async () => {
    const { programme } = (await owner.call('GET', path)).body
    await owner.call('POST', `${path}/${programme.id}/end`, { reason: 'The shop closes for good.' })
    expect(await nowOf(owner, 60)).toMatchObject({ hasPlan: false, open: [] })
    expect((await rows()).filter(({ state }) => state === 'planned')).toEqual([])
    await owner.call('POST', `${path}/${programme.id}/resume`)
    await nowOf(owner, 60)
    const ahead = (await rows()).filter(({ from_day }) => from_day === '2027-02-08')
    expect(ahead.length).toBeGreaterThan(0)
    expect(ahead.map(({ reason }) => reason)).not.toContain('programme-ended')
  })
})
