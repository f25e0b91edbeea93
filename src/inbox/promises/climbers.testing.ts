// Processes that sweep the ladder one after the other: one works, another stands by for when it is killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import { world } from '../ground.testing.ts'
import type { ClimberSays, ClimbOrder } from './climber.testing.ts'

export interface Climbers {
  /** Answers whether the process was killed in it. What it held is free again then. */
  sweep(order: ClimbOrder): Promise<boolean>
  stop(): void
}

export function startClimbers(): Climbers {
  let [working, next] = [boot(), boot()]
  return {
    async sweep(order) {
      const { child, died } = await working
      const ended = Promise.race([said(child, 'done').then(() => 'done' as const), died])
      child.send(order)
      if ((await ended) === 'done') return false
      ;[working, next] = [next, boot()]
      await untilNobodyIsAtWork()
      return true
    },
    stop() {
      for (const each of [working, next])
        each.then(
          ({ child }) => child.disconnect(),
          () => {},
        )
    },
  }
}

interface Climber {
  child: ChildProcess
  died: Promise<'killed'>
}

async function boot(): Promise<Climber> {
  const program = join(import.meta.dirname, 'climber.testing.ts')
  const child = spawn(process.execPath, [program, JSON.stringify(world.database.connection)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const died = killed(child)
  await Promise.race([said(child, 'stands by'), died])
  return { child, died }
}

async function said(child: ChildProcess, words: ClimberSays): Promise<void> {
  const [heard] = (await once(child, 'message')) as [ClimberSays]
  expect(heard).toBe(words)
}

async function killed(child: ChildProcess): Promise<'killed'> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`A climber ended by itself: ${code ?? signal}`)
  return 'killed'
}

/** The server notices a dead process a moment later; until then its locks hold. */
const untilNobodyIsAtWork = (): Promise<void> =>
  expect
    .poll(
      async () => {
        const { rows } = await world.database.owner.query<{ count: number }>(
          'select count(*)::integer as count from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()',
        )
        return rows[0]!.count
      },
      { timeout: 20_000, interval: 10 },
    )
    .toBe(0)
