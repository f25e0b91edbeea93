// Numbers per post. Only an AppView counts them; the account's server passes the question on to the one it trusts.

import type { Metrics, PostNumbers, Session } from '../contract.ts'
import { authorizeWith, readCredentials } from './authorize.ts'
import { postViews } from './wire.ts'
import { query } from './xrpc.ts'

/** The network's own limit for one question (lexicon app.bsky.feed.getPosts). */
const batch = 25

export const metrics: Metrics = {
  async posts(session, ids) {
    const numbers = new Map<string, PostNumbers>()
    for (let start = 0; start < ids.length; start += batch) {
      for (const [id, one] of await ask(session, ids.slice(start, start + batch))) numbers.set(id, one)
    }
    return numbers
  },
}

async function ask(session: Session, uris: string[]): Promise<[string, PostNumbers][]> {
  const credentials = readCredentials(session)
  const { posts } = await query(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'app.bsky.feed.getPosts',
    params: { uris },
    schema: postViews,
  })
  return posts.map((post) => [
    post.uri,
    {
      likes: post.likeCount ?? null,
      replies: post.replyCount ?? null,
      reposts: post.repostCount ?? null,
      quotes: post.quoteCount ?? null,
      // The network does not count views.
      views: null,
    },
  ])
}
