// Many posts in one call over HTTP: each row by the verb of one, with its own answer, its own right, and nothing half done.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  newPost,
  type Person,
  type Running,
  refusal,
  scheduled,
  startRunning,
  textOf,
} from '../../../test/scenarios/world.ts'

let world: Running
let owner: Person
let contributor: Person
let approver: Person
let stranger: Person
let account: { id: string }

beforeAll(async () => {
  world = await startRunning()
  owner = await world.as('owner')
  contributor = await world.as('contributor')
  approver = await world.as('approver')
  stranger = await world.as('owner', world.app.theirs)
  account = await world.connect(owner)
})
afterAll(() => world.close())

const at = (wall: string, zone = 'Europe/Berlin') => ({ kind: 'at', wall, zone })
const waiting = (text: string, wall = '2030-05-06T09:00') => scheduled(owner, account.id, text, at(wall))
const place = (id: string, wall: string, zone = 'Europe/Berlin') => ({ id, wall, zone })
const bulk = (person: Person, act: string, body: object) => person.call('POST', `/orgs/{org}/bulk/${act}`, body)
const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/posts/${id}`)).body
const codes = ({ body }: { body: { rows: { code: string | null }[] } }) => body.rows.map(({ code }) => code)

test('moves what waits and places drafts, and tells of each row that it refuses why', async () => {
  const one = await waiting('One')
  const draft = await newPost(owner, [account.id], textOf('A draft'))
  const held = await waiting('Held')
  await owner.call('POST', `/orgs/{org}/posts/${held.id}/hold`, { reason: 'Wait' })
  const skipped = await waiting('Into the gap')
  const past = await waiting('Into the past')
  const nobody = crypto.randomUUID()
  const answer = await bulk(owner, 'move', {
    places: [
      place(one.id, '2030-05-07T09:00'),
      place(draft.id, '2030-05-08T10:30', 'Asia/Tokyo'),
      place(held.id, '2030-05-07T09:00'),
      place(skipped.id, '2030-03-31T02:30'),
      place(past.id, '2020-05-07T09:00'),
      place(nobody, '2030-05-07T09:00'),
    ],
  })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ done: 2, refused: 4 })
  expect(codes(answer)).toEqual([null, null, 'not-movable', 'time-does-not-exist', 'time-has-passed', 'not-found'])
  expect(await read(one.id)).toMatchObject({ state: 'scheduled', dueWall: '2030-05-07T09:00' })
  expect(await read(draft.id)).toMatchObject({ state: 'draft', dueWall: '2030-05-08T10:30', dueZone: 'Asia/Tokyo' })
  for (const post of [held, skipped, past]) expect((await read(post.id)).dueWall).toBe('2030-05-06T09:00')
})

test('a contributor places drafts, and moves nothing that goes out', async () => {
  const one = await waiting('Not theirs to move')
  const draft = await newPost(owner, [account.id], textOf('Theirs to place'))
  const answer = await bulk(contributor, 'move', {
    places: [place(one.id, '2030-05-07T09:00'), place(draft.id, '2030-05-07T09:00')],
  })
  expect(codes(answer)).toEqual(['role-forbids', null])
  expect(refusal(await bulk(contributor, 'unschedule', { ids: [one.id] })).slice(0, 2)).toEqual([403, 'role-forbids'])
  expect(refusal(await bulk(approver, 'move', { places: [place(one.id, '2030-05-07T09:00')] })).slice(0, 2)).toEqual([
    403,
    'role-forbids',
  ])
  expect((await bulk(approver, 'hold', { ids: [one.id], reason: 'Look again' })).body.done).toBe(1)
})

test('copies into drafts that say what they come from, and takes the copies back', async () => {
  const one = await waiting('To copy')
  const answer = await bulk(owner, 'copy', { places: [place(one.id, '2030-06-01T12:00')] })
  const copy = await read(answer.body.rows[0].newId)
  expect(copy).toMatchObject({
    ...{ state: 'draft', dueWall: '2030-06-01T12:00', summary: 'To copy' },
    belonging: { origin: 'recycled', originPostId: one.id },
  })
  expect(copy.variants.map((each: { accountId: string }) => each.accountId)).toEqual([account.id])
  expect((await bulk(owner, 'remove', { ids: [copy.id, one.id] })).body.rows).toMatchObject([
    { done: true },
    { code: 'not-deletable' },
  ])
})

test('off the schedule and back: placed and scheduled again', async () => {
  const one = await waiting('There and back')
  expect((await bulk(owner, 'unschedule', { ids: [one.id] })).body.done).toBe(1)
  expect(codes(await bulk(owner, 'schedule', { ids: [one.id] }))).toEqual(['no-time-planned'])
  await bulk(owner, 'move', { places: [place(one.id, '2030-05-06T09:00')] })
  expect((await bulk(owner, 'schedule', { ids: [one.id] })).body.done).toBe(1)
  expect(await read(one.id)).toMatchObject({ state: 'scheduled', dueWall: '2030-05-06T09:00' })
})

test('cancels, holds and releases with one reason', async () => {
  const posts = [await waiting('A'), await waiting('B')]
  const ids = posts.map(({ id }) => id)
  expect((await bulk(owner, 'hold', { ids, reason: 'A storm' })).body.done).toBe(2)
  expect((await read(ids[0]!)).variants[0].reason).toMatchObject({ code: 'held-by-person', text: 'A storm' })
  expect((await bulk(owner, 'release', { ids })).body.done).toBe(2)
  expect((await bulk(owner, 'cancel', { ids, reason: 'Rained off' })).body.done).toBe(2)
  expect(codes(await bulk(owner, 'cancel', { ids, reason: '' }))).toEqual(['nothing-to-cancel', 'nothing-to-cancel'])
})

test('assigns, and answers what was before so that it can be put back', async () => {
  const one = await waiting('To assign')
  const department = await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })
  const answer = await bulk(owner, 'assign', {
    changes: [{ id: one.id, departmentId: department.body.id, ownerId: owner.memberId }],
  })
  expect(answer.body.rows[0].before).toEqual({ campaignId: null, departmentId: null, ownerId: null })
  expect((await read(one.id)).belonging).toMatchObject({ departmentId: department.body.id, ownerId: owner.memberId })
  await bulk(owner, 'assign', { changes: [{ id: one.id, ...answer.body.rows[0].before }] })
  expect((await read(one.id)).belonging).toMatchObject({ departmentId: null, ownerId: null })
  const foreign = await stranger.call('POST', '/orgs/{org}/departments', { name: 'Theirs' })
  expect(codes(await bulk(owner, 'assign', { changes: [{ id: one.id, departmentId: foreign.body.id }] }))).toEqual([
    'not-in-organisation',
  ])
})

test('posts of another organisation are not there', async () => {
  const one = await waiting('Ours')
  for (const act of ['unschedule', 'schedule', 'hold', 'cancel', 'release', 'remove'])
    expect(codes(await bulk(stranger, act, { ids: [one.id], reason: 'Theirs' })), act).toEqual(['not-found'])
  expect(codes(await bulk(stranger, 'copy', { places: [place(one.id, '2030-05-07T09:00')] }))).toEqual(['not-found'])
  expect(codes(await bulk(stranger, 'assign', { changes: [{ id: one.id, campaignId: null }] }))).toEqual(['not-found'])
})

test('at most 500, and each once', async () => {
  const ids = Array.from({ length: 501 }, () => crypto.randomUUID())
  expect((await bulk(owner, 'unschedule', { ids })).status).toBe(422)
  expect(refusal(await bulk(owner, 'unschedule', { ids: [ids[0], ids[0]] })).slice(0, 2)).toEqual([422, 'named-twice'])
})

test('a draft that somebody scheduled meanwhile is not placed, and what was made a draft is not sent', async () => {
  const one = await waiting('Raced')
  const [moved, unscheduled] = await Promise.all([
    bulk(owner, 'move', { places: [place(one.id, '2030-05-09T09:00')] }),
    bulk(owner, 'unschedule', { ids: [one.id] }),
  ])
  expect(unscheduled.body.rows[0].done || moved.body.rows[0].done).toBe(true)
  const { state, dueWall } = await read(one.id)
  // Whoever came last has it; never is it scheduled against the one that took it off after the move.
  expect(state === 'draft' || (state === 'scheduled' && dueWall === '2030-05-09T09:00')).toBe(true)
})
