// One call to a site's Admin API with its key.

import type { HttpAnswer, HttpRequest, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { explainGhost } from './errors.ts'
import { type Credentials, credentialsSchema, signToken } from './token.ts'
import { type Instance, instanceSchema } from './wire.ts'

export interface Call<T> {
  /** Below the Admin API, with a trailing slash, as Ghost redirects without it. */
  path: string
  query?: Record<string, string>
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** Absent: the answer's body is not looked at. */
  schema?: HttpRequest<T>['schema']
  /** What the call is about, for errors: a path into the draft. */
  field?: string
  timeoutMs?: number
}

export function siteOf(session: Pick<Session, 'account'>): Instance {
  const parsed = instanceSchema.safeParse(session.account.instance)
  if (parsed.success) return parsed.data
  throw new ConnectorError({ kind: 'auth-revoked', code: 'site-unknown' })
}

/** Every write is told apart when it is lost; preparing may repeat it all the same. */
export function call<T>(
  session: Pick<Session, 'account' | 'credentials' | 'http' | 'now'>,
  request: Call<T>,
): Promise<HttpAnswer<T>> {
  return callAs(
    session,
    { base: siteOf(session).base, credentials: credentialsSchema.parse(session.credentials) },
    request,
  )
}

export function callAs<T>(
  session: Pick<Session, 'http' | 'now'>,
  { base, credentials }: { base: string; credentials: Credentials },
  request: Call<T>,
): Promise<HttpAnswer<T>> {
  const url = new URL(`${base}/ghost/api/admin/${request.path}`)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value)
  const now = session.now()
  return session.http<T>({
    method: request.method ?? 'GET',
    url: url.href,
    headers: { authorization: `Ghost ${signToken(credentials, now)}`, 'accept-version': 'v5.0' },
    body: request.body,
    schema: request.schema,
    write: (request.method ?? 'GET') !== 'GET',
    explain: explainGhost({ field: request.field, now }),
    timeoutMs: request.timeoutMs ?? 45_000,
    // Ghost answers a write with the whole post, its text in several formats.
    maxBytes: 40_000_000,
  })
}
