// What steps of the schema do with what is there: the statement of the step itself, on rows as an upgrade finds them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { anOrganisation } from '../../test/world/practice.ts'
import { newId } from '../lib/ids.ts'
import { migrationText } from './migrate.ts'
import { asSystem } from './tx.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

test('the inbox takes over what was handed to it lately, and not all that was ever handed on', async () => {
  const [statement] = migrationText('0039-taken-over.sql').match(/^update hand_ons set try_at[^;]*;/m) ?? []
  expect(statement).toBeDefined()
  const { orgId, memberId } = await anOrganisation(database.db)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  const row = (reason: string, change: object = {}) => ({
    ...{ org_id: orgId, id: newId(), mention_id: newId(), kind: 'inbox', reason, assignee_id: memberId },
    ...{ created_at: daysAgo(3), created_by: memberId, ...change },
  })
  await asSystem(database.db, (tx) =>
    tx
      .insertInto('hand_ons')
      .values([
        row('lately'),
        row('long ago', { created_at: daysAgo(15) }),
        row('an insight', { kind: 'insight' }),
        row('taken back', { taken_back_at: daysAgo(2) }),
      ])
      .execute(),
  )
  const client = await database.owner.connect()
  await client.query("select set_config('longrun.scope', 'system', false)")
  await client.query(statement!)
  client.release(true)
  const rows = await asSystem(database.db, (tx) => tx.selectFrom('hand_ons').select(['reason', 'try_at']).execute())
  expect(rows.filter(({ try_at }) => try_at !== null).map(({ reason }) => reason)).toEqual(['lately'])
})
