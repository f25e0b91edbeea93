// Whatever DATABASE_URL says besides, the application's connections stay inside the walls, or nothing starts.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { log } from '../lib/log.ts'
import { startEmbedded } from './embedded.ts'
import { openAt } from './open.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

/** The test database as an operator writes it. */
function address(params: Record<string, string>): pg.ClientConfig {
  const { host, port, user, password, database: name } = database.connection
  const query = new URLSearchParams({ host: host!, ...params })
  const login = `${user}${password ? `:${encodeURIComponent(String(password))}` : ''}`
  return { connectionString: `postgres://${login}@localhost:${port}/${name}?${query}` }
}

async function asked(connection: pg.ClientConfig) {
  const opened = await openAt(connection)
  const question = `select current_user as user, current_setting('statement_timeout') as timeout`
  const { rows } = await opened.db.executeQuery(CompiledQuery.raw(question))
  await opened.close()
  return rows[0]
}

test.each([
  ['nothing more', {}, '0'],
  ['a time limit', { options: '-c statement_timeout=5s' }, '5s'],
  ['another role', { options: '-c role=none -c statement_timeout=7s' }, '7s'],
])('an address with %s stays inside the walls', async (_what, params, timeout) => {
  expect(await asked(address(params))).toEqual({ user: 'longrun_app', timeout })
})

test('something in between that drops the options is told, and nothing opens', async () => {
  const { host, port } = database.connection
  const between = createServer((client) => {
    const path = host!.startsWith('/') ? { path: join(host!, `.s.PGSQL.${port}`) } : { host: host!, port: port! }
    const server = connect(path)
    client.once('data', (startup) => {
      server.write(withoutOptions(startup))
      client.pipe(server).pipe(client)
    })
    for (const each of [client, server]) each.on('error', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  const reached = { ...database.connection, host: '127.0.0.1', port: (between.address() as AddressInfo).port }
  await expect(openAt(reached)).rejects.toThrow(/act as \w+ instead of longrun_app.*must pass on/)
  between.close()
})

/** A startup packet is its length, the protocol, and names and values that end with a zero each. */
function withoutOptions(startup: Buffer): Buffer {
  const words = startup.subarray(8, -2).toString().split('\0')
  const at = words.indexOf('options')
  if (at >= 0) words.splice(at, 2)
  const rest = Buffer.from(`${words.join('\0')}\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(8 + rest.length)
  return Buffer.concat([length, startup.subarray(4, 8), rest])
}

test('an application role that was given more rights is told, and nothing opens', async () => {
  // Roles belong to a whole server: this one is nobody else's.
  const dataDir = mkdtempSync(join(tmpdir(), 'longrun-open-'))
  const embedded = await startEmbedded(dataDir, log)
  const opened = await openAt(embedded.connection)
  await opened.owner.query('alter role longrun_app bypassrls')
  await opened.close()
  await expect(openAt(embedded.connection)).rejects.toThrow(/longrun_app bypasses row-level security/)
  await embedded.stop()
  rmSync(dataDir, { recursive: true, force: true })
})
