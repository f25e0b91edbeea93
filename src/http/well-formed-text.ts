// Refuses JSON whose bytes are not UTF-8: decoding it all the same would store other words than were sent.

import { isUtf8 } from 'node:buffer'
import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../lib/refusal.ts'

/** Stands behind the limit of the body: what it reads is small. */
export const wellFormedText: MiddlewareHandler = async (c, next) => {
  const { raw } = c.req
  if (raw.method !== 'GET' && raw.method !== 'HEAD' && /\bjson\b/i.test(raw.headers.get('content-type') ?? '')) {
    const bytes = await raw.arrayBuffer()
    if (!isUtf8(bytes)) throw new Refusal('malformed-request', { status: 400 })
    c.req.raw = new Request(raw, { body: bytes })
  }
  await next()
}
