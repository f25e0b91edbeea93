// Where an organisation stands, what it wants and what it gives: over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { insertAccount } from './account.testing.ts'
import { askToRenew } from './commitments/actions.ts'
import { readGoals } from './goals/note-readings.ts'

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

describe('a goal that is corrected', () => {
  afterAll(() => {
    now = new Date('2027-04-05T10:00:00Z')
  })
  const set = async (): Promise<{ id: string; version: number }> =>
    (await owner.call('POST', `${path}/goals`, { ...goal, title: 'Corrected' })).body
  const change = (id: string, more: object, who = owner) =>
    who.call('PUT', `${path}/goals/${id}`, {
      ...{ title: 'Corrected', baseline: goal.baseline, target: goal.target, dueOn: goal.dueOn },
      ...{ version: 1, reason: 'The fair is a month later', ...more },
    })

  test('keeps what held before, and its line goes on from where it stands; taken back, all is as it was', async () => {
    const { id } = await set()
    const before = (await owner.call('GET', `${path}/goals`)).body.find((each: { id: string }) => each.id === id)
    now = new Date('2027-05-03T10:00:00Z')
    await owner.call('PUT', `${path}/goals/${id}/readings/2027-05-03`, { value: 5 })
    const changed = await change(id, { target: 10, dueOn: '2027-11-01' })
    expect(changed.body).toMatchObject({
      ...{ target: 10, dueOn: '2027-11-01', version: 2, expected: 5 },
      way: [
        { from: '2027-04-05', at: goal.baseline, target: goal.target, dueOn: goal.dueOn },
        { from: '2027-05-03', at: 5, target: 10, dueOn: '2027-11-01' },
      ],
      changes: [
        {
          ...{ number: 1, by: { id: owner.memberId }, reason: 'The fair is a month later', isTakenBack: false },
          was: { target: goal.target, dueOn: goal.dueOn },
        },
      ],
    })
    // Nobody overwrites what they did not see.
    expect(refusalOf(await change(id, { target: 11 }))).toEqual([409, 'changed-meanwhile', undefined])
    const back = await owner.call('POST', `${path}/goals/${id}/changes/1/take-back`)
    expect(back.body).toMatchObject({
      target: goal.target,
      version: 3,
      way: before.way,
      changes: [{ isTakenBack: true }],
    })
    expect((await owner.call('POST', `${path}/goals/${id}/changes/1/take-back`)).body.version).toBe(3)
    expect((await owner.call('POST', `${path}/goals/${id}/changes/9/take-back`)).status).toBe(404)
    // A baseline that was a slip was never so.
    expect((await change(id, { baseline: 3, version: 3 })).body).toMatchObject({
      ...{ baselineHow: 'stated', way: [{ from: '2027-04-05', at: 3, target: goal.target }] },
    })
  })

  test('is refused by the field, and of two changes the later one is taken back first', async () => {
    const { id } = await set()
    expect(refusalOf(await change(id, { target: null }))).toEqual([422, 'goal-target-missing', 'target'])
    expect(refusalOf(await change(id, { target: 1_000_000 }))).toEqual([422, 'goal-out-of-reach', 'target'])
    expect(refusalOf(await change(id, { dueOn: '2027-05-05' }))).toEqual([422, 'goal-too-soon', 'dueOn'])
    expect(refusalOf(await change(id, { ownerId: newId() }))).toEqual([422, 'owner-unknown', 'ownerId'])
    expect((await change(id, { reason: '' })).status).toBe(422)
    expect((await change(id, { title: 'Other' }, await world.as('contributor'))).status).toBe(403)
    expect((await change(id, { target: 7 }, await world.as('owner', world.theirs))).status).toBe(404)
    // What is as it is makes no version.
    expect((await change(id, {})).body).toMatchObject({ version: 1, changes: [] })
    const named = (await change(id, { title: 'Other' })).body
    expect(named).toMatchObject({ title: 'Other', version: 2, way: [{ target: goal.target }] })
    await change(id, { title: 'Other', target: 7, version: 2 })
    expect(refusalOf(await owner.call('POST', `${path}/goals/${id}/changes/1/take-back`))).toEqual([
      ...[409, 'changed-since', undefined],
    ])
  })

  test('has readings that are taken away and come back; what somebody took away is not read again', async () => {
    const { body } = await owner.call('POST', `${path}/goals`, {
      ...{ title: 'Posts again', measure: 'posts-weekly', baseline: 0, target: 3, dueOn: '2027-12-06' },
    })
    const day = `${path}/goals/${body.id}/readings/2027-05-03`
    await readGoals(world.services)
    const readings = async () =>
      (await owner.call('GET', `${path}/goals`)).body.find(({ id }: { id: string }) => id === body.id).readings
    expect(await readings()).toHaveLength(1)
    expect((await owner.call('DELETE', day)).body).toMatchObject({ readings: [], standing: 'no-reading' })
    await readGoals(world.services)
    expect(await readings()).toEqual([])
    expect((await owner.call('POST', `${day}/restore`)).body.readings).toMatchObject([{ day: '2027-05-03', value: 0 }])
    expect((await owner.call('DELETE', `${path}/goals/${body.id}/readings/2027-05-02`)).status).toBe(404)
    await owner.call('DELETE', day)
    expect((await owner.call('PUT', day, { value: 2 })).body.readings).toMatchObject([{ value: 2 }])
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

describe('a programme that ended', () => {
  test('has goals that stay to be read, and with which nothing is done any more', async () => {
    const programme = (await owner.call('GET', path)).body.programme
    const goals = (await owner.call('GET', `${path}/goals`)).body
    const open = goals.find(({ outcome }: { outcome: string | null }) => outcome === null)
    await owner.call('POST', `${path}/${programme.id}/end`, { reason: 'The shop closes for two years' })
    expect((await owner.call('GET', `${path}/goals`)).body).toEqual([])
    const past = await owner.call('GET', `${path}/goals?programme=${programme.id}`)
    expect(past.body.map(({ id }: { id: string }) => id)).toEqual(goals.map(({ id }: { id: string }) => id))
    for (const answer of [
      await owner.call('PUT', `${path}/goals/${open.id}/readings/2027-05-03`, { value: 2 }),
      await owner.call('POST', `${path}/goals/${open.id}/end`, { outcome: 'missed', reason: 'Over and done with' }),
      await owner.call('POST', `${path}/goals/${open.id}/reopen`),
    ])
      expect(refusalOf(answer)).toEqual([409, 'programme-over', undefined])
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `${path}/goals?programme=${programme.id}`)).status).toBe(404)
  })
})
