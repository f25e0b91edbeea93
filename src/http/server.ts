// The HTTP server of a process: the web framework, and before it what need not go through it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

export interface ServerOptions {
  fetch: (request: Request, env: never) => Response | Promise<Response>
  /** Whether it answers this request; what it leaves goes to `fetch`. */
  first: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean
  hostname: string
}

export function webServer({ fetch, first, hostname }: ServerOptions): Server {
  const rest = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], { hostname })
  return createServer((incoming, outgoing) => {
    if (!first(incoming, outgoing)) void rest(incoming, outgoing)
  })
}
