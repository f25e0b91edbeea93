// Who does what, over HTTP on a real database: abilities, buddies and named people decide who gets sessions; where nobody may, the plan says so.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { SessionView } from './types.ts'

const monday = '2027-01-11'
const now = new Date(`${monday}T07:00:00Z`)
let world: TestApp
let owner: TestSession
let ada: TestSession
let ben: TestSession
let rungs: Record<string, string> = {}
const path = '/orgs/{org}/programme'
const video = { id: 'video', channel: null, every: 1, unit: 'week', slots: [{ anyOf: [{ activity: 'short-video' }] }] }
const post = {
  id: 'post',
  channel: null,
  every: 1,
  unit: 'working-day',
  slots: [{ anyOf: [{ activity: 'short-post' }] }],
}

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  ada = await world.as('contributor')
  ben = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const who of [owner, ada, ben]) await who.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  const ladder = (await owner.call('GET', `${path}/ladder`)).body
  rungs = Object.fromEntries(ladder.rungs.map(({ key, id }: { key: string; id: string }) => [key, id]))
})
afterAll(() => world.close())

const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
let version: number | null = null
async function adopt(...lines: object[]): Promise<void> {
  const made = await owner.call('POST', `${path}/plan`, { lines, reason: 'What three people can do', after: version })
  expect(made.status).toBe(201)
  version = made.body.number
}
const planned = async () => {
  await owner.call('GET', `${path}/sessions/now`)
  return inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('id').execute(),
  )
}
/** Who has sessions of it ahead. */
const doers = async (activity: string) =>
  [
    ...new Set(
      (await planned())
        .filter((row) => row.activity === activity && row.state === 'planned')
        .map(({ member_id }) => member_id!),
    ),
  ].sort()
const idsOf = (...some: TestSession[]) => some.map(({ memberId }) => memberId).sort()
const lacks = async () => (await owner.call('GET', `${path}/plan`)).body.outlook.lacks
const say = (activity: string, key: string | null, by = owner) => by.call('PUT', `${path}/needs/${activity}`, { key })
async function certify(who: TestSession, key: string) {
  const proof = { memberId: who.memberId, topic: 'A day of practice', trainer: 'Kim', givenOn: '2027-01-04' }
  const { id } = (await owner.call('POST', '/orgs/{org}/trainings', proof)).body
  const facts = { competencyId: rungs[key], memberId: who.memberId, how: 'training', proofId: id }
  const { status, body } = await owner.call('POST', `${path}/certificates`, facts)
  expect(status).toBe(201)
  return body.certificates.find(({ member }: { member: { id: string } }) => member.id === who.memberId).id as string
}

