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

test('inside an organisation nothing of signing in is there, except the names of its own people', async () => {
  const [stranger, ended] = [newId(), newId()]
  await asSystem(database.db, async (tx) => {
    for (const [id, name] of [
      [stranger, 'Stranger'],
      [ended, 'Ended'],
    ] as const) {
      await tx
        .insertInto('users')
        .values({ id, name, email: `${id}@example.org` })
        .execute()
    }
    const expires_at = new Date(Date.now() + 60_000)
    await tx.insertInto('sessions').values({ id: newId(), user_id: user, token: 'secret', expires_at }).execute()
    for (const [user_id, ended_at] of [
      [user, null],
      [ended, new Date()],
    ] as const)
      await tx.insertInto('members').values({ org_id: orgA, id: newId(), user_id, role: 'viewer', ended_at }).execute()
  })
  const seen = await inOrg(database.db, orgA, async (tx) => ({
    users: (await tx.selectFrom('users').select('name').orderBy('name').execute()).map(({ name }) => name),
    sessions: await tx.selectFrom('sessions').selectAll().execute(),
    changed: (await tx.updateTable('users').set({ email_verified: true }).executeTakeFirst()).numUpdatedRows,
    removed: (await tx.deleteFrom('sessions').executeTakeFirst()).numDeletedRows,
  }))
  expect(seen).toEqual({ users: ['Ada', 'Ended'], sessions: [], changed: 0n, removed: 0n })
  expect(await inOrg(database.db, orgB, (tx) => tx.selectFrom('users').selectAll().execute())).toEqual([])
  expect(await database.db.selectFrom('sessions').select('token').execute()).toEqual([{ token: 'secret' }])
})

test('every table carries walls, but the list of migrations and counters of processes, which know no organisation', async () => {
  const open = await database.owner.query(`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`)
  const names = open.rows.map((row) => row.relname).sort()
  expect(names).toEqual(['click_counters', 'link_removals', 'listening_changes', 'migrations'])
})

test('the event log refuses changes, also by the owner of the table', async () => {
  for (const statement of ['delete from events', "update events set verb = ''"])
    await expect(database.owner.query(statement)).rejects.toThrow(/append-only/)
  await expect(database.owner.query('truncate events')).rejects.toThrow(/append-only/)
})
