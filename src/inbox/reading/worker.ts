// Reads what people say to connected accounts, again and again, each account by one worker at a time.

import { setTimeout as sleep } from 'node:timers/promises'
import { noteResults } from '../../accounts/health.ts'
import { withFreshCredentials } from '../../accounts/renew.ts'
import { type AccountRow, accountRow, type SessionServices, sessionFor } from '../../accounts/session.ts'
import type { Connector } from '../../connectors/contract.ts'
import type { Inbox, InboxBatch } from '../../connectors/converse.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { retried } from '../../db/retry.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { storable } from '../../lib/storable.ts'
import { type Ending, nextReading } from '../../listening/pipeline/rules.ts'
import { keepBatch, LeaseLost } from './keep-batch.ts'
import { beginReadings, claimReadings, type Reading, release } from './leases.ts'
import { understandingOf } from './understanding.ts'

export interface InboxReader {
  /** Stores what was read, gives everything back, then resolves. */
  stop(): Promise<void>
}

interface Desk {
  services: SessionServices
  connectors: readonly Connector[]
  rest: AbortController
  inHand: Set<Promise<void>>
  arrived: (orgId: string) => Promise<unknown>
}

const mostAtOnce = 20
const pullTimeoutMs = 60_000
/** Of one reading: what more there is comes with the next one, so that a busy account does not keep others waiting. */
const mostPulls = 50

interface Reader {
  connectors: readonly Connector[]
  pollMs?: number
  /** After something new was stored. What does not come of it is made up for by the clock. */
  arrived?: (orgId: string) => Promise<unknown>
}

export function startInboxReader(
  services: SessionServices,
  { connectors, pollMs = 1_000, arrived = async () => {} }: Reader,
): InboxReader {
  const desk: Desk = { services, connectors, rest: new AbortController(), inHand: new Set(), arrived }
  const reading = readOnAndOn(desk, pollMs)
  return {
    async stop() {
      desk.rest.abort()
      await reading
      await Promise.all(desk.inHand)
    },
  }
}

async function readOnAndOn(desk: Desk, pollMs: number): Promise<void> {
  while (!desk.rest.signal.aborted) {
    try {
      for (const reading of await claim(desk)) {
        const done = readAccount(desk, reading).finally(() => desk.inHand.delete(done))
        desk.inHand.add(done)
      }
    } catch (error) {
      desk.services.log.warn('It could not be found out whose conversations are to be read', { error })
    }
    await sleep(pollMs, undefined, { signal: desk.rest.signal }).catch(() => {})
  }
}

function claim({ services: { db, clock }, connectors, inHand }: Desk): Promise<Reading[]> {
  const speaking = connectors.filter(({ inbox }) => inbox).map(({ id }) => id)
  return retried(() =>
    asSystem(db, async (tx) => {
      await beginReadings(tx, speaking, clock())
      return claimReadings(tx, clock(), mostAtOnce - inHand.size)
    }),
  )
}

async function readAccount(desk: Desk, reading: Reading): Promise<void> {
  const { db, clock, log } = desk.services
  const { orgId, accountId } = reading
  const [ending, everySeconds] = await pullAll(desk, reading)
  if (ending.kind === 'lost') return
  if (ending.kind === 'unexpected')
    log.error('Conversations could not be read', { account: accountId, error: ending.error })
  const now = clock()
  const { dueAt, failure } = nextReading(ending, { failures: reading.failures, everySeconds, now })
  const result =
    ending.kind === 'refused'
      ? {
          ...{ ok: false, failure: ending.error.code, lost: ending.error.kind === 'auth-revoked' },
          ...(ending.error.kind === 'rate-limited' && ending.error.retryAt ? { restUntil: ending.error.retryAt } : {}),
        }
      : { ok: true }
  await retried(() =>
    inOrg(db, orgId, async (tx) => {
      await release(tx, reading, { now, dueAt, failure })
      if (ending.kind === 'end' || ending.kind === 'refused')
        await noteResults(tx, [{ orgId, accountId, ...result }], now)
    }),
  ).catch((error) =>
    log.warn('A reading could not be given back; its lease runs out by itself', { account: accountId, error }),
  )
}

async function pullAll(desk: Desk, reading: Reading): Promise<[Ending, number]> {
  const { services, connectors, rest } = desk
  let everySeconds = 60
  try {
    let account = await inOrg(services.db, reading.orgId, (tx) => accountRow(tx, reading.orgId, reading.accountId))
    const inbox = connectors.find(({ id }) => id === account.connector)!.inbox!
    everySeconds = inbox.everySeconds
    for (let pulls = 0; pulls < mostPulls && !rest.signal.aborted; pulls++) {
      const [batch, renewed] = await pull(desk, inbox, account, reading)
      account = renewed
      const fresh = await keep(services, reading, account.connector, storable(batch))
      if (fresh > 0)
        await desk
          .arrived(reading.orgId)
          .catch((error) => services.log.warn('What arrived could not be given to anybody yet', { error }))
      reading.cursor = batch.cursor
      reading.failures = 0
      if (!batch.more) return [{ kind: 'end' }, everySeconds]
    }
    return [{ kind: 'asked' }, everySeconds]
  } catch (error) {
    if (error instanceof LeaseLost) return [{ kind: 'lost' }, everySeconds]
    if (rest.signal.aborted) return [{ kind: 'asked' }, everySeconds]
    const known = asConnectorError(error, false)
    return [known === error ? { kind: 'refused', error: known } : { kind: 'unexpected', error }, everySeconds]
  }
}

/** And the account with the credentials that opened it. */
const pull = (
  { services, rest }: Desk,
  inbox: Inbox,
  account: AccountRow,
  { cursor }: Reading,
): Promise<[InboxBatch, AccountRow]> =>
  withFreshCredentials(services, account, async (row) => {
    const signal = AbortSignal.any([rest.signal, AbortSignal.timeout(pullTimeoutMs)])
    return [await inbox.pull(sessionFor(services, row, { signal }), cursor), row]
  })

async function keep(
  { db, clock }: SessionServices,
  reading: Reading,
  network: string,
  batch: InboxBatch,
): Promise<number> {
  const understood = await understandingOf(batch.events.flatMap((event) => ('said' in event ? [event.said] : [])))
  return retried(() => keepBatch(db, reading, batch, { network, ...understood, now: clock() }))
}
