// The practice network: a small real network in memory, spoken to over real HTTP.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { edit } from './conversations.ts'
import { answer, Problem, type Reply } from './routes.ts'
import {
  addPost,
  type FakeAccount,
  type FakeOptions,
  type FakePost,
  type FakeState,
  forgetTokens,
  freshId,
  issueTokens,
  newState,
  removePost,
} from './state.ts'
import { type Instance, type PostInput, postInputShape } from './wire.ts'

export type { FakeAccount, FakeOptions, FakePost } from './state.ts'

export interface FakeNetwork {
  url: string
  /** `host:port`, for `allowPrivate`. */
  host: string
  createAccount(handle?: string): FakeAccount
  /** Credentials as the connector stores them, without the way through the connect form. */
  signIn(handle: string): { access: string; refresh: string; expiresAt: Date }
  /** Has somebody say something, to an account or in answer to a post. */
  say(handle: string, text: string, more?: Partial<PostInput>): FakePost
  /** Its author changes the words of a post, or takes it away. */
  edit(id: string, text: string): void
  remove(id: string): void
  /** What is really there, oldest first. */
  posts(): FakePost[]
  /** Every access token is past its time; refreshing helps. */
  expireTokens(): void
  /** Every token of the account dies; only a new connection helps. */
  revoke(handle: string): void
  setLimits(limits: Partial<Instance['limits']>): void
  /** From now on a post appears after that many polls. */
  setProcessing(polls: number): void
  stop(): Promise<void>
}

const largestBody = 20_000_000

export async function startFakeNetwork(options: FakeOptions = {}): Promise<FakeNetwork> {
  const state = newState(options)
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...controls(state),
    url: state.url,
    host: new URL(state.url).host,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function controls(state: FakeState): Omit<FakeNetwork, 'url' | 'host' | 'stop'> {
  return {
    createAccount(handle = `runner${state.accounts.size + 1}`) {
      const account = {
        id: freshId(state, 'account'),
        handle,
        token: freshId(state, 'token'),
        muted: new Set<string>(),
        seen: new Set<string>(),
      }
      state.accounts.set(handle, account)
      return account
    },
    say: (handle, text, more = {}) => addPost(state, accountOf(state, handle), postInputShape.parse({ text, ...more })),
    edit: (id, text) => edit(state, postOf(state, id), text),
    remove: (id) => removePost(state, postOf(state, id)),
    signIn(handle) {
      const account = accountOf(state, handle)
      const tokens = issueTokens(state, account)
      return { ...tokens, expiresAt: new Date(tokens.expiresAt) }
    },
    posts: () => [...state.timeline],
    expireTokens() {
      for (const entry of state.access.values()) entry.expiresAt = new Date(0)
    },
    revoke: (handle) => forgetTokens(state, ({ account }) => account.handle === handle),
    setLimits: (limits) => void Object.assign(state.limits, limits),
    setProcessing(polls) {
      state.options.processingPolls = polls
    },
  }
}

function accountOf(state: FakeState, handle: string): FakeAccount {
  const account = state.accounts.get(handle)
  if (!account) throw new Error(`no account ${handle}`)
  return account
}

function postOf(state: FakeState, id: string): FakePost {
  const post = state.posts.get(id)
  if (!post) throw new Error(`no post ${id}`)
  return post
}

async function serve(state: FakeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', state.url)
  const body = request.method === 'GET' ? Buffer.alloc(0) : await readBody(request)
  if (!body) return send(response, { status: 413, body: { error: 'too-large' } })
  try {
    send(response, answer(state, { method: request.method ?? 'GET', url, headers: request.headers, body }))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    send(response, { status: error.status, body: { error: error.code, ...error.facts } })
  }
}

/** null: too large. The platform's `buffer()` goes through a Blob, which costs more than the rest of the request. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let total = 0
    request.on('data', (chunk: Buffer) => {
      total += chunk.length
      if (total <= largestBody) chunks.push(chunk)
    })
    request.on('end', () => resolve(total <= largestBody ? Buffer.concat(chunks) : null))
    request.on('error', reject)
  })
}

function send(response: ServerResponse, { status, body, html }: Reply): void {
  const text = html ?? (body === undefined ? '' : JSON.stringify(body))
  const type = html === undefined ? 'application/json' : 'text/html; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}
