// A short run of the races of bench/races: nothing that was stopped goes out, and nothing without consent.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { race } from '../../bench/races/race.ts'
import { type TestDatabase, testDatabase } from '../world/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('people and two workers collide over a due post: whatever was stopped stays, whatever goes out was wanted', async () => {
  const { violations, decisive, arrivals } = await race(database.db, { runs: 60, seed: 7 })
  expect(violations).toEqual([])
  expect(decisive).toBeGreaterThan(50)
  expect(arrivals).toBeGreaterThan(20)
}, 600_000)
