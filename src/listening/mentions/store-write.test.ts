// Mentions on the real database: each once, its counts with it, whatever comes twice, late, at the same moment or out of its month.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { mentionId } from './identity.ts'
import type { NewMention } from './new-mention.ts'
import { removeAuthors, removeMentions, storeMentions } from './store-write.ts'
import { heardOf, labelsOf, mentionOf } from './test-mentions.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

const store = (...mentions: NewMention[]) => asSystem(database.db, (tx) => storeMentions(tx, mentions))

const mentionsOf = (org: string) =>
  inOrg(database.db, org, (tx) => tx.selectFrom('mentions').selectAll().orderBy('at').orderBy('remote_id').execute())

const under = (org: string) =>
  inOrg(database.db, org, (tx) => tx.selectFrom('topic_mentions').selectAll().orderBy('topic').orderBy('at').execute())

const countsOf = (org: string, table: 'topic_minutes' | 'topic_hours') =>
  inOrg(database.db, org, (tx) =>
    tx
      .selectFrom(table)
      .select(['topic', 'network', 'at', 'total', 'negative', 'positive', 'judged'])
      .orderBy('topic')
      .orderBy('at')
      .execute(),
  )

const daysOf = (org: string) =>
  inOrg(database.db, org, (tx) =>
    tx
      .selectFrom('topic_days')
      .select(['topic', 'at', 'total', 'negative', 'positive', 'judged'])
      .orderBy('topic')
      .orderBy('at')
      .execute(),
  )

test('what was said is stored as it was heard, with what lists, search and counts need', async () => {
  const org = newId()
  const text = 'a "quoted" \\ word, {braces} and 😀'
  const heard = {
    id: 'x',
    text,
    title: null,
    media: ['image' as const],
    links: ['https://example.org/"a",b\\{c}'],
    root: 'w',
    replyTo: 'w',
  }
  await store(mentionOf(org, heard, { topics: [1, 4], words: [-5, 7] }))
  expect(await mentionsOf(org)).toMatchObject([
    {
      id: mentionId('practice', 'x'),
      at: new Date('2026-11-29T11:59:30Z'),
      body: text,
      media: ['image'],
      links: heard.links,
      topics: [1, 4],
      words: [-5, 7],
      author_id: mentionId('practice', 'ann'),
      author_followers: 12,
      root: 'w',
      sentiment: -1,
      sentiment_certainty: 80,
    },
  ])
  expect(await under(org)).toMatchObject([
    { topic: 1, sentiment: -1, language: 'en', intent: 'complaint' },
    { topic: 4, emotion: 'anger' },
  ])
  const day = { total: 1, negative: 1, positive: 0, judged: 1 }
  const counted = { network: 'practice', ...day }
  expect(await countsOf(org, 'topic_minutes')).toEqual(
    [1, 4].map((topic) => ({ ...counted, topic, at: new Date('2026-11-29T11:59:00Z') })),
  )
  expect(await countsOf(org, 'topic_hours')).toEqual(
    [1, 4].map((topic) => ({ ...counted, topic, at: new Date('2026-11-29T11:00:00Z') })),
  )
  expect(await daysOf(org)).toEqual([1, 4].map((topic) => ({ ...day, topic, at: new Date('2026-11-29T00:00:00Z') })))
})

test('the same a second time changes nothing; a topic that matches by now is added and counted once', async () => {
  const org = newId()
  await store(mentionOf(org, { id: 'x' }), mentionOf(org, { id: 'x' }))
  expect(await store(mentionOf(org, { id: 'x' }))).toMatchObject([{ isNew: false, newTopics: [] }])
  expect(await store(mentionOf(org, { id: 'x' }, { topics: [1, 2] }))).toMatchObject([{ isNew: false, newTopics: [2] }])
  await store(mentionOf(org, { id: 'x' }, { topics: [2] }))
  expect(await mentionsOf(org)).toMatchObject([{ topics: [1, 2] }])
  expect((await daysOf(org)).map(({ topic, total }) => [topic, total])).toEqual([
    [1, 1],
    [2, 1],
  ])
})

test('a time that lies ahead becomes the time of hearing, and it is still stored once', async () => {
  const org = newId()
  const ahead = { id: 'x', at: new Date('2031-01-01T00:00:00Z') }
  await store(mentionOf(org, ahead))
  await store(mentionOf(org, ahead, { heardAt: new Date('2026-11-29T12:07:00Z') }))
  expect((await mentionsOf(org)).map(({ at }) => at)).toEqual([new Date('2026-11-29T12:00:00Z')])
})

test('organisations are counted apart, and nothing judged is neither negative nor positive', async () => {
  const [ours, theirs] = [newId(), newId()]
  const silent = labelsOf({ sentiment: null, sentimentCertainty: null, emotion: null, intent: null, language: 'und' })
  await store(
    mentionOf(ours, { id: 'x' }, { labels: silent }),
    mentionOf(theirs, { id: 'x' }, { labels: labelsOf({ sentiment: 1 }) }),
  )
  expect(await daysOf(ours)).toMatchObject([{ total: 1, negative: 0, positive: 0, judged: 0 }])
  expect(await daysOf(theirs)).toMatchObject([{ total: 1, negative: 0, positive: 1, judged: 1 }])
  expect(await under(ours)).toMatchObject([{ sentiment: null, emotion: null, intent: null, language: 'und' }])
})

