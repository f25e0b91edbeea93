// The loop that keeps the calendar's promises: claims what is due, works on several variants at once, gives signs of life.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { retried } from '../../db/retry.ts'
import { asSystem } from '../../db/tx.ts'
import { type Claimed, claimDue } from './claim.ts'
import { openLedger } from './ledger.ts'
import { type Delivery, workOn } from './work.ts'

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

export function startWorker(delivery: Omit<Delivery, 'ledger' | 'signal'>, options: WorkerOptions = {}): Worker {
  const { concurrency = 32, pollMs = 500, stopWithinMs = 20_000 } = options
  const { db, clock, log } = delivery.services
  const cut = new AbortController()
  const rest = new AbortController()
  const ledger = openLedger(db, clock)
  const workerId = randomUUID()
  const inHand = new Map<string, Promise<void>>()
  let quiet = Promise.withResolvers<void>()

  const settleSeconds = (connector: string) => delivery.connectorOf(connector).publish?.settle ?? 0

  const claim = () =>
    retried(() =>
      asSystem(db, (tx) =>
        claimDue(tx, {
          workerId,
          now: clock(),
          limit: concurrency - inHand.size,
          inHand: [...inHand.keys()],
          settleSeconds,
        }),
      ),
    )

  function begin(claimed: Claimed): void {
    const work = workOn({ ...delivery, ledger, signal: cut.signal }, claimed)
      .catch((error) => log.error('Work on a post broke off; it will be looked up', { variant: claimed.id, error }))
      .finally(() => inHand.delete(claimed.id))
    inHand.set(claimed.id, work)
  }

  /** Until something is due, and not longer than it may take to notice what somebody plans meanwhile. */
  const pause = (nextAt: Date | null) => {
    const waitMs = nextAt ? Math.min(pollMs, nextAt.getTime() - clock().getTime()) : pollMs
    return sleep(Math.max(0, waitMs), undefined, { signal: rest.signal }).catch(() => {})
  }

  async function loop(): Promise<void> {
    while (!rest.signal.aborted) {
      try {
        const { claimed, putOff, nextAt } = await claim()
        for (const each of claimed) begin(each)
        if (claimed.length + putOff === 0 && inHand.size === 0) {
          quiet.resolve()
          quiet = Promise.withResolvers<void>()
        }
        if (claimed.length + putOff === 0) await pause(nextAt)
        // Claiming one by one would cost a transaction a post: wait until a good part of the hands is free.
        while (inHand.size > concurrency * 0.75 && !rest.signal.aborted) await Promise.race(inHand.values())
      } catch (error) {
        log.warn('The sweep could not read the calendar', { error })
        await sleep(1000, undefined, { signal: rest.signal }).catch(() => {})
      }
    }
  }

  const heart = setInterval(() => {
    if (inHand.size > 0)
      ledger
        .prolong(workerId, [...inHand.keys()])
        .catch((error) => log.warn('Leases could not be prolonged', { error }))
  }, prolongEveryMs)
  const running = loop()

  return {
    idle: () => quiet.promise,
    async stop() {
      rest.abort()
      const cutting = setTimeout(() => cut.abort(), stopWithinMs)
      await running
      await Promise.all(inHand.values())
      clearTimeout(cutting)
      clearInterval(heart)
    },
  }
}
