// People who speak, on the real database: named, renamed, ranked, decided about, let go of, and left alone when they object.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import type { Heard, StreamBatch, StreamEvent } from '../../connectors/listen.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { mentionId } from '../mentions/identity.ts'
import { heardOf } from '../mentions/test-mentions.ts'
import { expireMentions } from '../mentions/upkeep.ts'
import { keepCatalogue } from '../pipeline/catalogue.ts'
import { keepBatch } from '../pipeline/keep-batch.ts'
import { claimReaders, type Lease } from '../pipeline/leases.ts'
import { understand } from '../pipeline/understand.ts'
import { expireByRules } from '../retention/actions.ts'
import { insertSource, readerFor, wakeReader } from '../sources/store.ts'
import { nameAuthors } from './names.ts'
import { scoreAuthors } from './score.ts'
import { expireAuthors } from './upkeep.ts'

let app: TestApp
let owner: TestSession
let lease: Lease
const start = new Date('2026-11-29T12:00:00Z')
const now = new Date(start)
const later = (ms: number) => void now.setTime(now.getTime() + ms)
const day = 86_400_000

beforeAll(async () => {
  app = await testApp({ clock: () => new Date(now) })
  owner = await app.as('owner')
  await owner.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle*' })
  await owner.call('POST', '/orgs/{org}/topics', { name: 'Lids', kind: 'product', query: 'lid' })
})
afterAll(() => app?.close())

/** A network that names people by an id alone, and one reader of it. */
const network = 'bluesky'
beforeEach(async () => {
  now.setTime(start.getTime())
  await clear()
  await asSystem(app.services.db, async (tx) => {
    const wish = { connector: network, kind: 'jetstream', settings: { run: newId() }, only: null }
    const readerId = await readerFor(tx, wish, now)
    await insertSource(tx, app.ours, {
      ...{ name: newId(), keepsAll: false, costPerThousand: null, currency: null, accountId: null, readerId },
      ...{ connector: network, kind: 'jetstream', settings: {}, at: new Date(now), by: owner.memberId },
    })
    await wakeReader(tx, readerId, now)
    const [claimed] = (await claimReaders(tx, now, 100)).filter((each) => each.readerId === readerId)
    lease = claimed!
  })
})

const said = (id: string, text: string, more: Partial<Heard> = {}): Heard =>
  heardOf({
    id,
    text,
    at: new Date(now.getTime() - 60_000),
    author: { id: 'did:plc:ann', handle: null, name: null, url: null, followers: null },
    ...more,
  })

async function bring(...events: StreamEvent[]) {
  const catalogue = keepCatalogue(app.services.db)
  await catalogue.refresh()
  const batch: StreamBatch = { events, cursor: newId(), reachedAt: null, gaps: [], unreadable: 0, cut: 0, bytes: 0 }
  const circumstances = { network, readerId: lease.readerId, heardAt: new Date(now), ownPosts: async () => new Map() }
  return keepBatch(app.services.db, lease, await understand(catalogue.current, batch, circumstances), now)
}
const hear = (...heard: Heard[]) => bring(...heard.map((each): StreamEvent => ({ type: 'heard', heard: each })))
const mentions = async (query = '') => (await owner.call('GET', `/orgs/{org}/mentions${query}`)).body.items
const people = async () => (await owner.call('GET', '/orgs/{org}/listening/people')).body.items
const annId = mentionId(network, 'did:plc:ann')
const as = (name: string) => ({ id: `did:plc:${name}`, handle: null, name: null, url: null, followers: null })
const counted = () =>
  inOrg(app.services.db, app.ours, (tx) =>
    tx
      .selectFrom('topic_days')
      .select(['topic', 'total', 'negative'])
      .where('total', '<>', 0)
      .orderBy('topic')
      .execute(),
  )
const clear = () =>
  asSystem(app.services.db, async (tx) => {
    for (const table of [
      'mentions',
      'topic_mentions',
      'topic_days',
      'authors',
      'heard_authors',
      'reader_samples',
    ] as const)
      await tx.deleteFrom(table).execute()
  })

