// Applications, the consent page, and tokens (RFC 6749, RFC 7636, RFC 8414) as the double grants them.

import { createHash, randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import { applicationJson } from './entities.ts'
import { ApiError, type DoubleEnv, type Exchange, queryParams, text, texts, tokenOf } from './exchange.ts'
import {
  type DoubleAccount,
  type DoubleApplication,
  type DoubleState,
  type DoubleToken,
  isLocal,
  nextId,
} from './state.ts'
import { escapeHtml } from './text.ts'

export const knownScopes = [
  ...['profile', 'read', 'write', 'push', 'follow'],
  ...[
    'accounts',
    'blocks',
    'bookmarks',
    'favourites',
    'filters',
    'follows',
    'lists',
    'mutes',
    'notifications',
    'search',
    'statuses',
  ].map((name) => `read:${name}`),
  ...[
    'accounts',
    'blocks',
    'bookmarks',
    'conversations',
    'favourites',
    'filters',
    'follows',
    'lists',
    'media',
    'mutes',
    'notifications',
    'reports',
    'statuses',
  ].map((name) => `write:${name}`),
]

export function oauthRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.post('/api/v1/apps', (exchange) => exchange.json(register(exchange, state)))
  app.get('/api/v1/apps/verify_credentials', (exchange) =>
    exchange.json(applicationJson(tokenOf(exchange).application)),
  )
  app.get('/oauth/authorize', (exchange) => consent(exchange, state))
  app.post('/oauth/authorize', (exchange) => decided(exchange, state))
  app.post('/oauth/token', (exchange) => exchange.json(grant(exchange, state)))
  app.post('/oauth/revoke', (exchange) => exchange.json(revoke(exchange, state)))
  app.get('/.well-known/oauth-authorization-server', (exchange) => {
    if (!state.settings.oauthMetadata) throw new ApiError(404, 'Record not found')
    return exchange.json(metadata(state.url))
  })
}

const secret = (): string => randomBytes(32).toString('base64url')

function register(exchange: Exchange, state: DoubleState) {
  const params = exchange.get('params')
  const name = text(params.client_name)
  const redirectUris = Array.isArray(params.redirect_uris)
    ? texts(params.redirect_uris)
    : (text(params.redirect_uris) ?? '').split(/\s+/).filter((uri) => uri !== '')
  if (!name) throw new ApiError(422, "Validation failed: Application name can't be blank")
  if (redirectUris.length === 0) throw new ApiError(422, "Validation failed: Redirect URI can't be blank")
  const scopes = (text(params.scopes) ?? 'read').split(' ')
  if (scopes.some((scope) => !knownScopes.includes(scope))) {
    throw new ApiError(422, "Validation failed: Scopes doesn't match configured on the server.")
  }
  const application = newApplication(state, { name, redirectUris, scopes, website: text(params.website) })
  return {
    ...applicationJson(application),
    client_id: application.clientId,
    client_secret: application.clientSecret,
    client_secret_expires_at: 0,
  }
}

export function newApplication(
  state: DoubleState,
  facts: Pick<DoubleApplication, 'name' | 'redirectUris' | 'scopes' | 'website'>,
): DoubleApplication {
  const application = { ...facts, id: nextId(state), clientId: secret(), clientSecret: secret() }
  state.applications.push(application)
  return application
}

// ── Consent ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Asked {
  application: DoubleApplication
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: string | null
}

function askedFor(params: Record<string, unknown>, state: DoubleState): Asked {
  const application = state.applications.find(({ clientId }) => clientId === params.client_id)
  const redirectUri = text(params.redirect_uri) ?? ''
  if (!application) throw new ApiError(401, 'invalid_client', 'Client authentication failed due to unknown client.')
  if (!application.redirectUris.includes(redirectUri)) {
    throw new ApiError(
      400,
      'invalid_redirect_uri',
      "The requested redirect uri is malformed or doesn't match client redirect URI.",
    )
  }
  const scopes = (text(params.scope) ?? 'read').split(/[ +]/)
  if (scopes.some((scope) => !covers(application.scopes, scope))) {
    throw new ApiError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  }
  if (params.response_type !== 'code') throw new ApiError(400, 'unsupported_response_type')
  const challenge = text(params.code_challenge)
  if (challenge && params.code_challenge_method !== 'S256') throw new ApiError(400, 'invalid_code_challenge_method')
  return { application, redirectUri, scopes, state: text(params.state), challenge }
}

const covers = (granted: string[], scope: string) => granted.includes(scope) || granted.includes(scope.split(':')[0]!)

function consent(exchange: Exchange, state: DoubleState) {
  const params = queryParams(exchange.req.url)
  const asked = askedFor(params, state)
  const people = state.accounts.filter(isLocal)
  if (state.settings.autoApprove && people[0]) return exchange.redirect(approved(asked, people[0], state))
  const hidden = Object.entries(params).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`,
  )
  const choices = people.map(({ id, acct }) => `<option value="${id}">@${escapeHtml(acct)}</option>`)
  return exchange.html(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Authorization required</title>
<h1>Authorization required</h1><p>${escapeHtml(asked.application.name)} would like permission to access your account: ${escapeHtml(asked.scopes.join(', '))}.</p>
<form method="post" action="/oauth/authorize">${hidden.join('')}
<label>Account <select name="account">${choices.join('')}</select></label>
<button name="decision" value="authorize">Authorize</button> <button name="decision" value="deny">Deny</button></form></html>`)
}

