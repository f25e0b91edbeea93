// From a visitor's question to a post, by HTTP: the page and its limits, the brief and its states, and what the post takes from it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { forgetSenders } from '../../src/publishing/briefs/visitors.ts'
import { warnOfMaterial } from '../../src/publishing/briefs/warn.ts'
import {
  expectWell,
  newPost,
  type Person,
  type Running,
  refusal,
  scheduled,
  startRunning,
  textOf,
  untilState,
} from './world.ts'

let running: Running
let owner: Person
let account: { id: string }
let slug: string

beforeAll(async () => {
  running = await startRunning({ mail: true })
  owner = await running.as('owner')
  account = await running.connect(owner)
  running.work()
  const found = await asSystem(running.app.services.db, (tx) =>
    tx.selectFrom('organisations').select('slug').where('id', '=', owner.orgId).executeTakeFirstOrThrow(),
  )
  slug = found.slug
})
afterAll(() => running.close())

const ask = (question: string, more: object = {}) => running.call('POST', `/ask/${slug}`, { question, ...more })
const briefs = async (query = '') => (await owner.call('GET', `/orgs/{org}/briefs${query}`)).body.items
const inDays = (days: number) => new Date(Date.now() + running.moved.ms + days * 86_400_000).toISOString().slice(0, 10)

async function brief(words: object) {
  const answer = await owner.call('POST', '/orgs/{org}/briefs', words)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.body
}

test('the page is closed until somebody opens it, and looks like one that never was', async () => {
  expect(refusal(await running.call('GET', `/ask/${slug}`))).toEqual([404, 'not-found', undefined])
  expect((await ask('Is anybody there?')).status).toBe(404)
  expect((await running.call('GET', '/ask/no-such-house')).body).toEqual(
    (await running.call('GET', `/ask/${slug}`)).body,
  )
  const manager = await running.as('manager')
  expect((await manager.call('PUT', '/orgs/{org}/visitor-page', { open: true })).status).toBe(403)
  const opened = await owner.call('PUT', '/orgs/{org}/visitor-page', { open: true, words: 'Ask us about boots.' })
  expect(opened.body).toMatchObject({ openSince: expect.any(String), url: expect.stringMatching(`/ask/${slug}$`) })
  expect((await running.call('GET', `/ask/${slug}`)).body).toEqual({ name: 'Ours', words: 'Ask us about boots.' })
})

test('a question becomes a brief, the brief a post, and the post says that a customer began it', async () => {
  expect((await ask('How do I wash a rain jacket?', { name: 'A hiker', contact: 'hiker@example.org' })).status).toBe(
    201,
  )
  // Where a title ends within a sign, and no space is near.
  expect((await ask(`${'な'.repeat(79)}😀いつですか`)).status).toBe(201)
  await asSystem(running.app.services.db, async (tx) => {
    await tx.deleteFrom('briefs').where('title', 'like', 'な%').execute()
    const last = tx.selectFrom('visitor_senders').select('id').orderBy('id', 'desc').limit(1)
    await tx.deleteFrom('visitor_senders').where('id', '=', last).execute()
  })
  const [line] = await briefs('?kind=visitor-request')
  expect(line).toMatchObject({
    ...{ title: 'How do I wash a rain jacket?', state: 'open', createdBy: null, postCount: 0, lacksMaterial: false },
    ...{ askedBy: 'A hiker', contact: 'hiker@example.org' },
  })
  const made = await owner.call('POST', '/orgs/{org}/posts', {
    content: textOf('Thirty degrees, no softener.'),
    variants: [{ accountId: account.id }],
    belonging: { briefId: line.id },
  })
  expect(made.body.belonging).toMatchObject({ briefId: line.id, initiator: 'customer', campaignId: null })
  await owner.call('POST', '/orgs/{org}/posts', { content: textOf('With photos.'), belonging: { briefId: line.id } })
  const read = (await owner.call('GET', `/orgs/{org}/briefs/${line.id}`)).body
  expect(read).toMatchObject({ state: 'in-work', begunBy: { id: owner.memberId } })
  expect(read.posts.map(({ summary }: { summary: string }) => summary)).toEqual([
    'Thirty degrees, no softener.',
    'With photos.',
  ])
  await owner.call('POST', `/orgs/{org}/posts/${made.body.id}/schedule`, { when: { kind: 'now' } })
  await untilState(owner, made.body.id, 'published')
  expect((await owner.call('POST', `/orgs/{org}/briefs/${line.id}/finish`)).body).toMatchObject({
    ...{ state: 'done', endedBy: { id: owner.memberId } },
  })
})

