// Where an organisation stands, what it wants and what it gives: over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { insertAccount } from './account.testing.ts'
import { askToRenew } from './commitments/actions.ts'
import { readGoals } from './goals/actions.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
let harbour = ''

const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const facts = { name: 'The long run', ambition: 'succeed', beginsOn: monday }
const begin = (more: object = {}) => owner.call('POST', path, { ...facts, ...more })
const goal = { title: 'More replies', measure: 'own', unit: 'leads', baseline: 4, target: 8, dueOn: '2027-06-28' }

describe('a programme', () => {
  test('begins on a Monday, once; two people who begin it at once make one', async () => {
    expect(refusalOf(await begin({ beginsOn: '2027-01-12' }))).toEqual([422, 'not-a-monday', 'beginsOn'])
    const both = await Promise.all([begin(), begin()])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const { body } = await owner.call('GET', path)
    expect(body).toMatchObject({ today: monday, programme: { ...facts, week: 1, version: 1 }, past: [] })
  })

  test('is changed by its version, and ends only with a reason; then it can go on after all', async () => {
    const { id } = (await owner.call('GET', path)).body.programme
    const change = (version: number) => owner.call('PUT', `${path}/${id}`, { ...facts, ambition: 'maintain', version })
    expect((await change(1)).body).toMatchObject({ ambition: 'maintain', version: 2 })
    expect(refusalOf(await change(1))).toEqual([409, 'changed-meanwhile', undefined])
    expect((await owner.call('POST', `${path}/${id}/end`, { reason: 'Tired' })).status).toBe(422)
    const reason = 'The shop closes for two years.'
    expect((await owner.call('POST', `${path}/${id}/end`, { reason })).body).toMatchObject({ endReason: reason })
    expect((await owner.call('GET', path)).body).toMatchObject({ programme: null, past: [{ id }] })
    expect(refusalOf(await owner.call('POST', `${path}/goals`, goal))).toEqual([409, 'no-programme', undefined])
    expect((await owner.call('POST', `${path}/${id}/resume`)).body).toMatchObject({ endedAt: null, endReason: null })
  })

  test('is none of another organisation', async () => {
    const stranger = await world.as('owner', world.theirs)
    const { id } = (await owner.call('GET', path)).body.programme
    expect((await stranger.call('GET', path)).body.programme).toBe(null)
    expect((await stranger.call('POST', `${path}/${id}/end`, { reason: 'None of my business' })).status).toBe(404)
  })
})

describe('a goal', () => {
  test('that is vague is refused with what it lacks', async () => {
    const set = (more: object) => owner.call('POST', `${path}/goals`, { ...goal, ...more })
    expect(refusalOf(await set({ baseline: null }))).toEqual([422, 'goal-baseline-missing', 'baseline'])
    expect(refusalOf(await set({ dueOn: null }))).toEqual([422, 'goal-date-missing', 'dueOn'])
    expect(refusalOf(await set({ target: 1_000_000 }))).toEqual([422, 'goal-out-of-reach', 'target'])
    expect(refusalOf(await set({ ownerId: newId() }))).toEqual([422, 'owner-unknown', 'ownerId'])
    const judged = (await owner.call('POST', `${path}/goals/judge`, { measure: 'posts-weekly' })).body
    // Nothing is connected: that is no zero.
    expect(judged.today).toBe(null)
    expect(judged.findings.map(({ code }: { code: string }) => code)).toContain('title-missing')
  })

  test('is read by people, stands against its line, ends with a reason and can be open again', async () => {
    const { id } = (await owner.call('POST', `${path}/goals`, goal)).body
    const read = (day: string, value: number) => owner.call('PUT', `${path}/goals/${id}/readings/${day}`, { value })
    expect(refusalOf(await read('2027-02-01', 5))).toEqual([422, 'day-ahead', 'day'])
    now = new Date('2027-04-05T10:00:00Z')
    await read('2027-04-05', 4.2)
    expect((await read('2027-04-05', 6)).body).toMatchObject({
      ...{ standing: 'on-line', expected: 6, readings: [{ day: '2027-04-05', value: 6, by: { id: owner.memberId } }] },
    })
    const end = { outcome: 'given-up', reason: 'Another goal matters more now' }
    expect((await owner.call('POST', `${path}/goals/${id}/end`, end)).body).toMatchObject(
      end.reason ? { outcome: 'given-up' } : {},
    )
    expect(refusalOf(await read('2027-04-05', 7))).toEqual([409, 'has-ended', undefined])
    expect((await owner.call('POST', `${path}/goals/${id}/reopen`)).body).toMatchObject({
      outcome: null,
      endReason: null,
    })
  })

  test('that Longrun can read is read each day; what a person said of a day stays', async () => {
    harbour = await insertAccount(world, owner, new Date('2027-01-01T00:00:00Z'))
    const set = await owner.call('POST', `${path}/goals`, {
      ...{ title: 'More posts', measure: 'posts-weekly', baseline: 0, target: 3, dueOn: '2027-12-06' },
    })
    expect(set.body).toMatchObject({ baselineHow: 'measured', standing: 'no-reading' })
    await readGoals(world.services)
    const readings = async () =>
      (await owner.call('GET', `${path}/goals`)).body.find(({ id }: { id: string }) => id === set.body.id).readings
    expect(await readings()).toEqual([{ day: '2027-04-05', value: 0, by: null, note: '' }])
    await owner.call('PUT', `${path}/goals/${set.body.id}/readings/2027-04-05`, { value: 2, note: 'Counted by hand' })
    await readGoals(world.services)
    expect(await readings()).toMatchObject([{ value: 2, note: 'Counted by hand' }])
  })
})

