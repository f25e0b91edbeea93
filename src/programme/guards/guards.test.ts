// Guards over HTTP on a real database: who sees whose load, and alarms that are made once, answered, and end by themselves.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { insertAccount } from '../account.testing.ts'
import { letters } from './letters.testing.ts'
import { watchGuards, watchOne } from './watch.ts'

const monday = '2027-03-01'
let now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let manager: TestSession
const writers: TestSession[] = []
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  manager = await world.as('manager')
  for (let index = 0; index < 4; index++) writers.push(await world.as('contributor'))
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-02-01' })
  await inOrg(world.services.db, owner.orgId, (tx) =>
    tx.updateTable('members').set({ ended_at: now }).where('id', 'in', founders(tx)).execute(),
  )
})
afterAll(() => world.close())
beforeEach(() => {
  now = new Date(`${monday}T10:00:00Z`)
})

type Tx = Parameters<Parameters<typeof inOrg>[2]>[0]
/** Whoever made the organisation of the test is none of its people. */
const founders = (tx: Tx) =>
  tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .where('users.name', 'like', 'Founder%')
    .where('members.org_id', '=', owner.orgId)
    .select('members.id')

const path = '/orgs/{org}/programme'
const guards = `${path}/guards`
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]

/** Minutes on a day, as somebody wrote them down then. */
const work = (who: TestSession, day: string, minutes: number, how = 'typed') =>
  inOrg(world.services.db, who.orgId, (tx) =>
    tx
      .insertInto('time_entries')
      .values({
        ...{ org_id: who.orgId, id: newId(), member_id: who.memberId, activity: 'short-post', on_day: day, minutes },
        ...{ how, items: 1, note: '', noted_at: now },
      })
      .execute(),
  )
const rest = () =>
  inOrg(world.services.db, owner.orgId, (tx) =>
    tx.deleteFrom('time_entries').where('org_id', '=', owner.orgId).execute(),
  )
const department = async (name: string, people: TestSession[]): Promise<string> => {
  const id = (await owner.call('POST', '/orgs/{org}/departments', { name })).body.id
  for (const { memberId } of people) await owner.call('PATCH', `/orgs/{org}/members/${memberId}`, { departmentId: id })
  return id
}

interface Alarm {
  id: string
  cause: string
  level: string
  says: string
  todo: string
  about: { id: string } | null
  answer: string | null
  isMine: boolean
}
const alarms = async (who: TestSession, state = 'open'): Promise<Alarm[]> =>
  (await who.call('GET', `${guards}/alarms?state=${state}`)).body
const connect = (since: Date, name?: string) => insertAccount(world, owner, since, name)
const watch = () => watchOne(world.services, owner.orgId)
const only = async (who: TestSession, cause: string) => (await alarms(who)).filter((each) => each.cause === cause)

describe('load', () => {
  test('of a person is theirs, and of those who run the organisation; the others see teams', async () => {
    await department('Service', writers.slice(0, 3))
    await department('Sales', writers.slice(3))
    await work(writers[0]!, addDays(monday, -3), 120)
    await work(writers[0]!, addDays(monday, -4), 30, 'estimated')
    await work(writers[3]!, addDays(monday, -3), 60)
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })

    const mine = (await writers[0]!.call('GET', guards)).body
    expect(mine.mine).toMatchObject({ ceiling: 600, ceilingAssumed: true, isOver: false })
    expect(mine.mine.weeks.at(-2)).toMatchObject({ logged: 120, estimated: 30 })
    expect(mine.whole.weeks.at(-2)).toMatchObject({ logged: 180, estimated: 30 })
    // Sales is one person: with the others who are few it is a team of three.
    expect(mine.teams.map(({ name, people }: { name: string; people: number }) => [name, people])).toEqual([
      ['Service', 3],
      ['Small departments together', 3],
    ])
    const text = JSON.stringify({ ...mine, mine: null })
    for (const { memberId } of [...writers, owner, manager]) expect(text).not.toContain(memberId)

    for (const who of [writers[0]!, manager]) expect((await who.call('GET', `${guards}/people`)).status).toBe(403)
    const people = (await owner.call('GET', `${guards}/people`)).body
    expect(people).toHaveLength(6)
    expect(people[0]).toMatchObject({ id: writers[0]!.memberId, department: 'Service' })
    const seen = (await owner.call('GET', guards)).body
    expect(seen.teams.map(({ name }: { name: string }) => name)).toEqual(['', 'Sales', 'Service'])
    expect(seen.teams[2].sharing).toMatchObject({ people: 3, busFactor: 1, topShare: 1, alarm: true })
    await rest()
    await work(writers[0]!, addDays(monday, -3), 24)
    // Who does half an hour alone carries nobody.
    expect((await owner.call('GET', guards)).body.whole.sharing).toMatchObject({ topShare: 1, alarm: false })
    await rest()
  })

  test('is none of another organisation, and nothing of ours is told there', async () => {
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', guards)).body).toMatchObject({ isWatched: false, outlets: [] })
    const account = await connect(new Date('2026-06-01T10:00:00Z'))
    expect((await stranger.call('PUT', `${guards}/outlets/${account}`, { openedOn: null })).status).toBe(404)
    await remove(account)
  })
})

