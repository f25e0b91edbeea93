// Holds readers and reads them: streams are kept open, polls are read when they are due. What two workers may both do is decided by leases.

import { setTimeout as sleep } from 'node:timers/promises'
import { asConnectorError } from '../../connectors/errors.ts'
import type { StreamBatch } from '../../connectors/listen.ts'
import { retried } from '../../db/retry.ts'
import { asSystem } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import type { StoredMention } from '../mentions/new-mention.ts'
import { keepBatch, LeaseLost, type Understood } from './keep-batch.ts'
import { claimReaders, type Lease, prolongLeases, release } from './leases.ts'
import { readStream } from './read-stream.ts'
import { type Ending, nextReading } from './rules.ts'

export interface Listener {
  /** Lets go of all readers, with everything stored that was read, then resolves. */
  stop(): Promise<void>
}

export interface Hearing {
  services: Pick<Services, 'db' | 'clock' | 'log'>
  /** Opens what a lease names. A poll yields once and ends. */
  open(lease: Lease, signal: AbortSignal): AsyncIterable<StreamBatch>
  /** Seconds between two readings of a poll; null: it is held open. */
  everySeconds(lease: Lease): number | null
  understand(lease: Lease, batch: StreamBatch, heardAt: Date): Understood | Promise<Understood>
  /** Told what was stored, once it is. */
  stored?(mentions: readonly StoredMention[]): void
}

export interface ListenerOptions {
  /** Readers in hand at the same time. */
  most?: number
  pollMs?: number
  prolongEveryMs?: number
}

interface InHand {
  lease: Lease
  stop: AbortController
  done: Promise<void>
}

interface Desk {
  hearing: Hearing
  options: Required<ListenerOptions>
  inHand: Map<string, InHand>
  rest: AbortController
}

export function startListener(hearing: Hearing, options: ListenerOptions = {}): Listener {
  const desk: Desk = {
    hearing,
    options: { most: 500, pollMs: 1_000, prolongEveryMs: 8_000, ...options },
    inHand: new Map(),
    rest: new AbortController(),
  }
  const claiming = claimOnAndOn(desk)
  const heart = setInterval(() => void giveSignOfLife(desk), desk.options.prolongEveryMs)
  return {
    async stop() {
      desk.rest.abort()
      await claiming
      clearInterval(heart)
      for (const { stop } of desk.inHand.values()) stop.abort()
      await Promise.all([...desk.inHand.values()].map(({ done }) => done))
    },
  }
}

async function claimOnAndOn({ hearing, options, inHand, rest }: Desk): Promise<void> {
  const { db, clock, log } = hearing.services
  while (!rest.signal.aborted) {
    try {
      const leases = await retried(() => asSystem(db, (tx) => claimReaders(tx, clock(), options.most - inHand.size)))
      for (const lease of leases) begin(hearing, inHand, lease)
    } catch (error) {
      log.warn('It could not be found out what is to be read', { error })
    }
    await sleep(options.pollMs, undefined, { signal: rest.signal }).catch(() => {})
  }
}

function begin(hearing: Hearing, inHand: Map<string, InHand>, lease: Lease): void {
  // A lease that ran out while its reading went on: this process got it again, and the older reading stores nothing any more.
  inHand.get(lease.readerId)?.stop.abort()
  const stop = new AbortController()
  const held: InHand = { lease, stop, done: Promise.resolve() }
  held.done = hear(hearing, lease, stop.signal).finally(() => {
    if (inHand.get(lease.readerId) === held) inHand.delete(lease.readerId)
  })
  inHand.set(lease.readerId, held)
}

async function hear(hearing: Hearing, lease: Lease, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = hearing.services
  const ending = await readOn(hearing, lease, signal)
  if (ending.kind === 'lost') return
  if (ending.kind === 'unexpected') log.error('A source broke off', { reader: lease.readerId, error: ending.error })
  const now = clock()
  const { dueAt, failure } = nextReading(ending, {
    failures: lease.failures,
    everySeconds: hearing.everySeconds(lease),
    now,
  })
  await retried(() => asSystem(db, (tx) => release(tx, lease, { now, dueAt, failure }))).catch((error) =>
    log.warn('A reader could not be given back; its lease runs out by itself', { reader: lease.readerId, error }),
  )
}

async function readOn(hearing: Hearing, lease: Lease, signal: AbortSignal): Promise<Ending> {
  const { services, understand } = hearing
  const keep = async (lot: Understood) => {
    const stored = await retried(() => keepBatch(services.db, lease, lot, services.clock()))
    hearing.stored?.(stored)
    // Whatever failed before is over, and a new connection goes on here.
    Object.assign(lease, { failures: 0, cursor: lot.batch.cursor })
  }
  try {
    const stream = hearing.open(lease, signal)
    await readStream(stream, { understand: (batch) => understand(lease, batch, services.clock()), keep })
    return { kind: signal.aborted ? 'asked' : 'end' }
  } catch (error) {
    if (error instanceof LeaseLost) return { kind: 'lost' }
    if (signal.aborted) return { kind: 'asked' }
    const known = asConnectorError(error, false)
    return known === error ? { kind: 'refused', error: known } : { kind: 'unexpected', error }
  }
}

/** Leases that do not hold any more end their reading: another worker has them, or nobody wants them. */
async function giveSignOfLife({ hearing, inHand }: Desk): Promise<void> {
  if (inHand.size === 0) return
  const { db, clock, log } = hearing.services
  const leases = [...inHand.values()].map(({ lease }) => lease)
  try {
    const held = await asSystem(db, (tx) => prolongLeases(tx, leases, clock()))
    for (const lease of leases) if (!held.has(lease.readerId)) stopOnly(inHand.get(lease.readerId), lease)
  } catch (error) {
    log.warn('Leases of readers could not be prolonged', { error })
  }
}

function stopOnly(held: InHand | undefined, lease: Lease): void {
  if (held?.lease === lease) held.stop.abort()
}