test('programs that fill in everything learn nothing, and an address asks five times an hour', async () => {
  const before = (await briefs()).length
  expect((await ask('Buy pills', { website: 'https://example.org' })).status).toBe(201)
  expect((await briefs()).length).toBe(before)
  expect((await ask('x')).status).toBe(422)
  expect((await ask('y'.repeat(2001))).status).toBe(422)
  // One was asked above.
  for (let count = 2; count <= 5; count++) expect((await ask(`Question number ${count}?`)).status).toBe(201)
  expect(refusal(await ask('And a sixth?'))).toEqual([429, 'too-many-requests', undefined])
  const senders = () =>
    asSystem(running.app.services.db, (tx) => tx.selectFrom('visitor_senders').selectAll().execute())
  expect(await senders()).toHaveLength(5)
  expect(JSON.stringify(await senders())).not.toContain('127.0.0.1')
  running.moved.ms += 3_600_001
  expect((await ask('An hour later?')).status).toBe(201)
  expect(await senders()).toHaveLength(1)
  running.moved.ms += 3_600_001
  await forgetSenders(running.app.services)
  expect(await senders()).toEqual([])
})

test('a brief is open, in work, done or declined with a reason; each step has its person, and a wrong one is refused', async () => {
  const { id, revision } = await brief({ title: 'Mix and match: three layers', use: 'mix-and-match' })
  const step = (name: string, body?: object) => owner.call('POST', `/orgs/{org}/briefs/${id}/${name}`, body)
  expect(refusal(await step('reopen')).slice(0, 2)).toEqual([409, 'brief-not-to-reopen'])
  expect((await step('begin')).body).toMatchObject({ state: 'in-work', begunBy: { id: owner.memberId } })
  expect(refusal(await step('begin')).slice(0, 2)).toEqual([409, 'brief-not-to-begin'])
  expect((await step('decline', { reason: '' })).status).toBe(422)
  expect((await step('decline', { reason: 'We do not sell that any more.' })).body).toMatchObject({
    ...{ state: 'declined', declineReason: 'We do not sell that any more.', endedBy: { id: owner.memberId } },
  })
  expect((await step('reopen')).body).toMatchObject({ state: 'in-work', endedAt: null, declineReason: null })
  const old = await owner.call('PATCH', `/orgs/{org}/briefs/${id}`, { revision, title: 'From an old tab' })
  expect(refusal(old)).toEqual([409, 'edited-elsewhere', 'revision'])
  const viewer = await running.as('viewer')
  expect((await viewer.call('POST', `/orgs/{org}/briefs/${id}/begin`)).status).toBe(403)
  expect((await viewer.call('GET', `/orgs/{org}/briefs/${id}`)).status).toBe(200)
})

test('what is named in a brief must be there', async () => {
  const unknown = '0197f3a0-0000-7000-8000-000000000000'
  const write = (words: object) => owner.call('POST', '/orgs/{org}/briefs', { title: 'A brief', ...words })
  expect(refusal(await write({ ownerId: unknown }))).toEqual([422, 'not-in-organisation', 'ownerId'])
  expect(refusal(await write({ mediaIds: [unknown] }))).toEqual([422, 'media-not-found', 'mediaIds.0'])
  expect((await write({ dueOn: '2026-02-30' })).status).toBe(422)
  const post = { content: textOf('A post'), belonging: { briefId: unknown } }
  expect(refusal(await owner.call('POST', '/orgs/{org}/posts', post))).toEqual([
    ...[422, 'not-in-organisation', 'belonging.briefId'],
  ])
})

test('material that is missing days before it is needed is told once, and again when the day changes', async () => {
  const { id } = await brief({ title: 'Opening of the hut', dueOn: inDays(9), ownerId: owner.memberId })
  const lacking = async () => (await briefs('?lacking=true')).map((each: { id: string }) => each.id)
  expect(await warnOfMaterial(running.app.services)).toBe(0)
  expect(await lacking()).toEqual([])
  const moved = async (days: number) => {
    const { revision } = (await owner.call('GET', `/orgs/{org}/briefs/${id}`)).body
    return (await owner.call('PATCH', `/orgs/{org}/briefs/${id}`, { revision, dueOn: inDays(days) })).body
  }
  expect(await moved(6)).toMatchObject({ lacksMaterial: true })
  expect(await lacking()).toEqual([id])
  expect(await warnOfMaterial(running.app.services)).toBe(1)
  expect(await warnOfMaterial(running.app.services)).toBe(0)
  await moved(5)
  expect(await warnOfMaterial(running.app.services)).toBe(1)
  const told = (await owner.call('GET', '/orgs/{org}/notifications')).body.items
  expect(told.filter(({ kind }: { kind: string }) => kind === 'brief-without-material')).toHaveLength(2)
  const { revision } = (await owner.call('GET', `/orgs/{org}/briefs/${id}`)).body
  const given = { revision, dueOn: inDays(4), links: ['https://example.org/hut'] }
  expect((await owner.call('PATCH', `/orgs/{org}/briefs/${id}`, given)).body.lacksMaterial).toBe(false)
  expect(await lacking()).toEqual([])
  expect(await warnOfMaterial(running.app.services)).toBe(0)
})

