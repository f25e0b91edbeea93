// Stores what connecting brought: a new account, or the old one with fresh credentials and all that belongs to it.

import { sql } from 'kysely'
import type { Connection, Profile } from '../connectors/contract.ts'
import { connectorOf } from '../connectors/registry.ts'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { storable } from '../lib/storable.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { hurryHistory } from './history/store.ts'
import { accessEnd, accountRow, sealCredentials } from './session.ts'
import { type AccountShown, showAccounts } from './views.ts'

export interface Keeping {
  caller: Caller
  connector: string
  method: string
  /** The account to reconnect; another one at the network is refused. */
  accountId?: string
  connection: Connection
}

export async function keepConnection(
  services: Pick<Services, 'clock' | 'sealer'>,
  tx: Tx,
  keeping: Keeping,
): Promise<AccountShown> {
  const { caller, connector, connection } = keeping
  const profile = storable(connection.profile)
  const known = await knownAccount(tx, caller.orgId, connector, profile)
  if (keeping.accountId && known !== keeping.accountId)
    throw new Refusal('another-account', { status: 409, params: { handle: profile.handle } })
  const id = known ?? newId()
  const now = services.clock()
  const fresh = freshFacts(services, keeping, id, now)
  if (known) {
    await tx.updateTable('accounts').set(fresh).where('org_id', '=', caller.orgId).where('id', '=', id).execute()
    await hurryHistory(tx, caller.orgId, id, now)
  } else await insertAccount(tx, keeping, { id, now, fresh })
  await record(tx, caller.orgId, caller.actor, now, {
    verb: known ? 'account.reconnected' : 'account.connected',
    subject: { kind: 'account', id },
    facts: { connector, handle: profile.handle },
  })
  return (await showAccounts(tx, [await accountRow(tx, caller.orgId, id)]))[0]!
}

/** A second click, or a second tab: the lock lets whoever comes later find the account that the first one made. */
async function knownAccount(
  tx: Tx,
  orgId: string,
  connector: string,
  { remoteId, server }: Pick<Profile, 'remoteId' | 'server'>,
): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${orgId} ${connector} ${remoteId}`}, 0))`.execute(tx)
  const same = await tx
    .selectFrom('accounts')
    .select(['id', 'server'])
    .where('org_id', '=', orgId)
    .where('connector', '=', connector)
    .where('remote_id', '=', remoteId)
    .forNoKeyUpdate()
    .execute()
  const known = connectorOf(connector).idsByServer
    ? same.find((each) => siteOf(each.server) === siteOf(server))
    : same[0]
  return known?.id ?? null
}

/** A site that is encrypted since the last time is the same one. */
const siteOf = (server: string): string => server.replace(/^https?:\/\//, '')

function freshFacts(services: Pick<Services, 'sealer'>, keeping: Keeping, id: string, now: Date) {
  const { caller, connector, method, connection } = keeping
  const profile = storable(connection.profile)
  const { refresh, listen } = connectorOf(connector)
  const renewable = connection.renewable ?? refresh !== undefined
  return {
    handle: profile.handle,
    display_name: profile.displayName,
    avatar_url: profile.avatarUrl,
    url: profile.url,
    server: profile.server,
    instance: JSON.stringify(profile.instance),
    auth_method: method,
    credentials_sealed: sealCredentials(services, caller.orgId, id, connection.credentials),
    credentials_expire_at: connection.expiresAt,
    renewable,
    access_ends_at: accessEnd({ ...connection, renewable }) ?? null,
    scopes: storable(connection.scopes),
    state: 'connected',
    state_reason: null,
    state_since: now,
    checked_at: now,
    last_success_at: now,
    announced: null,
    rest_until: null,
    listen_due_at: listen ? now : null,
  }
}

interface NewAccount {
  id: string
  now: Date
  fresh: ReturnType<typeof freshFacts>
}

/** The organisation's zone and whoever connects it are good first guesses for zone and owner. */
async function insertAccount(tx: Tx, { caller, connector, connection }: Keeping, { id, now, fresh }: NewAccount) {
  const { time_zone } = await tx
    .selectFrom('organisations')
    .select('time_zone')
    .where('id', '=', caller.orgId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('accounts')
    .values({
      org_id: caller.orgId,
      id,
      connector,
      remote_id: storable(connection.profile.remoteId),
      name: fresh.display_name || fresh.handle,
      time_zone,
      owner_id: caller.memberId,
      created_at: now,
      created_by: caller.memberId,
      ...fresh,
    })
    .execute()
}
