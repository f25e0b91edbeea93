// The reference: a Hono handler that redirects and does nothing else, in a process of its own.

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/l/:code', (c) => c.redirect('https://example.org/target?utm_source=bench', 302))
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
await once(server, 'listening')
process.send!({ port: (server.address() as AddressInfo).port })
process.once('disconnect', () => process.exit(0))
