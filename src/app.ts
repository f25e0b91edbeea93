// The HTTP side of one process: headers, sign-in, the API with its description, further mounts, and the web app.

import { join } from 'node:path'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import type { AnyRouter } from '@orpc/server'
import { ResponseHeadersPlugin } from '@orpc/server/plugins'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { sql } from 'kysely'
import { apiPath, contract } from './contract.ts'
import { hurryFanOut } from './events/fan-out.ts'
import { clientAddress } from './http/client-address.ts'
import { neverStored, securityHeaders } from './http/headers.ts'
import { describeApi } from './http/openapi.ts'
import { packJson } from './http/pack-json.ts'
import { sameOriginWrites } from './http/same-origin.ts'
import { serveWebApp } from './http/web-app.ts'
import { wellFormedText } from './http/well-formed-text.ts'
import { uuidPattern } from './lib/ids.ts'
import { Refusal } from './lib/refusal.ts'
import { admitToOrg } from './people/admit.ts'
import { refusalAnswer, unexpectedAnswer } from './people/answer-errors.ts'
import { type Auth, clientAddressHeader, trustedOrigins } from './people/auth.ts'
import { keepAuth } from './people/auth-keeper.ts'
import { type Identity, identify } from './people/identify.ts'
import { productVersion } from './people/installation.ts'
import type { Verb } from './people/permissions.ts'
import type { RequestContext } from './people/serve.ts'
import type { Caller } from './people/types.ts'
import type { Services } from './services.ts'

/** For routes beside the contract, such as files and the way back from a network's sign-in page. */
export interface Doors {
  auth(): Auth
  /** Who may do `verb` in this organisation. @throws Refusal otherwise, in the same words as the API. */
  admit(request: Request, orgId: string, verb: Verb): Promise<Caller>
  /** @throws Refusal when nobody is signed in. */
  identity(request: Request): Promise<Identity>
}

export interface AppOptions {
  /** Adds routes beside the contract. */
  mount?: (app: Hono, doors: Doors) => void
  /** Where the built web app lies. */
  webFolder?: string
}

const megabyte = 1_000_000
const uploads = new RegExp(`^${apiPath}/orgs/[^/]+/(media|imports|listening/captures/imports(/check)?)$`)
/** A table for an import is small beside a video; the rest is for the form around it. */
const mostOf = (path: string): number => (path.endsWith('/media') ? 100 : 11) * megabyte

const orgInPath = new RegExp(`^${apiPath}/orgs/(${uuidPattern})(?:/|$)`, 'i')
const isId = new RegExp(`^${uuidPattern}$`, 'i')
const orgIn = (path: string): string | null => orgInPath.exec(path)?.[1]?.toLowerCase() ?? null

export function createApp(services: Services, routes: AnyRouter, { mount, webFolder }: AppOptions = {}): Hono {
  const auth = keepAuth(services)
  const app = new Hono()
  app.onError((error, c) => answerFailure(services, error, c))
  app.notFound((c) =>
    c.json(refusalAnswer(new Refusal('not-found', { status: 404, params: { what: 'address' } })).toJSON(), 404),
  )
  app.use(securityHeaders(services.publicUrl))
  app.use(compress())
  app.get('/healthz', (c) => health(services, c))
  app.use('/api/*', neverStored)
  app.on(['GET', 'POST'], '/api/auth/*', bodyLimitOf(megabyte / 10), (c) =>
    auth().handler(new Request(c.req.raw, { headers: headersWithAddress(c) })),
  )
  app.use('*', sameOriginWrites(trustedOrigins(services.publicUrl), '/letters/'))
  mountApi(app, services, routes, auth)
  mount?.(app, doorsOf(services, auth))
  serveWebApp(app, webFolder ?? join(import.meta.dirname, '../dist/web'))
  return app
}