test('whom a stream names by an id alone is asked for beside the reading, later and later where the network refuses', async () => {
  await hear(said('1', 'My kettle leaks'), said('2', 'Another kettle', { author: as('gone') }))
  const asked: string[][] = []
  const refuse = new Map([[network, async (_: unknown, ids: string[]) => Promise.reject(asked.push(ids))]])
  expect(await nameAuthors(app.services, refuse)).toBe(2)
  expect(await nameAuthors(app.services, refuse)).toBe(0)
  later(3 * 60_000)
  expect(await nameAuthors(app.services, refuse)).toBe(2)
  later(3 * 60_000)
  expect(await nameAuthors(app.services, refuse)).toBe(0)
  expect(asked.map((ids) => ids.toSorted())).toEqual(Array(2).fill(['did:plc:ann', 'did:plc:gone']))
  later(3 * 60_000)
  const ann = {
    id: 'did:plc:ann',
    handle: 'ann.example.org',
    name: 'Ann',
    url: 'https://example.org/ann',
    followers: 12,
  }
  const answer = new Map([[network, async () => [ann]]])
  expect(await nameAuthors(app.services, answer)).toBe(2)
  expect(await nameAuthors(app.services, answer)).toBe(0)
  const names = async () => (await mentions()).map(({ author }: { author: { name: string } }) => author.name)
  expect((await names()).toSorted()).toEqual(['Ann', null])
  // Known by now: the next word has a name at once.
  await hear(said('3', 'Kettle number three'))
  expect((await names()).filter((name: string | null) => name === 'Ann')).toHaveLength(2)
  await bring({ type: 'author', author: { ...as('ann'), name: 'Ann Smith' } })
  expect((await mentions(`?author=${annId}`))[0].author).toMatchObject({ name: 'Ann Smith', handle: 'ann.example.org' })
  await bring({ type: 'author-removed', id: 'did:plc:ann' })
  expect(await mentions(`?author=${annId}`)).toEqual([])
  const left = await asSystem(app.services.db, (tx) =>
    tx.selectFrom('reader_samples').select('id').where('author_id', '=', annId).execute(),
  )
  expect(left).toEqual([])
})

test('words that change are matched, judged and counted again; what matches nothing any more is gone', async () => {
  await hear(said('1', 'My kettle leaks, terrible'), said('2', 'A fine kettle'))
  expect(await counted()).toEqual([{ topic: 1, total: 2, negative: 1 }])
  const change = (heard: Heard) => bring({ type: 'changed', heard })
  await change(said('1', 'The lid of my kettle is wonderful, I love it'))
  const [mention] = await mentions('?q=wonderful')
  expect(mention).toMatchObject({ sentiment: 1, topicIds: [expect.any(String), expect.any(String)] })
  expect(await mentions('?q=terrible')).toEqual([])
  expect(await counted()).toEqual([
    { topic: 1, total: 2, negative: 0 },
    { topic: 2, total: 1, negative: 0 },
  ])
  await change(said('1', 'The lid of my kettle is wonderful, I love it'))
  await change(said('2', 'Nothing of the kind'))
  expect(await counted()).toEqual([
    { topic: 1, total: 1, negative: 0 },
    { topic: 2, total: 1, negative: 0 },
  ])
  expect(await mentions()).toHaveLength(1)
})

test('what said the same as something is seen again when that is changed', async () => {
  const words =
    'My kettle from the new series leaks at the handle after only two weeks of use, who can help me with it?'
  await hear(said('1', words))
  await hear(said('2', words, { author: as('bo') }))
  const folded = async () => (await mentions('?fold=yes')).map(({ doubles }: { doubles: number }) => doubles)
  expect(await folded()).toEqual([1])
  await bring({ type: 'changed', heard: said('1', 'It is fine: the kettle was not closed') })
  expect(await folded()).toEqual([0, 0])
})

