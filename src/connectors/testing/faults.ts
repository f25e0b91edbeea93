// The faults a network can show, as values: each is one way in which an answer goes wrong.

export type Fault =
  /** Answers instead of the network. With `forward` the network did receive and carry out the request. */
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string | Uint8Array; forward?: boolean }
  /** Waits before forwarding. */
  | { kind: 'delay'; milliseconds: number }
  /** Closes the connection before the network hears of the request. */
  | { kind: 'close-before' }
  /** The network carries the request out, and the connection closes before its answer: the lost answer. */
  | { kind: 'close-after' }
  /** The network carries the request out, and its answer breaks off in the middle of the body. */
  | { kind: 'truncate' }

interface AnswerOptions {
  headers?: Record<string, string>
  body?: string
  forward?: boolean
}

export function status(code: number, options: AnswerOptions = {}): Fault {
  const headers = { 'content-type': 'application/json', ...options.headers }
  return { kind: 'answer', status: code, headers, body: options.body ?? '{}', forward: options.forward }
}

/** 429 with seconds, or with the HTTP date at which to come back. */
export function rateLimited(after: number | Date): Fault {
  return status(429, { headers: { 'retry-after': after instanceof Date ? after.toUTCString() : String(after) } })
}

/** What a proxy or a captive portal puts in the place of an answer. */
export function htmlPage(options: AnswerOptions & { status?: number } = {}): Fault {
  return status(options.status ?? 200, {
    body: '<!doctype html><title>One moment, please</title><p>Checking your browser.</p>',
    ...options,
    headers: { 'content-type': 'text/html; charset=utf-8', ...options.headers },
  })
}

export function emptyBody(options: AnswerOptions & { status?: number } = {}): Fault {
  return status(options.status ?? 200, { ...options, body: '' })
}

/** Valid JSON that is far too long. */
export function hugeBody(bytes = 10_000_000, options: AnswerOptions & { status?: number } = {}): Fault {
  return status(options.status ?? 200, { ...options, body: `{"padding":"${'x'.repeat(bytes - 14)}"}` })
}

export function delay(milliseconds: number): Fault {
  return { kind: 'delay', milliseconds }
}

export const closeBefore: Fault = { kind: 'close-before' }
export const closeAfter: Fault = { kind: 'close-after' }
export const truncate: Fault = { kind: 'truncate' }
