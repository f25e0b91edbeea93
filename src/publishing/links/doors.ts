// Beside the API: short links, at /l/ below the public address and at the root of a domain of their own.

import type { IncomingMessage } from 'node:http'
import type { Context, Hono } from 'hono'
import type { Services } from '../../services.ts'
import { shortPath } from './addresses.ts'
import { type Redirects, startRedirects } from './redirects.ts'
import { isMachine } from './visitors.ts'

/** Mount it before everything else: these answers carry headers of their own, and a visitor has no session to look for. */
export function mountShortLinks(
  app: Hono,
  services: Pick<Services, 'db' | 'clock' | 'log' | 'config' | 'linkBases'>,
): Redirects {
  const redirects = startRedirects(services)
  app.get(`${shortPath}:code`, (c) => answer(redirects, c, c.req.param('code')))
  const { shortUrl } = services.config
  if (shortUrl) {
    const { host } = new URL(shortUrl)
    app.use('*', (c, next) =>
      c.req.header('host')?.toLowerCase() === host ? answer(redirects, c, c.req.path.slice(1)) : next(),
    )
  }
  return redirects
}

const headers = {
  // Each click comes here, so that it is counted; a link that was removed leads nowhere from then on.
  'cache-control': 'no-store',
  // The target learns from which site people come, as it would without us.
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-robots-tag': 'noindex',
}

async function answer(redirects: Redirects, c: Context, code: string): Promise<Response> {
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD'
  const followed = reading
    ? await redirects.follow(code, isMachine(c.req.method, headersOf(c)))
    : ({ kind: 'not-found' } as const)
  if (followed.kind === 'found')
    return new Response(null, { status: 302, headers: { ...headers, location: followed.location } })
  return followed.kind === 'not-found'
    ? page(404, 'This link leads nowhere', 'It was mistyped, or whoever made it has taken it away.')
    : page(503, 'This link cannot be followed right now', 'Please try again in a minute.')
}

/** As Node has read them. Without a socket (in a test) the request has its own. */
function headersOf(c: Context): (name: string) => string | undefined {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
  if (!incoming) return (name) => c.req.header(name)
  const { headers } = incoming
  return (name) => headers[name] as string | undefined
}

function page(status: number, title: string, text: string): Response {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}
h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}</style><main><h1>${title}</h1><p>${text}</p></main></html>`
  return new Response(body, {
    status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      ...(status === 503 ? { 'retry-after': '60' } : {}),
    },
  })
}