describe('an alarm', () => {
  test('is made once for each cause however often and by however many it is looked, and ends with its cause', async () => {
    await work(writers[0]!, addDays(monday, -3), 700)
    await Promise.all([watch(), watch(), watch()])
    await watch()
    const [found, ...more] = await only(owner, 'ceiling')
    expect(more).toEqual([])
    expect(found).toMatchObject({
      ...{ level: 'act', about: { id: writers[0]!.memberId }, answer: null, isMine: true },
      says: 'A person, contributor does 700 minutes in a week, above the ceiling of 600',
    })
    expect(found!.todo.length).toBeGreaterThan(20)
    const told = await notified(found!.id)
    expect(new Set(told)).toEqual(new Set([owner.memberId, writers[0]!.memberId]))
    expect(told).toHaveLength(2)
    expect(await letters(world, found!.says)).toBe(2)

    now = new Date(`${addDays(monday, 14)}T10:00:00Z`)
    await watch()
    expect(await only(owner, 'ceiling')).toEqual([])
    expect((await alarms(owner, 'all')).find(({ id }) => id === found!.id)).toMatchObject({
      endedAt: now.toISOString(),
    })
    await rest()
  })

  test('about a person is seen by that person and those who run the organisation, and the log says not even what it is', async () => {
    await work(writers[1]!, addDays(monday, -3), 700)
    await watch()
    const [found] = await only(writers[1]!, 'ceiling')
    for (const who of [manager, writers[0]!]) {
      expect(await only(who, 'ceiling')).toEqual([])
      const { status } = await who.call('POST', `${guards}/alarms/${found!.id}/answer`, { answer: 'done' })
      expect(status).toBe(404)
    }
    const log = (await manager.call('GET', '/orgs/{org}/events?limit=200')).body.items
    const own = log.filter(({ subject }: { subject: { id: string } }) => subject.id === found!.id)
    expect(own).toHaveLength(1)
    expect(JSON.stringify(own)).not.toMatch(/ceiling|700|contributor/)
    const answered = await writers[1]!.call('POST', `${guards}/alarms/${found!.id}/answer`, { answer: 'done' })
    expect(answered.body).toMatchObject({ answer: 'done', isMine: false, mayAnswer: true })
    await rest()
    await watch()
  })

  test('is answered with what is meant by it, and that is taken back', async () => {
    const account = await connect(new Date('2026-06-01T10:00:00Z'))
    await watch()
    const [found] = await only(manager, 'dormant')
    expect(found).toMatchObject({ level: 'watch', about: null })
    expect(found!.says).toMatch(/^Nothing ever came of Harbour: it is silent for \d+ days$/)
    const answer = (body: object, who = manager) => who.call('POST', `${guards}/alarms/${found!.id}/answer`, body)
    expect(refusalOf(await answer({ answer: 'no-problem' }))).toEqual([422, 'reason-needed', 'reason'])
    expect(refusalOf(await answer({ answer: 'later', until: monday }))).toEqual([422, 'day-not-ahead', 'until'])
    expect(refusalOf(await answer({ answer: 'done' }, writers[0]))).toEqual([403, 'not-yours-to-answer', undefined])
    const reason = 'It only holds our name, so that nobody else takes it.'
    expect((await answer({ answer: 'no-problem', reason })).body).toMatchObject({
      reason,
      askAgainAt: null,
      isMine: false,
    })
    now = new Date(`${addDays(monday, 60)}T10:00:00Z`)
    await watch()
    expect((await only(manager, 'dormant'))[0]).toMatchObject({ id: found!.id, answer: 'no-problem' })

    const back = () => manager.call('POST', `${guards}/alarms/${found!.id}/unanswer`)
    expect((await back()).body).toMatchObject({ answer: null, isMine: true })
    expect((await back()).status).toBe(200)
    await answer({ answer: 'later', until: addDays(monday, 70) })
    const before = (await notified(found!.id)).length
    now = new Date(`${addDays(monday, 69)}T10:00:00Z`)
    await watch()
    expect((await only(manager, 'dormant'))[0]).toMatchObject({ answer: 'later' })
    now = new Date(`${addDays(monday, 70)}T10:00:00Z`)
    await Promise.all([watch(), watch()])
    expect((await only(manager, 'dormant'))[0]).toMatchObject({ answer: null, isMine: true })
    // Owner and manager, once.
    expect((await notified(found!.id)).length).toBe(before + 2)
    await remove(account)
    await watch()
    expect(refusalOf(await answer({ answer: 'done' }))).toEqual([409, 'alarm-over', undefined])
  })

  test('of a sprint names its reasons and what to do, and grows when it becomes one', async () => {
    const accounts = []
    for (let index = 0; index < 3; index++)
      accounts.push(await connect(new Date('2027-02-22T10:00:00Z'), `Outlet ${index}`))
    await work(writers[0]!, '2027-02-16', 80)
    await work(writers[1]!, '2027-02-16', 80)
    await work(writers[2]!, '2027-02-23', 200)
    await watch()
    const [watched] = await only(owner, 'sprint')
    expect(watched).toMatchObject({ level: 'watch' })
    expect(watched!.says).toContain('3 accounts opened within 28 days')
    await work(writers[2]!, '2027-02-24', 400)
    await owner.call('POST', `${guards}/alarms/${watched!.id}/answer`, { answer: 'done' })
    await watch()
    const [grown] = await only(owner, 'sprint')
    expect(grown).toMatchObject({ id: watched!.id, level: 'act', answer: null })
    expect(grown!.todo).toContain('Give the work a second owner')
    expect((await owner.call('GET', guards)).body).toMatchObject({ sprint: { level: 'intervene' }, overExtended: true })

    // They were there long before they were connected.
    for (const id of accounts) await owner.call('PUT', `${guards}/outlets/${id}`, { openedOn: '2024-05-01' })
    const ahead = await owner.call('PUT', `${guards}/outlets/${accounts[0]}`, { openedOn: '2030-01-01' })
    expect(refusalOf(ahead)).toEqual([422, 'day-ahead', 'openedOn'])
    expect((await manager.call('POST', `${guards}/check`)).status).toBe(200)
    expect(await only(owner, 'over-extension')).toEqual([])
    for (const id of accounts) await remove(id)
    await rest()
  })

  test('is told by nobody who dies while telling it, and the night goes on with the next organisation', async () => {
    const stranger = await world.as('owner', world.theirs)
    await stranger.call('POST', path, { name: 'Theirs', ambition: 'presence', beginsOn: monday })
    await work(stranger, addDays(monday, -3), 900)
    await work(writers[2]!, addDays(monday, -3), 900)
    const { queue } = world.services
    const send: typeof queue.send = async (tx, job, payload, options) => {
      if ((payload as { orgId?: string }).orgId === owner.orgId) throw new Error('the queue is gone')
      return queue.send(tx, job, payload, options)
    }
    await watchGuards({ ...world.services, queue: { ...queue, send } })
    expect(world.logged.splice(0).map(({ message }) => message)).toEqual([
      'Guards of an organisation could not be watched',
    ])
    expect(await only(owner, 'ceiling')).toEqual([])
    expect(await only(stranger, 'ceiling')).toHaveLength(1)
    await watchGuards(world.services)
    expect(await only(owner, 'ceiling')).toHaveLength(1)
    expect(await only(stranger, 'ceiling')).toHaveLength(1)
    const { id } = (await stranger.call('GET', path)).body.programme
    await stranger.call('POST', `${path}/${id}/end`, { reason: 'It was only tried for a day.' })
    await inOrg(world.services.db, world.theirs, (tx) =>
      tx.deleteFrom('time_entries').where('org_id', '=', world.theirs).execute(),
    )
    await rest()
    await watchGuards(world.services)
  })

  test('is not made where no programme goes on, and ends with it', async () => {
    const stranger = await world.as('owner', world.theirs)
    await work(stranger, addDays(monday, -3), 900)
    await watchGuards(world.services)
    expect(await alarms(stranger)).toEqual([])
    await stranger.call('POST', path, { name: 'Theirs', ambition: 'presence', beginsOn: monday })
    await watchGuards(world.services)
    expect((await only(stranger, 'ceiling')).length).toBe(1)
    expect(await only(owner, 'ceiling')).toEqual([])
    const { id } = (await stranger.call('GET', path)).body.programme
    await stranger.call('POST', `${path}/${id}/end`, { reason: 'It was only tried for a day.' })
    await watchGuards(world.services)
    expect(await alarms(stranger)).toEqual([])
    expect(world.logged).toEqual([])
  })
})

const notified = async (id: string): Promise<string[]> =>
  (
    await inOrg(world.services.db, owner.orgId, (tx) =>
      tx.selectFrom('notifications').select('member_id').where('subject_id', '=', id).execute(),
    )
  ).map(({ member_id }) => member_id)

const remove = (id: string) =>
  inOrg(world.services.db, owner.orgId, (tx) => tx.deleteFrom('accounts').where('id', '=', id).execute())
