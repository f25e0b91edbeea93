// Sessions of others, over HTTP on a real database: those who lead move, hand over, finish and leave out, with a reason that is told; each is undone.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { lines } from './shop.testing.ts'
import type { SessionView } from './types.ts'
import { makeSessions } from './upkeep.ts'

const monday = '2027-01-11'
const now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let lead: TestSession
let ada: TestSession
const path = '/orgs/{org}/programme'

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  lead = await world.as('manager')
  ada = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const who of [owner, ada]) await who.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 200 })
  await owner.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after: null })
})
afterAll(() => world.close())

const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const weekOf = async (who: TestSession): Promise<SessionView[]> =>
  (await who.call('GET', `${path}/sessions/week?week=${monday}`)).body.days.flatMap(
    ({ sessions }: { sessions: SessionView[] }) => sessions,
  )
const act = (what: string, id: string, body: object = {}, by = lead) =>
  by.call('POST', `${path}/sessions/${id}/lead/${what}`, body)
const told = async (who: TestSession) =>
  (await who.call('GET', '/orgs/{org}/notifications')).body.items
    .filter(({ kind }: { kind: string }) => kind === 'session-led')
    .map(({ facts }: { facts: { what: string } }) => facts)
const open = async (who: TestSession) => (await weekOf(who)).filter(({ state }) => state === 'planned')
const reason = 'The fair needs it on another day'

