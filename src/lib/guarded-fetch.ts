// Requests to outside addresses: no private networks, no endless bodies, and an exact answer to "was it sent?".

import { type Agent, type BodyInit, type Dispatcher, type Headers, type Response, fetch as send } from 'undici'
import { FetchError } from './fetch-error.ts'
import { allowedHosts, guardedReach, homeAgent, publicAgent, type Reach } from './guarded-agent.ts'

export interface FetchPolicy {
  /** `host` or `host:port` that may lie in a private network: an organisation's own blog, a test server. */
  allowedPrivate?: readonly string[]
  /** Milliseconds for everything, from name look-up to the last byte of the answer. */
  timeoutMs?: number
  /** Largest answer in bytes, counted after decompression. */
  maxBytes?: number
  userAgent?: string
}

export interface GuardedRequest {
  method?: string
  headers?: Record<string, string>
  /** A stream is sent once and can follow no redirect that would need it again. */
  body?: BodyInit | null
  signal?: AbortSignal
  timeoutMs?: number
  maxBytes?: number
}

export interface GuardedAnswer {
  status: number
  headers: Headers
  /** Address after redirects. */
  url: string
  /** Last target of the leading 301 and 308 redirects; null when the asked address stands. */
  movedTo: string | null
  /** Reads the whole body within the limits of the request; may be called once. */
  bytes(): Promise<Uint8Array>
  text(): Promise<string>
  /** The body as it comes, under the same limits. */
  stream(): AsyncGenerator<Uint8Array>
  /** Lets go of the connection when the body is not wanted. */
  discard(): Promise<void>
}

export interface GuardedFetch {
  (url: string | URL, request?: GuardedRequest): Promise<GuardedAnswer>
  /** Under the same policy, for other protocols. */
  reach?: Reach
}

const maxRedirects = 5
const harmlessHeaders = new Set([
  ...['accept', 'accept-language', 'content-type', 'content-length', 'range', 'user-agent'],
  ...['if-none-match', 'if-modified-since'],
])

/** The result shares its connections with every other guarded fetch of the process, so making one is cheap. */
export function guardedFetch(policy: FetchPolicy = {}): GuardedFetch & { reach: Reach } {
  const allowed = allowedHosts(policy.allowedPrivate)
  const fetch = (url: string | URL, request: GuardedRequest = {}) => {
    const limit = AbortSignal.timeout(request.timeoutMs ?? policy.timeoutMs ?? 30_000)
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
    const headers = { 'user-agent': policy.userAgent ?? 'Longrun/0.1', ...lowerCased(request.headers ?? {}) }
    return followRedirects(
      String(url),
      { ...request, method: request.method ?? 'GET', headers, signal },
      {
        agentFor: (target) => (allowed(target) ? homeAgent : publicAgent),
        maxBytes: request.maxBytes ?? policy.maxBytes ?? 5_000_000,
        limit,
      },
    )
  }
  return Object.assign(fetch, { reach: guardedReach(policy.allowedPrivate) })
}

// ── Redirects ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Hop {
  method: string
  headers: Record<string, string>
  body?: BodyInit | null
  signal: AbortSignal
}

interface Journey {
  agentFor(target: URL): Agent
  maxBytes: number
  limit: AbortSignal
}

async function followRedirects(start: string, first: Hop, journey: Journey): Promise<GuardedAnswer> {
  let hop = first
  let url = parseUrl(start)
  // A 303 says that the request was carried out, so a later failure must not claim that nothing was sent.
  let carriedOut = false
  let movedTo: string | null = null
  let forGood = true
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const { response, flight } = await sendOnce(url, hop, journey, carriedOut)
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
      return answerOf(response, { url, movedTo, flight, journey, signal: hop.signal })
    }
    await response.body?.cancel().catch(() => undefined)
    const next = nextHop(hop, response.status, url, parseRedirect(location, url))
    carriedOut ||= response.status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD'
    hop = next.hop
    url = next.url
    forGood &&= response.status === 301 || response.status === 308
    if (forGood) movedTo = url.href
  }
  throw new FetchError('too-many-redirects', true)
}

