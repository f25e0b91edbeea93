// The loop that keeps the calendar's promises: claims what is due, works on several variants at once, gives signs of life.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { retried } from '../../db/retry.ts'
import { asSystem } from '../../db/tx.ts'
import { type Claimed, claimDue } from './claim.ts'
import { openLedger } from './ledger.ts'
import { type Delivery, workOn } from './work.ts'
import { writingOf } from './writing.ts'

export interface Worker {
  /** Resolves when this worker holds nothing and nothing is due. For tests and benchmarks. */
  idle(): Promise<void>
  /** Takes nothing new, finishes what is in hand, then resolves. */
  stop(): Promise<void>
}

export interface WorkerOptions {
  /** Variants in hand at the same time. */
  concurrency?: number
  pollMs?: number
  /** After this the work in hand is cut off; what was being written is looked up later. */
  stopWithinMs?: number
}

const prolongEveryMs = 10_000

/** What one worker has in mind while it runs. What matters is in the database. */
interface Desk {
  delivery: Delivery
  workerId: string
  concurrency: number
  pollMs: number
  inHand: Map<string, Promise<void>>
  /** Aborted when nothing new is to be taken. */
  rest: AbortController
  quiet: PromiseWithResolvers<void>
}

export function startWorker(delivery: Omit<Delivery, 'ledger' | 'signal'>, options: WorkerOptions = {}): Worker {
  const { concurrency = 32, pollMs = 500, stopWithinMs = 20_000 } = options
  const cut = new AbortController()
  const ledger = openLedger(delivery.services.db, delivery.services.clock)
  const desk: Desk = {
    delivery: { ...delivery, ledger, signal: cut.signal },
    workerId: randomUUID(),
    concurrency,
    pollMs,
    inHand: new Map(),
    rest: new AbortController(),
    quiet: Promise.withResolvers<void>(),
  }
  const heart = setInterval(() => giveSignOfLife(desk), prolongEveryMs)
  const running = sweep(desk)
  return {
    idle: () => desk.quiet.promise,
    async stop() {
      desk.rest.abort()
      const cutting = setTimeout(() => cut.abort(), stopWithinMs)
      await running
      await Promise.all(desk.inHand.values())
      clearTimeout(cutting)
      clearInterval(heart)
    },
  }
}

async function sweep(desk: Desk): Promise<void> {
  const { inHand, rest, concurrency, delivery } = desk
  while (!rest.signal.aborted) {
    try {
      const { claimed, putOff, nextAt } = await claim(desk)
      for (const each of claimed) begin(desk, each)
      const found = claimed.length + putOff
      if (found === 0 && inHand.size === 0) tellQuiet(desk)
      if (found === 0) await pause(desk, nextAt)
      // Claiming one by one would cost a transaction a post: wait until a good part of the hands is free.
      while (inHand.size > concurrency * 0.75 && !rest.signal.aborted) await Promise.race(inHand.values())
    } catch (error) {
      delivery.services.log.warn('The sweep could not read the calendar', { error })
      await sleep(1000, undefined, { signal: rest.signal }).catch(() => {})
    }
  }
}

function claim({ delivery, workerId, concurrency, inHand }: Desk) {
  const { db, clock } = delivery.services
  const settleSeconds = (id: string, answers: boolean) => writingOf(delivery.connectorOf(id), answers)?.settle ?? null
  return retried(() =>
    asSystem(db, (tx) => {
      const limit = concurrency - inHand.size
      return claimDue(tx, { workerId, now: clock(), limit, inHand: [...inHand.keys()], settleSeconds })
    }),
  )
}

function begin({ delivery, inHand }: Desk, claimed: Claimed): void {
  const { log } = delivery.services
  const work = workOn(delivery, claimed)
    .catch((error) => log.error('Work on a post broke off; it will be looked up', { variant: claimed.id, error }))
    .finally(() => inHand.delete(claimed.id))
  inHand.set(claimed.id, work)
}

function tellQuiet(desk: Desk): void {
  desk.quiet.resolve()
  desk.quiet = Promise.withResolvers<void>()
}

/** Until something is due, and not longer than it may take to notice what somebody plans meanwhile. */
async function pause({ delivery, pollMs, rest }: Desk, nextAt: Date | null): Promise<void> {
  const waitMs = nextAt ? Math.min(pollMs, nextAt.getTime() - delivery.services.clock().getTime()) : pollMs
  await sleep(Math.max(0, waitMs), undefined, { signal: rest.signal }).catch(() => {})
}

function giveSignOfLife({ delivery, workerId, inHand }: Desk): void {
  if (inHand.size === 0) return
  delivery.ledger
    .prolong(workerId, [...inHand.keys()])
    .catch((error) => delivery.services.log.warn('Leases could not be prolonged', { error }))
}
