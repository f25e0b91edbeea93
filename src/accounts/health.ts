// What work on an account tells about its health: the last success, the last failure, rest asked for by the network, lost consent.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { longrunItself } from '../people/types.ts'

export interface AccountResult {
  orgId: string
  accountId: string
  ok: boolean
  /** Code of the failure. */
  failure?: string
  /** The network asks for rest until then; everything of this account waits. */
  restUntil?: Date
  /** Consent is gone: only a person can bring it back. */
  lost?: boolean
}

/** Success is noted at most this often an account, so that a thousand posts do not queue for one row. */
const noteEverySeconds = 20

/** Whether a success is already on record, as far as the account was known when the work began. */
export const tellsNothingNew = (
  account: { last_success_at: Date | null },
  { ok }: Pick<AccountResult, 'ok'>,
  now: Date,
): boolean =>
  ok && account.last_success_at !== null && now.getTime() - account.last_success_at.getTime() < noteEverySeconds * 1000

/** Runs in the transaction that settles the work. */
export async function noteResults(tx: Tx, results: AccountResult[], now: Date): Promise<void> {
  const good = [...new Map(results.filter((each) => each.ok).map((each) => [each.accountId, each])).values()]
  if (good.length > 0) {
    const stale = new Date(now.getTime() - noteEverySeconds * 1000)
    await sql`
      update accounts set last_success_at = ${now}
      where (org_id, id) in (select * from unnest(${good.map((each) => each.orgId)}::uuid[], ${good.map((each) => each.accountId)}::uuid[]))
        and coalesce(last_success_at, '-infinity') < ${stale}`.execute(tx)
  }
  const bad = [...new Map(results.filter((each) => !each.ok).map((each) => [each.accountId, each])).values()]
  for (const each of bad) await noteFailure(tx, each, now)
}

async function noteFailure(tx: Tx, result: AccountResult, now: Date): Promise<void> {
  const { orgId, accountId, failure = 'unexpected', restUntil } = result
  await tx
    .updateTable('accounts')
    .set({ last_failure_at: now, last_failure: failure, ...(restUntil ? { rest_until: restUntil } : {}) })
    .where('org_id', '=', orgId)
    .where('id', '=', accountId)
    .execute()
  if (result.lost) await requireReconnect(tx, orgId, accountId, failure, now)
}

/** Marks an account that a person must reconnect; says so once. */
export async function requireReconnect(
  tx: Tx,
  orgId: string,
  accountId: string,
  reason: string,
  now: Date,
): Promise<void> {
  const changed = await tx
    .updateTable('accounts')
    .set({ state: 'needs-reconnect', state_reason: reason, state_since: now })
    .where('org_id', '=', orgId)
    .where('id', '=', accountId)
    .where('state', '=', 'connected')
    .returning('id')
    .execute()
  if (changed.length > 0)
    await record(tx, orgId, longrunItself, now, {
      verb: 'account.lost',
      subject: { kind: 'account', id: accountId },
      facts: { reason },
    })
}
