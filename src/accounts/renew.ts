// Renews credentials before or after they expire: one worker does it, the others wait and use what it brought.

import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { asConnectorError, ConnectorError } from '../connectors/errors.ts'
import { connectorOf } from '../connectors/registry.ts'
import { inOrg } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { longrunItself } from '../people/types.ts'
import { requireReconnect } from './health.ts'
import { type AccountRow, keepCredentials, openCredentials, type SessionServices, sessionFor } from './session.ts'

const renewalMs = 30_000
const pollMs = 200

/**
 * Returns the account with fresh credentials.
 * @throws ConnectorError `auth-revoked` when the network wants a person (the account is marked then), or what the network answered.
 */
export async function renewAccount(services: SessionServices, stale: AccountRow): Promise<AccountRow> {
  for (const giveUp = Date.now() + renewalMs; Date.now() < giveUp; await sleep(pollMs)) {
    const taken = await takeRenewal(services, stale)
    if (taken.kind === 'done') return taken.row
    if (taken.kind === 'ours') return renewNow(services, taken.row)
  }
  throw new ConnectorError({ kind: 'unavailable', code: 'renewal-busy' })
}

/** Does it with the account as it is; where its credentials have ended meanwhile, once more with fresh ones. `work` must bear that. */
export async function withFreshCredentials<T>(
  services: SessionServices,
  account: AccountRow,
  work: (account: AccountRow) => Promise<T>,
): Promise<T> {
  try {
    return await work(account)
  } catch (thrown) {
    if (asConnectorError(thrown, false).kind !== 'auth-expired') throw thrown
    return work(await renewAccount(services, account))
  }
}

type Taken = { kind: 'ours' | 'done'; row: AccountRow } | { kind: 'busy' }

function takeRenewal(services: SessionServices, stale: AccountRow): Promise<Taken> {
  return inOrg(services.db, stale.org_id, async (tx) => {
    const row = await tx
      .selectFrom('accounts')
      .selectAll()
      .where('org_id', '=', stale.org_id)
      .where('id', '=', stale.id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!row?.credentials_sealed || row.state !== 'connected')
      throw new ConnectorError({ kind: 'auth-revoked', code: 'account-not-connected' })
    if (wasRenewed(services, stale, row)) return { kind: 'done', row }
    const now = services.clock()
    if (row.renewing_until && row.renewing_until > now) return { kind: 'busy' }
    await tx
      .updateTable('accounts')
      .set({ renewing_until: new Date(now.getTime() + renewalMs) })
      .where('org_id', '=', row.org_id)
      .where('id', '=', row.id)
      .execute()
    return { kind: 'ours', row }
  })
}

/** `longrun reseal` writes other bytes for the same credentials. A network may lengthen a token instead of changing it. */
function wasRenewed(services: SessionServices, stale: AccountRow, row: AccountRow): boolean {
  if (!stale.credentials_sealed) return true
  if (row.credentials_sealed?.equals(stale.credentials_sealed)) return false
  return (
    row.credentials_expire_at?.getTime() !== stale.credentials_expire_at?.getTime() ||
    !isDeepStrictEqual(openCredentials(services, row), openCredentials(services, stale))
  )
}

async function renewNow(services: SessionServices, row: AccountRow): Promise<AccountRow> {
  const { refresh } = connectorOf(row.connector)
  try {
    if (!refresh) throw new ConnectorError({ kind: 'auth-revoked', code: 'credentials-expired' })
    const renewal = await refresh(sessionFor(services, row, { signal: AbortSignal.timeout(renewalMs - 5_000) }))
    return await inOrg(services.db, row.org_id, async (tx) => {
      await keepCredentials(services, tx, row.org_id, row.id, renewal)
      const fresh = await tx
        .updateTable('accounts')
        .set({ renewing_until: null })
        .where('org_id', '=', row.org_id)
        .where('id', '=', row.id)
        .returningAll()
        .executeTakeFirstOrThrow()
      await record(tx, row.org_id, longrunItself, services.clock(), {
        verb: 'account.renewed',
        subject: { kind: 'account', id: row.id },
      })
      return fresh
    })
  } catch (error) {
    throw await noteRefusal(services, row, asConnectorError(error, false))
  }
}

async function noteRefusal(services: SessionServices, row: AccountRow, error: ConnectorError): Promise<ConnectorError> {
  // "Expired" in answer to a renewal means that the renewal itself is no longer accepted.
  const lost = ['auth-revoked', 'auth-expired', 'forbidden', 'gone'].includes(error.kind)
  await inOrg(services.db, row.org_id, async (tx) => {
    await tx
      .updateTable('accounts')
      .set({ renewing_until: null })
      .where('org_id', '=', row.org_id)
      .where('id', '=', row.id)
      .execute()
    if (lost) await requireReconnect(tx, row.org_id, row.id, error.code, services.clock())
  })
  return lost ? new ConnectorError({ kind: 'auth-revoked', code: error.code }) : error
}
