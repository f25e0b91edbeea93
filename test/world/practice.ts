// An organisation with an owner and accounts on a practice network, on a real database: the ground for publishing tests and benchmarks.

import type { AccountRow } from '../../src/accounts/session.ts'
import { accessEnd, sealCredentials, sessionOf } from '../../src/accounts/session.ts'
import type { Connection, Draft } from '../../src/connectors/contract.ts'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../src/connectors/fake/server.ts'
import { connectorOf } from '../../src/connectors/registry.ts'
import { asSystem, type Db, inOrg } from '../../src/db/tx.ts'
import { guardedFetch } from '../../src/lib/guarded-fetch.ts'
import { newId } from '../../src/lib/ids.ts'
import { createSealer } from '../../src/lib/seal.ts'
import type { Role } from '../../src/people/permissions.ts'
import type { Caller } from '../../src/people/types.ts'
import type { Services } from '../../src/services.ts'

export type PracticeServices = Pick<Services, 'db' | 'clock' | 'log' | 'sealer' | 'fetch' | 'linkBases'>

export const quietLog = { info: () => {}, warn: () => {}, error: () => {} }

export function practiceServices(db: Db, more: Partial<PracticeServices> = {}): PracticeServices {
  return {
    db,
    clock: () => new Date(),
    log: quietLog,
    sealer: createSealer(['a test key that is long enough to be one']),
    fetch: guardedFetch({ allowedPrivate: ['127.0.0.1'] }),
    linkBases: ['http://localhost:4545/l/'],
    ...more,
  }
}

/** An organisation with one owner. */
export async function anOrganisation(db: Db, name = 'Runners'): Promise<Caller> {
  const [orgId, userId, memberId] = [newId(), newId(), newId()]
  await asSystem(db, async (tx) => {
    await tx
      .insertInto('users')
      .values({ id: userId, name: 'Owner', email: `${userId}@example.org` })
      .execute()
    await tx
      .insertInto('organisations')
      .values({ id: orgId, name, slug: orgId, time_zone: 'UTC', created_by: userId })
      .execute()
    await tx.insertInto('members').values({ org_id: orgId, id: memberId, user_id: userId, role: 'owner' }).execute()
  })
  return { orgId, userId, memberId, role: 'owner', actor: { kind: 'member', id: memberId }, scopes: null }
}

/** Somebody else of the same organisation. */
export async function aMember(db: Db, { orgId }: Caller, role: Role): Promise<Caller> {
  const [userId, memberId] = [newId(), newId()]
  await asSystem(db, async (tx) => {
    const name = `Member ${memberId.slice(-4)}`
    await tx
      .insertInto('users')
      .values({ id: userId, name, email: `${userId}@example.org` })
      .execute()
    await tx.insertInto('members').values({ org_id: orgId, id: memberId, user_id: userId, role }).execute()
  })
  return { orgId, userId, memberId, role, actor: { kind: 'member', id: memberId }, scopes: null }
}

/** Stores an account as connecting does. */
export async function anAccount(
  services: PracticeServices,
  caller: Caller,
  connectorId: string,
  connection: Connection,
): Promise<string> {
  const id = newId()
  const { profile, renewable = connectorOf(connectorId).refresh !== undefined } = connection
  await inOrg(services.db, caller.orgId, (tx) =>
    tx
      .insertInto('accounts')
      .values({
        org_id: caller.orgId,
        id,
        connector: connectorId,
        remote_id: profile.remoteId,
        handle: profile.handle,
        display_name: profile.displayName,
        url: profile.url,
        server: profile.server,
        instance: JSON.stringify(profile.instance),
        name: profile.displayName,
        time_zone: 'UTC',
        auth_method: 'test',
        state: 'connected',
        created_by: caller.memberId,
        credentials_sealed: sealCredentials(services, caller.orgId, id, connection.credentials),
        credentials_expire_at: connection.expiresAt,
        renewable,
        access_ends_at: accessEnd({ ...connection, renewable }) ?? null,
        scopes: connection.scopes,
      })
      .execute(),
  )
  return id
}

/** `through`: the address under which the connector reaches the network, when a fault server stands in between. */
export async function aPracticeAccount(
  services: PracticeServices,
  caller: Caller,
  network: FakeNetwork,
  through = network.url,
): Promise<string> {
  const { handle, token } = network.createAccount()
  const method = createFakeConnector().auth[0]!
  if (method.kind !== 'fields') throw new Error('The practice network connects by fields.')
  const session = sessionOf(services, {
    account: { id: '', remoteId: '', handle: '', server: '', instance: null },
    credentials: null,
    signal: AbortSignal.timeout(10_000),
    keep: async () => {},
  })
  return anAccount(services, caller, 'fake', await method.connect(session, { url: through, handle, token }))
}

export const aDraft = (text: string, more: Partial<Draft> = {}): Draft => ({ segments: [{ text, media: [] }], ...more })

export type { AccountRow }
export { startFakeNetwork }
