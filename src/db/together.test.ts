// Several processes that open one database and its queue at the same moment, as web and workers do that are started together.

import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { jobs } from '../jobs.ts'
import { openQueue } from '../lib/queue.ts'
import { openAt } from './open.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const mark = 'together'
const gone = async () => {
  const sql = 'select count(*)::integer as count from pg_stat_activity where application_name = $1'
  return (await database.owner.query<{ count: number }>(sql, [mark])).rows[0]!.count
}
/** A pool ends before its connections do: a database that is dropped then cuts them off. */
afterEach(() => expect.poll(gone, { timeout: 10_000, interval: 20 }).toBe(0))

test('all of them get in', async () => {
  for (let round = 0; round < 8; round++) {
    const opened = await Promise.allSettled(
      Array.from({ length: 6 }, () => openAt({ ...database.connection, application_name: mark })),
    )
    for (const each of opened) if (each.status === 'fulfilled') await each.value.close()
    expect(opened.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual([])
  }
})

test('all of them get the queue', async () => {
  const warned: string[] = []
  const log = { warn: (message: string) => void warned.push(message) } as unknown as Parameters<typeof openQueue>[2]
  for (let round = 0; round < 4; round++) {
    // On a new database, and on one that has it.
    if (round % 2 === 0) await database.owner.query('drop schema if exists pgboss cascade')
    const pools = Array.from({ length: 5 }, () => new Pool({ ...database.connection, application_name: mark, max: 2 }))
    const opened = await Promise.allSettled(pools.map((pool) => openQueue(pool, jobs, log)))
    for (const each of opened) if (each.status === 'fulfilled') await each.value.stop()
    for (const pool of pools) await pool.end()
    expect(opened.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual([])
  }
  expect(warned).toEqual([])
})