test('eight writers with the same hundred at the same moment store and count each once', async () => {
  const org = newId()
  const hundred = Array.from({ length: 100 }, (_, index) =>
    mentionOf(
      org,
      { id: `m${index}`, at: new Date(Date.UTC(2026, 10, 29, 10, index % 60)) },
      { topics: [1 + (index % 3)] },
    ),
  )
  await Promise.all(
    Array.from({ length: 8 }, (_, turn) => store(...hundred.slice(turn * 5), ...hundred.slice(0, turn * 5))),
  )
  expect(await mentionsOf(org)).toHaveLength(100)
  expect((await daysOf(org)).map(({ total }) => total)).toEqual([34, 33, 33])
})

test('years of history find their months, and what lay there before its month moves into it', async () => {
  const org = newId()
  const at = new Date('2019-03-31T23:59:59.999Z')
  // As a restored backup brings it: before anything has asked for the month.
  await asSystem(database.db, (tx) =>
    sql`insert into mentions (org_id, at, id, heard_at, source_id, network, remote_id, kind, body, language, initiator, words, expires_at)
      values (${org}, ${at}, ${mentionId('practice', 'old')}, ${at}, ${newId()}, 'practice', 'old', 'post', 'old', 'en', 'customer', '{}', '2030-01-01')`.execute(
      tx,
    ),
  )
  await store(
    mentionOf(org, { id: 'march', at: new Date('2019-03-01T00:00:00Z') }),
    mentionOf(org, { id: 'april', at: new Date('2019-04-01T00:00:00Z') }),
  )
  const seen = await database.owner.query(
    `select tableoid::regclass::text as month, remote_id from mentions where org_id = $1 order by at`,
    [org],
  )
  expect(seen.rows).toEqual([
    { month: 'months.mentions_2019_03', remote_id: 'march' },
    { month: 'months.mentions_2019_03', remote_id: 'old' },
    { month: 'months.mentions_2019_04', remote_id: 'april' },
  ])
})

test('whoever makes a month ready speaks afterwards for whom it spoke before', async () => {
  const seen = await inOrg(database.db, newId(), async (tx) => {
    await sql`select prepare_month('2018-01-15')`.execute(tx)
    return sql<{
      system: boolean
    }>`select is_system() as system, exists (select from pg_class where relname = 'mentions_2018_01') as made`.execute(
      tx,
    )
  })
  expect(seen.rows).toEqual([{ system: false, made: true }])
})

test('months are open to nobody but through the walls', async () => {
  await expect(
    inOrg(database.db, newId(), (tx) => sql`select from months.mentions_2019_03`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

test('what its author takes back goes, in every organisation; an account that is gone takes all of its words along', async () => {
  const [ours, theirs] = [newId(), newId()]
  const bob = {
    ...heardOf({ id: 'b' }),
    author: { id: `bob of ${ours}`, handle: null, name: null, url: null, followers: null },
  }
  const [a, b] = [`a of ${ours}`, `b of ${ours}`]
  await store(
    mentionOf(ours, { id: a }),
    mentionOf(theirs, { id: a }),
    mentionOf(ours, { ...bob, id: b }, { topics: [1, 2] }),
  )
  await asSystem(database.db, (tx) => removeMentions(tx, [mentionId('practice', a)]))
  expect((await mentionsOf(ours)).map(({ remote_id }) => remote_id)).toEqual([b])
  expect(await mentionsOf(theirs)).toEqual([])
  expect(await under(theirs)).toEqual([])
  await asSystem(database.db, (tx) => removeAuthors(tx, [mentionId('practice', bob.author.id)]))
  expect(await mentionsOf(ours)).toEqual([])
  expect(await under(ours)).toEqual([])
})

test('a further topic gets it as it is understood by now, not as it was heard again', async () => {
  const org = newId()
  await store(mentionOf(org, { id: 'x' }, { topics: [1] }))
  // Somebody said that it was praise.
  await inOrg(database.db, org, (tx) =>
    tx.updateTable('mentions').set({ sentiment: 1, emotion: 'joy' }).where('org_id', '=', org).execute(),
  )
  await store(mentionOf(org, { id: 'x' }, { topics: [1, 2] }))
  expect((await under(org)).filter(({ topic }) => topic === 2)).toMatchObject([{ sentiment: 1, emotion: 'joy' }])
  expect((await countsOf(org, 'topic_hours')).filter(({ topic }) => topic === 2)).toMatchObject([
    { total: 1, negative: 0, positive: 1, judged: 1 },
  ])
})

test('a month that a failing transaction made ready is made ready again, and what was said in it lies there', async () => {
  const org = newId()
  const said = mentionOf(org, { id: 'x', at: new Date('2018-05-05T10:00:00Z') })
  const failing = asSystem(database.db, async (tx) => {
    await storeMentions(tx, [said])
    throw new Error('the lease was lost')
  })
  await expect(failing).rejects.toThrow('the lease was lost')
  for (const id of ['x', 'y']) {
    await store({ ...said, heard: { ...said.heard, id } })
    const lies = await asSystem(database.db, (tx) =>
      sql<{
        name: string
      }>`select distinct tableoid::regclass::text as name from mentions where org_id = ${org}`.execute(tx),
    )
    expect(lies.rows).toEqual([{ name: 'months.mentions_2018_05' }])
  }
})
