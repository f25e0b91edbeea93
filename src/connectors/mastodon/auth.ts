// Connecting an account: our application registers itself with each server, then the person consents there.

import { z } from 'zod'
import type { AuthField, AuthMethod, Connection, Profile, Renewal, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { type Instance, isMastodon, notOffered, readInstance, sameOrigin } from './instance.ts'
import { findServer } from './server.ts'
import { accountSchema, api, type Caller, type Credentials, callerOf } from './wire.ts'

const applicationName = 'Longrun'

/** What each of our abilities needs, so that nobody is asked for more. */
const scopesOf = {
  identify: ['read:accounts'],
  publish: ['write:statuses', 'write:media', 'read:statuses'],
  metrics: ['read:statuses'],
}
const neededScopes = [...new Set(Object.values(scopesOf).flat())]
/** Asked for as well, so that one sign-in serves listening and the inbox too; an account without them can do everything else. */
const furtherScopes = [
  ...['read:notifications', 'read:lists', 'read:search'],
  ...['write:favourites', 'write:mutes', 'write:blocks'],
]

const serverField: AuthField = {
  name: 'server',
  label: 'Your server',
  type: 'text',
  placeholder: 'example.social',
  help: 'The address of your server, or your full name there, as in @me@example.social.',
}

export const oauth: AuthMethod = {
  kind: 'oauth',
  id: 'oauth',
  label: 'Sign in on your server',
  fields: [serverField],
  async begin(session, values, redirect) {
    const { server, instance } = await findServer(session, values.server ?? '')
    const metadata = await readMetadata(session, server)
    const scopes = scopesFor(instance, metadata)
    const app = await register(session, { server, instance, redirect: redirect.url, scopes })
    const verifier = metadata?.code_challenge_methods_supported?.includes('S256') ? newVerifier() : null
    const url = new URL(endpoint(metadata?.authorization_endpoint, server, '/oauth/authorize'))
    url.searchParams.set('response_type', 'code')
    url.searchParams.set('client_id', app.client_id)
    url.searchParams.set('redirect_uri', redirect.url)
    url.searchParams.set('scope', scopes.join(' '))
    url.searchParams.set('state', redirect.state)
    if (verifier) {
      url.searchParams.set('code_challenge', await challengeOf(verifier))
      url.searchParams.set('code_challenge_method', 'S256')
    }
    const tokenUrl = endpoint(metadata?.token_endpoint, server, '/oauth/token')
    const pending = { server, tokenUrl, clientId: app.client_id, clientSecret: app.client_secret, scopes, verifier }
    return { url: url.href, pending }
  },
  async finish(session, pending, params, redirect) {
    const kept = pendingSchema.parse(pending)
    if (params.error)
      throw new ConnectorError({
        kind: 'rejected',
        code: params.error === 'access_denied' ? 'access-denied' : 'sign-in-failed',
      })
    if (!params.code) throw new ConnectorError({ kind: 'rejected', code: 'sign-in-failed' })
    const token = await askForToken(session, kept, {
      grant_type: 'authorization_code',
      code: params.code,
      redirect_uri: redirect.url,
      scope: kept.scopes.join(' '),
      ...(kept.verifier ? { code_verifier: kept.verifier } : {}),
    })
    const scopes = token.scope ? token.scope.split(' ') : kept.scopes
    const missing = neededScopes.find((scope) => !grants(scopes, scope))
    if (missing) throw new ConnectorError({ kind: 'forbidden', code: 'missing-scope', scope: missing })
    const renewed = renewal(session.now(), token, { ...kept, application: applicationName, scopes })
    return connection(session, kept.server, renewed)
  },
}

export const token: AuthMethod = {
  kind: 'fields',
  id: 'token',
  label: 'Use an access token',
  fields: [
    serverField,
    {
      name: 'accessToken',
      label: 'Access token',
      type: 'secret',
      help: `On your server under Preferences, Development, New application. It needs ${neededScopes.join(', ')}.`,
    },
  ],
  async connect(session, values) {
    const accessToken = (values.accessToken ?? '').trim()
    if (!/^[\x21-\x7e]+$/.test(accessToken)) {
      throw new ConnectorError({ kind: 'rejected', code: 'token-missing', field: 'accessToken' })
    }
    const { server } = await findServer(session, values.server ?? '')
    const bare: Credentials = { accessToken, application: null, scopes: [], renewal: null }
    const app = await readApplication(session, { server, credentials: bare })
    const credentials = { ...bare, application: app?.name ?? null, scopes: app?.scopes ?? [] }
    return connection(session, server, { credentials, expiresAt: null, renewable: false })
  },
}

// ── Who it is ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function identify(session: Session): Promise<Profile> {
  return readProfile(session, callerOf(session))
}

async function connection(
  session: Session,
  server: string,
  renewed: Renewal & { credentials: Credentials },
): Promise<Connection> {
  const { credentials } = renewed
  const profile = await readProfile(session, { server, credentials })
  return { ...renewed, profile, scopes: credentials.scopes }
}

