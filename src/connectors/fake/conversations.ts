// Conversations on the practice network: who is told of what was said, edited and taken away, and what may be done about it.

import { z } from 'zod'
import { type FakeAccount, type FakePost, type FakeState, logSaid, removePost } from './state.ts'
import { fakeActions, type SaidWire } from './wire.ts'

/** The post with which a thread begins. */
export function rootOf(state: FakeState, post: FakePost): FakePost {
  let at = post
  for (let up = at.replyTo === null ? undefined : state.posts.get(at.replyTo); up; ) {
    at = up
    up = at.replyTo === null ? undefined : state.posts.get(at.replyTo)
  }
  return at
}

export const isDirect = (post: FakePost): boolean => post.to !== null && post.rating === null

export const shownTo = (post: FakePost, handle: string): boolean =>
  !isDirect(post) || post.author === handle || post.to === handle

/** Two people have one conversation, whoever began it. */
const pairOf = (post: FakePost): string => [post.author, post.to].sort().join(',')

export const addressOf = (state: FakeState, post: FakePost): string => `${state.url}/@${post.author}/${post.id}`

export function saidView(state: FakeState, post: FakePost): SaidWire {
  const root = rootOf(state, post)
  const parent = post.replyTo === null ? undefined : state.posts.get(post.replyTo)
  const refOf = (one: FakePost) => ({ id: one.id, url: addressOf(state, one) })
  const kind =
    post.rating !== null
      ? 'review'
      : isDirect(post)
        ? 'message'
        : post.comment
          ? 'comment'
          : parent
            ? 'reply'
            : 'mention'
  return {
    ...refOf(post),
    kind,
    text: post.text,
    author: post.author,
    to: isDirect(post) ? post.to : null,
    createdAt: post.createdAt.toISOString(),
    language: post.language,
    rating: post.rating,
    images: post.images.map(({ alt }) => alt),
    thread: isDirect(post) ? `${state.url}/messages/${pairOf(post)}` : post.thread,
    root: isDirect(post) ? null : refOf(root),
    replyTo: parent ? addressOf(state, parent) : null,
    about:
      root !== post && !isDirect(post) ? { ...refOf(root), title: root.text.slice(0, 80), author: root.author } : null,
    hidden: post.hidden,
  }
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const mostEvents = 100

/** What the account is told, in the order in which it happened; `after` counts what happened on the whole network. */
export function inboxOf(state: FakeState, account: FakeAccount, { searchParams }: URL) {
  const since = Date.parse(searchParams.get('since') ?? '') || 0
  const limit = Math.min(mostEvents, Number(searchParams.get('limit')) || mostEvents)
  const events = []
  let at = Number(searchParams.get('after') ?? 0)
  for (; at < state.said.length && events.length < limit; at++) {
    const { type, post, audience, when } = state.said[at]!
    if (!audience.has(account.handle) || when.getTime() < since || account.muted.has(post.author)) continue
    // What is gone by now is told as gone alone.
    const told = state.posts.has(post.id) ? { type, said: saidView(state, post) } : null
    if (type === 'removed') events.push({ type, url: addressOf(state, post) })
    else if (told) events.push(told)
  }
  return { events, next: at, more: at < state.said.length }
}

export function threadOf(state: FakeState, account: FakeAccount, post: FakePost): SaidWire[] {
  const same = isDirect(post)
    ? (one: FakePost) => isDirect(one) && pairOf(one) === pairOf(post)
    : (one: FakePost) => !isDirect(one) && one.thread === post.thread
  const all = [...state.posts.values()].filter((one) => same(one) && shownTo(one, account.handle))
  return all.sort((a, b) => a.sequence - b.sequence).map((one) => saidView(state, one))
}

// ── Acting ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const actionShape = z.object({ action: z.enum(fakeActions) })

/** Whoever began a thread keeps order in it; everybody may like, and be spared somebody. */
export function moderate(
  state: FakeState,
  account: FakeAccount,
  { post, action }: { post: FakePost; action: (typeof fakeActions)[number] },
): 'done' | 'not-yours' {
  if (action === 'like') post.likedBy.add(account.handle)
  if (action === 'unlike') post.likedBy.delete(account.handle)
  if (action === 'mute-author') account.muted.add(post.author)
  if (action === 'unmute-author') account.muted.delete(post.author)
  if (action !== 'hide' && action !== 'unhide' && action !== 'delete') return 'done'
  if (rootOf(state, post).author !== account.handle && post.to !== account.handle) return 'not-yours'
  if (action === 'delete') removePost(state, post)
  else if (post.hidden !== (action === 'hide')) {
    post.hidden = action === 'hide'
    logSaid(state, 'changed', post)
  }
  return 'done'
}

export function edit(state: FakeState, post: FakePost, text: string): void {
  post.text = text
  logSaid(state, 'changed', post)
}
