// Follows what was taken over while it stands: its author may change it or take it back, and no reading of an account tells of that.

import { type AccountRow, accountRow } from '../../accounts/session.ts'
import { ConnectorError } from '../../connectors/errors.ts'
import { findConnector } from '../../connectors/registry.ts'
import { retried } from '../../db/retry.ts'
import { inOrg, seenBy } from '../../db/tx.ts'
import { storable } from '../../lib/storable.ts'
import { keepTold } from '../reading/keep-batch.ts'
import { understandingOf } from '../reading/understanding.ts'
import { holdReading, type StandingRow, standingTaken } from './store.ts'
import { askThere } from './work.ts'

type Deps = Parameters<typeof askThere>[0]

const dayMs = 86_400_000
/** As far back as accounts are read when they are connected. */
const followedDays = 14
const mostAtOnce = 500

/** Each hour. A network that is away is asked again with the next one. */
export async function followTaken(services: Deps): Promise<void> {
  const since = new Date(services.clock().getTime() - followedDays * dayMs)
  const standing = await standingTaken(services.db, { since, limit: mostAtOnce })
  for (const rows of Map.groupBy(standing, (row) => `${row.org_id} ${row.account_id}`).values())
    await followOf(services, rows).catch((error) => {
      if (!(error instanceof ConnectorError)) throw error
      services.log.info('What was taken over could not be looked at again now', { code: error.code })
    })
}

async function followOf(services: Deps, rows: readonly StandingRow[]): Promise<void> {
  const { org_id: orgId, account_id: accountId } = rows[0]!
  const account = await inOrg(services.db, orgId, (tx) => accountRow(tx, orgId, accountId))
  for (const row of rows) await followOne(services, account, row)
}

async function followOne(services: Deps, account: AccountRow, row: StandingRow): Promise<void> {
  const takes = findConnector(account.connector)?.inbox?.takeOver
  if (!takes) return
  const there = { id: row.remote_id, url: row.ref.url || null }
  const said = await askThere(services, account, { takes, heard: there })
  const told = said ? { said: [storable(said)], removed: [] } : { said: [], removed: [row.remote_id] }
  const understood = await understandingOf(told.said)
  const of = { orgId: row.org_id, accountId: row.account_id }
  await retried(() =>
    inOrg(seenBy(services.db, 'all'), of.orgId, async (tx) => {
      const now = services.clock()
      await holdReading(tx, of, now)
      await keepTold(tx, of, told, { network: account.connector, ...understood, now, takenAt: now })
    }),
  )
}