async function readProfile(session: Session, caller: Caller): Promise<Profile> {
  const path = '/api/v1/accounts/verify_credentials'
  const { body: account } = await api(session, caller, { path, schema: accountSchema, scope: 'read:accounts' })
  const { instance } = await readInstance(session, caller)
  const host = account.acct.includes('@') ? '' : `@${instance.domain || new URL(caller.server).host}`
  return {
    remoteId: account.id,
    handle: `@${account.acct}${host}`,
    displayName: account.display_name || account.username,
    avatarUrl: account.avatar || null,
    url: account.url ?? account.uri ?? `${caller.server}/@${account.username}`,
    server: caller.server,
    instance,
  }
}

const applicationSchema = z.object({ name: z.string(), scopes: z.array(z.string()).catch([]) })

/** Under which name this token posts; not every server can tell. */
async function readApplication(session: Session, caller: Caller) {
  try {
    const answer = await api(session, caller, { path: '/api/v1/apps/verify_credentials', schema: applicationSchema })
    return answer.body
  } catch (error) {
    if (notOffered(error) || (error instanceof ConnectorError && error.kind === 'forbidden')) return null
    throw error
  }
}

// ── OAuth ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const pendingSchema = z.object({
  server: z.string(),
  tokenUrl: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  scopes: z.array(z.string()),
  verifier: z.string().nullable(),
})

const metadataSchema = z.object({
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  scopes_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
})
type Metadata = z.infer<typeof metadataSchema>

/** Since 4.3 a server says what it can; before that, and elsewhere, nothing is assumed. */
async function readMetadata(session: Session, server: string): Promise<Metadata | null> {
  try {
    const request = { path: '/.well-known/oauth-authorization-server', schema: metadataSchema }
    return (await api(session, { server, credentials: null }, request)).body
  } catch (error) {
    if (notOffered(error)) return null
    throw error
  }
}

/** An endpoint on another host could be anybody's: then the path of the documentation is used instead. */
function endpoint(stated: string | undefined, server: string, path: string): string {
  return stated && sameOrigin(stated, server) ? stated : `${server}${path}`
}

const applicationSecret = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) })

async function register(
  session: Session,
  { server, instance, redirect, scopes }: { server: string; instance: Instance; redirect: string; scopes: string[] },
) {
  const { body } = await api(
    session,
    { server, credentials: null },
    {
      method: 'POST',
      path: '/api/v1/apps',
      body: {
        client_name: applicationName,
        // A list is understood since 4.3; everything older and other wants one address.
        redirect_uris: isMastodon(instance, 4, 3) ? [redirect] : redirect,
        scopes: scopes.join(' '),
      },
      schema: applicationSecret,
      refusal: (status) => (status === 403 ? { kind: 'forbidden', code: 'registration-refused' } : null),
    },
  )
  return body
}

/** Narrow permissions where the server knows them; some relatives know only `read` and `write`. */
function scopesFor(instance: Instance, metadata: Metadata | null): string[] {
  const supported = metadata?.scopes_supported
  const narrow = supported ? neededScopes.every((scope) => supported.includes(scope)) : instance.software !== 'pixelfed'
  if (!narrow) return ['read', 'write']
  return [...neededScopes, ...furtherScopes.filter((scope) => supported?.includes(scope) ?? true)]
}

function grants(scopes: string[], wanted: string): boolean {
  return scopes.includes(wanted) || scopes.includes(wanted.split(':')[0]!)
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string().nullish(),
  expires_in: z.number().positive().nullish().catch(null),
  refresh_token: z.string().min(1).nullish().catch(null),
})
type Token = z.infer<typeof tokenSchema>

interface Client {
  tokenUrl: string
  clientId: string
  clientSecret: string
}

async function askForToken(session: Session, client: Client, grant: Record<string, string>): Promise<Token> {
  const answer = await session.http({
    method: 'POST',
    url: client.tokenUrl,
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...grant }),
    schema: tokenSchema,
    // RFC 6749, 5.2: a used or foreign code, an ended refresh token, a forgotten application.
    explain: ({ status }) =>
      status === 400 || status === 401 ? { kind: 'auth-revoked', code: 'sign-in-failed' } : null,
  })
  return answer.body
}

function renewal(
  now: Date,
  token: Token,
  kept: Client & { application: string | null; scopes: string[] },
): Renewal & { credentials: Credentials } {
  const { application, scopes, tokenUrl, clientId, clientSecret } = kept
  const refreshToken = token.refresh_token ?? null
  return {
    credentials: {
      accessToken: token.access_token,
      application,
      scopes,
      renewal: refreshToken ? { refreshToken, tokenUrl, clientId, clientSecret } : null,
    },
    expiresAt: token.expires_in ? new Date(now.getTime() + token.expires_in * 1000) : null,
    renewable: refreshToken !== null,
  }
}

/** For the few servers whose tokens end. Where none was given to renew with, the person must sign in again. */
export async function refresh(session: Session): Promise<Renewal> {
  const { credentials } = callerOf(session)
  if (!credentials?.renewal) throw new ConnectorError({ kind: 'auth-revoked', code: 'token-refused' })
  const { refreshToken, ...client } = credentials.renewal
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const answer = await askForToken(session, client, grant)
  const kept = { ...client, application: credentials.application, scopes: credentials.scopes }
  return renewal(session.now(), { ...answer, refresh_token: answer.refresh_token ?? refreshToken }, kept)
}

// ── PKCE (RFC 7636) ─────────────────────────────────────────────────────────────────────────────────────────────────

function newVerifier(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)))
}

async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
