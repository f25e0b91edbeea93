// What an account of the practice network finds when it looks back at what it said itself.

import type { z } from 'zod'
import { addressOf, isDirect } from './conversations.ts'
import type { FakeAccount, FakeState } from './state.ts'
import type { pastShape } from './wire.ts'

const most = 100

/** Newest first; `before` is the number of the last one that is known. Direct messages are not among them. */
export function pastOf(state: FakeState, account: FakeAccount, { searchParams }: URL): z.infer<typeof pastShape> {
  const before = Number(searchParams.get('before') ?? Number.POSITIVE_INFINITY)
  const limit = Math.min(most, Number(searchParams.get('limit')) || most)
  const own = state.timeline.filter((post) => post.author === account.handle && !isDirect(post))
  const page = own
    .filter(({ sequence }) => sequence < before)
    .sort((a, b) => b.sequence - a.sequence)
    .slice(0, limit)
  const items = page.map((post) => ({
    id: post.id,
    url: addressOf(state, post),
    createdAt: post.createdAt.toISOString(),
    answers: post.replyTo === null ? null : (state.posts.get(post.replyTo)?.author ?? 'somebody-gone'),
  }))
  return { items, next: page.length < limit ? null : page.at(-1)!.sequence }
}
