// Connecting with an app password, and renewing what it gave: short access tokens, long refresh tokens that change on use.

import type { AuthMethod, Connection, Renewal, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { anonymous, bearer } from './authorize.ts'
import { readDidDocument, readIdentifier, readOrigin, serverOf } from './identity.ts'
import { readProfile } from './profile.ts'
import { type AppPasswordCredentials, sessionTokens, tokenClaims } from './wire.ts'
import { procedure } from './xrpc.ts'

export function appPassword(directory: string): AuthMethod {
  return {
    kind: 'fields',
    id: 'app-password',
    label: 'App password',
    fields: [
      {
        name: 'service',
        label: 'Server',
        type: 'url',
        initial: 'https://bsky.social',
        help: 'Leave as it is unless your account lives on a server of your own.',
      },
      { name: 'identifier', label: 'Handle', type: 'text', placeholder: 'name.bsky.social' },
      {
        name: 'password',
        label: 'App password',
        type: 'secret',
        placeholder: 'xxxx-xxxx-xxxx-xxxx',
        help: 'Made in Bluesky under Settings, Privacy and security, App passwords. Allow it direct messages if you want to answer them. Not the password you sign in with.',
      },
    ],
    connect: (session, values) => connect(session, values, directory),
  }
}

async function connect(session: Session, values: Record<string, string>, directory: string): Promise<Connection> {
  const service = readOrigin(values.service || 'https://bsky.social', 'service')
  const identifier = readIdentifier(values.identifier ?? '')
  const password = (values.password ?? '').trim()
  if (identifier === '') throw new ConnectorError({ kind: 'rejected', code: 'required', field: 'identifier' })
  if (password === '') throw new ConnectorError({ kind: 'rejected', code: 'required', field: 'password' })
  const tokens = await signIn(session, service, identifier, password).catch((error: unknown) => {
    throw forTheForm(error)
  })
  const pds = serverOf(tokens.didDoc) ?? serverOf(await readDidDocument(session, directory, tokens.did)) ?? service
  const scope = claimsOf(tokens.accessJwt).scope ?? null
  const credentials: AppPasswordCredentials = {
    kind: 'password',
    did: tokens.did,
    pds,
    service,
    access: tokens.accessJwt,
    refresh: tokens.refreshJwt,
    // Somebody's main password opens everything, so it is used once and forgotten.
    password: scope?.startsWith('com.atproto.appPass') ? password : null,
  }
  const profile = await readProfile(session, credentials)
  return { ...renewalOf(session, credentials), profile, scopes: scope === null ? [] : [scope] }
}

/** New tokens for the old ones; failing that, a new sign-in where the app password is still good. */
export async function refreshAppPassword(session: Session, old: AppPasswordCredentials): Promise<Renewal> {
  const tokens = await renew(session, old).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    if (old.password === null) throw new ConnectorError({ kind: 'auth-revoked', code: error.code })
    session.log('signing in anew because the refresh token was refused', { code: error.code })
    return signIn(session, old.service, old.did, old.password)
  })
  if (tokens.did !== old.did) throw new ConnectorError({ kind: 'changed', code: 'did-mismatch' })
  return renewalOf(session, {
    ...old,
    access: tokens.accessJwt,
    refresh: tokens.refreshJwt,
    // Accounts move between servers; the document follows them.
    pds: serverOf(tokens.didDoc) ?? old.pds,
  })
}

function signIn(session: Session, service: string, identifier: string, password: string) {
  return procedure(session, {
    base: service,
    authorize: anonymous,
    id: 'com.atproto.server.createSession',
    input: { identifier, password },
    schema: sessionTokens,
  })
}

function renew(session: Session, old: AppPasswordCredentials) {
  return procedure(session, {
    base: old.pds,
    authorize: bearer(old.refresh),
    id: 'com.atproto.server.refreshSession',
    schema: sessionTokens,
  })
}

function isRefusal(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && ['auth-expired', 'auth-revoked', 'rejected'].includes(error.kind)
}

/** Names the field that the person has to correct. */
function forTheForm(error: unknown): unknown {
  if (!(error instanceof ConnectorError)) return error
  const { kind, code } = error
  if (code === 'AuthenticationRequired' || code === 'AuthFactorTokenRequired')
    return new ConnectorError({ kind: 'rejected', code, field: 'password' })
  if (kind === 'auth-revoked' || kind === 'rejected') return new ConnectorError({ kind, code, field: 'identifier' })
  if (kind === 'gone' || kind === 'changed')
    return new ConnectorError({ kind: 'rejected', code: 'not-a-server', field: 'service' })
  return error
}

const hour = 3_600_000

function renewalOf(session: Session, credentials: AppPasswordCredentials): Renewal {
  const { exp } = claimsOf(credentials.access)
  // A token that hides its end is taken to live as briefly as the specification allows servers to make it.
  const expiresAt = exp === undefined ? new Date(session.now().getTime() + hour) : new Date(exp * 1000)
  return { credentials, expiresAt }
}

/** Read, not trusted: the server alone decides what the token may do. */
function claimsOf(token: string): { exp?: number; scope?: string } {
  try {
    const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    return tokenClaims.parse(JSON.parse(body))
  } catch {
    return {}
  }
}
