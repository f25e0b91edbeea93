// Telling other processes through the database: what is told arrives, also after the connection was lost.

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { type Notices, openNotices } from './notices.ts'

let database: TestDatabase
let notices: Notices
beforeAll(async () => {
  database = await testDatabase()
  notices = openNotices(database.connection)
})
afterAll(async () => {
  await notices?.close()
  await database?.close()
})

const tell = (channel: string, payload: string) => database.owner.query('select pg_notify($1, $2)', [channel, payload])

test('everybody who listens to a channel hears it, until they stop', async () => {
  const [one, two, other]: string[][] = [[], [], []]
  const stop = await notices.on('news', (payload) => one!.push(payload))
  await notices.on('news', (payload) => two!.push(payload))
  await notices.on('weather', (payload) => other!.push(payload))
  await tell('news', 'a')
  await vi.waitFor(() => expect([one, two]).toEqual([['a'], ['a']]))
  stop()
  await tell('news', 'b')
  await vi.waitFor(() => expect(two).toEqual(['a', 'b']))
  expect([one, other]).toEqual([['a'], []])
})

test('a lost connection is made again, and those who listen are told that they may have missed something', async () => {
  const heard: string[] = []
  const back = vi.fn()
  await notices.on('after', (payload) => heard.push(payload), back)
  await database.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'longrun notices' and datname = current_database()",
  )
  await vi.waitFor(() => expect(back).toHaveBeenCalled(), { timeout: 10_000 })
  await tell('after', 'again')
  await vi.waitFor(() => expect(heard).toEqual(['again']))
})
