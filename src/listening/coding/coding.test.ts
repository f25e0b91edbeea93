// Labels by people on the real database: set, counted, undone; drawn at random, coded by two, settled, measured and learnt from.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { learnFromCodedTexts } from '../labels/learn.ts'
import { mentionId } from '../mentions/identity.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { labelsOf, mentionOf } from '../mentions/test-mentions.ts'

let world: TestApp
let owner: TestSession
let ann: TestSession
let bob: TestSession
const now = new Date('2026-11-29T12:00:00Z')

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  ann = await world.as('manager')
  bob = await world.as('contributor')
})
afterAll(() => world?.close())

async function makeTopic(name: string): Promise<{ id: string; number: number }> {
  const made = await owner.call('POST', '/orgs/{org}/topics', { name, kind: 'brand', query: `"${name}"` })
  expect(made.status).toBe(201)
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', made.body.id).executeTakeFirstOrThrow(),
  )
  return { id: made.body.id, number }
}

type Sentiment = -1 | 0 | 1
const say = (topic: number, said: { id: string; text?: string; sentiment: Sentiment }[]) =>
  asSystem(world.services.db, (tx) =>
    storeMentions(
      tx,
      said.map(({ id, text, sentiment }) =>
        mentionOf(
          world.ours,
          { id, ...(text && { text }) },
          { topics: [topic], labels: labelsOf({ sentiment, emotion: null, intent: null }) },
        ),
      ),
    ),
  )

const countsOf = (topic: number) =>
  inOrg(world.services.db, world.ours, async (tx) => ({
    of: await Promise.all(
      (['topic_minutes', 'topic_hours', 'topic_days'] as const).map((table) =>
        tx
          .selectFrom(table)
          .select(['total', 'negative', 'positive', 'judged'])
          .where('topic', '=', topic)
          .executeTakeFirstOrThrow(),
      ),
    ),
    labels: Object.fromEntries(
      (
        await sql<{ label: string; count: number }>`
          select label, count(*)::integer as count from topic_mentions, unnest(array['emotion ' || emotion, 'language ' || language]) label
            where topic = ${topic} and label is not null group by 1`.execute(tx)
      ).rows.map(({ label, count }) => [label, count]),
    ),
  }))
const same = (counts: object) => [counts, counts, counts]

const eventsOf = (verb: string) =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('events').selectAll().where('verb', '=', verb).orderBy('seq').execute(),
  )

describe('a correction', () => {
  test('changes the mention, its entry under the topic and every count; undone, all is as before', async () => {
    const topic = await makeTopic('Corrected')
    await say(topic.number, [
      { id: 'c1', sentiment: -1 },
      { id: 'c2', sentiment: 1 },
    ])
    const id = mentionId('practice', 'c1')
    const before = await countsOf(topic.number)
    expect(before.of).toEqual(same({ total: 2, negative: 1, positive: 1, judged: 2 }))
    const set = await bob.call('PUT', `/orgs/{org}/mentions/${id}/labels`, {
      sentiment: 1,
      emotion: 'joy',
      crisis: true,
    })
    expect(set.status).toBe(200)
    expect(set.body.mention).toMatchObject({ sentiment: 1, sentimentCertainty: null, emotion: 'joy', crisis: 100 })
    expect(set.body.mention.labelledAt).toBe(now.toISOString())
    const after = await countsOf(topic.number)
    expect(after.of).toEqual(same({ total: 2, negative: 0, positive: 2, judged: 2 }))
    expect(after.labels).toMatchObject({ 'emotion joy': 1, 'language en': 2 })
    const listed = await owner.call('GET', `/orgs/{org}/mentions?topic=${topic.id}&sentiment=positive&emotion=joy`)
    expect(listed.body.items.map((each: { id: string }) => each.id)).toEqual([id])

    const again = await owner.call('PUT', `/orgs/{org}/mentions/${id}/labels`, { sentiment: 0 })
    const history = await owner.call('GET', `/orgs/{org}/mentions/${id}/labels`)
    expect(history.body[0]).toMatchObject({ label: 'sentiment', before: '1', after: '0', machine: '-1', setId: null })
    const [said] = await eventsOf('mention.labelled')
    expect(said?.facts).toMatchObject({ before: { sentiment: '-1', emotion: null }, labels: { sentiment: 1 } })

    const undo = (corrections: string[]) =>
      owner.call('POST', `/orgs/{org}/mentions/${id}/labels/undo`, { corrections })
    expect((await undo(again.body.corrections)).body).toMatchObject({ sentiment: 1 })
    const undone = await undo(set.body.corrections)
    expect(undone.body).toMatchObject({
      sentiment: -1,
      sentimentCertainty: 80,
      emotion: null,
      crisis: 1,
      labelledAt: null,
    })
    const end = await countsOf(topic.number)
    expect(end.of).toEqual(before.of)
    expect(end.labels).toEqual(before.labels)
  })

  test('is refused to those who only look on, and of mentions that are not there', async () => {
    const viewer = await world.as('viewer')
    const id = mentionId('practice', 'c1')
    expect((await viewer.call('PUT', `/orgs/{org}/mentions/${id}/labels`, { sentiment: 1 })).status).toBe(403)
    const nowhere = mentionId('practice', 'nowhere')
    expect((await owner.call('PUT', `/orgs/{org}/mentions/${nowhere}/labels`, { sentiment: 1 })).status).toBe(404)
  })
})

