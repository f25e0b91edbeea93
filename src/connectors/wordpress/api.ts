// One call to a site's REST API with an application password.

import { z } from 'zod'
import type { HttpAnswer, HttpRequest, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { explainWordpress } from './errors.ts'
import { type Instance, instanceSchema } from './wire.ts'

export const credentialsSchema = z.object({ username: z.string(), password: z.string() })
export type Credentials = z.infer<typeof credentialsSchema>

export interface Call<T> {
  path: string
  query?: Record<string, string | number>
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  schema: HttpRequest<T>['schema']
  /** What the call is about, for errors: a path into the draft and the capability needed. */
  field?: string
  scope?: string
  explain?: HttpRequest<T>['explain']
  timeoutMs?: number
}

/** `root` is a REST root in either form: `https://site/wp-json/` or `https://site/?rest_route=/`. */
export function endpoint(root: string, path: string, query: Record<string, string | number> = {}): string {
  const url = new URL(root)
  const route = url.searchParams.get('rest_route')
  if (route === null) url.pathname = url.pathname.replace(/\/*$/, '/') + path
  else url.searchParams.set('rest_route', route.replace(/\/*$/, '/') + path)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.href
}

export function siteOf(session: Pick<Session, 'account'>): Instance {
  const parsed = instanceSchema.safeParse(session.account.instance)
  if (parsed.success) return parsed.data
  throw new ConnectorError({ kind: 'auth-revoked', code: 'site-unknown' })
}

/** Every POST counts as a write, so that its loss is told apart; preparing may repeat it all the same. */
export function call<T>(
  session: Pick<Session, 'account' | 'credentials' | 'http'>,
  request: Call<T>,
): Promise<HttpAnswer<T>> {
  const credentials = credentialsSchema.parse(session.credentials)
  return callAs(session, { root: siteOf(session).root, credentials }, request)
}

export function callAs<T>(
  session: Pick<Session, 'http'>,
  { root, credentials }: { root: string; credentials: Credentials | null },
  request: Call<T>,
): Promise<HttpAnswer<T>> {
  const method = request.method ?? 'GET'
  return session.http<T>({
    // Many hosts let only GET and POST through; WordPress' own editor deletes in this way too.
    method: method === 'DELETE' ? 'POST' : method,
    url: endpoint(root, request.path, request.query),
    headers: {
      ...(credentials ? { authorization: basic(credentials) } : {}),
      ...(method === 'DELETE' ? { 'x-http-method-override': 'DELETE' } : {}),
      ...request.headers,
    },
    body: request.body,
    schema: request.schema,
    write: method !== 'GET',
    explain: request.explain ?? explainWordpress(request),
    timeoutMs: request.timeoutMs ?? 45_000,
  })
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}
