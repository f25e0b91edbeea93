// Statements that do not wait for what opens their transaction: the walls stand all the same, and failures are told.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { newId } from '../lib/ids.ts'
import { asSystem, inOrg } from './tx.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const orgOf = (id: string) =>
  inOrg(database.db, id, async (tx) => {
    const found = await sql<{ org: string; scope: string | null }>`
      select current_org() as org, current_setting('longrun.scope', true) as scope`.execute(tx)
    return found.rows[0]!
  })

test('a hundred transactions at once each speak for their own organisation', async () => {
  const ids = Array.from({ length: 100 }, newId)
  const found = await Promise.all(ids.map((id) => orgOf(id)))
  expect(found.map(({ org }) => org)).toEqual(ids)
})

test('nothing of a transaction is left on its connection', async () => {
  for (let turn = 0; turn < 20; turn++) {
    await asSystem(database.db, (tx) => sql`select 1`.execute(tx))
    expect((await orgOf(newId())).scope ?? '').toBe('')
  }
  const outside = await sql<{ org: string | null }>`select current_org() as org`.execute(database.db)
  expect(outside.rows[0]!.org).toBeNull()
})

test('an organisation that is no id is refused where it is used, and leaves nothing behind', async () => {
  await expect(orgOf('nobody')).rejects.toMatchObject({ code: '22P02' })
  const id = newId()
  expect((await orgOf(id)).org).toBe(id)
})

test('a statement that fails tells why and undoes the transaction', async () => {
  const slug = newId()
  const insert = inOrg(database.db, newId(), async (tx) => {
    await sql`select 1`.execute(tx)
    await sql`insert into departments (org_id, id, name) values (${newId()}, ${slug}, 'Of others')`.execute(tx)
  })
  await expect(insert).rejects.toMatchObject({ code: '42501' })
  const found = await asSystem(database.db, (tx) =>
    tx.selectFrom('departments').select('id').where('id', '=', slug).execute(),
  )
  expect(found).toEqual([])
})

test('a connection that breaks fails what it carried and nothing after it', async () => {
  const broken = asSystem(database.db, async (tx) => {
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
  })
  await expect(broken).rejects.toThrow()
  const id = newId()
  expect((await orgOf(id)).org).toBe(id)
})
