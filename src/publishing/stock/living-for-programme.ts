// When something of ours was alive, for the programme that looks for times in which nobody could see us.

import { contentKinds } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { lifeOf, livingHalfLives, minuteMs, type Span } from './rules.ts'
import { halfLivesOf } from './shelf-lives.ts'
import { livesSince, stockAccounts } from './store.ts'

/** Lives of posts that were alive at some time since an instant; channels whose shelf life nobody knows are left out. */
export async function livingSpans(tx: Tx, orgId: string, since: Date, now: Date): Promise<Span[]> {
  const halfLives = await halfLivesOf(tx, orgId)
  const accounts = await stockAccounts(tx, orgId, now)
  const connectors = new Map(accounts.map(({ id, connector }) => [id, connector]))
  const rows = await livesSince(
    tx,
    orgId,
    accounts.map(({ id, connector }) => {
      const longest = Math.max(...contentKinds.map((kind) => halfLives(connector, kind) ?? 0))
      return { accountId: id, from: new Date(since.getTime() - livingHalfLives * longest * minuteMs) }
    }),
  )
  return rows.flatMap(({ account_id, kind, at, planned }) => {
    const minutes = planned ? null : halfLives(connectors.get(account_id)!, kind)
    return minutes === null ? [] : [lifeOf(at, minutes)]
  })
}
