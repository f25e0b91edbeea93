// Alarms of money: a line above its plan or on its way there, told to whoever may see the money, answered and ended as the others.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { watchOne } from './watch.ts'

const now = new Date('2027-05-10T10:00:00Z')
let world: TestApp
let owner: TestSession
let manager: TestSession
let writer: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  manager = await world.as('manager')
  writer = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-05-03' })
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const budget = `${path}/budgets/2027`
const spend = `${path}/spend`
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const each = (amount: number) => Array.from({ length: 12 }, () => amount)
const ads = { id: 'ads', name: 'Boosted posts', kind: 'advertising', months: each(10_000) }
const people = { id: 'people', name: 'Our people', kind: 'time', months: each(1000) }

/** Written, asked for and approved by somebody else. */
async function approve(lines: object[], after: number | null): Promise<void> {
  const number = (after ?? 0) + 1
  await manager.call('PUT', budget, { currency: 'EUR', lines, reason: 'What the year may cost', after })
  await manager.call('POST', `${budget}/versions/${number}/ask`)
  const decided = await owner.call('POST', `${budget}/versions/${number}/decide`, { decision: 'approved' })
  expect(decided.status).toBe(200)
}
const note = async (day: string, amount: number, more: object = {}) =>
  (await manager.call('POST', spend, { day, amount, what: 'Boosted', kind: 'advertising', ...more })).body
const watch = () => watchOne(world.services, owner.orgId)

interface Alarm {
  id: string
  cause: string
  level: string
  says: string
  todo: string
  answer: string | null
  endedAt: string | null
}
const alarms = async (who: TestSession, state = 'open'): Promise<Alarm[]> =>
  (await who.call('GET', `${path}/guards/alarms?state=${state}`)).body.filter(({ cause }: Alarm) =>
    cause.startsWith('budget'),
  )
const told = async (): Promise<Set<string>> => {
  const rows = await inOrg(world.services.db, owner.orgId, (tx) =>
    tx.selectFrom('notifications').select(['member_id', 'facts']).where('kind', '=', 'guard-alarm').execute(),
  )
  return new Set(
    rows.filter(({ facts }) => JSON.stringify(facts).includes('planned are')).map(({ member_id }) => member_id),
  )
}

