// The only way in which connectors reach a network: one request, no repeats, and one meaning for each way it can fail.

import { type BodyInit, FormData as OutgoingForm } from 'undici'
import type { ZodType } from 'zod'
import { FetchError } from '../lib/fetch-error.ts'
import { type GuardedAnswer, type GuardedFetch, guardedFetch } from '../lib/guarded-fetch.ts'
import { storable } from '../lib/storable.ts'
import type { ErrorKind, Http, HttpAnswer, HttpRequest, Json } from './contract.ts'
import { ConnectorError, type ConnectorErrorFacts } from './errors.ts'
import { retryTime } from './retry-time.ts'

export interface HttpOptions {
  /** Stops every request that is still running. */
  signal: AbortSignal
  /** Absent: a guarded fetch with the hosts of `allowPrivate`. */
  fetch?: GuardedFetch
  /** `host` or `host:port` that may lie in a private network. */
  allowPrivate?: readonly string[]
  now?: () => Date
  userAgent?: string
}

const defaultTimeoutMs = 30_000
const defaultMaxBytes = 5_000_000

export function createHttp(options: HttpOptions): Http {
  const fetch = options.fetch ?? guardedFetch({ allowedPrivate: options.allowPrivate, userAgent: options.userAgent })
  const now = options.now ?? (() => new Date())
  return async <T>(request: HttpRequest<T>): Promise<HttpAnswer<T>> => {
    const answer = await send(fetch, request, options.signal)
    const good = answer.status >= 200 && answer.status < 300
    if (good || request.accept?.includes(answer.status)) return readGood(answer, request)
    throw await refusalOf(answer, request, now())
  }
}

async function send<T>(fetch: GuardedFetch, request: HttpRequest<T>, signal: AbortSignal): Promise<GuardedAnswer> {
  const { body, type } = encodeBody(request.body)
  const given = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  try {
    return await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: {
        accept: request.schema ? 'application/json' : '*/*',
        ...(type ? { 'content-type': type } : {}),
        ...given,
      },
      body,
      signal,
      timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
      maxBytes: request.maxBytes ?? defaultMaxBytes,
    })
  } catch (error) {
    throw failureOf(error, request.write ?? false)
  }
}

/** Nothing sent: safe to try again, unless the address itself is wrong. Perhaps sent: a write is unknown. */
export function failureOf(error: unknown, write: boolean): ConnectorError {
  if (!(error instanceof FetchError))
    return new ConnectorError({ kind: write ? 'unknown' : 'unavailable', code: 'unexpected' })
  return new ConnectorError({ kind: kindOf(error, write), code: error.code })
}

function kindOf({ code, sent }: FetchError, write: boolean): ErrorKind {
  if (changedCodes.has(code)) return 'changed'
  // Also where the address was refused: a redirect may lead there after the write was carried out.
  if (write && sent) return 'unknown'
  return neverWorks.has(code) ? 'rejected' : 'unavailable'
}

const changedCodes = new Set<string>(['redirect-refused', 'answer-too-large'])
const neverWorks = new Set<string>(['bad-request', 'address-refused'])

// ── A good answer ───────────────────────────────────────────────────────────────────────────────────────────────────

async function readGood<T>(answer: GuardedAnswer, request: HttpRequest<T>): Promise<HttpAnswer<T>> {
  let bytes: Uint8Array
  try {
    bytes = await answer.bytes()
  } catch (error) {
    throw failureOf(error, request.write ?? false)
  }
  const { status, url, movedTo } = answer
  // Connectors see the standard type; undici's class is its own copy of it.
  const headers = new Headers([...answer.headers])
  const facts = { status, url, headers, ...(movedTo ? { movedTo } : {}) }
  if (request.as === 'bytes') return { ...facts, body: bytes as T }
  const text = new TextDecoder().decode(bytes)
  // Without a schema T is `string` by the default of the `Http` type.
  return { ...facts, body: request.schema ? parseBody(text, request.schema, status) : (text as T) }
}

