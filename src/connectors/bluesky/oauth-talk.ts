// The three questions put to a sign-in server, by the OAuth library over our guarded connection.

import type * as OAuth from 'oauth4webapi'
import type { Json, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { importKeyPair } from './authorize.ts'

export interface Talk {
  lib: typeof OAuth
  as: OAuth.AuthorizationServer
  push(params: URLSearchParams): Promise<OAuth.PushedAuthorizationResponse>
  redeem(
    params: URLSearchParams,
    kept: { state: string; redirectUri: string; verifier: string },
  ): Promise<OAuth.TokenEndpointResponse>
  renew(refreshToken: string): Promise<OAuth.TokenEndpointResponse>
}

type Options = OAuth.PushedAuthorizationRequestOptions & OAuth.TokenEndpointRequestOptions

/** Reads what the server says about itself, and holds the key that the tokens are bound to. */
export async function openTalk(
  session: Session,
  { issuer, clientId, key }: { issuer: string; clientId: string; key: Record<string, Json> },
): Promise<Talk> {
  const lib = await import('oauth4webapi')
  const client: OAuth.Client = { client_id: clientId }
  const open = {
    [lib.customFetch]: sessionFetch(session),
    // The guard of our own connection decides which plain addresses may be asked at all.
    [lib.allowInsecureRequests]: issuer.startsWith('http:'),
    signal: session.signal,
  }
  const as = await explained(async () => {
    const address = new URL(issuer)
    return lib.processDiscoveryResponse(address, await lib.discoveryRequest(address, { ...open, algorithm: 'oauth2' }))
  })
  const options: Options = { ...open, DPoP: lib.DPoP(client, await importKeyPair(key)) }

  /** A server that wants its nonce in the proof refuses once and names it; the library has kept it by then. */
  function ask<T>(send: () => Promise<Response>, read: (response: Response) => Promise<T>): Promise<T> {
    return explained(async () => {
      try {
        return await read(await send())
      } catch (error) {
        if (!lib.isDPoPNonceError(error)) throw error
        return read(await send())
      }
    })
  }

  return {
    lib,
    as,
    push: (params) =>
      ask(
        () => lib.pushedAuthorizationRequest(as, client, lib.None(), params, options),
        (response) => lib.processPushedAuthorizationResponse(as, client, response),
      ),
    redeem: async (params, { state, redirectUri, verifier }) => {
      const checked = await explained(async () => lib.validateAuthResponse(as, client, params, state))
      return ask(
        () => lib.authorizationCodeGrantRequest(as, client, lib.None(), checked, redirectUri, verifier, options),
        (response) => lib.processAuthorizationCodeResponse(as, client, response),
      )
    },
    renew: (refreshToken) =>
      ask(
        () => lib.refreshTokenGrantRequest(as, client, lib.None(), refreshToken, options),
        (response) => lib.processRefreshTokenResponse(as, client, response),
      ),
  }
}

/** What the library calls fetch. It wants refusals as answers, where our connection throws them. */
function sessionFetch(session: Session) {
  return async (url: string, init: { method: string; headers: Record<string, string>; body?: unknown }) => {
    let refusal: Response | undefined
    try {
      const answer = await session.http({
        url,
        method: init.method === 'POST' ? 'POST' : 'GET',
        headers: init.headers,
        body: init.body,
        explain: ({ status, headers, body }) => {
          if (status >= 500 || status === 429) return null
          refusal = new Response(JSON.stringify(body), { status, headers: asJson(headers) })
          return null
        },
      })
      return new Response(answer.body, { status: answer.status, headers: answer.headers })
    } catch (error) {
      if (refusal) return refusal
      throw error
    }
  }
}

function asJson(headers: Headers): Headers {
  const copy = new Headers(headers)
  copy.set('content-type', 'application/json')
  return copy
}

const refusals: Record<string, ConnectorError['kind']> = {
  access_denied: 'rejected',
  invalid_grant: 'auth-revoked',
  invalid_client: 'auth-revoked',
  unauthorized_client: 'auth-revoked',
  invalid_scope: 'forbidden',
  login_required: 'rejected',
  consent_required: 'rejected',
  temporarily_unavailable: 'unavailable',
}

/** The library's errors in our words: the server's own code where it gave one. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ConnectorError || !(error instanceof Error)) throw error
    const given = 'error' in error && typeof error.error === 'string' ? error.error : null
    if (given !== null) throw new ConnectorError({ kind: refusals[given] ?? 'rejected', code: given })
    const code = 'code' in error && typeof error.code === 'string' ? error.code : 'oauth-answer'
    throw new ConnectorError({ kind: 'changed', code })
  }
}
