// How the connector speaks to a server of the Mastodon API: requests, refusals in the API's own terms, and the shapes it reads.

import { z } from 'zod'
import type { ErrorKind, HttpAnswer, HttpRequest, Json, MediaFile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'

/** What is sealed with an account. `application` is the name under which the server shows posts made with this token. */
export const credentialsSchema = z.object({
  accessToken: z.string().min(1),
  application: z.string().nullable(),
  scopes: z.array(z.string()),
  renewal: z
    .object({ refreshToken: z.string(), clientId: z.string(), clientSecret: z.string(), tokenUrl: z.string() })
    .nullable(),
})
export type Credentials = z.infer<typeof credentialsSchema>

/** Whose token goes where. No token while an account is being connected. */
export interface Caller {
  server: string
  credentials: Credentials | null
}

export function callerOf(session: Pick<Session, 'account' | 'credentials'>): Caller {
  const credentials = credentialsSchema.safeParse(session.credentials)
  if (!credentials.success) throw new ConnectorError({ kind: 'auth-revoked', code: 'credentials-unreadable' })
  return { server: session.account.server, credentials: credentials.data }
}

export type Refusal = NonNullable<ReturnType<NonNullable<HttpRequest<unknown>['explain']>>>

export interface ApiRequest<T> extends Omit<HttpRequest<T>, 'url' | 'explain'> {
  path: string
  query?: Record<string, string>
  /** The permission that a 403 answer is about. */
  scope?: string
  /** A refusal that this request understands better than the general table. `error` is the server's own sentence. */
  refusal?(status: number, error: string): Refusal | null
}

export function api<T>(session: Pick<Session, 'http'>, caller: Caller, request: ApiRequest<T>): Promise<HttpAnswer<T>> {
  const { path, query, scope, refusal, headers, ...rest } = request
  const search = query ? `${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}` : ''
  const token = caller.credentials?.accessToken
  return session.http({
    ...rest,
    url: `${caller.server}${path}${search}`,
    headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    explain: (answer) => refusal?.(answer.status, errorText(answer.body)) ?? explainFor(caller, scope)(answer),
  })
}

/** What a refusal of this caller means. */
export function explainFor(caller: Caller, scope?: string): NonNullable<HttpRequest<unknown>['explain']> {
  return ({ status, body }) => explain(status, errorText(body), caller, scope)
}

const errorBody = z.object({ error: z.string() })

/** The sentence of an error answer; empty when there is none. It may be in the server's language: a hint, never the ground. */
function errorText(body: Json): string {
  const parsed = errorBody.safeParse(body)
  return parsed.success ? parsed.data.error : ''
}

/** What a status code means everywhere in this API. The time of a 429 is read from its headers by `http`. */
function explain(status: number, error: string, caller: Caller, scope: string | undefined): Refusal | null {
  const refused = (kind: ErrorKind, code: string): Refusal => ({ kind, code })
  if (status === 401) return refused(caller.credentials?.renewal ? 'auth-expired' : 'auth-revoked', 'token-refused')
  if (status === 422) return refused('rejected', 'validation')
  if (status === 429) return refused('rate-limited', 'rate-limited')
  if (status !== 403) return null
  if (!/scope/i.test(error)) return refused('forbidden', 'not-allowed')
  return { kind: 'forbidden', code: 'missing-scope', ...(scope ? { scope } : {}) }
}

/** A form with one file, as a stream: a video is never held in memory. Its length is known, and some proxies want it. */
export function multipart(file: MediaFile, fields: Record<string, string>) {
  const boundary = `longrun-${crypto.randomUUID()}`
  const encoder = new TextEncoder()
  const quoted = (name: string) => name.replace(/["\r\n\\]/g, '_')
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = encoder.encode(
    `${texts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(file.fileName)}"\r\ncontent-type: ${file.type}\r\n\r\n`,
  )
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`)
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield head
    const reader = file.open().getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
    yield tail
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.bytes + tail.length),
    },
    body: streamOf(bytes()),
  }
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

/** Waits, unless the time for this piece of work is over first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      clearTimeout(timer)
      reject(new ConnectorError({ kind: 'unavailable', code: 'out-of-time' }))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stopped)
      resolve()
    }, milliseconds)
    if (signal.aborted) stopped()
    else signal.addEventListener('abort', stopped, { once: true })
  })
}

// ── Shapes that are read: only what is used, so that relatives of Mastodon which leave things out still work ─────────

export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  acct: z.string(),
  display_name: z.string().catch(''),
  avatar: z.string().nullish().catch(null),
  url: z.string().nullish(),
  uri: z.string().nullish(),
})

export const mediaSchema = z.object({
  id: z.string(),
  url: z.string().nullish(),
  description: z.string().nullish(),
})

const count = z.number().int().nonnegative().nullish().catch(null)

export const statusSchema = z.object({
  id: z.string(),
  created_at: z.string(),
  url: z.string().nullish(),
  uri: z.string().nullish(),
  content: z.string().catch(''),
  spoiler_text: z.string().catch(''),
  in_reply_to_id: z.string().nullish(),
  media_attachments: z.array(mediaSchema).catch([]),
  poll: z
    .object({ options: z.array(z.object({ title: z.string() })) })
    .nullish()
    .catch(null),
  application: z.object({ name: z.string() }).nullish().catch(null),
  reblog: z.unknown(),
  favourites_count: count,
  reblogs_count: count,
  replies_count: count,
  quotes_count: count,
})
export type Status = z.infer<typeof statusSchema>

/** The public address; servers that give none still have the address other servers know it by. */
export const addressOf = (status: Status): string => status.url ?? status.uri ?? ''