function parseBody<T>(text: string, schema: ZodType<T>, status: number): T {
  const json = parseJson(text)
  const parsed = json === undefined ? undefined : schema.safeParse(json)
  if (parsed?.success) return parsed.data
  // The issues of the schema may quote the answer, so they stay here.
  throw new ConnectorError({ kind: 'changed', code: json === undefined ? 'answer-not-json' : 'answer-shape', status })
}

/** undefined: not JSON. An empty body is null, so that a schema can allow it. */
function parseJson(text: string): Json | undefined {
  if (text === '') return null
  try {
    const json = JSON.parse(text) as Json
    // A network may write what no table can hold; only these escapes can bring it into JSON.
    return /\\u(0000|d[89a-f])/i.test(text) ? storable(json) : json
  } catch {
    return undefined
  }
}

// ── A refusal ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of an answer, its head and body, whatever asked for it. */
export interface Refusing {
  status: number
  headers: Iterable<[string, string]>
  text(): Promise<string>
  discard(): Promise<void>
}

export async function refusalOf<T>(
  answer: Refusing,
  request: Pick<HttpRequest<T>, 'explain' | 'write'>,
  now: Date,
): Promise<ConnectorError> {
  const { status } = answer
  const headers = new Headers([...answer.headers])
  const retryAt = retryTime(headers, now)
  const byStatus: ConnectorErrorFacts = { ...byStatusCode(status, request.write ?? false), status }
  if (!request.explain) {
    await answer.discard()
    return new ConnectorError(waits(byStatus.kind) ? { ...byStatus, retryAt } : byStatus)
  }
  // A body that cannot be read leaves the status, which already says what happened.
  const text = await answer.text().catch(() => '')
  const facts = explained(request, { status, headers, body: parseJson(text) ?? text.slice(0, 10_000) }) ?? byStatus
  return new ConnectorError({ retryAt: waits(facts.kind) ? retryAt : undefined, ...facts, status })
}

/** An explanation is a bonus: when it fails on an unexpected body, the status code decides. */
function explained<T>(
  request: Pick<HttpRequest<T>, 'explain'>,
  answer: { status: number; headers: Headers; body: Json },
) {
  try {
    return request.explain?.(answer) ?? null
  } catch {
    return null
  }
}

function waits(kind: ErrorKind): boolean {
  return kind === 'rate-limited' || kind === 'unavailable'
}

function byStatusCode(status: number, write: boolean): { kind: ErrorKind; code: string } {
  const code = `status-${status}`
  if (status === 401) return { kind: 'auth-expired', code }
  if (status === 403) return { kind: 'forbidden', code }
  if (status === 404 || status === 410) return { kind: 'gone', code }
  if (status === 429) return { kind: 'rate-limited', code }
  // A server that gave up may still have carried the write out.
  if (status === 408 || status >= 500) return { kind: write ? 'unknown' : 'unavailable', code }
  if (status >= 400) return { kind: 'rejected', code }
  return { kind: 'changed', code }
}

// ── The body ────────────────────────────────────────────────────────────────────────────────────────────────────────

function encodeBody(body: unknown): { body: BodyInit | null; type?: string } {
  if (body === undefined || body === null) return { body: null }
  if (body instanceof FormData) return { body: outgoingForm(body) }
  if (
    typeof body === 'string' ||
    body instanceof URLSearchParams ||
    body instanceof ReadableStream ||
    body instanceof ArrayBuffer
  ) {
    return { body }
  }
  // One class at run time; only the browser's type lacks Node's newest method.
  if (body instanceof Blob) return { body: body as BodyInit & Blob }
  if (ArrayBuffer.isView(body)) return { body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice() }
  return { body: JSON.stringify(body), type: 'application/json' }
}

/** Node's own FormData belongs to the undici inside Node, which the installed one does not recognise. */
function outgoingForm(form: FormData): OutgoingForm {
  const outgoing = new OutgoingForm()
  for (const [name, value] of form) {
    if (typeof value === 'string') outgoing.append(name, value)
    else outgoing.append(name, value, value.name)
  }
  return outgoing
}