function decided(exchange: Exchange, state: DoubleState) {
  const params = exchange.get('params')
  const asked = askedFor(params, state)
  const account = state.accounts.find(({ id }) => id === params.account)
  if (params.decision === 'authorize' && account) return exchange.redirect(approved(asked, account, state))
  const back = new URL(asked.redirectUri)
  back.searchParams.set('error', 'access_denied')
  back.searchParams.set('error_description', 'The resource owner or authorization server denied the request.')
  if (asked.state !== null) back.searchParams.set('state', asked.state)
  return exchange.redirect(back.href)
}

function approved(asked: Asked, account: DoubleAccount, state: DoubleState): string {
  const { application, scopes, redirectUri, challenge } = asked
  const expiresAt = state.settings.now().getTime() + 600_000
  const code = secret()
  state.codes.push({ code, application, account, scopes, redirectUri, challenge, expiresAt, used: false })
  const back = new URL(redirectUri)
  back.searchParams.set('code', code)
  if (asked.state !== null) back.searchParams.set('state', asked.state)
  return back.href
}

// ── Tokens ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const invalidGrant = () =>
  new ApiError(
    400,
    'invalid_grant',
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  )

function grant(exchange: Exchange, state: DoubleState) {
  const params = exchange.get('params')
  const application = state.applications.find(
    ({ clientId, clientSecret }) => clientId === params.client_id && clientSecret === params.client_secret,
  )
  if (!application) throw new ApiError(401, 'invalid_client', 'Client authentication failed due to unknown client.')
  if (params.grant_type === 'client_credentials') {
    return tokenJson(newToken(state, { application, account: null, scopes: (text(params.scope) ?? 'read').split(' ') }))
  }
  if (params.grant_type === 'refresh_token') return tokenJson(renewed(text(params.refresh_token), application, state))
  if (params.grant_type !== 'authorization_code') throw new ApiError(400, 'unsupported_grant_type')
  const code = state.codes.find((known) => known.code === params.code && known.application.id === application.id)
  if (!code || code.used || code.expiresAt < state.settings.now().getTime()) throw invalidGrant()
  if (code.redirectUri !== params.redirect_uri) throw invalidGrant()
  if (code.challenge && challengeOf(text(params.code_verifier) ?? '') !== code.challenge) throw invalidGrant()
  code.used = true
  return tokenJson(newToken(state, { application, account: code.account, scopes: code.scopes }))
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

export function newToken(
  state: DoubleState,
  facts: Pick<DoubleToken, 'application' | 'account' | 'scopes'>,
): DoubleToken {
  const { tokenLifetime: lifetime, refreshTokens } = state.settings
  const createdAt = state.settings.now()
  const token: DoubleToken = {
    ...facts,
    value: secret(),
    createdAt,
    expiresAt: lifetime === null ? null : new Date(createdAt.getTime() + lifetime * 1000),
    refreshToken: lifetime === null || !refreshTokens ? null : secret(),
    revoked: false,
  }
  state.tokens.push(token)
  return token
}

/** Each refresh token works once. */
function renewed(refreshToken: string | null, application: DoubleApplication, state: DoubleState): DoubleToken {
  const old = state.tokens.find((token) => token.refreshToken !== null && token.refreshToken === refreshToken)
  if (!old || old.revoked || old.application.id !== application.id) throw invalidGrant()
  old.revoked = true
  return newToken(state, { application, account: old.account, scopes: old.scopes })
}

function tokenJson(token: DoubleToken) {
  return {
    access_token: token.value,
    token_type: 'Bearer',
    scope: token.scopes.join(' '),
    created_at: Math.floor(token.createdAt.getTime() / 1000),
    ...(token.expiresAt
      ? { expires_in: Math.round((token.expiresAt.getTime() - token.createdAt.getTime()) / 1000) }
      : {}),
    ...(token.refreshToken ? { refresh_token: token.refreshToken } : {}),
  }
}

function revoke(exchange: Exchange, state: DoubleState) {
  const { token: value, client_id: clientId, client_secret: clientSecret } = exchange.get('params')
  const token = state.tokens.find((known) => known.value === value)
  if (token && (token.application.clientId !== clientId || token.application.clientSecret !== clientSecret)) {
    throw new ApiError(403, 'unauthorized_client', 'You are not authorized to revoke this token')
  }
  if (token) token.revoked = true
  return {}
}

function metadata(url: string) {
  return {
    issuer: `${url}/`,
    service_documentation: 'https://docs.joinmastodon.org/',
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    app_registration_endpoint: `${url}/api/v1/apps`,
    revocation_endpoint: `${url}/oauth/revoke`,
    userinfo_endpoint: `${url}/oauth/userinfo`,
    scopes_supported: knownScopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }
}
