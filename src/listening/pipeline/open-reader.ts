// Opens what a lease names: with the account that it needs, fresh credentials, and connections that are made again when they break.

import { renewAccount } from '../../accounts/renew.ts'
import { type AccountRow, accountRow, type SessionServices, sessionFor, sessionOf } from '../../accounts/session.ts'
import { asConnectorError, ConnectorError } from '../../connectors/errors.ts'
import { holdStream } from '../../connectors/hold-stream.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../../connectors/listen.ts'
import { createTransport } from '../../connectors/transport.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { callbackOf } from '../sources/callbacks.ts'
import { findKind } from '../sources/kinds.ts'
import { type Lease, noteFailure } from './leases.ts'

export type OpenServices = SessionServices & Pick<Services, 'config' | 'publicUrl'>

const pollTimeoutMs = 60_000
const noAccount = { id: '', remoteId: '', handle: '', server: '', instance: null }

export async function* openReader(
  services: OpenServices,
  lease: Lease,
  signal: AbortSignal,
): AsyncGenerator<StreamBatch> {
  const kind = findKind(lease.connector, lease.kind)
  // Another version of Longrun made it.
  if (!kind) throw new ConnectorError({ kind: 'forbidden', code: 'source-kind-not-known' })
  let account =
    lease.account &&
    (await inOrg(services.db, lease.account.orgId, (tx) => accountRow(tx, lease.account!.orgId, lease.account!.id)))
  for (let renewed = false; ; renewed = true) {
    try {
      yield* read(services, kind, lease, account, signal)
      return
    } catch (thrown) {
      const error = asConnectorError(thrown, false)
      if (error.kind !== 'auth-expired' || renewed || !account) throw thrown
      account = await renewAccount(services, account)
    }
  }
}

async function* read(
  services: OpenServices,
  kind: SourceKind,
  lease: Lease,
  account: AccountRow | null,
  signal: AbortSignal,
): AsyncGenerator<StreamBatch> {
  if (kind.poll) {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(pollTimeoutMs)])
    yield await kind.poll(sessionOn(services, lease, account, limited), lease.cursor)
    return
  }
  yield* holdStream(kind, sessionOn(services, lease, account, signal), lease.cursor, {
    lost(error) {
      const { db, clock, log } = services
      asSystem(db, (tx) => noteFailure(tx, lease, error, clock())).catch((failure) =>
        log.warn('It could not be noted that a stream broke', { reader: lease.readerId, error: failure }),
      )
    },
  })
}

function sessionOn(
  services: OpenServices,
  { readerId, settings }: Lease,
  account: AccountRow | null,
  signal: AbortSignal,
): ListenSession {
  const { config, clock, log } = services
  const {
    account: view,
    credentials,
    http,
    now,
  } = account
    ? sessionFor(services, account, { signal })
    : sessionOf(services, { account: noAccount, credentials: null, signal, keep: async () => {} })
  return {
    account: view,
    credentials,
    http,
    now,
    signal,
    settings,
    log: (message, facts) => log.info(message, { reader: readerId, ...facts }),
    transport: createTransport({ signal, allowPrivate: config.allowPrivate, now: clock }),
    callback: callbackOf(services, readerId),
  }
}
