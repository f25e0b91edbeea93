// How connectors hold a connection open: the same guard and the same meaning of each failure as one request has.

import { guardedReach } from '../lib/guarded-agent.ts'
import { guardedSockets, type OpenSocket } from '../lib/guarded-socket.ts'
import { failureOf, refusalOf } from './http.ts'
import type { ListenTransport } from './listen.ts'

export interface TransportOptions {
  /** Ends every connection. */
  signal: AbortSignal
  /** Absent: guarded ones with the hosts of `allowPrivate`. */
  openSocket?: OpenSocket
  /** `host` or `host:port` that may lie in a private network. */
  allowPrivate?: readonly string[]
  now?: () => Date
}

export function createTransport(options: TransportOptions): ListenTransport {
  const { signal, now = () => new Date() } = options
  const openSocket = options.openSocket ?? guardedSockets({ allowedPrivate: options.allowPrivate })
  return {
    reach: guardedReach(options.allowPrivate),
    async webSocket({ url, headers, protocols, maxBytes, explain }) {
      const opening = await openSocket(url, { headers, protocols, maxBytes, signal }).catch(rethrown)
      if (opening.state === 'refused') {
        const { status, body } = opening
        const answer = { status, headers: opening.headers, text: async () => body, discard: async () => undefined }
        throw await refusalOf(answer, { explain }, now())
      }
      const { socket } = opening
      return { take: (waitMs) => socket.take(waitMs).catch(rethrown), close: () => socket.close() }
    },
  }
}

function rethrown(error: unknown): never {
  throw failureOf(error, false)
}