function nextHop(hop: Hop, status: number, from: URL, to: URL): { hop: Hop; url: URL } {
  const refused = new FetchError('redirect-refused', true)
  const reads = hop.method === 'GET' || hop.method === 'HEAD'
  // Browsers turn a POST into a GET here. For us that would turn a write into a read that looks like success.
  if (!reads && (status === 301 || status === 302)) throw refused
  const becomesRead = !reads && status === 303
  const body = becomesRead ? null : hop.body
  if (body instanceof ReadableStream) throw refused
  const secretHeaders = Object.keys(hop.headers).filter((name) => !harmlessHeaders.has(name))
  const credentials = secretHeaders.length > 0 || from.username !== '' || from.password !== ''
  if (from.protocol === 'https:' && to.protocol === 'http:' && (credentials || body)) throw refused
  const headers = { ...hop.headers }
  if (becomesRead) {
    delete headers['content-type']
    delete headers['content-length']
  }
  if (from.origin !== to.origin) {
    // Any header may carry a key (`Api-Key`, `X-…-Token`), and so may a body; neither goes to another origin.
    for (const name of secretHeaders) delete headers[name]
    if (body && from.hostname !== to.hostname) throw refused
  }
  return { hop: { ...hop, method: becomesRead ? 'GET' : hop.method, headers, body }, url: to }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new FetchError('bad-request', false)
  return url
}

function parseRedirect(location: string, base: URL): URL {
  const url = URL.parse(location, base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new FetchError('redirect-refused', true)
  return url
}

// ── One request ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Set by the dispatcher at the moment the request is handed to a connected socket. */
interface Flight {
  sent: boolean
}

async function sendOnce(url: URL, hop: Hop, journey: Journey, carriedOut: boolean) {
  const flight: Flight = { sent: carriedOut }
  const target = new URL(url)
  try {
    const headers = withUserInfo(hop.headers, target)
    hop.signal.throwIfAborted()
    const response = await send(target, {
      method: hop.method,
      headers,
      body: hop.body ?? null,
      signal: hop.signal,
      redirect: 'manual',
      dispatcher: observed(journey.agentFor(target), flight),
      ...(hop.body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    })
    return { response, flight }
  } catch (error) {
    throw failureOf(error, hop.signal, journey.limit, flight.sent)
  }
}

/** `https://user:password@host/` means Basic authentication; fetch itself refuses such addresses. */
function withUserInfo(headers: Record<string, string>, target: URL): Record<string, string> {
  if (!target.username && !target.password) return headers
  const pair = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`
  target.username = target.password = ''
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers }
}

function observed(agent: Agent, flight: Flight): Dispatcher {
  let dispatched = false
  return agent.compose((dispatch) => (options, handler) => {
    // fetch repeats a request that was answered with 421; we promise that nothing is ever sent twice.
    if (dispatched) throw new FetchError('connection-lost', true)
    dispatched = true
    const start = handler.onRequestStart
    handler.onRequestStart = function (controller, context) {
      start?.call(this, controller, context)
      // An abort while connecting is noticed in `start`, before a byte is written.
      if (!controller.aborted) flight.sent = true
    }
    return dispatch(options, handler)
  })
}

function failureOf(error: unknown, signal: AbortSignal, limit: AbortSignal, sent: boolean): FetchError {
  if (error instanceof FetchError) return error
  if (limit.aborted && (signal.reason === limit.reason || signal === limit)) return new FetchError('timeout', sent)
  if (signal.aborted) return new FetchError('aborted', sent)
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof FetchError) return new FetchError(cause.code, sent || cause.sent)
  return new FetchError(sent ? 'connection-lost' : 'bad-request', sent)
}

// ── The answer ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface Arrival {
  url: URL
  movedTo: string | null
  flight: Flight
  journey: Journey
  signal: AbortSignal
}

function answerOf(response: Response, { url, movedTo, flight, journey, signal }: Arrival): GuardedAnswer {
  async function* stream(): AsyncGenerator<Uint8Array> {
    let total = 0
    try {
      for await (const chunk of response.body ?? []) {
        total += chunk.byteLength
        if (total > journey.maxBytes) throw new FetchError('answer-too-large', true)
        yield chunk
      }
    } catch (error) {
      throw failureOf(error, signal, journey.limit, flight.sent)
    }
  }
  const bytes = async () => new Uint8Array(Buffer.concat(await Array.fromAsync(stream())))
  return {
    status: response.status,
    headers: response.headers,
    url: url.href,
    movedTo,
    stream,
    bytes,
    text: async () => new TextDecoder().decode(await bytes()),
    discard: async () => void (await response.body?.cancel().catch(() => undefined)),
  }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
