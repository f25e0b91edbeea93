// The walls between organisations hold even for a query that forgets its `where`.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { newId } from '../lib/ids.ts'
import { asSystem, inOrg } from './tx.ts'

let database: TestDatabase
const [orgA, orgB, user] = [newId(), newId(), newId()]

beforeAll(async () => {
  database = await testDatabase()
  await asSystem(database.db, async (tx) => {
    await tx.insertInto('users').values({ id: user, name: 'Ada', email: 'ada@example.org' }).execute()
    for (const [id, slug] of [
      [orgA, 'a'],
      [orgB, 'b'],
    ] as const) {
      await tx
        .insertInto('organisations')
        .values({ id, slug, name: slug, time_zone: 'UTC', created_by: user })
        .execute()
      await tx
        .insertInto('departments')
        .values({ org_id: id, id: newId(), name: `Service of ${slug}` })
        .execute()
    }
  })
})
afterAll(() => database.close())

/** A store function as it must never be written: no condition on the organisation. */
const forgetful = () =>
  inOrg(database.db, orgA, (tx) => tx.selectFrom('departments').select(['org_id', 'name']).execute())

test('a forgotten where shows only the own organisation', async () => {
  expect(await forgetful()).toEqual([{ org_id: orgA, name: 'Service of a' }])
})

test('a forgotten where changes and deletes only in the own organisation', async () => {
  await inOrg(database.db, orgA, (tx) => tx.updateTable('departments').set({ name: 'Changed' }).execute())
  const names = await asSystem(database.db, (tx) =>
    tx.selectFrom('departments').select('name').orderBy('name').execute(),
  )
  expect(names.map((row) => row.name)).toEqual(['Changed', 'Service of b'])
  await inOrg(database.db, orgB, (tx) => tx.deleteFrom('departments').execute())
  expect(await forgetful()).toHaveLength(1)
})

test('a row for another organisation cannot be written', async () => {
  const foreign = inOrg(database.db, orgA, (tx) =>
    tx.insertInto('departments').values({ org_id: orgB, id: newId(), name: 'Spy' }).execute(),
  )
  await expect(foreign).rejects.toThrow(/row-level security/)
})

test('outside of a transaction with walls nothing is visible', async () => {
  expect(await database.db.selectFrom('departments').selectAll().execute()).toEqual([])
  expect(await database.db.selectFrom('organisations').selectAll().execute()).toEqual([])
})

test('every table with organisation data carries the walls', async () => {
  const open = await database.owner.query(`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and c.relkind in ('r', 'p')
    where not (c.relrowsecurity and c.relforcerowsecurity)`)
  expect(open.rows).toEqual([])
})

test('the event log refuses changes, also by the owner of the table', async () => {
  for (const statement of ['delete from events', "update events set verb = ''"])
    await expect(database.owner.query(statement)).rejects.toThrow(/append-only/)
  await expect(database.owner.query('truncate events')).rejects.toThrow(/append-only/)
})
