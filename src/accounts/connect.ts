// Connects accounts, by a key or at the network, and reconnects them without losing what is scheduled.

import { randomBytes } from 'node:crypto'
import type { AuthMethod, Json, Session } from '../connectors/contract.ts'
import { asConnectorError } from '../connectors/errors.ts'
import { connectorOf, connectors } from '../connectors/registry.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { sha256Hex } from '../lib/hash.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { may, type Role, type Verb } from '../people/permissions.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { keepConnection } from './keep-connection.ts'
import { type SessionServices, sessionOf, withoutAccount } from './session.ts'
import type { AccountShown } from './views.ts'

type Deps = SessionServices

export interface ConnectInput {
  connector: string
  method: string
  values: Record<string, string>
  accountId?: string
}

const connectTimeoutMs = 30_000
const attemptLifetimeMs = 30 * 60_000
const nobody = { id: '', remoteId: '', handle: '', server: '', instance: null }

export async function connectAccount(services: Deps, caller: Caller, input: ConnectInput): Promise<AccountShown> {
  const method = methodOf(input, 'fields')
  const values = valuesOf(method, input.values)
  await mustBeAccount(services, caller, input)
  const connection = await asked(() => method.connect(sessionWithout(services), values))
  return inOrg(services.db, caller.orgId, (tx) => keepConnection(services, tx, { ...input, caller, connection }))
}

/** Begins a connection that the network itself confirms. What must be remembered until the person comes back is sealed. */
export async function authoriseAccount(
  services: Deps & Pick<Services, 'publicUrl'>,
  caller: Caller,
  input: ConnectInput,
): Promise<{ url: string }> {
  const method = methodOf(input, 'oauth')
  const values = valuesOf(method, input.values)
  await mustBeAccount(services, caller, input)
  const state = randomBytes(24).toString('base64url')
  const { url, pending } = await asked(() =>
    method.begin(sessionWithout(services), values, { url: callbackUrl(services), state }),
  )
  await inOrg(services.db, caller.orgId, async (tx) => {
    const id = newId()
    await tx
      .insertInto('connection_attempts')
      .values({
        org_id: caller.orgId,
        id,
        state_hash: sha256Hex(state),
        connector: input.connector,
        auth_method: input.method,
        account_id: input.accountId ?? null,
        member_id: caller.memberId,
        created_at: services.clock(),
        pending_sealed: services.sealer.seal(JSON.stringify(pending), attemptPurpose(id)),
      })
      .execute()
  })
  return { url }
}

/** Binds what must be remembered to its own way there and back. */
export const attemptPurpose = (id: string): string => `connection:${id}`

/** Where networks send people back to. */
export const callbackUrl = (services: Pick<Services, 'publicUrl'>): string => `${services.publicUrl}/connect/callback`

/**
 * Ends what `authoriseAccount` began. `userId` is who came back: only the person who left may finish.
 * @throws Refusal when the way is unknown, too old, somebody else's, no longer theirs to go, or was refused at the network.
 */
export async function finishAuthorisation(
  services: Deps & Pick<Services, 'publicUrl'>,
  userId: string,
  params: Record<string, string>,
): Promise<{ orgId: string; account: AccountShown }> {
  const { attempt, caller } = await takeAttempt(services, userId, params.state ?? '')
  const input = {
    connector: attempt.connector,
    method: attempt.auth_method,
    values: {},
    accountId: attempt.account_id ?? undefined,
  }
  if (params.error) throw new Refusal('network-refused', { params: { kind: 'forbidden', code: params.error } })
  const method = methodOf(input, 'oauth')
  const pending: Json = JSON.parse(services.sealer.open(attempt.pending_sealed, attemptPurpose(attempt.id)))
  const connection = await asked(() =>
    method.finish(sessionWithout(services), pending, params, { url: callbackUrl(services), state: params.state! }),
  )
  const account = await inOrg(services.db, caller.orgId, (tx) =>
    keepConnection(services, tx, { ...input, caller, connection }),
  )
  return { orgId: caller.orgId, account }
}

async function takeAttempt(services: Deps, userId: string, state: string) {
  return asSystem(services.db, async (tx) => {
    const attempt = await tx
      .deleteFrom('connection_attempts')
      .where('state_hash', '=', sha256Hex(state))
      .returningAll()
      .executeTakeFirst()
    if (!attempt || services.clock().getTime() - attempt.created_at.getTime() > attemptLifetimeMs)
      throw new Refusal('connection-not-known', { status: 404 })
    const member = await tx
      .selectFrom('members')
      .selectAll()
      .where('org_id', '=', attempt.org_id)
      .where('id', '=', attempt.member_id)
      .executeTakeFirstOrThrow()
    if (member.user_id !== userId || member.ended_at) throw new Refusal('connection-not-yours', { status: 403 })
    const role = member.role as Role
    // Meanwhile somebody may have taken the right away.
    const needed = 'accounts.connect' satisfies Verb
    if (!may(role, needed)) throw new Refusal('role-forbids', { status: 403, params: { role, verb: needed } })
    const caller: Caller = {
      orgId: attempt.org_id,
      userId,
      memberId: member.id,
      role,
      actor: { kind: 'member', id: member.id },
      scopes: null,
    }
    return { attempt, caller }
  })
}

function sessionWithout(services: Deps): Session {
  return sessionOf(services, {
    account: nobody,
    credentials: null,
    signal: AbortSignal.timeout(connectTimeoutMs),
    keep: async () => {},
  })
}

function methodOf<Kind extends AuthMethod['kind']>(
  input: Pick<ConnectInput, 'connector' | 'method'>,
  kind: Kind,
): Extract<AuthMethod, { kind: Kind }> {
  if (!connectors.some((connector) => connector.id === input.connector))
    throw new Refusal('network-not-known', { field: 'connector' })
  const method = connectorOf(input.connector).auth.find((each) => each.id === input.method && each.kind === kind)
  if (!method) throw new Refusal('method-not-known', { field: 'method' })
  return method as Extract<AuthMethod, { kind: Kind }>
}

/** Asked before the network is: nobody signs in there for an account that is not here. */
async function mustBeAccount(services: Deps, caller: Caller, { accountId, connector }: ConnectInput): Promise<void> {
  if (!accountId) return
  const known = await inOrg(services.db, caller.orgId, (tx) =>
    tx
      .selectFrom('accounts')
      .select('connector')
      .where('org_id', '=', caller.orgId)
      .where('id', '=', accountId)
      .where('auth_method', '<>', withoutAccount)
      .executeTakeFirst(),
  )
  if (known?.connector !== connector) throw new Refusal('account-not-found', { field: 'accountId' })
}

/** Exactly the fields that the method asks for, trimmed; a secret keeps its inner spaces. */
function valuesOf(method: AuthMethod, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    method.fields.map((field) => {
      const value = (given[field.name] ?? field.initial ?? '').trim()
      if (!value) throw new Refusal('field-needed', { field: `values.${field.name}` })
      return [field.name, value]
    }),
  )
}

/** What the network says while connecting belongs beside the field that it speaks of. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown
    const error = asConnectorError(thrown, false)
    throw new Refusal('network-refused', {
      ...(error.field ? { field: `values.${error.field}` } : {}),
      params: { kind: error.kind, code: error.code },
    })
  }
}
