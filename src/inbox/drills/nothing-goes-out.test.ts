// What is practised cannot be sent: no code of drills reaches the ledger or a network, no table of theirs names one, and a whole drill leaves both as they were.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { reaches, sourceFiles } from '../../../test/imports.ts'
import { asSystem } from '../../db/tx.ts'
import { keep, network, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'
import { handedIn, judged } from './drills.testing.ts'

useInbox(() => keep([saying(saidOf('ann'))]))

const ofDrills = sourceFiles(['src/inbox/drills'], /(?<!\.test|\.testing)\.ts$/)

test('no file of drills reaches what plans, sends or keeps answers, nor a network', () => {
  expect(ofDrills.length).toBeGreaterThan(8)
  const sending = [
    ...sourceFiles(['src/publishing/delivery', 'src/publishing/answers'], /(?<!\.test)\.ts$/),
    ...['src/connectors/registry.ts', 'src/connectors/http.ts', 'src/inbox/answers/actions.ts'],
    ...['src/inbox/answers/store-drafts.ts', 'src/inbox/answers/drafts.ts'],
  ]
  const found = ofDrills.flatMap((from) => sending.filter((to) => reaches(from, to)).map((to) => `${from} → ${to}`))
  expect(found).toEqual([])
})

test('their tables refer to members and organisations, and nothing that goes out refers to them', async () => {
  const found = await asSystem(world.services.db, (tx) =>
    sql<{ at: string; to: string }>`
      select conrelid::regclass::text as at, confrelid::regclass::text as to from pg_constraint
        where contype = 'f' and (conrelid::regclass::text = any(array['exercises', 'drills', 'drill_answers'])
          or confrelid::regclass::text = any(array['exercises', 'drills', 'drill_answers'])) order by 1, 2`.execute(tx),
  )
  expect(found.rows).toEqual([
    { at: 'drill_answers', to: 'drills' },
    { at: 'drills', to: 'members' },
    { at: 'exercises', to: 'organisations' },
  ])
})

test('a drill from its beginning to its judgement leaves everything that is sent, drafted or said as it was', async () => {
  const tables = [
    'answers',
    'variants',
    'parts',
    'attempts',
    'answer_drafts',
    'answer_origins',
    'messages',
    'posts',
    'conversation_entries',
  ]
  const counts = () =>
    asSystem(world.services.db, async (tx) => {
      const each = tables.map(async (table) => {
        const found = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
        return [table, Number(found.rows[0]!.n)] as const
      })
      return Object.fromEntries(await Promise.all(each))
    })
  const before = { counts: await counts(), posts: network.posts().length }
  const drill = await handedIn(await world.as('contributor'))
  expect((await judged(await world.as('manager'), drill, 5)).body).toMatchObject({ passed: true })
  expect({ counts: await counts(), posts: network.posts().length }).toEqual(before)
  // What is told and recorded of it, webhooks included, quotes nothing of it.
  const told = await asSystem(world.services.db, (tx) =>
    sql<{ facts: string }>`select facts::text from notifications where kind like 'drill-%'
      union all select facts::text from events where verb like 'drill.%'`.execute(tx),
  )
  expect(told.rows.length).toBeGreaterThan(8)
  expect(told.rows.filter(({ facts }) => facts.includes('I say'))).toEqual([])
})
