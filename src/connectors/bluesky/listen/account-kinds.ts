// What an account can be asked for: who mentions, answers or quotes it, and what a search finds.

import { z } from 'zod'
import type { ListenSession, SourceKind } from '../../listen.ts'
import { searchedFor, searchFields } from '../../search-words.ts'
import { authorizeWith, readCredentials } from '../authorize.ts'
import { query } from '../xrpc.ts'
import { readList } from './views.ts'

const pageLength = 50

/** Mentions of the account, answers to it and quotes of it. */
export const mentionsKind: SourceKind = {
  key: 'mentions',
  label: 'Mentions and answers',
  help: 'Who mentions the account, answers it or quotes it, asked every minute.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [],
  everySeconds: 60,
  normalise: () => ({ settings: {} }),
  poll: (session, cursor) =>
    readList(session, cursor, {
      mostPages: 20,
      async page(at) {
        const schema = z.object({ notifications: z.array(z.unknown()), cursor: z.string().optional() })
        const params = { reasons: ['mention', 'reply', 'quote'], limit: String(pageLength) }
        const id = 'app.bsky.notification.listNotifications'
        const found = await ask(session, id, { ...params, ...(at ? { cursor: at } : {}) }, schema)
        return { views: found.notifications, cursor: found.cursor ?? null }
      },
    }),
}

/** Words, phrases in quotes, `from:`, `mentions:`, `domain:`, `lang:`, `#tag`: as the search of the app. */
export const searchKind: SourceKind = {
  key: 'search',
  label: 'Search',
  help: 'What the network finds for these words, asked every two minutes.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  ...searchFields,
  everySeconds: 120,
  poll: (session, cursor) =>
    readList(session, cursor, {
      mostPages: 10,
      async page(at) {
        const schema = z.object({ posts: z.array(z.unknown()), cursor: z.string().optional() })
        const params = { q: searchedFor(session), sort: 'latest', limit: String(pageLength) }
        const found = await ask(
          session,
          'app.bsky.feed.searchPosts',
          { ...params, ...(at ? { cursor: at } : {}) },
          schema,
        )
        return { views: found.posts, cursor: found.cursor ?? null }
      },
    }),
}

/** Only an AppView knows; the account's server passes the question on to the one it trusts. */
function ask<T>(session: ListenSession, id: string, params: Record<string, string | string[]>, schema: z.ZodType<T>) {
  const credentials = readCredentials(session)
  return query(session, { base: credentials.pds, authorize: authorizeWith(credentials), id, params, schema })
}
