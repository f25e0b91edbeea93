// Refuses writes that another site makes in a signed-in person's browser.

import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../lib/refusal.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cookies travel by themselves, so a write that relies on them must show that our own page made it. A bearer token is never
 * sent by itself and needs no such proof. Below `open`, a beginning of paths, nobody is asked who they are, and forms of other sites
 * are welcome.
 */
export function sameOriginWrites(trusted: readonly string[], open: string): MiddlewareHandler {
  return async (c, next) => {
    const { method, headers } = c.req.raw
    const byCookie = headers.has('cookie') && !headers.has('authorization') && !c.req.path.startsWith(open)
    if (!reading.has(method) && byCookie && !isOwn(headers, trusted)) throw new Refusal('cross-site', { status: 403 })
    await next()
  }
}

function isOwn(headers: Headers, trusted: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const origin = headers.get('origin')
  if (origin === null) return site === 'same-origin'
  if (trusted.includes(origin)) return true
  // Reached under another name than PUBLIC_URL (an address in the local network): its own pages are still its own.
  return URL.canParse(origin) && new URL(origin).host === headers.get('host')
}
