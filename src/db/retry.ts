// Repeats a transaction that the server gave up for reasons of its own: a restart, a lost connection, a deadlock.

import { setTimeout as sleep } from 'node:timers/promises'
import { isPlanOutdated } from './pool.ts'
import { type Db, inOrg, type Tx } from './tx.ts'

const codes = new Set([
  '25P03',
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
])
const tries = 40

/** `work` must come to the same result when its commit succeeded and only the answer was lost. Gives up after about 20 seconds. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= tries || !isPassing(error)) throw error
      await sleep(Math.min(20 * attempt, 500))
    }
  }
}

function isPassing(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return (
    (code !== undefined && codes.has(code)) ||
    /connection terminated|connection error|timeout exceeded when trying to connect/i.test(message)
  )
}

/** A deadlock; two that changed the same at the same time. */
const inEachOthersWay: ReadonlySet<unknown> = new Set(['40P01', '40001'])
const triesOfPeople = 5

/**
 * As `inOrg`, for verbs that lock several rows. Where two of them wait for each other all the same, PostgreSQL undoes one: then it is done
 * again, a few times. `work` leaves nothing behind but its writes.
 */
export async function inOrgRetried<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inOrg(db, orgId, work)
    } catch (error) {
      const { code } = error as { code?: string }
      if (attempt >= triesOfPeople || !(inEachOthersWay.has(code) || isPlanOutdated(error))) throw error
      await sleep(Math.random() * 20 * attempt)
    }
  }
}
