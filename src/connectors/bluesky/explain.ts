// What the network's error names mean for Longrun. The names are those of the lexicons and of the reference server.

import { z } from 'zod'
import type { ErrorKind, Json } from '../contract.ts'

const kinds: Record<string, ErrorKind> = {
  ExpiredToken: 'auth-expired',
  InvalidToken: 'auth-expired',
  invalid_token: 'auth-expired',
  use_dpop_nonce: 'auth-expired',
  AuthMissing: 'auth-revoked',
  AuthenticationRequired: 'auth-revoked',
  AuthRequired: 'auth-revoked',
  invalid_dpop_proof: 'auth-revoked',
  // The whole account is closed to us: its posts wait until its owner has settled it.
  AccountTakedown: 'auth-revoked',
  AccountSuspended: 'auth-revoked',
  AccountDeactivated: 'auth-revoked',
  RepoTakendown: 'auth-revoked',
  RepoSuspended: 'auth-revoked',
  RepoDeactivated: 'auth-revoked',
  RepoNotFound: 'gone',
  RecordNotFound: 'gone',
  AuthFactorTokenRequired: 'rejected',
  Forbidden: 'forbidden',
  ScopeMissingError: 'forbidden',
  insufficient_scope: 'forbidden',
  BadTokenScope: 'forbidden',
  RateLimitExceeded: 'rate-limited',
  BlobTooLarge: 'rejected',
  BlobNotFound: 'rejected',
  PayloadTooLarge: 'rejected',
  InvalidMimeType: 'rejected',
  InvalidRequest: 'rejected',
  InvalidRecord: 'rejected',
  // Something else stands under our key; the server refused to replace it.
  InvalidSwap: 'rejected',
}

/** These leave open whether a write was carried out before the server gave up. */
const openEnded = new Set([
  'UpstreamFailure',
  'UpstreamTimeout',
  'NotEnoughResources',
  'InternalServerError',
  'InternalError',
])

/** The server has nobody to pass the question to. */
const notServed = new Set(['MethodNotImplemented', 'XRPCNotSupported', 'NotImplemented'])

const errorBody = z.object({ error: z.string() })

export function errorName(body: Json): string | null {
  const parsed = errorBody.safeParse(body)
  return parsed.success ? parsed.data.error : null
}

/** For `HttpRequest.explain`. An unknown name keeps the kind of its status code. */
export function explain(body: Json, write: boolean): { kind: ErrorKind; code: string; field?: string } | null {
  const code = errorName(body)
  if (code === null) return null
  if (openEnded.has(code)) return { kind: write ? 'unknown' : 'unavailable', code }
  if (notServed.has(code)) return { kind: 'unavailable', code }
  const kind = kinds[code]
  return kind ? { kind, code } : null
}
