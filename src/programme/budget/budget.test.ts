// Budgets over HTTP on a real database: versions that somebody else approves, what an hour costs, and plan beside what was spent.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

const now = new Date('2027-03-15T10:00:00Z')
let world: TestApp
let owner: TestSession
let admin: TestSession
let manager: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  admin = await world.as('admin')
  manager = await world.as('manager')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme/budgets/2027'
const spend = '/orgs/{org}/programme/spend'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const each = (amount: number) => Array.from({ length: 12 }, () => amount)
const line = (more: object = {}) => ({
  id: 'ads',
  name: 'Advertising',
  kind: 'advertising',
  months: each(1000),
  ...more,
})
const save = (who: TestSession, after: number | null, more: object = {}) =>
  who.call('PUT', path, { currency: 'EUR', lines: [line()], reason: 'What a year of it takes', after, ...more })
const version = (number: number, what: string) => `${path}/versions/${number}/${what}`

describe('a budget', () => {
  test('is none of those who may not read it, and of nobody elsewhere', async () => {
    expect((await (await world.as('contributor')).call('GET', path)).status).toBe(403)
    expect((await owner.call('GET', path)).body).toMatchObject({ currency: null, versions: [], total: { plan: 0 } })
    expect(refusalOf(await owner.call('POST', version(1, 'ask')))).toEqual([404, 'not-found', undefined])
  })

  test('is written in versions; of two who write at once one is told', async () => {
    const fault = (lines: object[]) => save(manager, null, { lines })
    expect(refusalOf(await fault([line(), line()]))).toEqual([422, 'line-twice', 'lines.1.id'])
    expect(refusalOf(await fault([line({ campaignId: newId() })]))).toEqual([
      ...[422, 'campaign-unknown', 'lines.0.campaignId'],
    ])
    expect((await fault([line({ months: each(-1) })])).status).toBe(422)
    const both = await Promise.all([save(manager, null), save(owner, null)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(refusalOf(await save(manager, 1, { currency: 'USD' }))).toEqual([422, 'currency-fixed', 'currency'])
    expect((await save(manager, 1, { lines: [line({ months: each(2000) })] })).body).toMatchObject({
      ...{ currency: 'EUR', years: [2027], total: { plan: 0, actual: 0 } },
      versions: [
        { number: 2, state: 'draft', isInForce: false },
        { number: 1, state: 'draft' },
      ],
    })
  })

  test('holds when somebody else than who asked approved exactly it; a decision is taken back', async () => {
    expect(refusalOf(await manager.call('POST', version(1, 'ask')))).toEqual([409, 'outrun', undefined])
    const decide = (who: TestSession, decision: string, reason = '') =>
      who.call('POST', version(2, 'decide'), { decision, reason })
    expect(refusalOf(await decide(owner, 'approved'))).toEqual([409, 'not-asked', undefined])
    expect((await owner.call('POST', version(2, 'ask'))).body.versions[0]).toMatchObject({
      state: 'asked',
      mayDecide: false,
    })
    expect((await decide(manager, 'approved')).status).toBe(403)
    expect(refusalOf(await decide(owner, 'approved'))).toEqual([409, 'asked-yourself', undefined])
    expect(await told('budget-asked')).toContain(admin.memberId)
    expect(await told('budget-asked')).not.toContain(owner.memberId)
    expect(refusalOf(await decide(admin, 'declined'))).toEqual([422, 'reason-needed', 'reason'])
    const both = await Promise.all([decide(admin, 'approved'), decide(admin, 'declined', 'It is far too much for us.')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(refusalOf(await manager.call('POST', version(2, 'take-back')))).toEqual([409, 'decided-already', undefined])
    const back = await admin.call('POST', version(2, 'undecide'))
    expect(back.body.versions[0]).toMatchObject({ state: 'asked', decidedAt: null, mayDecide: true })
    const approved = await decide(admin, 'approved')
    expect(approved.body).toMatchObject({ total: { plan: 24_000 }, soFar: { plan: 6000 } })
    // What is written afterwards is only written.
    expect((await save(manager, 2, { lines: [line({ months: each(9) })] })).body).toMatchObject({
      ...{ total: { plan: 24_000 }, versions: [{ number: 3, state: 'draft' }, { isInForce: true }, {}] },
    })
  })

  test('has beside it what time cost, for those who may know what an hour costs; the log does not say it', async () => {
    const rates = '/orgs/{org}/programme/rates'
    expect((await manager.call('GET', rates)).status).toBe(403)
    const rate = (more: object) =>
      owner.call('PUT', rates, { role: null, perHour: 3000, currency: 'EUR', from: '2027-01-01', ...more })
    expect(refusalOf(await rate({}))).toEqual([422, 'role-or-person', 'role'])
    expect(refusalOf(await rate({ memberId: newId() }))).toEqual([422, 'member-not-found', 'memberId'])
    await rate({ role: 'manager' })
    await rate({ memberId: manager.memberId, perHour: 6000, from: '2027-03-01' })
    await work(manager, '2027-02-10', 60)
    await work(manager, '2027-03-10', 30)
    await work(admin, '2027-03-10', 45)
    const { body } = await owner.call('GET', path)
    // 60 minutes at 30.00 and 30 at 60.00; nobody said what the admin costs.
    expect(body).toMatchObject({ time: { cost: 6000, minutes: 135, unpriced: 45 }, minutes: 135 })
    expect(body.months.slice(0, 4).map(({ actual }: { actual: number }) => actual)).toEqual([0, 3000, 3000, 0])
    const seen = (await manager.call('GET', path)).body
    expect(seen).toMatchObject({ time: null, minutes: 135, total: { actual: 0 } })
    // Nobody says any more: what the role costs counts again.
    await rate({ memberId: manager.memberId, perHour: null, from: '2027-03-05' })
    expect((await owner.call('GET', path)).body.time).toMatchObject({ cost: 4500 })
    const log = (await manager.call('GET', '/orgs/{org}/events?limit=200')).body.items
    const set = log.filter(({ verb }: { verb: string }) => verb === 'hour-rate.set')
    expect(set.map(({ facts }: { facts: object }) => facts)).toEqual([{}, {}, { role: 'manager' }])
  })
})

describe('spending', () => {
  const note = (more: object = {}, who = manager) =>
    who.call('POST', spend, { day: '2027-03-01', amount: 500, what: 'Boosted post', channel: 'blog', ...more })

  test('is in the currency of the budget of its year, counts once by its reference, and goes and comes back', async () => {
    expect(refusalOf(await note({ day: '2026-12-01' }))).toEqual([422, 'no-budget', 'day'])
    expect(refusalOf(await note({ day: '2027-03-16' }))).toEqual([422, 'day-ahead', 'day'])
    expect(refusalOf(await note({ campaignId: newId() }))).toEqual([422, 'campaign-unknown', 'campaignId'])
    const both = await Promise.all([note({ reference: 'R-1' }), note({ reference: 'R-1' })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
    const { id } = both.find(({ status }) => status === 201)!.body
    await note({ amount: -100, what: 'Refund', kind: 'advertising', channel: null })
    const read = () => manager.call('GET', path)
    expect((await read()).body).toMatchObject({
      ...{ total: { plan: 24_000, actual: 400 } },
      byChannel: expect.arrayContaining([{ channel: 'blog', plan: 0, actual: 500 }]),
    })
    await manager.call('DELETE', `${spend}/${id}`)
    expect((await manager.call('DELETE', `${spend}/${id}`)).status).toBe(200)
    expect((await read()).body.total.actual).toBe(-100)
    expect((await note({ reference: 'R-1', amount: 600 })).status).toBe(201)
    expect(refusalOf(await manager.call('POST', `${spend}/${id}/restore`))).toEqual([409, 'reference-there', undefined])
    const token = (await manager.call('POST', '/orgs/{org}/tokens', { name: 'Books', scopes: ['budget'] })).body.token
    const bearer = { authorization: `Bearer ${token}` }
    const facts = { day: '2027-01-02', amount: 70, what: 'Stock picture', reference: 'R-2' }
    const made = await world.call('POST', spend.replace('{org}', world.ours), facts, bearer)
    expect(made.body).toMatchObject({ source: 'api', currency: 'EUR', kind: 'other' })
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('DELETE', `${spend}/${made.body.id}`)).status).toBe(404)
    const first = (await manager.call('GET', `${spend}?year=2027&limit=2`)).body
    const rest = (await manager.call('GET', `${spend}?year=2027&limit=2&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...rest.items].map(({ amount }: { amount: number }) => amount)).toEqual([600, -100, 70])
  })

  const csv = [
    'Date;Amount;Description;Kind;Campaign;Invoice',
    '2027-02-03;1.234,50;Video;content;Spring;A-1',
    '31.02.2027;10;No such day;;;A-2',
    '2027-02-04;1,234;Doubtful;;;A-3',
    '2027-02-05;20,00;;;;A-4',
    '2027-02-06;20,00;Twice;;;A-1',
    '2027-02-07;-5;Back;;;A-5',
    '2027-02-08;20;Unknown campaign;;Autumn;A-6',
    '2026-02-08;20;Another year;;;A-7',
    '2027-02-09;7;There already;;;R-2',
  ].join('\n')
  const file = (text: string) => {
    const form = new FormData()
    form.append('file', new File([text], 'march.csv', { type: 'text/csv' }))
    form.append('year', '2027')
    return form
  }

  test('comes from a file after a look that names each error by line and field, and the file is taken back as a whole', async () => {
    const campaign = { name: 'Spring', kind: 'promotion', beginsOn: '2027-02-01', endsOn: '2027-02-28' }
    await owner.call('POST', '/orgs/{org}/campaigns', campaign)
    const before = (await manager.call('GET', path)).body.total.actual
    const looked = (await manager.call('POST', `${spend}/imports/check`, file(csv.replace('1.234,50', '1234,50')))).body
    expect(looked).toMatchObject({ rows: 9, good: 2, known: 1, refused: 6, total: 123_450 - 500, currency: 'EUR' })
    expect(looked.problems.map(({ line, field, code }: Record<string, string>) => [line, field, code])).toEqual([
      [3, 'date', 'day-not-readable'],
      [4, 'amount', 'amount-not-readable'],
      [5, 'what', 'required'],
      [6, 'reference', 'reference-twice'],
      [8, 'campaign', 'campaign-unknown'],
      [9, 'date', 'another-year'],
    ])
    expect((await manager.call('GET', path)).body.total.actual).toBe(before)
    const brought = await manager.call('POST', `${spend}/imports`, file(csv.replace('1.234,50', '1234,50')))
    expect(brought.body).toMatchObject({
      fileName: 'march.csv',
      rows: 9,
      stored: 2,
      known: 1,
      refused: 6,
      undoneAt: null,
    })
    const read = (await manager.call('GET', path)).body
    expect(read.total.actual).toBe(before + 123_450 - 500)
    expect(read.byCampaign).toContainEqual(expect.objectContaining({ name: 'Spring', actual: 123_450 }))
    const again = await manager.call('POST', `${spend}/imports`, file(csv.replace('1.234,50', '1234,50')))
    expect(refusalOf(again)).toEqual([422, 'import.no-good-rows', 'file'])
    const undo = () => manager.call('POST', `${spend}/imports/${brought.body.id}/undo`)
    expect((await undo()).body.undoneAt).toBe(now.toISOString())
    expect((await undo()).status).toBe(200)
    expect((await manager.call('GET', path)).body.total.actual).toBe(before)
    expect((await manager.call('GET', `${spend}/imports`)).body).toHaveLength(1)
    expect(refusalOf(await manager.call('POST', `${spend}/imports/check`, file('PK\u0003\u0004')))[0]).toBe(422)
    const headless = (await manager.call('POST', `${spend}/imports/check`, file('a,b\n1,2'))).body
    expect(headless.problems.map(({ field }: { field: string }) => field)).toEqual(['date', 'amount', 'what'])
  })
})

const told = async (kind: string): Promise<string[]> =>
  (
    await inOrg(world.services.db, owner.orgId, (tx) =>
      tx.selectFrom('notifications').select('member_id').where('kind', '=', kind).execute(),
    )
  ).map(({ member_id }) => member_id)

const work = (who: TestSession, day: string, minutes: number) =>
  inOrg(world.services.db, who.orgId, (tx) =>
    tx
      .insertInto('time_entries')
      .values({
        ...{ org_id: who.orgId, id: newId(), member_id: who.memberId, activity: 'short-post', on_day: day, minutes },
        ...{ how: 'typed', items: 1, note: '', noted_at: now },
      })
      .execute(),
  )
