// The races of bench/races without one of the protections: the judge sees what then goes out.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Run } from '../bench/races/plan.ts'
import { race, type Without } from '../bench/races/race.ts'
import { type TestDatabase, testDatabase } from './world/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

/** Races in which the protection is what decides. */
const decisive: Record<Without, (run: Run) => boolean> = {
  holds: ({ people }) => people.flat().includes('begin-hold'),
  fence: ({ people }) => people.flat().some((step) => step === 'hold' || step === 'cancel'),
  consent: ({ consented, people }) =>
    consented && people.some((steps) => steps.join(' ') === 'hold another-lane release'),
}

test.each(['holds', 'fence', 'consent'] as const)(
  'without %s in the permission to write something goes wrong',
  async (without) => {
    const { violations } = await race(database.db, {
      ...{ runs: 3000, seed: 1, without, where: decisive[without], untilOne: true },
    })
    expect(violations.length).toBeGreaterThan(0)
  },
  600_000,
)
