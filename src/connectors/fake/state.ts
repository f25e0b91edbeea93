// What the practice network remembers: accounts, tokens, images, posts, and work in progress.

import { createHash } from 'node:crypto'
import type { Instance, PostInput, Tokens } from './wire.ts'

export interface FakeAccount {
  id: string
  handle: string
  /** The long-lived password that a person types into the connect form. */
  token: string
  /** Handles of those whom the account does not want to hear. */
  muted: Set<string>
  /** Ids of what it has marked as read. */
  seen: Set<string>
}

export interface FakeImage {
  id: string
  type: string
  bytes: number
}

export interface FakePost extends PostInput {
  id: string
  /** 1 for the first post of the network. */
  sequence: number
  author: string
  createdAt: Date
  /** Address of the post with which its thread begins, also when that is gone. */
  thread: string
  hidden: boolean
  likedBy: Set<string>
}

/** Something that happened in conversations, and the handles of those who are told. */
export interface FakeSaid {
  type: 'said' | 'changed' | 'removed'
  post: FakePost
  audience: Set<string>
  when: Date
}

/** A post that the network has accepted and not yet shown. */
export interface FakeJob {
  id: string
  input: PostInput
  author: string
  /** How often it will still answer "processing". */
  pollsLeft: number
  post: FakePost | null
}

export interface FakeOptions {
  port?: number
  now?: () => Date
  limits?: Partial<Instance['limits']>
  /** Seconds for which an access token works. */
  tokenLifetime?: number
  /** Whether sending the same `Idempotency-Key` twice gives the first post. */
  idempotency?: boolean
  /** Polls that answer "processing" before a post appears. 0: at once. */
  processingPolls?: number
}

export interface FakeState {
  options: Required<Omit<FakeOptions, 'port' | 'limits'>>
  limits: Instance['limits']
  url: string
  accounts: Map<string, FakeAccount>
  access: Map<string, { account: FakeAccount; expiresAt: Date; family: string }>
  refresh: Map<string, { account: FakeAccount; family: string; used: boolean }>
  images: Map<string, FakeImage>
  posts: Map<string, FakePost>
  /** Oldest first; a removed post leaves. */
  timeline: FakePost[]
  /** By author and key, newest last. */
  byKey: Map<string, FakePost[]>
  replies: Map<string, number>
  /** In the order in which it happened. */
  said: FakeSaid[]
  jobs: Map<string, FakeJob>
  /** Jobs whose post has not appeared yet, by author and key. */
  pending: Map<string, FakeJob>
  sequence: number
}

const plainLimits: Instance['limits'] = {
  text: 300,
  thread: 25,
  comment: 300,
  images: 4,
  imageBytes: 1_000_000,
  imageTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  alt: 1_000,
}

export function newState(options: FakeOptions): FakeState {
  return {
    options: {
      now: options.now ?? (() => new Date()),
      tokenLifetime: options.tokenLifetime ?? 3_600,
      idempotency: options.idempotency ?? true,
      processingPolls: options.processingPolls ?? 0,
    },
    limits: { ...plainLimits, ...options.limits },
    url: '',
    accounts: new Map(),
    access: new Map(),
    refresh: new Map(),
    images: new Map(),
    posts: new Map(),
    timeline: [],
    byKey: new Map(),
    replies: new Map(),
    said: [],
    jobs: new Map(),
    pending: new Map(),
    sequence: 0,
  }
}

export function issueTokens(state: FakeState, account: FakeAccount, family: string = freshId(state, 'family')): Tokens {
  const expiresAt = new Date(state.options.now().getTime() + state.options.tokenLifetime * 1000)
  const tokens = { access: freshId(state, 'access'), refresh: freshId(state, 'refresh') }
  state.access.set(tokens.access, { account, expiresAt, family })
  state.refresh.set(tokens.refresh, { account, family, used: false })
  return { ...tokens, expiresAt: expiresAt.toISOString() }
}

/** A refresh token that comes a second time was stolen or lost: the whole family dies, as on real networks. */
export function rotateTokens(state: FakeState, refresh: string): Tokens | null {
  const known = state.refresh.get(refresh)
  if (!known) return null
  if (known.used) {
    forgetTokens(state, (entry) => entry.family === known.family)
    return null
  }
  known.used = true
  for (const [token, entry] of state.access) if (entry.family === known.family) state.access.delete(token)
  return issueTokens(state, known.account, known.family)
}

