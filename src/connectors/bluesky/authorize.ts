// How a request proves who sends it: a bearer token, or a token bound to a key with a fresh signature (DPoP, RFC 9449).

import type { Json, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { errorName } from './explain.ts'
import { type Credentials, credentials as credentialsSchema, type OAuthCredentials } from './wire.ts'

export interface Authorize {
  headers(method: string, url: string): Promise<Record<string, string>>
  /** Takes note of what the server asks for. True: the same request is worth one more try. */
  learn(url: string, headers: Headers, refusal: Json | null): boolean
}

export function readCredentials(session: Pick<Session, 'credentials'>): Credentials {
  const parsed = credentialsSchema.safeParse(session.credentials)
  if (parsed.success) return parsed.data
  throw new ConnectorError({ kind: 'auth-revoked', code: 'credentials-unreadable' })
}

export const anonymous: Authorize = { headers: async () => ({}), learn: () => false }

export function bearer(token: string): Authorize {
  return { headers: async () => ({ authorization: `Bearer ${token}` }), learn: () => false }
}

export function authorizeWith(credentials: Credentials): Authorize {
  return credentials.kind === 'oauth' ? boundToken(credentials) : bearer(credentials.access)
}

/**
 * The nonce each server last asked for. Only a hint that saves a round trip: servers change it every few minutes and
 * say so, and a process that knows none is told.
 */
const nonces = new Map<string, string>()
const maxNonces = 500

function boundToken(credentials: OAuthCredentials): Authorize {
  let pair: Promise<CryptoKeyPair> | undefined
  return {
    async headers(method, url) {
      const { generateProof } = await import('dpop')
      pair ??= importKeyPair(credentials.key)
      const { origin, pathname } = new URL(url)
      const proof = await generateProof(await pair, origin + pathname, method, nonces.get(origin), credentials.access)
      return { authorization: `DPoP ${credentials.access}`, dpop: proof }
    },
    learn(url, headers, refusal) {
      const nonce = headers.get('dpop-nonce')
      if (nonce === null) return false
      learnNonce(new URL(url).origin, nonce)
      return refusal !== null && errorName(refusal) === 'use_dpop_nonce'
    },
  }
}

export function learnNonce(origin: string, nonce: string): void {
  // Deleting first keeps the map in the order of use.
  nonces.delete(origin)
  nonces.set(origin, nonce)
  const oldest = nonces.keys().next()
  if (nonces.size > maxNonces && !oldest.done) nonces.delete(oldest.value)
}

/** ES256, the algorithm every server of this network has to accept. */
export async function importKeyPair(jwk: Record<string, Json>): Promise<CryptoKeyPair> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { d: _secret, key_ops: _use, ...open } = jwk
  return {
    privateKey: await crypto.subtle.importKey('jwk', { ...jwk, key_ops: ['sign'] }, algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', { ...open, key_ops: ['verify'] }, algorithm, true, ['verify']),
  }
}
