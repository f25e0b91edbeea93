// One request at the double: its parameters however they were encoded, whose token it carries, and how often it may ask.

import type { Context, MiddlewareHandler } from 'hono'
import type { DoubleAccount, DoubleState, DoubleToken } from './state.ts'

export type Params = Record<string, unknown>

export interface DoubleEnv {
  Variables: { params: Params; token: DoubleToken | null }
}
export type Exchange = Context<DoubleEnv>

/** Answered as `{ "error": … }`, with the sentences of the original server. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 422 | 429
  readonly description: string | null

  constructor(status: ApiError['status'], message: string, description: string | null = null) {
    super(message)
    this.status = status
    this.description = description
  }
}

// ── Parameters ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** JSON, a form, or a form with files; nested names as Rails reads them: `poll[options][]`. */
export async function readParams(request: Request): Promise<Params> {
  const type = request.headers.get('content-type') ?? ''
  if (request.method === 'GET' || request.method === 'HEAD') return {}
  if (type.includes('json')) {
    const text = await request.text()
    if (text === '') return {}
    const parsed: unknown = JSON.parse(text)
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Params) : {}
  }
  if (!type.includes('form')) return {}
  const params: Params = {}
  for (const [name, value] of await request.formData()) assign(params, name, value)
  return params
}

export function queryParams(url: string): Params {
  const params: Params = {}
  for (const [name, value] of new URL(url).searchParams) assign(params, name, value)
  return params
}

function assign(params: Params, name: string, value: unknown): void {
  const keys = name.split('[').map((key) => key.replace(/\]$/, ''))
  let place: Params = params
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1]
    if (next === undefined) place[key] = value
    else if (next === '') {
      place[key] = [...(Array.isArray(place[key]) ? place[key] : []), value]
      return
    } else {
      place[key] ??= {}
      place = place[key] as Params
    }
  }
}

export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const flag = (value: unknown): boolean => value === true || value === 'true' || value === '1'
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

// ── Who asks ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The person whose token allows one of `scopes`. */
export function personOf(exchange: Exchange, ...scopes: string[]): DoubleAccount {
  const token = tokenOf(exchange, ...scopes)
  if (!token.account) throw new ApiError(422, 'This method requires an authenticated user')
  return token.account
}

export function tokenOf(exchange: Exchange, ...scopes: string[]): DoubleToken {
  const token = exchange.get('token')
  if (!token) throw new ApiError(401, 'The access token is invalid')
  const allowed = scopes.some((scope) => token.scopes.includes(scope) || token.scopes.includes(scope.split(':')[0]!))
  if (!allowed && scopes.length > 0) throw new ApiError(403, 'This action is outside the authorized scopes')
  return token
}

/** Public reads work without a token. */
export const viewerOf = (exchange: Exchange): DoubleAccount | null => exchange.get('token')?.account ?? null

/** A token that is given must be good, even where none is needed. */
export function identified(state: DoubleState): MiddlewareHandler<DoubleEnv> {
  return async (exchange, next) => {
    const [, value] = /^Bearer (.+)$/i.exec(exchange.req.header('authorization') ?? '') ?? []
    const token = state.tokens.find((known) => known.value === value) ?? null
    if (value !== undefined) {
      if (!token) throw new ApiError(401, 'The access token is invalid')
      if (token.revoked) throw new ApiError(401, 'The access token was revoked')
      if (token.expiresAt && token.expiresAt <= state.settings.now())
        throw new ApiError(401, 'The access token expired')
    }
    exchange.set('token', token)
    await next()
  }
}

// ── How often ───────────────────────────────────────────────────────────────────────────────────────────────────────

const minute = 60_000

export function rateLimited(state: DoubleState): MiddlewareHandler<DoubleEnv> {
  return async (exchange, next) => {
    const { limit, window, name } = bucketOf(exchange, state)
    const now = state.settings.now().getTime()
    const key = `${name}:${exchange.req.header('authorization') ?? ''}`
    const known = state.usage.get(key)
    const usage = known && known.resetAt > now ? known : { count: 0, resetAt: now + window }
    usage.count++
    state.usage.set(key, usage)
    exchange.header('X-RateLimit-Limit', String(limit))
    exchange.header('X-RateLimit-Remaining', String(Math.max(0, limit - usage.count)))
    exchange.header('X-RateLimit-Reset', new Date(usage.resetAt).toISOString())
    if (usage.count > limit) throw new ApiError(429, 'Too many requests')
    await next()
  }
}

function bucketOf(exchange: Exchange, { settings }: DoubleState) {
  const { method, path } = exchange.req
  const { requests, uploads, deletions } = settings.rateLimits
  if (method === 'POST' && /^\/api\/v[12]\/media$/.test(path))
    return { name: 'uploads', limit: uploads, window: 30 * minute }
  const deletes = method === 'DELETE' || (method === 'POST' && path.endsWith('/unreblog'))
  if (deletes && path.startsWith('/api/v1/statuses/'))
    return { name: 'deletions', limit: deletions, window: 30 * minute }
  return { name: 'all', limit: requests, window: 5 * minute }
}

// ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Newest first, cut by `max_id`, `since_id`, `min_id` and `limit`, with the Link header to the neighbours. */
export function page<T extends { id: string }>(exchange: Exchange, all: T[], usual: number): T[] {
  const query = (name: string) => exchange.req.query(name)
  const limit = Math.min(Math.abs(Number(query('limit') ?? usual)) || usual, usual * 2)
  const number = (name: string) => (/^\d+$/.test(query(name) ?? '') ? BigInt(query(name)!) : null)
  const [max, since, min] = [number('max_id'), number('since_id'), number('min_id')]
  const within = all
    .filter(({ id }) => (max === null || BigInt(id) < max) && (since === null || BigInt(id) > since))
    .filter(({ id }) => min === null || BigInt(id) > min)
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
  const items = min === null ? within.slice(0, limit) : within.slice(-limit)
  const link = links(exchange, items, limit)
  if (link) exchange.header('Link', link)
  return items
}

function links(exchange: Exchange, items: { id: string }[], limit: number): string {
  const to = (name: string, id: string, rel: string) => {
    const url = new URL(exchange.req.url)
    for (const known of ['max_id', 'since_id', 'min_id']) url.searchParams.delete(known)
    url.searchParams.set(name, id)
    return `<${url.href}>; rel="${rel}"`
  }
  const [first, last] = [items[0], items.at(-1)]
  if (!first || !last) return ''
  const next = items.length === limit ? [to('max_id', last.id, 'next')] : []
  return [...next, to('min_id', first.id, 'prev')].join(', ')
}
