// Accounts and networks as the API shows them.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Connector } from '../connectors/contract.ts'
import { connectorOf, connectors } from '../connectors/registry.ts'
import type { Tx } from '../db/tx.ts'
import type { accountView as accountShape, connectorView, slot } from './contract.ts'
import { type AccountRow, accountView } from './session.ts'

export type AccountShown = z.infer<typeof accountShape>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function accountShown(row: AccountRow, scheduledCount: number): AccountShown {
  const connector = connectorOf(row.connector)
  return {
    id: row.id,
    connector: row.connector,
    remoteId: row.remote_id,
    handle: row.handle,
    displayName: row.display_name,
    avatarUrl: row.avatar_url,
    url: row.url,
    server: row.server,
    name: row.name,
    timeZone: row.time_zone,
    slots: row.slots as z.infer<typeof slot>[],
    ownerId: row.owner_id,
    deputyId: row.deputy_id,
    authMethod: row.auth_method,
    state: row.state as AccountShown['state'],
    stateReason: row.state_reason,
    stateSince: row.state_since.toISOString(),
    health: healthOf(row, connector),
    publishes: connector.publish !== undefined,
    listens: connector.listen !== undefined,
    toSubscribers: connector.toSubscribers ?? false,
    limits: { ...connector.limits(accountView(row)) },
    scheduledCount,
  }
}

const healthOf = (row: AccountRow, connector: Connector): AccountShown['health'] => ({
  checkedAt: iso(row.checked_at),
  lastSuccessAt: iso(row.last_success_at),
  lastFailureAt: iso(row.last_failure_at),
  lastFailure: row.last_failure,
  credentialsExpireAt: iso(row.credentials_expire_at),
  renews: row.renewable && connector.refresh !== undefined,
  accessEndsAt: iso(row.access_ends_at),
  scopes: row.scopes,
  restUntil: iso(row.rest_until),
})

/** How many posts wait for each account. The count belongs to publishing, which is asked in SQL to keep the list at one query. */
export async function showAccounts(tx: Tx, rows: AccountRow[]): Promise<AccountShown[]> {
  if (rows.length === 0) return []
  const counts = await sql<{ account_id: string; count: number }>`
    select account_id, count(*) as count from variants
    where org_id = ${rows[0]!.org_id} and account_id = any(${rows.map((row) => row.id)}::uuid[]) and state in ('scheduled', 'parked', 'held')
      and post_id is not null group by account_id`.execute(tx)
  const byAccount = new Map(counts.rows.map((row) => [row.account_id, row.count]))
  return rows.map((row) => accountShown(row, byAccount.get(row.id) ?? 0))
}

/** Those to which an account can be connected. */
export const networks = (): z.infer<typeof connectorView>[] =>
  connectors
    .filter(({ auth }) => auth.length > 0)
    .map((connector) => ({
      id: connector.id,
      name: connector.name,
      docs: connector.docs,
      reviewed: connector.reviewed,
      practice: connector.practice === true,
      methods: connector.auth.map(({ id, kind, label, fields }) => ({ id, kind, label, fields })),
      publishes: connector.publish !== undefined,
      listens: connector.listen !== undefined,
      counts: connector.metrics !== undefined,
      options: connector.options ? z.toJSONSchema(connector.options, { unrepresentable: 'any' }) : null,
    }))