async function manySpeak() {
  const steady = Array.from({ length: 12 }, (_, index) =>
    said(`s${index}`, 'I love this kettle, wonderful', { at: new Date(now.getTime() - (index + 2) * day) }),
  )
  const others = ['bo', 'cy', 'di', 'ed'].flatMap((name) =>
    Array.from({ length: 3 }, (_, index) =>
      said(`${name}${index}`, 'A kettle', {
        author: as(name),
        at: new Date(now.getTime() - (index + 1) * day),
        replyTo: `s${index}`,
      }),
    ),
  )
  await hear(...steady, ...others, said('once', 'Kettle!', { author: as('lucky') }))
  return scoreAuthors(app.services, app.ours)
}

test('who speaks often, is heard and takes a stand comes first, with parts; who spoke once is not stored', async () => {
  expect(await manySpeak()).toBe(5)
  const [first, ...rest] = await people()
  expect(first).toMatchObject({ id: annId, side: 'advocate', state: 'spotted', mentions: 12 })
  expect(first.score.score.low).toBeGreaterThan(rest[0].score.score.low)
  expect(first.score.heard.value).toBeGreaterThan(rest[0].score.heard.value)
  expect(rest).toHaveLength(4)
  expect((await owner.call('GET', '/orgs/{org}/listening/people/basis')).body).toMatchObject({ people: 6, scored: 5 })
  expect((await owner.call('GET', '/orgs/{org}/listening/people?limit=2')).body.items).toHaveLength(2)
  const next = (await owner.call('GET', '/orgs/{org}/listening/people?limit=3')).body.nextCursor
  expect((await owner.call('GET', `/orgs/{org}/listening/people?limit=3&cursor=${next}`)).body.items).toHaveLength(2)
  const lucky = mentionId(network, 'did:plc:lucky')
  expect((await owner.call('GET', `/orgs/{org}/listening/people/${lucky}`)).body).toMatchObject({
    state: null,
    score: null,
  })
  expect((await owner.call('POST', `/orgs/{org}/listening/people/${lucky}/spot`)).body).toMatchObject({
    state: 'spotted',
  })
  // Nobody decided anything about them: after ninety days without a word they are let go of.
  later(91 * day)
  await expireAuthors(app.services)
  expect(await people()).toEqual([])
})

test('nobody jumps from being seen to being written to, and each step says who took it', async () => {
  await manySpeak()
  const move = (facts: object) => owner.call('POST', `/orgs/{org}/listening/people/${annId}/move`, facts)
  const refused = async (facts: object) => (await move(facts)).body.data.code
  expect(await refused({ to: 'in-contact' })).toBe('move-not-allowed')
  expect(await refused({ to: 'checked', real: true, relevant: true, safe: false })).toBe('check-failed')
  expect((await move({ to: 'checked', real: true, relevant: true, safe: true })).body.state).toBe('checked')
  expect(await refused({ to: 'approach-decided' })).toBe('channel-missing')
  const stranger = await app.as('owner', app.theirs)
  const decided = { to: 'approach-decided', channel: 'by mail' }
  expect(await refused({ ...decided, approacherId: stranger.memberId })).toBe('approacher-missing')
  expect((await move({ ...decided, approacherId: owner.memberId })).body).toMatchObject({ channel: 'by mail' })
  expect((await move({ to: 'in-contact', note: 'Answered kindly' })).body.lastContactAt).toBe(now.toISOString())
  const { body } = await owner.call('GET', `/orgs/{org}/listening/people/${annId}`)
  expect(body.moves.map(({ to }: { to: string }) => to)).toEqual(['in-contact', 'approach-decided', 'checked'])
  expect(body.moves[0]).toMatchObject({ note: 'Answered kindly', by: { id: owner.memberId } })
  const kept = await owner.call('PUT', `/orgs/{org}/listening/people/${annId}`, {
    purpose: 'advocacy',
    note: 'Likes tea',
  })
  expect(kept.body.expiresAt).toBe(new Date(now.getTime() + 365 * day).toISOString())
  expect((await stranger.call('GET', `/orgs/{org}/listening/people/${annId}`)).status).toBe(404)
  const out = await move({ to: 'do-not-contact', reason: 'ours' })
  expect(out.body).toMatchObject({ expiresAt: null, note: '', score: null })
})

