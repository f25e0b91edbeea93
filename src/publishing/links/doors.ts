// Beside the API: short links, at /l/ below the public address and at the root of a domain of their own.
//
// They are answered before the web framework: most of what a click costs would be the way through it.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Services } from '../../services.ts'
import { shortPath } from './addresses.ts'
import { type Followed, startRedirects } from './redirects.ts'
import { isMachine } from './visitors.ts'

export interface ShortLinks {
  /** Answers the request if it is one for a short link. These answers carry headers of their own, and there is no session to look for. */
  answers(incoming: IncomingMessage, outgoing: ServerResponse): boolean
  stop(): Promise<void>
}

export function openShortLinks(services: Pick<Services, 'db' | 'clock' | 'log' | 'config'>): ShortLinks {
  const redirects = startRedirects(services)
  const { shortUrl } = services.config
  const ownHost = shortUrl ? new URL(shortUrl).host : null
  return {
    answers(incoming, outgoing) {
      const code = codeIn(incoming, ownHost)
      if (code === null) return false
      const told = (followed: Followed) => answer(outgoing, followed, services.log)
      const reading = incoming.method === 'GET' || incoming.method === 'HEAD'
      if (reading) redirects.follow(code, isMachine(incoming), told)
      else told({ kind: 'not-found' })
      return true
    },
    stop: redirects.stop,
  }
}

/** What may be the code of a short link; null: the request is for something else. Networks add parameters to addresses. */
function codeIn({ method, url = '', headers }: IncomingMessage, ownHost: string | null): string | null {
  const query = url.indexOf('?')
  const end = query < 0 ? url.length : query
  if (ownHost !== null && headers.host?.toLowerCase() === ownHost) return url.slice(1, end)
  return url.startsWith(shortPath) && (method === 'GET' || method === 'HEAD') ? url.slice(shortPath.length, end) : null
}

/** Never throws: others wait for their answers in the same turn. */
function answer(outgoing: ServerResponse, followed: Followed, log: Services['log']): void {
  try {
    if (followed.kind === 'found')
      outgoing.writeHead(302, [...headers, 'content-length', '0', 'location', followed.location]).end()
    else if (followed.kind === 'not-found')
      page(outgoing, 404, 'This link leads nowhere', 'It was mistyped, or whoever made it has taken it away.')
    else page(outgoing, 503, 'This link cannot be followed right now', 'Please try again in a minute.')
  } catch (error) {
    log.error('A short link could not be answered', { error })
    outgoing.destroy()
  }
}

const headers = [
  // Each click comes here, so that it is counted; a link that was removed leads nowhere from then on.
  ...['cache-control', 'no-store'],
  // The target learns from which site people come, as it would without us.
  ...['referrer-policy', 'strict-origin-when-cross-origin'],
  ...['x-robots-tag', 'noindex'],
]

function page(outgoing: ServerResponse, status: number, title: string, text: string): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}
h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}</style><main><h1>${title}</h1><p>${text}</p></main></html>`
  outgoing.writeHead(status, [
    ...headers,
    ...['content-type', 'text/html; charset=utf-8'],
    ...['content-length', String(Buffer.byteLength(body))],
    ...['content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"],
    ...['x-content-type-options', 'nosniff'],
    ...(status === 503 ? ['retry-after', '60'] : []),
  ])
  outgoing.end(body)
}
