// The audit names the organisation and the first event at which somebody changed the log behind Longrun's back.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { anOrganisation } from '../../test/world/practice.ts'
import { inOrg } from '../db/tx.ts'
import { recordAll } from '../events/actions.ts'
import type { Caller } from '../people/types.ts'
import { verifyAll } from './audit.ts'

let database: TestDatabase
let callers: Caller[]

beforeAll(async () => {
  database = await testDatabase()
  callers = [await anOrganisation(database.db, 'One'), await anOrganisation(database.db, 'Two')]
  const events = Array.from({ length: 5 }, (_, number) => ({
    verb: 'department.added',
    subject: { kind: 'department', id: null },
    facts: { number },
  }))
  for (const { orgId, actor } of callers) {
    await inOrg(database.db, orgId, (tx) => recordAll(tx, orgId, actor, new Date(), events))
  }
})
afterAll(() => database.close())

/** As somebody with all rights on the database server would. */
const behindItsBack = async (statement: string, values: unknown[]): Promise<void> => {
  await database.owner.query('alter table events disable trigger append_only')
  await database.owner.query(statement, values)
  await database.owner.query('alter table events enable trigger append_only')
}

test('an untouched log is unbroken', async () => {
  const { lines, broken } = await verifyAll(database)
  expect(broken).toBe(0)
  expect(lines.at(-1)).toBe('2 organisations, 10 events checked: unbroken.')
})

test('a changed event is found, and other organisations stay unbroken', async () => {
  await behindItsBack("update events set verb = 'department.removed' where org_id = $1 and seq = 3", [
    callers[0]!.orgId,
  ])
  const { lines, broken } = await verifyAll(database)
  expect(broken).toBe(1)
  expect(lines.find((line) => line.startsWith('One'))).toMatch(/BROKEN at event 3$/)
  expect(lines.find((line) => line.startsWith('Two'))).toMatch(/5 events, unbroken/)
})

test('a log whose end was removed together with its head is missed', async () => {
  await database.owner.query('delete from event_heads where org_id = $1', [callers[1]!.orgId])
  const { lines } = await verifyAll(database)
  expect(lines.find((line) => line.startsWith('Two'))).toMatch(/BROKEN at event 1$/)
})
