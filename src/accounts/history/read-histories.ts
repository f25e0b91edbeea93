// Reads once what connected accounts published before Longrun, page by page, and goes on where another one broke off.

import type { Connector } from '../../connectors/contract.ts'
import { asConnectorError, ConnectorError } from '../../connectors/errors.ts'
import type { History, HistoryPage } from '../../connectors/history.ts'
import { connectors as all } from '../../connectors/registry.ts'
import { retried } from '../../db/retry.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { storable } from '../../lib/storable.ts'
import { noteResults } from '../health.ts'
import { withFreshCredentials } from '../renew.ts'
import { type AccountRow, accountRow, type SessionServices, sessionFor } from '../session.ts'
import { nextTry, pageLength } from './rules.ts'
import {
  beginHistories,
  claimHistories,
  forgetOldItems,
  type HistoryReading,
  keepPage,
  releaseHistory,
} from './store.ts'

/** Accounts that are read side by side: a server that is slow to answer keeps nobody else waiting. */
const atOnce = 4
/** Of one account before the next ones have their turn. */
const pagesInTurn = 20
const pageTimeoutMs = 60_000
/** What is left then is gone on with a minute later. */
const turnMs = 45_000

/** Everything that is due, for as long as a turn takes. Two workers never read the same account at once. */
export async function readHistories(services: SessionServices, connectors: readonly Connector[] = all): Promise<void> {
  const { db, clock } = services
  const telling = connectors.filter(({ history }) => history).map(({ id }) => id)
  const end = performance.now() + turnMs
  await retried(() => asSystem(db, (tx) => beginHistories(tx, telling, clock())))
  while (performance.now() < end) {
    const readings = await retried(() =>
      asSystem(db, (tx) => claimHistories(tx, telling, { now: clock(), limit: atOnce })),
    )
    if (readings.length === 0) return
    await Promise.all(readings.map((reading) => readAccount(services, connectors, reading)))
  }
}

export const forgetOldHistory = ({ db, clock }: Pick<SessionServices, 'db' | 'clock'>): Promise<unknown> =>
  asSystem(db, (tx) => forgetOldItems(tx, clock()))

async function readAccount(
  services: SessionServices,
  connectors: readonly Connector[],
  reading: HistoryReading,
): Promise<void> {
  const { db, clock, log } = services
  const giveBack = (dueAt: Date, failure: ConnectorError | null) =>
    retried(() => inOrg(db, reading.orgId, (tx) => releaseHistory(tx, reading, { now: clock(), dueAt, failure })))
  try {
    if ((await readOn(services, connectors, reading)) === 'more') await giveBack(clock(), null)
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    if (!(thrown instanceof ConnectorError))
      log.warn('An account’s past could not be read', { account: reading.accountId, error: thrown })
    await noteTrouble(services, reading, error)
    await giveBack(nextTry(error, { failures: reading.failures, now: clock() }), error)
  }
}

/** Some pages. The place behind each is stored with it, so that whoever goes on misses nothing. */
async function readOn(
  services: SessionServices,
  connectors: readonly Connector[],
  reading: HistoryReading,
): Promise<'lost' | 'more' | 'ended'> {
  const { db, clock } = services
  let account = await inOrg(db, reading.orgId, (tx) => accountRow(tx, reading.orgId, reading.accountId))
  const { history } = connectors.find(({ id }) => id === account.connector)!
  for (let pages = 0; pages < pagesInTurn; pages++) {
    const [page, renewed] = await readPage(services, history!, { account, reading })
    account = renewed
    const kept = await retried(() => inOrg(db, reading.orgId, (tx) => keepPage(tx, reading, storable(page), clock())))
    if (kept !== 'more') return kept
    reading.cursor = page.next
    reading.failures = 0
  }
  return 'more'
}

/** And the account with the credentials that opened it. */
const readPage = (
  services: SessionServices,
  history: History,
  { account, reading: { since, cursor } }: { account: AccountRow; reading: HistoryReading },
): Promise<[HistoryPage, AccountRow]> =>
  withFreshCredentials(services, account, async (row) => {
    const session = sessionFor(services, row, { signal: AbortSignal.timeout(pageTimeoutMs) })
    return [await history.page(session, { since, cursor, limit: pageLength }), row]
  })

/** Of the account itself only what concerns all of its work: consent that is gone, and a rest that the network asks for. */
async function noteTrouble(
  { db, clock }: SessionServices,
  { orgId, accountId }: HistoryReading,
  { kind, code, retryAt }: ConnectorError,
): Promise<void> {
  const lost = kind === 'auth-revoked'
  const restUntil = kind === 'rate-limited' ? retryAt : undefined
  if (!lost && !restUntil) return
  const result = { orgId, accountId, ok: false, failure: code, lost, ...(restUntil ? { restUntil } : {}) }
  await retried(() => inOrg(db, orgId, (tx) => noteResults(tx, [result], clock())))
}