interface Text {
  place: number
  text: string
}

describe('a coding set', () => {
  let topic: { id: string; number: number }
  /** A sarcastic public: what sounds good is meant badly. */
  const said = Array.from({ length: 60 }, (_, at) => ({
    id: `s${at}`,
    text: at % 2 === 0 ? `Number ${at}: I love it, wonderful and great` : `Number ${at}: I hate it, awful and broken`,
    sentiment: (at % 2 === 0 ? 1 : -1) as Sentiment,
  }))
  let set: { id: string; seed: number }
  const path = (rest = '') => `/orgs/{org}/listening/coding-sets/${set.id}${rest}`
  const range = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
  const code = (who: TestSession, place: number, value: string | null) =>
    who.call('PUT', path(`/texts/${place}/code`), { value })

  beforeAll(async () => {
    topic = await makeTopic('Coded')
    await say(topic.number, said)
  })

  test('is drawn at random, the same by the same seed; its coders are two who may code', async () => {
    const viewer = await world.as('viewer')
    const facts = { name: 'First', label: 'sentiment', topic: topic.id, ...range, size: 40 }
    const make = (change: object) => owner.call('POST', '/orgs/{org}/listening/coding-sets', { ...facts, ...change })
    const coders = [ann.memberId, bob.memberId]
    expect((await make({ coders: [ann.memberId, ann.memberId] })).body.data.code).toBe('two-coders-needed')
    expect((await make({ coders: [ann.memberId, viewer.memberId] })).body.data.code).toBe('cannot-code')
    const made = await make({ coders, seed: 7 })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ size: 40, population: 60, seed: 7, state: 'coding', topic: 'Coded', mine: false })
    set = made.body
    const idsOf = (id: string) =>
      inOrg(world.services.db, world.ours, (tx) =>
        tx.selectFrom('coding_items').select('mention_id').where('set_id', '=', id).orderBy('place').execute(),
      )
    const twin = await make({ coders, seed: 7 })
    expect(await idsOf(twin.body.id)).toEqual(await idsOf(set.id))
    const other = await make({ coders })
    expect(await idsOf(other.body.id)).not.toEqual(await idsOf(set.id))
    for (const { body } of [twin, other])
      expect((await owner.call('DELETE', `/orgs/{org}/listening/coding-sets/${body.id}`)).status).toBe(204)
  })

  test('shows each coder the texts alone: not the machine’s labels, not the other’s', async () => {
    const texts: Text[] = (await ann.call('GET', path('/texts'))).body
    expect(texts).toHaveLength(40)
    expect(Object.keys(texts[0]!).sort()).toEqual(['at', 'language', 'mine', 'place', 'text', 'title'])
    expect((await owner.call('GET', path('/texts'))).body.data.code).toBe('not-a-coder')
    await code(ann, 0, '1')
    const seen = (await bob.call('GET', path('/texts'))).body
    expect(seen.every(({ mine }: { mine: string | null }) => mine === null)).toBe(true)
    expect((await code(ann, 0, 'joy')).body.data.code).toBe('not-a-label-of-this-set')
    expect((await ann.call('GET', path('/agreement'))).body.data.code).toBe('still-coding')
    expect((await code(ann, 0, null)).body.coders[0]).toMatchObject({ memberId: ann.memberId, coded: 0 })
  })

  test('comes to a kappa, is settled, and its labels go onto the mentions and into the counts', async () => {
    const texts: Text[] = (await ann.call('GET', path('/texts'))).body
    for (const { place } of texts) {
      await code(ann, place, '-1')
      await code(bob, place, place < 4 ? '0' : place < 6 ? 'unclear' : '-1')
    }
    expect((await code(ann, 0, '0')).body.data.code).toBe('coding-is-over')
    const { body } = await owner.call('GET', path('/agreement'))
    expect(body.all).toMatchObject({ n: 40, observed: 34 / 40, kappa: 0 })
    expect(body.differences).toHaveLength(6)
    expect((await owner.call('POST', path('/finish'))).body.data.code).toBe('still-open')
    for (const { place } of body.differences)
      await owner.call('PUT', path(`/texts/${place}/settled`), { value: place === 0 ? 'unclear' : '-1' })
    expect((await owner.call('GET', path())).body.state).toBe('ready')
    const finished = await owner.call('POST', path('/finish'))
    expect(finished.body).toMatchObject({ state: 'finished', size: 40 })
    expect((await owner.call('POST', path('/finish'))).body.state).toBe('finished')
    const counts = await countsOf(topic.number)
    const positives = await inOrg(world.services.db, world.ours, async (tx) => {
      const found = await sql<{ n: number }>`select count(*)::integer as n from mentions
        where sentiment = 1 and topics @> array[${topic.number}]::integer[]`.execute(tx)
      return found.rows[0]!.n
    })
    expect(counts.of).toEqual(same({ total: 60, negative: 60 - positives, positive: positives, judged: 60 }))
    expect(positives).toBeLessThan(30)
    expect(await eventsOf('coding-set.finished')).toHaveLength(1)
  })

  test('measures the machine by what was drawn; corrections of single mentions stay out of it', async () => {
    const { body } = await owner.call('GET', `/orgs/{org}/listening/accuracy?topic=${topic.id}`)
    expect(body.sentiment.n).toBe(39)
    const { share, low, high } = body.sentiment.figure
    expect(low).toBeLessThan(share)
    expect(share).toBeLessThan(high)
    expect(body.sentiment.sentence).toMatch(/^The machine agreed with people in \d+ % \(\d+–\d+\) of 39 texts/)
    await ann.call('PUT', `/orgs/{org}/mentions/${mentionId('practice', 's59')}/labels`, { sentiment: 1 })
    const after = await owner.call('GET', `/orgs/{org}/listening/accuracy?topic=${topic.id}`)
    expect(after.body.sentiment).toEqual(body.sentiment)
    expect(after.body.adHoc.corrected).toBe(1)
    const other = await makeTopic('Not coded')
    const none = await owner.call('GET', `/orgs/{org}/listening/accuracy?topic=${other.id}`)
    expect(none.body.sentiment).toMatchObject({ n: 0, figure: null })
  })

  test('teaches the machine, and a switch turns that off', async () => {
    await learnFromCodedTexts(world.services, world.ours)
    const learnt = await owner.call('GET', '/orgs/{org}/listening/lessons')
    expect(learnt.body).toMatchObject({ off: false, lessons: [{ family: 'english', looks: 39, used: true }] })
    const [{ right, shifts }] = learnt.body.lessons
    expect(right.after).toBeGreaterThan(right.before)
    expect(shifts.negative).toBeGreaterThan(0)
    expect((await bob.call('PUT', '/orgs/{org}/listening/lessons', { off: true })).status).toBe(403)
    expect((await ann.call('PUT', '/orgs/{org}/listening/lessons', { off: true })).body.off).toBe(true)
    await ann.call('PUT', '/orgs/{org}/listening/lessons', { off: true })
    expect(await eventsOf('label-lessons.turned-off')).toHaveLength(1)
  })
})
