// The second look on the real database: labels and counts follow the accurate path; people, changes meanwhile and a path that is off are respected.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { anOrganisation } from '../../../test/world/practice.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { moved } from '../labels/lessons.ts'
import type { NewMention, StoredMention } from '../mentions/new-mention.ts'
import { holdMentions, relabel } from '../mentions/relabel.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import {
  type AccuratePath,
  classifyAccurately,
  deservesSecondLook,
  openAccuratePath,
  refine,
} from '../text/accurate/path.ts'
import { classify, loadClassifier } from '../text/classify.ts'
import type { Understanding } from '../text/types.ts'
import { labeller, storedLabels } from './labels.ts'
import { startSecondLook } from './second-look.ts'

let database: TestDatabase
let path: AccuratePath
const classifier = loadClassifier()
beforeAll(async () => {
  database = await testDatabase()
  path = openAccuratePath()
})
afterAll(async () => {
  await path?.stop()
  await database?.close()
})

const texts = [
  'The staff could not have been nicer',
  'I am never coming back to this place',
  'Not that anybody would complain, it just works',
  'You would think they had tested it before they sold it',
  'Nothing about this jacket could be better',
]
const log = { info: () => {}, warn: () => {}, error: () => {} }
const look = (openPath = async () => ({ ...path, stop: async () => {} }), since?: Date) =>
  startSecondLook({ services: { db: database.db, log }, lessonsOf: () => undefined, openPath, since })

async function say(org: string): Promise<StoredMention[]> {
  const { understand } = await labeller()
  const mentions = texts.map((text, at): NewMention => {
    const labels = storedLabels(understand({ title: null, text, languages: ['en'] }))
    return mentionOf(org, { id: String(at), text, languages: ['en'] }, { labels, secondLook: 'unsure' })
  })
  return asSystem(database.db, (tx) => storeMentions(tx, mentions))
}

const sentimentsOf = (org: string) =>
  inOrg(database.db, org, async (tx) => {
    const rows = await tx.selectFrom('mentions').select(['remote_id', 'sentiment']).orderBy('remote_id').execute()
    const under = await tx.selectFrom('topic_mentions').select('sentiment').execute()
    const { negative, positive, judged, total } = await tx
      .selectFrom('topic_minutes')
      .select(['negative', 'positive', 'judged', 'total'])
      .executeTakeFirstOrThrow()
    const count = (of: { sentiment: number | null }[], value: number) =>
      of.filter(({ sentiment }) => sentiment === value).length
    // The three tables never say different things.
    expect([count(under, -1), count(under, 1), texts.length]).toEqual([negative, positive, total])
    expect(judged).toBe(texts.length)
    return rows.map(({ sentiment }) => sentiment)
  })

const value = { negative: -1, neutral: 0, positive: 1 }

test('labels are those of the accurate path afterwards, and the counts follow', async () => {
  const org = newId()
  const fast = texts.map((text) => value[classify(classifier, text, { languages: ['en'] }).sentiment.label])
  const said = await classifyAccurately(classifier, path, texts, { languages: ['en'] })
  const accurate = said.map(({ sentiment }) => value[sentiment.label])
  expect(accurate).not.toEqual(fast)
  const stored = await say(org)
  expect(await sentimentsOf(org)).toEqual(fast)
  const second = look()
  second.take(stored)
  await second.idle()
  expect(await sentimentsOf(org)).toEqual(accurate)
  await second.stop()
})

test('what people taught moves what the fast path says, and the accurate one is asked after that', async () => {
  const org = newId()
  const stored = await say(org)
  const lessons = new Map([['english' as const, { slope: 1, shifts: [1, 0, -1] }]])
  const { understand } = await labeller()
  const scores = await path.score(texts)
  const labels = (way: (text: string, at: number) => Understanding) =>
    texts
      .map(way)
      .map(storedLabels)
      .map(({ sentiment, sentimentCertainty }) => [sentiment, sentimentCertainty])
  const said = (text: string) => understand({ title: null, text, languages: ['en'] })
  const right = labels((text, at) => refine(text, moved(said(text), lessons), scores![at]!, path.head))
  expect(right).not.toEqual(labels((text, at) => moved(refine(text, said(text), scores![at]!, path.head), lessons)))
  const second = startSecondLook({
    ...{ services: { db: database.db, log }, lessonsOf: () => lessons },
    openPath: async () => ({ ...path, stop: async () => {} }),
  })
  second.take(stored)
  await second.idle()
  await second.stop()
  const rows = await inOrg(database.db, org, (tx) =>
    tx.selectFrom('mentions').select(['sentiment', 'sentiment_certainty']).orderBy('remote_id').execute(),
  )
  expect(rows.map(({ sentiment, sentiment_certainty }) => [sentiment, sentiment_certainty])).toEqual(right)
})

test('what a person set stays', async () => {
  const org = newId()
  const stored = await say(org)
  await asSystem(database.db, async (tx) => {
    const held = await holdMentions(
      tx,
      stored.map(({ id, at }) => ({ orgId: org, id, at })),
    )
    await relabel(
      tx,
      held.map((each) => ({ held: each, labels: { ...each.labels, sentiment: 0 as const }, labelledAt: new Date() })),
    )
  })
  const second = look()
  second.take(stored)
  await second.idle()
  expect(await sentimentsOf(org)).toEqual(texts.map(() => 0))
  await second.stop()
})

test('while the path is off everything keeps its labels, and stopping waits for nothing', async () => {
  const org = newId()
  const stored = await say(org)
  const before = await sentimentsOf(org)
  const second = look(async () => ({ ...path, score: async () => null, stop: async () => {} }))
  second.take(stored)
  await second.stop()
  expect(await sentimentsOf(org)).toEqual(before)
})

test('what waits when its worker is killed is looked at by the next one, if it was said lately', async () => {
  const [{ orgId: lately }, { orgId: before }] = await Promise.all([
    anOrganisation(database.db),
    anOrganisation(database.db),
  ])
  const since = new Date(Date.now() - 3_600_000)
  for (const [org, minutes] of [
    [lately, 30],
    [before, 90],
  ] as const) {
    const at = new Date(Date.now() - minutes * 60_000)
    const worker = fork(join(import.meta.dirname, 'dying-look.testing.ts'), [
      JSON.stringify({ connection: database.connection, org, texts, at }),
    ])
    expect((await once(worker, 'message'))[0]).toBe('looking')
    const gone = once(worker, 'exit')
    worker.kill('SIGKILL')
    await gone
  }
  const fast = await sentimentsOf(lately)
  const said = await classifyAccurately(classifier, path, texts, { languages: ['en'] })
  const due = texts.map((text) => deservesSecondLook(classify(classifier, text, { languages: ['en'] })))
  const expected = said.map(({ sentiment }, at) => (due[at] ? value[sentiment.label] : fast[at]))
  expect(expected).not.toEqual(fast)
  const second = look(undefined, since)
  await second.idle()
  expect(await sentimentsOf(lately)).toEqual(expected)
  expect(await sentimentsOf(before)).toEqual(fast)
  await second.stop()
})
