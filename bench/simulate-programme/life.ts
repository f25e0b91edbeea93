// A process in which years are lived: it is told of whom and where, and answers how the year went and how long it took.

import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import { openAt } from '../../src/db/open.ts'
import { jobs } from '../../src/jobs.ts'
import { testApp } from '../../test/world/app.ts'
import { type Lived, liveYear } from './live.ts'
import { worlds } from './worlds.ts'

export interface LifeAsked {
  world: string
  seed: number
  /** A migrated database in which nobody is. */
  connection: pg.ClientConfig
}

export type LifeTold = { lived: Lived; seconds: number } | { error: string }

process.on('message', async (asked: LifeAsked) => {
  process.send!(await liveOne(asked).catch((error): LifeTold => ({ error: error?.stack ?? String(error) })))
})

async function liveOne({ world: name, seed, connection }: LifeAsked): Promise<LifeTold> {
  const started = performance.now()
  let now = new Date()
  const other = new AsyncLocalStorage<Date>()
  const database = { ...(await openAt(connection)), connection }
  const app = await testApp({ database, empty: true, clock: () => other.getStore() ?? now, jobs })
  try {
    const clock = {
      setNow(at: Date) {
        now = at
      },
      during: <Told>(at: Date, work: () => Promise<Told>) => other.run(at, work),
    }
    const lived = await liveYear(app, clock, worlds.find((world) => world.name === name)!, seed)
    return { lived, seconds: (performance.now() - started) / 1000 }
  } finally {
    await app.close()
  }
}
