// Processes in versions with who answers and who has read them, and reading lists: over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { newId } from '../../lib/ids.ts'
import { tellDueProcesses } from './tell-due.ts'

let now = new Date('2027-06-16T10:00:00Z')
let world: TestApp
let owner: TestSession
let ada: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  ada = await world.as('contributor')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const steps = [{ what: 'Read what came in overnight', role: 'On duty', within: 'before ten' }]
const words = { purpose: 'Nobody waits overnight for a first word.', steps }
const facts = (more: object = {}) => ({
  ...{ name: 'The morning round', ownerId: owner.memberId, deputyId: ada.memberId, reviewOn: '2027-12-01', ...words },
  ...more,
})

describe('a process', () => {
  const document = (more: object = {}) => owner.call('POST', `${path}/processes`, facts(more))
  let id = ''

  test('has steps, roles, times, an owner and a deputy, and a day on which somebody looks again', async () => {
    expect(refusalOf(await document({ deputyId: owner.memberId }))).toEqual([422, 'own-deputy', 'deputyId'])
    expect(refusalOf(await document({ reviewOn: '2027-06-15' }))).toEqual([422, 'review-past', 'reviewOn'])
    expect(refusalOf(await document({ reviewOn: '2031-01-01' }))).toEqual([422, 'review-too-far', 'reviewOn'])
    expect(refusalOf(await document({ ownerId: newId() }))).toEqual([422, 'member-unknown', 'ownerId'])
    expect((await document({ steps: [] })).status).toBe(422)
    const made = await document()
    expect(made.body).toMatchObject({ version: 1, state: 'fresh', steps, owner: { id: owner.memberId }, readers: [] })
    const notRead = made.body.notRead.map((each: { id: string }) => each.id)
    expect(notRead).toEqual(expect.arrayContaining([owner.memberId, ada.memberId]))
    id = made.body.id
  })

  test('is read in its present version; a new one is to be read again', async () => {
    const read = (session: TestSession, version: number) =>
      session.call('PUT', `${path}/processes/${id}/read`, { version })
    expect((await read(ada, 1)).body).toMatchObject({
      readers: [{ id: ada.memberId }],
      notRead: expect.not.arrayContaining([expect.objectContaining({ id: ada.memberId })]),
    })
    expect((await read(ada, 1)).body.readAt).toBe(now.toISOString())
    const revise = (after: number) =>
      owner.call('POST', `${path}/processes/${id}/versions`, {
        ...{ ...words, steps: [...steps, ...steps], why: 'Two people are on duty now.', after, reviewOn: '2028-01-10' },
      })
    const both = await Promise.all([revise(1), revise(1)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(refusalOf(await read(ada, 1))).toEqual([409, 'changed-meanwhile', undefined])
    const { processes } = (await ada.call('GET', `${path}/processes`)).body
    expect(processes).toMatchObject([{ version: 2, readAt: null, readers: [], why: 'Two people are on duty now.' }])
    const versions = (await ada.call('GET', `${path}/processes/${id}/versions`)).body
    expect(versions.map(({ version, readers }: { version: number; readers: number }) => [version, readers])).toEqual([
      ...[
        [2, 0],
        [1, 1],
      ],
    ])
  })

  test('is looked at again when its day comes: whoever answers is told once, and says that it is still true', async () => {
    const told = async () =>
      (
        await world.database.owner.query(`select member_id from notifications where kind = 'process-review-due'`)
      ).rows.map(({ member_id }: { member_id: string }) => member_id)
    await tellDueProcesses(world.services)
    expect(await told()).toEqual([])
    now = new Date('2028-01-10T10:00:00Z')
    await tellDueProcesses(world.services)
    await tellDueProcesses(world.services)
    expect(await told()).toEqual([owner.memberId])
    expect((await owner.call('GET', `${path}/processes`)).body.processes[0].state).toBe('due')
    const { purpose: _p, steps: _s, ...kept } = facts({ reviewOn: '2028-07-01', ownerId: ada.memberId, deputyId: null })
    const answer = await owner.call('POST', `${path}/processes/${id}/keep`, kept)
    expect(answer.body).toMatchObject({ state: 'fresh', version: 2, owner: { id: ada.memberId }, deputy: null })
  })

  test('ends with a reason, and is taken up again', async () => {
    expect((await owner.call('POST', `${path}/processes/${id}/end`, { reason: 'No' })).status).toBe(422)
    const reason = 'The night shift answers at once now.'
    expect((await owner.call('POST', `${path}/processes/${id}/end`, { reason })).body).toMatchObject({
      ...{ state: 'ended', endReason: reason },
    })
    expect(refusalOf(await ada.call('PUT', `${path}/processes/${id}/read`, { version: 2 }))[1]).toBe('has-ended')
    expect((await owner.call('POST', `${path}/processes/${id}/resume`)).body.endReason).toBe(null)
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `${path}/processes/${id}/versions`)).status).toBe(404)
    expect((await stranger.call('POST', `${path}/processes/${id}/resume`)).status).toBe(404)
  })
})

describe('a reading list', () => {
  const add = (more: object) => owner.call('POST', `${path}/readings`, { title: 'Our voice', minutes: 12, ...more })

  test('has links or words, and everybody marks for themselves', async () => {
    expect(refusalOf(await add({}))).toEqual([422, 'nothing-to-read', 'url'])
    expect((await add({ url: 'javascript:alert(1)' })).status).toBe(422)
    expect(refusalOf(await add({ words: 'Be kind.', competencyId: newId() }))).toEqual([
      ...[422, 'competency-unknown', 'competencyId'],
    ])
    const { id } = (await add({ words: 'Be kind.' })).body
    const mark = (session: TestSession, isRead: boolean) =>
      session.call('PUT', `${path}/readings/${id}/read`, { isRead })
    expect((await mark(ada, true)).body).toMatchObject({ readAt: now.toISOString(), readBy: 1 })
    expect((await owner.call('GET', `${path}/readings`)).body).toMatchObject([{ readAt: null, readBy: 1 }])
    await mark(owner, true)
    expect((await mark(ada, false)).body).toMatchObject({ readAt: null, readBy: 1 })
    expect((await owner.call('DELETE', `${path}/readings/${id}`)).status).toBe(200)
    expect((await owner.call('GET', `${path}/readings`)).body).toEqual([])
    expect((await owner.call('POST', `${path}/readings/${id}/restore`)).status).toBe(200)
    expect((await owner.call('GET', `${path}/readings`)).body).toHaveLength(1)
  })
})
