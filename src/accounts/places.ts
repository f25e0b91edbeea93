// Places where we have no account: what was heard there is read in the inbox and cannot be answered. They stand in no list of accounts.

import { sql } from 'kysely'
import { findConnector } from '../connectors/registry.ts'
import type { Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { type AccountRow, withoutAccount } from './session.ts'

/** One for each network, made when it is first needed: conversations hang on it as on an account. `by` null: a rule, so an owner's. */
export async function placeOf(
  tx: Tx,
  orgId: string,
  network: string,
  { by, at }: { by: string | null; at: Date },
): Promise<AccountRow> {
  const name = findConnector(network)?.name ?? (network === 'by-hand' ? 'By hand' : network)
  const createdBy =
    by ?? sql<string>`(select id from members where org_id = ${orgId} and role = 'owner' order by id limit 1)`
  await tx
    .insertInto('accounts')
    .values({
      ...{ org_id: orgId, id: newId(), connector: network, remote_id: '', handle: '', display_name: name, name },
      ...{ url: '', server: '', instance: '{}', time_zone: 'UTC', auth_method: withoutAccount, renewable: false },
      ...{ state: 'disconnected', state_since: at, created_at: at, created_by: createdBy },
    })
    .onConflict((known) => known.columns(['org_id', 'connector', 'remote_id', 'server']).doNothing())
    .execute()
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connector', '=', network)
    .where('remote_id', '=', '')
    .executeTakeFirstOrThrow()
}