test('who objects is gone at once, is not stored again, and speaks without a name from then on', async () => {
  await manySpeak()
  const { removed } = (await owner.call('POST', `/orgs/{org}/listening/people/${annId}/object`)).body
  expect(removed).toBe(12)
  expect(await mentions(`?author=${annId}`)).toEqual([])
  const samples = () =>
    asSystem(app.services.db, (tx) =>
      tx.selectFrom('reader_samples').select('id').where('author_id', '=', annId).execute(),
    )
  expect(await samples()).toEqual([])
  const before = (await mentions()).length
  // Brought again by another way: it was said before.
  await hear(said('s0', 'I love this kettle, wonderful', { at: new Date(now.getTime() - 2 * day) }))
  expect(await mentions()).toHaveLength(before)
  later(60_000)
  await hear(said('new', 'Still a kettle', { at: new Date(now), url: 'https://example.org/ann/new' }))
  const [nameless] = await mentions('?q=still')
  expect(nameless).toMatchObject({ author: null, url: null, text: 'Still a kettle' })
  const whole = await inOrg(app.services.db, app.ours, (tx) => tx.selectFrom('mentions').selectAll().execute())
  expect(JSON.stringify(whole)).not.toContain('did:plc:ann')
  expect(await samples()).toEqual([])
  await scoreAuthors(app.services, app.ours)
  const entry = (await people()).find(({ objectedAt }: { objectedAt: string | null }) => objectedAt)
  expect(entry).toMatchObject({ name: null, handle: null, state: 'do-not-contact' })
  expect((await people()).some(({ id }: { id: string }) => id === annId)).toBe(false)
  const events = (await owner.call('GET', '/orgs/{org}/events?limit=5')).body.items
  expect(JSON.stringify(events)).not.toContain('did:plc')
  expect((await owner.call('DELETE', `/orgs/{org}/listening/people/${entry.id}/objection`)).status).toBe(204)
  await hear(said('again', 'Kettle again', { at: new Date(now) }))
  expect((await mentions('?q=again'))[0].author).toMatchObject({ id: annId })
})

test('what was heard goes by its class, sooner where an admin says so, and never later than the class allows', async () => {
  const rule = async (facts: object, by = owner) => by.call('PUT', '/orgs/{org}/listening/retention', facts)
  await hear(said('old', 'An old kettle'))
  later(40 * day)
  await hear(said('new', 'A new kettle'))
  const letters = (await owner.call('GET', '/orgs/{org}/listening/retention')).body[1]
  expect(letters).toMatchObject({ class: 'private', days: 180, most: 365, networks: ['Mailbox'] })
  expect((await rule({ class: 'private', days: 366 })).body.data).toMatchObject({
    code: 'kept-too-long',
    field: 'days',
  })
  expect((await rule({ class: 'public', days: 30 }, await app.as('manager'))).status).toBe(403)
  await rule({ class: 'by-hand', days: 1 })
  expect(await expireByRules(app.services)).toBe(0)
  await rule({ class: 'public', days: 30 })
  expect(await expireByRules(app.services)).toBe(1)
  expect((await mentions()).map(({ text }: { text: string }) => text)).toEqual(['A new kettle'])
  // What was said was said: the counts of both days stay.
  expect(await counted()).toEqual(Array(2).fill({ topic: 1, total: 1, negative: 0 }))
  await hear(said('newest', 'The newest kettle'))
  later(31 * day)
  await expireMentions(app.services)
  expect((await mentions()).map(({ text }: { text: string }) => text)).toEqual(['A new kettle'])
})