describe('somebody who leads', () => {
  test('reads the week of somebody else, without what they keep for themselves', async () => {
    const [mine] = await open(ada)
    await ada.call('POST', `${path}/sessions/${mine!.id}/skip`, { reason: 'A private reason' })
    const of = (who: TestSession, member: string) => who.call('GET', `${path}/sessions/of/${member}?week=${monday}`)
    const { body } = await of(lead, ada.memberId)
    const theirs = body.days.flatMap(({ sessions }: { sessions: SessionView[] }) => sessions)
    expect(theirs.map(({ id }: SessionView) => id)).toEqual((await weekOf(ada)).map(({ id }) => id))
    expect(theirs.find(({ id }: SessionView) => id === mine!.id)).toMatchObject({ state: 'skipped', reason: null })
    expect((await of(ada, owner.memberId)).status).toBe(403)
    expect((await of(lead, newId())).status).toBe(404)
    await ada.call('POST', `${path}/sessions/${mine!.id}/reopen`)
  })

  test('moves a session of somebody within the rules, tells them, and undoes it', async () => {
    const light = (await open(ada)).find(({ kind, day }) => kind === 'light' && day > monday)!
    expect((await act('move', light.id, { day: light.day, reason }, ada)).status).toBe(403)
    expect(refusalOf(await act('move', light.id, { day: monday, reason: '' }))).toEqual([
      422,
      'invalid-input',
      'reason',
    ])
    expect(refusalOf(await act('move', light.id, { day: addDays(monday, 5), reason }))).toEqual([
      ...[422, 'session-day-refused', 'day'],
    ])
    const days = [0, 1, 2, 3, 4].map((each) => addDays(monday, each)).filter((day) => day !== light.day)
    let moved = await act('move', light.id, { day: days[0], reason })
    for (const day of days.slice(1)) if (moved.status !== 200) moved = await act('move', light.id, { day, reason })
    expect(moved.body.session).toMatchObject({ isByHand: true, state: 'planned' })
    expect(moved.body.session.day).not.toBe(light.day)
    expect((await told(ada))[0]).toMatchObject({ what: 'moved', reason, day: moved.body.session.day })
    const { changes } = (await ada.call('GET', `${path}/sessions/week?week=${monday}`)).body
    expect(changes[0]).toMatchObject({ what: 'moved', reason, by: expect.any(String) })
    await makeSessions(world.services, world.ours)
    expect((await weekOf(ada)).find(({ id }) => id === light.id)!.day).toBe(moved.body.session.day)
    const back = (await act('undo', light.id)).body.session
    expect(back).toMatchObject({ day: light.day, wall: light.wall, at: light.at })
    expect(refusalOf(await act('undo', light.id))).toEqual([409, 'session-nothing-to-undo', undefined])
  })

  test('hands a session to somebody else, who keeps it, and both are told', async () => {
    const theirs = (await open(ada)).at(-1)!
    const give = (memberId: string) => act('hand-over', theirs.id, { memberId, reason })
    expect(refusalOf(await give(ada.memberId))).toEqual([422, 'session-is-theirs', 'memberId'])
    expect(refusalOf(await give(lead.memberId))).toEqual([422, 'session-person-refused', 'memberId'])
    const given = await give(owner.memberId)
    expect(given.body.session).toMatchObject({ isHanded: true, isByHand: true, state: 'planned' })
    expect((await told(owner))[0]).toMatchObject({ what: 'handed-over', isNew: true, reason })
    expect((await told(ada))[0]).toMatchObject({ what: 'handed-over', isNew: false })
    await makeSessions(world.services, world.ours)
    expect((await weekOf(owner)).map(({ id }) => id)).toContain(theirs.id)
    expect((await weekOf(ada)).map(({ id }) => id)).not.toContain(theirs.id)
    const back = await act('undo', theirs.id)
    expect(back.body.session).toMatchObject({ isHanded: false, day: theirs.day, wall: theirs.wall })
    await makeSessions(world.services, world.ours)
    expect((await weekOf(ada)).find(({ id }) => id === theirs.id)).toMatchObject({ day: theirs.day, wall: theirs.wall })
  })

  test('says that it is done, in the time of whoever had it, and undoes that', async () => {
    const theirs = (await open(ada)).find(({ day }) => day === monday) ?? (await open(ada))[0]!
    const done = await act('done', theirs.id, { reason })
    expect(done.body.session).toMatchObject({ state: 'done', spent: theirs.minutes })
    const { entries } = (await ada.call('GET', `${path}/time`)).body
    expect(entries).toMatchObject([{ activity: theirs.activity, minutes: theirs.minutes, how: 'estimated' }])
    expect((await act('done', theirs.id, { reason })).status).toBe(200)
    expect((await act('undo', theirs.id)).body.session).toMatchObject({ state: 'planned', spent: null })
    expect((await ada.call('GET', `${path}/time`)).body.entries).toEqual([])
    expect((await told(ada)).map(({ what }: { what: string }) => what).slice(0, 2)).toEqual(['undone', 'done'])
  })

  test('leaves it out; what is closed is changed by nobody; the log keeps no reasons', async () => {
    const theirs = (await open(ada))[0]!
    expect((await act('drop', theirs.id, { reason })).body.session).toMatchObject({ state: 'skipped', reason })
    expect(refusalOf(await act('move', theirs.id, { day: addDays(monday, 1), reason }))).toEqual([
      ...[409, 'session-closed', undefined],
    ])
    await makeSessions(world.services, world.ours)
    expect((await weekOf(ada)).find(({ id }) => id === theirs.id)).toMatchObject({ state: 'skipped', reason })
    // Whoever has it may open it again too.
    expect((await ada.call('POST', `${path}/sessions/${theirs.id}/reopen`)).body.session.state).toBe('planned')
    const events = JSON.stringify((await owner.call('GET', '/orgs/{org}/events')).body)
    expect(events).toContain('session.led-skipped')
    expect(events).not.toContain(reason)
  })

  test('of another organisation finds nothing', async () => {
    const [theirs] = await open(ada)
    const stranger = await world.as('owner', world.theirs)
    for (const what of ['move', 'hand-over', 'done', 'drop', 'undo'])
      expect((await act(what, theirs!.id, { reason, day: monday, memberId: stranger.memberId }, stranger)).status).toBe(
        404,
      )
  })
})
