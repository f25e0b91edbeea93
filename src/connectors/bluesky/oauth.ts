// Signing in at the account's own server: pushed request, PKCE and key-bound tokens, as the network demands of every app.

import type * as OAuth from 'oauth4webapi'
import type { AuthMethod, Connection, Json, Redirect, Renewal, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { locate, readDidDocument, readIdentifier, readOrigin, serverOf } from './identity.ts'
import { clientFor, scope } from './oauth-client.ts'
import { openTalk } from './oauth-talk.ts'
import { readProfile } from './profile.ts'
import { did as didSchema, type OAuthCredentials, pendingSignIn, resourceMetadata } from './wire.ts'

export function oauth(directory: string): AuthMethod {
  return {
    kind: 'oauth',
    id: 'oauth',
    label: 'Sign in with Bluesky',
    fields: [
      { name: 'identifier', label: 'Handle', type: 'text', placeholder: 'name.bsky.social' },
      {
        name: 'service',
        label: 'Server',
        type: 'url',
        initial: 'https://bsky.social',
        help: 'Leave as it is unless your account lives on a server of your own.',
      },
    ],
    begin: (session, values, redirect) => begin(session, values, { redirect, directory }),
    finish: (session, pending, params) => finish(session, pending, { params, directory }),
  }
}

// ── Going there ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function begin(
  session: Session,
  values: Record<string, string>,
  { redirect, directory }: { redirect: Redirect; directory: string },
): Promise<{ url: string; pending: Json }> {
  const client = clientFor(redirect.url)
  const service = readOrigin(values.service || 'https://bsky.social', 'service')
  const identifier = readIdentifier(values.identifier ?? '')
  // Without a handle the person says at the server who they are.
  const server = identifier === '' ? service : (await locate(session, identifier, { service, directory })).server
  const issuer = await issuerOf(session, server)
  const key = await newKey()
  const talk = await openTalk(session, { issuer, clientId: client.id, key })
  const verifier = talk.lib.generateRandomCodeVerifier()
  const params = new URLSearchParams({
    response_type: 'code',
    redirect_uri: client.redirectUri,
    scope,
    state: redirect.state,
    code_challenge: await talk.lib.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(identifier === '' ? {} : { login_hint: identifier }),
  })
  const { request_uri } = await talk.push(params)
  const url = new URL(talk.as.authorization_endpoint ?? talk.as.issuer)
  url.search = new URLSearchParams({ client_id: client.id, request_uri }).toString()
  const { id: clientId, redirectUri } = client
  return { url: url.href, pending: { issuer, clientId, redirectUri, state: redirect.state, verifier, key } }
}

// ── Coming back ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function finish(
  session: Session,
  pending: Json,
  { params, directory }: { params: Record<string, string>; directory: string },
): Promise<Connection> {
  const { issuer, clientId, redirectUri, state, verifier, key } = pendingSignIn.parse(pending)
  const talk = await openTalk(session, { issuer, clientId, key })
  const tokens = await talk.redeem(new URLSearchParams(params), { state, redirectUri, verifier })
  const did = didSchema.parse(tokens.sub)
  // Any server may claim any account; only the account's own document says which server speaks for it.
  const pds = serverOf(await readDidDocument(session, directory, did))
  if (pds === null || (await issuerOf(session, pds)) !== issuer)
    throw new ConnectorError({ kind: 'rejected', code: 'issuer-mismatch', field: 'identifier' })
  const credentials: OAuthCredentials = {
    kind: 'oauth',
    did,
    pds,
    issuer,
    clientId,
    access: tokens.access_token,
    refresh: tokens.refresh_token ?? null,
    key,
  }
  const profile = await readProfile(session, credentials)
  return {
    ...renewalOf(session, credentials, tokens),
    consentEndsAt: new Date(session.now().getTime() + consentMs),
    profile,
    scopes: (tokens.scope ?? scope).split(' '),
  }
}

/**
 * A client without a secret of its own, as ours is, is trusted for two weeks from the sign-in, however often it renews
 * (https://atproto.com/specs/oauth#tokens-and-session-lifetime). The server itself does not say when they end.
 */
const consentMs = 14 * 24 * 3_600_000

/** The refresh token changes with each use; an old one shown again closes the whole sign-in. */
export async function refreshOAuth(session: Session, old: OAuthCredentials): Promise<Renewal> {
  if (old.refresh === null) throw new ConnectorError({ kind: 'auth-revoked', code: 'no-refresh-token' })
  const talk = await openTalk(session, old)
  const tokens = await talk.renew(old.refresh)
  if (tokens.sub !== old.did) throw new ConnectorError({ kind: 'changed', code: 'did-mismatch' })
  const credentials = { ...old, access: tokens.access_token, refresh: tokens.refresh_token ?? old.refresh }
  return renewalOf(session, credentials, tokens)
}

function renewalOf(session: Session, credentials: OAuthCredentials, tokens: OAuth.TokenEndpointResponse): Renewal {
  const seconds = tokens.expires_in ?? 300
  const expiresAt = new Date(session.now().getTime() + seconds * 1000)
  return { credentials, expiresAt, renewable: credentials.refresh !== null }
}

async function newKey(): Promise<Record<string, Json>> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { kty: kty ?? '', crv: crv ?? '', x: x ?? '', y: y ?? '', d: d ?? '' }
}

/** The sign-in server that speaks for an account's server. */
async function issuerOf(session: Session, server: string): Promise<string> {
  try {
    const url = `${server}/.well-known/oauth-protected-resource`
    const { body } = await session.http({ url, schema: resourceMetadata })
    return new URL(body.authorization_servers[0] ?? server).origin
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.kind !== 'gone' && error.kind !== 'changed')) throw error
    // Old servers know app passwords only; other addresses know neither.
    throw new ConnectorError({ kind: 'rejected', code: 'sign-in-not-offered', field: 'service' })
  }
}