// ── API ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function mountApi(app: Hono, services: Services, routes: AnyRouter, auth: () => Auth): void {
  const handler = new OpenAPIHandler(routes, {
    plugins: [new ResponseHeadersPlugin()],
    customErrorResponseBodyEncoder: (error) =>
      error.code === 'BAD_REQUEST' && !error.data ? { ...error.toJSON(), data: { code: 'malformed-request' } } : null,
  })
  let description: Promise<object> | null = null
  app.get(`${apiPath}/openapi.json`, async (c) => {
    description ??= auth().$context.then(({ authCookies }) =>
      describeApi(contract, { version: productVersion, cookieName: authCookies.sessionToken.name }),
    )
    return c.json(await description)
  })
  app.use(`${apiPath}/*`, (c, next) => (uploads.test(c.req.path) ? next() : bodyLimitOf(2 * megabyte)(c, next)))
  app.use(`${apiPath}/*`, (c, next) => (uploads.test(c.req.path) ? next() : wellFormedText(c, next)))
  app.use(`${apiPath}/*`, async (c) => {
    const context = contextOf(services, auth(), c)
    if (uploads.test(c.req.path) && c.req.method === 'POST') {
      // Nobody makes us read a hundred megabytes without having said who they are.
      if (!(await context.identity())) throw new Refusal('sign-in-needed', { status: 401 })
      const tooLarge = await bodyLimitOf(mostOf(c.req.path))(c, async () => {})
      if (tooLarge) return tooLarge
    }
    const { matched, response } = await handler.handle(c.req.raw, { prefix: apiPath, context })
    if (!matched) return c.notFound()
    if (response.ok && c.req.method !== 'GET') await tellSoon(services, c.req.path)
    return packJson(response, c.req.header('accept-encoding'))
  })
}

/** After a write that is done; trouble here must not make its answer a failure. */
async function tellSoon(services: Services, path: string): Promise<void> {
  const orgId = orgIn(path)
  if (!orgId) return
  await hurryFanOut(services, orgId).catch((error) =>
    services.log.warn('Webhooks are told at the next minute instead of now', { error }),
  )
}

function contextOf(services: Services, auth: Auth, c: Context): RequestContext {
  const resHeaders = new Headers()
  const request = { method: c.req.method, path: c.req.path, headers: headersWithAddress(c) }
  const isUpload = uploads.test(request.path)
  // Who sends a file is known before it is read, and whether they may when it has come: that may be a while later.
  const orgId = isUpload ? null : orgIn(request.path)
  let identity: Promise<Identity | null> | null = null
  return {
    services,
    auth,
    request,
    resHeaders,
    identity() {
      identity ??= identify(services, auth, { headers: request.headers, answer: resHeaders, orgId })
      return identity
    },
  }
}

const bodyLimitOf = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal('too-large', { status: 413, params: { maxBytes: maxSize } })
    },
  })

/** The address of the client under our own name, whatever the client itself sent under it. */
function headersWithAddress(c: Context): Headers {
  const headers = new Headers(c.req.raw.headers)
  headers.set(clientAddressHeader, clientAddress(c))
  return headers
}

// ── Beside the API ──────────────────────────────────────────────────────────────────────────────────────────────────

function doorsOf(services: Services, auth: () => Auth): Doors {
  const identity = async (request: Request, orgId: string | null = null): Promise<Identity> => {
    const found = await identify(services, auth(), { headers: request.headers, answer: new Headers(), orgId })
    if (!found) throw new Refusal('sign-in-needed', { status: 401 })
    return found
  }
  return {
    auth,
    identity,
    admit: async (request, orgId, verb) =>
      admitToOrg(services, await identity(request, isId.test(orgId) ? orgId.toLowerCase() : null), verb, orgId),
  }
}

async function health({ db, log }: Services, c: Context): Promise<Response> {
  try {
    await sql`select 1`.execute(db)
    return c.json({ ok: true, version: productVersion })
  } catch (error) {
    log.warn('The database does not answer', { error })
    return c.json({ ok: false, version: productVersion }, 503)
  }
}

function answerFailure({ log }: Services, error: unknown, c: Context): Response {
  const answer =
    error instanceof Refusal
      ? refusalAnswer(error)
      : unexpectedAnswer(log, { method: c.req.method, path: c.req.path }, error)
  return c.json(answer.toJSON(), answer.status as 500)
}
