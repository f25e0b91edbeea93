// Drills over HTTP on the real database: answered by one, judged by another, and a training that counts with a passed one alone.

import { beforeAll, expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { addDays } from '../../lib/days.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying, start } from '../said.testing.ts'
import { answered, drills, handedIn, judged } from './drills.testing.ts'

useInbox(() => keep([saying(saidOf('ann')), saying(saidOf('ben'))]))

let learner: TestSession
let manager: TestSession
let approver: TestSession
const day = start.toISOString().slice(0, 10)

beforeAll(async () => {
  ;[learner, manager, approver] = [await world.as('contributor'), await world.as('manager'), await world.as('approver')]
  await owner.call('PUT', '/orgs/{org}/answer-rules', { leastChanged: 0, approval: 'untrained' })
})

const toldTo = async (person: TestSession, kind: string) =>
  (await person.call('GET', '/orgs/{org}/notifications')).body.items.filter(
    (each: { kind: string }) => each.kind === kind,
  )
const mine = async (person = learner) => (await person.call('GET', `${drills}/mine`)).body
const read = async (id: string, person = learner) => (await person.call('GET', `${drills}/${id}`)).body
const waiting = async (person: TestSession): Promise<string[]> =>
  (await person.call('GET', `${drills}/waiting`)).body.map(({ id }: { id: string }) => id)
const record = (memberId: string, more: object = {}) =>
  manager.call('POST', '/orgs/{org}/trainings', {
    ...{ memberId, topic: 'Upset people', trainer: 'Gil', givenOn: day, drill: { exercises: 3, pass: 2 }, ...more },
  })
const standing = async (memberId: string) =>
  (await manager.call('GET', '/orgs/{org}/trainings/standing')).body.find(
    (each: { member: { id: string } }) => each.member.id === memberId,
  )
const trainingOf = async (id: string) =>
  (await manager.call('GET', '/orgs/{org}/trainings')).body.items.find((each: { id: string }) => each.id === id)

test('a training that asks for a drill counts once it is passed, and not before', async () => {
  const wrong = await record(learner.memberId, { drill: { exercises: 3, pass: 4 } })
  expect(wrong).toMatchObject({ status: 422, body: { data: { code: 'more-than-all', field: 'drill.pass' } } })
  expect((await record(learner.memberId, { drill: { exercises: 0, pass: 0 } })).body.data.field).toBe('drill.exercises')
  const training = (await record(learner.memberId)).body
  expect(training).toMatchObject({ state: 'drill', isDrilled: false, drill: { exercises: 3, pass: 2 } })
  expect(await toldTo(learner, 'drill-asked')).toMatchObject([{ facts: { topic: 'Upset people', pass: 2 } }])
  expect(await standing(learner.memberId)).toMatchObject({ isTrained: false, needsApproval: true })
  expect(await mine()).toMatchObject({ open: null, asked: { exercises: 3, pass: 2 }, topics: ['Upset people'] })
  const drill = await handedIn(learner)
  expect(drill.items).toHaveLength(3)
  await judged(approver, drill, 1)
  expect(await trainingOf(training.id)).toMatchObject({ state: 'drill' })
  expect(await toldTo(learner, 'drill-judged')).toMatchObject([{ facts: { passed: false, passes: 1 } }])
  const second = await handedIn(learner)
  const last = await judged(approver, second, 2)
  expect(last.body).toMatchObject({ passed: true, passes: 2, endedAt: currentTime().toISOString() })
  expect(await trainingOf(training.id)).toMatchObject({ state: 'counts', isDrilled: true })
  expect(await standing(learner.memberId)).toMatchObject({ isTrained: true, needsApproval: false })
  expect((await toldTo(learner, 'drill-judged'))[0]).toMatchObject({
    facts: { passed: true },
    subject: { id: second.id },
  })
})

test('what a training asks for can be changed: more asks for another drill, less or nothing lets it count', async () => {
  const somebody = await world.as('contributor')
  const { id } = (await record(somebody.memberId)).body
  await judged(approver, await handedIn(somebody), 2)
  const ask = async (drill: object | null, session = manager) =>
    session.call('PUT', `/orgs/{org}/trainings/${id}/drill`, { drill })
  expect((await ask(null, somebody)).status).toBe(403)
  expect((await ask({ exercises: 3, pass: 3 })).body).toMatchObject({ state: 'drill' })
  expect(await toldTo(somebody, 'drill-asked')).toHaveLength(2)
  expect((await ask({ exercises: 2, pass: 2 })).body).toMatchObject({ state: 'counts' })
  expect((await ask({ exercises: 4, pass: 1 })).body).toMatchObject({ state: 'drill' })
  expect((await ask({ exercises: 1, pass: 2 })).body.data).toMatchObject({ code: 'more-than-all', field: 'drill.pass' })
  expect((await ask(null)).body).toMatchObject({ state: 'counts', drill: null })
  const stranger = await world.as('owner', world.theirs)
  expect((await ask(null, stranger)).status).toBe(404)
})

test('who loses a training soon practises before it: that counts for the next one, for some weeks', async () => {
  const somebody = await world.as('contributor')
  const { id: before } = (await record(somebody.memberId, { drill: null, until: addDays(day, 10) })).body
  expect(await trainingOf(before)).toMatchObject({ state: 'counts' })
  expect(await mine(somebody)).toMatchObject({ asked: null, next: { exercises: 5, pass: 4 } })
  await judged(approver, await handedIn(somebody), 5)
  const next = { drill: { exercises: 5, pass: 4 } }
  expect((await record(somebody.memberId, { ...next, givenOn: addDays(day, 30) })).body).toMatchObject({
    isDrilled: true,
  })
  expect((await record(somebody.memberId, { ...next, givenOn: addDays(day, 31) })).body).toMatchObject({
    ...{ state: 'drill', isDrilled: false },
  })
})

test('everything is answered before it is handed in, can be changed until then, and is nobody else’s', async () => {
  const somebody = await world.as('viewer')
  const begun = (await somebody.call('POST', drills, {})).body
  expect((await somebody.call('POST', drills, {})).body.data).toMatchObject({ code: 'drill-is-open' })
  const at = `${drills}/${begun.id}`
  const one = `${at}/answers/${begun.items[0].id}`
  const noWords = await somebody.call('PUT', one, { way: 'restore' })
  expect(noWords).toMatchObject({ status: 422, body: { data: { code: 'words-missing', field: 'answer' } } })
  expect((await somebody.call('PUT', one, { way: 'shout' })).body.data.field).toBe('way')
  expect((await somebody.call('PUT', one, { way: 'monitor' })).body.items[0]).toMatchObject({
    way: 'monitor',
    answer: '',
  })
  const changed = await somebody.call('PUT', one, { way: 'restore', answer: 'We are sorry' })
  expect(changed.body.items[0]).toMatchObject({ way: 'restore', answer: 'We are sorry' })
  const early = await somebody.call('POST', `${at}/hand-in`, {})
  expect(early.body.data).toMatchObject({ code: 'not-all-answered', params: { left: begun.items.length - 1 } })
  // Others neither see nor touch it; who may judge sees it, and answers it for nobody.
  expect((await learner.call('GET', at)).status).toBe(404)
  expect((await learner.call('PUT', one, { way: 'monitor' })).status).toBe(404)
  expect((await manager.call('PUT', one, { way: 'monitor' })).body.data).toMatchObject({ code: 'drill-of-others' })
  const soon = await manager.call('PUT', `${one}/judgement`, { passed: true, note: 'Good' })
  expect(soon.body.data).toMatchObject({ code: 'drill-not-handed-in' })
  for (const { id } of begun.items) await somebody.call('PUT', `${at}/answers/${id}`, { way: 'let-stand' })
  expect((await somebody.call('POST', `${at}/hand-in`, {})).status).toBe(200)
  expect((await somebody.call('PUT', one, { way: 'monitor' })).body.data).toMatchObject({ code: 'drill-handed-in' })
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', at)).status).toBe(404)
  expect((await stranger.call('PUT', `${one}/judgement`, { passed: true, note: 'Good' })).status).toBe(404)
  expect((await stranger.call('GET', drills)).body.items).toEqual([])
})

test('whoever answers learns what a good answer does, and what was said of each, once all of it is judged', async () => {
  const somebody = await world.as('contributor')
  const drill = await handedIn(somebody)
  const hidden = { exercise: null, passed: null, note: '', judgedBy: null }
  const judge = (at: number, body: object) =>
    approver.call('PUT', `${drills}/${drill.id}/answers/${drill.items[at]!.id}/judgement`, body)
  expect((await judge(0, { passed: true, note: '  ' })).body.data.field).toBe('note')
  const first = await judge(0, { passed: true, note: 'Warm, and to the point' })
  expect(first.body.items[0]).toMatchObject({ passed: true, exercise: { good: expect.any(String) } })
  expect((await read(drill.id, somebody)).items[0]).toMatchObject(hidden)
  await judged(approver, drill, drill.items.length)
  expect((await read(drill.id, somebody)).items[0]).toMatchObject({
    ...{ passed: true, note: 'Good', judgedBy: { id: approver.memberId }, exercise: { title: expect.any(String) } },
  })
})

test('nobody judges their own; those who may are told once, and a judgement is changed or taken back', async () => {
  const before = (await toldTo(manager, 'drill-waits')).length
  const own = await handedIn(approver)
  expect(await toldTo(approver, 'drill-waits')).not.toContainEqual(
    expect.objectContaining({ subject: expect.objectContaining({ id: own.id }) }),
  )
  expect((await toldTo(manager, 'drill-waits')).length).toBe(before + 1)
  const at = `${drills}/${own.id}/answers/${own.items[0]!.id}/judgement`
  expect((await approver.call('PUT', at, { passed: true, note: 'Good' })).body.data).toMatchObject({
    code: 'own-drill',
  })
  expect(await read(own.id, approver)).toMatchObject({ mayJudge: false, items: [{ exercise: null }, {}, {}, {}, {}] })
  expect(await waiting(approver)).not.toContain(own.id)
  expect(await waiting(manager)).toContain(own.id)
  expect((await learner.call('PUT', at, { passed: true, note: 'Good' })).status).toBe(403)
  await judged(manager, own, 5)
  expect(await waiting(manager)).not.toContain(own.id)
  expect(await toldTo(approver, 'drill-judged')).toHaveLength(1)
  expect((await manager.call('DELETE', at)).body).toMatchObject({ passed: null, endedAt: null, passes: null })
  expect(await waiting(manager)).toContain(own.id)
  await manager.call('PUT', at, { passed: false, note: 'Not to who asked' })
  expect(await read(own.id, approver)).toMatchObject({ passed: true, passes: 4, exercises: 5 })
  // Once somebody has begun anew, what was judged before is not opened again.
  await answered(approver)
  expect((await manager.call('DELETE', at)).body.data).toMatchObject({ code: 'drill-after-it' })
  // A judgement may still turn, and whoever was judged is told of it.
  const other = `${drills}/${own.id}/answers/${own.items[1]!.id}/judgement`
  expect((await manager.call('PUT', other, { passed: false, note: 'Too late' })).body).toMatchObject({ passed: false })
  expect((await toldTo(approver, 'drill-judged'))[0]).toMatchObject({ facts: { passed: false, passes: 3 } })
})

test('each sees their own history, those who may judge everybody’s, by pages and person', async () => {
  const list = async (session: TestSession, more = '') =>
    (await session.call('GET', `${drills}?limit=200${more}`)).body.items
  const whose = (items: { member: { id: string } }[]) => new Set(items.map(({ member }) => member.id))
  expect(whose(await list(learner))).toEqual(new Set([learner.memberId]))
  expect(await list(learner, `&memberId=${approver.memberId}`)).toEqual([])
  expect(whose(await list(manager)).size).toBeGreaterThan(2)
  expect(whose(await list(manager, `&memberId=${learner.memberId}`))).toEqual(new Set([learner.memberId]))
  const paged: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await manager.call('GET', `${drills}?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    paged.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.nextCursor
  }
  expect(paged).toEqual((await list(manager)).map(({ id }: { id: string }) => id))
})

test('a program neither practises nor judges for anybody', async () => {
  const { token } = (await manager.call('POST', '/orgs/{org}/tokens', { name: 'Script', scopes: ['inbox'] })).body
  const headers = { authorization: `Bearer ${token}` }
  const begun = await world.call('POST', `/orgs/${world.ours}/drills`, {}, headers)
  expect(begun.body.data.code).toBe('session-needed')
})

test('who begins twice at the same moment has one drill', async () => {
  const somebody = await world.as('contributor')
  const begun = await Promise.all([1, 2, 3].map(() => somebody.call('POST', drills, {})))
  expect(begun.map(({ status }) => status).sort()).toEqual([201, 409, 409])
})

test('what a drill asked stays as it was, though its exercises are changed, and too few exercises are said', async () => {
  const somebody = await world.as('contributor')
  const drill = await handedIn(somebody)
  const { body: set } = await manager.call('GET', '/orgs/{org}/exercises')
  const before = (await read(drill.id, manager)).items
  for (const { id, kind } of set)
    await manager.call('PUT', `/orgs/{org}/exercises/${id}`, {
      kind,
      title: 'Other',
      words: 'Other words',
      good: 'Other',
    })
  expect((await read(drill.id, manager)).items).toEqual(before)
  for (const { id } of set.slice(4)) await manager.call('POST', `/orgs/{org}/exercises/${id}/retire`, {})
  await judged(manager, drill, 5)
  const refused = await somebody.call('POST', drills, {})
  expect(refused).toMatchObject({
    status: 409,
    body: { data: { code: 'too-few-exercises', params: { there: 4, wanted: 5 } } },
  })
  for (const { id } of set.slice(4)) await manager.call('POST', `/orgs/{org}/exercises/${id}/restore`, {})
  expect((await somebody.call('POST', drills, {})).status).toBe(201)
})