describe('abilities', () => {
  test('limit nobody as long as nobody has any on record', async () => {
    await adopt(post, video)
    expect(await lacks()).toEqual([])
    expect((await doers('short-post')).length).toBeGreaterThan(1)
    const { needs } = (await ada.call('GET', `${path}/needs`)).body
    const shortPost = needs.find(({ activity }: { activity: string }) => activity === 'short-post')
    expect(shortPost).toMatchObject({ usual: 'publishing', isSaid: false, holds: null, says: null })
    expect(shortPost.able.length).toBeGreaterThanOrEqual(3)
  })

  test('that are asked for and that nobody has stop the work, and the plan says what to do', async () => {
    expect((await say('short-video', 'insight', ada)).status).toBe(403)
    expect(refusalOf(await say('short-video', 'juggling'))).toEqual([422, 'competency-unknown', 'key'])
    expect((await say('short-video', 'insight')).status).toBe(200)
    const [lack] = await lacks()
    expect(lack).toEqual({
      ...{ line: 'video', activity: 'short-video', because: 'unable' },
      says: 'Nobody who takes part may do a short video yet: it needs “Insight”. Begin “Insight” on the ladder, or put on record who has it.',
    })
    expect(await doers('short-video')).toEqual([])
    const videos = (await planned()).filter(({ activity }) => activity === 'short-video')
    expect(videos.length).toBeGreaterThan(0)
    expect(new Set(videos.map(({ state, reason }) => `${state} ${reason}`))).toEqual(new Set(['dropped unable']))
    const week = (await owner.call('GET', `${path}/sessions/week`)).body
    expect(week.withoutPlace.map(({ says }: { says: string }) => says)).toContain(
      'Nobody who takes part has learned it yet',
    )
    // Before anything is in force, too.
    const preview = await owner.call('POST', `${path}/plan/preview`, { lines: [video] })
    expect(preview.body.lacks).toHaveLength(1)
  })

  test('give the work to whoever has them, and take it away with the certificate', async () => {
    const certificate = await certify(ada, 'insight')
    expect(await lacks()).toEqual([])
    expect(await doers('short-video')).toEqual(idsOf(ada))
    await owner.call('POST', `${path}/certificates/${certificate}/end`)
    expect(await doers('short-video')).toEqual([])
    await owner.call('POST', `${path}/certificates/${certificate}/resume`)
    expect(await doers('short-video')).toEqual(idsOf(ada))
  })

  test('are learned with a buddy at one’s side, whose name stands by the session', async () => {
    await adopt(post, { ...video, people: [ben.memberId] })
    expect(await doers('short-video')).toEqual([])
    const pair = await owner.call('POST', `${path}/buddies`, { noviceId: ben.memberId, buddyId: ada.memberId })
    expect(pair.status).toBe(201)
    expect(await doers('short-video')).toEqual(idsOf(ben))
    const sessions = (await ben.call('GET', `${path}/sessions/week?week=${monday}`)).body.days.flatMap(
      (day: { sessions: { activity: string; beside: string | null }[] }) => day.sessions,
    )
    const beside = Object.fromEntries(
      sessions.map((each: { activity: string; beside: string }) => [each.activity, each.beside]),
    )
    expect(Object.keys(beside)).toContain('short-post')
    expect(beside['short-post']).toBeNull()
    const first = (await planned()).find((row) => row.activity === 'short-video' && row.state === 'planned')!
    const week = (await ben.call('GET', `${path}/sessions/week?week=${first.on_day}`)).body
    const his = week.days.flatMap((day: { sessions: { id: string; beside: string | null }[] }) => day.sessions)
    expect(his.find(({ id }: { id: string }) => id === first.id).beside).toBeTruthy()
    // It takes as long of the week of whoever is at their side, and both read so.
    const weekOf = async (who: TestSession) =>
      (await who.call('GET', `${path}/sessions/week?week=${first.on_day}`)).body
    const { planned: given, atSide, days } = await weekOf(ada)
    expect(atSide).toBe(
      week.days
        .flatMap((day: { sessions: SessionView[] }) => day.sessions)
        .filter(({ activity, state }: SessionView) => activity === 'short-video' && state === 'planned')
        .reduce((sum: number, { minutes }: SessionView) => sum + minutes, 0),
    )
    const own = days.reduce((sum: number, day: { planned: number }) => sum + day.planned, 0)
    expect(atSide).toBeGreaterThan(0)
    expect(own + atSide).toBeLessThanOrEqual(given + 1e-6)
    expect(week.atSide).toBe(0)
    // Who is away is at nobody's side.
    const absent = { from: `${monday}T06:00:00.000Z`, to: '2027-03-01T00:00:00.000Z', reason: 'A long journey' }
    await owner.call('POST', '/orgs/{org}/absences', { ...absent, memberId: ada.memberId })
    await adopt(post, { ...video, people: [ben.memberId], channel: 'Film' })
    expect(await doers('short-video')).toEqual([])
    await owner.call('POST', `${path}/buddies/${pair.body.pairs[0].id}/end`)
    await adopt(post, video)
    expect(await doers('short-video')).toEqual([])
  })

  test('are as usual again when what was said is taken back', async () => {
    const back = await owner.call('DELETE', `${path}/needs/short-video`)
    expect(back.status).toBe(200)
    expect(await lacks()).toEqual([])
    expect((await doers('short-video')).length).toBeGreaterThan(0)
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `${path}/needs`)).body.needs).toEqual([])
  })
})

describe('a line for named people', () => {
  test('is done by them alone, also what stood with others already', async () => {
    await adopt({ ...post, people: [owner.memberId] })
    expect(await doers('short-post')).toEqual(idsOf(owner))
    await adopt({ ...post, people: [ben.memberId, owner.memberId] })
    expect(await doers('short-post')).toEqual(idsOf(ben, owner))
  })

  test('goes to the others who are named while one is away, and to nobody where all are', async () => {
    const absent = { from: `${monday}T06:00:00.000Z`, to: '2027-03-01T00:00:00.000Z', reason: 'A broken leg' }
    await owner.call('POST', '/orgs/{org}/absences', { ...absent, memberId: ben.memberId })
    expect(await doers('short-post')).toEqual(idsOf(owner))
    await adopt({ ...post, people: [ben.memberId] })
    expect(await doers('short-post')).toEqual([])
    const week = (await owner.call('GET', `${path}/sessions/week`)).body
    expect(week.withoutPlace.map(({ reason }: { reason: string }) => reason)).toContain('absence')
  })

  test('whom nobody knows is refused, and who takes no part is told', async () => {
    const unknown = { ...post, people: [newId()] }
    const made = await owner.call('POST', `${path}/plan`, {
      lines: [unknown],
      reason: 'What three can do',
      after: version,
    })
    expect(refusalOf(made)).toEqual([422, 'member-unknown', 'lines.0.people.0'])
    const viewer = await world.as('viewer')
    await adopt({ ...post, people: [viewer.memberId] })
    expect((await lacks())[0]).toMatchObject({ line: 'post', because: 'named-gone' })
    expect(await doers('short-post')).toEqual([])
    const reasons = (await planned()).filter(({ state, to_day }) => state === 'dropped' && to_day > monday)
    expect(reasons.map(({ reason }) => reason)).toContain('named-gone')
  })
})
