// A real web site on loopback that serves feeds, and the session in which a connector reads them.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestSession, type TestSession } from '../../testing/session.ts'

export interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export type Route = Answer | ((request: IncomingMessage, response: ServerResponse) => Answer | undefined)

export interface Site extends AsyncDisposable {
  url: string
  host: string
  /** Answers by path; another path is 404. A function that returns nothing answers by itself. */
  routes: Record<string, Route>
  requests: IncomingMessage[]
}

export async function startSite(routes: Record<string, Route> = {}): Promise<Site> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const route = site.routes[request.url ?? '/'] ?? { status: 404 }
    const answer = typeof route === 'function' ? route(request, response) : route
    if (!answer) return
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/xml', ...answer.headers })
    response.end(answer.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const site: Site = {
    url: `http://${host}`,
    host,
    routes,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return site
}

export const now = new Date('2026-11-20T12:00:00Z')

export function sessionFor(sites: Site[], address = ''): TestSession {
  const credentials = address ? { address } : null
  return createTestSession({ allowPrivate: sites.map((site) => site.host), credentials, now: () => now })
}

/** RSS 2.0 around items. */
export const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Notes</title><link>/</link>${head}${items}</channel></rss>`

export const rssItem = (number: number, extra = '') =>
  `<item><title>Item ${number}</title><link>/items/${number}</link><guid isPermaLink="false">n-${number}</guid>${extra}</item>`