describe('a line of the budget', () => {
  test('that fits raises nothing, and nothing is raised before anybody approved it', async () => {
    await manager.call('PUT', budget, { currency: 'EUR', lines: [ads], reason: 'What the year may cost', after: null })
    await note('2027-01-20', 500_000)
    await watch()
    expect(await alarms(owner)).toEqual([])
    const [entry] = (await manager.call('GET', `${spend}?year=2027`)).body.items
    await manager.call('DELETE', `${spend}/${entry.id}`)
    await approve([ads, people], 1)
    await note('2027-01-20', 9000)
    await watch()
    expect(await alarms(owner)).toEqual([])
  })

  test('on its way above its plan is told with what to do, once, and to nobody who may not see the money', async () => {
    for (const day of ['2027-02-20', '2027-03-20', '2027-04-20']) await note(day, 13_000)
    await Promise.all([watch(), watch()])
    const [alarm, ...more] = await alarms(manager)
    expect(more).toEqual([])
    // 480.00 in four months that had 400.00: 1,440.00 in the year.
    expect(alarm).toMatchObject({
      ...{ cause: 'budget-line', level: 'watch', answer: null },
      says: '“Boosted posts” is on its way above its plan: at the pace of 2027 so far it comes to €1,440.00, planned are €1,200.00',
      todo: expect.stringContaining('write a new version of the budget while there is time'),
    })
    expect(await alarms(writer, 'all')).toEqual([])
    const answer = { answer: 'done', reason: '' }
    expect((await writer.call('POST', `${path}/guards/alarms/${alarm!.id}/answer`, answer)).status).toBe(404)
    const who = await told()
    expect([who.has(owner.memberId), who.has(manager.memberId), who.has(writer.memberId)]).toEqual([true, true, false])
    const lines = (await manager.call('GET', budget)).body.lines
    expect(lines[0]).toMatchObject({ names: ['Boosted posts'], state: 'on-its-way', forecast: 144_000 })
  })

  test('is answered as any other, and asks again when it becomes worse', async () => {
    const [alarm] = await alarms(manager)
    const reason = 'The second half of the year is quiet'
    const one = `${path}/guards/alarms/${alarm!.id}`
    expect((await manager.call('POST', `${one}/answer`, { answer: 'no-problem', reason })).body.answer).toBe(
      'no-problem',
    )
    await watch()
    expect((await alarms(manager))[0]).toMatchObject({ answer: 'no-problem' })
    const order = await note('2027-09-01', 80_000, { isCommitted: true, what: 'The fair' })
    expect(order).toMatchObject({ isCommitted: true, committedFor: '2027-09-01' })
    await watch()
    expect((await alarms(manager))[0]).toMatchObject({
      ...{ id: alarm!.id, level: 'act', answer: null },
      says: '“Boosted posts” is above its plan for 2027: €480.00 spent and €800.00 ordered, planned are €1,200.00',
    })
  })

  test('ends its alarm when it fits again: by a new version, or by what came back', async () => {
    await approve([{ ...ads, months: each(20_000) }, people], 2)
    await watch()
    expect(await alarms(owner)).toEqual([])
    expect((await alarms(owner, 'all'))[0]).toMatchObject({ cause: 'budget-line', endedAt: now.toISOString() })
  })

  test('that nobody wrote is told too', async () => {
    const { id } = await note('2027-05-01', 700, { kind: 'tools' })
    await watch()
    expect(await alarms(owner)).toMatchObject([
      { level: 'act', says: 'Nothing is planned for tools in the budget of 2027: €7.00 spent' },
    ])
    await manager.call('DELETE', `${spend}/${id}`)
    await watch()
    expect(await alarms(owner)).toEqual([])
  })

  test('for time is seen by those alone who may know what an hour costs', async () => {
    await owner.call('PUT', `${path}/rates`, {
      role: 'contributor',
      perHour: 30_000,
      currency: 'EUR',
      from: '2027-01-01',
    })
    await inOrg(world.services.db, writer.orgId, (tx) =>
      tx
        .insertInto('time_entries')
        .values({
          ...{ org_id: writer.orgId, id: newId(), member_id: writer.memberId, activity: 'short-post', minutes: 60 },
          ...{ on_day: '2027-05-04', how: 'typed', items: 1, note: '', noted_at: now },
        })
        .execute(),
    )
    await watch()
    expect(await alarms(owner)).toMatchObject([
      { cause: 'budget-time', says: expect.stringContaining('€300.00 spent') },
    ])
    expect(await alarms(manager, 'all')).toMatchObject([{ cause: 'budget-line' }, { cause: 'budget-line' }])
    const seen = (await manager.call('GET', budget)).body.lines.find(({ kind }: { kind: string }) => kind === 'time')
    expect(seen).toMatchObject({ names: ['Our people'], actual: null, state: 'fits' })
  })
})

describe('what is ordered', () => {
  test('counts as committed until it is paid, and that is undone', async () => {
    const read = async () => (await manager.call('GET', budget)).body
    const before = await read()
    const order = await note('2027-11-01', 4000, { isCommitted: true, what: 'Pictures', kind: 'content' })
    expect((await read()).committed).toBe(before.committed + 4000)
    expect((await read()).total.actual).toBe(before.total.actual)
    const pay = (day: string) => manager.call('POST', `${spend}/${order.id}/pay`, { day })
    expect(refusalOf(await pay('2027-05-11'))).toEqual([422, 'day-ahead', 'day'])
    expect((await pay('2027-05-10')).body).toMatchObject({ isCommitted: false, day: '2027-05-10' })
    expect((await pay('2027-05-10')).status).toBe(200)
    expect(await read()).toMatchObject({
      ...{ committed: before.committed, total: { actual: before.total.actual + 4000 } },
    })
    const back = await manager.call('POST', `${spend}/${order.id}/unpay`)
    expect(back.body).toMatchObject({ isCommitted: true, day: '2027-11-01' })
    const typed = await note('2027-05-01', 100)
    expect(refusalOf(await manager.call('POST', `${spend}/${typed.id}/pay`, { day: '2027-05-02' }))).toEqual([
      ...[409, 'never-ordered', undefined],
    ])
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('POST', `${spend}/${order.id}/pay`, { day: '2027-05-02' })).status).toBe(404)
    expect((await writer.call('POST', `${spend}/${order.id}/pay`, { day: '2027-05-02' })).status).toBe(403)
  })
})
