// The ladder over HTTP on a real database: one rung after the other, gates that only evidence opens, and a history of each.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { newId } from '../../lib/ids.ts'
import { openAllGates } from './climb.ts'
import { addBriefs, addCoding, addKeptWeeks, addListening } from './ground.testing.ts'

const today = '2027-06-16'
let now = new Date(`${today}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let colleague: TestSession
let programmeId = ''
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  colleague = await world.as('contributor')
  const begun = await owner.call('POST', '/orgs/{org}/programme', {
    ...{ name: 'The long run', ambition: 'succeed', beginsOn: '2027-06-14' },
  })
  programmeId = begun.body.id
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme/ladder'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
interface Rung {
  id: string
  key: string
  name: string
  teams: { departmentId: string | null; state: string; stepId: string; gates: { id: string; isOpen: boolean }[] }[]
}
const rungsOf = async (session = owner): Promise<Rung[]> => (await session.call('GET', path)).body.rungs
const rung = async (key: string) => (await rungsOf()).find((each) => each.key === key)!
const states = async () => (await rungsOf()).map(({ teams }) => teams[0]!.state)
const begin = async (key: string, more: object = {}) =>
  owner.call('POST', `${path}/${(await rung(key)).id}/begin`, more)
const stepOf = async (key: string) => (await rung(key)).teams[0]!
const openOf = async (key: string) => (await stepOf(key)).gates.filter(({ isOpen }) => isOpen).map(({ id }) => id)

describe('the ladder', () => {
  test('is there from the beginning of a programme, with listening as its first rung', async () => {
    const rungs = await rungsOf()
    expect(rungs.map(({ key }) => key).slice(0, 3)).toEqual(['listening', 'answering', 'publishing'])
    expect(await states()).toEqual(['next', ...Array.from({ length: rungs.length - 1 }, () => 'later')])
  })

  test('is climbed from below, one new competency at a time; each refusal names its rule', async () => {
    const refused = await begin('answering')
    expect(refusalOf(refused)).toEqual([409, 'lower-rung-first', 'id'])
    expect(refused.body.data.params).toMatchObject({ requirement: 'R0-19', name: 'Listening' })
    expect((await begin('listening')).status).toBe(200)
    const second = await begin('publishing')
    expect(refusalOf(second)).toEqual([409, 'one-at-a-time', 'id'])
    expect(second.body.data.params).toMatchObject({ rule: 'one-new-competency', requirement: 'R0-18' })
    expect((await states()).slice(0, 2)).toEqual(['going-on', 'later'])
    expect(refusalOf(await begin('listening', { departmentId: newId() }))).toEqual([
      ...[422, 'department-unknown', 'departmentId'],
    ])
  })

  test('has gates that nobody can tick: without evidence they stay shut', async () => {
    const { stepId } = await stepOf('listening')
    const refused = await owner.call('POST', `${path}-steps/${stepId}/master`, {
      ...{ gates: [], evidence: { value: 1000 }, isOpen: true, force: true },
    })
    expect(refusalOf(refused)).toEqual([409, 'gates-shut', 'id'])
    expect(refused.body.data.params).toMatchObject({ count: 5, requirement: 'R0-22' })
    expect(await openOf('listening')).toEqual([])
  })

  test('opens each gate by what Longrun reads, and keeps what opened it as it was read', async () => {
    const { orgId, memberId } = owner
    const query = (text: string, values: unknown[]) => world.database.owner.query(text, values)
    const given = { query, orgId, memberId, today }
    await addListening(given)
    await addCoding(given, colleague.memberId)
    await addBriefs(given, 3)
    await addKeptWeeks(given, programmeId, 4)
    await openAllGates(world.services)
    expect(world.logged).toEqual([])
    expect(await openOf('listening')).toEqual([
      ...['days-listened', 'mentions-worked', 'coding-agreement', 'weeks-kept'],
    ])
    const { stepId } = await stepOf('listening')
    const shut = await owner.call('POST', `${path}-steps/${stepId}/master`)
    expect(shut.body.data.params).toMatchObject({ count: 1, first: 'briefs-read' })
    const before = (await stepOf('listening')).gates.find(({ id }) => id === 'mentions-worked')
    expect(before).toMatchObject({ evidence: { value: 260, to: today }, openedAt: now.toISOString() })

    // What was shown once stays shown, as it was read.
    await world.database.owner.query('delete from saved_mentions where org_id = $1', [owner.orgId])
    now = new Date('2027-06-17T10:00:00Z')
    await addBriefs({ ...given, today: '2027-05-26' }, 1)
    expect((await owner.call('POST', `${path}-steps/${stepId}/look`)).status).toBe(200)
    expect((await stepOf('listening')).gates.find(({ id }) => id === 'mentions-worked')).toEqual(before)
    expect((await owner.call('POST', `${path}-steps/${stepId}/master`)).status).toBe(200)
    expect((await states()).slice(0, 3)).toEqual(['mastered', 'next', 'later'])
    expect(refusalOf(await owner.call('POST', `${path}-steps/${stepId}/master`))).toEqual([409, 'not-going-on', 'id'])
    expect(refusalOf(await begin('listening'))).toEqual([409, 'mastered-already', 'id'])
  })

  test('is left for a reason, and taken up again where it was', async () => {
    await begin('answering')
    const { stepId } = await stepOf('answering')
    const aside = (reason: string) => owner.call('POST', `${path}-steps/${stepId}/set-aside`, { reason })
    expect((await aside('Tired')).status).toBe(422)
    expect((await aside('Nobody of service is there before June.')).status).toBe(200)
    expect((await states())[1]).toBe('set-aside')
    expect((await begin('answering')).status).toBe(200)
    expect(await stepOf('answering')).toMatchObject({ state: 'going-on', stepId })
    const history = (await owner.call('GET', `${path}/${(await rung('answering')).id}/history`)).body
    expect(history.map(({ kind }: { kind: string }) => kind)).toEqual(['resumed', 'set-aside', 'begun', 'laid'])
    expect(history[1]).toMatchObject({
      facts: { reason: 'Nobody of service is there before June.' },
      by: { id: owner.memberId },
    })
  })

  test('is climbed by each department for itself', async () => {
    const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })).body.id
    expect((await begin('listening', { departmentId: department })).status).toBe(200)
    expect(refusalOf(await begin('answering', { departmentId: department }))[1]).toBe('one-at-a-time')
    const own = (await rung('listening')).teams.find(({ departmentId }) => departmentId === department)!
    expect(own).toMatchObject({ state: 'going-on' })
    // Nobody of it has done anything yet; what the organisation heard is heard by it too.
    expect(own.gates.find(({ id }) => id === 'mentions-worked')).toMatchObject({ evidence: { value: 0 } })
  })

  test('is none of another organisation, and asks for a programme', async () => {
    const stranger = await world.as('owner', world.theirs)
    const { id } = await rung('answering')
    const { stepId } = await stepOf('answering')
    expect((await stranger.call('GET', path)).body).toMatchObject({ hasProgramme: false, rungs: [] })
    expect(refusalOf(await stranger.call('POST', `${path}-laid`))).toEqual([409, 'no-programme', undefined])
    expect((await stranger.call('POST', `${path}-steps/${stepId}/look`)).status).toBe(404)
    expect((await stranger.call('GET', `${path}/${id}/history`)).status).toBe(404)
    await stranger.call('POST', '/orgs/{org}/programme', { name: 'X', ambition: 'presence', beginsOn: '2027-06-14' })
    expect((await stranger.call('POST', `${path}/${id}/begin`)).status).toBe(404)
  })
})

describe('observations', () => {
  const said = 'Answered three angry customers calmly and in time.'
  const observe = async (session: TestSession, memberId: string, more: object = {}) =>
    session.call('POST', `${path}/${(await rung('answering')).id}/observations`, {
      ...{ memberId, outcome: 'holds', said, ...more },
    })

  test('are of somebody else, in words', async () => {
    expect(refusalOf(await observe(owner, owner.memberId))).toEqual([422, 'not-of-oneself', 'memberId'])
    expect((await observe(owner, colleague.memberId, { said: 'Good.' })).status).toBe(422)
    expect(refusalOf(await observe(owner, newId()))).toEqual([422, 'member-unknown', 'memberId'])
    expect((await observe(owner, colleague.memberId)).status).toBe(201)
  })

  test('open a gate; the newest word counts, and one’s own can be taken back', async () => {
    const { stepId } = await stepOf('answering')
    const value = async () =>
      (await stepOf('answering')).gates.find(({ id }) => id === 'observed') as unknown as {
        evidence: { value: number }
      }
    expect((await value()).evidence.value).toBe(1)
    now = new Date(now.getTime() + 60_000)
    const { id } = (await observe(owner, colleague.memberId, { outcome: 'not-yet' })).body
    expect((await value()).evidence.value).toBe(0)
    expect((await colleague.call('DELETE', `${path}-observations/${id}`)).status).toBe(404)
    await owner.call('DELETE', `${path}-observations/${id}`)
    expect((await value()).evidence.value).toBe(1)
    await owner.call('POST', `${path}-observations/${id}/restore`)
    expect((await value()).evidence.value).toBe(0)
    await owner.call('DELETE', `${path}-observations/${id}`)
    await owner.call('POST', `${path}-steps/${stepId}/look`)
    expect(await openOf('answering')).toContain('observed')
  })

  test('that say “not yet” are read by those whom they concern', async () => {
    await observe(colleague, owner.memberId, { outcome: 'not-yet' })
    const viewer = await world.as('viewer')
    const seen = async (session: TestSession) =>
      (await session.call('GET', `${path}/${(await rung('answering')).id}/observations`)).body.map(
        ({ outcome }: { outcome: string }) => outcome,
      )
    expect(await seen(viewer)).toEqual(['holds'])
    expect(await seen(owner)).toEqual(['not-yet', 'holds'])
    expect(await seen(colleague)).toEqual(['not-yet', 'holds'])
  })
})

describe('a ladder of one’s own', () => {
  const own = { name: 'Podcast', means: 'We speak, and people listen.', gates: [{ measure: 'people-out', bound: 2 }] }

  test('has further rungs, another order, and gates that ask for something else, with the reason', async () => {
    expect(refusalOf(await owner.call('POST', path, { ...own, gates: [{ measure: 'trained', bound: 200 }] }))).toEqual([
      ...[422, 'gate-above-hundred', 'gates.0.bound'],
    ])
    const added = (await owner.call('POST', path, own)).body.rungs
    expect(added.at(-1)).toMatchObject({ key: 'podcast', isOwn: true, teams: [{ state: 'later' }, {}] })
    const ids: string[] = added.map(({ id }: { id: string }) => id)
    const [first, second, ...others] = ids as [string, string, ...string[]]
    const order = (list: string[]) => owner.call('PUT', `${path}-order`, { ids: list })
    expect(refusalOf(await order([second, first, ...others]))).toEqual([422, 'listening-is-first', 'ids'])
    expect(refusalOf(await order([first]))).toEqual([409, 'order-outrun', 'ids'])
    const last = others.pop()!
    expect((await order([first, last, second, ...others])).body.rungs[1].key).toBe('podcast')
    const change = { ...own, gates: [{ measure: 'people-out', bound: 3 }] }
    expect((await owner.call('PUT', `${path}/${last}`, change)).status).toBe(422)
    const reason = 'Two people were too few for a podcast.'
    expect((await owner.call('PUT', `${path}/${last}`, { ...change, reason })).status).toBe(200)
    const history = (await owner.call('GET', `${path}/${last}/history`)).body
    expect(history[0]).toMatchObject({ kind: 'changed', facts: { reason, before: { gates: [{ bound: 2 }] } } })
  })

  test('loses a rung and gets it back; listening stays, and so does one that a team is on', async () => {
    const { id } = await rung('podcast')
    expect((await owner.call('DELETE', `${path}/${id}`)).body.rungs.map(({ key }: Rung) => key)).not.toContain(
      'podcast',
    )
    expect((await owner.call('POST', `${path}/${id}/restore`)).body.rungs.at(-1).key).toBe('podcast')
    const remove = async (key: string) => refusalOf(await owner.call('DELETE', `${path}/${(await rung(key)).id}`))
    expect(await remove('listening')).toEqual([409, 'listening-stays', 'id'])
    expect(await remove('answering')).toEqual([409, 'team-is-on-it', 'id'])
  })
})
