// Web sockets to outside addresses: no private networks, no endless messages, no silent death, and no more in memory than is taken.

import { isIP } from 'node:net'
import { WebSocket } from 'ws'
import { FetchError } from './fetch-error.ts'
import { allowedHosts, connectFailure, guardedLookup, mayReach } from './guarded-agent.ts'
import type { FetchPolicy } from './guarded-fetch.ts'

export interface OpenRequest {
  headers?: Record<string, string>
  protocols?: string[]
  /**
   * Of a longer message only the first thousand bytes are given, so that its reader can count it: if it ended the connection, it
   * would come again after the next one. Sixteen times as long, it does end it.
   */
  maxBytes?: number
  /** For name look-up, connection and handshake. */
  timeoutMs?: number
  /** Without a sign of life for this long, our own pings included, the connection ends. */
  idleMs?: number
  /** Ends the connection, whatever it is doing. */
  signal: AbortSignal
}

export type Opening =
  | { state: 'open'; socket: GuardedSocket }
  /** The server answered the handshake with something else; the body is cut at 10,000 bytes. */
  | { state: 'refused'; status: number; headers: [string, string][]; body: string }

export interface GuardedSocket {
  /**
   * What has come since the last call, or the first message that comes within `waitMs`; empty when none does. Text comes as
   * its bytes. While nobody takes, nothing more is read than `mostWaiting` bytes.
   * @throws FetchError when the connection is over and everything was taken.
   */
  take(waitMs: number): Promise<Uint8Array[]>
  close(): void
}

/** @throws FetchError when no connection comes about. Redirects are not followed. */
export type OpenSocket = (url: string, request: OpenRequest) => Promise<Opening>

const mostWaiting = 4_000_000
const usualMaxBytes = 1_000_000

export function guardedSockets(policy: Pick<FetchPolicy, 'allowedPrivate' | 'userAgent'> = {}): OpenSocket {
  const allowed = allowedHosts(policy.allowedPrivate)
  return async (url, request) => {
    const target = socketUrl(url)
    const home = allowed(target)
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !mayReach(literal, home)) throw new FetchError('address-refused', false)
    request.signal.throwIfAborted()
    const socket = new WebSocket(target, request.protocols ?? [], {
      headers: { 'user-agent': policy.userAgent ?? 'Longrun/0.1', ...request.headers },
      handshakeTimeout: request.timeoutMs ?? 15_000,
      maxPayload: 16 * (request.maxBytes ?? usualMaxBytes),
      // A server that compresses each message makes us pay for it; those we know do not, or have a way of their own.
      perMessageDeflate: false,
      // Broken text is the sender's fault and costs it a record, not everybody the connection.
      skipUTF8Validation: true,
      followRedirects: false,
      // `ws` hands on what it does not know to `net.connect`, its types do not.
      ...({ lookup: guardedLookup(home) } as object),
    })
    return handshake(socket, request)
  }
}

function socketUrl(text: string): URL {
  const url = URL.parse(text.replace(/^http/i, 'ws'))
  if (!url || !['ws:', 'wss:'].includes(url.protocol)) throw new FetchError('bad-request', false)
  url.hash = ''
  return url
}

function handshake(socket: WebSocket, request: OpenRequest): Promise<Opening> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      socket.terminate()
      reject(new FetchError('aborted', true))
    }
    request.signal.addEventListener('abort', abort, { once: true })
    const settled = () => request.signal.removeEventListener('abort', abort)
    // Listening from the first moment on: a message may come in one packet with the handshake.
    const stream = streamOf(socket, request)
    socket.once('open', () => {
      settled()
      resolve({ state: 'open', socket: stream })
    })
    socket.once('error', (error: Error & { code?: string }) => {
      settled()
      reject(openFailure(error))
    })
    socket.once('unexpected-response', (_request, response) => {
      let body = ''
      const end = () => {
        settled()
        response.destroy()
        const headers = Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
          [value ?? []].flat().map((each) => [name, each]),
        )
        resolve({ state: 'refused', status: response.statusCode ?? 0, headers, body })
      }
      const impatience = setTimeout(end, 5_000)
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body = (body + chunk).slice(0, 10_000)
        if (body.length === 10_000) response.destroy()
      })
      response.once('close', () => {
        clearTimeout(impatience)
        end()
      })
    })
  })
}

function openFailure(error: Error & { code?: string }): FetchError {
  if (/handshake has timed out/i.test(error.message)) return new FetchError('connect-timeout', false)
  // A server that answers, but with no handshake of this protocol.
  if (/sec-websocket|upgrade header|subprotocol/i.test(error.message)) return new FetchError('redirect-refused', true)
  return connectFailure(error)
}

// ── An open connection ──────────────────────────────────────────────────────────────────────────────────────────────

interface Inbox {
  waiting: Uint8Array[]
  bytes: number
  over: FetchError | null
  /** Somebody who waits for the next message or the end. */
  wake: (() => void) | null
}

function streamOf(
  socket: WebSocket,
  { idleMs = 60_000, maxBytes = usualMaxBytes, signal }: OpenRequest,
): GuardedSocket {
  const inbox: Inbox = { waiting: [], bytes: 0, over: null, wake: null }
  const end = (failure: FetchError) => {
    inbox.over ??= failure
    clearInterval(pulse)
    signal.removeEventListener('abort', abort)
    socket.terminate()
    inbox.wake?.()
  }
  const abort = () => end(new FetchError('aborted', true))
  signal.addEventListener('abort', abort, { once: true })
  const pulse = keepPulse(socket, idleMs, () => end(new FetchError('timeout', true)))
  socket.on('message', (message: Buffer | Buffer[] | ArrayBuffer) => {
    const whole = Buffer.isBuffer(message)
      ? message
      : Buffer.concat([message].flat().map((each) => Buffer.from(each as Buffer)))
    const bytes = whole.length > maxBytes ? Buffer.from(whole.subarray(0, 1_000)) : whole
    inbox.waiting.push(bytes)
    inbox.bytes += bytes.length
    if (inbox.bytes > mostWaiting) socket.pause()
    inbox.wake?.()
  })
  socket.on('error', (error: Error & { code?: string }) => {
    const tooLarge = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
    end(new FetchError(tooLarge ? 'answer-too-large' : 'connection-lost', true))
  })
  socket.on('close', () => end(new FetchError('connection-lost', true)))
  return {
    async take(waitMs) {
      if (inbox.waiting.length === 0 && !inbox.over) await nextSign(inbox, waitMs)
      if (inbox.waiting.length === 0 && inbox.over) throw inbox.over
      const taken = inbox.waiting
      inbox.waiting = []
      inbox.bytes = 0
      if (socket.isPaused) socket.resume()
      return taken
    },
    close: () => end(new FetchError('aborted', true)),
  }
}

function nextSign(inbox: Inbox, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      inbox.wake = null
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    inbox.wake = done
  })
}

/** Asks the other side three times in `idleMs` for a sign of life; messages count as one. */
function keepPulse(socket: WebSocket, idleMs: number, dead: () => void): NodeJS.Timeout {
  // Counted in beats, not by the clock: while we ourselves stand still, nobody else can be blamed for silence.
  let silent = 0
  const alive = () => {
    silent = 0
  }
  socket.on('message', alive).on('ping', alive).on('pong', alive).on('open', alive)
  return setInterval(() => {
    // What we ourselves do not read is no silence of the other side.
    if (socket.isPaused) return alive()
    if (++silent > 3) return dead()
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, idleMs / 3).unref()
}