export function forgetTokens(
  state: FakeState,
  which: (entry: { account: FakeAccount; family: string }) => boolean,
): void {
  for (const tokens of [state.access, state.refresh]) {
    for (const [token, entry] of tokens) if (which(entry)) tokens.delete(token)
  }
}

export function addPost(state: FakeState, author: FakeAccount, input: PostInput): FakePost {
  const id = freshId(state, 'post')
  const post: FakePost = {
    ...input,
    id,
    sequence: state.sequence,
    author: author.handle,
    createdAt: state.options.now(),
    thread: state.posts.get(input.replyTo ?? '')?.thread ?? `${state.url}/@${author.handle}/${id}`,
    hidden: false,
    likedBy: new Set(),
  }
  state.posts.set(id, post)
  state.timeline.push(post)
  if (input.key !== null) {
    const name = keyName(author.handle, input.key)
    state.byKey.set(name, [...(state.byKey.get(name) ?? []), post])
  }
  if (input.replyTo) state.replies.set(input.replyTo, (state.replies.get(input.replyTo) ?? 0) + 1)
  logSaid(state, 'said', post)
  return post
}

/** Who takes part: its author, whom it answers, where the thread begins, whom it is said to, and whom it names. */
export function logSaid(state: FakeState, type: FakeSaid['type'], post: FakePost): void {
  const audience = new Set<string>()
  for (let up = state.posts.get(post.replyTo ?? ''); up; up = state.posts.get(up.replyTo ?? '')) audience.add(up.author)
  if (post.to !== null) audience.add(post.to)
  for (const [, handle = ''] of post.text.matchAll(/@([\w.-]+)/g)) if (state.accounts.has(handle)) audience.add(handle)
  // A post by itself is no conversation to its author.
  if (post.replyTo !== null || post.to !== null) audience.add(post.author)
  if (post.to !== null && post.rating === null)
    for (const handle of audience) if (handle !== post.to && handle !== post.author) audience.delete(handle)
  if (audience.size > 0) state.said.push({ type, post, audience, when: state.options.now() })
}

export function removePost(state: FakeState, post: FakePost): void {
  logSaid(state, 'removed', post)
  state.posts.delete(post.id)
  state.timeline = state.timeline.filter((each) => each !== post)
  if (post.key !== null) {
    const name = keyName(post.author, post.key)
    state.byKey.set(
      name,
      (state.byKey.get(name) ?? []).filter((each) => each !== post),
    )
  }
  if (post.replyTo) state.replies.set(post.replyTo, (state.replies.get(post.replyTo) ?? 1) - 1)
}

export function addJob(state: FakeState, author: FakeAccount, input: PostInput): FakeJob {
  const pollsLeft = state.options.processingPolls
  const job: FakeJob = { id: freshId(state, 'job'), input, author: author.handle, pollsLeft, post: null }
  state.jobs.set(job.id, job)
  if (input.key !== null) state.pending.set(keyName(author.handle, input.key), job)
  return job
}

export function finishJob(state: FakeState, author: FakeAccount, job: FakeJob): FakePost {
  if (job.input.key !== null) state.pending.delete(keyName(author.handle, job.input.key))
  job.post = addPost(state, author, job.input)
  return job.post
}

export function postsByKey(state: FakeState, handle: string, key: string): FakePost[] {
  return state.byKey.get(keyName(handle, key)) ?? []
}

/** Keys belong to an account. */
export function keyName(handle: string, key: string): string {
  return `${handle} ${key}`
}

/** Numbers that grow quickly at first and then level off; the same post at the same age always has the same. */
export function numbersOf(state: FakeState, post: FakePost) {
  const hours = Math.max(0, state.options.now().getTime() - post.createdAt.getTime()) / 3_600_000
  const reach = createHash('sha256').update(post.id).digest()
  const grown = (most: number, halfLife: number) => Math.floor(most * (1 - 0.5 ** (hours / halfLife)))
  return {
    likes: grown(10 + reach.readUInt8(0), 4),
    replies: (state.replies.get(post.id) ?? 0) + grown(reach.readUInt8(1) / 16, 8),
    reposts: grown(reach.readUInt8(2) / 8, 6),
  }
}

/** Deterministic, so that a test reads the same twice; secrecy is not what a practice network is for. */
export function freshId(state: FakeState, kind: string): string {
  state.sequence++
  const digest = createHash('sha256').update(`${kind} ${state.sequence}`).digest('hex')
  return `${kind}-${state.sequence}-${digest.slice(0, 12)}`
}
