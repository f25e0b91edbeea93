// People who speak, on the real database: named, renamed, ranked, decided about, let go of, and left alone when they object.

import { expect, test } from 'vitest'
import type { Heard } from '../../connectors/listen.ts'
import { inOrg } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import { expireMentions } from '../mentions/upkeep.ts'
import { expireByRules } from '../retention/actions.ts'
import {
  annId,
  app,
  as,
  bring,
  counted,
  day,
  hear,
  later,
  manySpeak,
  mentions,
  network,
  now,
  owner,
  people,
  said,
  samplesOf,
  useGround,
} from './ground.testing.ts'
import { nameAuthors } from './names.ts'
import { expireAuthors } from './upkeep.ts'

useGround()

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
  expect(await samplesOf(annId)).toEqual([])
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

test('what is said, put right and taken back within one batch is stored as it was last', async () => {
  const [first, last] = [said('1', 'My kettle leaks, terrible'), said('1', 'My kettle is wonderful, I love it')]
  await bring({ type: 'heard', heard: first }, { type: 'changed', heard: last })
  expect((await mentions()).map(({ text }: { text: string }) => text)).toEqual([last.text])
  expect(await counted()).toEqual([{ topic: 1, total: 1, negative: 0 }])
  const bo = said('2', 'A kettle', { author: as('bo') })
  await bring({ type: 'heard', heard: bo })
  expect(await samplesOf(mentionId(network, 'did:plc:bo'))).toHaveLength(1)
  const cy = said('3', 'A kettle', { author: as('cy') })
  await bring({ type: 'heard', heard: cy }, { type: 'removed', id: '3' })
  expect(await mentions('?q=kettle')).toHaveLength(2)
  expect(await samplesOf(mentionId(network, 'did:plc:cy'))).toEqual([])
})

test('what people said of it stays when its words change', async () => {
  await hear(said('1', 'My kettle leaks, terrible'))
  const [{ id }] = await mentions()
  const set = { sentiment: 0, crisis: true, offensive: true }
  expect((await owner.call('PUT', `/orgs/{org}/mentions/${id}/labels`, set)).status).toBe(200)
  const labels = () =>
    inOrg(app.services.db, app.ours, (tx) =>
      tx
        .selectFrom('mentions')
        .select(['language', 'sentiment', 'sentiment_certainty', 'emotion', 'intent', 'offensive', 'crisis'])
        .execute(),
    )
  const before = await labels()
  expect(before).toMatchObject([{ sentiment: 0, sentiment_certainty: null, offensive: 100, crisis: 100 }])
  await bring({ type: 'changed', heard: said('1', 'My kettle is wonderful, I love it') })
  expect((await mentions())[0].text).toContain('wonderful')
  expect(await labels()).toEqual(before)
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

test('whoever spoke too long ago to be remembered is not spotted', async () => {
  await hear(said('old', 'A kettle'))
  later(91 * day)
  const { status, body } = await owner.call('POST', `/orgs/{org}/listening/people/${annId}/spot`)
  expect([status, body.data.code]).toEqual([422, 'spoke-too-long-ago'])
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
  // Nor of what was noted on the way.
  const steps = (await owner.call('GET', `/orgs/{org}/listening/people/${annId}`)).body.moves
  expect(steps.map(({ note }: { note: string }) => note)).toEqual(['', '', '', ''])
  expect(JSON.stringify(steps)).not.toContain('by mail')
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
