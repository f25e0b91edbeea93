// Who the credentials belong to, read from the account's own server alone, so that it works without any AppView.

import type { Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { authorizeWith, readCredentials } from './authorize.ts'
import { type Credentials, profileRecord, sessionAccount } from './wire.ts'
import { query } from './xrpc.ts'

export async function identify(session: Session): Promise<Profile> {
  return readProfile(session, readCredentials(session))
}

export async function readProfile(session: Session, credentials: Credentials): Promise<Profile> {
  const { pds, did } = credentials
  const account = await readAccount(session, credentials)
  if (account.did !== did) throw new ConnectorError({ kind: 'changed', code: 'did-mismatch' })
  const own = await readOwnRecord(session, credentials)
  const avatar = own?.avatar?.ref.$link
  return {
    remoteId: did,
    handle: account.handle,
    displayName: own?.displayName || account.handle,
    avatarUrl: avatar ? `${pds}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did, cid: avatar })}` : null,
    url: `https://bsky.app/profile/${publicName(account.handle, did)}`,
    server: pds,
    instance: {},
  }
}

/** A small authorised read: proves that the token is good, and brings a fresh nonce where tokens are bound to a key. */
export async function readAccount(session: Session, credentials: Credentials) {
  return query(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'com.atproto.server.getSession',
    schema: sessionAccount,
  })
}

/** Handles read better in addresses; one that no longer resolves is shown by the network as `handle.invalid`. */
export function publicName(handle: string, did: string): string {
  return handle === '' || handle === 'handle.invalid' ? did : handle
}

/** A new account has no profile record yet. */
async function readOwnRecord(session: Session, credentials: Credentials) {
  try {
    const { value } = await query(session, {
      base: credentials.pds,
      authorize: authorizeWith(credentials),
      id: 'com.atproto.repo.getRecord',
      params: { repo: credentials.did, collection: 'app.bsky.actor.profile', rkey: 'self' },
      schema: profileRecord,
    })
    return value
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'gone' || error.kind === 'rejected')) return null
    throw error
  }
}
