// One call of the network's HTTP API (XRPC): address, proof of identity, and the meaning of a refusal.

import type { ZodType } from 'zod'
import type { Session } from '../contract.ts'
import type { Authorize } from './authorize.ts'
import { explain } from './explain.ts'

interface Call<T> {
  /** Server to ask, without a trailing slash. */
  base: string
  authorize: Authorize
  /** Lexicon id of the method. */
  id: string
  schema?: ZodType<T>
  /** Another service to which the server passes the call on, as `atproto-proxy` names it. */
  proxy?: string
}

export interface Query<T> extends Call<T> {
  params?: Record<string, string | string[]>
}

export interface Procedure<T> extends Call<T> {
  input?: Record<string, unknown>
  /** A body that is not JSON; made anew for every try. */
  stream?: { type: string; open(): ReadableStream<Uint8Array> }
  /** The write that counts, see `HttpRequest.write`. */
  write?: boolean
  timeoutMs?: number
}

/** A read. Numbers and flags are passed as text. */
export async function query<T = string>(session: Pick<Session, 'http'>, call: Query<T>): Promise<T> {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(call.params ?? {})) {
    for (const one of [value].flat()) params.append(name, one)
  }
  const search = params.size > 0 ? `?${params}` : ''
  return send(session, call, { method: 'GET', url: `${call.base}/xrpc/${call.id}${search}` })
}

export async function procedure<T = string>(session: Pick<Session, 'http'>, call: Procedure<T>): Promise<T> {
  const { write, timeoutMs, stream } = call
  const url = `${call.base}/xrpc/${call.id}`
  const headers = stream ? { 'content-type': stream.type } : undefined
  return send(session, call, {
    method: 'POST',
    url,
    headers,
    write,
    timeoutMs,
    body: () => (stream ? stream.open() : call.input),
  })
}

interface Outgoing {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: () => unknown
  write?: boolean
  timeoutMs?: number
}

async function send<T>(session: Pick<Session, 'http'>, call: Call<T>, out: Outgoing, again = true): Promise<T> {
  const { url, method, write, timeoutMs } = out
  const passed: Record<string, string> = call.proxy ? { 'atproto-proxy': call.proxy } : {}
  let retry = false
  try {
    const answer = await session.http<T>({
      method,
      url,
      write,
      timeoutMs,
      schema: call.schema,
      headers: { ...out.headers, ...passed, ...(await call.authorize.headers(method, url)) },
      body: out.body?.(),
      explain: ({ headers, body }) => {
        retry = call.authorize.learn(url, headers, body)
        return explain(body, write ?? false)
      },
    })
    call.authorize.learn(url, answer.headers, null)
    return answer.body
  } catch (error) {
    // A server that asks for a nonce has refused the request before reading it: nothing was written.
    if (retry && again) return send(session, call, out, false)
    throw error
  }
}
