// Statements that leave together: each has its own answer, in the order in which they were sent, inside the walls and the transaction.

import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { newId } from '../lib/ids.ts'
import { openAt } from './open.ts'
import { sideBySide } from './side-by-side.ts'
import { asSystem, inOrg, readInOrg, type Tx } from './tx.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`create table beside (place serial, id uuid, n integer unique);
    grant select, insert, update on beside to longrun_app; grant usage on beside_place_seq to longrun_app`)
})
afterAll(() => database.close())

const add = (tx: Tx, id: string, n: number) => sql`insert into beside (id, n) values (${id}, ${n})`.execute(tx)
const kept = async (id: string): Promise<number[]> =>
  (await database.owner.query<{ n: number }>('select n from beside where id = $1 order by place', [id])).rows.map(
    ({ n }) => n,
  )
const numbers = (from: number) => Array.from({ length: 20 }, (_, index) => from + index)

test('each has its own answer, and they are carried out as they were sent', async () => {
  const id = newId()
  const [org, many, now] = await inOrg(database.db, id, (tx) =>
    sideBySide(tx, (at) => [
      sql<{ org: string }>`select current_org() as org`.execute(at).then(({ rows }) => rows[0]!.org),
      Promise.all(numbers(0).map((n) => add(at, id, n))),
      sql<{ count: number }>`select count(*) as count from beside where id = ${id}`.execute(at),
    ]),
  )
  expect(org).toBe(id)
  expect(many).toHaveLength(20)
  expect(now.rows[0]!.count).toBe(20)
  expect(await kept(id)).toEqual(numbers(0))
})

test('they do not wait for each other', async () => {
  const spied = vi.spyOn(pg.Client.prototype, 'query')
  // Connections of its own, which are opened while it is looked at.
  const own = await openAt(database.connection)
  const isSent = (word: string) => spied.mock.calls.some((given) => JSON.stringify(given).includes(`"${word}"`))
  const say = (tx: Tx, word: string) => sql`select ${word}::text, pg_sleep(0.05)`.execute(tx)
  let wasOnItsWay: boolean | null = null
  try {
    await readInOrg(own.db, newId(), (tx) =>
      sideBySide(tx, (at) => [
        say(at, 'one').then(() => {
          wasOnItsWay = isSent('other')
        }),
        say(at, 'other'),
      ]),
    )
  } finally {
    spied.mockRestore()
    await own.close()
  }
  expect(wasOnItsWay).toBe(true)
})

test('a hundred transactions at once keep their answers apart', async () => {
  const many = Array.from({ length: 100 }, newId)
  const found = await Promise.all(
    many.map((id) =>
      readInOrg(database.db, id, (tx) =>
        sideBySide(tx, (at) => numbers(0).map(() => sql<{ org: string }>`select current_org() as org`.execute(at))),
      ),
    ),
  )
  for (const [index, answers] of found.entries()) for (const { rows } of answers) expect(rows[0]!.org).toBe(many[index])
})

test('what failed first is thrown when all have ended, and the transaction is undone', async () => {
  const id = newId()
  let ended = 0
  const failing = inOrg(database.db, id, async (tx) => {
    await add(tx, id, 100)
    const count = <T>(work: Promise<T>) => work.finally(() => ended++)
    await sideBySide(tx, (at) => [
      count(add(at, id, 101).then(() => add(at, id, 102))),
      count(add(at, id, 100)),
      count(add(at, id, 103)),
    ])
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(ended).toBe(3)
  expect(await kept(id)).toEqual([])
  const again = await inOrg(database.db, id, (tx) => sideBySide(tx, (at) => [add(at, id, 104)]))
  expect(again).toHaveLength(1)
  expect(await kept(id)).toEqual([104])
})

test('they may be nested, and what comes after them is of the same transaction', async () => {
  const id = newId()
  const undone = inOrg(database.db, id, async (tx) => {
    await sideBySide(tx, (at) => [
      sideBySide(at, (inner) => [add(inner, id, 200), add(inner, id, 201)]),
      add(at, id, 202),
    ])
    await add(tx, id, 203)
    throw new Error('Changed my mind')
  })
  await expect(undone).rejects.toThrow('Changed my mind')
  expect(await kept(id)).toEqual([])
})

test('none is sent when the transaction is over', async () => {
  let late: Tx | null = null
  await asSystem(database.db, (tx) =>
    sideBySide(tx, (at) => {
      late = at
      return [sql`select 1`.execute(at)]
    }),
  )
  await expect(sql`select 1`.execute(late!)).rejects.toThrow(/commit/i)
})
