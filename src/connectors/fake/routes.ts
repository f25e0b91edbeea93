// What the practice network answers to each request.

import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { countText } from '../text.ts'
import { actionShape, edit, inboxOf, isDirect, moderate, shownTo, threadOf } from './conversations.ts'
import { pastOf } from './past.ts'
import {
  addJob,
  addPost,
  type FakeAccount,
  type FakeJob,
  type FakePost,
  type FakeState,
  finishJob,
  freshId,
  issueTokens,
  keyName,
  numbersOf,
  postsByKey,
  removePost,
  rotateTokens,
} from './state.ts'
import { keyLifetimeSeconds, type PostInput, postInputShape } from './wire.ts'

export interface Question {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Reply {
  status: number
  body?: unknown
  html?: string
}

/** A refusal as the network words it. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly facts: Record<string, string>

  constructor(status: number, code: string, facts: Record<string, string> = {}) {
    super(code)
    this.status = status
    this.code = code
    this.facts = facts
  }
}

const open: Record<string, (state: FakeState, question: Question) => Reply> = {
  'GET /api/instance': (state) => ({ status: 200, body: { name: 'Practice network', limits: state.limits } }),
  'POST /api/session': signIn,
  'POST /api/session/refresh': renew,
}

const signed: Record<string, (state: FakeState, question: Question, account: FakeAccount) => Reply> = {
  'GET /api/me': me,
  'POST /api/images': upload,
  'POST /api/posts': publish,
  'GET /api/posts': search,
  'GET /api/numbers': numbers,
  'GET /api/feed': feed,
  'GET /api/past': (state, { url }, account) => ({ status: 200, body: pastOf(state, account, url) }),
  'GET /api/inbox': (state, { url }, account) => ({ status: 200, body: inboxOf(state, account, url) }),
  'POST /api/inbox/seen': markSeen,
}

export function answer(state: FakeState, question: Question): Reply {
  const { method, url } = question
  const route = `${method} ${url.pathname}`
  if (open[route]) return open[route](state, question)
  if (method === 'GET' && url.pathname.startsWith('/@')) return page(state, url)
  const account = whoAsks(state, question)
  if (signed[route]) return signed[route](state, question, account)
  const [, one, part] = /^\/api\/posts\/([^/]+)\/(thread|moderation)$/.exec(url.pathname) ?? []
  if (one && part === 'thread' && method === 'GET') return thread(state, account, one)
  if (one && part === 'moderation' && method === 'POST') return act(state, account, { id: one, question })
  const [, area, id] = /^\/api\/(posts|jobs)\/([^/]+)$/.exec(url.pathname) ?? []
  if (area === 'posts' && id && method === 'PUT') return rewrite(state, account, { id, question })
  if (area === 'posts' && id && method === 'DELETE') return remove(state, account, id)
  if (area === 'jobs' && id && method === 'GET') return job(state, account, id)
  throw new Problem(404, 'no-such-route')
}

// ── Accounts ────────────────────────────────────────────────────────────────────────────────────────────────────────

function signIn(state: FakeState, { body }: Question): Reply {
  const { handle, token } = parse(z.object({ handle: z.string(), token: z.string() }), body)
  const account = state.accounts.get(handle.replace(/^@/, ''))
  if (!account || account.token !== token) throw new Problem(401, 'wrong-token')
  return { status: 200, body: issueTokens(state, account) }
}

function renew(state: FakeState, { body }: Question): Reply {
  const tokens = rotateTokens(state, parse(z.object({ refresh: z.string() }), body).refresh)
  if (!tokens) throw new Problem(401, 'revoked')
  return { status: 200, body: tokens }
}

function whoAsks(state: FakeState, { headers }: Question): FakeAccount {
  const entry = state.access.get(headers.authorization?.replace(/^Bearer /, '') ?? '')
  if (!entry) throw new Problem(401, 'revoked')
  if (entry.expiresAt <= state.options.now()) throw new Problem(401, 'expired')
  return entry.account
}

function me(state: FakeState, _: Question, { id, handle }: FakeAccount): Reply {
  return { status: 200, body: { id, handle, name: handle, url: `${state.url}/@${handle}` } }
}

// ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function upload(state: FakeState, { headers, body }: Question): Reply {
  const type = headers['content-type'] ?? ''
  if (!state.limits.imageTypes.includes(type)) throw new Problem(422, 'image-type', { field: 'images' })
  if (body.length === 0 || body.length > state.limits.imageBytes)
    throw new Problem(422, 'image-size', { field: 'images' })
  const id = freshId(state, 'image')
  state.images.set(id, { id, type, bytes: body.length })
  return { status: 201, body: { id } }
}

function publish(state: FakeState, { headers, body }: Question, account: FakeAccount): Reply {
  const input = parse(postInputShape, body)
  const idempotencyKey = headers['idempotency-key']
  if (state.options.idempotency && typeof idempotencyKey === 'string') {
    const before = sameWrite(state, account, idempotencyKey)
    if (before) return before
  }
  refuseBadPost(state, input)
  if (state.options.processingPolls > 0) return pending(state, addJob(state, account, input))
  return { status: 201, body: view(state, addPost(state, account, input)) }
}

/** The answer of the first write under the same key, while the key lives. */
function sameWrite(state: FakeState, account: FakeAccount, key: string): Reply | null {
  const work = state.pending.get(keyName(account.handle, key))
  if (work) return pending(state, work)
  const oldest = state.options.now().getTime() - keyLifetimeSeconds * 1000
  const post = postsByKey(state, account.handle, key).find(({ createdAt }) => createdAt.getTime() > oldest)
  return post ? { status: 200, body: view(state, post) } : null
}

function refuseBadPost(state: FakeState, input: PostInput): void {
  const { limits } = state
  const most = input.comment ? limits.comment : limits.text
  if (!/\S/.test(input.text) && input.images.length === 0) throw new Problem(422, 'empty', { field: 'text' })
  // A generous bound in units first, so that a huge text costs nothing.
  if (input.text.length > most * 100 || countText(input.text, 'graphemes') > most) {
    throw new Problem(422, 'text-too-long', { field: 'text' })
  }
  if (input.images.length > limits.images) throw new Problem(422, 'too-many-images', { field: 'images' })
  for (const { id, alt } of input.images) {
    if (!state.images.has(id)) throw new Problem(422, 'no-such-image', { field: 'images' })
    if (countText(alt, 'graphemes') > limits.alt) throw new Problem(422, 'alt-too-long', { field: 'images' })
  }
  if (input.replyTo !== null && !state.posts.has(input.replyTo)) throw new Problem(422, 'no-such-parent')
  if (input.to !== null && !state.accounts.has(input.to)) throw new Problem(422, 'no-such-person')
}

function pending(state: FakeState, work: FakeJob): Reply {
  const askAgainAt = new Date(state.options.now().getTime() + 1_000).toISOString()
  return { status: 202, body: { job: work.id, askAgainAt } }
}

function job(state: FakeState, account: FakeAccount, id: string): Reply {
  const work = state.jobs.get(id)
  if (!work || work.author !== account.handle) throw new Problem(404, 'no-such-job')
  if (work.post) return { status: 200, body: view(state, work.post) }
  if (--work.pollsLeft > 0) return pending(state, work)
  return { status: 200, body: view(state, finishJob(state, account, work)) }
}

function remove(state: FakeState, account: FakeAccount, id: string): Reply {
  const post = state.posts.get(id)
  if (!post) throw new Problem(404, 'no-such-post')
  if (post.author !== account.handle) throw new Problem(403, 'not-yours')
  removePost(state, post)
  return { status: 204 }
}

function rewrite(state: FakeState, account: FakeAccount, { id, question }: { id: string; question: Question }): Reply {
  const post = state.posts.get(id)
  if (!post) throw new Problem(404, 'no-such-post')
  if (post.author !== account.handle) throw new Problem(403, 'not-yours')
  const { text } = parse(z.object({ text: z.string() }), question.body)
  refuseBadPost(state, { ...post, text })
  edit(state, post, text)
  return { status: 200, body: view(state, post) }
}

// ── Conversations ───────────────────────────────────────────────────────────────────────────────────────────────────

function readable(state: FakeState, account: FakeAccount, id: string): FakePost {
  const post = state.posts.get(id)
  if (!post || !shownTo(post, account.handle)) throw new Problem(404, 'no-such-post')
  return post
}

const thread = (state: FakeState, account: FakeAccount, id: string): Reply => ({
  status: 200,
  body: { said: threadOf(state, account, readable(state, account, id)) },
})

/** What is gone already cannot be taken away again. */
function act(state: FakeState, account: FakeAccount, { id, question }: { id: string; question: Question }): Reply {
  const { action } = parse(actionShape, question.body)
  if (action === 'delete' && !state.posts.has(id)) return { status: 204 }
  if (moderate(state, account, { post: readable(state, account, id), action }) === 'not-yours')
    throw new Problem(403, 'not-yours')
  return { status: 204 }
}

function markSeen(_: FakeState, { body }: Question, account: FakeAccount): Reply {
  for (const id of parse(z.object({ ids: z.array(z.string()) }), body).ids) account.seen.add(id)
  return { status: 204 }
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function search(state: FakeState, { url }: Question, account: FakeAccount): Reply {
  const key = url.searchParams.get('key') ?? ''
  const posts = postsByKey(state, account.handle, key).map((post) => view(state, post))
  return { status: 200, body: { posts, pending: state.pending.has(keyName(account.handle, key)) } }
}

function numbers(state: FakeState, { url }: Question): Reply {
  const asked = (url.searchParams.get('ids') ?? '').split(',').map((id) => state.posts.get(id))
  const known = asked.filter((post) => post !== undefined)
  return { status: 200, body: { numbers: Object.fromEntries(known.map((post) => [post.id, numbersOf(state, post)])) } }
}

/** What other accounts wrote, oldest first, a hundred at a time. */
function feed(state: FakeState, { url }: Question, account: FakeAccount): Reply {
  const after = Number(url.searchParams.get('after') ?? 0)
  const newer = state.timeline.filter(({ sequence }) => sequence > after).slice(0, 100)
  const items = newer.filter((post) => post.author !== account.handle && !isDirect(post))
  const shown = items.map((post) => ({
    ...view(state, post),
    text: post.text,
    author: post.author,
    language: post.language,
    createdAt: post.createdAt.toISOString(),
  }))
  return { status: 200, body: { items: shown, next: newer.at(-1)?.sequence ?? after } }
}

/** A page for people who follow the link to a post. */
function page(state: FakeState, url: URL): Reply {
  const [handle = '', id] = decodeURIComponent(url.pathname.slice(2)).split('/')
  const posts = state.timeline.filter((post) => post.author === handle && !isDirect(post) && (!id || post.id === id))
  if (!state.accounts.has(handle) || (id && posts.length === 0)) throw new Problem(404, 'no-such-page')
  const articles = posts.toReversed().map(({ text, createdAt }) => {
    return `<article><p style="white-space:pre-wrap">${escaped(text)}</p><time>${createdAt.toISOString()}</time></article>`
  })
  return {
    status: 200,
    html: `<!doctype html><meta charset="utf-8"><title>@${escaped(handle)}</title>${articles.join('<hr>')}`,
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}

function view(state: FakeState, post: FakePost) {
  return { id: post.id, url: `${state.url}/@${post.author}/${post.id}` }
}

function parse<T>(shape: z.ZodType<T>, body: Buffer): T {
  try {
    return shape.parse(JSON.parse(body.toString('utf8')))
  } catch {
    throw new Problem(400, 'bad-request')
  }
}
