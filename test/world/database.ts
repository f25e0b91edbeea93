// A fresh, migrated database for one test file.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openAt } from '../../src/db/open.ts'
import { templateName } from './cluster.ts'

export interface TestDatabase extends Database {
  connection: pg.ClientConfig
}

/** Close it with `close()` in afterAll: that drops it. Its files are copied as they are: by way of the log it takes twice as long. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  await inAdmin(cluster, `create database ${name} template ${templateName} strategy file_copy`)
  const connection = { ...cluster, database: name }
  const opened = await openAt(connection)
  return {
    ...opened,
    connection,
    async close() {
      await opened.close()
      await inAdmin(cluster, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Creating from one template at the same moment in two workers is refused by PostgreSQL: a lock orders them. */
async function inAdmin(cluster: pg.ClientConfig, text: string): Promise<void> {
  const client = new pg.Client(cluster)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4545002)')
    await client.query(text)
  } finally {
    await client.end()
  }
}