test('a post is adapted for somebody or used again, and both say where they come from', async () => {
  const first = await scheduled(owner, account.id, 'How to dry boots without harm')
  await untilState(owner, first.id, 'published')
  const reuse = (body: object) => owner.call('POST', `/orgs/{org}/posts/${first.id}/reuse`, body)
  const adapted = await reuse({ as: 'adapted', adaptedFor: 'Readers of the blog' })
  expect(adapted).toMatchObject({
    ...{ status: 201, body: { state: 'draft', variants: [], content: first.content } },
  })
  expect(adapted.body.belonging).toMatchObject({
    ...{ origin: 'adapted', originPostId: first.id, adaptedFor: 'Readers of the blog' },
  })
  const again = (await reuse({ as: 'recycled' })).body
  expect(again.belonging).toMatchObject({ origin: 'recycled', originPostId: first.id })
  expect(again.variants).toEqual([expect.objectContaining({ accountId: account.id, state: 'draft' })])
  const now = { when: { kind: 'now' } }
  const twice = await owner.call('POST', `/orgs/{org}/posts/${again.id}/schedule`, now)
  expect(refusal(twice)).toEqual([409, 'same-text-again', 'sameTextAgain'])
  const meant = await owner.call('POST', `/orgs/{org}/posts/${again.id}/schedule`, { ...now, sameTextAgain: true })
  expect(meant.status).toBe(200)
  const similar = (await owner.call('GET', `/orgs/{org}/posts/${again.id}/similar`)).body
  expect(similar[0]).toMatchObject({ postId: first.id, likeness: 1, again: true })
})

test('reuse is counted for departments, and lent for the one whose post it was', async () => {
  const department = async (name: string) => (await owner.call('POST', '/orgs/{org}/departments', { name })).body.id
  const [sales, service] = [await department('Sales'), await department('Service')]
  const post = await newPost(owner, [], textOf('Three questions that we hear every day'))
  await owner.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { departmentId: service })
  const body = { as: 'adapted', adaptedFor: 'Customers', departmentId: sales }
  expect((await owner.call('POST', `/orgs/{org}/posts/${post.id}/reuse`, body)).status).toBe(201)
  const { departments } = (await owner.call('GET', '/orgs/{org}/stock')).body
  const of = (id: string) => departments.find(({ departmentId }: { departmentId: string }) => departmentId === id)
  expect(of(sales)).toMatchObject({ original: 0, adapted: 1, recycled: 0, lent: 0 })
  expect(of(service)).toMatchObject({ original: 1, adapted: 0, lent: 1 })
})

test('members say how useful a post is, each with one voice', async () => {
  const post = await newPost(owner, [], textOf('A post to be judged'))
  const viewer = await running.as('viewer')
  const rate = (person: Person, rating: number | null) =>
    person.call('PUT', `/orgs/{org}/posts/${post.id}/usefulness`, { rating })
  expect((await owner.call('GET', `/orgs/{org}/posts/${post.id}/usefulness`)).body).toEqual({
    ...{ mean: null, n: 0, mine: null },
  })
  await rate(owner, 2)
  await rate(owner, 4)
  expect((await rate(viewer, 5)).body).toEqual({ mean: 4.5, n: 2, mine: 5 })
  expect((await rate(viewer, null)).body).toEqual({ mean: 4, n: 1, mine: null })
  expect((await rate(owner, 6)).status).toBe(422)
})

test('briefs of another organisation are not there', async () => {
  const stranger = await running.as('owner', running.app.theirs)
  const { id } = await brief({ title: 'Ours alone' })
  expect((await stranger.call('GET', `/orgs/{org}/briefs/${id}`)).status).toBe(404)
  expect((await stranger.call('GET', '/orgs/{org}/briefs')).body.items).toEqual([])
  const post = { content: textOf('Theirs'), belonging: { briefId: id } }
  expect(refusal(await stranger.call('POST', '/orgs/{org}/posts', post)).slice(0, 2)).toEqual([
    422,
    'not-in-organisation',
  ])
  await expectWell(running)
})
