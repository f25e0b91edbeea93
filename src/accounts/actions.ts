// Changes connected accounts: names and people, checks at the network, disconnecting.

import type { z } from 'zod'
import { asConnectorError } from '../connectors/errors.ts'
import { connectorOf } from '../connectors/registry.ts'
import { keepPlan } from '../db/pool.ts'
import { inOrg, readInOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { Refusal } from '../lib/refusal.ts'
import { storable } from '../lib/storable.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { slot } from './contract.ts'
import { noteResults, requireReconnect } from './health.ts'
import { forgetHistory } from './history/store.ts'
import { renewAccount } from './renew.ts'
import { type AccountRow, accountRow, type SessionServices, sessionFor, withoutAccount } from './session.ts'
import { type AccountShown, showAccounts } from './views.ts'

export function listAccounts(services: Pick<Services, 'db'>, caller: Caller): Promise<AccountShown[]> {
  return readInOrg(services.db, caller.orgId, async (tx) =>
    showAccounts(
      tx,
      await tx
        .selectFrom('accounts')
        .selectAll()
        .where('org_id', '=', caller.orgId)
        .where('auth_method', '<>', withoutAccount)
        .orderBy('name')
        .orderBy('id')
        .modifyEnd(keepPlan)
        .execute(),
    ),
  )
}

export function readAccount(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { id }: { id: string },
): Promise<AccountShown> {
  return readInOrg(
    services.db,
    caller.orgId,
    async (tx) => (await showAccounts(tx, [await accountRow(tx, caller.orgId, id)]))[0]!,
  )
}

export interface AccountChange {
  id: string
  name?: string
  ownerId?: string | null
  deputyId?: string | null
  timeZone?: string
  slots?: z.infer<typeof slot>[]
}

export function changeAccount(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  change: AccountChange,
): Promise<AccountShown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await accountRow(tx, caller.orgId, change.id)
    await mustBeMembers(tx, caller.orgId, { ownerId: change.ownerId, deputyId: change.deputyId })
    const set = {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.ownerId === undefined ? {} : { owner_id: change.ownerId }),
      ...(change.deputyId === undefined ? {} : { deputy_id: change.deputyId }),
      ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
      ...(change.slots === undefined ? {} : { slots: JSON.stringify(change.slots) }),
    }
    if (Object.keys(set).length > 0) {
      await tx.updateTable('accounts').set(set).where('org_id', '=', caller.orgId).where('id', '=', change.id).execute()
      await record(tx, caller.orgId, caller.actor, services.clock(), {
        verb: 'account.changed',
        subject: { kind: 'account', id: change.id },
        facts: { fields: Object.keys(set) },
      })
    }
    return (await showAccounts(tx, [await accountRow(tx, caller.orgId, change.id)]))[0]!
  })
}

async function mustBeMembers(tx: Tx, orgId: string, people: Record<string, string | null | undefined>): Promise<void> {
  for (const [field, id] of Object.entries(people)) {
    if (!id) continue
    const found = await tx
      .selectFrom('members')
      .select('id')
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (!found) throw new Refusal('member-not-found', { field })
  }
}

/** Asks the network who we are and what it allows now. The answer to a person is the account as it stands afterwards. */
export async function checkAccount(
  services: SessionServices,
  caller: Caller,
  { id }: { id: string },
): Promise<AccountShown> {
  const row = await inOrg(services.db, caller.orgId, (tx) => accountRow(tx, caller.orgId, id))
  if (row.state === 'connected') await identify(services, row)
  return readAccount(services, caller, { id })
}

export async function identify(services: SessionServices, row: AccountRow, renewed = false): Promise<void> {
  const { org_id: orgId, id: accountId } = row
  try {
    const session = sessionFor(services, row, { signal: AbortSignal.timeout(20_000) })
    const profile = storable(await connectorOf(row.connector).identify(session))
    await inOrg(services.db, orgId, async (tx) => {
      const now = services.clock()
      await tx
        .updateTable('accounts')
        .set({
          handle: profile.handle,
          display_name: profile.displayName,
          avatar_url: profile.avatarUrl,
          url: profile.url,
          instance: JSON.stringify(profile.instance),
          checked_at: now,
          last_success_at: now,
        })
        .where('org_id', '=', orgId)
        .where('id', '=', accountId)
        .execute()
    })
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    if (error.kind === 'auth-expired' && !renewed && connectorOf(row.connector).refresh) {
      const fresh = await renewAccount(services, row).catch(() => null)
      return fresh ? identify(services, fresh, true) : undefined
    }
    await inOrg(services.db, orgId, async (tx) => {
      const now = services.clock()
      await tx
        .updateTable('accounts')
        .set({ checked_at: now })
        .where('org_id', '=', orgId)
        .where('id', '=', accountId)
        .execute()
      await noteResults(tx, [{ orgId, accountId, ok: false, failure: error.code }], now)
      if (error.kind === 'auth-expired' || error.kind === 'auth-revoked')
        await requireReconnect(tx, orgId, accountId, error.code, now)
    })
  }
}

/** Forgets the credentials, and what the account told of its past. What is scheduled waits for a new connection; what is published stays on record. */
export function disconnectAccount(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<AccountShown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await accountRow(tx, caller.orgId, id)
    const now = services.clock()
    await tx
      .updateTable('accounts')
      .set({
        state: 'disconnected',
        state_reason: 'disconnected-by-person',
        state_since: now,
        credentials_sealed: null,
        credentials_expire_at: null,
        listen_due_at: null,
      })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .execute()
    await forgetHistory(tx, caller.orgId, id)
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'account.disconnected',
      subject: { kind: 'account', id },
    })
    return (await showAccounts(tx, [await accountRow(tx, caller.orgId, id)]))[0]!
  })
}
