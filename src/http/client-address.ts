// From which address a request came: for rate limits and the list of sessions.

import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { classifyAddress } from '../lib/addresses.ts'

/**
 * The address of the connection. A reverse proxy connects from this machine or its private network: then the last address it
 * reports that is not itself private counts, for what stands before that could be written by the client.
 */
export function clientAddress(c: Context): string {
  const peer = peerAddress(c)
  if (classifyAddress(peer) !== 'private') return peer
  const reported = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  return reported.findLast((address) => isIP(address) !== 0 && classifyAddress(address) !== 'private') ?? peer
}

function peerAddress(c: Context): string {
  // Without a socket the app was called in its own process.
  if (!(c.env as { incoming?: unknown } | undefined)?.incoming) return '127.0.0.1'
  return getConnInfo(c).remote.address?.replace(/^::ffff:/, '') ?? '127.0.0.1'
}
