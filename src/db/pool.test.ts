// Statements that do not wait for what opens their transaction: the walls stand all the same, and failures are told.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { newId } from '../lib/ids.ts'
import { alone, keepPlan } from './pool.ts'
import { inOrgRetried } from './retry.ts'
import { asSystem, inOrg, readInOrg } from './tx.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`create table late_parents (id uuid primary key);
    create table late_children (id uuid references late_parents deferrable initially deferred);
    grant select, insert on late_children, late_parents to longrun_app`)
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

test('a statement that is alone in its transaction is committed with it, inside the walls', async () => {
  const id = newId()
  const add = (batch: number) =>
    asSystem(database.db, (tx) =>
      sql`${sql.raw(alone)} insert into click_counters (id, batch, at) values (${id}, ${batch}, now())`.execute(tx),
    )
  const scopeOf = () =>
    asSystem(database.db, (tx) =>
      sql<{ scope: string }>`${sql.raw(alone)} select current_setting('longrun.scope', true) as scope`.execute(tx),
    )
  await add(1)
  await expect(add(2)).rejects.toMatchObject({ code: '23505' })
  const kept = await database.db.selectFrom('click_counters').select('batch').where('id', '=', id).execute()
  expect(kept.map(({ batch }) => Number(batch))).toEqual([1])
  const scopes = await Promise.all(Array.from({ length: 40 }, scopeOf))
  expect(new Set(scopes.map(({ rows }) => rows[0]!.scope))).toEqual(new Set(['system']))
  expect((await orgOf(id)).scope ?? '').toBe('')
})

test('a statement that is alone and whose commit fails is told, and nothing of it stays', async () => {
  const id = newId()
  // The constraint is looked at when the transaction ends.
  const link = asSystem(database.db, (tx) =>
    sql`${sql.raw(alone)} insert into late_children (id) values (${id})`.execute(tx),
  )
  await expect(link).rejects.toMatchObject({ code: '23503' })
  const left = await asSystem(database.db, (tx) => sql`select id from late_children`.execute(tx))
  expect(left.rows).toEqual([])
})

test('a transaction without a statement ends like any other, also after one that was alone', async () => {
  const alike = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 40 }, work))
  await alike(() => asSystem(database.db, (tx) => sql`${sql.raw(alone)} select 1`.execute(tx)))
  await alike(() => asSystem(database.db, async () => {}))
  // What was left open would lend its scope to whatever comes next without a transaction of its own.
  const after = await alike(() =>
    sql<{ scope: string | null }>`select current_setting('longrun.scope', true) as scope`.execute(database.db),
  )
  expect(new Set(after.map(({ rows }) => rows[0]!.scope ?? ''))).toEqual(new Set(['']))
})

test('what only reads stays within its walls, leaves nothing behind, and cannot write', async () => {
  const ids = Array.from({ length: 100 }, newId)
  const orgIn = (id: string) =>
    readInOrg(database.db, id, (tx) => sql<{ org: string }>`select current_org() as org`.execute(tx))
  const found = await Promise.all(ids.map(async (id) => (await orgIn(id)).rows[0]!.org))
  expect(found).toEqual(ids)
  await Promise.all(ids.map((id) => readInOrg(database.db, id, async () => {})))
  const outside = await sql<{ org: string | null }>`select current_org() as org`.execute(database.db)
  expect(outside.rows[0]!.org).toBeNull()
  const insert = (id: string) => sql`insert into late_parents (id) values (${id})`
  const refused = readInOrg(database.db, newId(), (tx) => insert(newId()).execute(tx))
  await expect(refused).rejects.toMatchObject({ code: '25006' })
  // The same connections write again.
  await Promise.all(ids.map((id) => inOrg(database.db, newId(), (tx) => insert(id).execute(tx))))
  const kept = await sql<{ count: number }>`select count(*) as count from late_parents`.execute(database.db)
  expect(kept.rows[0]!.count).toBe(ids.length)
})

test('a reading that fails tells why, and those after it read', async () => {
  const failing = readInOrg(database.db, newId(), async (tx) => {
    await sql`select 1 / 0`.execute(tx)
  })
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  await expect(readInOrg(database.db, 'nobody', (tx) => sql`select current_org()`.execute(tx))).rejects.toMatchObject({
    code: '22P02',
  })
  const id = newId()
  expect((await orgOf(id)).org).toBe(id)
})

test('a connection that breaks fails what it carried and nothing after it', async () => {
  const broken = asSystem(database.db, async (tx) => {
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
  })
  await expect(broken).rejects.toThrow()
  const id = newId()
  expect((await orgOf(id)).org).toBe(id)
})

test('a plan that is kept holds for whichever organisation asks', async () => {
  const ids = Array.from({ length: 60 }, newId)
  const own = (id: string) =>
    readInOrg(database.db, id, (tx) => sql<{ org: string }>`select current_org() as org ${keepPlan}`.execute(tx))
  for (let turn = 0; turn < 3; turn++) {
    const found = await Promise.all(ids.map(async (id) => (await own(id)).rows[0]!.org))
    expect(found).toEqual(ids)
  }
  const names = await readInOrg(database.db, newId(), (tx) =>
    sql<{
      count: number
    }>`select count(*) as count from pg_prepared_statements where statement like '%current_org() as org%kept%'`.execute(
      tx,
    ),
  )
  expect(names.rows[0]!.count).toBe(1)
})

test('a table that another version changes under a plan is read all the same, and written where it is tried again', async () => {
  await database.owner.query(
    'create table grown (id integer); insert into grown values (1); grant select on grown to longrun_app',
  )
  const all = () => readInOrg(database.db, newId(), (tx) => sql<object>`select * from grown ${keepPlan}`.execute(tx))
  const locked = () =>
    inOrgRetried(database.db, newId(), (tx) => sql<object>`select * from grown where id > 0 ${keepPlan}`.execute(tx))
  const both = () => Promise.all([...Array.from({ length: 20 }, all), ...Array.from({ length: 20 }, locked)])
  for (let turn = 0; turn < 3; turn++)
    expect(new Set((await both()).map(({ rows }) => rows.length))).toEqual(new Set([1]))
  await database.owner.query('alter table grown add column name text')
  for (const { rows } of [...(await both()), ...(await both())]) expect(rows).toEqual([{ id: 1, name: null }])
})
