// A real HTTP server that stands in front of a network, records what it is asked, and breaks answers as told.

import {
  request as ask,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './faults.ts'

export interface RecordedRequest {
  method: string
  /** With the query. */
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  /** The fault it met; null when it passed untouched. */
  fault: Fault['kind'] | null
}

export type RequestMatch = (request: RecordedRequest) => boolean

export interface FaultServer {
  url: string
  /** `host:port`, for `allowPrivate`. */
  host: string
  /** In order of arrival, since the start or the last `reset`. */
  requests: RecordedRequest[]
  /** The next `times` (1) requests that match meet the fault. Faults given first are used first. */
  inject(fault: Fault, options?: { match?: RequestMatch; times?: number }): void
  /** Drops every connection that is held open, without a word. */
  cut(): void
  /** Forgets faults and requests. */
  reset(): void
  stop(): Promise<void>
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

interface Script {
  fault: Fault
  match: RequestMatch
  left: number
}

/** `upstream` is the address of a real server, or a function that answers. */
export async function startFaultServer(upstream: string | Handler): Promise<FaultServer> {
  const inner = typeof upstream === 'string' ? null : await listen(createServer(upstream))
  const target = inner ? addressOf(inner) : new URL(upstream as string).origin
  const requests: RecordedRequest[] = []
  const scripts: Script[] = []
  const server = await listen(
    createServer((request, response) => {
      serve({ request, response, target, requests, scripts }).catch(() => response.destroy())
    }),
  )
  const tunnels = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => tunnel({ request, socket, head, target, requests, scripts, tunnels }))
  return {
    url: addressOf(server),
    host: new URL(addressOf(server)).host,
    requests,
    inject: (fault, { match = () => true, times = 1 } = {}) => void scripts.push({ fault, match, left: times }),
    cut() {
      for (const socket of tunnels) socket.destroy()
    },
    reset() {
      scripts.length = 0
      requests.length = 0
    },
    async stop() {
      for (const socket of tunnels) socket.destroy()
      await close(server)
      if (inner) await close(inner)
    },
  }
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  target: string
  requests: RecordedRequest[]
  scripts: Script[]
}

async function serve({ request, response, target, requests, scripts }: Exchange): Promise<void> {
  const recorded: RecordedRequest = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: request.headers,
    body: await buffer(request),
    fault: null,
  }
  requests.push(recorded)
  const fault = nextFault(scripts, recorded)
  recorded.fault = fault?.kind ?? null
  if (fault?.kind === 'close-before') return void response.destroy()
  if (fault?.kind === 'delay') await wait(fault.milliseconds)
  if (fault?.kind === 'answer') {
    if (fault.forward) await forward(target, recorded)
    response.writeHead(fault.status, { ...fault.headers, 'content-length': Buffer.byteLength(fault.body) })
    return void response.end(fault.body)
  }
  const answer = await forward(target, recorded)
  if (fault?.kind === 'close-after') return void response.destroy()
  const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers
  const bodyless = recorded.method === 'HEAD' || answer.status === 204 || answer.status === 304
  response.writeHead(answer.status, bodyless ? headers : { ...headers, 'content-length': answer.body.length })
  if (fault?.kind !== 'truncate') return void response.end(answer.body)
  response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy())
}

// ── Connections that stay open ──────────────────────────────────────────────────────────────────────────────────────

interface Tunnelling extends Omit<Exchange, 'response'> {
  socket: Duplex
  head: Buffer
  tunnels: Set<Duplex>
}

/** A handshake meets faults as a request does; what follows it is passed on untouched. */
function tunnel({ request, socket, head, target, requests, scripts, tunnels }: Tunnelling): void {
  const { method = 'GET', url: path = '/', headers } = request
  const recorded: RecordedRequest = { method, path, headers, body: Buffer.alloc(0), fault: null }
  requests.push(recorded)
  const fault = nextFault(scripts, recorded)
  recorded.fault = fault?.kind ?? null
  if (fault?.kind === 'answer') {
    const length = Buffer.byteLength(fault.body)
    const lines = Object.entries({ ...fault.headers, 'content-length': length, connection: 'close' })
    socket.write(
      `HTTP/1.1 ${fault.status} Fault\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    )
    return void socket.end(fault.body)
  }
  if (fault) return void socket.destroy()
  const url = new URL(target)
  const upstream = connect(Number(url.port), url.hostname)
  const given = Object.entries({ ...headers, host: url.host }).map(([name, value]) => `${name}: ${value}\r\n`)
  upstream.write(`${method} ${path} HTTP/1.1\r\n${given.join('')}\r\n`)
  upstream.write(head)
  tunnels.add(socket)
  socket.pipe(upstream).pipe(socket)
  for (const [one, other] of [
    [socket, upstream],
    [upstream, socket],
  ] as const) {
    one.on('error', () => undefined)
    one.on('close', () => {
      other.destroy()
      tunnels.delete(socket)
    })
  }
}

function nextFault(scripts: Script[], recorded: RecordedRequest): Fault | null {
  const script = scripts.find(({ left, match }) => left > 0 && match(recorded))
  if (!script) return null
  script.left--
  return script.fault
}

/** Sends the request on, and reads the whole answer. */
function forward(target: string, recorded: RecordedRequest) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { 'transfer-encoding': _, connection: __, ...headers } = recorded.headers
    const url = new URL(target)
    const options = { method: recorded.method, path: recorded.path, host: url.hostname, port: url.port }
    const sending = ask(
      { ...options, headers: { ...headers, host: url.host, 'content-length': recorded.body.length } },
      (answer) => {
        buffer(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body }),
          reject,
        )
      },
    )
    sending.on('error', reject)
    sending.end(recorded.body)
  })
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