describe('a commitment', () => {
  const promised = (more: object = {}) => ({
    ...{ fromDay: '2027-04-05', untilDay: '2028-04-03', budget: 1_200_000, currency: 'EUR', minutesWeekly: 600 },
    ...{
      resources: 'Two people, a camera',
      processes: 'The weekly plan',
      metrics: 'The goals above',
      stops: 'The print letter',
    },
    ...more,
  })
  const promise = (more: object = {}) => owner.call('POST', `${path}/commitments`, promised(more))
  const states = async () =>
    (await owner.call('GET', `${path}/commitments`)).body.map(({ state }: { state: string }) => state)

  test('holds for a year at most and names all four things', async () => {
    expect(refusalOf(await promise({ untilDay: '2029-04-03' }))).toEqual([
      422,
      'commitment-longer-than-a-year',
      'untilDay',
    ])
    expect(refusalOf(await promise({ untilDay: '2027-04-12' }))).toEqual([422, 'commitment-too-short', 'untilDay'])
    expect((await promise({ metrics: '' })).status).toBe(422)
    expect((await promise()).body).toMatchObject({ state: 'in-force', promisedBy: { id: owner.memberId } })
  })

  test('that holds for the same days takes the place of the other, which stays on record', async () => {
    await promise({ minutesWeekly: 900 })
    await promise({ fromDay: '2028-04-04', untilDay: '2029-04-03' })
    expect(await states()).toEqual(['ahead', 'in-force', 'replaced'])
    // One that begins before the other ends lets it hold until then.
    await promise({ fromDay: '2028-01-03', untilDay: '2028-12-31' })
    const all = (await owner.call('GET', `${path}/commitments`)).body
    expect(all.map(({ state, untilDay }: { state: string; untilDay: string }) => [state, untilDay])).toEqual([
      ['ahead', '2028-12-31'],
      ['replaced', '2029-04-03'],
      ['in-force', '2028-01-02'],
      ['replaced', '2028-04-03'],
    ])
    await promise({ fromDay: '2028-04-04', untilDay: '2029-04-03' })
  })

  test('is to be renewed before it ends: whoever promised it is told once, unless the next is there', async () => {
    now = new Date('2028-03-01T07:00:00Z')
    await askToRenew(world.services)
    const told = () =>
      inOrg(world.services.db, owner.orgId, (tx) =>
        tx.selectFrom('notifications').select('member_id').where('kind', '=', 'commitment-ending').execute(),
      )
    expect(await told()).toEqual([])
    now = new Date('2029-03-01T07:00:00Z')
    await askToRenew(world.services)
    now = new Date(now.getTime() + 7 * 86_400_000)
    await askToRenew(world.services)
    expect((await told()).filter(({ member_id }) => member_id === owner.memberId)).toHaveLength(1)
    expect(await states()).toEqual(['ends-soon', 'over', 'replaced', 'over', 'replaced'])
  })
})

describe('an assessment', () => {
  test('keeps what was thought and what was found; an account is judged from its first day on', async () => {
    const manager = await world.as('manager')
    const opinions = { listening: 4, answering: 3, publishing: 5, sharing: 3, measuring: 1, lasting: 5 }
    const { status, body } = await manager.call('POST', `${path}/assessments`, { opinions })
    expect([status, body.evidence.from, body.evidence.to]).toEqual([201, '2028-12-11', '2029-03-04'])
    expect(body.evidence.accounts).toMatchObject([
      { accountId: harbour, posts: 0, replies: 0, activeDays: 0, longestGap: 84, isDormant: true, isYoung: false },
    ])
    const found = Object.fromEntries(body.findings.map(({ area, level, view }: never) => [area, [level, view]]))
    expect(found).toMatchObject({
      ...{ listening: [1, 'too-good'], answering: [null, 'nothing-to-see'], publishing: [1, 'too-good'] },
      ...{ measuring: [1, 'as-it-is'], lasting: [1, 'too-good'] },
    })
    expect((await owner.call('GET', `${path}/assessments`)).body).toEqual([body])
  })

  test('asks for an opinion of each area', async () => {
    expect((await owner.call('POST', `${path}/assessments`, { opinions: { listening: 6 } })).status).toBe(422)
  })
})
